"""Decisions of a person on single cells, from the file `decisions.csv` beside the reports.

In: the file. Out: cells with the decided values, and findings on decisions that do not fit the print any more. Next: `proof`.

What the file says under `printed` is the text of the cell: nothing where the cell is printed empty, and the status in angle
brackets, `<absent>` or `<unreadable>`, where no text belongs to the cell. Only while that is so the decision holds.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from govtables.forms import GENERATIONS, form
from govtables.records import CellRow, Finding, Status

FILE = "decisions.csv"
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


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
    by_report: dict[str, list[Decision]] = {}
    cells = set()
    for where, line in read_lines(path, Decision._fields):
        decision = _read_line(where, line)
        if (cell := decision[:4]) in cells:
            raise ValueError(f"{where}: two decisions on {' '.join(cell)}; keep one")
        cells.add(cell)
        by_report.setdefault(decision.report_id, []).append(decision)
    return {name: tuple(decisions) for name, decisions in by_report.items()}


def read_lines(path: Path, columns: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    """Read a CSV file that a person wrote: for each line its place, for errors, and its values. No file, no lines."""
    if not path.is_file():
        return []
    (_, header), *lines = [*_split_lines(path, _read_text(path))] or [("", [])]
    if missing := [name for name in columns if name not in header]:
        raise ValueError(f"{path}: the column {missing[0]!r} is missing; the columns, with commas between, are {','.join(columns)}")
    return [(where, _name_values(where, header, values)) for where, values in lines]


def _read_text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:  # as in UTF-16
        raise ValueError(f'{path}: not UTF-8; save it as "CSV UTF-8"')
    return text


def _split_lines(path: Path, text: str) -> Iterator[tuple[str, list[str]]]:
    """Split a file into lines of values, each with its place; blank ones are left out."""
    reader, number = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for values in reader:
            values = [value.strip() for value in values]
            if any(values) or len(values) > 1:
                yield f"{path}, line {number}", values
            number = reader.line_num + 1
    except csv.Error as problem:
        remedy = "close each quotation mark at the end of its value, and double those within one"
        raise ValueError(f"{path}, line {number}: {problem}; {remedy}") from None


def _name_values(where: str, header: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    if not any(values):
        raise ValueError(f"{where}: nothing but commas; delete the line")
    if any(values[len(header) :]):
        raise ValueError(f"{where}: {len(values)} values for {len(header)} columns; put a value with a comma in quotation marks")
    return dict.fromkeys(header, "") | dict(zip(header, values, strict=False))


def _read_line(where: str, row: dict[str, str]) -> Decision:
    row = {name: row[name] for name in Decision._fields}
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
    value = float(text) if NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(value):
        raise ValueError(f"{where}: {text!r} is no number; write digits, with a point for decimals")
    return value


@cache
def _all_cells() -> frozenset[tuple[str, str, str]]:
    return frozenset((t, row.code, column.code) for g in GENERATIONS for t, row, column in form(g).cells())


def apply(
    cells: Sequence[CellRow], decisions: Sequence[Decision], error: str | None = None
) -> tuple[list[CellRow], list[Finding]]:
    """Put decided values in place of what is printed, where it is printed as the decision expects.

    The `error` says why a document gave no cells.
    """
    found: dict[tuple, int] = {(cell.table, cell.row, cell.column): at for at, cell in enumerate(cells)}
    nowhere = f"the document gave no tables: {error}" if error else "the report has no such cell"
    cells, findings = list(cells), []
    for decision in decisions:
        at = found.get(decision[1:4])
        if at is None:
            findings.append(_stale(decision, None, nowhere))
        elif (printed := _printed(cells[at])) != decision.printed:
            findings.append(_stale(decision, cells[at], _tell_print(cells[at], printed, decision.printed)))
        else:
            why = f"decided by {decision.who} on {decision.date}: {decision.reason}"
            cells[at] = cells[at]._replace(value=decision.value, status=Status.DECIDED, reason=why)
    return cells, findings


def _printed(cell: CellRow) -> str:
    """What a decision on a cell says under `printed`."""
    return cell.raw or ("" if cell.status == Status.BLANK else f"<{cell.status}>")


def _tell_print(cell: CellRow, printed: str, expected: str) -> str:
    if not cell.raw and cell.status != Status.BLANK:
        return f"the cell is {cell.status}, for which printed is {printed}, not {expected!r}"
    return f"{printed!r} is printed, not {expected!r}"


def _stale(decision: Decision, cell: CellRow | None, why: str) -> Finding:
    message = f"the decision of {decision.who} on {decision.date} was not applied: {why}; look again and update {FILE}"
    codes = (".".join(decision[1:4]),)
    return Finding("decision_not_applied", decision.table, decision.row, cell and cell.place, message, codes)
