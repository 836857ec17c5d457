"""Tables by their walls: what those of PDF pages and those of scans share.

In: which sides of places of a grid are walls. Out: the `Area`s of a `Table`, its `Grid`. Next: both readers.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from govtables.readers.document import Cell, Grid, Place, lay_out

Box = tuple[float, float, float, float]  # left, top, right, bottom: points of a PDF, pixels of a scan
Sides = set[tuple[int, int]]  # number of an edge, number of the place along it


class Area(NamedTuple):
    """A cell: rows `top` to `end`, columns `left` to `right` (ends excluded); `whole` if no wall is lost."""

    top: int
    end: int
    left: int
    right: int
    words: tuple = ()
    text: str = ""
    place: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Cells between the edges of columns (`xs`) and rows (`ys`); of a scan, also boxes of its drawn sides."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    sides: tuple[Box, ...] = ()

    def box(self) -> Box:
        """Its outline."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box_of(self, area: Area) -> Box:
        """The outline of one of its cells."""
        return self.xs[area.left], self.ys[area.top], self.xs[area.right], self.ys[area.end]


Cut = Callable[[list[Place]], list[Area]]


def find_areas(walls: Sides, floors: Sides, cut: Cut, wide: int, high: int) -> Iterator[Area]:
    """Cells, from the top left: places that no wall parts; what is no box is `cut` into boxes."""
    free = {(row, column) for row in range(high) for column in range(wide)}
    for corner in sorted(free):
        if corner not in free:
            continue
        places = _reach(corner, free, walls, floors)
        rows, columns = {r for r, _ in places}, {c for _, c in places}
        area = Area(min(rows), max(rows) + 1, min(columns), max(columns) + 1)
        whole = len(places) == (area.end - area.top) * (area.right - area.left)
        yield from [area] if whole else cut(places)


def _reach(corner: Place, free: set[Place], walls: Sides, floors: Sides) -> list[Place]:
    """Take all places out of `free` that can be reached from one."""
    free.discard(corner)
    places = [corner]
    for r, c in places:  # which grows on the way
        beside = [((r, c - 1), (c, r) in walls), ((r, c + 1), (c + 1, r) in walls)]
        beside += [((r - 1, c), (r, c) in floors), ((r + 1, c), (r + 1, c) in floors)]
        reached = [place for place, closed in beside if not closed and place in free]
        free.difference_update(reached)
        places += reached
    return places


def in_order(area: Area) -> Place:
    """Sort cells row by row, from the left."""
    return area.top, area.left


def place_cells(table: Table, name: str) -> Table:
    """Give every cell its place: name of the table, row, and number of the cell in its row."""
    count = [0] * len(table.ys)
    areas = []
    for area in sorted(table.areas, key=in_order):
        count[area.top] += 1
        areas.append(area._replace(place=f"{name}:R{area.top + 1}:C{count[area.top]}"))
    return replace(table, areas=tuple(areas))


def make_grid(table: Table, layout: str) -> Grid:
    """Put each cell at its first place; the other places of its span hold `None`."""
    cells = {(area.top, area.left): Cell(area.text, area.place) for area in table.areas}
    return Grid(lay_out(cells, range(len(table.ys) - 1), range(len(table.xs) - 1)), "columns", layout)


def part(items: Iterable, apart: Callable[[list, Any], bool]) -> Iterator[list]:
    """Part what stands in order into runs; a new one begins where an item is `apart` from the run before."""
    run: list = []
    for item in items:
        if run and apart(run, item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run
