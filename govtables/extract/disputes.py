"""The table of disputes: one line of results without row labels.

In: the rows of chapter four. Out: its cells and findings. Next: `match`.
"""

from collections.abc import Sequence, Set

from govtables.extract.cells import cells_without_row, make_cells, note_lost
from govtables.extract.headers import header_keys, headers_of
from govtables.extract.candidates import Placement, possible_placements
from govtables.extract.row_matching import MatchedRows
from govtables.extract.rows import Row
from govtables.extract.sums import equations_along, row_test, told_despite_loss
from govtables.extract.units import find_caption
from govtables.forms import Form
from govtables.language import read_value, tell
from govtables.readers import Cell
from govtables.records import CellRow, Status

SAID = (Status.REPORTED, Status.NOT_APPLICABLE)
Groups = dict[str, tuple[Row, list[Placement], int]]


def match_results(
    known: Form, table: str, rows: Sequence[Row], captions: Sequence[Cell] = ()
) -> tuple[list[CellRow], MatchedRows]:
    """Place the line, or the lines, of results under the groups of the form."""
    matched = MatchedRows(known, table)
    columns = known.columns[table, known.rows[table][0].block]
    width = len(columns)
    said = find_caption(known, table, [*(cell for row in rows for cell in row.labels), *captions])
    groups = _result_groups(known, table, rows, width)
    along = equations_along(known.generation, table)
    fits = row_test(along)
    cells: list[CellRow] = []
    for row in known.rows[table]:
        if row.code not in groups:
            cells += cells_without_row(table, row, columns, None, bool(groups))
            continue
        printed, placements, part = groups[row.code]
        matched.rows[row.code] = printed
        if len(placements) > 1:
            starts = range(0, len(placements[0]), width)
            placements = [p for p in placements if all(fits(p[at : at + width]) for at in starts)]
        if len(placements) == 1:
            placements = [told_despite_loss(placements[0], width, along)]
        cut = [p[part : part + width] for p in placements]
        problem = tell("extract.moved") if len(cut) == 1 and None in cut[0] else None
        made = make_cells(matched, row.code, columns, printed, cut, problem, said=said)
        note_lost(matched, row.code, printed, made)
        cells += made
    return cells, matched


def _result_groups(known: Form, table: str, rows: Sequence[Row], width: int) -> Groups:
    """For each row of the form: the printed run that holds it, its placements, where in the run it starts."""
    order = list(known.positions[table])
    found = _result_runs(known, table, rows, width * len(order))
    codes, runs = [code for code, _ in found], [run for _, run in found]
    if len(runs) == len(order):
        held = zip(codes if set(codes) == set(order) else order, runs, strict=True)
        return {code: (run, _run_placements(run, width), 0) for code, run in held}
    if len(runs) == 1:
        told = _heads_in_order(known, table, rows)
        placements = _run_placements(runs[0], width * len(order)) if told else []
        return {code: (runs[0], placements, n * width) for n, code in enumerate(order)}
    return {code: (runs[0], [], 0) for code in order} if runs else {}


def _heads_in_order(known: Form, table: str, rows: Sequence[Row]) -> bool:
    """Tell whether no header contradicts the order of the form: groups in order, each group's total last."""
    codes, columns = known.row_codes[table], known.column_codes[table]
    groups = list(dict.fromkeys(codes[key] for row in rows for key in row.keys if key in codes))
    order = {column.code: n for n, column in enumerate(known.columns[table, known.rows[table][0].block])}
    own = [row.keys for row in rows if any(key in codes or key in columns for key in row.keys)]
    printed = [order.get(columns.get(key, "")) for keys in own for key in keys if key not in codes]
    heads = [head for head in printed if head is not None]
    steps = all(a < b or b == 0 or a == len(order) - 1 for a, b in zip(heads, heads[1:], strict=False))
    last = _totals_last(printed, heads, len(order), len(known.rows[table]))
    return steps and last and groups == sorted(groups, key=list(dict.fromkeys(codes.values())).index)


def _totals_last(printed: Sequence[int | None], heads: Sequence[int], width: int, groups: int) -> bool:
    """Tell whether totals end the groups; where all heads stand there, known or not, they are counted."""
    total = width - 1
    if total in heads and len(printed) == width * groups:
        return all(at % width == total for at, head in enumerate(printed) if head == total)
    return len(heads) <= total or total not in heads or (heads[0] != total and heads[-1] == total)


def _run_placements(run: Row, width: int) -> list[Placement]:
    placements = possible_placements(run.values, width, run.keeps_blanks() or _stands_under_heads(run))
    if run.grid and run.grid.layout == "pipe-cells" and not run.values[0].text:
        # The blank may be the pipe that opens the row.
        placements += possible_placements(run.values[1:], width, False)
    return placements


def _stands_under_heads(run: Row) -> bool:
    """Tell whether all values stand under heads and all heads above values: then each blank is a cell."""
    if not run.columns:
        return False
    header = headers_of(run.grid, {run.index})[run.index]
    return list(run.columns) == [at for at, _ in header_keys(header)]


def _result_runs(known: Form, table: str, rows: Sequence[Row], full: int) -> list[tuple[str | None, Row]]:
    """Rows of results, each with the last row label printed before its numbers."""
    own = known.row_codes[table].keys() | known.column_codes[table].keys()
    runs: list[tuple[str | None, Row]] = []
    label = None
    for row in (_all_values(row, own, full) for row in rows):
        for key in row.keys:
            label = code if (code := known.row_codes[table].get(key)) in known.positions[table] else label
        related = not row.labels or own & set(row.keys) or len(row.values) >= full
        marked = row.numbers() >= full and " " not in row.values[0].text  # numbers that cannot be told
        if related and (marked or any(read_value(cell.text).status in SAID for cell in row.values)):
            runs.append((label, row))
    blank = [row for row in rows if len(row.values) >= full and not row.labels]
    return runs or [(None, row) for row in blank[:1]]


def _all_values(row: Row, own: Set[str], full: int) -> Row:
    """Take all cells of a row for values where it has as many as the table columns, and no label of its."""
    cells = row.labels + row.values
    labelled = not row.labels or own & set(row.keys)
    if row.grid is None or labelled or len(cells) != full or 2 * row.numbers() < full:
        return row
    return row._replace(labels=(), values=cells, keys=(), names=(), columns=())
