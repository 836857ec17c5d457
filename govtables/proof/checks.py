"""Checks of a report's cells: the identities of the form, and what a count may be.

In: the cells of a table. Out: a `Check` for each identity on each row or column. Next: `prove`.

A cell without a number counts as anything from zero up, so a check may fail, or be undecided, without it.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from govtables.declared import declared
from govtables.forms import Equation, Part, Values
from govtables.language import EXACT, join, tell
from govtables.proof.local_lines import Addition
from govtables.proof.sentences import name_of, tell_addition, tell_blanks, tell_sides
from govtables.records import FAILS, HOLDS, NEAR, UNDECIDED, CellRow, Check


def check_equations(part: Part, beside: Sequence[Addition], values: Values) -> list[Check]:
    """Compare both sides of the identities of a part: those of whole numbers that all hold at once."""
    if None not in values and not any(addition.lines for addition in beside):
        numbers = np.array(values)
        if np.abs(numbers).sum() < EXACT and not (numbers % 1).any():
            left, right = _matrices(part) @ numbers + 0.0
            if (left == right).all():
                pairs = zip(part.equations, left.tolist(), strict=True)
                return [Check(*one[:4], sum_, sum_, 0.0, 0.0, 0.0, HOLDS, one.formula) for one, sum_ in pairs]
    return [check_equation(*pair, values) for pair in zip(part.equations, beside, strict=True)]


@cache
def _matrices(part: Part) -> np.ndarray:
    """The left sides of a part's identities as rows over its cells, and the right sides."""
    sides = np.zeros((2, len(part.equations), len(part.keys)))
    for n, one in enumerate(part.equations):
        for at, weight in one.terms:
            sides[int(weight < 0), n, at] += 1.0
    return sides


def check_equation(equation: Equation, beside: Addition, values: Values) -> Check:
    """Compare both sides of an identity, as far as their cells and the local lines beside them are known."""
    known, unknown = equation.sides(values)
    left, right = (None if unknown[side] else known[side] for side in (0, 1))
    open_end = beside.added is None
    difference = known[0] - known[1] - (beside.added or 0.0)
    low = None if unknown[1] or open_end else difference
    high = None if unknown[0] or (open_end and equation.has_both_sides()) else difference
    verdict = decide(low, high)
    message = None if verdict == UNDECIDED and not any(unknown) else tell_sides(low, high, verdict)
    if beside.lines:
        message = join([message, tell_addition(beside, None if any(unknown) else difference)])
    exact = None if any(unknown) or open_end else difference
    return Check(*equation[:4], left, right, exact, low, high, verdict, equation.formula, message)


def decide(low: float | None, high: float | None) -> str:
    """Decide from the least and greatest difference of two sides; `None` is an end that nothing bounds."""
    if (low is not None and low > NEAR) or (high is not None and high < -NEAR):
        return FAILS
    return UNDECIDED if low is None or high is None else HOLDS


@cache
def limits() -> dict[tuple[str, str], str]:
    """What each column may hold, by table and column: ``count``, ``signed_count`` or ``amount``."""
    return {(line["table"], line["column"]): line["values"] for line in declared("forms", "columns")}


def off_limits(cell: CellRow) -> str | None:
    """Name the check that a cell's number breaks by itself: it is negative, or no whole number."""
    if not cell.value or (cell.value > 0 and cell.value % 1 == 0):
        return None
    kind = limits().get((cell.table, cell.column), "count")
    if cell.value < 0 and kind != "signed_count":
        return "non_negative"
    return "whole_number" if kind != "amount" and cell.value % 1 else None


def check_limits(
    table: str, cells: Sequence[CellRow], broken: Sequence[tuple[CellRow, str]]
) -> Iterator[Check]:
    """Say for a table whether its counts are non-negative and whole; left is how many cells are not."""
    known = sum(cell.value is not None for cell in cells)
    for name in ("non_negative", "whole_number"):
        some = [cell for cell, check in broken if check == name]
        verdict = FAILS if some else HOLDS if known else UNDECIDED
        message = join(tell("proof.cell_is", code=name_of(cell, False), value=cell.value) for cell in some)
        many = float(len(some))
        yield Check(name, table, None, None, many, 0.0, many, None, None, verdict, None, message)


def check_blanks(table: str, verdicts: Sequence[bool | None], blanks: int, forced: int) -> Check:
    """Test the hypothesis that a blank means zero; a verdict a part, `None` where it could not be asked."""
    told = [verdict for verdict in verdicts if verdict is not None]
    verdict = FAILS if False in told else HOLDS if told and len(told) == len(verdicts) else UNDECIDED
    numbers, message = map(float, (blanks, forced, blanks - forced)), tell_blanks(verdict, blanks, forced)
    return Check("blank_is_zero", table, None, None, *numbers, None, None, verdict, None, message)
