"""Reports that look like copies of others, and versions of one report.

In: a `Fingerprint` beside a `Register` of all. Out: verdicts and what they say. Next: `between_reports`.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

import numpy as np

from govtables.issuers import names_no_place
from govtables.proof.fingerprints import Fingerprint, Register, says_enough, unpack
from govtables.proof.sentences import tell_copy, tell_twin, tell_version
from govtables.records import FAILS, UNDECIDED


def find_earliest(fingerprints: Iterable[Fingerprint], field: str) -> dict[str, Fingerprint]:
    """For each report whose field repeats that of an earlier one: the earliest."""
    value = attrgetter(field)
    runs = (list(run) for known, run in groupby(sorted(fingerprints, key=value), value) if known)
    return {later.report_id: run[0] for run in runs for later in run[1:]}


def judge_duplicates(
    one: Fingerprint, register: Register, copy: Fingerprint | None, twin: Fingerprint | None
) -> Iterator[tuple[str, str]]:
    """Say which earlier reports have the same bytes, the same issuer and year, or the same numbers.

    Towns of the same name that had nothing to report look like copies, which stays undecided.
    """
    groups = register.groups(one) if one.numbers else ()
    same = register.differing[groups[0]][one.numbers] if groups else one
    if copy:
        yield FAILS, f"same bytes as {copy.report_id}: a copy"
    elif same is not one:
        surely = says_enough(one.numbers)
        yield FAILS if surely else UNDECIDED, tell_copy(same.report_id, surely)
    else:
        if groups:
            yield from _judge_versions(one, register, *map(register.first, groups))
        if twin:
            yield FAILS, tell_twin(twin.report_id, twin.key and twin.issuer, twin.year)


def _judge_versions(
    one: Fingerprint, register: Register, anywhere: Fingerprint, here: Fingerprint
) -> Iterator[tuple[str, str]]:
    """Compare a report with the first on its issuer and year; bodies that share a name are not told apart."""
    if here is not one and not names_no_place(one.key):
        yield FAILS, tell_version(here.report_id, *_count_differing(here, one))
    elif anywhere is not one:
        yield UNDECIDED, f"another report of that name and year: {anywhere.report_id}; {register.doubt(one)}"


def _count_differing(first: Fingerprint, second: Fingerprint) -> tuple[int, int]:
    """Count the cells that differ, and those known in one report alone."""
    here, there = unpack(first.numbers), unpack(second.numbers)
    return int((np.abs(here - there) > 0).sum()), int((np.isnan(here) != np.isnan(there)).sum())
