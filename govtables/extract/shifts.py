"""Rows that have probably lost a cell, so that what stood behind it stands one column too early.

In: the placements of rows, the identities along them. Out: rows in doubt.
Next: `values_to_columns`, `disputes`.

Deleting a cell moves the total into the last column before it and leaves the total blank. Such a row is
doubted and never completed: its own numbers cannot say whether they moved.
"""

from collections.abc import Sequence

from govtables.extract.candidates import Placement, number
from govtables.forms import Equation

MOVED = "cells are blank, and the sums also hold with numbers moved by one: which is here cannot be told"
WHY = "the total is blank, and the last number may be it: a cell of the row has probably been lost"


def doubted_rows(placements: dict[str, list[Placement]], along: Sequence[Equation]) -> set[str]:
    """Rows whose last number is the sum of the others, or may be in all rows whose totals are blank."""
    single = {code: found[0] for code, found in placements.items() if len(found) == 1}
    told = {code: _tell(placed, one) for code, placed in single.items() for one in along}
    moved = {code for code, verdict in told.items() if verdict == "sum"}
    may_be = {code for code, verdict in told.items() if verdict == "more"}
    return moved | may_be if "less" not in told.values() else moved


def _tell(placed: Placement, one: Equation) -> str | None:
    """Compare the last number of a row with the sum of the others, where its total is blank."""
    total, *children = (at for at, _ in one.terms)
    if any(placed[at] is None for at in children) or placed[total] is None or placed[total].text:
        return None
    printed = [at for at in children if placed[at].text]
    numbers = [number(placed[at]) or 0.0 for at in printed]
    if not any(numbers):
        return None
    last, others = numbers[-1], sum(numbers[:-1])
    if last == others:
        return "sum"
    return "more" if last > others and printed[-1] == children[-1] else "less"


def told_despite_loss(placed: Placement, width: int, along: Sequence[Equation]) -> Placement:
    """What a line of groups with one blank tells: cells that hold wherever a cell may be lost, or put in.

    Of a line with more blanks nothing, where a number may be the total behind it, or blanks were dropped.
    """
    groups = [slice(at, at + width) for at in range(0, len(placed), width)]
    blanks = [at for at, cell in enumerate(placed) if cell is None or not cell.text]
    if len(blanks) != 1 or not any(map(number, placed)):
        lost = any(_tell(placed[group], one) == "sum" for group in groups for one in along)
        return (None,) * len(placed) if lost or _are_packed(placed, groups, along) else placed
    [blank], last = blanks, len(placed) - 1
    moved = [(*placed[:blank], *placed[blank + 1 :], None)]
    if blank == last:
        moved = [(*placed[:at], None, *placed[at:-1]) for at in range(last)]
    moved = [m for m in moved if all(one.may_hold(list(map(number, m[g]))) for g in groups for one in along)]
    values, *others = ([value for g in groups for value in _completed(m[g], along)] for m in (placed, *moved))
    same = [all(other[at] == value for other in others) for at, value in enumerate(values)]
    return tuple(cell if held else None for cell, held in zip(placed, same, strict=True))


def _are_packed(placed: Placement, groups: Sequence[slice], along: Sequence[Equation]) -> bool:
    """Tell numbers above zero that stand before all blanks and are no whole groups: blanks were dropped."""
    values = list(map(number, placed))
    printed = [value for value in values if value is not None]
    count = len(printed)
    whole = count % groups[0].stop == 0 and all(one.may_hold(values[g]) for g in groups for one in along)
    return 0 < count < len(values) - 1 and values[:count] == printed and all(printed) and not whole


def _completed(placed: Placement, along: Sequence[Equation]) -> list[float | None]:
    """Numbers of a group, the unknown one given by its identity: only to compare, never to publish."""
    values = list(map(number, placed))
    for one in along:
        known, unknown = one.sides(values)
        if sum(unknown) == 1:
            at = next(at for at, _ in one.terms if values[at] is None)
            values[at] = abs(known[0] - known[1])
    return values
