"""What a page of a PDF looks like, as a witness against its text.

In: an open page. Out: its picture in grey, and whether a place of it holds ink. Next: `doubt`.

Text may stand in a file and not be seen (white, painted over, in a layer that is off), and a number may be seen that is no text
(drawn, a picture, an entry of a form). Where text and picture disagree, a number cannot be told.
"""

from govtables.readers.pdf.page import Page
from govtables.readers.ruled import Box

SCALE = 1.5  # pixels a point
MOST_PIXELS = 2_500  # of a side
LEAST_SCALE = 0.75  # pixels a point; with fewer, digits are lost
CONTRAST = 40  # of 255 that print differs from its ground
BORDER = 2.5  # points of a cell next to its rules
LEAST_INK = 3  # pixels


def picture_of(page, shown: Page):
    """Draw a page, upright, as an array of grey values; `None` for one that is too large to look at."""
    scale = min(SCALE, MOST_PIXELS / max(shown.width, shown.height, 1))
    if scale < LEAST_SCALE:
        return None
    turn = (90 * shown.quarter - page.get_rotation()) % 360
    return page.render(scale=scale, rotation=turn, grayscale=True).to_numpy()


def has_ink(picture, page: Page, box: Box, inner: bool = False) -> bool:
    """Tell whether something is printed in a box; of an inner one, the rules around it do not count."""
    import numpy as np

    scale = picture.shape[1] / page.width
    less = BORDER if inner else 0.0
    left, top = int((box[0] + less) * scale), int((box[1] + less) * scale)
    right, bottom = int((box[2] - less) * scale) + 1, int((box[3] - less) * scale) + 1
    part = picture[max(top, 0) : bottom, max(left, 0) : right].astype(np.int16)
    if part.size == 0:
        return False
    return int((abs(part - np.median(part)) > CONTRAST).sum()) >= LEAST_INK
