"""Checks across the reports of a dataset: year against year, copies, parents against their children.

In: an `Index` of all reports, what reads their `Fingerprint`s, and of bodies who stands below or goes on from
whom. Out: `Check`s, by report. Next: `pipeline`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from govtables.issuers import issuer_key, names_no_place
from govtables.language import join, tell
from govtables.proof.agreement import find_agreeing
from govtables.proof.children import check_children, tell_orphan
from govtables.proof.copies import judge_duplicates, judge_near
from govtables.proof.fingerprints import Fingerprint, combine, says_enough
from govtables.proof.register import NONE, Index, Register, hash_of, tell_seen
from govtables.proof.years import check_years
from govtables.records import FAILS, Check

Names = dict[str, str]  # names of bodies by their keys


class Bodies(NamedTuple):
    """Who stands below whom, above whom, and by body and year whom it goes on from then."""

    children: dict[str, Names]
    parents: dict[str, Names]
    links: dict[tuple[str, int], Names]
    near: defaultdict[int, set[int]]  # of the hash of a key, those of the bodies that it has to do with


def relate(
    hierarchy: Iterable[tuple[str, str]] = (), links: Iterable[tuple[str, int, str]] = ()
) -> Bodies:
    """Take pairs of parent and child; and an issuer, a year, and whom it goes on from then."""
    bodies, pairs = Bodies({}, {}, {}, defaultdict(set)), []
    for parent, child in hierarchy:
        above, below = pair = issuer_key(parent), issuer_key(child)
        bodies.children.setdefault(above, {}).setdefault(below, child)
        bodies.parents.setdefault(below, {}).setdefault(above, parent)
        pairs.append(pair)
    for issuer, year, same_as in links:
        pairs.append((issuer_key(issuer), issuer_key(same_as)))
        bodies.links.setdefault((pairs[-1][0], year), {}).setdefault(pairs[-1][1], same_as)
    for one, other in (map(str.encode, pair) for pair in pairs):
        bodies.near[hash_of(one)].add(hash_of(other))
        bodies.near[hash_of(other)].add(hash_of(one))
    return bodies


class Compared(NamedTuple):
    """A report, what others say of it, and the one of the year before, if there is one."""

    report: Fingerprint
    checks: list[Check]
    before: Fingerprint | None


class Comparison:
    """Reports of a dataset, each compared with those that it has to do with; `read` gives one by its row."""

    def __init__(self, index: Index, read: Callable[[int], Fingerprint], bodies: Bodies) -> None:
        self.index, self.read, self.bodies = index, read, bodies
        self.register = Register(index, read)
        self._first_child = cache(self._find_first_child)

    def tell_seen(self, rows: range) -> str:
        """A hash of all that what is said of some reports depends on, but for who stands below whom."""
        near = self.bodies.near
        keys = near.keys() & self.index.key[rows.start : rows.stop].tolist()
        for _ in range(2):  # as from a child by its parent to the other children
            keys = keys.union(*(near[key] for key in keys))
        return tell_seen(self.index, rows, keys).hex()

    def compare(self, row: int) -> Compared:
        """Say of one report what the others tell, but for jumps, which all pairs of years tell together."""
        one = self.read(row)
        before = self._find_before(one)
        pair = before if one.numbers and isinstance(before, Fingerprint) else None
        found = [*self._check_before(row, one, before)] if one.numbers else []
        others = [self.read(at) for at in self.index.near[row].tolist() if at != NONE]
        found += judge_near(one, [*others, before]) if one.numbers else []
        copy = self._read_earlier(self.index.copy[row], one, "sha256")
        twin = self._read_earlier(self.index.twin[row], one, "numbers") if says_enough(one.numbers) else None
        told = judge_duplicates(one, self.register, copy, twin)
        found += [Check("duplicate", verdict=verdict, message=message) for verdict, message in told]
        if one.numbers and one.key and one.year:
            own = self.bodies.children.get(one.key, {}).items()
            children = [self.register.find((key, one.year, None), child) for key, child in own]
            found += check_children(one, children) if children else []
            found += self._find_orphans(row, one)
            years = (before, self._find_after(one)) if one.proposals else ()
            found += find_agreeing(one, years, children) if one.proposals else []
        return Compared(one, found, pair)

    def _read_earlier(self, row: int, one: Fingerprint, fact: str) -> Fingerprint | None:
        """An earlier report that is the same in something, as its hash says and it does itself."""
        other = self.read(int(row)) if row != NONE else None
        return other if other and getattr(other, fact) == getattr(one, fact) else None

    def _find_before(self, one: Fingerprint) -> Fingerprint | str:
        """Find what a report is compared with, or say why it is not."""
        if lacking := "_and_".join(fact for fact in ("issuer", "year") if not getattr(one, fact)):
            return tell(f"proof.lacks_{lacking}")
        register, last = self.register, one.year - 1
        if linked := self.bodies.links.get((one.key, one.year)):
            own = {one.key: one.issuer} if register.has_numbers((one.key, last, None)) else {}
            found = [register.find((key, last, None), name) for key, name in (linked | own).items()]
            missing = [why for why in found if isinstance(why, str)]
            return join(missing) or combine(found, lambda numbers: numbers.sum(0))
        if names_no_place(one.key):
            return register.doubt(one)
        everywhere, here = register.groups(one, back=1)
        if register.has_numbers(here) or not register.has_numbers(everywhere):
            return register.find(here, one.issuer)
        return join([register.doubt(one), register.first(everywhere).report_id], ": ")

    def _find_after(self, one: Fingerprint) -> Fingerprint | None:
        """Find the last report that is compared with one as the year before."""
        links, year, found = self.bodies.links, one.year + 1, None
        keys = {key for (key, since), names in links.items() if since == year and one.key in names}
        keys |= set() if names_no_place(one.key) and (one.key, year) not in links else {one.key}
        rows = sorted(row for key in keys for row in self.register.all_rows(key, year))
        for other in map(self.read, rows):
            before = self._find_before(other)
            if isinstance(before, Fingerprint) and before.report_id == one.report_id:
                found = other
        return found

    def _check_before(self, row: int, one: Fingerprint, before: Fingerprint | str) -> Iterator[Check]:
        """Compare a report with that of the year before, or say why not, and whom it may go on from."""
        if isinstance(before, Fingerprint):
            yield from check_years(one, before)
            return
        yield Check("carry_over", "requests", message=before)
        begun = self.index.begun[row]
        if one.year and begun != NONE and not self.register.knows((one.key, one.year - 1, None)):
            other = self.read(int(begun))
            facts = {"other": other.report_id, "issuer": other.issuer, "year": one.year, "name": one.issuer}
            yield Check("link", "requests", verdict=FAILS, message=tell("proof.link", **facts))

    def _find_orphans(self, row: int, one: Fingerprint) -> Iterator[Check]:
        """Say on the first of a parent's children, once a year, that there is no report of the parent."""
        for key, name in self.bodies.parents.get(one.key, {}).items():
            group = key, one.year, None
            if not self.register.has_numbers(group) and self._first_child(key, one.year) == row:
                yield tell_orphan(name, self.register.find(group, name))

    def _find_first_child(self, parent: str, year: int) -> int:
        groups = ((key, year, None) for key in self.bodies.children[parent])
        return min(rows[0] for group in groups if (rows := self.register.rows(group)))
