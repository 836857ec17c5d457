"""Cells of the form in a report.

In: the sections of a document. Out: a `Match`: a `CellRow` for each cell of the form, extras, findings.
Next: `pipeline`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govtables.extract.cells import tell_lost
from govtables.extract.disputes import match_results
from govtables.extract.labelled_tables import match_labelled
from govtables.extract.ledger import in_print_order, spend
from govtables.extract.rows import Row
from govtables.extract.table_rows import rows_by_table, tell_generation_of
from govtables.forms import GENERATIONS, Alias, Form, collect_wording, tables
from govtables.language import fold, join, tell
from govtables.readers import Grid, Section
from govtables.records import CellRow, Finding, Status, Token


ITEM = re.compile(r"\d+[.．、]")
LEAST_ITEMS = 3  # of a row that holds nothing else


@dataclass(slots=True)
class Match:
    """What matching found in a document."""

    generation: str | None = None
    cells: list[CellRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ledger: list[Token] = field(default_factory=list)  # what each text of a table is spent as, as printed
    known_labels: int = 0


def match_form(sections: Sequence[Section], local: tuple[Alias, ...] = ()) -> Match:
    """Find the form's tables in a report; the generation is told table by table.

    `local` aliases count like the declared ones.
    """
    wording = collect_wording(local)
    by_table, seen = rows_by_table(wording, sections)
    told = {table: tell_generation_of(wording, table, rows) for table, rows in by_table.items()}
    printed = [told[table] for table, rows in by_table.items() if rows and told[table]]
    usual = max(GENERATIONS[::-1], key=printed.count)
    found = Match(rows=[row for rows in by_table.values() for row in rows], known_labels=seen)
    for table, rows in by_table.items() if found.rows else ():
        match = match_results if table == "disputes" else match_labelled
        known = wording.forms[told[table] or usual]
        titles = [one.heading for one in sections if one.heading and one.chapter == tables()[table]]
        cells, matched = match(known, table, rows, titles)
        if rows:
            cells, tokens = spend(matched, rows, cells)
            found.ledger += tokens
        elif why := _why_unread(sections, tables()[table]):
            cells = [cell._replace(status=str(Status.UNREADABLE), reason=why) for cell in cells]
            message = tell_lost(len(cells), why)
            matched.findings.append(Finding("unreadable", table, None, None, message))
        found.cells += _tell_local(known, table, rows, cells) if local else cells
        found.findings += matched.findings
    found.ledger = in_print_order(found.ledger, sections)
    used = {told[table] or usual for table, rows in by_table.items() if rows and table != "disputes"}
    found.generation = "mixed" if len(used) > 1 else used.pop() if used else None
    return found


def _why_unread(sections: Sequence[Section], chapter: int) -> str | None:
    """Say what may be the table, in its chapter or, where that has no heading, in those of any table."""
    own = [one for one in sections if one.chapter == chapter]
    near = own or [one for one in sections if one.chapter in tables().values()]
    grids = [block for one in near for block in one.blocks if isinstance(block, Grid)]
    if any(grid.layout == "picture" for grid in grids):
        return tell("extract.picture")
    texts = [[cell.text for cell in row if cell and cell.text] for grid in grids if own for row in grid.rows]
    items = any(len(row) >= LEAST_ITEMS and all(map(ITEM.fullmatch, row)) for row in texts)
    return tell("extract.numbered") if items else None


def _tell_local(known: Form, table: str, rows: Sequence[Row], cells: Sequence[CellRow]) -> list[CellRow]:
    """Say in the reason which cells stand under a label that only a local alias has, no declaration."""
    printed = {key for row in rows for key in (*row.keys, *row.names)}
    codes = {"row": known.row_codes[table], "column": known.column_codes[table]}
    own = {(a.axis, fold(a.label)): a for a in known.local if a.table == table and a.axis in codes}
    declared = {(axis, codes[axis].get(key)) for axis in codes for key in printed if (axis, key) not in own}
    used = {(a.axis, a.code): a for (_, key), a in own.items() if key in printed}
    used = {of: alias for of, alias in used.items() if of not in declared}
    said = {of: tell(f"extract.{alias.axis}_alias", label=alias.label) for of, alias in used.items()}
    made = []
    for cell in cells:
        why = (cell.reason, said.get(("row", cell.row)), said.get(("column", cell.column)))
        absent = cell.status == Status.ABSENT
        made.append(cell if absent else cell._replace(reason=join(why)))
    return made


def tell_layout(found: Match) -> str:
    """Name the layouts of the rows that have values, joined by ``+``."""
    return "+".join(sorted({row.grid.layout if row.grid else "lines" for row in found.rows if row.values}))
