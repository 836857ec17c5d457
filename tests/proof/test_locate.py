"""Wrong cells are located, and the slips that explain them are named."""

import pytest

from govtables.proof.locate import smallest_sets
from tests.proof.auditing import (
    GRANTED,
    GRANTED_TOTAL,
    HELD,
    SMALL,
    Report,
    audit,
    code_of,
    make_report,
    proposed,
)


@pytest.mark.parametrize(
    ("code", "printed", "typing"),
    [
        pytest.param(GRANTED_TOTAL, 1309, "a digit replaced", id="total of a row"),
        pytest.param("requests.concluded.natural_person", 1281, "two digits swapped", id="total of a column"),
        pytest.param("requests.concluded.total", 1223 * 10, "a digit added", id="total of both"),
        pytest.param("requests.carried_over.total", 0, None, id="total that only flows"),
        pytest.param(GRANTED, 1207, "a digit replaced", id="digit replaced"),
        pytest.param(GRANTED, 126, "a digit dropped", id="digit dropped"),
        pytest.param(GRANTED, 12706, "a digit added", id="digit added"),
        pytest.param(GRANTED, 1026, "two digits swapped", id="digits swapped"),
        pytest.param(GRANTED, -1206, "a sign added", id="sign added"),
        pytest.param(GRANTED, 77, None, id="no slip"),
    ],
)
def test_wrong_cell_is_located(code: str, printed: float, typing: str | None) -> None:
    proof, truth = audit({code: printed}), make_report(SMALL)[code]
    (change,) = [change for change in proof.proposals if change.kind == "smallest_set"]
    assert (code_of(change), change.unique, change.printed) == (code, True, printed)
    assert (change.low, change.high, change.typing) == (truth, truth, typing)
    (finding,) = [finding for finding in proof.findings if finding.kind == "contradiction"]
    assert finding.cells == (code,)
    assert f"{code} is {printed:g}, should be {truth:g}" in finding.message


def test_one_identity_cannot_locate() -> None:
    proof = audit({"disputes.review.total": 4})
    columns = ("upheld", "corrected", "other", "pending", "total")
    assert [list(cells) for _, cells in proposed(proof, "smallest_set").values()] == [[f"disputes.review.{c}"] for c in columns]
    assert not any(change.unique for change in proof.proposals)


SWAPPED_IN_ROW = {GRANTED: 3, "requests.granted.commercial_enterprise": 1206}
SWAPPED_IN_COLUMN = {"requests.denied.third_party_rights.natural_person": 7, f"{HELD}.natural_person": 5}
SHIFTED = {"natural_person": 0, "commercial_enterprise": 7, "legal_service_institution": 0, "other_organization": 2}


@pytest.mark.parametrize(
    ("edits", "typing"),
    [
        pytest.param(SWAPPED_IN_ROW, "two cells swapped", id="two cells of a row"),
        pytest.param(SWAPPED_IN_COLUMN, "two cells swapped", id="two cells of a column"),
        pytest.param({f"{HELD}.{name}": n for name, n in SHIFTED.items()}, "a row shifted by a cell", id="row"),
    ],
)
def test_slips_over_cells_are_named(edits: Report, typing: str) -> None:
    truth = make_report(SMALL)
    proof = audit(edits)
    proposals = [*proposed(proof, "smallest_set").values(), *proposed(proof, "slip").values()]
    assert (typing, {code: truth[code] for code in edits}) in proposals


def test_smallest_sets_are_all_found_and_none_is_larger():
    """The test knows which sets will do; a conflict is what a failing set leaves out of each of them."""
    will_do = [frozenset({1, 2}), frozenset({2, 3}), frozenset({4, 5, 6})]

    def test(cells: frozenset[int]) -> frozenset[int] | None:
        if any(one <= cells for one in will_do):
            return None
        return frozenset().union(*will_do) - cells

    sets, complete = smallest_sets([frozenset(range(1, 7))], test)
    assert (set(sets), complete) == ({frozenset({1, 2}), frozenset({2, 3})}, True)


def test_more_cells_than_are_looked_for_give_no_set():
    assert smallest_sets([frozenset({at}) for at in range(9)], lambda cells: None) == ([], True)


DISPUTES = {"disputes.review.upheld": 6, "disputes.review.corrected": 5}


@pytest.mark.parametrize(
    ("edits", "unique"),
    [
        pytest.param({"disputes.review.total": 1}, False, id="beside two cells that may be swapped"),
        pytest.param({"disputes.review.total": -11}, True, id="a sign"),
        pytest.param({"disputes.review.total": -11, "disputes.review.upheld": 3}, False, id="a sign, and another number"),
        pytest.param({"disputes.review.total": -99}, False, id="more than a sign"),
    ],
)
def test_what_is_called_unique(edits: Report, unique: bool) -> None:
    proof = audit(edits, DISPUTES)
    smallest = [change for change in proof.proposals if change.kind == "smallest_set"]
    assert [change.unique for change in smallest if change.column == "total"] == [unique]
    assert not any(change.unique for change in proof.proposals if change.kind != "smallest_set")


def test_a_slip_never_makes_a_number_negative() -> None:
    proof = audit({"disputes.review.total": -11}, DISPUTES)
    assert all(change.low >= 0 for change in proof.proposals)


def test_more_broken_identities_than_cells_end_the_search_before_it_begins() -> None:
    asked: list[frozenset[int]] = []
    conflicts = [frozenset({at, at + 1}) for at in range(0, 8, 2)]
    assert smallest_sets(conflicts, lambda cells: asked.append(cells)) == ([], True)
    assert asked == []
