"""Pictures of pages: their kind is told by content, and what is harmful is refused before it is drawn. No letter is read here."""

import io
import struct
import zlib

import pytest
from PIL import Image

from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.scan.pictures import draw_pages, find_kind

WIDE, HIGH = 8_000, LIMITS.megapixels * 125  # the largest picture


def save(picture: Image.Image, kind: str, **more) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def blank(wide: int, high: int) -> Image.Image:
    return Image.new("1", (wide, high))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"BMW", "规章".encode(), b"PK\3\4"])
def test_other_files_are_no_pictures(data):
    assert find_kind(data) is None


def png_header(wide: int, high: int) -> bytes:
    """A PNG that says it is large and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


SMALL = blank(300, 300)
TIFF = save(blank(600, 800), "TIFF")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(png_header(40_000, 40_000), f"the limit is {LIMITS.megapixels} million", id="over Pillow's limit"),
        pytest.param(png_header(WIDE, HIGH + 1), f"{WIDE} × {HIGH + 1} pixels, the limit is {LIMITS.megapixels} million", id="over the limit"),
        pytest.param(save(SMALL, "TIFF", save_all=True, append_images=[blank(WIDE, HIGH + 1)]), "the limit is", id="second page"),
        pytest.param(save(blank(WIDE, HIGH + 1), "PDF", resolution=1200), "the limit is", id="picture in a PDF"),
        pytest.param(save(SMALL, "PDF", resolution=1), "the limit is", id="page of a PDF"),
        pytest.param(save(blank(20, 20), "PNG"), "too small", id="tiny"),
        pytest.param(TIFF[: len(TIFF) // 2], "damaged picture", id="cut"),
        pytest.param(save(SMALL, "TIFF", save_all=True, append_images=[SMALL] * LIMITS.scans), f"{LIMITS.scans}; keep", id="many pages"),
        pytest.param(b"%PDF-1.4 nothing", "no PDF reader", id="no PDF"),
        pytest.param(b"\xff\xd8\xff", "damaged picture", id="no JPEG"),
    ],
)
def test_what_is_no_scan_of_a_report_is_refused_with_a_remedy(data, message):
    with pytest.raises(Unreadable, match=message):
        list(draw_pages(data))


def test_the_largest_picture_is_drawn():
    (picture,) = draw_pages(save(blank(WIDE, HIGH), "PNG"))
    assert picture.shape == (HIGH, WIDE, 3)
