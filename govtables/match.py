"""Cells of the form in a report.

In: the sections of a document. Out: a `Match`: one `CellRow` for each cell of the form, extras, findings. Next: `run`.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from govtables.columns import ColumnMap, headers_of, map_columns
from govtables.forms import GENERATIONS, Code, Form, Status, form, known_labels, tables
from govtables.grid import Cell
from govtables.labels import fold, read_number
from govtables.placing import Placement, agreed, possible_placements, row_test, settle, usual_count, without_extra
from govtables.rows import Row, make_row, split_rows
from govtables.sections import Section

ALIKE = 0.5  # share of a damaged label that must stand, in order, in the label it is taken for
EXACT = frozenset({"tab-cells", "tab-grid", "html"})  # layouts that keep empty cells and add none
LEAST_LABEL = 3  # a shorter damaged label says too little


class CellRow(NamedTuple):
    """One cell of the form as published, without the report's id."""

    table: str
    row: str
    column: str
    value: float | None
    status: str
    raw: str | None
    reason: str | None
    place: str | None


class Finding(NamedTuple):
    """Something noticed while reading: what kind, where, and in words."""

    kind: str
    table: str | None
    row: str | None
    place: str | None
    message: str


@dataclass(slots=True)
class Match:
    """What matching found in a document."""

    generation: str | None = None
    cells: list[CellRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    known_labels: int = 0

    def note(self, kind: str, table: str, code: str | None, row: Row | None, message: str) -> None:
        """Keep a finding."""
        cell = next(iter(row.labels + row.values), None) if row else None
        self.findings.append(Finding(kind, table, code, cell.place if cell else None, message))


@dataclass(slots=True)
class Named:
    """Printed rows by the code of the form's row, and why other codes have none."""

    rows: dict[str, Row] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    extras: list[Row] = field(default_factory=list)
    maps: dict[str, ColumnMap] = field(default_factory=dict)


def match_form(sections: Sequence[Section]) -> Match:
    """Find the form's tables in a report; the generation is told table by table."""
    by_table = _rows_by_table(sections)
    told = {table: _tell_generation(table, rows) for table, rows in by_table.items()}
    printed = [told[table] for table, rows in by_table.items() if rows and told[table]]
    usual = max(GENERATIONS[::-1], key=printed.count)
    found = Match(rows=[row for rows in by_table.values() for row in rows])
    found.known_labels = sum(key in _owners() for row in found.rows for key in row.keys)
    if not found.rows:
        return found
    for table, rows in by_table.items():
        match = _match_disputes if table == "disputes" else _match_labelled
        match(found, form(told[table] or usual), table, rows)
    used = {told[table] or usual for table, rows in by_table.items() if rows and table != "disputes"}
    found.generation = "mixed" if len(used) > 1 else used.pop() if used else None
    return found


# -- which rows, of which table -----------------------------------------------------------------------------------


def _rows_by_table(sections: Sequence[Section]) -> dict[str, list[Row]]:
    """Rows of all grids, and of the lines in the chapters of the tables; of all lines for a table not found there."""
    chapters = tables().values()
    rows = [row for s in sections for row in split_rows(s, with_lines=s.chapter in chapters)]
    by_table = _sort_rows(rows)
    if not all(by_table.values()):
        wider = _sort_rows([row for s in sections for row in split_rows(s, with_lines=True)])
        by_table = {table: found or wider[table] for table, found in by_table.items()}
    return by_table


def _sort_rows(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Give each row to a table: by its own label, else by its chapter, else by the rows before it."""
    owners, chapters = _owners(), {chapter: table for table, chapter in tables().items()}
    found: dict[str, list[Row]] = {table: [] for table in tables()}
    current, chapter = None, 0
    for row in rows:
        if row.chapter != chapter:
            current, chapter = chapters.get(row.chapter), row.chapter
        named = next((owners[key] for key in row.names if key in owners), None)
        current = named or _hint(row, owners) or current
        if current:
            found[current].append(row)
    return {table: rows if any(row.values for row in rows) else [] for table, rows in found.items()}


def _hint(row: Row, owners: dict[str, str]) -> str | None:
    hints = {owners[key] for key in row.keys if key in owners}
    return hints.pop() if len(hints) == 1 else None


@cache
def _owners() -> dict[str, str]:
    """Folded labels that stand in one table only -> that table."""
    keys: dict[str, set[str]] = {}
    for table in tables():
        known = set(known_labels("header")[table])
        for generation in GENERATIONS:
            known |= form(generation).row_codes[table].keys() | form(generation).column_codes[table].keys()
        for key in known:
            keys.setdefault(key, set()).add(table)
    return {key: only.pop() for key, only in keys.items() if len(only) == 1}


def _tell_generation(table: str, rows: Sequence[Row]) -> str | None:
    """Count the labels that only one generation has; (六) with numbers of its own is such a label."""
    known, own = _labels_of_one()[table], form("2019").row_codes[table]
    votes = Counter(known[key] for row in rows for key in row.keys if key in known)
    votes.update("2019" for row in rows if row.names and own.get(row.names[0]) == "other" and row.numbers())
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


@cache
def _labels_of_one() -> dict[str, dict[str, str]]:
    """By table, folded labels that only one generation has -> that generation."""
    labels = {g: {t: form(g).row_codes[t].keys() | form(g).column_codes[t].keys() for t in tables()} for g in GENERATIONS}
    early, late = GENERATIONS
    return {
        t: dict.fromkeys(labels[early][t] - labels[late][t], early) | dict.fromkeys(labels[late][t] - labels[early][t], late)
        for t in tables()
    }


def _row_code(row: Row, codes: dict[str, str]) -> str | None:
    return next((codes[key] for key in row.names if key in codes), None)


# -- tables whose rows have labels --------------------------------------------------------------------------------


def _match_labelled(found: Match, known: Form, table: str, rows: Sequence[Row]) -> None:
    named = _name_rows(found, known, table, rows)
    placements = _place_values(known, table, named, rows)
    for row in known.rows[table]:
        columns = known.columns[table, row.block]
        if row.code not in named.rows:
            found.cells += _without_row(table, row, columns, named.problems.get(row.code), bool(rows))
        else:
            found.cells += _cells(table, row, columns, named, placements[row.code])
            _note_lost(found, table, row, named.rows[row.code], found.cells[-len(columns) :])
    for code, row in named.rows.items():
        found.cells += _extra_columns(table, code, row, named.maps.get(code), placements[code])
    for row in named.extras:
        found.cells += _extra_cells(found, table, row)


def _name_rows(found: Match, known: Form, table: str, rows: Sequence[Row]) -> Named:
    """Match labels exactly, then by order between matched neighbours."""
    named = Named()
    order = [row.code for row in known.rows[table]]
    open_rows: list[Row] = []
    last = -1
    for row in _expand_blocks(known, table, rows, named):
        at = _position(row, known, table, order, last, named)
        if at is None:
            open_rows += [row] if row.numbers() and row.labels else []
        elif order[at] in named.rows:
            _note_repeat(found, table, order[at], named, row)
        else:
            _name_by_order(found, known, table, order[last + 1 : at], open_rows, named, closed=last >= 0)
            named.rows[order[at]], last, open_rows = row, max(at, last), []
    width = len(known.columns[table, known.rows[table][-1].block])
    rest = [row for row in open_rows if row.grid is not None or row.numbers() == width]
    _name_by_order(found, known, table, order[last + 1 :], rest, named, closed=last >= 0)
    return named


def _position(row: Row, known: Form, table: str, order: list[str], last: int, named: Named) -> int | None:
    """Place of a row in the form, told by its label; a label that also heads a column counts only in order."""
    codes, columns = known.row_codes[table], known.column_codes[table]
    for key in row.names:
        if (code := codes.get(key)) in order:
            in_header = key in columns and (last < 0 or order.index(code) <= last or _is_header(row, columns))
            return None if in_header or not (row.values or row.grid is None) else order.index(code)
    inner = [code for key in row.keys[:-1] if (code := codes.get(key)) in order and key not in columns]
    if inner and row.numbers():
        named.problems[inner[-1]] = "its label is followed by another label: the row is subdivided"
    return None


def _is_header(row: Row, columns: dict[str, str]) -> bool:
    return len({key for key in row.keys if key in columns}) > 1


def _expand_blocks(known: Form, table: str, rows: Sequence[Row], named: Named) -> Iterator[Row]:
    """Rows as printed; a group's label with the numbers of all its rows becomes those rows, by count."""
    codes, columns = known.row_codes[table], known.column_codes[table]
    waiting = deque(rows)
    while waiting:
        row = waiting.popleft()
        group = _row_code(row, codes)
        children = [r for r in known.rows[table] if r.parent == group]
        width = len(known.columns[table, children[0].block]) if children else 0
        block = [row]
        while children and waiting and waiting[0].numbers() and not waiting[0].labels:
            block.append(waiting.popleft())
        cells = [cell for r in block for cell in r.values if cell.text]
        if len(children) > 1 and len(cells) == width * len(children):
            yield from _block_rows(row, children, cells, width, named)
        else:
            yield from _empty_rows(row, codes, columns)
            yield from block


def _block_rows(row: Row, children: list[Code], cells: list[Cell], width: int, named: Named) -> Iterator[Row]:
    for n, child in enumerate(children):
        named.reasons[child.code] = "row label not printed; placed by count in its group"
        label = Cell(child.label, row.labels[-1].place)
        yield make_row(row.chapter, [label], cells[n * width : (n + 1) * width], row.grid)


def _empty_rows(row: Row, codes: dict[str, str], columns: dict[str, str]) -> Iterator[Row]:
    """Labels of rows that print nothing, run together with the next label where row ends cannot be seen."""
    if len(row.keys) > 1 and (row.grid is None or row.grid.keeps == "cells"):
        texts = [cell for cell in row.labels if fold(cell.text)]
        for cell in texts[:-1]:
            key = fold(cell.text)
            if key in codes and key not in columns and _row_code(row, codes):
                yield make_row(row.chapter, [cell], (), row.grid)


def _note_repeat(found: Match, table: str, code: str, named: Named, row: Row) -> None:
    first = [cell.text for cell in named.rows[code].values if cell.text]
    again = [cell.text for cell in row.values if cell.text]
    if first and again and first != again:
        named.problems[code] = f"printed twice with different numbers: {' '.join(first)} and {' '.join(again)}"
        found.note("printed_twice", table, code, row, named.problems[code])
    elif again and not first:
        named.rows[code] = row


def _name_by_order(
    found: Match, known: Form, table: str, missing: list[str], rows: list[Row], named: Named, closed: bool
) -> None:
    """Take unmatched rows between two matched ones for the rows missing there, if count and labels allow."""
    if not rows:
        return
    labels = {row.code: fold(row.label) for row in known.rows[table]}
    local = any(known_labels("extra")[table].intersection(row.keys) for row in rows)
    if not local and len(rows) == len(missing) and all(map(_alike, rows, (labels[code] for code in missing))):
        for code, row in zip(missing, rows, strict=True):
            named.rows[code] = row
            named.reasons[code] = f"label damaged ({row.labels[-1].text!r}); row placed by order"
            found.note("label_damaged", table, code, row, named.reasons[code])
        return
    for row in rows:
        if closed or row.grid is not None:
            named.extras.append(row)
    if named.extras:
        for code in missing:
            named.problems.setdefault(code, "rows stand here whose labels cannot be told")


def _alike(row: Row, label: str) -> bool:
    return any(
        sum(b.size for b in SequenceMatcher(None, key, label, autojunk=False).get_matching_blocks()) > ALIKE * len(key)
        for key in row.names
        if len(key) >= LEAST_LABEL
    )


# -- values under columns -----------------------------------------------------------------------------------------


def _place_values(known: Form, table: str, named: Named, rows: Sequence[Row]) -> dict[str, list[Placement]]:
    blocks = {row.code: known.columns[table, row.block] for row in known.rows[table]}
    named.maps = _column_maps(known, table, named, blocks)
    along = [i for i in known.identities if i.table == table and i.axis == "column"]
    if not along:
        exact = EXACT | {"pipe-rows"}
        return {code: _placements(row, blocks[code], named.maps.get(code), exact, 0) for code, row in named.rows.items()}
    columns = next(iter(blocks.values()))
    usual = _usual_count(table, named, rows, len(columns))
    placements = {code: _placements(row, columns, named.maps.get(code), EXACT, usual) for code, row in named.rows.items()}
    fits = row_test(along, [column.code for column in columns])
    placements = {c: list(filter(fits, found)) if len(found) > 1 else found for c, found in placements.items()}
    return settle(placements, known, table, len(columns))


def _usual_count(table: str, named: Named, rows: Sequence[Row], width: int) -> int:
    """Values that a row of this table prints: more than the form's if a header or most rows say so."""
    local = known_labels("extra_column")[table]
    declared = any(key in local for row in rows for key in row.keys)
    return max(width + declared, usual_count((row.values for row in named.rows.values()), width))


def _column_maps(known: Form, table: str, named: Named, blocks: dict) -> dict[str, ColumnMap]:
    """For rows of grids that keep columns: grid column -> code, from the headers above the row's block."""
    kept = {code: row for code, row in named.rows.items() if row.columns and row.labels}
    data = {id(row.labels[-1]) for row in kept.values()}
    after = {id(row.grid): 0 for row in kept.values()}
    for row in kept.values():
        after[id(row.grid)] = max(after[id(row.grid)], row.label_column)
    above = {}
    for grid in {id(row.grid): row.grid for row in kept.values()}.values():
        above |= headers_of(grid, data)
    made: dict[tuple, ColumnMap] = {}
    maps: dict[str, ColumnMap] = {}
    for code, row in kept.items():
        header = above[id(row.labels[-1])]
        key = (id(row.grid), id(header), tuple(c.code for c in blocks[code]))
        if key not in made and not header and maps:
            made[key] = next(reversed(maps.values()))  # a table split in two: the part before has the header
        elif key not in made:
            made[key] = map_columns(header, blocks[code], known.column_codes[table], after[id(row.grid)])
        maps[code] = made[key]
    return maps


def _placements(
    row: Row, columns: Sequence[Code], places: ColumnMap | None, exact: frozenset[str], usual: int
) -> list[Placement]:
    """Placements of a row's values: under its columns where these are kept, else by count."""
    if places and row.columns:
        codes, printed = places.codes, list(zip(row.columns, row.values, strict=True))
        by_code = {codes[at]: cell for at, cell in printed if at in codes}
        astray = [cell for at, cell in printed if cell.text and at not in codes and at not in places.extras]
        if not astray and len(by_code) == len(columns):
            return [tuple(by_code[column.code] for column in columns)]
    is_exact = row.grid is not None and row.grid.layout in exact
    if usual > len(columns) and row.numbers():
        return without_extra(row.values, len(columns), usual, is_exact)
    return possible_placements(row.values, len(columns), is_exact)


# -- cells --------------------------------------------------------------------------------------------------------


def _cells(table: str, row: Code, columns: Sequence[Code], named: Named, found: list[Placement]) -> Iterator[CellRow]:
    printed = named.rows[row.code]
    problem = named.problems.get(row.code)
    cells = agreed([] if problem else found, len(columns))
    how = named.reasons.get(row.code)
    home = printed.labels[-1].place if printed.labels else None
    for column, cell in zip(columns, cells, strict=True):
        if cell is None:
            reason = problem or _why_lost(printed, len(columns))
            yield CellRow(table, row.code, column.code, None, "unreadable", None, reason, home)
            continue
        value, status, reason = read_number(cell.text, column.unit)
        reason = (f"{reason}; {how}" if reason else how) if how else reason
        yield CellRow(table, row.code, column.code, value, status, cell.text, reason, cell.place or home)


def _why_lost(row: Row, width: int) -> str:
    values = " ".join(cell.text or "·" for cell in row.values)
    return f"the row prints {row.numbers()} values for {width} cells ({values}): which belongs here cannot be told"


def _note_lost(found: Match, table: str, row: Code, printed: Row, cells: Sequence[CellRow]) -> None:
    lost = [cell for cell in cells if cell.status == "unreadable"]
    if lost:
        found.note("unreadable", table, row.code, printed, f"{len(lost)} cells: {lost[0].reason}")


def _without_row(
    table: str, row: Code, columns: Sequence[Code], problem: str | None, printed: bool
) -> Iterator[CellRow]:
    status = Status.UNREADABLE if problem else Status.ABSENT
    reason = problem or ("row not printed" if printed else "table not printed")
    for column in columns:
        yield CellRow(table, row.code, column.code, None, str(status), None, reason, None)


def _extra_columns(
    table: str, code: str, row: Row, places: ColumnMap | None, placements: list[Placement]
) -> Iterator[CellRow]:
    """Values in columns that the form does not have."""
    if len(placements) != 1 or row.numbers() <= len(placements[0]) - 1:
        return
    used = {id(cell) for cell in placements[0]}
    for n, cell in enumerate(row.values):
        if cell.text and id(cell) not in used:
            at = row.columns[n] if row.columns else n + 1
            value, status, reason = read_number(cell.text)
            column = f"extra.{(places.extras if places else {}).get(at, at)}"
            yield CellRow(table, code, column, value, status, cell.text, reason, cell.place)


def _extra_cells(found: Match, table: str, row: Row) -> Iterator[CellRow]:
    """Cells of a row that the form does not have."""
    code = f"extra.{row.labels[-1].text}"
    found.note("extra_row", table, code, row, f"a row that the form does not have: {row.labels[-1].text!r}")
    for n, cell in enumerate(row.values, 1):
        if cell.text:
            value, status, reason = read_number(cell.text)
            yield CellRow(table, code, f"extra.{n}", value, status, cell.text, reason, cell.place)


# -- disputes: one line of results without labels -----------------------------------------------------------------


def _match_disputes(found: Match, known: Form, table: str, rows: Sequence[Row]) -> None:
    form_rows = known.rows[table]
    columns = known.columns[table, form_rows[0].block]
    groups = _result_groups(known, table, rows, len(columns))
    fits = row_test([i for i in known.identities if i.table == table], [c.code for c in columns])
    for row in form_rows:
        if row.code not in groups:
            found.cells += _without_row(table, row, columns, None, bool(groups))
            continue
        printed, placements, part = groups[row.code]
        if len(placements) > 1:
            placements = [p for p in placements if all(fits(p[i : i + len(columns)]) for i in range(0, len(p), len(columns)))]
        cut = [p[part : part + len(columns)] for p in placements]
        cells = list(_cells(table, row, columns, Named({row.code: printed}), cut))
        found.cells += cells
        _note_lost(found, table, row, printed, cells)


def _result_groups(known: Form, table: str, rows: Sequence[Row], width: int) -> dict[str, tuple]:
    """For each dispute row: the printed run that holds it, the run's placements, where in the run it starts."""
    order = [row.code for row in known.rows[table]]
    runs = _result_runs(known, table, rows, order)
    if len(runs) == len(order):
        codes = [code for code, _ in runs]
        codes = codes if len(set(codes)) == len(order) else order
        return {code: (run, _run_placements(run, width), 0) for code, (_, run) in zip(codes, runs, strict=True)}
    if len(runs) == 1:
        placements = _run_placements(runs[0][1], width * len(order))
        return {code: (runs[0][1], placements, n * width) for n, code in enumerate(order)}
    return {code: (runs[0][1], [], 0) for code in order} if runs else {}


def _run_placements(run: Row, width: int) -> list[Placement]:
    layout = run.grid.layout if run.grid else "lines"
    placements = possible_placements(run.values, width, layout in EXACT | {"pipe-rows"})
    if layout == "pipe-cells" and not run.values[0].text:  # the first blank may be the pipe that opens the row
        placements += possible_placements(run.values[1:], width, exact=False)
    return placements


def _result_runs(known: Form, table: str, rows: Sequence[Row], order: list[str]) -> list[tuple[str | None, Row]]:
    """Rows of results, each with the last row label printed before its numbers."""
    own = known.row_codes[table].keys() | known.column_codes[table].keys()
    full = len(order) * len(known.columns[table, known.rows[table][0].block])
    runs: list[tuple[str | None, Row]] = []
    label = None
    for row in rows:
        for key in row.keys:
            label = code if (code := known.row_codes[table].get(key)) in order else label
        if any(map(_says_something, row.values)) and (not row.labels or own.intersection(row.keys) or len(row.values) >= full):
            runs.append((label, row))
    blank = [row for row in rows if len(row.values) >= full and not row.labels]
    return runs or [(None, row) for row in blank[:1]]


def _says_something(cell: Cell) -> bool:
    reading = read_number(cell.text)
    return reading is not None and reading.status in (Status.REPORTED, Status.NOT_APPLICABLE)
