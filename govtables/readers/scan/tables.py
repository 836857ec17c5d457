"""Tables told from their ruling.

In: a `Page`. Out: `Table`s of cells with the pixels of their drawn sides, masks of the ruling. Next: `page`.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.ruled import Area, Place, Table, find_areas, part
from govtables.readers.scan.clean import Page, find_ink
from govtables.readers.scan.settings import SCAN


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
        if nested > SCAN.nested * page.ink.size:
            raise Unreadable(tell("readers.frames"))
        here = slice(y, y + high), slice(x, x + wide)
        held = labels[here] == n
        own = [np.where(held, mask[here], 0) for mask in (across, down)]
        if table := _table(*own, near, (int(x), int(y))):
            tables.append(table)
            cells += len(table.areas)
        if cells > LIMITS.scan_cells:
            raise Unreadable(tell("readers.page_cells", count=cells, most=LIMITS.scan_cells))
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
