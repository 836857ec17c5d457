"""The audit of a report: what it infers is forced, what is printed stays."""

import random
from math import inf

import pytest

from govtables.language import read_number
from govtables.proof.prove import Proof, prove
from tests.proof.auditing import (
    CLEAN,
    GRANTED,
    GRANTED_TOTAL,
    HELD,
    SMALL,
    THIRD,
    Report,
    audit,
    code_of,
    inferred,
    make_report,
    read_changed,
    to_cells,
)


@pytest.mark.parametrize("generation", ["2021", "2019"])
def test_consistent_report_holds(generation: str) -> None:
    proof = audit({}, generation=generation)
    assert {check.check for check in proof.checks} == CLEAN
    assert {check.verdict for check in proof.checks if check.check not in ("non_negative", "whole_number")} == {"holds"}
    assert (proof.bounds, proof.proposals, proof.findings) == ([], [], [])


@pytest.mark.parametrize(
    ("blank", "because"),
    [
        pytest.param([GRANTED], "row_sum of granted", id="one blank"),
        pytest.param([GRANTED_TOTAL], "row_sum of granted", id="a total"),
        pytest.param([GRANTED, GRANTED_TOTAL], "outcome_total of natural_person", id="one identity leaves two"),
        pytest.param(["disputes.review.upheld"], "dispute_total of review", id="disputes"),
    ],
)
def test_blanks_are_inferred(blank: list[str], because: str) -> None:
    proof, truth = audit(dict.fromkeys(blank)), make_report(SMALL)
    assert inferred(proof) == {code: truth[code] for code in blank}
    reason = next(cell.reason for cell in proof.cells if code_of(cell) == blank[0])
    assert reason.startswith(f"only {truth[blank[0]]:g} satisfies ")
    assert because in reason
    assert proof.findings == []


def test_contradiction_stops_inference_in_its_part_only() -> None:
    wrong = {GRANTED: 77, "requests.received.total": None, "disputes.litigation_direct.total": 9}
    proof = audit(wrong | {"disputes.review.total": None, "disclosure.licence.decisions": None})
    assert inferred(proof) == {"disputes.review.total": 3}


LOOP = ("requests.granted.commercial_enterprise", f"{THIRD}.natural_person", f"{THIRD}.commercial_enterprise")


def audit_doubtful(texts: dict[str, str], edits: Report | None = None) -> Proof:
    """Audit a small report, some cells of which a scan's reader or a damaged text left doubtful."""
    cells = {code_of(cell): cell for cell in to_cells(make_report(SMALL) | (edits or {}))}
    for code, text in texts.items():
        value, status, reason, _ = read_number(text)
        cells[code] = cells[code]._replace(value=value, status=status, raw=text, reason=reason)
    return prove(list(cells.values()))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("1206⁇1208", "; read as 1206 and as 1208", id="one of two readings"),
        pytest.param("1,206⁇", "; read as 1,206, but not surely", id="the only reading"),
        pytest.param("120\ufffd", "; no number can be told from '120\ufffd'", id="a lost character is no reading"),
        pytest.param("\ufffd", "; no number can be told from '\ufffd'", id="nothing read"),
        pytest.param("120⁇-", "; read as 120 and as -", id="perhaps no number"),
        pytest.param("12.0.6⁇", "; read as 12.0.6, but not surely", id="a reading that is no number"),
    ],
)
def test_a_doubtful_number_is_inferred_as_one_of_its_readings(text: str, said: str) -> None:
    proof = audit_doubtful({GRANTED: text})
    assert inferred(proof) == {GRANTED: 1206}
    assert next(cell.reason for cell in proof.cells if code_of(cell) == GRANTED).endswith(said)
    assert proof.findings == []


