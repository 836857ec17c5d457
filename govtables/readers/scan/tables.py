"""Tables told from their ruling.

In: a `Page`. Out: `Area`s of each table: rows, columns, pixels of every cell; and the mask of the ruling. Next: `texts`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.scan.clean import AROUND, Page, find_ink

GAP = 0.12  # letters that may be missing in a rule
SHORTEST = (3.0, 1.1)  # letters that a rule across, and one down, is long
SHORT_RULE = 2.0  # letters; strokes of letters may be as long
UNDER = 6.0  # letters of a rule that a stamp may hide
LONG_RULE = 4.0  # letters; strokes of letters are never that long
DRAWN = 0.65  # share of a side that makes it a wall
NEAR = 0.35  # letters between two rules that are one
LEAST_RULES = 2
LOWEST = 1.2  # letters that a table is high
NESTED = 4  # times its size, that tables on a page are large together
DARK = 110  # level of a cell whose letters are light


Pixels = tuple[int, int, int, int]  # x0, y0, x1, y1


class Area(NamedTuple):
    """A cell: rows `top` to `end` and columns `left` to `right` (both ends excluded), its pixels, whether its walls are whole."""

    top: int
    end: int
    left: int
    right: int
    box: Pixels
    whole: bool


class Table(NamedTuple):
    """The cells of a ruled table, in reading order, its pixels, and those of the sides of its cells."""

    areas: tuple[Area, ...]
    box: Pixels
    columns: int
    rules: tuple[Pixels, ...]


def find_rules(page: Page) -> tuple[np.ndarray, np.ndarray]:
    """Masks of the rules across and of those down."""
    import cv2

    masks = []
    for down in (0, 1):
        gap, long = max(2, round(GAP * page.letter)), round(SHORTEST[down] * page.letter)
        joined = cv2.morphologyEx(page.ink, cv2.MORPH_CLOSE, _bar(gap, down))
        masks.append(cv2.morphologyEx(joined, cv2.MORPH_OPEN, _bar(long, down)))
    if page.red.any():
        red = cv2.dilate(page.red, np.ones((7, 7), np.uint8))
        masks = [m | (red & cv2.morphologyEx(m, cv2.MORPH_CLOSE, _bar(round(UNDER * page.letter), n))) for n, m in enumerate(masks)]
    return masks[0], masks[1]


def find_tables(page: Page, across: np.ndarray, down: np.ndarray) -> list[Table]:
    """Find the ruled tables of a page, from the top."""
    import cv2

    near = max(1, round(NEAR * page.letter))
    thick = 2 * near + 1
    count, labels, sizes, _ = cv2.connectedComponentsWithStats(cv2.dilate(across | down, np.ones((thick, thick), np.uint8)))
    tables: list[Table] = []
    nested = cells = 0
    for n in range(1, count):
        x, y, wide, high, _ = sizes[n]
        if wide < 8 * page.letter or high < LOWEST * page.letter:
            continue
        nested += int(wide) * int(high)
        if nested > NESTED * page.ink.size:
            raise Unreadable("frames inside one another; is this a report?")
        part = slice(y, y + high), slice(x, x + wide)
        held = labels[part] == n
        if table := _table(np.where(held, across[part], 0), np.where(held, down[part], 0), near, (int(x), int(y))):
            tables.append(table)
            cells += len(table.areas)
        if cells > LIMITS.scan_cells:
            raise Unreadable(f"a page with tables of {cells:,} cells, the limit is {LIMITS.scan_cells:,}; is this a report?")
    return sorted(tables, key=lambda table: table.box[1])


def brighten(page: Page, tables: Sequence[Table]) -> Page:
    """Turn light letters on dark cells into dark ones on light cells."""
    grey, ink = page.grey.copy(), page.ink.copy()
    edge = max(2, round(page.letter / 8))
    for x0, y0, x1, y1 in (area.box for table in tables for area in table.areas):
        inner = slice(y0 + edge, y1 - edge), slice(x0 + edge, x1 - edge)
        if grey[inner].size and np.median(grey[inner]) < DARK:
            grey[inner] = 255 - grey[inner]
            ink[inner] = find_ink(grey[inner], AROUND)
    return replace(page, grey=grey, ink=ink)


def _bar(long: int, down: int) -> np.ndarray:
    return np.ones((long, 1) if down else (1, long), np.uint8)


def _table(across: np.ndarray, down: np.ndarray, near: int, origin: tuple[int, int]) -> Table | None:
    down = _held(down, across, near)
    ys, xs = _lines(across, near, 0), _lines(down, near, 1)
    if len(ys) < LEAST_RULES or len(xs) < 1:
        return None
    filled = np.nonzero(across.any(axis=0))[0]
    for end, at in ((int(filled[0]), 0), (int(filled[-1]), len(xs))):  # a table may be open at its sides
        if not any(abs(end - x) <= 4 * near for x in xs):
            xs.insert(at, end)
    if len(ys) > LIMITS.rows or len(xs) > LIMITS.columns + 1:
        raise Unreadable(f"a table of {len(xs) - 1} columns, the limit is {LIMITS.columns}; is this a report?")
    levels = [[_drawn(across[max(0, y - near) : y + near + 1, a:b], 0) for a, b in zip(xs, xs[1:], strict=False)] for y in ys]
    walls = [[_drawn(down[a:b, max(0, x - near) : x + near + 1], 1) for x in xs] for a, b in zip(ys, ys[1:], strict=False)]
    areas = tuple(_areas(_regions(levels, walls), xs, ys, origin))
    box = origin[0] + xs[0], origin[1] + ys[0], origin[0] + xs[-1], origin[1] + ys[-1]
    rules = tuple(_sides(levels, walls, xs, ys, near, origin))
    return Table(areas, box, len(xs) - 1, rules) if len(areas) > 1 else None


def _held(down: np.ndarray, across: np.ndarray, near: int) -> np.ndarray:
    """Rules down that are long, or begin and end at rules across; strokes of letters do not."""
    import cv2

    count, labels, sizes, _ = cv2.connectedComponentsWithStats(down)
    rows = cv2.dilate(across, np.ones((2 * near + 1, 2 * near + 1), np.uint8))
    keep = sizes[:, cv2.CC_STAT_HEIGHT] > LONG_RULE * near / NEAR
    for n in np.nonzero(~keep)[0]:
        x, y, wide, high, _ = sizes[n]
        reach = near if high > SHORT_RULE * near / NEAR else 1
        ends = rows[y : y + reach, x : x + wide], rows[y + high - reach : y + high, x : x + wide]
        keep[n] = all(end.any() for end in ends)
    return np.where(keep[labels], down, 0).astype(np.uint8)


def _sides(levels: list, walls: list, xs: list[int], ys: list[int], near: int, origin: tuple[int, int]) -> Iterator[Pixels]:
    """Pixels around the drawn sides of cells."""
    flat = [(a, y, b, y) for y, row in zip(ys, levels, strict=True) for a, b, drawn in zip(xs, xs[1:], row, strict=False) if drawn]
    steep = [(x, a, x, b) for a, b, row in zip(ys, ys[1:], walls, strict=False) for x, drawn in zip(xs, row, strict=True) if drawn]
    for x0, y0, x1, y1 in flat + steep:
        yield origin[0] + x0 - near, origin[1] + y0 - near, origin[0] + x1 + near, origin[1] + y1 + near


def _lines(mask: np.ndarray, near: int, down: int) -> list[int]:
    """Places of the rules of one direction; pieces that lie nearly in a line are one."""
    import cv2

    sizes, centres = cv2.connectedComponentsWithStats(mask)[2:]
    length, at = (cv2.CC_STAT_HEIGHT, 0) if down else (cv2.CC_STAT_WIDTH, 1)
    pieces = sorted((centres[n][at], int(sizes[n][length])) for n in range(1, len(sizes)))
    found: list[list[tuple[float, int]]] = []
    for place, long in pieces:
        if found and place - found[-1][-1][0] <= near:
            found[-1].append((place, long))
        else:
            found.append([(place, long)])
    return [round(sum(p * n for p, n in group) / sum(n for _, n in group)) for group in found]


def _drawn(strip: np.ndarray, axis: int) -> bool:
    return strip.size > 0 and float(strip.any(axis=axis).mean()) > DRAWN


def _regions(levels: list[list[bool]], walls: list[list[bool]]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Join the places of the grid that no wall parts."""
    rows, columns = len(walls), len(walls[0]) - 1
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    seen: set[tuple[int, int]] = set()
    for start in ((r, c) for r in range(rows) for c in range(columns)):
        waiting, region = [start], []
        while waiting:
            r, c = waiting.pop()
            if (r, c) in seen:
                continue
            seen.add((r, c))
            region.append((r, c))
            waiting += [(r, c + 1)] if c + 1 < columns and not walls[r][c + 1] else []
            waiting += [(r, c - 1)] if c and not walls[r][c] else []
            waiting += [(r + 1, c)] if r + 1 < rows and not levels[r + 1][c] else []
            waiting += [(r - 1, c)] if r and not levels[r][c] else []
        if region:
            found[start] = region
    return found


def _areas(regions: dict, xs: list[int], ys: list[int], origin: tuple[int, int]) -> Iterator[Area]:
    """One area a region; a region that is no rectangle has lost walls, and each of its places stands alone."""
    for region in regions.values():
        top, left = min(r for r, _ in region), min(c for _, c in region)
        end, right = max(r for r, _ in region) + 1, max(c for _, c in region) + 1
        whole = (end - top) * (right - left) == len(region)
        for t, e, a, b in [(top, end, left, right)] if whole else sorted((r, r + 1, c, c + 1) for r, c in region):
            yield Area(t, e, a, b, (origin[0] + xs[a], origin[1] + ys[t], origin[0] + xs[b], origin[1] + ys[e]), whole)
