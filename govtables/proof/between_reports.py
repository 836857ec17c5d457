"""Checks across the reports of a dataset: year against year, copies, parents against their children.

In: one light `Fingerprint` a report, in any order. Out: `Check`s, by report. Next: `folder`.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import compress, groupby
from operator import attrgetter
from typing import Any

import numpy as np

from govtables.declared import declared
from govtables.issuers import issuer_key, names_no_place
from govtables.proof.checks import limits
from govtables.proof.fingerprints import (
    DISCLOSURE,
    CellCode,
    Fingerprint,
    Group,
    Register,
    cells_of,
    says_enough,
    slots,
    unpack,
)
from govtables.records import FAILS, HOLDS, NEAR, UNDECIDED, Check

DECIMALS = 6

Terms = tuple[tuple[int, int, CellCode], ...]  # weight, years back; they add up to zero, the left side first


class Comparison:
    """Extracts of a dataset, compared when all are there; `hierarchy` holds pairs of a parent's and a child's name."""

    def __init__(self, hierarchy: Iterable[tuple[str, str]] = ()) -> None:
        self.fingerprints: list[Fingerprint] = []
        self.shared: dict[Any, Any] = {}
        self.children: dict[str, dict[str, str]] = {}
        self.parents: dict[str, dict[str, str]] = {}
        for parent, child in hierarchy:
            self.children.setdefault(issuer_key(parent), {}).setdefault(issuer_key(child), child)
            self.parents.setdefault(issuer_key(child), {}).setdefault(issuer_key(parent), parent)

    def add(self, added: Fingerprint) -> None:
        """Add a report; equal names, years and generations are kept once."""
        report_id, sha256, *facts, numbers = added
        self.fingerprints.append(Fingerprint(report_id, sha256, *(self.shared.setdefault(fact, fact) for fact in facts), numbers))

    def checks(self) -> Iterator[tuple[str, Check]]:
        """Give (report_id, check) by report, the same whatever the order of the adds."""
        fingerprints = sorted(self.fingerprints, key=attrgetter("report_id"))
        register, orphaned = Register(fingerprints), set()
        copies = _earliest(fingerprints, "sha256")
        twins = _earliest((one for one in fingerprints if says_enough(one.numbers)), "numbers")
        for one in fingerprints:
            found = list(_check_years(one, register)) if one.numbers else []
            found += _find_duplicates(one, register, copies.get(one.report_id), twins.get(one.report_id))
            if one.numbers and one.key and one.year:
                found += _check_children(one, register, self.children.get(one.key, {}))
                found += _find_orphans(one, register, self.parents.get(one.key, {}), orphaned)
            yield from ((one.report_id, check) for check in found)


def _earliest(fingerprints: Iterable[Fingerprint], field: str) -> dict[str, Fingerprint]:
    """For each report whose field repeats that of an earlier one: the earliest."""
    value = attrgetter(field)
    runs = (list(run) for known, run in groupby(sorted(fingerprints, key=value), value) if known)
    return {later.report_id: run[0] for run in runs for later in run[1:]}


def _find_year_before(one: Fingerprint, register: Register) -> Fingerprint | str:
    """Find what a report is compared with, or say why it is not."""
    if lacking := " and ".join(fact for fact in ("issuer", "year") if not getattr(one, fact)):
        return f"the report does not tell its {lacking}"
    if names_no_place(one.key):
        return register.doubt(one)
    everywhere, here = register.groups(one, back=1)
    if here in register.differing or everywhere not in register.differing:
        return register.find(here, one.issuer)
    return f"{register.doubt(one)}: {register.first(everywhere).report_id}"


def _in_words(check: str, table: str | None, verdict: str, message: str) -> Check:
    return Check(check, table, None, None, None, None, None, None, None, verdict, None, message)


@cache
def _equations(generation: str) -> tuple[tuple[str, Terms, str], ...]:
    """Equations between two years' reports: check, terms, formula."""
    found = []
    lines = [(tuple(line.values())[:4], tuple(line.values())[4:]) for line in declared("proof", "across")]
    for check, table, row, column in dict.fromkeys(place for place, _ in lines):
        right = [(int(w), int(back), *code) for place, (w, back, *code) in lines if place == (check, table, row, column)]
        for cell in cells_of(generation):
            if cell[0] == table and row in ("*", cell[1]) and column in ("*", cell[2]):
                terms = ((1, 0, cell), *((-weight, back, _fill(code, cell)) for weight, back, *code in right))
                signed = "".join(f" {'-' if weight > 0 else '+'} {_name(back, code)}" for weight, back, code in terms[1:])
                found.append((check, terms, f"{_name(0, cell)} = {signed.removeprefix(' + ')}"))
    return tuple(found)


