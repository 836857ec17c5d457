"""What is printed in a table is spent: numbers that no cell takes are left over, and end claims of absence.

In: the rows of a table, and what was made of them. Out: cells, and a finding on what is left. Next: `match`.

That a row is not printed, or printed empty where emptiness cannot be seen, holds only if nothing is left that
could be its value.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from govtables.extract.candidates import MOST_SURPLUS
from govtables.extract.row_matching import MatchedRows
from govtables.extract.rows import Row
from govtables.readers import Cell
from govtables.records import CellRow, Finding, Status

YEAR = re.compile(r"20\d\d年?")  # above a column


def spend(
    matched: MatchedRows, rows: Sequence[Row], cells: Sequence[CellRow]
) -> tuple[list[CellRow], list[Cell]]:
    """Doubt the absence of what may be left over; give the cells, and the numbers that are left."""
    left = list(_left_over(matched, rows, cells))
    if not left:
        return list(cells), left
    many = f"{len(left)} printed numbers belong" if len(left) > 1 else "a printed number belongs"
    said = f"{many} to no cell of the table, such as {left[0].text!r} at {left[0].place}"
    matched.findings.append(Finding("left_over", matched.table, None, left[0].place, said))
    homes = {label.place for row in rows for label in row.labels}
    return [_doubt(cell, f"{said}: what belongs here cannot be told", homes) for cell in cells], left


def _doubt(cell: CellRow, why: str, homes: set[str]) -> CellRow:
    """A cell whose emptiness is not seen may have its number among those that are left."""
    unseen = cell.status == Status.ABSENT or (cell.status == Status.BLANK and cell.place in homes)
    return cell._replace(status=str(Status.UNREADABLE), raw=None, reason=why) if unseen else cell


def _left_over(matched: MatchedRows, rows: Sequence[Row], cells: Sequence[CellRow]) -> Iterator[Cell]:
    spent = Counter((cell.place, cell.raw) for cell in cells if cell.raw)
    doubted = {cell.row for cell in cells if cell.status == Status.UNREADABLE}
    known, table = matched.known, matched.table
    full = sum(len(known.columns[table, row.block]) for row in known.rows[table])
    by_label = [(row, _width(matched, code)) for code, row in matched.rows.items() if code in doubted]
    # A wide row may hold a number of a page or a note; the numbers of several rows are no row's own.
    by_label = [row for row, width in by_label if row.numbers() <= width + min(MOST_SURPLUS, width - 1)]
    held = Counter(value for row in by_label for value in row.values)
    told = {note.place for note in matched.findings}
    heads = _header_lines(matched, rows)
    for row in rows:
        open_ones = [value for value in row.values if value.text and not _take(spent, value[::-1])]
        open_ones = [value for value in open_ones if any(map(str.isnumeric, value.text))]
        open_ones = [value for value in open_ones if not _take(held, value)]
        line = not matched.rows and doubted and len(open_ones) <= full
        open_ones = [value for value in open_ones if row.labels or _line_of(value) not in heads]
        if open_ones and not line and not _is_told(matched, row, told):
            yield from open_ones


def _header_lines(matched: MatchedRows, rows: Sequence[Row]) -> set[str]:
    """Rows of grids that print heads of columns: what else stands in one is no number of a row."""
    columns = matched.known.column_codes[matched.table]
    drawn = [row for row in rows if row.grid and row.grid.keeps != "cells" and columns.keys() & set(row.keys)]
    return {_line_of(label) for row in drawn if not row.numbers() for label in row.labels}


def _line_of(cell: Cell) -> str:
    return cell.place.rpartition(":C")[0]


def _width(matched: MatchedRows, code: str) -> int:
    blocks = {row.code: row.block for row in matched.known.rows[matched.table]}
    return len(matched.known.columns[matched.table, blocks[code]])


def _take(counted: Counter, key: tuple) -> bool:
    counted[key] -= 1
    return counted[key] >= 0


def _is_told(matched: MatchedRows, row: Row, told: set[str | None]) -> bool:
    """Tell whether a row stands under a label whose row is told already, here or in a finding."""
    codes = matched.known.row_codes[matched.table]
    known = any(codes.get(key) in matched.rows for key in row.names)
    own = any(row is one for one in matched.rows.values())
    heads = not row.labels and all(YEAR.fullmatch(value.text) for value in row.values if value.text)
    return not own and (heads or known or (row.labels + row.values)[0].place in told)
