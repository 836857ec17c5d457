"""Checks of a report's cells: the identities of the form, and what a count may be.

In: the cells of a table. Out: one `Check` for each identity on each row or column, with both sides and a verdict. Next: `proof`.

A cell without a number counts as anything from zero up, so a check may fail, or be undecided, without it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from govtables.cells import CellRow
from govtables.edits import Equation, Part, Values
from govtables.forms import declared

NEAR = 1e-6
HOLDS, FAILS, UNDECIDED = "holds", "fails", "undecided"


class Check(NamedTuple):
    """One check of a report: what was compared, by how much the sides differ, and what that decides."""

    check: str
    table: str | None
    row: str | None
    column: str | None
    left: float | None
    right: float | None
    difference: float | None
    low: float | None
    high: float | None
    verdict: str
    operands: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class Extras:
    """What local rows and columns add to the equations they stand beside; `None` where that is unknown."""

    by_column: dict[str, float | None] = field(default_factory=dict)
    by_row: dict[str, float | None] = field(default_factory=dict)

    def beside(self, equation: Equation) -> float | None:
        """The sum of the extra cells in an equation's row or column; 0 where there are none."""
        return self.by_row.get(equation.row, 0.0) if equation.row else self.by_column.get(equation.column, 0.0)


def collect_extras(cells: Iterable[CellRow], columns: Sequence[str]) -> Extras:
    """Sum the cells of a table that the form does not know, by column and by row; `columns` are the form's, the total last."""
    found = Extras()
    rows: dict[str, list[CellRow]] = {}
    for cell in cells:
        if cell.row.startswith("extra."):
            rows.setdefault(cell.row, []).append(cell)
        else:
            _add(found.by_row, cell.row, cell.value)
    for row in rows.values():
        for column, value in _place_extra(row, columns).items():
            _add(found.by_column, column, value)
    return found


def _add(sums: dict[str, float | None], code: str, value: float | None) -> None:
    before = sums.get(code, 0.0)
    sums[code] = None if before is None or value is None else before + value


def _place_extra(row: Sequence[CellRow], columns: Sequence[str]) -> dict[str, float | None]:
    """Values of an extra row by column; its cells are numbered as printed, and unknown unless they add up to the last one."""
    numbered = {f"extra.{n}": column for n, column in enumerate(columns, 1)}
    values = {numbered.get(cell.column, cell.column): cell.value for cell in row}
    told = values.keys() <= set(columns) and None not in values.values()
    if told and sum(values.values()) == 2 * values.get(columns[-1], 0.0):
        return values
    return dict.fromkeys(columns)


def check_equation(equation: Equation, values: Values, extras: Extras) -> Check:
    """Compare both sides of an identity, as far as their cells are known."""
    known, unknown = [0.0, 0.0], [0, 0]
    for at, weight in equation.terms:
        value = values[at]
        if value is None:
            unknown[weight < 0] += 1
        else:
            known[weight < 0] += value
    left, right = (None if unknown[side] else known[side] for side in (0, 1))
    difference = known[0] - known[1]
    low = None if unknown[1] else difference
    high = None if unknown[0] else difference
    verdict, message = _decide(low, high)
    if verdict == FAILS and (beside := extras.beside(equation)) != 0:
        verdict, message = _count_extras(equation, beside, difference, sum(unknown), message)
    exact = None if sum(unknown) else difference
    return Check(*equation[:4], left, right, exact, low, high, verdict, equation.formula, message)


def _decide(low: float | None, high: float | None) -> tuple[str, str | None]:
    if low is not None and low > NEAR:
        return FAILS, f"the left side is {'at least ' if high is None else ''}{low:g} more than the right"
    if high is not None and high < -NEAR:
        return FAILS, f"the right side is {'at least ' if low is None else ''}{-high:g} more than the left"
    if low is not None and high is not None:
        return HOLDS, None
    return UNDECIDED, "a cell without a number stands in it"


def _count_extras(equation: Equation, beside: float | None, difference: float, unknown: int, message: str) -> tuple[str, str]:
    """Decide again with the row or column that the form does not know, which may be counted in the total."""
    if beside is None:
        return UNDECIDED, f"{message}; a cell of an extra row or column beside it has no number"
    if not unknown and abs(difference - beside) < NEAR:
        return HOLDS, f"counting the extra {'column' if equation.row else 'row'} beside it, {beside:g}"
    return FAILS, f"{message}; counting the extra {'column' if equation.row else 'row'} beside it does not help"


def trusted(part: Part, extras: Extras) -> tuple[int, ...]:
    """The equations of a part that no cell unknown to the form stands beside."""
    if not extras.by_row and not extras.by_column:
        return tuple(range(len(part.equations)))
    return tuple(n for n, equation in enumerate(part.equations) if extras.beside(equation) == 0)


@cache
def limits() -> dict[tuple[str, str], str]:
    """What the values of each column may be, by table and column: ``count``, ``signed_count`` or ``amount``."""
    return {(line["table"], line["column"]): line["values"] for line in declared("columns")}


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
        message = "; ".join(f"{cell.row}.{cell.column} is {cell.value:g}" for cell in some) or None
        yield Check(name, table, None, None, float(len(some)), 0.0, float(len(some)), None, None, verdict, None, message)
