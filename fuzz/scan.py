"""Feed harmful pictures to the reader of scans.

In: `--inputs`, `--seed`. Out: what came of each kind of harm, and exit status 1 if anything but `Unreadable` was raised, an input
crashed its process, took too long or too much memory, or a block is not what it should be. The same seed makes the same inputs.

Decoders and models are native code, so each input is read by a process of its own.

    python fuzz/scan.py --inputs 200 --seed 1
"""

from __future__ import annotations

import argparse
import io
import os
import pickle
import random
import resource
import select
import signal
import struct
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP / "benchmarks"), str(TOP)]

from relay.scans import load_font  # noqa: E402

SECONDS, MEGABYTES = 60, 1024
KINDS = ("PNG", "JPEG", "TIFF", "PDF")
MODES = ("1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F", "I;16", "PA")


# -- good pictures ------------------------------------------------------------------------------------------------


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
            pen.text((corners[0] + 60, corners[1] + 25), text, font=load_font("", 24), fill="black", anchor="mm")
    return picture


def save(picture: Image.Image, kind: str, **more) -> bytes:
    """Write a picture."""
    file = io.BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def good(rng: random.Random) -> bytes:
    """Make a good picture of any kind."""
    return save(draw(rng), rng.choice(KINDS))


# -- kinds of harm ------------------------------------------------------------------------------------------------


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
        picture = Image.fromarray(np.asarray(picture.convert("L"), np.uint16) * 257) if mode == "I;16" else picture.convert(mode)
        return save(picture, rng.choice(KINDS[:3]))
    except (OSError, ValueError):  # that kind of file does not have this mode
        return save(picture.convert("CMYK"), "TIFF")


def odd_size(rng: random.Random) -> bytes:
    """Make a picture that is tiny, a thread, or large and empty."""
    sides = rng.choice(((1, 1), (1, 9000), (9000, 1), (210, 210), (200, 20000), (20000, 200), (6000, 6000), (7000, 7000)))
    return save(Image.new(rng.choice(("1", "L", "RGB")), sides, rng.choice((0, 1, 128))), rng.choice(("PNG", "TIFF")))


def bomb(rng: random.Random) -> bytes:
    """Promise far more pixels than there are."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    sides = rng.choice((5000, 9000, 30_000, 60_000, 2**31 - 1)), rng.choice((5000, 9000, 30_000, 60_000, 2**31 - 1))
    body = zlib.compress(bytes(rng.choice((10, 10_000, 50_000_000))), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", *sides, 8, rng.choice((0, 2, 6)), 0, 0, 0)) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def text_bomb(rng: random.Random) -> bytes:
    """Hide megabytes in a text chunk."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "x" * rng.choice((10**5, 3 * 10**7)), zip=True)
    return save(draw(rng), "PNG", pnginfo=info)


def animated(rng: random.Random) -> bytes:
    """Make a picture that moves, or a TIFF of many pages."""
    frames = [draw(rng) for _ in range(rng.choice((2, 3)))] * rng.choice((1, 30))
    more = {"compression": "tiff_deflate"} if (kind := rng.choice(("PNG", "TIFF"))) == "TIFF" else {}
    return save(frames[0], kind, save_all=True, append_images=frames[1:3] if len(frames) < 50 else frames[1:], **more)


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


def nested_pdf(rng: random.Random) -> bytes:
    """Make a PDF whose page is huge or empty, or has many pages."""
    pages = rng.choice((1, 2, 100))
    size = rng.choice((b"0 0 595 842", b"0 0 0 0", b"0 0 1e9 1e9", b"0 0 14400 14400", b"-5 -5 -9 -9", b"0 0 10 20000"))
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(pages))
    objects = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, pages)]
    objects += [b"<</Type /Page /Parent 2 0 R /MediaBox [%s]>>" % size] * pages
    return b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1)) + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def garbage(rng: random.Random) -> bytes:
    """Put anything behind the first bytes of a picture."""
    magic = rng.choice((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"%PDF-1.7\n", b""))
    return magic + rng.randbytes(rng.choice((0, 8, 300, 20_000)))


HARMS: tuple[Callable[[random.Random], bytes], ...] = (
    good, cut, change, odd_mode, odd_size, bomb, text_bomb, animated, dense, nested_pdf, garbage,
)  # fmt: skip


# -- one input ----------------------------------------------------------------------------------------------------


def read(data: bytes) -> str:
    """Read an input and check what comes out."""
    from govtables.grid import Cell, Grid, Unreadable
    from govtables.scan import read_scan

    try:
        blocks, notes = read_scan(data)
    except Unreadable as problem:
        return "refused" if str(problem).strip() else "refused without a word"
    except BaseException as problem:
        return f"BAD raised {type(problem).__name__}: {problem}"[:200]
    cells = [cell for b in blocks for cell in ([b] if isinstance(b, Cell) else [c for row in b.rows for c in row if c])]
    sound = all(isinstance(cell.text, str) and cell.place.startswith("P") for cell in cells) and all(isinstance(note, str) for note in notes)
    even = all(len({len(row) for row in b.rows}) <= 1 for b in blocks if isinstance(b, Grid))
    return "read" if sound and even and len({c.place for c in cells}) == len(cells) else "BAD blocks"


def in_process(data: bytes) -> tuple[str, float, float]:
    """Read an input in a process of its own; return what came of it, seconds and megabytes."""
    source, sink = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(source)
        with os.fdopen(sink, "wb") as file:
            pickle.dump(read(data), file)
        os._exit(0)
    os.close(sink)
    ready, _, _ = select.select([source], [], [], 4 * SECONDS)
    if not ready:
        os.kill(child, signal.SIGKILL)
    with os.fdopen(source, "rb") as file:
        said = file.read()
    _, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime
    outcome = pickle.loads(said) if said else f"BAD process ended with {status} after {time.monotonic() - started:.0f} s"
    if seconds > SECONDS:
        outcome = f"BAD took {seconds:.0f} CPU s: {outcome}"
    if usage.ru_maxrss > MEGABYTES * 1024:
        outcome = f"BAD took {usage.ru_maxrss >> 10} MB: {outcome}"
    return outcome, seconds, usage.ru_maxrss / 1024


def main() -> int:
    """Run the inputs one by one and return the exit status."""
    parser = argparse.ArgumentParser(description="Feed harmful pictures to the reader of scans.")
    parser.add_argument("--inputs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    counts: dict[str, Counter[str]] = {}
    slowest = most = 0.0
    for n in range(arguments.inputs):
        harm = HARMS[n % len(HARMS)]
        outcome, seconds, megabytes = in_process(harm(random.Random(f"{arguments.seed}/{n}")))
        slowest, most = max(slowest, seconds), max(most, megabytes)
        counts.setdefault(harm.__name__, Counter())[outcome.partition(":")[0]] += 1
        if outcome.startswith("BAD"):
            print(f"{harm.__name__}, input {n}: {outcome}", flush=True)
    for name, outcomes in counts.items():
        print(f"{name:12} {', '.join(f'{outcome} {count}' for outcome, count in sorted(outcomes.items()))}")
    print(f"slowest {slowest:.1f} CPU s, most {most:.0f} MB")
    return any(outcome.startswith("BAD") for outcomes in counts.values() for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main())
