"""Pages as pictures, and words on them.

In: the habits of an office, a text. Out: pixels of the last page. Next: `report`.
"""

from __future__ import annotations

import functools
import random
import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from relay.areas import wrap

A4 = 8.27, 11.69  # inches
MARGIN = 0.75  # inches
# fonts of numbers; the first is that of the words
DIGITS = ("", "STIXGeneral.ttf", "DejaVuSans.ttf", "DejaVuSerif.ttf")
PIECES = re.compile(r"[\d.,+-]+|[A-Za-z]+|.", re.S)  # a number is never broken


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


@functools.cache
def load_font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    """Load a font by file name; without one, the packaged Chinese font."""
    import matplotlib
    from pylopdf_fonts_zh_cn import sans_path

    path = Path(matplotlib.get_data_path(), "fonts", "ttf", name) if name else sans_path()
    return ImageFont.truetype(str(path), pixels)


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


def wrap_line(press: Press, text: str, size: float, width: float, indent: float = 0) -> list[str]:
    """Break text into lines of a width, as wide as the fonts of a press print it."""
    return wrap(text, PIECES, lambda line: width_of(press, line, size), width, indent)
