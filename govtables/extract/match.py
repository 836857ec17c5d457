"""Cells of the form in a report.

In: the sections of a document. Out: a `Match`: one `CellRow` for each cell of the form, extras, findings. Next: `run`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from govtables.extract.cells import (
    blank_columns,
    cells_without_row,
    extra_column_findings,
    extra_columns,
    extra_row,
    make_cells,
    note_lost,
)
from govtables.extract.disputes import match_results
from govtables.extract.headers import ColumnMap, headers_of, map_columns
from govtables.extract.placement import (
    Placement,
    number,
    place_with_extra,
    possible_placements,
    row_test,
    settle,
    usual_count,
)
from govtables.extract.row_matching import MatchedRows, match_rows
from govtables.extract.rows import Row, split_rows
from govtables.extract.sections import read_heading
from govtables.forms import GENERATIONS, Alias, Code, Form, Wording, collect_wording, tables
from govtables.language import fold
from govtables.readers import Cell, Section
from govtables.records import CellRow, Finding, Status

IN_ORDER = (-1,)


@dataclass(slots=True)
class Match:
    """What matching found in a document."""

    generation: str | None = None
    cells: list[CellRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    known_labels: int = 0
    repeated: set[tuple[str, str]] = field(default_factory=set)  # table and row: printed twice with different numbers


def match_form(sections: Sequence[Section], local: tuple[Alias, ...] = ()) -> Match:
    """Find the form's tables in a report; the generation is told table by table. `local` aliases count like the declared ones."""
    wording = collect_wording(local)
    by_table, known_labels_seen = _rows_by_table(wording, sections)
    told = {table: _tell_generation(wording, table, rows) for table, rows in by_table.items()}
    printed = [told[table] for table, rows in by_table.items() if rows and told[table]]
    usual = max(GENERATIONS[::-1], key=printed.count)
    found = Match(rows=[row for rows in by_table.values() for row in rows], known_labels=known_labels_seen)
    for table, rows in by_table.items() if found.rows else ():
        match = match_results if table == "disputes" else _match_labelled
        known = wording.forms[told[table] or usual]
        cells, matched = match(known, table, rows)
        found.cells += _tell_local(known, table, rows, cells) if local else cells
        found.findings += matched.findings
        found.repeated |= {(table, code) for code in matched.repeated}
    used = {told[table] or usual for table, rows in by_table.items() if rows and table != "disputes"}
    found.generation = "mixed" if len(used) > 1 else used.pop() if used else None
    return found


def _tell_local(known: Form, table: str, rows: Sequence[Row], cells: Sequence[CellRow]) -> list[CellRow]:
    """Say in the reason which cells stand under a label that no declaration of the form has, only a local alias."""
    printed = {key for row in rows for key in (*row.keys, *row.names)}
    codes = {"row": known.row_codes[table], "column": known.column_codes[table]}
    own = {(a.axis, fold(a.label)): a for a in known.local if a.table == table and a.axis in codes}
    declared = {(axis, codes[axis].get(key)) for axis in codes for key in printed if (axis, key) not in own}
    found = {(a.axis, a.code): f"{a.axis} label {a.label!r} is a local alias" for key, a in own.items() if key[1] in printed}
    found = {key: said for key, said in found.items() if key not in declared}
    made = []
    for cell in cells:
        why = (cell.reason, found.get(("row", cell.row)), found.get(("column", cell.column)))
        made.append(cell if cell.status == Status.ABSENT else cell._replace(reason="; ".join(filter(None, why)) or None))
    return made


# -- which rows, of which table -----------------------------------------------------------------------------------


def _rows_by_table(wording: Wording, sections: Sequence[Section]) -> tuple[dict[str, list[Row]], int]:
    """Rows of all grids, and of the lines in the chapters of the tables; of all lines for a table not found there.

    Also counts the labels of the form that were seen, printed with numbers or without.
    """
    chapters = tables().values()
    by_table = _sort_rows(
        wording, [row for s in sections for row in split_rows(s, with_lines=s.chapter in chapters or _holds_chapter(s))]
    )
    seen = sum(key in wording.owners for rows in by_table.values() for row in rows for key in row.keys)
    if not all(map(_has_values, by_table.values())):
        wider = _sort_rows(wording, [row for s in sections for row in split_rows(s, with_lines=True)])
        by_table = {table: found if _has_values(found) else wider[table] for table, found in by_table.items()}
    return {table: rows if _has_values(rows) else [] for table, rows in by_table.items()}, seen


def _holds_chapter(section: Section) -> bool:
    """Tell whether prose holds a heading of a table's chapter: a table of contents, or another report in the same file."""
    lines = [block.text for block in section.blocks if isinstance(block, Cell)]
    return any(read_heading(line) in tables().values() for line in lines)


def _has_values(rows: Sequence[Row]) -> bool:
    return any(row.values for row in rows)


