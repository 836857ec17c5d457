"""Where numbers that contradict each other may be wrong (error localisation after Fellegi and Holt 1976).

In: the values of a part whose identities cannot all hold. Out: `Located`: the smallest sets of cells whose
change would satisfy all, larger ones that one slip would change, and the values that they then take. Next:
`finding_rows`.
"""

from collections.abc import Callable, Iterator
from math import inf
from typing import NamedTuple

from govtables.forms import Part, Values
from govtables.language import phrase
from govtables.proof.bounds import infer
from govtables.proof.solver import Conflicts
from govtables.proof.typos import (
    Changes, explain, explain_line, lines, slips_over_cells, with_sums,
)

MOST_CELLS = 3  # in a set; a table with more wrong cells needs its source
MOST_SETS = 20
MOST_OTHERS = 40
MOST_TRIALS = 500
MOST_NODES = 20_000
SMALLEST = "smallest_set"

Conflict = frozenset[int]


class Shift(NamedTuple):
    """A cell, what is printed and what should stand there: all between `low` and `high`."""

    at: int
    printed: float | None
    low: float
    high: float


class Proposal(NamedTuple):
    """Cells whose change satisfies all identities, and the slip that explains them."""

    changes: tuple[Shift, ...]
    typing: str | None
    kind: str = SMALLEST

    def is_doubted(self) -> bool:
        """Tell whether a negative number is to become another than it is without its sign: a second error."""
        return any((at.printed or 0) < 0 and not at.low <= -at.printed <= at.high for at in self.changes)


class Located(NamedTuple):
    """The smallest sets of cells, and slips over more of them that satisfy all identities too."""

    smallest: tuple[Proposal, ...]
    complete: bool  # no other set of that size, or of `MOST_CELLS` if there is none, satisfies all
    others: tuple[Proposal, ...]

    @property
    def only(self) -> Proposal | None:
        """The one proposal that no slip stands beside; without a set, the one line that a habit explains."""
        rivals = [p for p in self.others if p.typing or not self.smallest]
        found = [*self.smallest, *rivals] if self.complete else []
        told = len(found) == 1 and (self.smallest or found[0].typing) and not found[0].is_doubted()
        return found[0] if told else None


def locate(part: Part, values: Values, equations: tuple[int, ...], wrong: frozenset[int]) -> Located:
    """Find the smallest sets of cells whose change satisfies the equations; the `wrong` ones must change."""
    conflicts = [frozenset({at}) for at in wrong]
    broken = [part.equations[n] for n in equations if not part.equations[n].may_hold(values)]
    conflicts += [frozenset(at for at, _ in one.terms if values[at] is not None) for one in broken]
    proofs = Conflicts(part, values, equations)
    if (first := proofs.without(())) is not None:
        conflicts.append(first)
    sets, complete = smallest_sets(conflicts, proofs.without)
    smallest = [_propose(part, values, equations, dict.fromkeys(sorted(cells))) for cells in sets]
    found = {_list_changed(proposal.changes): proposal for proposal in smallest if proposal}
    for kind, typing, changes in _list_slips(part, values, len(equations) == 1, 1 in map(len, sets)):
        hits = not any(conflict.isdisjoint(changes) for conflict in conflicts)
        slip = _propose(part, values, equations, changes, kind, typing) if hits else None
        key = _list_changed(slip.changes) if slip else ()
        told = kind == "slip" or all(shift.high < inf for shift in key)  # an open end says nothing
        if key and told and (kind != "recomputed" or len(key) == len(changes)):
            known = found.setdefault(key, slip._replace(changes=key))
            found[key] = known._replace(typing=known.typing or slip.typing)
    others = tuple(proposal for proposal in found.values() if proposal.kind != SMALLEST)
    return Located(tuple(found.values())[: len(found) - len(others)], complete, others[:MOST_OTHERS])


def _list_slips(
    part: Part, values: Values, alone: bool, is_one_cell: bool
) -> Iterator[tuple[str, str | None, Changes]]:
    """Slips over several cells; of a lone equation those that lose no number, as any other would do."""
    for typing, changes in slips_over_cells(part, values):
        if not (alone and None in changes.values()):
            yield "slip", typing, changes
    if not (alone or is_one_cell):
        yield from (("recomputed", None, dict.fromkeys(cells)) for cells in with_sums(part))
        yield from (("line", None, dict.fromkeys(line)) for axis in (1, 2) for line in lines(part, axis))


def smallest_sets(
    conflicts: list[Conflict], test: Callable[[Conflict], Conflict | None]
) -> tuple[list[Conflict], bool]:
    """List the smallest sets that pass the test, and tell whether the list is complete.

    Each of the `conflicts` must be hit. A set that fails the test gives a further conflict, which joins the
    list.
    """
    trials, apart = MOST_TRIALS, frozenset().union(*conflicts)
    least = 0  # as many conflicts share no cell
    for conflict in sorted(conflicts, key=len):
        least, apart = (least + 1, apart - conflict) if conflict <= apart else (least, apart)
    for size in range(max(least, 1), MOST_CELLS + 1):
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


def _propose(
    part: Part, values: Values, equations: tuple[int, ...], changes: Changes,
    kind: str = SMALLEST, slip: str | None = None,
) -> Proposal | None:
    """Work out what the changed cells must be; `None` if the identities do not hold even so."""
    changed = [changes.get(at, value) for at, value in enumerate(values)]
    bounds = infer(part, changed, equations, changes)
    if bounds is None or any((value or 0) < 0 for value in changes.values()):
        return None
    open_ones = {at: (bounds[at].low, bounds[at].high) for at, value in changes.items() if value is None}
    limits = {at: open_ones.get(at, (value, value)) for at, value in changes.items()}
    shifts = tuple(Shift(at, values[at], *ends) for at, ends in limits.items())
    return Proposal(shifts, slip or _explain(part, values, _list_changed(shifts), kind), kind)


def _explain(part: Part, values: Values, shifts: tuple[Shift, ...], kind: str) -> str | None:
    """Name what led from the numbers that should stand there to the printed ones; `None` if that is open."""
    if kind == "recomputed":
        typing = _explain(part, values, shifts[:1], SMALLEST)
        return phrase("proof.slip_and_sums", slip=typing) if typing else phrase("proof.only_sums")
    if any(shift.printed is None or shift.low < shift.high for shift in shifts):
        return None
    typing = explain([shift.printed for shift in shifts], [shift.low for shift in shifts])
    return typing or explain_line(part, values, {shift.at: shift.low for shift in shifts})


def _list_changed(shifts: tuple[Shift, ...]) -> tuple[Shift, ...]:
    """Those that say of a printed number that it is another, or may be, in the order of the form."""
    return tuple(sorted(s for s in shifts if s.printed is not None and not s.printed == s.low == s.high))
