"""Feed harmful pictures to the package.

In: `--inputs`, `--seed`. Out: as `harness` says. The inputs are drawn tables, and files made to do harm.
Needs the extra `ocr`.

    python fuzz/scan.py --inputs 200 --seed 1
"""

import io
import random
import struct
import sys
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from govtables.readers import LIMITS, Unreadable
from govtables.readers.scan import check_extra
from harness import Target, main
from relay.scans import load_font

KINDS = ("PNG", "JPEG", "TIFF", "PDF")
MODES = ("1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F", "I;16", "PA")


# -- good pictures --------------------


def draw(rng: random.Random) -> Image.Image:
    """Draw a small ruled table."""
    rows, columns = rng.randint(2, 5), rng.randint(2, 6)
    picture = Image.new("RGB", (columns * 120 + 100, rows * 50 + 160), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((50, 20), "政府信息公开情况", font=load_font("", 26), fill="black")
    for r in range(rows):
        for c in range(columns):
            corners = (50 + c * 120, 80 + r * 50, 170 + c * 120, 130 + r * 50)
            pen.rectangle(corners, outline="black", width=2)
            text = str(rng.randint(0, 999)) if r and c else "自然人"
            pen.text(
                (corners[0] + 60, corners[1] + 25), text, font=load_font("", 24), fill="black", anchor="mm"
            )
    return picture


def save(picture: Image.Image, kind: str, **more: object) -> bytes:
    """Write a picture."""
    file = io.BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def good(rng: random.Random) -> bytes:
    """Make a good picture of any kind."""
    return save(draw(rng), rng.choice(KINDS))


# -- kinds of harm --------------------


def cut(rng: random.Random) -> bytes:
    """Cut a file short."""
    data = good(rng)
    return data[: rng.randrange(len(data))]


def change(rng: random.Random) -> bytes:
    """Change bytes anywhere, in the header most of all."""
    data = bytearray(good(rng))
    for _ in range(rng.choice((1, 3, 10, 60))):
        data[rng.randrange(min(len(data), rng.choice((64, 600, len(data)))))] = rng.randrange(256)
    return bytes(data)


def odd_mode(rng: random.Random) -> bytes:
    """Store a picture in an odd mode."""
    picture, mode = draw(rng), rng.choice(MODES)
    try:
        odd = (
            Image.fromarray(np.asarray(picture.convert("L"), np.uint16) * 257)
            if mode == "I;16"
            else picture.convert(mode)
        )
        return save(odd, rng.choice(KINDS[:3]))
    except (OSError, ValueError):  # that kind of file does not have this mode
        return save(picture.convert("CMYK"), "TIFF")


def odd_size(rng: random.Random) -> bytes:
    """Make a picture that is tiny, a thread, or large and empty."""
    sides = rng.choice(
        ((1, 1), (1, 9000), (9000, 1), (210, 210), (200, 20000), (20000, 200), (6000, 6000), (7000, 7000))
    )
    return save(
        Image.new(rng.choice(("1", "L", "RGB")), sides, rng.choice((0, 1, 128))), rng.choice(("PNG", "TIFF"))
    )


def bomb(rng: random.Random) -> bytes:
    """Promise far more pixels than there are."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    sides = (
        rng.choice((5000, 9000, 30_000, 60_000, 2**31 - 1)),
        rng.choice((5000, 9000, 30_000, 60_000, 2**31 - 1)),
    )
    body = zlib.compress(bytes(rng.choice((10, 10_000, 50_000_000))), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", *sides, 8, rng.choice((0, 2, 6)), 0, 0, 0))
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


def text_bomb(rng: random.Random) -> bytes:
    """Hide megabytes in a text chunk."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "x" * rng.choice((10**5, 3 * 10**7)), zip=True)
    return save(draw(rng), "PNG", pnginfo=info)


def animated(rng: random.Random) -> bytes:
    """Make a picture that moves, or a TIFF of a few pages."""
    return save_frames([draw(rng) for _ in range(rng.choice((2, 3)))], rng.choice(("PNG", "TIFF")))


def save_frames(frames: list[Image.Image], kind: str) -> bytes:
    """Write several pictures into a file."""
    return save(
        frames[0],
        kind,
        save_all=True,
        append_images=frames[1:],
        **({"compression": "tiff_deflate"} if kind == "TIFF" else {}),
    )


def dense(rng: random.Random) -> bytes:
    """Fill a page with noise, with a grid of thousands of cells, or with stripes."""
    noise = np.random.default_rng(rng.randrange(1 << 30))
    kind, side = rng.randrange(3), rng.choice((600, 1600, 3000))
    pixels = np.full((side, side), 255, np.uint8)
    if kind == 0:
        pixels = noise.integers(0, 256, (side, side), dtype=np.uint8)
    else:
        step = rng.choice((9, 14, 30))
        pixels[::step] = 0
        pixels[:, :: step if kind == 1 else side] = 0
    return save(Image.fromarray(pixels), "PNG")


def crowded(rng: random.Random) -> bytes:
    """Fill a page with frames in frames, specks among lines, light dots in dark cells, or a copier's dots."""
    noise, side = np.random.default_rng(rng.randrange(1 << 30)), rng.choice((900, 1800, 2600))
    picture = draw(rng).convert("L").resize((side, side))
    pixels, kind = np.asarray(picture).copy(), rng.randrange(4)
    if kind == 0:
        pen = ImageDraw.Draw(picture)
        for inset in range(4, side // 2 - 4, rng.choice((8, 24, 40))):
            pen.rectangle((inset, inset, side - inset, side - inset), outline="black", width=2)
        pixels = np.asarray(picture)
    elif kind == 1:
        pixels[noise.random((side, side)) < 0.01] = 0
    elif kind == 2:
        pixels[100:-100, 100:-100] = np.where(noise.random((side - 200, side - 200)) < 0.05, 255, 40)
    else:
        pixels = np.asarray(Image.fromarray(pixels // 2 + 108).convert("1")).astype(np.uint8) * 255
    return save(Image.fromarray(pixels), "PNG")


def nested_pdf(rng: random.Random) -> bytes:
    """Make a PDF whose page is huge or empty, or has many pages."""
    pages = rng.choice((1, 2, 100))
    size = rng.choice(
        (b"0 0 595 842", b"0 0 0 0", b"0 0 1e9 1e9", b"0 0 14400 14400", b"-5 -5 -9 -9", b"0 0 10 20000")
    )
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(pages))
    objects = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, pages)]
    objects += [b"<</Type /Page /Parent 2 0 R /MediaBox [%s]>>" % size] * pages
    return (
        b"%PDF-1.7\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
        + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"
    )


def garbage(rng: random.Random) -> bytes:
    """Put anything behind the first bytes of a picture."""
    magic = rng.choice((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"%PDF-1.7\n", b""))
    return magic + rng.randbytes(rng.choice((0, 8, 300, 20_000)))


HARMS: tuple[Callable[[random.Random], bytes], ...] = (
    good, cut, change, odd_mode, odd_size, bomb, text_bomb, animated, dense, crowded, nested_pdf, garbage,
)  # fmt: skip



def make(rng: random.Random, number: int) -> bytes:
    """Make one input; the kinds of harm take turns."""
    return HARMS[number % len(HARMS)](rng)


def make_long(rng: random.Random, _: int) -> bytes:
    """Make an input of as many pages as are read, or one more."""
    frames = [draw(rng) for _ in range(3)] * LIMITS.scans
    return save_frames(frames[: LIMITS.scans + rng.choice((0, 0, 1))], "TIFF")


# what has many pages is long at work; the package itself says how long that may be, and looks at the clock
# between pages
TARGETS = {
    "scan": Target(make, apart=True),
    "scan_long": Target(make_long, apart=True, seconds=round(LIMITS.seconds) + 15, most=8),
}

if __name__ == "__main__":
    try:
        check_extra()
    except Unreadable as problem:  # then every input would be refused
        sys.exit(print(f"scan        not run: {problem}"))
    sys.exit(main(TARGETS, "Feed harmful pictures to the package."))
