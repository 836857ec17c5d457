"""Pictures of pages.

In: bytes of a picture file, or of a PDF. Out: one array (height, width, RGB) a page. Next: `page`.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import numpy as np

from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.pdfium import open_pdf
from govtables.readers.scan.settings import SCAN

MAGIC = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"II*\x00", "tiff"))
MAGIC += ((b"MM\x00*", "tiff"), (b"GIF8", "gif"))
MEDIA_TYPES = {kind: f"image/{kind}" for kind in ("png", "jpeg", "tiff", "gif", "bmp", "webp")}


def find_kind(data: bytes) -> str | None:
    """Tell the kind of a picture by its content, a key of `MEDIA_TYPES`; `None` for one that cannot be read.

    >>> find_kind(b"II*\\0"), find_kind(b"GIF89a"), find_kind(b"BMW")
    ('tiff', 'gif', None)
    """
    if data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data):
        return "bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in MAGIC if data.startswith(magic)), None)


def draw_pages(data: bytes) -> Iterator[np.ndarray]:
    """Draw the pages one by one; only one is held at a time."""
    yield from _draw_pdf(data) if b"%PDF" in data[:1024] else _open_picture(data)


def _open_picture(data: bytes) -> Iterator[np.ndarray]:
    from PIL import Image

    kind = find_kind(data)
    if kind is None:
        raise Unreadable(tell("readers.no_picture"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of damaged tags, and of large pictures, which have their own limit
        try:
            with Image.open(io.BytesIO(data), formats=[kind.upper()]) as picture:
                yield from _frames(picture)
        except Unreadable:
            raise
        except Image.DecompressionBombError:  # Pillow's own limit, above ours
            raise Unreadable(tell("readers.many_pixels", most=LIMITS.megapixels)) from None
        except Exception as problem:  # whatever the decoder raises, the file is damaged
            raise Unreadable(tell("readers.damaged_picture", kind=type(problem).__name__)) from None


def _frames(picture: Any) -> Iterator[np.ndarray]:
    from PIL import ImageOps

    count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    _check_count(count)
    for number in range(count):
        picture.seek(number)
        _check_size(*picture.size)
        yield np.asarray(_to_rgb(ImageOps.exif_transpose(picture)))


def _to_rgb(picture: Any) -> Any:
    """Grey or colour of 8 bits on white, whatever the mode."""
    from PIL import Image

    if picture.mode.startswith("I") or picture.mode == "F":  # 16 or 32 bits a pixel
        levels = np.asarray(picture, dtype=np.float64)
        low, high = np.nanmin(levels), np.nanmax(levels)
        levels = np.nan_to_num((levels - low) * (255 / max(high - low, 1e-9)))
        picture = Image.fromarray(levels.astype(np.uint8))
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    return picture.convert("RGB")


def _draw_pdf(data: bytes) -> Iterator[np.ndarray]:
    with closing(open_pdf(data)) as document:
        _check_count(len(document))
        for page in document:
            yield _draw_page(page)
            page.close()


def _draw_page(page: Any) -> np.ndarray:
    """Draw one page at 200 dpi, a larger one than the limit with fewer."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            _check_size(*drawn.get_px_size(), least=1)
        except pypdfium2.PdfiumError:
            continue  # a damaged picture is drawn as nothing
    wide, high = page.get_size()
    _check_size(wide * SCAN.dpi / 72, high * SCAN.dpi / 72)
    return np.ascontiguousarray(page.render(scale=SCAN.dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3])


def _check_count(count: int) -> None:
    if not 0 < count <= LIMITS.scans:
        raise Unreadable(tell("readers.scan_pages", count=count, most=LIMITS.scans))


def _check_size(wide: float, high: float, least: int = SCAN.least_side) -> None:
    size = {"wide": wide, "high": high}
    check_limit(wide * high / 1e6, LIMITS.megapixels, "readers.picture_size", **size)
    if min(wide, high) < least:
        raise Unreadable(tell("readers.picture_small", **size))
