"""What bears witness against the text of a PDF: another library's reading of it, and the look of its pages.

In: the file, open pages. Out: the `Glyph`s that pdfminer reads in the same places, which shares no code with
pdfium; a `Picture`: whether a character shows, whether a place holds print. Next: `doubts`.

Text in a file may not be seen (white, painted over, clipped, in a layer that is off), and a number that is
seen may be no text (drawn, a picture). Where text and picture disagree, a number cannot be told. A character
is seen if the page looks another without its text: what is drawn over or under it does not vouch for it.
"""

import ctypes
import logging
import math
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from govtables.readers.pdf.drawings import TooMuch, turn_box
from govtables.readers.pdf.guard import list_pages
from govtables.readers.pdf.page import Page, clean, quarter_of
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.words import UNKNOWN, Glyph, make_glyph
from govtables.readers.ruled import Box

# what draws no text: paths, their colours and widths, marks of structure
SILENT = re.compile(
    rb"(?<=\s)(?:(?:-?[\d.]+\s+){2}[lm]|(?:-?[\d.]+\s+){4}re|(?:-?[\d.]+\s+){6}c"
    rb"|(?:-?[\d.]+\s+){3}(?:rg|RG)|(?:-?[\d.]+\s+)[wgGJjM]"
    rb"|/\w+\s*(?:<<[^<>()]*(?:<[0-9A-Fa-f]*>)?[^<>()]*>>|/\w+)\s*BDC|EMC|/\w+\s+gs"
    rb"|\[[-\d.\s]*\]\s*[\d.]+\s+d|[hfSnW]|[fW]\*|T\*(?=\s+ET))(?=\s)"
)
EMPTY = re.compile(rb"(?<=\s)q\s+Q(?=\s)")  # what is left of drawings without text
WHITE = 255


def read_again(data: bytes, count: int, pages: Mapping[int, Page], until: float) -> dict[int, list[Glyph]]:
    """Read some pages of `count`, by number; a page that pdfminer cannot read is missing in the answer.

    `until` is the latest time to go on, of `time.monotonic`.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it complains of what pdfium has read
    found: dict[int, list[Glyph]] = {}
    try:
        for number, page, characters in _pages(data, count, pages, until):
            found[number] = list(_glyphs(characters, page, pages[number]))
    except Exception as problem:  # whatever it raises, these pages have one reading, and the report says so
        logging.getLogger(__name__).debug("no second reading: %s", problem)
    return found


def _pages(data: bytes, count: int, pages: Mapping[int, Page], until: float) -> Iterator[tuple]:
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
            raise TooMuch
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


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looks, in grey: arrays (height, width); `scale` in pixels a point."""

    whole: Any
    ground: Any  # without its text
    alone: Any  # its text on white, without what is drawn beside it; None if nothing can cover it
    scale: float

    def shows(self, glyph: Glyph) -> bool:
        """Tell whether a character leaves its ink, or nearly all, where it stands between its neighbours."""
        point = not glyph.text.isnumeric()
        less = PDF.beside_point if point else PDF.beside_digit
        x, y = less * (glyph.x1 - glyph.x0), less * (glyph.bottom - glyph.top)
        x, y = (0.0, y) if glyph.turn % 2 else (x, 0.0)
        box = glyph.x0 + x, glyph.top + y, glyph.x1 - x, glyph.bottom - y
        added = abs(self._part(self.whole, box) - self._part(self.ground, box))
        if point:
            return int(added.sum()) >= PDF.contrast
        seen = added > PDF.faint_ink
        return int(seen.sum()) >= PDF.least_ink and (self.alone is None or self._is_whole(seen, box))

    def _is_whole(self, seen: Any, box: Box) -> bool:
        """Tell whether most of what a character prints is seen, or as dark under a rule of its colour."""
        whole, alone = self._part(self.whole, box), WHITE - self._part(self.alone, box)
        printed, left = alone > 2 * PDF.faint_ink, seen | (whole <= WHITE - alone + PDF.contrast)
        return int((printed & left).sum()) >= PDF.least_seen * int(printed.sum())

    def holds(self, box: Box) -> bool:
        """Tell whether there is print in a cell, in points; the rules around it do not count."""
        import numpy as np

        less = PDF.border
        inner = box[0] + less, box[1] + less, box[2] - less, box[3] - less
        part = self._part(self.whole, inner)
        return bool(part.size) and int((abs(part - np.median(part)) > PDF.contrast).sum()) >= PDF.least_ink

    def _part(self, drawn: Any, box: Box) -> Any:
        """The pixels of a box, in points, of a type that holds differences."""
        left, top, right, bottom = (int(side * self.scale) for side in box)
        return drawn[max(top, 0) : bottom + 1, max(left, 0) : right + 1].astype("int16")


def picture_of(page: Any, shown: Page) -> Picture | None:
    """Draw a page upright, without its text and its text alone, as it then is; `None` if it is too large."""
    scale = min(PDF.scale, PDF.most_pixels / max(shown.width, shown.height, 1))
    if scale < PDF.least_scale:
        return None
    whole = _draw(page, shown, scale)
    _switch(shown.drawn.texts, False)
    ground = _draw(page, shown, scale)
    alone = None
    if shown.drawn.over:
        _switch(shown.drawn.texts, True)
        _switch(shown.drawn.others, False)
        alone = _draw(page, shown, scale)
    return Picture(whole, ground, alone, whole.shape[1] / shown.width)


def _switch(addresses: Iterable[int], on: bool) -> None:
    """Switch drawing operations on or off."""
    import pypdfium2.raw as pdfium

    for address in addresses:
        pdfium.FPDFPageObj_SetIsActive(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT), on)


def _draw(page: Any, shown: Page, scale: float) -> Any:
    turn = (90 * shown.quarter - page.get_rotation()) % 360
    return page.render(scale=scale, rotation=turn, grayscale=True).to_numpy()
