"""Exact bounds and conflicts of linear systems, by HiGHS (Huangfu and Hall 2018).

In: equations with whole coefficients over non-negative cells. Out: bounds, or proof that no solution is there.
Next: `inference`, `locate`.

The systems of the form are networks (each cell leads from a row to a column), so what is optimal is whole.
"""

from collections.abc import Iterable, Sequence
from math import inf

import highspy
import numpy as np

from govtables.edits import Part, Values

Terms = Sequence[tuple[int, int]]
NEAR = 1e-6  # what rounding may leave of a whole number


def exact_bounds(
    equations: Sequence[tuple[Terms, float]], bounds: Sequence[tuple[float, float]]
) -> list[tuple[float, float]] | None:
    """Least and greatest value of each cell over all solutions of ``sum(weight * cell) == value``; `None` if there is none.

    `bounds` hold already; those that some solution attains need no work.
    """
    model = _model([terms for terms, _ in equations], [value for _, value in equations], bounds)
    found = [[inf, -inf] for _ in bounds]
    for at, limits in enumerate(bounds):
        for side, sign in ((0, 1.0), (1, -1.0)):
            if found[at][side] == limits[side]:
                continue
            status, solution = _optimum(model, at, sign)
            if status == highspy.HighsModelStatus.kInfeasible:
                return None
            if status != highspy.HighsModelStatus.kOptimal:
                found[at][side] = limits[side]  # without bound
                continue
            for seen, value in zip(found, solution, strict=True):
                seen[0], seen[1] = min(seen[0], value), max(seen[1], value)
    return [(low, high) for low, high in found]


def _optimum(model: highspy.Highs, at: int, sign: float) -> tuple[highspy.HighsModelStatus, list[float]]:
    """The solution with the least value of one cell, or with the greatest."""
    model.changeColCost(at, sign)
    model.run()
    status, values = model.getModelStatus(), model.getSolution().col_value
    model.changeColCost(at, 0.0)
    return status, [_whole(value) for value in values]


def _whole(value: float) -> float:
    near = round(value)
    return float(near) if abs(value - near) < NEAR else value


def _model(rows: Sequence[Terms], values: Sequence[float], bounds: Sequence[tuple[float, float]]) -> highspy.Highs:
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

    Each equation gets a slack on either side at cost one. Where slack is left, the dual solution is the proof: only cells with a
    reduced cost that a change would lower can help, so at least one of them must change.
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
        freed = [at for at in freed if self.values[at] is not None]
        for at in freed:
            self.model.changeColBounds(at, 0.0, inf)
        self.model.run()
        conflict = self._read(set(freed)) if self.model.getInfo().objective_function_value > NEAR else None
        for at in freed:
            self.model.changeColBounds(at, self.values[at], self.values[at])
        return conflict

    def _read(self, freed: set[int]) -> frozenset[int]:
        costs = self.model.getSolution().col_dual
        return frozenset(
            at
            for at, value in enumerate(self.values)
            if value is not None and at not in freed and (costs[at] < -NEAR or (costs[at] > NEAR and value > 0))
        )