def _sort_rows(wording: Wording, rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Give each row to a table: by its own label, else by its chapter, else by the rows before it."""
    owners, chapters = wording.owners, {chapter: table for table, chapter in tables().items()}
    found: dict[str, list[Row]] = {table: [] for table in tables()}
    current, chapter = None, 0
    for row in rows:
        if row.chapter != chapter:
            current, chapter = chapters.get(row.chapter), row.chapter
        named = [owners[key] for key in row.names if key in owners]
        hints = {owners[key] for key in row.keys if key in owners}
        current = named[0] if named else hints.pop() if len(hints) == 1 else current
        if current:
            found[current].append(row)
    return found


def _tell_generation(wording: Wording, table: str, rows: Sequence[Row]) -> str | None:
    """Count the labels that only one generation has; (六) is such a label if it has numbers, or (七) follows it at once."""
    only, own = wording.only[table], wording.forms["2019"].row_codes[table]
    votes = Counter(only[key] for row in rows for key in row.keys if key in only)
    named = [(own.get(row.names[0]) if row.names else None, row) for row in rows if row.names or row.values]
    votes.update("2019" for code, row in named if code == "other" and row.numbers())
    followed = zip(named, named[1:], strict=False)
    votes.update("2019" for (one, row), (after, _) in followed if (one, after) == ("other", "concluded") and row.values)
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


# -- tables whose rows have labels --------------------------------------------------------------------------------


def _match_labelled(
    known: Form, table: str, rows: Sequence[Row], certain: frozenset[str] = frozenset()
) -> tuple[list[CellRow], MatchedRows]:
    matched = match_rows(known, table, rows, certain)
    maps = _column_maps(matched)
    placements = _place_values(matched, maps, rows)
    extra = next((cell.text for row in rows for cell in row.labels if row.keys and _is_extra(known, table, cell)), None)
    cells: list[CellRow] = []
    for row in known.rows[table]:
        columns = known.columns[table, row.block]
        if row.code not in matched.rows:
            cells += cells_without_row(table, row, columns, matched.problems.get(row.code), bool(rows))
            continue
        printed, problem, how = matched.rows[row.code], matched.problems.get(row.code), matched.reasons.get(row.code)
        found = [] if problem else placements[row.code]
        made = make_cells(table, row.code, columns, printed, found, problem, how)
        if not problem:
            note_lost(matched, row.code, printed, made)
        cells += made
        if len(found) == 1 and len(printed.values) > len(columns):
            cells += extra_columns(table, row.code, printed, found[0], maps.get(row.code), extra)
    if more := {code for code, row in matched.doubted.items() if _zeros_are_certain(known, table, code, row, cells)}:
        return _match_labelled(known, table, rows, certain | more)
    cells += blank_columns(table, matched.rows, maps, {cell.column for cell in cells})
    matched.findings += extra_column_findings(table, cells)
    for row in matched.extras + matched.blanks:
        cells += extra_row(matched, row)
    return cells, matched


def _zeros_are_certain(known: Form, table: str, code: str, row: Row, cells: Sequence[CellRow]) -> bool:
    """Tell whether a row prints zeros alone, and the identities leave nothing else for a row of the form: no number hangs on its label."""
    values = {(cell.row, cell.column): cell.value for cell in cells}
    columns = [cell.column for cell in cells if cell.row == code]
    terms = [((i.parent, -1), *i.children) for i in known.identities if i.table == table and i.axis == "row"]
    others = [[(c, weight) for c, weight in term if c != code] for term in terms if code in dict(term)]
    left = [{_sum_up(some, column, values) for some in others} - {None} for column in columns]
    return [number(cell) for cell in row.values if cell.text] == [0.0] * len(columns) and left == [{0.0}] * len(columns)


def _sum_up(terms: Sequence[tuple[str, int]], column: str, values: dict[tuple[str, str], float | None]) -> float | None:
    known = [(weight, values.get((row, column))) for row, weight in terms]
    return None if any(value is None for _, value in known) else sum(weight * value for weight, value in known)


def _is_extra(known: Form, table: str, cell: Cell) -> bool:
    return fold(cell.text) in known.others["extra_column"][table]


def _place_values(matched: MatchedRows, maps: dict[str, ColumnMap], rows: Sequence[Row]) -> dict[str, list[Placement]]:
    """Possible placements of each row's values: under the columns where these are kept, else by count."""
    known, table = matched.known, matched.table
    columns = {row.code: known.columns[table, row.block] for row in known.rows[table]}
    along = [i for i in known.identities if i.table == table and i.axis == "column"]
    placements = {code: _in_columns(row, columns[code], maps.get(code)) for code, row in matched.rows.items()}
    orders = {code: _printed_order(matched.headers.get(code, ()), known, columns[code]) for code in matched.rows if not placements[code]}
    left = {code: matched.rows[code] for code, order in orders.items() if order == IN_ORDER}
    width = len(columns[known.rows[table][-1].code])
    if along and any(len(r.values) > width == r.numbers() and not r.values[0].text for r in left.values()):
        left = {code: row._replace(values=_without_lead(row.values)) for code, row in left.items()}
    placements |= {code: _in_order(matched.rows[code], order) for code, order in orders.items() if order != IN_ORDER}
    if not along:
        return placements | {c: possible_placements(r.values, len(columns[c]), r.keeps_blanks()) for c, r in left.items()}
    codes = [column.code for column in known.columns[table, known.rows[table][0].block]]
    fits = row_test(along, codes)
    for places in {id(m): m for m in maps.values() if list(dict(sorted(m.codes.items())).values()) != codes}.values():
        rows_of = [code for code, found in placements.items() if found and maps.get(code) is places]
        if not all(fits(placements[code][0]) for code in rows_of):  # headers in another order, against the sums
            placements |= dict.fromkeys(rows_of, [])
            orders |= dict.fromkeys(rows_of, ())
    for code in orders.keys() - left.keys():  # another order than the form's needs the sums as a second witness
        placements[code] = list(filter(fits, placements[code]))
    declared = any(_is_extra(known, table, cell) for row in rows for cell in row.labels)
    usual = usual_count([row.values for row in matched.rows.values()], len(codes) + declared)
    if usual > len(codes):
        exact = {code: row.keeps_blanks() for code, row in left.items()}
        placements |= place_with_extra({c: r.values for c, r in left.items()}, exact, len(codes), usual, fits)
    else:
        placements |= {c: possible_placements(r.values, len(codes), r.keeps_blanks()) for c, r in left.items()}
    placements = {c: list(filter(fits, some)) if len(some) > 1 else some for c, some in placements.items()}
    return settle(placements, known, table, len(codes))


@lru_cache(maxsize=1 << 12)
def _printed_order(header: tuple[str, ...], known: Form, columns: tuple[Code, ...]) -> tuple[int, ...]:
    """For each column of the form, its place among the printed ones; `IN_ORDER` as the form has it, empty if untold.

    In the form's own header of requests the total stands second, right after the name of a group of columns.
    """
    codes = known.column_codes[columns[0].table]
    order = [column.code for column in columns]
    said = list(dict.fromkeys(codes[key] for key in header if codes.get(key) in order))
    if said[1:2] == ["total"]:
        del said[1]
    places = [order.index(c) for c in said]
    if places == sorted(set(places)):
        return IN_ORDER
    return tuple(said.index(c) for c in order) if sorted(places) == list(range(len(order))) else ()


def _without_lead(values: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Values without the blanks before them: in this table spans of the label leave some."""
    first = next((at for at, value in enumerate(values) if value.text), 0)
    return values[first:]


def _in_order(row: Row, order: tuple[int, ...]) -> list[Placement]:
    values = row.values
    while values and not values[-1].text and len(values) > len(order):
        values = values[:-1]
    return [tuple(values[at] for at in order)] if order and len(values) == len(order) else []


def _in_columns(row: Row, columns: Sequence[Code], places: ColumnMap | None) -> list[Placement]:
    """The placement that the grid's columns give, when each value stands under a known column."""
    if not places or not row.columns:
        return []
    codes, printed = places.codes, list(zip(row.columns, row.values, strict=True))
    by_code = {codes[at]: cell for at, cell in printed if at in codes}
    astray = [cell for at, cell in printed if cell.text and at not in codes and at not in places.extras]
    fits = not astray and len(by_code) == len(columns)
    return [tuple([by_code[column.code] for column in columns])] if fits else []


def _column_maps(matched: MatchedRows) -> dict[str, ColumnMap]:
    """For rows of grids that keep columns: grid column -> code, from the headers above the row's block."""
    known, table = matched.known, matched.table
    kept = {code: row for code, row in matched.rows.items() if row.columns and row.labels}
    grids = {id(row.grid): row.grid for row in kept.values()}
    rows = {key: [row for row in kept.values() if row.grid is grid] for key, grid in grids.items()}
    data = [*kept.values(), *matched.extras]
    above = {key: headers_of(grid, {row.index for row in data if row.grid is grid}) for key, grid in grids.items()}
    after = {key: max(row.label_column for row in rows[key]) for key in grids}
    blocks = {row.code: row.block for row in known.rows[table]}
    made: dict[tuple, ColumnMap] = {}
    maps: dict[str, ColumnMap] = {}
    for code, row in kept.items():
        header = above[id(row.grid)][row.index]
        key = (id(row.grid), id(header), blocks[code])
        columns = known.columns[table, blocks[code]]
        before = next(reversed(maps.values()), None)
        if key not in made and not header and before and {c.code for c in columns} == set(before.codes.values()):
            made[key] = before  # a table split in two: the part before has the header
        elif key not in made:
            made[key] = map_columns(header, columns, known.column_codes[table], after[id(row.grid)])
        maps[code] = made[key]
    return maps
