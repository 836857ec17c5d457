"""What tests of the audit share: small reports whose totals are right, edited, audited."""

from pathlib import Path

from govtables.forms import form
from govtables.pipeline.steps import Result, read_bytes
from govtables.proof.prove import Proof, prove
from govtables.records import CellRow, Check

FLOW = ("received", "carried_in", "concluded", "carried_over")
SMALL = {
    "requests.granted.natural_person": 1206,
    "requests.granted.commercial_enterprise": 3,
    "requests.denied.third_party_rights.natural_person": 5,
    "requests.unavailable.not_held.natural_person": 7,
    "requests.unavailable.not_held.legal_service_institution": 2,
    "requests.carried_in.natural_person": 4,
    "requests.carried_over.natural_person": 3,
    "disputes.review.upheld": 2,
    "disputes.review.corrected": 1,
    "disputes.litigation_direct.pending": 6,
    "disclosure.licence.decisions": 120,
}
EQUAL_FLOW = {"requests.carried_in.natural_person": 3}
CLEAN = {"row_sum", "outcome_total", "balance", "dispute_total", "non_negative", "whole_number"}
Report = dict[str, float | None]  # by code of a cell; `None`: printed blank


def make_report(leaves: Report, generation: str = "2021") -> Report:
    """A whole report of these cells: the others are zero, totals, concluded and received follow."""
    report = {f"{table}.{row.code}.{column.code}": 0 for table, row, column in form(generation).cells()} | leaves
    outcomes = [row.code for row in form(generation).rows["requests"] if row.code not in FLOW]
    for name in [column.code for column in form(generation).columns["requests", "applicants"]]:
        concluded = report[f"requests.concluded.{name}"] = sum(report[f"requests.{row}.{name}"] for row in outcomes)
        over, before = report[f"requests.carried_over.{name}"], report[f"requests.carried_in.{name}"]
        report[f"requests.received.{name}"] = concluded + over - before
    for code in [code for code in report if code.endswith(".total")]:
        row = code.removesuffix("total")
        report[code] = sum(value for other, value in report.items() if other.startswith(row) and other != code)
    return report


def to_cells(report: Report) -> list[CellRow]:
    """The report as the reader hands it over; cells of extra rows and columns behind those of their table."""
    cells = []
    tables = ("disclosure", "requests", "disputes")
    for code, value in sorted(report.items(), key=lambda item: tables.index(item[0].split(".")[0])):
        table, rest = code.split(".", 1)
        row, column = rest.rsplit(":" if ":" in rest else ".", 1)
        status, raw = ("blank", "") if value is None else ("reported", f"{value:g}")
        cells.append(CellRow(table, row, column, value if value is None else float(value), status, raw, None, "L1"))
    return cells


def audit(edits: Report, leaves: Report | None = None, generation: str = "2021") -> Proof:
    """Audit a small report, edited after its totals were made."""
    return prove(to_cells(make_report(SMALL if leaves is None else leaves, generation) | edits))


def code_of(line: tuple) -> str:
    return f"{line.table}.{line.row}.{line.column}"


def inferred(proof: Proof) -> Report:
    return {code_of(cell): cell.value for cell in proof.cells if cell.status == "inferred"}


def find_check(proof: Proof, check: str, place: str) -> Check:
    return next(c for c in proof.checks if (c.check, c.table) == (check, "requests") and place in (c.row, c.column))


def proposed(proof: Proof, kind: str) -> dict[int, tuple[str | None, Report]]:
    """By number, each proposal of a kind: its typing error, and the cells with the number each should have."""
    found: dict[int, tuple[str | None, Report]] = {}
    for change in proof.proposals:
        if change.kind == kind:
            number = change.low if change.low == change.high else None
            found.setdefault(change.proposal, (change.typing, {}))[1][code_of(change)] = number
    return found


GRANTED, GRANTED_TOTAL = "requests.granted.natural_person", "requests.granted.total"
HELD = "requests.unavailable.not_held"
THIRD = "requests.denied.third_party_rights"
HERE = Path(__file__).parents[2] / "data" / "raw"


def read_changed(*pairs: tuple[str, str]) -> Result:
    """The report of Jiyuan with lines replaced, as read and audited."""
    text = (HERE / "jiyuan-hitech-2022.txt").read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    return read_bytes(text.encode(), "changed.txt")
