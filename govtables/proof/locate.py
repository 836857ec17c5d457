"""Where numbers that contradict each other may be wrong (error localisation after Fellegi and Holt 1976).

In: the values of a part whose identities cannot all hold. Out: `Located`: the smallest sets of cells whose
change would satisfy all, the values that they then take, and the typing errors that explain them. Next:
`findings`.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govtables.forms import Part, Values
from govtables.proof.bounds import infer
from govtables.proof.solver import Conflicts
from govtables.proof.typos import Changes, explain, slips_over_cells

MOST_CELLS = 3  # in a set; a table with more wrong cells needs its source
MOST_SETS = 20
MOST_TRIALS = 500
MOST_NODES = 20_000

Conflict = frozenset[int]


class Shift(NamedTuple):
    """A cell, what is printed and what should stand there: all between `low` and `high`."""

    at: int
    printed: float | None
    low: float
    high: float


class Proposal(NamedTuple):
    """Cells whose change satisfies all identities, and the typing error that explains them."""

    changes: tuple[Shift, ...]
    typing: str | None


class Located(NamedTuple):
    """The smallest sets of cells, and slips over several cells that satisfy all identities too."""

    smallest: tuple[Proposal, ...]
    complete: bool  # no other set of that size, or of `MOST_CELLS` if there is none, satisfies all
    slips: tuple[Proposal, ...]

    @property
    def unique(self) -> bool:
        """Tell whether there is one smallest set and no other."""
        return self.complete and len(self.smallest) == 1


def locate(part: Part, values: Values, equations: tuple[int, ...], wrong: frozenset[int]) -> Located:
    """Find the smallest sets of cells whose change satisfies the equations; the `wrong` ones must change."""
    conflicts = [frozenset({at}) for at in wrong]
    proofs = Conflicts(part, values, equations)
    if (first := proofs.without(())) is not None:
        conflicts.append(first)
    sets, complete = smallest_sets(conflicts, proofs.without)
    alone = len(equations) == 1  # any slip that loses a number would do
    smallest = [_propose(part, values, equations, dict.fromkeys(sorted(cells))) for cells in sets]
    slips = [slip for slip in slips_over_cells(part, values) if not (alone and None in slip[1].values())]
    slips = [slip for slip in slips if _hits_all(slip[1], conflicts)]
    found = [_propose(part, values, equations, changes, name) for name, changes in slips]
    by_change = {_changed(slip): slip.typing for slip in filter(None, found)}
    smallest = tuple(p._replace(typing=p.typing or by_change.get(_changed(p))) for p in smallest if p)
    known = {_changed(proposal) for proposal in smallest}
    others = [Proposal(changes, typing) for changes, typing in by_change.items() if changes not in known]
    return Located(smallest, complete, tuple(others[:MOST_SETS]))


def smallest_sets(
    conflicts: list[Conflict], test: Callable[[Conflict], Conflict | None]
) -> tuple[list[Conflict], bool]:
    """List the smallest sets that pass the test, and tell whether the list is complete.

    Each of the `conflicts` must be hit. A set that fails the test gives a further conflict, which joins the
    list.
    """
    trials = MOST_TRIALS
    for size in range(1, MOST_CELLS + 1):
        found: list[Conflict] = []
        seen: set[Conflict] = set()
        for cells in _hitting_sets(conflicts, 0, [], size, frozenset(), seen):
            conflict = test(cells)
            trials -= 1
            if conflict is None:
                found.append(cells)
            else:
                conflicts.append(conflict)
            if not trials or len(found) == MOST_SETS or len(seen) > MOST_NODES:
                return found, False
        if found or len(seen) > MOST_NODES:
            return found, len(seen) <= MOST_NODES
    return [], True


def _hitting_sets(
    conflicts: list[Conflict], counted: int, missed: list[Conflict],
    left: int, chosen: Conflict, seen: set[Conflict],
) -> Iterator[Conflict]:
    """The `chosen` cells with at most `left` more that hit every conflict, those found on the way included.

    `missed` are those among the first `counted` that the chosen cells do not hit.
    """
    if chosen in seen or len(seen) > MOST_NODES:
        return
    seen.add(chosen)
    missed = [*missed, *(conflict for conflict in conflicts[counted:] if not conflict & chosen)]
    counted = len(conflicts)
    if not missed:
        yield chosen
    elif left:
        last = frozenset.intersection(*missed) if left == 1 else min(missed, key=len)
        for at in sorted(last):
            still = [conflict for conflict in missed if at not in conflict]
            yield from _hitting_sets(conflicts, counted, still, left - 1, chosen | {at}, seen)


def _hits_all(changes: Changes, conflicts: list[Conflict]) -> bool:
    return all(not conflict.isdisjoint(changes) for conflict in conflicts)


def _propose(
    part: Part, values: Values, equations: tuple[int, ...], changes: Changes, slip: str | None = None
) -> Proposal | None:
    """Work out what the changed cells must be; `None` if the identities do not hold even so."""
    changed = [changes.get(at, value) for at, value in enumerate(values)]
    bounds = infer(part, changed, equations, changes)
    if bounds is None:
        return None
    open_ones = {at: (bounds[at].low, bounds[at].high) for at, value in changes.items() if value is None}
    limits = {at: open_ones.get(at, (value, value)) for at, value in changes.items()}
    implied = [low if low == high else None for low, high in limits.values()]
    printed = [values[at] for at in changes]
    typing = slip or (explain(printed, implied) if None not in printed else None)
    return Proposal(tuple(Shift(at, values[at], *limits[at]) for at in changes), typing)


def _changed(proposal: Proposal) -> tuple[Shift, ...]:
    """The changes that change something, in the order of the form."""
    return tuple(sorted(shift for shift in proposal.changes if not shift.printed == shift.low == shift.high))
