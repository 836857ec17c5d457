"""Synthetic annual reports as scans, whose every cell is known.

In: a seed, a generation of the form, whether to damage the picture, dots an inch. Out: a `Sample`, its bytes
a TIFF of several pages or a PDF of pictures. Next: `score` lets the package read them.
"""

from __future__ import annotations

import functools
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from relay import WIDTHS, draft_paper
from relay.pages import Area
from synthetic import Block, Form, Rows, Sample, place

A4 = 8.27, 11.69  # inches
MARGIN = 0.75  # inches
DIGITS = (
    "", "STIXGeneral.ttf", "DejaVuSans.ttf", "DejaVuSerif.ttf",
)  # fonts of numbers; the first is that of the words
PIECES = re.compile(r"[\d.,+-]+|[A-Za-z]+|.", re.S)  # a number is never broken
RED = (205, 30, 35)


@dataclass(frozen=True, slots=True)
class Look:
    """How one office prints and scans its reports."""

    dpi: int
    digits: str
    size: float  # of the tables, in points
    body: float  # of prose
    rule: float  # weight, in points
    ink: int  # level of black
    left: bool  # labels to the left, not centred
    repeat: bool  # the header again on each page
    grey: bool  # header on grey


def draw_look(rng: random.Random, dpi: int) -> Look:
    """Choose an office's habits."""
    return Look(
        dpi=dpi,
        digits=rng.choice(DIGITS),
        size=rng.choice((8, 9, 9, 10.5)),
        body=rng.choice((12, 14)),
        rule=rng.choice((0.5, 0.75, 1)),
        ink=rng.choice((0, 20, 45)),
        left=rng.random() < 0.5,
        repeat=rng.random() < 0.4,
        grey=rng.random() < 0.25,
    )


# ----------------------------------------------------------------------------------------
# Printing


@functools.cache
def load_font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    """Load a font by file name; without one, the packaged Chinese font."""
    import matplotlib
    from pylopdf_fonts_zh_cn import sans_path

    return ImageFont.truetype(
        str(Path(matplotlib.get_data_path(), "fonts", "ttf", name)) if name else str(sans_path()), pixels
    )


@dataclass(slots=True)
class Press:
    """The pages so far, and how far down the last one is."""

    look: Look
    rng: random.Random
    pages: list[Image.Image]
    down: float = 0.0

    def inch(self, inches: float) -> int:
        """Turn inches into pixels."""
        return round(inches * self.look.dpi)

    def point(self, points: float) -> int:
        """Turn points into pixels."""
        return max(1, round(points * self.look.dpi / 72))

    def pen(self) -> ImageDraw.ImageDraw:
        """Return the pen of the last page."""
        return ImageDraw.Draw(self.pages[-1])

    def turn(self) -> None:
        """Open a page and number it."""
        self.pages.append(Image.new("RGB", (self.inch(A4[0]), self.inch(A4[1])), "white"))
        self.down = self.inch(MARGIN)
        write(self, self.inch(A4[0] / 2), self.inch(A4[1] - 0.5), f"- {len(self.pages)} -", 9)

    def room(self) -> float:
        """Return the height left on the page."""
        return self.inch(A4[1] - MARGIN) - self.down


def font_of(press: Press, piece: str, size: float) -> ImageFont.FreeTypeFont:
    """Numbers have a font of their own."""
    return load_font(press.look.digits if piece.isascii() and piece[0] not in "()" else "", press.point(size))


def width_of(press: Press, text: str, size: float) -> float:
    """Measure a text."""
    return sum(font_of(press, piece, size).getlength(piece) for piece in PIECES.findall(text))


def write(press: Press, x: float, y: float, text: str, size: float) -> None:
    """Write a line from `x`, its base at `y`."""
    for piece in PIECES.findall(text):
        font = font_of(press, piece, size)
        press.pen().text((x, y), piece, font=font, fill=(press.look.ink,) * 3, anchor="ls")
        x += font.getlength(piece)


