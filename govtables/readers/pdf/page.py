"""One page of a PDF as pdfium shows it.

In: an open page. Out: a `Page`: characters that can be seen, and what it draws. Next: `tables`.

Places count from the top left of the page as it is read, turned so that most of its text is upright.
Print without ink, off the page or under a picture of all of it is no text; `picture` looks at the rest.
"""

import ctypes
import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

from govtables.readers.pdf.drawings import (
    Drawn, Frame, Matrix, TooMuch, address_of, move_point, read_drawings, turn_box,
)
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.words import UNKNOWN, Glyph, make_glyph
from govtables.readers.ruled import Box

INVISIBLE_MODES = (3, 7)  # of text rendering


@dataclass(frozen=True, slots=True)
class Page:
    """What one page shows; `frame` turns places of the file upright, by `quarter` turns clockwise."""

    glyphs: tuple[Glyph, ...]
    hidden: tuple[Glyph, ...]  # characters that cannot be seen, or stand aslant
    drawn: Drawn
    width: float
    height: float
    frame: Frame
    quarter: int


class Mark(NamedTuple):
    """A character as the file has it, before the page is turned."""

    text: str
    box: Box
    origin: tuple[float, float]
    size: float
    turn: int | None  # quarters counter-clockwise; None when slanted
    run: int
    ink: bool


def read_page(page: Any) -> Page:
    """Read one page, opened by pypdfium2."""
    with closing(page.get_textpage()) as texts:
        marks = _characters(texts)
    turns = Counter(mark.turn for mark in marks if mark.turn is not None and mark.ink)
    quarter = max(turns, key=turns.__getitem__, default=0)
    frame, width, height = _frame(page, quarter)
    drawn = read_drawings(page, frame, (0.0, 0.0, width, height))
    shown: list[Glyph] = []
    hidden: list[Glyph] = []
    for mark in marks:
        if (matrix := drawn.meant.get(mark.run)) and _stands_in(mark.origin, mark.run):
            mark = _moved(mark, matrix)
        box, origin = turn_box(mark.box, frame), frame(*mark.origin)
        glyph = make_glyph(mark.text, box, origin, mark.size, ((mark.turn or 0) - quarter) % 4, mark.run)
        here = 0 <= box[0] + box[2] <= 2 * width and 0 <= box[1] + box[3] <= 2 * height
        seen = mark.ink and here and mark.turn is not None and drawn.orders.get(mark.run, 0) >= drawn.covered
        (shown if seen else hidden).append(glyph)
    shown = tuple(_strike(shown, drawn.rules))
    return Page(shown, tuple(hidden), drawn, width, height, frame, quarter)


def _stands_in(origin: tuple[float, float], run: int) -> bool:
    """Tell a place in the measures of the drawing around, which pdfium forgets where a text means another."""
    import pypdfium2.raw as pdfium

    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(ctypes.cast(run, pdfium.FPDF_PAGEOBJECT), *sides)
    left, bottom, right, top = [side.value for side in sides]
    near = PDF.near_text * max(right - left, top - bottom)
    return abs(origin[0] - left) < near and abs(origin[1] - bottom) < near


def _moved(mark: Mark, matrix: Matrix) -> Mark:
    """A character with its place as the page measures."""
    ends = move_point(*mark.box[:2], matrix), move_point(*mark.box[2:], matrix)
    return mark._replace(box=(*ends[0], *ends[1]), origin=move_point(*mark.origin, matrix))


def _strike(glyphs: Iterable[Glyph], rules: Iterable[Box]) -> Iterator[Glyph]:
    """Take digits that a rule runs through for unknown: struck out, as deletions are, or under a border."""
    flat = sorted(((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in rules if y1 - y0 <= PDF.thin)
    heights = [y for y, _, _ in flat]
    for glyph in glyphs:
        if glyph.text.isdecimal() and glyph.turn == 0:
            rise = glyph.base - (1 - PDF.half_up) * glyph.size, glyph.base - PDF.half_up / 2 * glyph.size
            through = flat[bisect_left(heights, rise[0]) : bisect_right(heights, rise[1])]
            if any(x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 for _, x0, x1 in through):
                glyph = glyph._replace(text=UNKNOWN)
        yield glyph


def _characters(texts: Any) -> list[Mark]:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(texts)
    if count > PDF.most_glyphs:
        raise TooMuch
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    looks: dict[int, tuple] = {}
    marks = []
    for at in range(count):
        run = address_of(pdfium.FPDFText_GetTextObject(texts, at))
        if not run:
            continue  # made up by pdfium
        if run not in looks:
            looks[run] = _look(texts, at)
        size, turn, ink = looks[run]
        code = pdfium.FPDFText_GetUnicode(texts, at)
        pdfium.FPDFText_GetLooseCharBox(texts, at, box)
        pdfium.FPDFText_GetCharOrigin(texts, at, x, y)
        unknown = pdfium.FPDFText_HasUnicodeMapError(texts, at) == 1
        text = UNKNOWN if unknown else clean(chr(code) if code <= 0x10FFFF else "")
        edges, origin = (box.left, box.top, box.right, box.bottom), (x.value, y.value)
        marks.append(Mark(text, edges, origin, size, turn, run, ink))
    return marks


def _look(texts: Any, at: int) -> tuple[float, int | None, bool]:
    """Size and direction of the operation that prints a character, and whether it leaves ink."""
    import pypdfium2.raw as pdfium

    mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(texts, at))
    parts = [ctypes.c_uint() for _ in range(4)]
    known = (pdfium.FPDFText_GetStrokeColor if mode == 1 else pdfium.FPDFText_GetFillColor)(texts, at, *parts)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(texts, at, matrix)
    stretch = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    size = abs(pdfium.FPDFText_GetFontSize(texts, at)) * stretch
    ink = mode not in INVISIBLE_MODES and size >= PDF.least_size and (parts[3].value > PDF.faint or not known)
    return size, quarter_of(-math.degrees(pdfium.FPDFText_GetCharAngle(texts, at))), ink


def quarter_of(degrees: float) -> int | None:
    """Quarters counter-clockwise that text is turned by; `None` when it is slanted.

    >>> quarter_of(91.0), quarter_of(-1.0), quarter_of(45.0)
    (1, 0, None)
    """
    quarter = round(degrees / 90)
    return quarter % 4 if abs(degrees - 90 * quarter) < PDF.slant else None


def clean(text: str) -> str:
    """A character as it is meant: radicals as what they stand for, what a font does not tell as unknown."""
    if len(text) != 1:
        return text or UNKNOWN
    if "\u2e80" <= text <= "\u2fdf":
        return unicodedata.normalize("NFKC", text)
    if text in "\t\n\r":
        return " "
    return UNKNOWN if unicodedata.category(text) in ("Co", "Cn", "Cs", "Cc") else text


def _frame(page: Any, quarter: int) -> tuple[Frame, float, float]:
    """How places of the file are turned upright, and the size of the page then."""
    left, bottom, right, top = page.get_bbox()  # which a page may have from the whole file
    turned = (
        lambda x, y: (x - left, top - y), lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom), lambda x, y: (top - y, right - x),
    )
    wide, high = right - left, top - bottom
    return turned[quarter], *((high, wide) if quarter % 2 else (wide, high))
