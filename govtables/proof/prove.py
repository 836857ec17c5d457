"""The audit of one report: what its identities prove, contradict and leave open.

In: the cells of a report as read. Out: a `Proof`, the inferred cells among its cells. Next: `pipeline`.

Nothing printed is changed. Only a part of a table whose numbers contradict each other nowhere, nor the
readings of a doubtful one, is inferred from.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from math import inf

from govtables.forms import Part, Values, parts, tell_generation
from govtables.language import list_readings, tell
from govtables.proof.bounds import AllBounds, Bounds, infer
from govtables.proof.checks import check_blanks, check_equations, check_limits, off_limits
from govtables.proof.finding_rows import (
    find, find_beside, find_contradiction, find_differences, list_changes,
)
from govtables.proof.local_lines import LocalLine, find_lines, stand_beside
from govtables.proof.locate import locate
from govtables.proof.moved_rows import find_moved_rows
from govtables.proof.sentences import name_of, tell_inferred, tell_misread, tell_refused
from govtables.proof.witnesses import find_shares
from govtables.records import FAILS, Bound, CellRow, Change, Check, Finding, Status, of_form

IN_LINE = "dispute_total"  # the identity of groups that are printed in one line
Cells = Sequence[CellRow]
Inferred = dict[tuple[str, str], CellRow]  # by row and column, the cells of a table that the audit changes


@dataclass(frozen=True, slots=True)
class Proof:
    """What the audit of a report gives."""

    cells: list[CellRow] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    proposals: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    untold: set[tuple[str, str]] = field(default_factory=set)  # rows of which nothing is inferred


def prove(cells: Sequence[CellRow], repeated: Set[tuple[str, str]] = frozenset()) -> Proof:
    """Check the cells of a report, infer what is determined, locate what is wrong.

    `repeated` are rows, by table and row, printed twice with different numbers: nothing is told of them.
    """
    proof = Proof(untold=set(repeated))
    for table, group in groupby(cells, key=lambda cell: cell.table):
        _prove_table(proof, table, list(group))
    return proof


def _prove_table(proof: Proof, table: str, cells: list[CellRow]) -> None:
    own = of_form(cells)
    generation = tell_generation(table, own)
    lines = find_lines(generation, cells) if len(own) < len(cells) else []
    _take_untold(proof, find_shares(own))
    odd = [cell for cell in own if cell.value and (cell.value < 0 or cell.value % 1)]
    broken = [(cell, check) for cell in odd if (check := off_limits(cell))]
    inferred: Inferred = {}
    before = len(proof.findings)
    blank: list[bool | None] = []
    for part in parts(generation, table):
        held = [own[place] for place in part.places]
        wrong = frozenset(held.index(cell) for cell, _ in broken if cell in held)
        blank.append(_prove_part(proof, part, held, lines, wrong, inferred))
    failing = {finding.row for finding in proof.findings[before:] if finding.kind == IN_LINE}
    proof.findings[before:before] = find_beside(own, failing)
    proof.checks.extend(check_limits(table, own, broken))
    for cell, check in broken:
        message = tell(f"proof.off_{check}", code=name_of(cell), value=cell.value)
        proof.findings.append(find(check, [cell], message))
    if blanks := [cell for cell in own if cell.status == Status.BLANK]:
        forced = sum(inferred.get((cell.row, cell.column), cell).value == 0 for cell in blanks)
        proof.checks.append(check_blanks(table, blank, len(blanks), forced))
    proof.cells.extend([inferred.get((cell.row, cell.column), cell) for cell in cells] if inferred else cells)


def _prove_part(
    proof: Proof, part: Part, cells: Cells, lines: list[LocalLine], wrong: frozenset[int], inferred: Inferred
) -> bool | None:
    """Audit one part; tell whether its blanks may all be zero, `None` where that cannot be asked."""
    values: Values = [cell.value for cell in cells]
    beside = stand_beside(part, values, lines)
    checks = check_equations(part, beside, values)
    proof.checks.extend(checks)
    proof.findings.extend(find_differences(part, cells, checks, beside))
    sound = tuple(n for n, addition in enumerate(beside) if addition.added == 0)
    contradicted = bool(wrong) or any(checks[n].verdict == FAILS for n in sound)
    _take_untold(proof, find_moved_rows(part, cells, sound, contradicted))
    bounds = None if contradicted else infer(part, values, sound) if None in values else {}
    if bounds is None:
        located, table = locate(part, values, sound, wrong), part.keys[0][0]
        before = max((change.proposal for change in proof.proposals if change.table == table), default=0)
        proof.proposals.extend(list_changes(part, located, before))
        proof.findings.append(find_contradiction(cells, located))
        return None
    if _refuse_misread(proof, part, cells, bounds, inferred):
        return None
    _take_bounds(proof, part, cells, bounds, inferred)
    return _may_be_zero(part, cells, bounds, sound)


def _take_untold(proof: Proof, findings: Iterable[Finding]) -> None:
    """Keep findings on rows of which nothing is inferred then."""
    for finding in findings:
        proof.findings.append(finding)
        proof.untold.add((finding.table, finding.row))


def _refuse_misread(proof: Proof, part: Part, cells: Cells, bounds: AllBounds, inferred: Inferred) -> bool:
    """Publish doubtful cells whose readings the bounds exclude; tell whether there are any."""
    misread = [(cells[at], bound) for at, bound in bounds.items() if _is_misread(cells[at], bound)]
    for cell, bound in misread:
        proof.findings.append(find("misread", [cell], tell_misread(part, cell, bound)))
        inferred[cell.row, cell.column] = cell._replace(reason=tell_refused(cell, bound))
    return bool(misread)


def _is_misread(cell: CellRow, bound: Bounds) -> bool:
    """Tell whether the identities leave none of the readings of a doubtful cell."""
    readings = list_readings(cell.raw or "")
    return bool(readings) and not any(bound.low <= reading <= bound.high for reading in readings)


def _take_bounds(proof: Proof, part: Part, cells: Cells, bounds: AllBounds, inferred: Inferred) -> None:
    """Infer the cells that have one number left, and publish the bounds of the others."""
    for at, bound in bounds.items():
        cell = cells[at]
        if (cell.table, cell.row) in proof.untold:
            continue  # the identities tell it only together with another row
        if bound.low == bound.high:
            known = {"value": bound.low + 0.0, "status": Status.INFERRED}
            inferred[cell.row, cell.column] = cell._replace(**known, reason=tell_inferred(part, cell, bound))
        else:
            proof.bounds.append(Bound(*part.keys[at], bound.low, None if bound.high == inf else bound.high))


def _may_be_zero(part: Part, cells: Cells, bounds: AllBounds, sound: tuple[int, ...]) -> bool:
    """Tell whether the identities can hold with zero for every blank."""
    blanks = [bounds[at] for at in bounds if cells[at].status == Status.BLANK]
    if any(bound.low > 0 for bound in blanks) or all(bound.high == 0 for bound in blanks):
        return not any(bound.low > 0 for bound in blanks)
    zeros = [0.0 if cell.status == Status.BLANK else cell.value for cell in cells]
    return infer(part, zeros, sound, ()) is not None
