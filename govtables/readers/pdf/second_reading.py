"""The second reading of a PDF: the same pages through pdfminer, which shares no code with pdfium.

In: the file and the pages that hold tables. Out: their `Glyph`s, in the same places. Next: `doubts`.
"""

import logging
import math
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from govtables.readers.pdf.drawings import turn_box
from govtables.readers.pdf.guard import list_pages
from govtables.readers.pdf.page import Page, clean, quarter_of
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.words import UNKNOWN, Glyph, make_glyph

# what draws no text: paths, their colours and widths, marks of structure
SILENT = re.compile(
    rb"(?<=\s)(?:(?:-?[\d.]+\s+){2}[lm]|(?:-?[\d.]+\s+){4}re|(?:-?[\d.]+\s+){6}c"
    rb"|(?:-?[\d.]+\s+){3}(?:rg|RG)|(?:-?[\d.]+\s+)[wgGJjM]"
    rb"|/\w+\s*(?:<<[^<>()]*(?:<[0-9A-Fa-f]*>)?[^<>()]*>>|/\w+)\s*BDC|EMC|/\w+\s+gs"
    rb"|\[[-\d.\s]*\]\s*[\d.]+\s+d|[hfSnW]|[fW]\*|T\*(?=\s+ET))(?=\s)"
)
EMPTY = re.compile(rb"(?<=\s)q\s+Q(?=\s)")  # what is left of drawings without text


class Endless(Exception):
    """A page whose second reading takes too long."""


def read_again(data: bytes, count: int, pages: Mapping[int, Page], until: float) -> dict[int, list[Glyph]]:
    """Read some pages of `count`, by number; a page that pdfminer cannot read is missing in the answer.

    `until` is the latest time to go on, of `time.monotonic`.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it complains of what pdfium has read
    found: dict[int, list[Glyph]] = {}
    try:
        for number, page, characters in _draw(data, count, pages, until):
            found[number] = list(_glyphs(characters, page, pages[number]))
    except Exception as problem:  # whatever it raises, these pages have one reading, and the report says so
        logging.getLogger(__name__).debug("no second reading: %s", problem)
    return found


def _draw(data: bytes, count: int, pages: Mapping[int, Page], until: float) -> Iterator[tuple]:
    """Pages of the file: number, page and its characters."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdftypes import PDFStream, resolve1

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    begin_figure, left = device.begin_figure, iter(range(PDF.most_forms))

    def begin_counted(*figure: Any) -> None:
        """Count the drawings inside drawings: a small file can ask for billions."""
        if next(left, None) is None or time.monotonic() > until:
            raise Endless
        begin_figure(*figure)

    device.begin_figure = begin_counted
    device.paint_path = device.render_image = lambda *_: None
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(list_pages(data, count), 1):
        if number in pages and time.monotonic() < until:
            page.rotate = 0  # places as in the file
            streams = [stream for stream in map(resolve1, page.contents) if isinstance(stream, PDFStream)]
            text = b"\n".join([stream.get_data() for stream in streams])
            page.contents = [PDFStream({}, _silenced(text))]
            page.contents[0].set_objid(-1, 0)  # a stream without number is left out
            interpreter.process_page(page)
            yield number, page, list(_characters(device.get_result()))
        if number >= max(pages, default=0):
            return


def _silenced(text: bytes) -> bytes:
    """Leave out what draws no text: strokes would take pdfminer much of its time."""
    text, left = SILENT.sub(b"", text), len(text) + 1
    for _ in range(PDF.deepest):
        if len(text) == left:
            break
        left, text = len(text), EMPTY.sub(b"", text)
    return text


def _characters(layout: Any) -> Iterator:
    from pdfminer.layout import LTChar, LTContainer

    for item in layout:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _characters(item)


def _glyphs(characters: list, page: Any, shown: Page) -> Iterator[Glyph]:
    """Characters on the page, without those that the first reading found to be hidden."""
    left, bottom = page.mediabox[0], page.mediabox[1]
    hidden = {_spot(glyph, i, j) for glyph in shown.hidden for i in (-1, 0, 1) for j in (-1, 0, 1)}
    for character in characters:
        a, b, _, _, x, y = character.matrix
        if (turn := quarter_of(math.degrees(math.atan2(b, a)))) is None:
            continue
        own = character.x0 + left, character.y0 + bottom, character.x1 + left, character.y1 + bottom
        box = turn_box(own, shown.frame)
        size = character.width if turn % 2 else character.height
        text = UNKNOWN if character.get_text().startswith("(cid:") else clean(character.get_text())
        origin = shown.frame(x + left, y + bottom)
        glyph = make_glyph(text, box, origin, size, (turn - shown.quarter) % 4, id(character))
        if 0 <= origin[0] <= shown.width and 0 <= origin[1] <= shown.height and _spot(glyph) not in hidden:
            yield glyph


def _spot(glyph: Glyph, i: int = 0, j: int = 0) -> tuple:
    return glyph.text, glyph.turn, round(glyph.start / PDF.near) + i, round(glyph.base / PDF.near) + j
