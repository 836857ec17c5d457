"""A blank row among rows of zeros: what stands below it may be its own, and nothing is inferred of it."""

import pytest

from govtables.forms import form
from tests.proof.auditing import SMALL, Report, audit, inferred, make_report

ROWS = [row.code for row in form("2021").rows["requests"]]
COLUMNS = [column.code for column in form("2021").columns["requests", "applicants"]]
# from here to there; those behind the last row were zeros, so that all sums hold, or hold with the blank row filled
MOVED = [("granted", "denied.state_secret"), ("granted", "other.other"), ("denied.third_party_rights", "unavailable.not_held")]
MOVED += [("unavailable.not_held", "not_processed.publication")]


def move_down(first: str, last: str, filling: float | None) -> Report:
    """The numbers of rows one row too low, the last row being lost."""
    report = make_report(SMALL)
    start, end = ROWS.index(first), ROWS.index(last)
    moved = {
        f"requests.{low}.{column}": report[f"requests.{high}.{column}"]
        for high, low in zip(ROWS[start:end], ROWS[start + 1 : end + 1], strict=True) for column in COLUMNS
    }
    return moved | {f"requests.{first}.{column}": filling for column in COLUMNS}


@pytest.mark.parametrize(("first", "last"), MOVED)
def test_numbers_one_row_too_low_are_told_and_the_blank_row_is_not_inferred(first, last):
    proof = audit(move_down(first, last, None))
    (finding,) = [finding for finding in proof.findings if finding.kind == "moved_rows"]
    told = {code.split(".", 1)[1].rpartition(".")[0] for code in finding.cells}
    assert {*ROWS[ROWS.index(first) : ROWS.index(last) + 1]} <= told
    assert not any(code.startswith(f"requests.{first}.") for code in inferred(proof))


def test_zeros_filled_into_the_first_row_are_told():
    proof = audit(move_down("concluded", "carried_over", 0))
    (finding,) = [finding for finding in proof.findings if finding.kind == "moved_rows"]
    assert {"requests.concluded.total", "requests.carried_over.total"} <= {*finding.cells}


@pytest.mark.parametrize(
    "blank",
    [
        pytest.param(["granted", "denied.state_secret"], id="two rows: blank means zero here"),
        pytest.param(["carried_over"], id="the last row"),
        pytest.param([], id="none"),
    ],
)
def test_other_blanks_raise_no_doubt(blank):
    edits = {f"requests.{row}.{column}": None for row in blank for column in COLUMNS}
    assert [finding for finding in audit(edits).findings if finding.kind == "moved_rows"] == []


def test_a_blank_row_among_zeros_alone_is_inferred():
    edits = {f"requests.granted.{column}": None for column in COLUMNS}
    proof = audit(edits, {})
    assert (proof.findings, {*inferred(proof).values()}) == ([], {0.0})


def test_single_blanks_elsewhere_say_that_blanks_are_usual():
    edits = {f"requests.granted.{column}": None for column in COLUMNS}
    proof = audit(edits | {"requests.other.other.research_institution": None})
    assert [finding.kind for finding in proof.findings] == []
