"""What a page of a PDF looks like, as a witness against its text.

In: an open page. Out: its picture in grey, and whether a place of it holds ink. Next: `doubt`.

Text in a file may not be seen (white, painted over, in a layer that is off), and a number that is seen may be
no text (drawn, a picture, an entry of a form). Where text and picture disagree, a number cannot be told.
"""

from typing import Any

from govtables.readers.pdf.page import Page
from govtables.readers.pdf.settings import PDF
from govtables.readers.ruled import Box


def picture_of(page: Any, shown: Page) -> Any:
    """Draw a page upright: grey values, an array (height, width) of bytes; `None` if it is too large."""
    scale = min(PDF.scale, PDF.most_pixels / max(shown.width, shown.height, 1))
    if scale < PDF.least_scale:
        return None
    turn = (90 * shown.quarter - page.get_rotation()) % 360
    return page.render(scale=scale, rotation=turn, grayscale=True).to_numpy()


def has_ink(picture: Any, page: Page, box: Box, inner: bool = False) -> bool:
    """Tell whether a box, in points, holds print; of an inner one, the rules around it do not count."""
    import numpy as np

    scale = picture.shape[1] / page.width
    less = PDF.border if inner else 0.0
    left, top = int((box[0] + less) * scale), int((box[1] + less) * scale)
    right, bottom = int((box[2] - less) * scale) + 1, int((box[3] - less) * scale) + 1
    part = picture[max(top, 0) : bottom, max(left, 0) : right].astype(np.int16)
    if part.size == 0:
        return False
    return int((abs(part - np.median(part)) > PDF.contrast).sum()) >= PDF.least_ink
