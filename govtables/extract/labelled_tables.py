"""Tables whose rows have labels.

In: the rows of one table. Out: its cells, and the `MatchedRows` with what was found. Next: `match`.
"""

from collections.abc import Sequence
from itertools import takewhile

from govtables.extract.cells import (
    blank_columns, cells_without_row, extra_column_findings, extra_columns, extra_row, make_cells, note_lost,
    note_units,
)
from govtables.extract.headers import IN_ORDER, ColumnMap, column_maps, printed_order
from govtables.extract.row_matching import MatchedRows, match_rows
from govtables.extract.values_to_columns import extra_head, place_values
from govtables.extract.row_doubts import doubt_rows
from govtables.extract.rows import Row
from govtables.extract.sums import zeros_are_certain
from govtables.extract.units import find_units
from govtables.forms import Form
from govtables.readers import Cell
from govtables.records import CellRow


def match_labelled(
    known: Form, table: str, rows: Sequence[Row], captions: Sequence[Cell] = ()
) -> tuple[list[CellRow], MatchedRows]:
    """Find the rows of the form by their labels, and place their values."""
    certain, more = frozenset[str](), None
    while more is None or more:
        matched = match_rows(known, table, rows, certain)
        doubt_rows(matched, rows)
        maps = column_maps(matched)
        cells = _form_cells(matched, maps, rows, captions)
        more = {c for c, row in matched.doubted.items() if zeros_are_certain(known, c, row, cells)}
        certain |= more
    cells += blank_columns(matched, maps, {cell.column for cell in cells})
    matched.findings += extra_column_findings(table, cells)
    for row in matched.extras + matched.blanks:
        cells += extra_row(matched, row, _heads_above(matched, maps, rows, row))
    return cells, matched


def _form_cells(
    matched: MatchedRows, maps: dict[str, ColumnMap], rows: Sequence[Row], captions: Sequence[Cell]
) -> list[CellRow]:
    """Cells of the rows of the form, and beside them those in columns that the form does not have."""
    known, table = matched.known, matched.table
    placements, extra = place_values(matched, maps, rows), extra_head(known, table, rows)
    units = find_units(matched, rows, captions)
    cells: list[CellRow] = []
    for row in known.rows[table]:
        code, columns, problem = row.code, known.columns[table, row.block], matched.problems.get(row.code)
        if code not in matched.rows:
            cells += cells_without_row(table, row, columns, problem, bool(rows))
            continue
        printed, found = matched.rows[code], [] if problem else placements[code]
        said = units.get(code, ())
        made = make_cells(matched, code, columns, printed, found, problem, matched.reasons.get(code), said)
        if not problem:
            note_units(matched, code, printed, columns, made, said)
            note_lost(matched, code, printed, made)
        cells += made
        if len(found) == 1 and len(printed.values) > len(columns):
            cells += extra_columns(matched, code, printed, found[0], maps.get(code), extra)
    return cells


def _heads_above(
    matched: MatchedRows, maps: dict[str, ColumnMap], rows: Sequence[Row], extra: Row
) -> list[str]:
    """The columns of the block that a row stands in, which the row of the form before it tells."""
    known, table = matched.known, matched.table
    own = {id(row): code for code, row in matched.rows.items()}
    before = [own[id(row)] for row in takewhile(lambda row: row is not extra, rows) if id(row) in own]
    block = next((row.block for row in known.rows[table] if before and row.code == before[-1]), None)
    columns = known.columns.get((table, block), ())
    if before and (places := maps.get(before[-1])) and places.codes:
        return [places.codes.get(at, "") for at in extra.columns if at in places.codes]
    in_order = before and printed_order(matched.headers[before[-1]], known, columns) == IN_ORDER
    return [column.code for column in columns] if in_order else []
