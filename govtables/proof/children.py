"""Parents against the sum of their children.

In: a `Fingerprint`, the reports of its declared children. Out: `Check`s. Next: `between_reports`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

import numpy as np

from govtables.forms import CHILDREN, EACH, name_cell, parts, tables, write_equation, write_source
from govtables.language import join, tell
from govtables.proof.fingerprints import DISCLOSURE, Fingerprint, slots, unpack
from govtables.proof.years import compare, is_signed
from govtables.records import FAILS, HOLDS, NEAR, UNDECIDED, Check


def tell_orphan(name: str, why: str) -> Check:
    """Say that a declared parent has no report to compare its children with."""
    return Check("children_sum", message=tell("proof.child", name=name, why=why))


def check_children(one: Fingerprint, found: Sequence[Fingerprint | str]) -> Iterator[Check]:
    """Compare a parent with the sum of its children: a summary, and each cell that fails.

    What it has more is its own, as long as identities hold of that. A text says why a child has no report.
    """
    missing = [child for child in found if isinstance(child, str)]
    reports = [one, *(child for child in found if not isinstance(child, str))]
    alike = len({report.form for report in reports}) == 1
    numbers = np.full((len(reports) + len(missing), len(slots())), np.nan)
    numbers[: len(reports)] = [unpack(report.numbers) for report in reports]
    numbers[:, [cell[0] == DISCLOSURE and not alike for cell in slots()]] = np.nan
    own, at_most = (numbers[0] - add(numbers[1:], axis=0) for add in (np.sum, np.nansum))
    signed = np.array([is_signed(cell) for cell in slots()])
    suspects = ((at_most < -NEAR) & ~signed) | _break_sums(own, one.form)
    failing = [check for check in _compare_sums(suspects, numbers.tolist()) if check.verdict == FAILS]
    wrong, holding = len(failing), int((np.isfinite(own) & ~suspects).sum())
    verdict = UNDECIDED if missing or not (wrong or holding) else FAILS if wrong else HOLDS
    added = f"{EACH} of {write_source(report.report_id for report in reports[1:])}"
    operands = write_equation([(1, EACH), (-1, added)]) if reports[1:] else None
    own[suspects | np.isnan(own)] = 0.0
    message = join([_tell_sums(holding, wrong, missing, alike), _tell_own(own)])
    counts = (*map(float, (wrong + holding, holding, wrong)), None, None)
    yield Check("children_sum", None, None, None, *counts, verdict, operands, message)
    yield from failing


def _break_sums(own: np.ndarray, generation: str) -> np.ndarray:
    """Mark what a parent has of its own in identities that do not hold of it."""
    marked = np.zeros(len(own), bool)
    for part in (part for table in tables() for part in parts(generation, table)):
        for equation in part.equations:
            weights = {slots()[part.keys[at]]: weight for at, weight in equation.terms}
            if abs(sum(own[at] * weight for at, weight in weights.items())) > NEAR:
                marked[list(weights)] = True
    return marked & (np.abs(own) > NEAR)


def _tell_sums(holding: int, failing: int, missing: Sequence[str], alike: bool) -> str | None:
    """Say what the comparison of a parent with its children lacks, or how many cells differ."""
    notes = list(missing) or ([] if failing or holding else [tell("proof.nothing_known")])
    if failing and not missing:
        notes.append(tell("proof.cells_differ", failing=failing, count=failing + holding))
    return join([*notes, None if alike else tell("proof.other_form")])


def _tell_own(own: np.ndarray) -> str | None:
    """Say in how many cells a parent has more than its children, and how much at most."""
    at, more = int(own.argmax()), int((own > NEAR).sum())
    return tell("proof.own", own=more, most=own[at], cell=name_cell(*[*slots()][at])) if more else None


def _compare_sums(suspects: Iterable[bool], numbers: Sequence[Sequence[float]]) -> Iterator[Check]:
    for cell in compress(slots(), suspects):
        terms = tuple((-1 if n else 1, n, cell) for n in range(len(numbers)))
        formula = write_equation([(1, ".".join(cell)), (-1, f"{'.'.join(cell)} of {CHILDREN}")])
        yield compare("children_sum", terms, formula, numbers, tell("proof.its_children"))
