"""Parents against the sum of their children.

In: a `Fingerprint`, those of its declared children or parents. Out: `Check`s. Next: `between_reports`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

import numpy as np

from govtables.forms import parts
from govtables.proof.fingerprints import DISCLOSURE, CellCode, Fingerprint, Group, Register, slots, unpack
from govtables.proof.sentences import tell, tell_children
from govtables.proof.years import compare, is_signed, name_cell
from govtables.records import FAILS, HOLDS, NEAR, UNDECIDED, Check


def find_orphans(
    one: Fingerprint, register: Register, parents: dict[str, str], told: set[Group]
) -> Iterator[Check]:
    """Say once a year, on the first of its children, that a declared parent has no report to compare with."""
    for key, name in parents.items():
        group = key, one.year, None
        if group not in register.differing and group not in told:
            told.add(group)
            message = f"a child of {name}: {register.find(group, name)}"
            yield Check("children_sum", message=message)


def find_children(one: Fingerprint, register: Register, children: dict[str, str]) -> list[Fingerprint | str]:
    """Find the reports of a parent's children, or why there is none."""
    return [register.find((key, one.year, None), name) for key, name in children.items()]


def check_children(one: Fingerprint, register: Register, children: dict[str, str]) -> Iterator[Check]:
    """Compare a parent with the sum of its children: a summary, and each cell that fails.

    What a parent has more than its children is its own, as long as that is a report of which identities hold.
    """
    if not children:
        return
    found = find_children(one, register, children)
    missing = [child for child in found if isinstance(child, str)]
    reports = [one, *(child for child in found if not isinstance(child, str))]
    alike = len({report.form for report in reports}) == 1
    numbers = np.full((len(reports) + len(missing), len(slots())), np.nan)
    numbers[: len(reports)] = [unpack(report.numbers) for report in reports]
    numbers[:, [cell[0] == DISCLOSURE and not alike for cell in slots()]] = np.nan
    own, at_most = (numbers[0] - add(numbers[1:], axis=0) for add in (np.sum, np.nansum))
    signed = np.array([is_signed(cell) for cell in slots()])
    suspects = ((at_most < -NEAR) & ~signed) | _break_sums(own, one.form)
    failing = list(_compare_sums(compress(slots(), suspects), numbers.tolist()))
    failing = [check for check in failing if check.verdict == FAILS]
    known, more = int(np.isfinite(own).sum()), (np.abs(own) > NEAR) & ~suspects
    wrong, holding = len(failing), known - int(suspects[np.isfinite(own)].sum())
    verdict = UNDECIDED if missing or not (wrong or holding) else FAILS if wrong else HOLDS
    named = ", ".join(report.report_id for report in reports[1:])
    operands = f"each cell = its sum over {named}" if named else None
    counts = map(float, (wrong + holding, holding, wrong))
    told = [tell_children(holding, wrong, missing, alike), _tell_own(np.where(more, own, 0.0))]
    message = "; ".join(filter(None, told)) or None
    yield Check("children_sum", None, None, None, *counts, verdict=verdict, operands=operands, message=message)
    yield from failing


def _break_sums(own: np.ndarray, generation: str) -> np.ndarray:
    """Mark what a parent has of its own in identities that do not hold of it."""
    marked = np.zeros(len(own), bool)
    for table in dict.fromkeys(cell[0] for cell in slots() if cell[0] != DISCLOSURE):
        for part in parts(generation, table):
            places = [slots()[key] for key in part.keys]
            for equation in part.equations:
                at, weights = zip(*((places[at], weight) for at, weight in equation.terms), strict=True)
                marked[list(at)] |= abs(np.dot(own[list(at)], weights)) > NEAR
    return marked & (np.abs(own) > NEAR)


def _tell_own(own: np.ndarray) -> str | None:
    """Say how much a parent has of its own, if anything."""
    at = int(own.argmax())
    if not own[at] > 0:
        return None
    return tell("own", own=int((own != 0).sum()), most=own[at], cell=".".join([*slots()][at]))


def _compare_sums(cells: Iterable[CellCode], numbers: Sequence[Sequence[float]]) -> Iterator[Check]:
    for cell in cells:
        terms = tuple((-1 if n else 1, n, cell) for n in range(len(numbers)))
        formula = f"{name_cell(0, cell)} = sum of {name_cell(0, cell)} of {len(numbers) - 1} children"
        yield compare("children_sum", terms, formula, numbers, "its children")
