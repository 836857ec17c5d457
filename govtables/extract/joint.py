"""Rows placed together, where zeros are left out and positions are invisible.

In: the possible placements of all rows of a table. Out: those that all sums allow at once, blanks being zero.
Next: `values_to_columns`.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

import numpy as np

from govtables.extract.candidates import Placement, number
from govtables.forms import Equation, Form
from govtables.readers import Cell
from govtables.records import NEAR

WHY = "zeros are left out; placed by the sums of all rows and columns together"
MOST_STEPS, MOST_SOLUTIONS = 10_000, 100  # with more, nothing is told
Sums = list[dict[str, int]]  # of each identity between rows, the weights of its rows


def place_together(
    candidates: dict[str, list[Placement]], values: dict[str, list[Cell]], known: Form, table: str,
    along: Equation,
) -> dict[str, list[Placement]]:
    """Placements of the open rows in all solutions; none where a zero, or what is no number, is printed.

    Totals stand in every row, or in none; in none only where few last numbers are the sum of the others.
    """
    (total, _), *children = along.terms
    places = [at for at, _ in children]
    numbers = [[number(cell) for cell in cells] for cells in values.values()]
    whole = candidates.keys() == {row.code for row in known.rows[table]} and [] not in candidates.values()
    if not whole or any(not value for own in numbers for value in own):
        return {}
    sums_last = [sum(own[:-1]) == own[-1] for own in numbers if own[1:]]
    totals = 2 * sum(sums_last) > len(sums_last)
    between = [one for one in known.identities if (one.table, one.axis) == (table, "row")]
    sums = [{one.parent: -1} | dict(one.children) for one in between]
    solved = []
    for at in (total, None):
        options = {row: list(_options(cells, places, at)) for row, cells in values.items()}
        solved.append(list(islice(_solutions(options, sums, places), MOST_SOLUTIONS)))
    found = sum(solved, []) if solved[0] or not totals else []
    told = found if len(found) < MOST_SOLUTIONS and None not in found else []
    opened = [row for row in values if len(candidates[row]) > 1]
    return {row: list(dict.fromkeys(one[row] for one in told)) for row in opened if told}


def _options(cells: Sequence[Cell], places: Sequence[int], total: int | None) -> Iterator[Placement]:
    """Placements in order, the last number being the total if there are totals."""
    core, last = (cells[:-1], cells[-1]) if total is not None and cells else (cells, None)
    if last and sum(map(number, core)) != number(last):
        return
    for chosen in combinations(places, len(core)):
        held = dict(zip(chosen, core, strict=True)) | ({total: last} if last else {})
        yield tuple(held.get(at, Cell("", "")) for at in range(len(places) + 1))


def _solutions(
    options: dict[str, list[Placement]], sums: Sums, places: Sequence[int]
) -> Iterator[dict[str, Placement] | None]:
    """Choices of a placement for each row in which all sums are even; `None` where the search is given up."""
    rows = sorted(options, key=lambda row: len(options[row]))
    if not all(options.values()):
        return
    terms = []  # by row: what each of its placements adds to each sum, in each column
    for row in rows:
        weights = np.array([[one.get(row, 0)] for one in sums])
        vectors = ([number(placed[at]) or 0.0 for at in places] for placed in options[row])
        terms.append(np.array([(weights * vector).ravel() for vector in vectors]))
    left = [np.zeros((2, terms[0].shape[1]))]  # least and most of what the rows behind may add
    for own in terms[::-1]:
        left.insert(0, left[0] + [own.min(axis=0), own.max(axis=0)])
    stack = [(0, left[-1][0], ())]
    for _ in range(MOST_STEPS):
        if not stack:
            return
        at, added, chosen = stack.pop()
        if at == len(rows):
            yield dict(zip(rows, chosen, strict=True))
            continue
        sides = added + terms[at]
        may_hold = (sides + left[at + 1][0] < NEAR) & (sides + left[at + 1][1] > -NEAR)
        for n in np.flatnonzero(may_hold.all(axis=1)):
            stack.append((at + 1, sides[n], (*chosen, options[rows[at]][n])))
    yield None
