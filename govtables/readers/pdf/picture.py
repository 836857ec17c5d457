"""What a page of a PDF looks like, as a witness against its text.

In: an open page. Out: its `Picture`: whether a character shows, whether a place holds print. Next: `doubts`.

Text in a file may not be seen (white, painted over, clipped, in a layer that is off), and a number that is
seen may be no text (drawn, a picture). Where text and picture disagree, a number cannot be told. A character
is seen if the page looks another without its text: what is drawn over or under it does not vouch for it.
"""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from govtables.readers.pdf.page import Page
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.words import Glyph
from govtables.readers.ruled import Box

WHITE = 255


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
    _switch(shown.texts, False)
    ground = _draw(page, shown, scale)
    alone = None
    if shown.over:
        _switch(shown.texts, True)
        _switch(shown.over, False)
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
