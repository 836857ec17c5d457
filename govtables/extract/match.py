"""Cells of the form in a report.

In: the sections of a document. Out: a `Match`: a `CellRow` for each cell of the form, extras, findings.
Next: `pipeline`.
"""

import re
from collections.abc import Sequence

from govtables.extract.cells import tell_lost
from govtables.extract.ledger import in_print_order
from govtables.extract.plans import Match, match_table, recall
from govtables.extract.rows import Row
from govtables.extract.table_rows import rows_by_table, tell_generation_of
from govtables.forms import GENERATIONS, Alias, Form, collect_wording, tables
from govtables.language import fold, join, tell
from govtables.readers import Grid, Section
from govtables.records import CellRow, Finding, Status

ITEM = re.compile(r"\d+[.．、]")
LEAST_ITEMS = 3  # of a row that holds nothing else


def match_form(sections: Sequence[Section], local: tuple[Alias, ...] = ()) -> Match:
    """Find the form's tables in a report; the generation is told table by table.

    `local` aliases count like the declared ones.
    """
    wording = collect_wording(local)
    planned = {} if local else recall(wording, sections)
    by_table, seen = rows_by_table(wording, sections, planned.keys())
    if any(by_table[table] for table in planned):  # some stand outside of their chapter, too
        planned = {}
        by_table, seen = rows_by_table(wording, sections)
    told = {table: tell_generation_of(wording, table, rows) for table, rows in by_table.items()}
    for table, one in planned.items():
        by_table[table], told[table], seen = one.rows, one.generation, seen + one.known_labels
    printed = [told[table] for table, rows in by_table.items() if rows and told[table]]
    usual = max(GENERATIONS[::-1], key=printed.count)
    found = Match(rows=[row for rows in by_table.values() for row in rows], known_labels=seen)
    for table, rows in by_table.items() if found.rows else ():
        known = wording.forms[told[table] or usual]
        one = planned.get(table) or match_table(known, table, rows, sections)[0]
        if not rows and (why := _why_unread(sections, tables()[table])):
            one.cells = [cell._replace(status=str(Status.UNREADABLE), reason=why) for cell in one.cells]
            one.findings.append(Finding("unreadable", table, None, None, tell_lost(len(one.cells), why)))
        found.cells += _tell_local(known, table, rows, one.cells) if local else one.cells
        found.ledger += one.ledger
        found.findings += one.findings
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
