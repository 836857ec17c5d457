"""Decisions of a person on single cells, from the file `decisions.csv` beside the reports.

In: the file. Out: cells with the decided values, findings on decisions that fit no more; `Decided` rows,
which say whether a decision holds, and what the audit leaves for the cell as printed. Next: `steps`.

A decision holds while what it says under `printed` is the text of the cell: nothing where that is printed
empty, and the status in angle brackets, `<absent>` or `<unreadable>`, where no text belongs to the cell.
"""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from govtables.declared import mistake, read_lines
from govtables.language import tell
from govtables.proof.fingerprints import slots
from govtables.proof.prove import Proof, prove
from govtables.records import CellRow, Decided, Finding, Status

FILE = "decisions.csv"
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
DATE = re.compile(r"([0-9]{4})[-/年]([0-9]{1,2})[-/月]([0-9]{1,2})日?")
Left = tuple[float | None, float | None, str | None]


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
    """Read decisions, by report; an error names the line and the remedy. No file, no decisions.

    A line that says neither who nor when is open: it decides nothing yet.
    """
    by_report: dict[str, list[Decision]] = {}
    cells = set()
    for where, line in read_lines(path, Decision._fields):
        named = all(line[name] for name in Decision._fields[:4])
        if named and not (line["who"] or line["date"]):  # proposed, and not decided
            continue
        decision = _read_line(where, line)
        if (cell := decision[:4]) in cells:
            raise mistake("proof.decided_twice", where=where, cell=" ".join(cell))
        cells.add(cell)
        by_report.setdefault(decision.report_id, []).append(decision)
    return {name: tuple(decisions) for name, decisions in by_report.items()}


def _read_line(where: str, row: dict[str, str]) -> Decision:
    row = {name: row[name] for name in Decision._fields}
    for name in ("report_id", "table", "row", "column", "value", "reason", "who", "date"):
        if not row[name]:
            raise mistake("proof.decision_empty", where=where, name=name)
    if (cell := (row["table"], row["row"], row["column"])) not in slots():
        raise mistake("proof.decision_cell", where=where, cell=" ".join(cell))
    value = float(row["value"]) if NUMBER.fullmatch(row["value"]) else math.nan
    if not math.isfinite(value):
        raise mistake("proof.decision_value", where=where, value=row["value"])
    return Decision(**row | {"value": value, "date": _read_date(where, row["date"])})


def _read_date(where: str, text: str) -> str:
    """A date as ISO 8601 writes it, or as Excel does in China, which drops the zeros."""
    try:
        return date(*map(int, DATE.fullmatch(text).groups())).isoformat()
    except (AttributeError, ValueError):
        raise mistake("proof.decision_date", where=where, text=text) from None


def apply_decisions(
    cells: Sequence[CellRow], decisions: Sequence[Decision], error: str | None = None
) -> tuple[list[CellRow], list[Finding]]:
    """Put decided values in place of what is printed as expected; `error` says why there are no cells."""
    asked = enumerate(cells) if decisions else ()
    found: dict[tuple, int] = {(cell.table, cell.row, cell.column): at for at, cell in asked}
    nowhere = tell("proof.no_tables", error=error) if error else tell("proof.no_such_cell")
    cells, findings = list(cells), []
    for decision in decisions:
        at = found.get(decision[1:4])
        if at is None:
            findings.append(_stale(decision, None, nowhere))
            continue
        cell, without = cells[at], f"<{cells[at].status}>"  # what `printed` says of a cell without a text
        has_text = bool(cell.raw) or cell.status == Status.BLANK
        if decision.printed == (cell.raw or "" if has_text else without):
            why = tell("proof.decided", who=decision.who, date=decision.date, reason=decision.reason)
            cells[at] = cell._replace(value=decision.value, status=Status.DECIDED, reason=why)
        else:
            facts = {"raw": cell.raw or "", "status": str(cell.status), "expected": decision.printed}
            why = tell("proof.printed_otherwise" if has_text else "proof.no_text", **facts)
            findings.append(_stale(decision, cell, why))
    return cells, findings


def _stale(decision: Decision, cell: CellRow | None, why: str) -> Finding:
    message = tell("proof.stale", who=decision.who, date=decision.date, why=why, file=FILE)
    codes = (".".join(decision[1:4]),)
    return Finding("decision_not_applied", decision.table, decision.row, cell and cell.place, message, codes)


def judge_decisions(
    decisions: Sequence[Decision], printed: Sequence[CellRow], decided: Sequence[CellRow],
    repeated: Collection[tuple[str, str]] = (),
) -> list[Decided]:
    """Set decisions beside what the audit makes of the cells without them, and say which of them hold."""
    if not decisions:
        return []
    left = dict(_list_left(prove(printed, {*repeated})))
    known = {(cell.table, cell.row, cell.column): cell for cell in decided}
    return [_judge(one, known.get(one[1:4]), left.get(one[1:4], (None, None, None))) for one in decisions]


def _judge(one: Decision, cell: CellRow | None, left: Left) -> Decided:
    applied = cell is not None and (cell.status, cell.value) == (Status.DECIDED, one.value)
    return Decided(*one[1:], applied, cell and cell.place, *left)


def _list_left(proof: Proof) -> Iterator[tuple[tuple[str, str, str], Left]]:
    """What is left by cell: a proven number, bounds, or what the only proposal says."""
    for cell in proof.cells:
        if cell.status == Status.INFERRED:
            yield (cell.table, cell.row, cell.column), (cell.value, cell.value, None)
    for bound in proof.bounds:
        yield (bound.table, bound.row, bound.column), (bound.low, bound.high, None)
    for change in proof.proposals:
        if change.unique:
            yield (change.table, change.row, change.column), (change.low, change.high, change.typing)
