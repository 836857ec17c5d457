"""Findings and proposals as rows."""

from math import inf

from govtables.forms import parts
from govtables.proof.finding_rows import list_changes
from govtables.proof.locate import Located, Proposal, Shift
from tests.proof.auditing import audit, proposed


def test_each_proposal_has_its_number() -> None:
    proof = audit({"disputes.review.total": 4, "disputes.litigation_direct.total": 9})
    assert all(len({code.split(".")[1] for code in cells}) == 1 for _, cells in proposed(proof, "smallest_set").values())


def test_a_failing_identity_names_its_cells_and_both_sides() -> None:
    finding = next(f for f in audit({"disputes.review.total": 4}).findings if f.kind == "dispute_total")
    assert finding.message.startswith("dispute_total of review: 4 against 3, ")
    assert set(finding.cells) == {f"disputes.review.{c}" for c in ("upheld", "corrected", "other", "pending", "total")}


def test_results_beside_a_failing_sum_may_have_moved_with_them() -> None:
    found = [(f.row, len(f.cells)) for f in audit({"disputes.review.total": 4}).findings if f.kind == "beside"]
    assert found == [("litigation_direct", 5), ("litigation_after_review", 5)]
    assert [f for f in audit({}).findings if f.kind == "beside"] == []


def test_proposals_are_numbered_on_from_those_of_the_table() -> None:
    shift = Shift(0, 2.0, 3.0, inf)
    one, other = Proposal((shift,), None), Proposal((shift,), "two cells swapped", "slip")
    for others, unique in (((), True), ((other,), False)):
        changes = list(list_changes(parts("2021", "disputes")[0], Located((one,), True, others), 4))
        assert [(c.proposal, c.kind, c.unique, c.low, c.high) for c in changes] == [
            (5, "smallest_set", unique, 3.0, None), (6, "slip", False, 3.0, None),
        ][: len(changes)]
