"""The audit of one report: what its identities prove, contradict and leave open.

In: the cells of a report as read. Out: a `Proof`: cells with the inferred ones, checks, bounds, proposals and
findings. Next: `pipeline`.

Nothing printed is changed. Only a part of a table whose numbers contradict each other nowhere, nor the
readings of a doubtful one, is inferred from.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from math import inf

from govtables.forms import Part, Values, parts, tell_generation
from govtables.language import list_readings
from govtables.proof.bounds import Bounds, infer
from govtables.proof.checks import check_blanks, check_equation, check_limits, off_limits
from govtables.proof.finding_rows import find, find_contradiction, find_differences, list_changes
from govtables.proof.local_lines import LocalLine, find_lines, stand_beside
from govtables.proof.locate import Located, locate
from govtables.proof.sentences import code, tell, tell_inferred, tell_misread, tell_refused
from govtables.records import FAILS, Bound, CellRow, Change, Check, Finding, Status, is_local

Inferred = dict[tuple[str, str], CellRow]  # by row and column, the cells of a table that the audit changes


@dataclass(frozen=True, slots=True)
class Proof:
    """What the audit of a report gives."""

    cells: list[CellRow] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    proposals: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    repeated: Set[tuple[str, str]] = frozenset()


def prove(cells: Sequence[CellRow], repeated: Set[tuple[str, str]] = frozenset()) -> Proof:
    """Check the cells of a report, infer what is determined, locate what is wrong.

    `repeated` are the rows, by table and row, that are printed twice with different numbers: nothing is told
    of them.
    """
    proof = Proof(repeated=repeated)
    for table, group in groupby(cells, key=lambda cell: cell.table):
        _prove_table(proof, table, list(group))
    return proof


def _prove_table(proof: Proof, table: str, cells: list[CellRow]) -> None:
    own = [cell for cell in cells if not is_local(cell)]
    generation = tell_generation(table, own)
    lines = find_lines(generation, cells) if len(own) < len(cells) else []
    broken = [(cell, check) for cell in own if (check := off_limits(cell))]
    inferred: Inferred = {}
    blank: list[bool | None] = []
    for part in parts(generation, table):
        held = [own[place] for place in part.places]
        wrong = frozenset(held.index(cell) for cell, _ in broken if cell in held)
        blank.append(_prove_part(proof, part, held, lines, wrong, inferred))
    proof.checks.extend(check_limits(table, own, broken))
    for cell, check in broken:
        proof.findings.append(find(check, [cell], tell(check, code=code(cell), value=cell.value)))
    if blanks := [cell for cell in own if cell.status == Status.BLANK]:
        forced = sum(inferred.get((cell.row, cell.column), cell).value == 0 for cell in blanks)
        proof.checks.append(check_blanks(table, blank, len(blanks), forced))
    proof.cells.extend(inferred.get((cell.row, cell.column), cell) for cell in cells)


def _prove_part(
    proof: Proof, part: Part, cells: list[CellRow],
    lines: list[LocalLine], wrong: frozenset[int], inferred: Inferred,
) -> bool | None:
    """Audit one part; tell whether its blanks may all be zero, `None` where that cannot be asked."""
    values: Values = [cell.value for cell in cells]
    beside = stand_beside(part, values, lines)
    checks = [check_equation(*pair, values) for pair in zip(part.equations, beside, strict=True)]
    proof.checks.extend(checks)
    proof.findings.extend(find_differences(part, cells, checks, beside))
    sound = tuple(n for n, addition in enumerate(beside) if addition.added == 0)
    contradicted = bool(wrong) or any(checks[n].verdict == FAILS for n in sound)
    bounds = None if contradicted else infer(part, values, sound) if None in values else {}
    if bounds is None:
        _report_located(proof, part, cells, locate(part, values, sound, wrong))
        return None
    if _refuse_misread(proof, part, cells, bounds, inferred):
        return None
    _take_bounds(proof, part, cells, bounds, inferred)
    return _may_be_zero(part, cells, bounds, sound)


def _report_located(proof: Proof, part: Part, cells: list[CellRow], located: Located) -> None:
    """Publish the proposals, numbered within the table, and one finding that says what they amount to."""
    table = part.keys[0][0]
    before = max((change.proposal for change in proof.proposals if change.table == table), default=0)
    proof.proposals.extend(list_changes(part, located, before))
    proof.findings.append(find_contradiction(cells, located))


def _refuse_misread(
    proof: Proof, part: Part, cells: list[CellRow], bounds: dict[int, Bounds], inferred: Inferred
) -> bool:
    """Publish doubtful cells whose readings the bounds exclude; tell whether there are any."""
    misread = {at: bound for at, bound in bounds.items() if _is_misread(cells[at], bound)}
    for at, bound in misread.items():
        cell = cells[at]
        proof.findings.append(find("misread", [cell], tell_misread(part, cell, bound)))
        inferred[cell.row, cell.column] = cell._replace(reason=tell_refused(cell, bound))
    return bool(misread)


def _is_misread(cell: CellRow, bound: Bounds) -> bool:
    """Tell whether the identities leave none of the readings of a doubtful cell."""
    readings = list_readings(cell.raw or "")
    return bool(readings) and not any(bound.low <= reading <= bound.high for reading in readings)


def _take_bounds(
    proof: Proof, part: Part, cells: list[CellRow], bounds: dict[int, Bounds], inferred: Inferred
) -> None:
    """Infer the cells that have one number left, and publish the bounds of the others."""
    for at, bound in bounds.items():
        cell = cells[at]
        if (cell.table, cell.row) in proof.repeated:
            continue  # two rows share the label, and the identities tell only both together
        if bound.low == bound.high:
            reason = tell_inferred(part, cell, bound)
            taken = cell._replace(value=bound.low + 0.0, status=Status.INFERRED, reason=reason)
            inferred[cell.row, cell.column] = taken
        else:
            proof.bounds.append(Bound(*part.keys[at], bound.low, None if bound.high == inf else bound.high))


def _may_be_zero(part: Part, cells: list[CellRow], bounds: dict[int, Bounds], sound: tuple[int, ...]) -> bool:
    """Tell whether the identities can hold with zero for every blank."""
    blanks = [bounds[at] for at in bounds if cells[at].status == Status.BLANK]
    if any(bound.low > 0 for bound in blanks) or all(bound.high == 0 for bound in blanks):
        return not any(bound.low > 0 for bound in blanks)
    zeros = [0.0 if cell.status == Status.BLANK else cell.value for cell in cells]
    return infer(part, zeros, sound, ()) is not None
