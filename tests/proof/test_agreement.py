"""Proposals for a contradicted table, beside what other reports say of its cells."""

import pytest

from govtables.proof.fingerprints import Fingerprint, fingerprint
from govtables.proof.prove import prove
from tests.proof.auditing import SMALL, Report, make_report, to_cells
from tests.proof.comparing import run

CARRIED = {"carried_in": 4, "carried_over": 3}  # as SMALL has them


def read(name: str, year: int, edits: Report, leaves: Report = SMALL, issuer: str = "花街镇") -> Fingerprint:
    """A report as it is read and audited."""
    proof = prove(to_cells(make_report(leaves) | edits))
    report = {"report_id": name, "sha256": name.encode().hex(), "issuer": issuer, "year": year, "error": None}
    return fingerprint(report, proof.cells, None, proof.proposals)


def flow(row: str, value: float) -> Report:
    return {f"requests.{row}.{column}": value for column in ("natural_person", "total")}


def told(*reports: Fingerprint, hierarchy=()) -> list[tuple]:
    found = [check for _, check in run(*reports, hierarchy=hierarchy) if check.check == "located"]
    return [(check.verdict, check.left, check.right, check.message) for check in found]


SLIPPED = read("b.txt", 2022, flow("carried_over", 9))  # as if 6 more were carried over
BEFORE = read("a.txt", 2021, {}, {"requests.carried_over.natural_person": 4})
AFTER = read("c.txt", 2023, {}, {"requests.carried_in.natural_person": 3})


def test_without_other_reports_nothing_is_told():
    assert len({change.proposal for change in SLIPPED.proposals}) > 2
    assert told(SLIPPED) == []


def test_the_year_before_rules_out_what_would_change_what_was_carried_in():
    [(verdict, count, left, message)] = told(BEFORE, SLIPPED)
    ways = {change.proposal: change.row for change in SLIPPED.proposals}
    assert (count, left) == (len(ways), len([row for row in ways.values() if row != "carried_in"]))
    assert verdict == "undecided" and "that agree with a.txt are number" in message


def test_the_year_after_tells_which_one_is_left():
    [(verdict, _, left, message)] = told(SLIPPED, AFTER)
    assert (verdict, left) == ("fails", 1)
    assert message.endswith("carried_over.natural_person: 3; carried_over.total: 3)")
    assert [row[0] for row in told(BEFORE, SLIPPED, AFTER)] == ["fails"]


def test_a_witness_with_which_no_proposal_agrees_is_not_heard():
    assert told(read("a.txt", 2021, {}, {"requests.carried_over.natural_person": 5}), SLIPPED) == []
    assert told(read("a.txt", 2021, {}, {}), read("b.txt", 2022, flow("received", 99), {})) == []


@pytest.mark.parametrize("own", [0, 5], ids=["its children's sum", "and requests of its own"])
def test_children_tell_where_they_add_up(own):
    town = read("t.txt", 2022, {}, issuer="石柱镇")
    leaves = SMALL | {"requests.granted.natural_person": SMALL["requests.granted.natural_person"] + own}
    parent = read("p.txt", 2022, flow("carried_over", 9), leaves, "永康市")
    found = told(parent, town, hierarchy=[("永康市", "石柱镇")])
    assert [row[0] for row in found] == ([] if own else ["fails"])


def test_a_report_without_contradiction_is_asked_nothing():
    assert told(BEFORE, read("b.txt", 2022, {}), AFTER) == []
