"""A page made ready for reading, and the tables told from its ruling.

In: an RGB array. Out: a `Page`: straight, grey without red ink, its ink, its letters' height; `Table`s of
cells with the pixels of their drawn sides, masks of the ruling. Next: `lines`, `page`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.ruled import Area, Place, Table, find_areas, part
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
    check_limit(len(letters), LIMITS.pieces, "readers.letter_specks")
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


def find_rules(page: Page) -> tuple[np.ndarray, np.ndarray]:
    """Masks of the rules across and of those down."""
    import cv2

    masks = []
    for down in (0, 1):
        gap, long = max(2, round(SCAN.gap * page.letter)), round(SCAN.shortest[down] * page.letter)
        joined = cv2.morphologyEx(page.ink, cv2.MORPH_CLOSE, _bar(gap, down))
        masks.append(cv2.morphologyEx(joined, cv2.MORPH_OPEN, _bar(long, down)))
    if page.red.any():
        red = cv2.dilate(page.red, np.ones((7, 7), np.uint8))
        hidden = round(SCAN.under * page.letter)
        whole = [cv2.morphologyEx(m, cv2.MORPH_CLOSE, _bar(hidden, down)) for down, m in enumerate(masks)]
        masks = [mask | (red & one) for mask, one in zip(masks, whole, strict=True)]
    return masks[0], masks[1]


def find_tables(page: Page, across: np.ndarray, down: np.ndarray) -> list[Table]:
    """Find the ruled tables of a page, from the top."""
    import cv2

    near = max(1, round(SCAN.near * page.letter))
    thick = 2 * near + 1
    ruling = cv2.dilate(across | down, np.ones((thick, thick), np.uint8))
    count, labels, sizes, _ = cv2.connectedComponentsWithStats(ruling)
    tables: list[Table] = []
    nested = cells = 0
    for n in range(1, count):
        x, y, wide, high, _ = sizes[n]
        if wide < SCAN.narrowest * page.letter or high < SCAN.lowest * page.letter:
            continue
        nested += int(wide) * int(high)
        check_limit(nested, SCAN.nested * page.ink.size, "readers.frames")
        here = slice(y, y + high), slice(x, x + wide)
        held = labels[here] == n
        own = [np.where(held, mask[here], 0) for mask in (across, down)]
        if table := _table(*own, near, (int(x), int(y))):
            tables.append(table)
            cells += len(table.areas)
        check_limit(cells, LIMITS.scan_cells, "readers.page_cells")
    return sorted(tables, key=lambda table: table.ys[0])


def brighten(page: Page, tables: Sequence[Table]) -> Page:
    """Turn light letters on dark cells into dark ones on light cells."""
    grey, ink = page.grey.copy(), page.ink.copy()
    edge = max(2, round(page.letter / 8))
    for x0, y0, x1, y1 in (table.box_of(area) for table in tables for area in table.areas):
        inner = slice(y0 + edge, y1 - edge), slice(x0 + edge, x1 - edge)
        if grey[inner].size and np.median(grey[inner]) < SCAN.dark:
            grey[inner] = 255 - grey[inner]
            ink[inner] = find_ink(grey[inner], SCAN.around)
    return replace(page, grey=grey, ink=ink)


def _bar(long: int, down: int) -> np.ndarray:
    return np.ones((long, 1) if down else (1, long), np.uint8)


def _table(across: np.ndarray, down: np.ndarray, near: int, origin: tuple[int, int]) -> Table | None:
    down = _held(down, across, near)
    ys, xs = _lines(across, near, 0), _lines(down, near, 1)
    if len(ys) < SCAN.least_rules or len(xs) < 1:
        return None
    filled = np.nonzero(across.any(axis=0))[0]
    for end, at in ((int(filled[0]), 0), (int(filled[-1]), len(xs))):  # a table may be open at its sides
        if not any(abs(end - x) <= 4 * near for x in xs):
            xs.insert(at, end)
    if len(ys) > LIMITS.rows or len(xs) > LIMITS.columns + 1:
        raise Unreadable(tell("readers.scan_columns", count=len(xs) - 1, most=LIMITS.columns))
    columns, rows = ([slice(a, b) for a, b in pairwise(at)] for at in (xs, ys))
    upright, flat = ([slice(max(0, x - near), x + near + 1) for x in at] for at in (xs, ys))
    floors = [(r, c) for r, y in enumerate(flat) for c, x in enumerate(columns) if _drawn(across[y, x], 0)]
    walls = [(c, r) for r, y in enumerate(rows) for c, x in enumerate(upright) if _drawn(down[y, x], 1)]
    areas = tuple(find_areas(set(walls), set(floors), _singly, len(xs) - 1, len(ys) - 1))
    xs, ys = [origin[0] + x for x in xs], [origin[1] + y for y in ys]
    sides = [(xs[c], ys[r], xs[c + 1], ys[r]) for r, c in floors]
    sides += [(xs[c], ys[r], xs[c], ys[r + 1]) for c, r in walls]
    around = tuple((x0 - near, y0 - near, x1 + near, y1 + near) for x0, y0, x1, y1 in sides)
    return Table(tuple(xs), tuple(ys), areas, around) if len(areas) > 1 else None


def _singly(places: Sequence[Place]) -> list[Area]:
    """What is no box has lost walls: each of its places stands alone, none with whole walls."""
    return [Area(r, r + 1, c, c + 1, whole=False) for r, c in sorted(places)]


def _held(down: np.ndarray, across: np.ndarray, near: int) -> np.ndarray:
    """Rules down that are long, or begin and end at rules across; strokes of letters do not."""
    import cv2

    count, labels, sizes, _ = cv2.connectedComponentsWithStats(down)
    rows = cv2.dilate(across, np.ones((2 * near + 1, 2 * near + 1), np.uint8))
    keep = sizes[:, cv2.CC_STAT_HEIGHT] > SCAN.long_rule * near / SCAN.near
    for n in np.nonzero(~keep)[0]:
        x, y, wide, high, _ = sizes[n]
        reach = near if high > SCAN.short_rule * near / SCAN.near else 1
        ends = rows[y : y + reach, x : x + wide], rows[y + high - reach : y + high, x : x + wide]
        keep[n] = all(end.any() for end in ends)
    return np.where(keep[labels], down, 0).astype(np.uint8)


def _lines(mask: np.ndarray, near: int, down: int) -> list[int]:
    """Places of the rules of one direction; pieces that lie nearly in a line are one."""
    import cv2

    sizes, centres = cv2.connectedComponentsWithStats(mask)[2:]
    length, at = (cv2.CC_STAT_HEIGHT, 0) if down else (cv2.CC_STAT_WIDTH, 1)
    pieces = sorted((centres[n][at], int(sizes[n][length])) for n in range(1, len(sizes)))
    groups = part(pieces, lambda group, piece: piece[0] - group[-1][0] > near)
    return [round(sum(p * n for p, n in group) / sum(n for _, n in group)) for group in groups]


def _drawn(strip: np.ndarray, axis: int) -> bool:
    return strip.size > 0 and float(strip.any(axis=axis).mean()) > SCAN.drawn
