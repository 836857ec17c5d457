"""Checks of identities, of what a number may be, and of blanks."""

from random import Random

import pytest

from govtables.forms import GENERATIONS, parts, tables
from govtables.proof.checks import check_equation, check_equations
from govtables.proof.local_lines import Addition
from tests.proof.auditing import GRANTED, GRANTED_TOTAL, SMALL, Report, audit, find_check, make_report

UNKNOWN = "requests.granted.research_institution"


@pytest.mark.parametrize(
    ("generation", "code", "value", "kind"),
    [
        pytest.param("2021", "disclosure.licence.decisions", 2.5, "whole_number", id="fraction of a count"),
        pytest.param("2021", "disclosure.licence.decisions", -1, "non_negative", id="negative count"),
        pytest.param("2021", "disputes.review.upheld", 2.5, "whole_number", id="fraction in an identity"),
        pytest.param("2021", "disclosure.fee.amount", 38.441094, None, id="amount may be decimal"),
        pytest.param("2021", "disclosure.fee.amount", -1, "non_negative", id="negative amount"),
        pytest.param("2019", "disclosure.licence.change", -3, None, id="change may be negative"),
        pytest.param("2019", "disclosure.licence.change", 0.5, "whole_number", id="fraction of a change"),
        pytest.param("2019", "disclosure.procurement.amount", 52.15, None, id="amount of 2019"),
    ],
)
def test_what_a_number_may_be(generation: str, code: str, value: float, kind: str | None) -> None:
    found = [f for f in audit({code: value}, SMALL, generation).findings if f.kind in ("whole_number", "non_negative")]
    assert [(f.kind, f.cells) for f in found] == ([(kind, (code,))] if kind else [])


ZEROS = {code: None for code, value in make_report(SMALL).items() if code.startswith("requests") and value == 0}


@pytest.mark.parametrize(
    ("edits", "table", "verdict"),
    [
        pytest.param(ZEROS, "requests", "holds", id="zeros left blank"),
        pytest.param(ZEROS | {GRANTED: None}, "requests", "fails", id="a number left blank"),
        pytest.param(ZEROS | {"requests.concluded.total": 9}, "requests", "undecided", id="contradicted"),
        pytest.param({"disclosure.licence.decisions": None}, "disclosure", "undecided", id="in no identity"),
        pytest.param({"disputes.review.other": None}, "disputes", "holds", id="one group of disputes"),
    ],
)
def test_blank_is_zero(edits: Report, table: str, verdict: str) -> None:
    assert [c.verdict for c in audit(edits).checks if c.check == "blank_is_zero" and c.table == table] == [verdict]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param({GRANTED: None}, (1209, None, None, None, 1206, "undecided"), id="part unknown"),
        pytest.param({GRANTED_TOTAL: None}, (None, 1209, None, -1209, None, "undecided"), id="total unknown"),
        pytest.param({GRANTED: None, GRANTED_TOTAL: None}, (None, None, None, None, None, "undecided"), id="both unknown"),
        pytest.param({UNKNOWN: None, GRANTED_TOTAL: 9}, (9, None, None, None, -1200, "fails"), id="known parts exceed the total"),
    ],
)
def test_checks_without_all_numbers(edits: Report, expected: tuple) -> None:
    check = find_check(audit(edits), "row_sum", "granted")
    assert (*check[4:9], check.verdict) == expected


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("table", tables())
def test_all_identities_at_once_are_checked_as_one_by_one(generation: str, table: str) -> None:
    rng = Random(7)
    held = 0
    for part in parts(generation, table):
        for number in (0.0, -0.0, 3.0, -2.0, 0.1, 2.0**53, float("inf"), None):
            values = [0.0] * len(part.keys)
            for at in rng.sample(range(len(values)), rng.randint(0, 3)):
                values[at] = number
            beside = [Addition()] * len(part.equations)
            found = check_equations(part, beside, values)
            assert repr(found) == repr([check_equation(*pair, values) for pair in zip(part.equations, beside, strict=True)])
            held += all(check.verdict == "holds" for check in found)
    assert held or not parts(generation, table)
