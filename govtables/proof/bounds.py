"""What the printed numbers leave for the cells without one (deductive imputation, exact Fréchet bounds).

In: the values of a part. Out: for each unknown cell its least and greatest value and the identities that
force them, or that the printed numbers contradict each other. Next: `locate`, `prove`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from math import inf
from operator import or_

from govtables.forms import Part, Values
from govtables.proof.solver import Terms, exact_bounds
from govtables.records import NEAR

Rest = tuple[list[tuple[int, int]], float]  # the unknown terms of an equation, and what they must sum to
MOST_ROUNDS = 200  # a loop of identities may creep towards its bounds; the solver does the rest


@dataclass(slots=True)
class Bounds:
    """What is left for one unknown cell; `because` has a bit for each identity used."""

    low: float = 0.0
    high: float = inf
    because_low: int = 0
    because_high: int = 0

    @property
    def because(self) -> int:
        """The identities behind both bounds."""
        return self.because_low | self.because_high


AllBounds = dict[int, Bounds]  # by position of the cell
OpenOnes = dict[int, Rest]  # by number of the equation


def infer(
    part: Part, values: Values, equations: Iterable[int], wanted: Collection[int] | None = None
) -> AllBounds | None:
    """Bounds of each unknown cell over all non-negative whole solutions; `None` if there is no solution.

    `equations` are those of the part to be trusted. With `wanted`, only the bounds of these cells are exact.
    """
    open_ones: OpenOnes = {}
    for n in equations:
        unknown, total = _rest(part, values, n)
        if unknown:
            open_ones[n] = unknown, total
        elif abs(total) > NEAR:
            return None
    bounds = {at: Bounds() for unknown, _ in open_ones.values() for at, _ in unknown}
    if not _propagate(part, open_ones, bounds):
        return None
    for group, cells in _loops(open_ones, bounds):
        some = [at for at in cells if wanted is None or at in wanted]
        if not _tighten(group, cells, open_ones, bounds, some):
            return None
    return bounds | {at: Bounds() for at, value in enumerate(values) if value is None and at not in bounds}


def _rest(part: Part, values: Values, n: int) -> Rest:
    """The unknown terms of an equation, and what they must sum to."""
    unknown, total = [], 0.0
    for at, weight in part.equations[n].terms:
        if (value := values[at]) is None:
            unknown.append((at, weight))
        else:
            total -= weight * value
    return unknown, total


def _propagate(part: Part, open_ones: OpenOnes, bounds: AllBounds) -> bool:
    """Tighten bounds equation by equation until nothing moves; False when a cell has no value left."""
    waiting = dict.fromkeys(open_ones)
    for _ in range(MOST_ROUNDS * len(open_ones)):
        if not waiting:
            break
        n = next(iter(waiting))
        del waiting[n]
        for at in _tighten_one(n, *open_ones[n], bounds):
            if bounds[at].low > bounds[at].high + NEAR:
                return False
            waiting.update(dict.fromkeys(e for e in part.touching[at] if e in open_ones and e != n))
    return True


def _tighten_one(n: int, terms: Terms, total: float, bounds: AllBounds) -> list[int]:
    """Tighten the cells of one equation; list those that moved."""
    cells = [(bounds[at], weight) for at, weight in terms]
    ends = [(cell.low, cell.high) if weight > 0 else (-cell.high, -cell.low) for cell, weight in cells]
    least, most = sum(low for low, _ in ends if low > -inf), sum(high for _, high in ends if high < inf)
    endless = sum(low == -inf for low, _ in ends), sum(high == inf for _, high in ends)
    moved = []
    for (at, weight), (cell, _), (low, high) in zip(terms, cells, ends, strict=True):
        top = inf if endless[0] - (low == -inf) else total - least + (low if low > -inf else 0.0)
        bottom = -inf if endless[1] - (high == inf) else total - most + (high if high < inf else 0.0)
        new = (bottom, top) if weight > 0 else (-top, -bottom)
        if new[0] > cell.low or new[1] < cell.high:
            _move(cell, *new, n, [(bounds[other], w == weight) for other, w in terms if other != at])
            moved.append(at)
    return moved


def _move(cell: Bounds, low: float, high: float, n: int, others: list[tuple[Bounds, bool]]) -> None:
    """Take tighter bounds, with the identity and those behind the bounds of the `others` that it used.

    Cells of the same side of the equation, marked true, bound each other from above by their least values.
    """
    if low > cell.low:
        used = [b.because_high if same else b.because_low for b, same in others]
        cell.low, cell.because_low = low, reduce(or_, used, 1 << n)
    if high < cell.high:
        used = [b.because_low if same else b.because_high for b, same in others]
        cell.high, cell.because_high = high + 0.0, reduce(or_, used, 1 << n)


def _loops(open_ones: OpenOnes, bounds: AllBounds) -> list[tuple[list[int], list[int]]]:
    """Groups of equations whose open cells form a loop; without one, propagated bounds are exact already."""
    loose = {at for at, bound in bounds.items() if bound.low < bound.high}
    links = {n: [at for at, _ in terms if at in loose] for n, (terms, _) in open_ones.items()}
    groups: list[tuple[set[int], set[int]]] = []
    for n, cells in links.items():
        tied = [group for group in groups if group[1].intersection(cells)]
        groups = [group for group in groups if not group[1].intersection(cells)]
        groups.append(({n}.union(*(g[0] for g in tied)), set(cells).union(*(g[1] for g in tied))))
    looped = [(g, cells) for g, cells in groups if sum(len(links[n]) for n in g) >= len(g) + len(cells)]
    return [(sorted(g), sorted(cells)) for g, cells in looped]


def _tighten(
    group: list[int], cells: list[int], open_ones: OpenOnes, bounds: AllBounds, wanted: list[int]
) -> bool:
    """Give the wanted cells of a loop their exact bounds; False if the loop has no solution."""
    number = {at: n for n, at in enumerate(cells)}
    system = []
    for n in group:
        terms, total = open_ones[n]
        known = sum(weight * bounds[at].low for at, weight in terms if at not in number)
        system.append((tuple((number[at], weight) for at, weight in terms if at in number), total - known))
    limits = tuple((bounds[at].low, bounds[at].high) for at in cells)
    found = _solve(tuple(system), limits, tuple(number[at] for at in wanted))
    if found is None:
        return False
    because = sum(1 << n for n in group)
    for cell, (low, high) in zip((bounds[at] for at in wanted), found, strict=True):
        if low > cell.low:
            cell.low, cell.because_low = low, cell.because_low | because
        if high < cell.high:
            cell.high, cell.because_high = high, cell.because_high | because
    # what forced the cells that the loop's equations took as known
    used = {at for n in group for at, _ in open_ones[n][0]}.difference(cells)
    known = reduce(or_, (bounds[at].because for at in used), 0)
    for cell in (bounds[at] for at in cells if bounds[at].low == bounds[at].high):
        cell.because_low |= known
    return True


_solve = lru_cache(maxsize=1 << 14)(exact_bounds)
