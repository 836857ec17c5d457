"""Reports that look like copies of others, and versions of one report.

In: a `Fingerprint` beside a `Register` of all. Out: verdicts and what they say. Next: `between_reports`.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from govtables.issuers import names_no_place
from govtables.language import tell
from govtables.proof.fingerprints import ENOUGH, Fingerprint, says_enough, unpack, unpack_as_zeros
from govtables.proof.register import Register
from govtables.records import FAILS, UNDECIDED, Check

LEAST_EQUAL = 0.9  # of the numbers other than zero in either of a copy and its source


def judge_near(one: Fingerprint, others: Iterable[Fingerprint | str]) -> Iterator[Check]:
    """Say which report one is a copy of but for a few numbers; whole copies and versions are duplicates."""
    for other in (other for other in others if isinstance(other, Fingerprint)):
        here, there = unpack_as_zeros(one.numbers), unpack_as_zeros(other.numbers)
        count = np.count_nonzero((here != 0) | (there != 0))
        equal = count - np.count_nonzero(here != there)
        apart = other.key and other.year and (other.key, other.year) != (one.key, one.year)
        if apart and count >= ENOUGH and LEAST_EQUAL * count <= equal < count:
            facts = {"issuer": other.issuer, "year": other.year, "other": other.report_id}
            message = tell("proof.near_copy", equal=equal, count=count, **facts)
            yield Check("near_copy", verdict=FAILS, message=message)
            return


def judge_duplicates(
    one: Fingerprint, register: Register, copy: Fingerprint | None, twin: Fingerprint | None
) -> Iterator[tuple[str, str]]:
    """Say which earlier reports have the same bytes, the same issuer and year, or the same numbers.

    Towns of the same name that had nothing to report look like copies, which stays undecided.
    """
    groups = register.groups(one) if one.numbers else ()
    same = register.same(groups[0], one.numbers) if groups else one
    if copy:
        yield FAILS, tell("proof.same_bytes", other=copy.report_id)
    elif same.report_id != one.report_id:
        surely = says_enough(one.numbers)
        message = tell("proof.copy" if surely else "proof.copy_of_few", other=same.report_id)
        yield FAILS if surely else UNDECIDED, message
    else:
        if groups:
            yield from _judge_versions(one, register, *map(register.first, groups))
        if twin:
            message = "proof.twin" if twin.key and twin.year else "proof.twin_of_unknown"
            yield FAILS, tell(message, other=twin.report_id, issuer=twin.issuer, year=twin.year)


def _judge_versions(
    one: Fingerprint, register: Register, anywhere: Fingerprint, here: Fingerprint
) -> Iterator[tuple[str, str]]:
    """Compare a report with the first on its issuer and year; bodies that share a name are not told apart."""
    if here.report_id != one.report_id and not names_no_place(one.key):
        differing, alone = _count_differing(here, one)
        message = "proof.version_known_alone" if alone else "proof.version"
        yield FAILS, tell(message, other=here.report_id, differing=differing, alone=alone)
    elif anywhere.report_id != one.report_id:
        yield UNDECIDED, tell("proof.another", other=anywhere.report_id, doubt=register.doubt(one))


def _count_differing(first: Fingerprint, second: Fingerprint) -> tuple[int, int]:
    """Count the cells that differ, and those known in one report alone."""
    here, there = unpack(first.numbers), unpack(second.numbers)
    return int((np.abs(here - there) > 0).sum()), int((np.isnan(here) != np.isnan(there)).sum())
