"""Checks of a report's cells: the identities of the form, and what a count may be.

In: the cells of a table. Out: one `Check` for each identity on each row or column, with both sides and a verdict. Next: `proof`.

A cell without a number counts as anything from zero up, so a check may fail, or be undecided, without it.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from govtables.declared import declared
from govtables.forms import Equation, Values
from govtables.proof.local_lines import Addition, has_both_sides
from govtables.records import FAILS, HOLDS, NEAR, UNDECIDED, CellRow, Check


def check_equation(equation: Equation, values: Values, beside: Addition) -> Check:
    """Compare both sides of an identity, as far as their cells and the local lines beside them are known."""
    known, unknown = [0.0, 0.0], [0, 0]
    for at, weight in equation.terms:
        value = values[at]
        if value is None:
            unknown[weight < 0] += 1
        else:
            known[weight < 0] += value
    left, right = (None if unknown[side] else known[side] for side in (0, 1))
    open_end = beside.added is None
    difference = known[0] - known[1] - (beside.added or 0.0)
    low = None if unknown[1] or open_end else difference
    high = None if unknown[0] or (open_end and has_both_sides(equation)) else difference
    verdict, message = _decide(low, high)
    if verdict == UNDECIDED and not sum(unknown):
        message = None
    if beside.lines:
        message = "; ".join(filter(None, (message, _tell_beside(beside, difference if not sum(unknown) else None))))
    exact = None if sum(unknown) or open_end else difference
    return Check(*equation[:4], left, right, exact, low, high, verdict, equation.formula, message)


def _decide(low: float | None, high: float | None) -> tuple[str, str | None]:
    if low is not None and low > NEAR:
        return FAILS, f"the left side is {'at least ' if high is None else ''}{low:.15g} more than the right"
    if high is not None and high < -NEAR:
        return FAILS, f"the right side is {'at least ' if low is None else ''}{-high:.15g} more than the left"
    if low is not None and high is not None:
        return HOLDS, None
    return UNDECIDED, "a cell without a number stands in it"


def _tell_beside(beside: Addition, difference: float | None) -> str:
    lines = ", ".join(line.removeprefix("extra.") for line in beside.lines)
    if beside.added is None:
        open_by = f"the sides differ by {abs(difference):.15g}, and " if difference else ""
        return f"{open_by}whether the local line beside it ({lines}) is counted cannot be told"
    return f"the local line beside it ({lines}) counted as {beside.added:.15g}" if beside.added else f"{lines} not counted"


@cache
def limits() -> dict[tuple[str, str], str]:
    """What the values of each column may be, by table and column: ``count``, ``signed_count`` or ``amount``."""
    return {(line["table"], line["column"]): line["values"] for line in declared("forms", "columns")}


def off_limits(cell: CellRow) -> str | None:
    """Name the check that a cell's number breaks by itself: it is negative, or no whole number."""
    if not cell.value:
        return None
    kind = limits().get((cell.table, cell.column), "count")
    if cell.value < 0 and kind != "signed_count":
        return "non_negative"
    return "whole_number" if kind != "amount" and cell.value % 1 else None


def check_limits(table: str, cells: Sequence[CellRow], broken: Sequence[tuple[CellRow, str]]) -> Iterator[Check]:
    """Say for a table whether its counts are non-negative and whole; left is how many cells are not."""
    known = sum(cell.value is not None for cell in cells)
    for name in ("non_negative", "whole_number"):
        some = [cell for cell, check in broken if check == name]
        verdict = FAILS if some else HOLDS if known else UNDECIDED
        message = "; ".join(f"{cell.row}.{cell.column} is {cell.value:.15g}" for cell in some) or None
        yield Check(name, table, None, None, float(len(some)), 0.0, float(len(some)), None, None, verdict, None, message)
