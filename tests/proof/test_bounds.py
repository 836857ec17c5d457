"""Bounds of unknown cells, against enumeration."""

from itertools import product

import pytest

from govtables.forms import parts
from govtables.proof.bounds import infer
from tests.proof.auditing import EQUAL_FLOW, SMALL, audit, code_of, inferred, make_report


def test_flow_left_blank_has_bounds() -> None:
    blank = {code: None for code in make_report(SMALL) if ".carried_" in code}
    proof = audit(blank, SMALL | EQUAL_FLOW)
    assert inferred(proof) == {}
    assert {code_of(bound): bound[3:] for bound in proof.bounds} == dict.fromkeys(blank, (0, None))
    surplus = {code_of(bound): bound[3:] for bound in audit(blank).bounds}
    assert surplus["requests.carried_in.natural_person"] == surplus["requests.carried_in.total"] == (1, None)


GROUP = parts("2021", "disputes")[0]  # upheld, corrected, other, pending, total


def test_one_number_of_many_digits_among_blanks():
    """The solver loses its way from one solution to the next, and finds it when it begins anew."""
    value = 99999999999999.0
    part = parts("2021", "requests")[0]
    at = part.position["requests", "granted", "public_interest_organization"]
    values = [None] * len(part.keys)
    values[at] = value
    found = infer(part, values, range(len(part.equations)))
    assert found[part.position["requests", "granted", "total"]].low == value
    assert found[part.position["requests", "denied.state_secret", "total"]].low == 0


@pytest.mark.parametrize("values", list(product([None, 0.0, 1.0, 2.0], repeat=5))[:: 7])
def test_inference_against_enumeration(values):
    """Every whole solution of four results and their total, up to the largest total that counts here."""
    most = 12
    solutions = [
        (*parts_, sum(parts_))
        for parts_ in product(*[[int(v)] if v is not None else range(most + 1) for v in values[:4]])
        if values[4] in (None, float(sum(parts_)))
    ] if values.count(None) < 4 else None
    found = infer(GROUP, list(values), (0,))
    if solutions == []:
        assert found is None
    elif solutions is not None and values[4] is not None:
        for at, bound in found.items():
            seen = [solution[at] for solution in solutions]
            assert (bound.low, bound.high) == (min(seen), max(seen))
    elif solutions is not None:
        assert all(bound.low <= min(s[at] for s in solutions) for at, bound in found.items())
        assert found[4].low == sum(value or 0 for value in values[:4])
