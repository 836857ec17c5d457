"""Published cells of a row, whatever could be told of it.

In: a printed row and the placements of its values. Out: `CellRow`s. Next: `disputes`, `labelled_tables`.
"""

from collections.abc import Iterator, Sequence

from govtables.extract.headers import ColumnMap, ColumnMaps
from govtables.extract.candidates import Placement, agreed
from govtables.extract.row_matching import MatchedRows
from govtables.extract.rows import LOOKS, Row
from govtables.extract.units import Said, read_cell, tell_astray, tell_differing
from govtables.forms import Code
from govtables.language import join, phrase, read_value, tell
from govtables.readers import Cell
from govtables.records import EXTRA, CellRow, Finding, Status


def make_cells(
    matched: MatchedRows, row: str, columns: Sequence[Code], printed: Row, found: list[Placement],
    problem: str | None = None, how: str | None = None, said: Sequence[Said] = (),
) -> list[CellRow]:
    """Cells of one row; those whose text cannot be told are unreadable and say why. `said` are units."""
    table, home = matched.table, printed.labels[-1].place if printed.labels else None
    placed = agreed(found, len(columns))
    if said:  # zero is the same in all units
        LOOKS.at_numbers = True
    cells = []
    for column, cell in zip(columns, placed, strict=True):
        if cell is None:
            reason = problem or _why_lost(printed, len(columns))
            cells.append(CellRow(table, row, column.code, None, "unreadable", None, reason, home))
        else:
            text, place = cell
            matched.spend(cell, row, column.code)
            reading = read_cell(text, column, said) if said else read_value(text, column.unit)
            value, status, reason, unit = reading
            why = join([reason, how]) if how else reason
            cells.append(CellRow(table, row, column.code, value, status, text, why, place or home, unit))
    return cells


def _why_lost(row: Row, width: int) -> str:
    values = " ".join(cell.text or "·" for cell in row.values)
    count = row.numbers()
    if count == width:
        return tell("extract.values_unfit", count=count, values=values)
    message = "extract.value_lost" if count == 1 else "extract.values_lost"
    return tell(message, count=count, width=width, values=values)


def note_units(
    matched: MatchedRows, code: str, printed: Row, columns: Sequence[Code], cells: Sequence[CellRow],
    said: Sequence[Said],
) -> None:
    """Keep a finding when units of a printed row differ, or are not those of the form."""
    if not said and not any([cell.unit for cell in cells]):
        return
    pairs = zip(cells, columns, strict=True)
    differing = [tell_differing(cell.raw, column, said) for cell, column in pairs if cell.raw]
    if told := next(filter(None, [*differing, tell_astray(columns, said)]), None):
        matched.note("unit", code, printed, told)


def note_lost(matched: MatchedRows, code: str, printed: Row, cells: Sequence[CellRow]) -> None:
    """Keep a finding when cells of a printed row cannot be told."""
    lost = [cell for cell in cells if cell.status == "unreadable"]
    if lost:
        matched.note("unreadable", code, printed, tell_lost(len(lost), lost[0].reason))


def tell_lost(count: int, why: str) -> str:
    """Say of how many cells it cannot be told what they hold, and why."""
    return tell("extract.cells_lost" if count > 1 else "extract.cell_lost", count=count, why=why)


def cells_without_row(
    table: str, row: Code, columns: Sequence[Code], problem: str | None, printed: bool
) -> list[CellRow]:
    """Cells of a row that is not printed, or that cannot be told from its neighbours."""
    status = str(Status.UNREADABLE if problem else Status.ABSENT)
    reason = problem or phrase("extract.row_absent" if printed else "extract.table_absent")
    return [CellRow(table, row.code, column.code, None, status, None, reason, None) for column in columns]


def extra_columns(
    matched: MatchedRows, code: str, row: Row, placed: Placement, places: ColumnMap | None, label: str | None
) -> Iterator[CellRow]:
    """Values in columns that the form does not have."""
    used = {id(cell) for cell in placed}
    for n, cell in enumerate(row.values):
        if cell.text and id(cell) not in used:
            head = places and places.extras.get(row.columns[n])
            yield _extra_cell(matched, code, f"{EXTRA}{head or label or n + 1}", cell)


def blank_columns(matched: MatchedRows, maps: ColumnMaps, known: set[str]) -> Iterator[CellRow]:
    """A cell for each column not of the form that no row has a number in: what it holds is unknown."""
    seen = set(known)
    for code, places in maps.items():
        row = matched.rows[code]
        for at, label in places.extras.items():
            cell = row.values[row.columns.index(at)] if at in row.columns else None
            if cell and f"{EXTRA}{label}" not in seen and id(cell) not in matched.spent:
                seen.add(f"{EXTRA}{label}")
                yield _extra_cell(matched, code, f"{EXTRA}{label}", cell, phrase("extract.column_blank"))


def extra_column_findings(table: str, cells: Sequence[CellRow]) -> list[Finding]:
    """Name each column that the form does not have, at its first number."""
    first: dict[str, CellRow] = {}
    for cell in cells:
        if cell.column.startswith(EXTRA):
            first.setdefault(cell.column, cell)
    told = ((tell("extract.extra_column", label=code.removeprefix(EXTRA)), c) for code, c in first.items())
    return [Finding("extra_column", table, None, cell.place, message) for message, cell in told]


def extra_row(matched: MatchedRows, row: Row, heads: Sequence[str] = ()) -> Iterator[CellRow]:
    """Cells of a row that the form does not have, in the columns of the form if it has a cell for each."""
    label = row.labels[-1].text if row.labels else ""
    code = f"{EXTRA}{label}"
    before = [(note.row or "").partition("#")[0] for note in matched.findings if note.kind == "extra_row"]
    same = before.count(code)
    code += f"#{same + 1}" if same else ""
    matched.note("extra_row", code, row, tell("extract.extra_row", label=label))
    for cell in row.labels[-1:]:
        matched.spend(cell, code, None)
    columns = heads if len(heads) == len(row.values) else [f"{EXTRA}{n}" for n, _ in enumerate(row.values, 1)]
    for column, cell in zip(columns, row.values, strict=True):
        if cell.text:
            yield _extra_cell(matched, code, column, cell)
    if not row.numbers():
        first = row.values[0] if row.values else Cell("", row.labels[0].place)
        yield _extra_cell(matched, code, f"{EXTRA}1", first, phrase("extract.row_blank"))


def _extra_cell(matched: MatchedRows, row: str, column: str, cell: Cell, why: str | None = None) -> CellRow:
    matched.spend(cell, row, column)
    value, status, reason, unit = read_value(cell.text)
    return CellRow(matched.table, row, column, value, status, cell.text, why or reason, cell.place, unit)
