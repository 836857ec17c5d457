"""Bounds and conflicts from the solver, on systems small enough to enumerate."""

from itertools import product
from math import inf

import pytest

from govtables.forms.equations import parts
from govtables.proof.bounds import infer
from govtables.proof.locate import smallest_sets
from govtables.proof.solver import TooLarge, exact_bounds

GROUP = parts("2021", "disputes")[0]  # upheld, corrected, other, pending, total


@pytest.mark.parametrize(
    ("equations", "bounds", "expected"),
    [
        pytest.param([(((0, 1), (1, 1)), 5.0)], [(0.0, inf)] * 2, [(0.0, 5.0)] * 2, id="a sum"),
        pytest.param([(((0, 1), (1, -1)), 0.0)], [(0.0, inf)] * 2, [(0.0, inf)] * 2, id="equal and unbounded"),
        pytest.param([(((0, 1), (1, -1)), 3.0)], [(0.0, inf)] * 2, [(3.0, inf), (0.0, inf)], id="a difference"),
        pytest.param([(((0, 1), (1, 1)), 5.0)], [(0.0, 2.0), (0.0, inf)], [(0.0, 2.0), (3.0, 5.0)], id="a bound known before"),
        pytest.param([(((0, 1), (1, 1)), 5.0), (((0, 1), (1, -1)), 1.0)], [(0.0, inf)] * 2, [(3.0, 3.0), (2.0, 2.0)], id="determined"),
        pytest.param([(((0, 1), (1, 1)), 5.0), (((0, 1), (1, 1)), 6.0)], [(0.0, inf)] * 2, None, id="no solution"),
        pytest.param([(((0, 1), (1, 1)), 2e9)], [(0.0, inf)] * 2, [(0.0, 2e9)] * 2, id="large numbers"),
    ],
)
def test_exact_bounds(equations, bounds, expected):
    assert exact_bounds(equations, bounds, range(len(bounds))) == expected


def test_only_the_wanted_cells_are_given():
    assert exact_bounds([(((0, 1), (1, 1)), 5.0)], [(0.0, inf)] * 2, [1]) == [(0.0, 5.0)]


def test_numbers_too_large_for_exact_bounds_are_told():
    with pytest.raises(TooLarge, match=r"1e\+17"):
        exact_bounds([(((0, 1), (1, 1)), 1e16)], [(0.0, inf)] * 2, [0])


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