@pytest.mark.parametrize(
    ("texts", "edits", "left"),
    [
        pytest.param({GRANTED: "1208⁇1288"}, {}, "1206", id="one number left"),
        pytest.param({GRANTED: "1208⁇"}, {}, "1206", id="one reading"),
        pytest.param({GRANTED: "1280⁇"}, dict.fromkeys(LOOP), "1206 to 1209", id="a range left"),
    ],
)
def test_a_number_that_is_none_of_the_readings_is_not_inferred(texts: dict[str, str], edits: Report, left: str) -> None:
    """The identities and the readings cannot both be right, so that no number of the part is told by the identities."""
    proof = audit_doubtful(texts, edits | {f"{HELD}.total": None, "disputes.review.total": None})
    cell = next(cell for cell in proof.cells if code_of(cell) == GRANTED)
    assert (cell.value, cell.status) == (None, "unreadable")
    assert cell.reason == f"{read_number(texts[GRANTED]).reason}, where the identities leave {left}"
    assert inferred(proof) == {"disputes.review.total": 3}
    (finding,) = proof.findings
    assert (finding.kind, finding.cells) == ("misread", (GRANTED,))


def draw_report(seed: int) -> tuple[Report, Report]:
    """A consistent report of small counts, and the same with cells taken out."""
    draw, generation = random.Random(seed), ("2019", "2021")[seed % 2]
    free = [code for code in make_report({}, generation) if "carried_in" not in code and not code.endswith(".total")]
    truth = make_report({code: draw.choice((0, 0, 0, 1, 2, 17)) for code in free}, generation)
    share = draw.choice((0.02, 0.1, 0.3, 0.6))
    return truth, {code: None if draw.random() < share else value for code, value in truth.items()}


@pytest.mark.parametrize("seed", range(100))
def test_inferred_is_true_and_truth_is_within_bounds(seed: int) -> None:
    truth, printed = draw_report(seed)
    proof = prove(to_cells(printed))
    assert proof.findings == proof.proposals == []
    assert inferred(proof).items() <= truth.items()
    bounds = {code_of(bound): (bound.low, inf if bound.high is None else bound.high) for bound in proof.bounds}
    assert all(low <= truth[code] <= high and low < high for code, (low, high) in bounds.items())
    left = {code for code, value in printed.items() if value is None and not code.startswith("disclosure")}
    assert left == inferred(proof).keys() | bounds.keys()


@pytest.mark.parametrize("seed", range(0, 100, 5))
def test_printed_stays_and_nothing_else_matters(seed: int) -> None:
    (truth, printed), draw = draw_report(seed), random.Random(seed)
    wrong = {code: draw.randint(-3, 30) for code in draw.sample(list(truth), 3)}
    reports = [to_cells(report) for report in (printed, truth | wrong, printed | wrong)]
    proofs = [prove(cells) for cells in reports]
    for cells, proof in zip(reports, proofs, strict=True):
        for before, after in zip(cells, proof.cells, strict=True):
            filled = before._replace(value=after.value, status="inferred", reason=after.reason)
            assert after == before or (before.value is None and after == filled)
    assert [prove(list(cells)) for cells in reports[::-1]] == proofs[::-1]


def test_a_footer_hides_no_contradiction() -> None:
    wrong = ("\t(七) 总计\t\t\t0\t0\t0\t0\t0\t0", "\t(七) 总计\t\t\t5\t0\t0\t0\t0\t5")
    foot = ("\n\n四、政府信息公开行政复议", "\n备注\t\t\t无\n\n四、政府信息公开行政复议")
    alone, footed = read_changed(wrong), read_changed(wrong, foot)
    kinds = [[f.kind for f in result.findings if f.kind != "extra_row"] for result in (alone, footed)]
    assert kinds[0] == kinds[1] and "contradiction" in kinds[0]


def test_a_row_printed_twice_with_different_numbers_is_never_inferred() -> None:
    line = "\t\t3.其他\t0\t0\t0\t0\t0\t0\t0"
    result = read_changed((line, f"{line}\n\t\t9.其他\t2\t0\t0\t0\t0\t0\t2"))
    assert {cell.status for cell in result.cells if cell.row == "other.other"} == {"unreadable"}
