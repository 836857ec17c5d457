"""Checks across the reports of a dataset: year against year, copies, parents against their children.

In: one light `Fingerprint` a report, in any order. Out: `Check`s, by report. Next: `folder`.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import Any

import numpy as np

from govtables.declared import declared
from govtables.issuers import issuer_key, names_no_place
from govtables.proof.checks import decide, limits
from govtables.proof.copies import find_earliest, judge_duplicates
from govtables.proof.fingerprints import (
    DISCLOSURE, CellCode, Fingerprint, Group, Register, cells_of, says_enough, slots, unpack,
)
from govtables.proof.sentences import tell_children, tell_surplus
from govtables.records import FAILS, HOLDS, NEAR, UNDECIDED, Check

DECIMALS = 6

Terms = tuple[tuple[int, int, CellCode], ...]  # weight, years back; they add up to zero, the left side first


class Comparison:
    """Fingerprints of a dataset, compared when all are there; `hierarchy` holds names of parent and child."""

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
        facts = [self.shared.setdefault(fact, fact) for fact in facts]
        self.fingerprints.append(Fingerprint(report_id, sha256, *facts, numbers))

    def checks(self) -> Iterator[tuple[str, Check]]:
        """Give (report_id, check) by report, the same whatever the order of the adds."""
        fingerprints = sorted(self.fingerprints, key=attrgetter("report_id"))
        register, orphaned = Register(fingerprints), set()
        copies = find_earliest(fingerprints, "sha256")
        twins = find_earliest((one for one in fingerprints if says_enough(one.numbers)), "numbers")
        for one in fingerprints:
            found = list(_check_years(one, register)) if one.numbers else []
            told = judge_duplicates(one, register, copies.get(one.report_id), twins.get(one.report_id))
            found += [_in_words("duplicate", None, verdict, message) for verdict, message in told]
            if one.numbers and one.key and one.year:
                found += _check_children(one, register, self.children.get(one.key, {}))
                found += _find_orphans(one, register, self.parents.get(one.key, {}), orphaned)
            yield from ((one.report_id, check) for check in found)


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
    found, across = [], {}
    for line in declared("proof", "across"):
        check, table, row, column, weight, back, *code = line.values()
        across.setdefault((check, table, row, column), []).append((-int(weight), int(back), code))
    for (check, table, row, column), right in across.items():
        for cell in cells_of(generation):
            if cell[0] == table and row in ("*", cell[1]) and column in ("*", cell[2]):
                terms = ((1, 0, cell), *((weight, back, _fill(code, cell)) for weight, back, code in right))
                found.append((check, terms, _write(terms)))
    return tuple(found)


def _write(terms: Terms) -> str:
    """Write an equation in codes, with braces for the report of the year before."""
    left, *right = (_name(back, cell) for _, back, cell in terms)
    signs = ["-" if weight > 0 else "+" for weight, *_ in terms[1:]]
    signed = "".join(f" {sign} {name}" for sign, name in zip(signs, right, strict=True))
    return f"{left} = {signed.removeprefix(' + ')}"


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


def _compare(
    check: str, terms: Terms, formula: str, numbers: Sequence[Sequence[float]], before: str
) -> Check:
    """Compare both sides of an equation; unknown numbers leave bounds of the difference."""
    values = [weight * numbers[back][slots()[cell]] for weight, back, cell in terms]
    left, right = values[0], round(-math.fsum(values[1:]), DECIMALS)
    low = high = difference = round(left - right, DECIMALS)
    message, unknown = None, [term for term, value in zip(terms, values, strict=True) if value != value]
    if unknown:
        low, high = _bounds(values, unknown)
    verdict = decide(*(end if math.isfinite(end) else None for end in (low, high)))
    if verdict == FAILS:
        message = tell_surplus(low, high, not unknown, before)
    elif unknown:
        names = ", ".join(_name(back, cell) for _, back, cell in unknown)
        message = f"unknown: {names}".replace("{}", before)
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


def _find_orphans(
    one: Fingerprint, register: Register, parents: dict[str, str], told: set[Group]
) -> Iterator[Check]:
    """Say once a year, on the first of its children, that a declared parent has no report to compare with."""
    for key, name in parents.items():
        group = key, one.year, None
        if group not in register.differing and group not in told:
            told.add(group)
            message = f"a child of {name}: {register.find(group, name)}"
            yield _in_words("children_sum", None, UNDECIDED, message)


def _check_children(one: Fingerprint, register: Register, children: dict[str, str]) -> Iterator[Check]:
    """Compare a parent with the sum of its children: a summary, and each cell that fails."""
    if not children:
        return
    found = [register.find((key, one.year, None), name) for key, name in children.items()]
    missing = [child for child in found if isinstance(child, str)]
    reports = [one, *(child for child in found if not isinstance(child, str))]
    alike = len({report.form for report in reports}) == 1
    numbers = np.full((len(reports) + len(missing), len(slots())), np.nan)
    numbers[: len(reports)] = [unpack(report.numbers) for report in reports]
    numbers[:, [cell[0] == DISCLOSURE and not alike for cell in slots()]] = np.nan
    difference, at_most = (numbers[0] - add(numbers[1:], axis=0) for add in (np.sum, np.nansum))
    suspects = compress(slots(), (np.abs(difference) > NEAR) | (at_most < -NEAR))
    failing = [check for check in _compare_sums(suspects, numbers.tolist()) if check.verdict == FAILS]
    wrong, holding = len(failing), int((np.abs(difference) <= NEAR).sum())
    verdict = UNDECIDED if missing or not (wrong or holding) else FAILS if wrong else HOLDS
    named = ", ".join(report.report_id for report in reports[1:])
    operands = f"each cell = its sum over {named}" if named else None
    counts = map(float, (wrong + holding, holding, wrong))
    message = tell_children(holding, wrong, missing, alike)
    yield Check("children_sum", None, None, None, *counts, None, None, verdict, operands, message)
    yield from failing


def _compare_sums(cells: Iterable[CellCode], numbers: Sequence[Sequence[float]]) -> Iterator[Check]:
    for cell in cells:
        terms = tuple((-1 if n else 1, n, cell) for n in range(len(numbers)))
        formula = f"{_name(0, cell)} = sum of {_name(0, cell)} of {len(numbers) - 1} children"
        yield _compare("children_sum", terms, formula, numbers, "its children")