def _fill(code: Iterable[str], cell: CellCode) -> CellCode:
    """Put the row and the column of a cell where a code has a star."""
    row, column = (own if one == "*" else one for one, own in zip(code, cell[1:], strict=True))
    return cell[0], row, column


def _name(back: int, cell: CellCode) -> str:
    return ".".join(cell) + (" of {}" if back else "")


def _check_years(one: Fingerprint, register: Register) -> Iterator[Check]:
    """Compare a report with that of the year before."""
    before = _find_year_before(one, register)
    if isinstance(before, str):
        yield _in_words("carry_over", "requests", UNDECIDED, before)
        return
    numbers = unpack(one.numbers).tolist(), unpack(before.numbers).tolist()
    changed = []
    for check, terms, formula in _equations(one.form):
        if one.form == before.form or terms[0][2][0] != DISCLOSURE:
            yield _compare(check, terms, formula, numbers, before.report_id)
        elif check not in changed:
            changed.append(check)
            message = f"the form of the table changed: {one.form} here, {before.form} in {before.report_id}"
            yield _in_words(check, DISCLOSURE, UNDECIDED, message)


def _compare(check: str, terms: Terms, formula: str, numbers: Sequence[Sequence[float]], before: str) -> Check:
    """Compare both sides of an equation; unknown numbers leave bounds of the difference."""
    values = [weight * numbers[back][slots()[cell]] for weight, back, cell in terms]
    left, right = values[0], round(-math.fsum(values[1:]), DECIMALS)
    low = high = difference = round(left - right, DECIMALS)
    message, unknown = None, [term for term, value in zip(terms, values, strict=True) if value != value]
    if unknown:
        low, high = _bounds(values, unknown)
    verdict = FAILS if low > NEAR or high < -NEAR else UNDECIDED if unknown else HOLDS
    if verdict == FAILS:
        much = f"{'at least ' if unknown else ''}{max(low, -high):.10g} {'more' if low > 0 else 'less'}"
        message = f"{much} than follows from {before}"
    elif unknown:
        message = f"unknown: {', '.join(_name(back, cell) for _, back, cell in unknown)}".replace("{}", before)
    sides = (side + 0.0 if math.isfinite(side) else None for side in (left, right, difference, low, high))
    return Check(check, *terms[0][2], *sides, verdict, formula.replace("{}", before), message)


def _bounds(values: Sequence[float], unknown: Terms) -> tuple[float, float]:
    """Least and greatest sum, where an unknown number is zero or more, or anything in a column with signs."""
    known = round(math.fsum(value for value in values if not math.isnan(value)), DECIMALS)
    down = any(weight < 0 or _is_signed(cell) for weight, _, cell in unknown)
    up = any(weight > 0 or _is_signed(cell) for weight, _, cell in unknown)
    return -math.inf if down else known, math.inf if up else known


def _is_signed(cell: CellCode) -> bool:
    return limits()[cell[0], cell[2]].startswith("signed")


def _find_duplicates(one: Fingerprint, register: Register, copy: Fingerprint | None, twin: Fingerprint | None) -> list[Check]:
    verdicts = _judge_duplicates(one, register, copy, twin)
    return [_in_words("duplicate", None, verdict, message) for verdict, message in verdicts]


