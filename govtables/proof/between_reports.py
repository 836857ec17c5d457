"""Checks across the reports of a dataset: year against year, copies, parents against their children.

In: one light `Fingerprint` a report, in any order. Out: `Check`s, by report. Next: `folder`.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

import numpy as np

from govtables.issuers import issuer_key, names_no_place
from govtables.language import join, tell
from govtables.proof.agreement import find_agreeing
from govtables.proof.children import check_children, find_orphans
from govtables.proof.copies import find_earliest, find_near, judge_duplicates, judge_near
from govtables.proof.fingerprints import Fingerprint, Register, combine, in_order, says_enough, unpack
from govtables.proof.years import check_years, find_jumps, flow
from govtables.records import FAILS, Check

LEAST_CARRIED = 2  # kinds of applicants with requests carried over, for two bodies to look like one

Names = dict[str, str]  # names of bodies by their keys


class Comparison:
    """Fingerprints of a dataset, compared when all are there.

    `hierarchy` holds names of parent and child; `links` an issuer, a year, and whom it goes on from then.
    """

    def __init__(
        self, hierarchy: Iterable[tuple[str, str]] = (), links: Iterable[tuple[str, int, str]] = ()
    ) -> None:
        self.fingerprints: list[Fingerprint] = []
        self.shared: dict[Any, Any] = {}
        self.children: dict[str, Names] = {}
        self.parents: dict[str, Names] = {}
        self.links: dict[tuple[str, int], Names] = {}
        for parent, child in hierarchy:
            self.children.setdefault(issuer_key(parent), {}).setdefault(issuer_key(child), child)
            self.parents.setdefault(issuer_key(child), {}).setdefault(issuer_key(parent), parent)
        for issuer, year, same_as in links:
            self.links.setdefault((issuer_key(issuer), year), {}).setdefault(issuer_key(same_as), same_as)

    def add(self, added: Fingerprint) -> None:
        """Add a report; equal facts are kept once."""
        report_id, sha256, *facts = added
        numbers = added.numbers
        facts = [fact if fact is numbers else self.shared.setdefault(fact, fact) for fact in facts]
        self.fingerprints.append(Fingerprint(report_id, sha256, *facts))

    def checks(self) -> Iterator[tuple[str, Check]]:
        """Give (report_id, check) by report, the same whatever the order of the adds."""
        fingerprints = sorted(self.fingerprints, key=lambda one: in_order(one.report_id))
        register, orphaned = Register(fingerprints), set()
        known = ((one, self._find_before(one, register)) for one in fingerprints if one.numbers)
        pairs = [(one, before) for one, before in known if isinstance(before, Fingerprint)]
        after, jumps = {other.report_id: one for one, other in pairs if other.proposals}, find_jumps(pairs)
        copies = find_earliest(fingerprints, attrgetter("sha256"))
        telling = [one for one in fingerprints if says_enough(one.numbers)]
        twins, near = find_earliest(telling, attrgetter("numbers")), find_near(telling)
        ended = _find_ended(fingerprints, register)
        for one in fingerprints:
            name = one.report_id
            before = self._find_before(one, register)
            found = [*_check_before(one, before, ended, register)] if one.numbers else []
            found += judge_near(one, [*near.get(name, ()), before]) if one.numbers else []
            told = judge_duplicates(one, register, copies.get(name), twins.get(name))
            found += [Check("duplicate", verdict=verdict, message=message) for verdict, message in told]
            found += jumps.get(name, ())
            if one.numbers and one.key and one.year:
                own = self.children.get(one.key, {}).items()
                children = [register.find((key, one.year, None), child) for key, child in own]
                found += check_children(one, children) if children else []
                found += find_orphans(one, register, self.parents.get(one.key, {}), orphaned)
                found += find_agreeing(one, (before, after.get(name)), children) if one.proposals else []
            yield from ((name, check) for check in found)

    def _find_before(self, one: Fingerprint, register: Register) -> Fingerprint | str:
        """Find what a report is compared with, or say why it is not."""
        if lacking := "_and_".join(fact for fact in ("issuer", "year") if not getattr(one, fact)):
            return tell(f"proof.lacks_{lacking}")
        if linked := self.links.get((one.key, one.year)):
            own = {one.key: one.issuer} if (one.key, one.year - 1, None) in register.differing else {}
            found = [register.find((key, one.year - 1, None), name) for key, name in (linked | own).items()]
            missing = [why for why in found if isinstance(why, str)]
            return join(missing) or combine(found, lambda numbers: numbers.sum(0))
        if names_no_place(one.key):
            return register.doubt(one)
        everywhere, here = register.groups(one, back=1)
        if here in register.differing or everywhere not in register.differing:
            return register.find(here, one.issuer)
        return join([register.doubt(one), register.first(everywhere).report_id], ": ")


Ended = dict[tuple[str, int, bytes], dict[str, Fingerprint]]  # by division, year and what was carried over


def _check_before(
    one: Fingerprint, before: Fingerprint | str, ended: Ended, register: Register
) -> Iterator[Check]:
    """Compare a report with that of the year before, or say why not, and which body it may go on from."""
    if isinstance(before, Fingerprint):
        yield from check_years(one, before)
        return
    yield Check("carry_over", "requests", message=before)
    if one.year and not register.knows((one.key, one.year - 1, None)):
        others = ended.get((one.division, one.year - 1, _read_carried(one, "carried_in")), {})
        for other in others.values() if len(others) == 1 else ():
            facts = {"other": other.report_id, "issuer": other.issuer, "year": one.year, "name": one.issuer}
            yield Check("link", "requests", verdict=FAILS, message=tell("proof.link", **facts))


def _find_ended(fingerprints: Iterable[Fingerprint], register: Register) -> Ended:
    """Reports without one of the year after, by their division and what they carried over."""
    ended: Ended = {}
    for one in fingerprints:
        known = one.numbers and one.key and one.year and one.division
        if known and not register.knows((one.key, one.year + 1, None)):
            if carried := _read_carried(one, "carried_over"):
                ended.setdefault((one.division, one.year, carried), {}).setdefault(one.key, one)
    return ended


def _read_carried(one: Fingerprint, row: str) -> bytes:
    """A row of flows by applicant, nothing where it says too little to be known again."""
    numbers = unpack(one.numbers)[list(flow(row))]
    enough = (numbers[:-1] > 0).sum() >= LEAST_CARRIED and np.isfinite(numbers).all()
    return numbers.tobytes() if enough else b""
