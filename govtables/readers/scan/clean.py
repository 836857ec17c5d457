"""A page made ready for reading.

In: an RGB array. Out: a `Page`: straight, grey without red ink, its ink, its letters' height. Next: `tables`.
"""

from dataclasses import dataclass

import numpy as np

from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.scan.settings import SCAN


@dataclass(frozen=True, slots=True)
class Page:
    """Arrays (height, width): `grey` without red ink; `ink`, `red`: masks of 0 and 255; `letter`: pixels."""

    grey: np.ndarray
    ink: np.ndarray
    red: np.ndarray
    letter: float


def clean_page(picture: np.ndarray) -> Page:
    """Straighten a page, take red ink off, find its ink."""
    import cv2

    longest = max(picture.shape[:2])
    if longest > SCAN.longest_side:
        less = SCAN.longest_side / longest
        picture = cv2.resize(picture, None, fx=less, fy=less, interpolation=cv2.INTER_AREA)
    picture = _straighten(picture)
    red, green, blue = cv2.split(picture)
    others = cv2.max(green, blue)
    mask = cv2.threshold(cv2.subtract(red, others), SCAN.red, 255, cv2.THRESH_BINARY)[1]
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    if mask.any():  # in red light, red ink is as bright as paper
        near = cv2.dilate(mask, np.ones((7, 7), np.uint8))
        level = max(1.0, SCAN.faded * float(np.percentile(red[mask > 0], 25)))
        grey = np.where(near > 0, cv2.max(cv2.convertScaleAbs(red, alpha=255 / level), grey), grey)
    ink = find_ink(grey, SCAN.around)
    letter = _letter_height(ink)
    return Page(grey, ink, mask, letter)


def find_ink(grey: np.ndarray, around: int) -> np.ndarray:
    """Mark what is darker than its surroundings, whatever the light."""
    import cv2

    how = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return cv2.adaptiveThreshold(grey, 255, *how, around, SCAN.contrast)


def _letter_height(ink: np.ndarray) -> float:
    """The usual height of what stands on the page, ruling and specks left out."""
    import cv2

    sizes = cv2.connectedComponentsWithStats(ink)[2][1:]
    wide, high = sizes[:, cv2.CC_STAT_WIDTH], sizes[:, cv2.CC_STAT_HEIGHT]
    letters = high[(high >= 6) & (high <= 120) & (wide <= 4 * high)]
    if len(letters) > LIMITS.pieces:
        raise Unreadable(tell("readers.letter_specks", count=len(letters), most=LIMITS.pieces))
    if len(letters) == 0:
        return 2 * SCAN.least_letter
    tall = float(np.percentile(letters, 75))
    if tall < SCAN.least_letter:
        raise Unreadable(tell("readers.small_letters", tall=tall))
    return tall


def _straighten(picture: np.ndarray) -> np.ndarray:
    import cv2

    small = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = 1000 / max(small.shape)
    ink = find_ink(cv2.resize(small, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), 25)
    angle = 0.0
    for width, step in ((SCAN.widest_skew, 0.25), (0.25, 0.05), (0.05, 0.01)):
        angles = np.arange(angle - width, angle + width + step / 2, step)
        angle = max(angles, key=lambda one: _sharpness(ink, one))
    return _turn(picture, float(angle)) if abs(angle) > 0.02 else picture


def _sharpness(ink: np.ndarray, angle: float) -> float:
    """How sharply rows with ink and rows without change when the page is turned; most when lines lie flat."""
    sums = _turn(ink, angle).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(sums)).sum())


def _turn(picture: np.ndarray, angle: float) -> np.ndarray:
    import cv2

    high, wide = picture.shape[:2]
    turned = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1)
    how = cv2.INTER_CUBIC if picture.ndim == 3 else cv2.INTER_LINEAR
    return cv2.warpAffine(picture, turned, (wide, high), flags=how, borderMode=cv2.BORDER_REPLICATE)
