"""Comma-separated values, as spreadsheets write them: a line a row, a comma an edge.

In: decoded text. Out: lines and grids that keep columns, each cell with its place. Next: `plain`.
"""

import csv
import io
from collections.abc import Iterator
from itertools import groupby

from govtables.readers.document import Cell, Grid

FEWEST_LINES, FEWEST_COMMAS = 5, 2
MOST_OF = 0.9  # share of the rows of several fields that have a neighbour with as many


def read_commas(text: str) -> tuple[Cell | Grid, ...] | None:
    """Read a text as comma-separated; `None` unless nearly all its rows have as many fields as a neighbour.

    A row of one field is a line; rows of several make a grid, whose columns are kept.

    >>> title, grid = read_commas("二、情况\\n规章,3,2,52\\n规范性文件,2,8,77\\n" + "行政许可,8737,,\\n" * 8)
    >>> title.place, [cell.place for cell in grid.rows[1]][:2], grid.rows[2][2].text
    ('L1', ['L3:C1', 'L3:C2'], '')
    """
    lines = text.count("\n") + 1
    if lines < FEWEST_LINES or text.count(",") < lines:  # which costs nothing to see
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[Cell, ...]] = []
    line = 1
    try:
        for fields in reader:
            cells = tuple(Cell(field.strip(), f"L{line}:C{c}") for c, field in enumerate(fields, 1))
            rows += [cells] if cells else []
            line = reader.line_num + 1
    except csv.Error:
        return None
    return tuple(_blocks(rows)) if _is_table(rows) else None


def _is_table(rows: list[tuple[Cell, ...]]) -> bool:
    """Tell a table from prose with commas: tables of several widths may follow one another."""
    widths = [0, *map(len, rows), 0]
    beside = zip(widths, widths[1:], widths[2:], strict=False)
    even = sum(here > FEWEST_COMMAS and here in (before, after) for before, here, after in beside)
    return even >= max(FEWEST_LINES, MOST_OF * sum(len(row) > 1 for row in rows))


def _blocks(rows: list[tuple[Cell, ...]]) -> Iterator[Cell | Grid]:
    for alone, some in groupby(rows, key=lambda row: len(row) == 1):
        if alone:
            yield from (Cell(cell.text, cell.place.partition(":")[0]) for (cell,) in some if cell.text)
        else:
            yield Grid(tuple(some), "columns", "comma-grid")
