"""Reports that look like copies of others, and versions of one report.

In: a `Fingerprint` beside a `Register` of all. Out: verdicts and what they say. Next: `between_reports`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import numpy as np

from govtables.issuers import names_no_place
from govtables.language import tell
from govtables.proof.fingerprints import ENOUGH, Fingerprint, Register, says_enough, unpack, unpack_as_zeros
from govtables.records import FAILS, UNDECIDED, Check

BANDS = 3  # of cells: of a copy with one or two numbers changed, one band is left as it was
LEAST_EQUAL = 0.9  # of the numbers other than zero in either of a copy and its source


def find_earliest(
    fingerprints: Iterable[Fingerprint], value: Callable[[Fingerprint], bytes | int]
) -> dict[str, Fingerprint]:
    """For each report of which something repeats that of an earlier one: the earliest."""
    runs = (list(run) for known, run in groupby(sorted(fingerprints, key=value), value) if known)
    return {later.report_id: run[0] for run in runs for later in run[1:]}


def find_near(fingerprints: Sequence[Fingerprint]) -> dict[str, list[Fingerprint]]:
    """For each report the earlier ones of which it has a third of the cells, but not all."""
    found: dict[str, list[Fingerprint]] = {}
    first = {one.numbers: one for one in reversed(fingerprints)}
    some = sorted(first.values(), key=attrgetter("report_id"))
    hashes = {one.report_id: _hash_bands(one) for one in some}
    for band in range(BANDS):
        for name, other in find_earliest(some, lambda one, band=band: hashes[one.report_id][band]).items():
            found.setdefault(name, []).append(other)
    return found


def _hash_bands(one: Fingerprint) -> list[int]:
    """Hashes of the numbers of each band of cells, 0 where too few are other than zero."""
    bands = (unpack_as_zeros(one.numbers)[band::BANDS] for band in range(BANDS))
    return [hash(band.tobytes()) if np.count_nonzero(band) * BANDS >= ENOUGH else 0 for band in bands]


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
    same = register.differing[groups[0]][one.numbers] if groups else one
    if copy:
        yield FAILS, tell("proof.same_bytes", other=copy.report_id)
    elif same is not one:
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
    if here is not one and not names_no_place(one.key):
        differing, alone = _count_differing(here, one)
        message = "proof.version_known_alone" if alone else "proof.version"
        yield FAILS, tell(message, other=here.report_id, differing=differing, alone=alone)
    elif anywhere is not one:
        yield UNDECIDED, tell("proof.another", other=anywhere.report_id, doubt=register.doubt(one))


def _count_differing(first: Fingerprint, second: Fingerprint) -> tuple[int, int]:
    """Count the cells that differ, and those known in one report alone."""
    here, there = unpack(first.numbers), unpack(second.numbers)
    return int((np.abs(here - there) > 0).sum()), int((np.isnan(here) != np.isnan(there)).sum())