def _judge_duplicates(
    one: Fingerprint, register: Register, copy: Fingerprint | None, twin: Fingerprint | None
) -> Iterator[tuple[str, str]]:
    """Say which earlier reports have the same bytes, the same issuer and year, or the same numbers.

    Towns of the same name that had nothing to report look like copies, which stays undecided.
    """
    groups = register.groups(one) if one.numbers else ()
    same = register.differing[groups[0]][one.numbers] if groups else one
    if copy:
        yield FAILS, f"same bytes as {copy.report_id}: a copy"
    elif same is not one and says_enough(one.numbers):
        yield FAILS, f"same numbers as {same.report_id}: a copy"
    elif same is not one:
        yield UNDECIDED, f"same numbers as {same.report_id}: a copy, or a body of the same name, as few numbers are not zero"
    else:
        if groups:
            yield from _judge_versions(one, register, *map(register.first, groups))
        if twin:
            says = f"which says it is of {twin.issuer} {twin.year}" if twin.key and twin.year else "which lacks issuer or year"
            yield FAILS, f"same numbers as {twin.report_id}, {says}"


def _judge_versions(one: Fingerprint, register: Register, anywhere: Fingerprint, here: Fingerprint) -> Iterator[tuple[str, str]]:
    """Compare a report with the first on its issuer and year; bodies that share a name are not told apart."""
    if here is not one and not names_no_place(one.key):
        yield FAILS, f"another report on the same issuer and year: {here.report_id}, {_count_differing(here, one)}"
    elif anywhere is not one:
        yield UNDECIDED, f"another report of that name and year: {anywhere.report_id}; {register.doubt(one)}"


def _count_differing(first: Fingerprint, second: Fingerprint) -> str:
    here, there = unpack(first.numbers), unpack(second.numbers)
    differing, alone = (np.abs(here - there) > 0).sum(), (np.isnan(here) != np.isnan(there)).sum()
    return f"differing in {differing} cells{f', {alone} known in one alone' if alone else ''}"


def _find_orphans(one: Fingerprint, register: Register, parents: dict[str, str], told: set[Group]) -> Iterator[Check]:
    """Say once a year, on the first of its children, that a declared parent has no report to compare them with."""
    for key, name in parents.items():
        group = key, one.year, None
        if group not in register.differing and group not in told:
            told.add(group)
            yield _in_words("children_sum", None, UNDECIDED, f"a child of {name}: {register.find(group, name)}")


def _check_children(one: Fingerprint, register: Register, children: dict[str, str]) -> Iterator[Check]:
    """Compare a parent with the sum of its children: a summary, and each cell that fails."""
    if not children:
        return
    found = [register.find((key, one.year, None), name) for key, name in children.items()]
    missing = [child for child in found if isinstance(child, str)]
    reports = [one, *(child for child in found if not isinstance(child, str))]
    alike = len({report.form for report in reports}) == 1
    numbers = np.array([unpack(report.numbers) for report in reports] + [np.full(len(slots()), np.nan)] * len(missing))
    numbers[:, [cell[0] == DISCLOSURE and not alike for cell in slots()]] = np.nan
    difference, at_most = (numbers[0] - add(numbers[1:], axis=0) for add in (np.sum, np.nansum))
    suspects = compress(slots(), (np.abs(difference) > NEAR) | (at_most < -NEAR))
    failing = [check for check in _compare_sums(suspects, numbers.tolist()) if check.verdict == FAILS]
    holding = int((np.abs(difference) <= NEAR).sum())
    notes = missing or ([] if failing or holding else ["no cell is known in all of the reports"])
    notes += [f"{len(failing)} of {len(failing) + holding} cells differ"] if failing and not missing else []
    notes += [] if alike else ["the table of disclosure is left out, as its forms differ"]
    verdict = UNDECIDED if missing or not (failing or holding) else FAILS if failing else HOLDS
    operands = "each cell = its sum over " + ", ".join(report.report_id for report in reports[1:]) if reports[1:] else None
    counts = float(len(failing) + holding), float(holding), float(len(failing))
    yield Check("children_sum", None, None, None, *counts, None, None, verdict, operands, "; ".join(notes) or None)
    yield from failing


def _compare_sums(cells: Iterable[CellCode], numbers: Sequence[Sequence[float]]) -> Iterator[Check]:
    for cell in cells:
        terms = tuple((-1 if n else 1, n, cell) for n in range(len(numbers)))
        formula = f"{_name(0, cell)} = sum of {_name(0, cell)} of {len(numbers) - 1} children"
        yield _compare("children_sum", terms, formula, numbers, "its children")