def wrap(press: Press, text: str, size: float, width: float, indent: float = 0) -> list[str]:
    """Break text into lines of a width."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, left = "", width - indent
        for piece in PIECES.findall(part):
            if line and width_of(press, line + piece, size) > left:
                lines.append(line)
                line, left = "", width
            line += piece
        lines.append(line)
    return lines


def write_paragraph(press: Press, block: Block) -> None:
    """Write a title, a heading or a paragraph."""
    size = 18.0 if block.kind == "title" else press.look.body
    indent = 0 if block.kind in {"title", "heading"} else press.point(2 * size)
    wide = press.inch(A4[0] - 2 * MARGIN)
    for n, line in enumerate(wrap(press, block.text.strip(), size, wide, indent)):
        if press.room() < press.point(1.7 * size):
            press.turn()
        press.down += press.point(1.6 * size)
        x = press.inch(MARGIN) + (indent if n == 0 else 0)
        x = (press.inch(A4[0]) - width_of(press, line, size)) / 2 if block.kind == "title" else x
        write(press, x, press.down, line, size)


def write_table(press: Press, name: str, rows: Rows) -> None:
    """Print a table, over as many pages as it takes."""
    size, wide = press.look.size, press.inch(A4[0] - 2 * MARGIN)
    edges = [press.inch(MARGIN)]
    for part in WIDTHS[name]:
        edges.append(edges[-1] + round(part * wide))
    areas = [
        Area(
            box, r, r + box.down, c, c + box.across,
            wrap(press, box.text, size, edges[c + box.across] - edges[c] - press.point(5)),
        )
        for r, line in enumerate(place(rows))
        for c, box, _ in line
        if box.role != "filler"
    ]
    heights = find_heights(press, areas, len(rows))
    header = 3 if name == "requests" else 0
    press.down += press.point(8)
    if press.room() < sum(heights[:4]):  # no page ends inside a header
        press.turn()
    first = 0
    for band in range(len(heights) + 1):
        if band == len(heights) or sum(heights[first : band + 1]) > press.room():
            print_bands(press, areas, heights, edges, first, band)
            if band < len(heights):
                press.turn()
                if press.look.repeat and header:
                    print_bands(press, areas, heights, edges, 0, header)
                first = band
    press.down += press.point(10)


def find_heights(press: Press, areas: list[Area], bands: int) -> list[int]:
    """Give every band the height that its cells need."""
    lead, pad = press.point(press.look.size * 1.25), press.point(press.rng.choice((4, 6, 9)))
    heights = [
        max((len(a.lines) for a in areas if (a.top, a.end) == (r, r + 1)), default=1) * lead + pad
        for r in range(bands)
    ]
    for area in areas:
        heights[area.end - 1] += max(0, len(area.lines) * lead + pad - sum(heights[area.top : area.end]))
    return heights


def print_bands(
    press: Press, areas: list[Area], heights: list[int], edges: list[int], first: int, end: int
) -> None:
    """Print the part of a table that stands on one page."""
    tops = [round(press.down)]
    for height in heights[first:end]:
        tops.append(tops[-1] + height)
    rule = press.point(press.look.rule)
    for area in areas:
        if area.top >= end or area.end <= first:
            continue
        top, bottom = tops[max(area.top, first) - first], tops[min(area.end, end) - first]
        shade = (225,) * 3 if press.look.grey and area.box.role == "header" else None
        corners = (edges[area.left], top, edges[area.right] + rule - 1, bottom + rule - 1)
        press.pen().rectangle(corners, fill=shade, outline=(press.look.ink,) * 3, width=rule)
        if area.top >= first:
            print_lines(press, area, edges, top, bottom)
    press.down = tops[-1]


def print_lines(press: Press, area: Area, edges: list[int], top: int, bottom: int) -> None:
    """Print the lines of a cell, in its middle."""
    size = press.look.size
    lead = press.point(size * 1.25)
    lines = area.lines[: (bottom - top) // lead]  # what a page break leaves room for
    y = (top + bottom - lead * len(lines)) / 2 + press.point(size * 1.0)
    for line in lines:
        middle = (edges[area.left] + edges[area.right] - width_of(press, line, size)) / 2
        x = edges[area.left] + press.point(3) if press.look.left and area.box.role == "row" else middle
        write(press, x, y, line, size)
        y += lead


def print_report(form: Form, blocks: list[Block], look: Look, rng: random.Random) -> list[Image.Image]:
    """Print a report to pages."""
    press = Press(look, rng, [])
    press.turn()
    for block in blocks:
        if block.kind == "table":
            write_table(press, block.text, form[block.text])
        elif block.kind != "furniture":
            write_paragraph(press, block)
    return press.pages


# ----------------------------------------------------------------------------------------
# What scanners do


def skew(page: Image.Image, rng: random.Random) -> Image.Image:
    """Lay the page aslant."""
    return page.rotate(rng.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor="white")


def blur(page: Image.Image, rng: random.Random) -> Image.Image:
    """Take the picture out of focus."""
    return page.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.9) * page.width / 1654))


def light(page: Image.Image, rng: random.Random) -> Image.Image:
    """Light the page unevenly."""
    wide, high = page.size
    slope = (
        np.linspace(rng.uniform(0.72, 1), rng.uniform(0.72, 1), wide)[None, :]
        * np.linspace(rng.uniform(0.8, 1), 1, high)[:, None]
    )
    return Image.fromarray((np.asarray(page) * slope[:, :, None]).astype(np.uint8))


def speckle(page: Image.Image, rng: random.Random) -> Image.Image:
    """Strew dust, dark and light, and grain."""
    pixels = np.asarray(page).astype(np.int16)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    pixels = pixels + noise.normal(0, rng.uniform(1, 6), pixels.shape[:2])[:, :, None]
    for _ in range(rng.randint(200, 1500)):
        y, x, size = (
            int(noise.integers(pixels.shape[0])), int(noise.integers(pixels.shape[1])),
            int(noise.integers(1, 3)),
        )
        pixels[y : y + size, x : x + size] = 255 if noise.random() < 0.2 else noise.integers(0, 140)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def stamp(page: Image.Image, rng: random.Random) -> Image.Image:
    """Press a red seal on the page, black letters staying black under it."""
    seal = Image.new("RGB", page.size, "white")
    inch = page.width / A4[0]
    radius = 0.8 * inch
    x, y = rng.uniform(0.2, 0.8) * page.width, rng.uniform(0.2, 0.85) * page.height
    pen = ImageDraw.Draw(seal)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=round(0.06 * inch))
    pen.text((x, y), "★", font=load_font("DejaVuSans.ttf", round(0.5 * inch)), fill=RED, anchor="mm")
    pen.text((x, y + 0.45 * inch), "办公室", font=load_font("", round(0.2 * inch)), fill=RED, anchor="mm")
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(seal)))


def jpeg(page: Image.Image, rng: random.Random) -> Image.Image:
    """Store the page as a small JPEG."""
    file = io.BytesIO()
    page.save(file, "JPEG", quality=rng.randint(35, 75))
    return Image.open(file).convert("RGB")


NOISES: dict[str, tuple[float, Callable[[Image.Image, random.Random], Image.Image]]] = {
    "stamp": (0.3, stamp),
    "skew": (0.6, skew),
    "light": (0.4, light),
    "blur": (0.4, blur),
    "speckle": (0.4, speckle),
    "jpeg": (0.6, jpeg),
}


# ----------------------------------------------------------------------------------------
# A document


def save_scan(pages: list[Image.Image], dpi: int, rng: random.Random) -> tuple[str, bytes]:
    """Save pages as one file."""
    kind = rng.choice(("TIFF", "PDF"))
    file = io.BytesIO()
    more = {"compression": "tiff_deflate"} if kind == "TIFF" else {}
    pages[0].save(file, kind, save_all=True, append_images=pages[1:], resolution=dpi, **more)
    return kind.lower(), file.getvalue()


def make_scan(seed: int, generation: str, noise: bool, dpi: int = 200) -> Sample:
    """Make one report, with `noise` one whose picture is damaged; the same arguments always give the same bytes."""
    rng = random.Random(seed)
    draft = draft_paper(generation, 0.12, rng)
    look = draw_look(rng, dpi)
    pages = print_report(draft.form, draft.blocks, look, rng)
    damage = [name for name, (rate, _) in NOISES.items() if noise and rng.random() < rate]
    for name in damage:
        pages = [NOISES[name][1](page, rng) for page in pages]
    kind, data = save_scan(pages, dpi, rng)
    traits = (*draft.noises, *damage, look.digits.partition(".")[0] or "Noto", f"{look.size} pt", kind)
    return Sample(f"scan-{seed}.{kind}", data, "scan", generation, traits, draft.truth, draft.labels)
