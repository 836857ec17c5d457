"""Decisions of a person on single cells, from the file `decisions.csv` beside the reports.

In: the file. Out: cells with the decided values, and findings on decisions that do not fit the print any more. Next: `proof`.
"""

import csv
import math
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from govtables.cells import CellRow
from govtables.forms import GENERATIONS, Status, form
from govtables.naming import Finding

FILE = "decisions.csv"


class Decision(NamedTuple):
    """What a person decided for one cell; it holds while the cell is printed as expected."""

    report_id: str
    table: str
    row: str
    column: str
    printed: str
    value: float
    reason: str
    who: str
    date: str


def read_decisions(path: Path) -> dict[str, tuple[Decision, ...]]:
    """Read decisions, by report; an error names the line and the remedy. No file, no decisions."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if missing := [name for name in Decision._fields if name not in (reader.fieldnames or ())]:
            raise ValueError(f"{path}: the column {missing[0]!r} is missing; the columns are {','.join(Decision._fields)}")
        rows = [_read_line(f"{path}, line {reader.line_num}", row) for row in reader]
    cells = [row[:4] for row in rows]
    if twice := next((cell for cell in cells if cells.count(cell) > 1), None):
        raise ValueError(f"{path}: two decisions on {' '.join(twice)}; keep one")
    by_report: dict[str, tuple[Decision, ...]] = {}
    for row in rows:
        by_report[row.report_id] = (*by_report.get(row.report_id, ()), row)
    return by_report


def _read_line(where: str, row: dict[str, str]) -> Decision:
    row = {name: (row[name] or "").strip() for name in Decision._fields}
    for name in ("report_id", "table", "row", "column", "value", "reason", "who", "date"):
        if not row[name]:
            raise ValueError(f"{where}: {name} is empty; every decision says its cell, value, reason, who and date")
    if (row["table"], row["row"], row["column"]) not in _all_cells():
        raise ValueError(f"{where}: no cell {row['table']} {row['row']} {row['column']}; govtables codebook lists the codes")
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        raise ValueError(f"{where}: {row['date']!r} is no date; write it as 2023-01-31") from None
    return Decision(**row | {"value": _read_value(where, row["value"])})


def _read_value(where: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{where}: {text!r} is no number; write digits, with a point for decimals")
    return value


@cache
def _all_cells() -> frozenset[tuple[str, str, str]]:
    return frozenset((t, row.code, column.code) for g in GENERATIONS for t, row, column in form(g).cells())


def apply(cells: Sequence[CellRow], decisions: Sequence[Decision]) -> tuple[list[CellRow], list[Finding]]:
    """Put decided values in place of what is printed, where it is printed as the decision expects."""
    found: dict[tuple, int] = {(cell.table, cell.row, cell.column): at for at, cell in enumerate(cells)}
    cells, findings = list(cells), []
    for decision in decisions:
        at = found.get(decision[1:4])
        if at is None:
            findings.append(_stale(decision, None, "the report has no such cell"))
        elif (cells[at].raw or "") != decision.printed:
            findings.append(_stale(decision, cells[at], f"{cells[at].raw!r} is printed, not {decision.printed!r}"))
        else:
            why = f"decided by {decision.who} on {decision.date}: {decision.reason}"
            cells[at] = cells[at]._replace(value=decision.value, status=Status.DECIDED, reason=why)
    return cells, findings


def _stale(decision: Decision, cell: CellRow | None, why: str) -> Finding:
    message = f"the decision of {decision.who} on {decision.date} was not applied: {why}; look again and update {FILE}"
    codes = (".".join(decision[1:4]),)
    return Finding("decision_not_applied", decision.table, decision.row, cell and cell.place, message, codes)
