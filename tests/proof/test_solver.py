"""Exact bounds by the solver."""

from math import inf

import pytest

from govtables.proof.solver import TooLarge, exact_bounds


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
