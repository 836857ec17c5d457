"""Exact bounds and conflicts of linear systems, by HiGHS (Huangfu and Hall 2018).

In: equations with whole coefficients over non-negative cells. Out: bounds, or none left. Next: `bounds`.

The systems of the form are networks (each cell leads from a row to a column), so what is optimal is whole.
"""

from collections.abc import Iterable, Sequence
from math import inf

import highspy
import numpy as np

from govtables.forms import Part, Values
from govtables.language import EXACT, tell
from govtables.records import NEAR

Terms = Sequence[tuple[int, int]]
Ends = Sequence[tuple[float, float]]  # the least and the greatest that cells can be
SOLVED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)


class TooLarge(ArithmeticError):
    """Numbers so large that floats cannot hold their sums to the last digit."""


def exact_bounds(
    equations: Sequence[tuple[Terms, float]], bounds: Ends, wanted: Sequence[int]
) -> list[tuple[float, float]] | None:
    """Least and greatest value of the `wanted` cells over all solutions of ``sum(weight * cell) == value``.

    `None` if there is no solution. `bounds` hold already; those that some solution attains need no work. A
    greatest value is a sum of the equations' values and of bounds if it is finite, so a cell that gets past
    all of them has none. `TooLarge` is raised where bounds could not be exact.
    """
    values = [value for _, value in equations]
    far = 10 * (1 + sum(map(abs, values)) + sum(abs(end) for ends in bounds for end in ends if end < inf))
    if far >= EXACT:
        raise TooLarge(tell("proof.too_large", far=far))
    limits = [(low, min(high, far)) for low, high in bounds]
    model = _model([terms for terms, _ in equations], values, limits)
    solution = _optimum(model, 0, 0.0)
    if solution is None:
        return None
    found = [[value, value] for value in solution]
    for at in wanted:
        for side, sign in ((0, 1.0), (1, -1.0)):
            if found[at][side] != limits[at][side]:
                for seen, value in zip(found, _optimum(model, at, sign) or (), strict=True):
                    seen[0], seen[1] = min(seen[0], value), max(seen[1], value)
    return [(found[at][0], found[at][1] if found[at][1] < far / 2 else inf) for at in wanted]


def _optimum(model: highspy.Highs, at: int, sign: float) -> list[float] | None:
    """The solution with the least value of one cell, or with the greatest; `None` if there is no solution."""
    model.changeColCost(at, sign)
    model.run()
    if model.getModelStatus() not in SOLVED:
        # from the last solution it may not get on where values differ by many digits
        model.clearSolver()
        model.run()
    status, values = model.getModelStatus(), model.getSolution().col_value
    model.changeColCost(at, 0.0)
    if status not in SOLVED:
        raise ArithmeticError(tell("proof.solver_stopped", status=status))
    return [_whole(value) for value in values] if status == highspy.HighsModelStatus.kOptimal else None


def _whole(value: float) -> float:
    near = round(value)
    return float(near) if abs(value - near) < NEAR else value


def _model(rows: Sequence[Terms], values: Sequence[float], bounds: Ends) -> highspy.Highs:
    """A linear program without costs."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(bounds), len(rows)
    lp.col_cost_ = np.zeros(len(bounds))
    lp.col_lower_ = np.array([low for low, _ in bounds])
    lp.col_upper_ = np.array([high for _, high in bounds])
    lp.row_lower_ = lp.row_upper_ = np.array(values, float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array([at for terms in rows for at, _ in terms], np.int32)
    lp.a_matrix_.value_ = np.array([weight for terms in rows for _, weight in terms], float)
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("presolve", "off")  # small systems, solved again and again from the last solution
    model.setOptionValue("threads", 1)
    model.passModel(lp)
    return model


class Conflicts:
    """Finds, for cells that may change, why the others still contradict each other.

    Each equation gets a slack on either side at cost one. Where slack is left, the dual solution is the
    proof: only cells with a reduced cost that a change would lower can help, so at least one of them must
    change.
    """

    def __init__(self, part: Part, values: Values, equations: Iterable[int]) -> None:
        self.values = values
        rows = [part.equations[n].terms for n in equations]
        size = len(values)
        slack = [[(size + 2 * n, 1), (size + 2 * n + 1, -1)] for n in range(len(rows))]
        fixed = [(0.0, inf) if value is None else (value, value) for value in values]
        rows = [[*terms, *more] for terms, more in zip(rows, slack, strict=True)]
        self.model = _model(rows, [0.0] * len(rows), fixed + [(0.0, inf)] * (2 * len(rows)))
        for at in range(size, size + 2 * len(rows)):
            self.model.changeColCost(at, 1.0)

    def without(self, freed: Iterable[int]) -> frozenset[int] | None:
        """Cells of which at least one must change besides the `freed` ones; `None` when those suffice."""
        fixed = {at: value for at, value in enumerate(self.values) if value is not None}
        changed = {at: fixed.pop(at) for at in freed if at in fixed}
        for at in changed:
            self.model.changeColBounds(at, 0.0, inf)
        self.model.run()
        costs, left = self.model.getSolution().col_dual, self.model.getInfo().objective_function_value
        helps = {at for at, value in fixed.items() if costs[at] < -NEAR or (costs[at] > NEAR and value > 0)}
        for at, value in changed.items():
            self.model.changeColBounds(at, value, value)
        return frozenset(helps) if left > NEAR else None
