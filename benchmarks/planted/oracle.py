"""What could be told at best: one linear program over all cells of tables B and C, one of whole numbers.

In: known numbers. Out: bounds of the others, cells that alone can be wrong. Next: the tables of results.
"""

from __future__ import annotations

import functools
from math import inf

import highspy
import numpy as np

from planted.sums import Values, sums
from synthetic import Code


MOST = 1e7  # instead of no bound, which a program over whole numbers does not tell


class Oracle:
    """One linear program over all cells of tables B and C: known ones are fixed, others zero or more."""

    def __init__(self, generation: str) -> None:
        rows = sums(generation)
        self.codes = list(dict.fromkeys(code for terms in rows for code, _ in terms))
        self.place = {code: at for at, code in enumerate(self.codes)}
        self.model = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("threads", 1)
        self.model.setOptionValue("presolve", "off")  # each solve starts at the last solution
        for _ in self.codes:
            self.model.addVar(0.0, inf)
        for terms in rows:
            places, weights = [self.place[code] for code, _ in terms], [float(weight) for _, weight in terms]
            self.model.addRow(0.0, 0.0, len(terms), np.array(places, np.int32), np.array(weights))

    def know(self, known: Values) -> None:
        """Fix the known cells and free all others."""
        for code in self.codes:
            self.free(code) if code not in known else self.fix(code, known[code])

    def fix(self, code: Code, value: float) -> None:
        """Give a cell its number."""
        self.model.changeColBounds(self.place[code], value, value)

    def free(self, code: Code) -> None:
        """Let a cell take any number from zero up."""
        self.model.changeColBounds(self.place[code], 0.0, inf)

    def feasible(self) -> bool:
        """Tell whether all identities can hold."""
        self.model.run()
        return self.model.getModelStatus() == highspy.HighsModelStatus.kOptimal

    def bounds(self, code: Code) -> tuple[float, float]:
        """The least and the greatest number that a cell can take."""
        return self._end(code, 1.0), self._end(code, -1.0)

    def _end(self, code: Code, sign: float) -> float:
        self.model.changeColCost(self.place[code], sign)
        self.model.run()
        status, value = self.model.getModelStatus(), self.model.getInfo().objective_function_value
        self.model.changeColCost(self.place[code], 0.0)
        if status == highspy.HighsModelStatus.kUnbounded:
            return inf
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the oracle ended with {status} for {code}")
        return round(sign * value, 6) + 0.0

    def suspects(self, known: Values) -> list[Code]:
        """Known cells of which one alone, set free, lets all identities hold."""
        negative = {code for code, value in known.items() if value < 0}
        self.know({code: max(value, 0.0) for code, value in known.items()})
        found = []
        for code in negative or known:
            self.free(code)
            if negative <= {code} and self.feasible():
                found.append(code)
            self.fix(code, max(known[code], 0.0))
        return found


class WholeOracle(Oracle):
    """The same sums over whole numbers alone: what a bound is that no fraction attains."""

    def __init__(self, generation: str) -> None:
        super().__init__(generation)
        self.model.setOptionValue("presolve", "choose")
        for place in self.place.values():
            self.model.changeColIntegrality(place, highspy.HighsVarType.kInteger)

    def free(self, code: Code) -> None:
        """Let a cell take any number from zero up, to far more than a report has."""
        self.model.changeColBounds(self.place[code], 0.0, MOST)

    def _end(self, code: Code, sign: float) -> float:
        value = super()._end(code, sign)
        return inf if value > MOST / 2 else value


oracle, whole_oracle = functools.cache(Oracle), functools.cache(WholeOracle)
