"""The audit of one report: what its identities prove, contradict and leave open.

In: the cells of a report as read. Out: a `Proof`: cells with the inferred ones, checks, bounds, proposals and findings. Next: `run`.

Nothing printed is changed. Only a part of a table whose numbers contradict each other nowhere, nor the readings of a doubtful one, is
inferred from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from math import inf

from govtables.forms import Part, Values, parts, tell_generation
from govtables.language import list_readings
from govtables.proof.bounds import Bounds, infer
from govtables.proof.checks import check_equation, check_limits, off_limits
from govtables.proof.local_lines import Addition, LocalLine, find_lines, stand_beside
from govtables.proof.locate import MOST_CELLS, Located, Proposal, locate
from govtables.records import (
    FAILS,
    HOLDS,
    TWICE,
    UNDECIDED,
    Bound,
    CellRow,
    Change,
    Check,
    Finding,
    Status,
    is_local,
)

MOST_NAMES = 4  # of identities, in a reason


@dataclass(frozen=True, slots=True)
class Proof:
    """What the audit of a report gives."""

    cells: list[CellRow] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    proposals: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def prove(cells: Sequence[CellRow]) -> Proof:
    """Check the cells of a report, infer what is determined, locate what is wrong."""
    proof = Proof()
    for table, group in groupby(cells, key=lambda cell: cell.table):
        _prove_table(proof, table, list(group))
    return proof


def _prove_table(proof: Proof, table: str, cells: list[CellRow]) -> None:
    own = [cell for cell in cells if not is_local(cell)]
    generation = tell_generation(table, own)
    lines = find_lines(generation, cells) if len(own) < len(cells) else []
    broken = [(cell, check) for cell in own if (check := off_limits(cell))]
    inferred: dict[tuple[str, str], CellRow] = {}
    blank: list[bool | None] = []
    for part in parts(generation, table):
        held = [own[place] for place in part.places]
        wrong = frozenset(held.index(cell) for cell, _ in broken if cell in held)
        blank.append(_prove_part(proof, part, held, lines, wrong, inferred))
    proof.checks.extend(check_limits(table, own, broken))
    proof.findings.extend(_limit_finding(cell, check) for cell, check in broken)
    if n_blank := sum(cell.status == Status.BLANK for cell in own):
        forced = sum(cell.status == Status.BLANK for cell in own if inferred.get((cell.row, cell.column), cell).value == 0)
        proof.checks.append(_check_blanks(table, blank, n_blank, forced))
    proof.cells.extend(inferred.get((cell.row, cell.column), cell) for cell in cells)


def _prove_part(
    proof: Proof, part: Part, cells: list[CellRow], lines: list[LocalLine], wrong: frozenset[int], inferred: dict
) -> bool | None:
    """Audit one part; tell whether its blanks may all be zero, `None` where that cannot be asked."""
    values: Values = [cell.value for cell in cells]
    beside = stand_beside(part, values, lines)
    checks = [check_equation(equation, values, extra) for equation, extra in zip(part.equations, beside, strict=True)]
    proof.checks.extend(checks)
    failed = [n for n, check in enumerate(checks) if check.verdict == FAILS]
    proof.findings.extend(_check_finding(part, cells, checks[n], n) for n in failed)
    proof.findings.extend(_open_finding(part, cells, checks[n], n) for n in _left_open(checks, beside))
    sound = tuple(n for n, extra in enumerate(beside) if extra.added == 0)
    unknown = None in values
    contradicted = bool(wrong) or any(n in sound for n in failed)
    bounds = infer(part, values, sound) if unknown and not contradicted else {}
    if contradicted or bounds is None:
        _report_located(proof, part, cells, locate(part, values, sound, wrong))
        return None
    if misread := {at: bound for at, bound in bounds.items() if _is_misread(cells[at], bound)}:
        proof.findings.extend(_misread_finding(part, cells[at], bound) for at, bound in misread.items())
        inferred |= {(cells[at].row, cells[at].column): _refuse(cells[at], bound) for at, bound in misread.items()}
        return None
    for at, bound in bounds.items():
        if (cells[at].reason or "").startswith(TWICE):
            continue  # two rows share the label, and the identities tell only both together
        if bound.low == bound.high:
            inferred[cells[at].row, cells[at].column] = _infer_cell(part, cells[at], bound)
        else:
            proof.bounds.append(Bound(*part.keys[at], bound.low, None if bound.high == inf else bound.high))
    return _may_be_zero(part, cells, bounds, sound)


def _may_be_zero(part: Part, cells: list[CellRow], bounds: dict[int, Bounds], sound: tuple[int, ...]) -> bool:
    """Tell whether the identities can hold with zero for every blank."""
    blanks = [bounds[at] for at in bounds if cells[at].status == Status.BLANK]
    if any(bound.low > 0 for bound in blanks) or all(bound.high == 0 for bound in blanks):
        return not any(bound.low > 0 for bound in blanks)
    return infer(part, [0.0 if cell.status == Status.BLANK else cell.value for cell in cells], sound, ()) is not None


def _infer_cell(part: Part, cell: CellRow, bound: Bounds) -> CellRow:
    reason = f"only {bound.low:.15g} satisfies {_name_identities(part, bound.because)}"
    reason = f"{reason}; {cell.reason}" if cell.reason else reason
    return cell._replace(value=bound.low + 0.0, status=Status.INFERRED, reason=reason)


def _is_misread(cell: CellRow, bound: Bounds) -> bool:
    """Tell whether the identities leave none of the readings of a doubtful cell."""
    readings = list_readings(cell.raw or "")
    return bool(readings) and not any(bound.low <= reading <= bound.high for reading in readings)


def _refuse(cell: CellRow, bound: Bounds) -> CellRow:
    return cell._replace(reason=f"{cell.reason}, where the identities leave {_between(bound.low, bound.high)}")


@lru_cache(maxsize=1 << 12)
def _name_identities(part: Part, because: int) -> str:
    names = [equation.title() for n, equation in enumerate(part.equations) if because >> n & 1]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{', '.join(names[:MOST_NAMES])}{more}"


def _check_blanks(table: str, verdicts: list[bool | None], blanks: int, forced: int) -> Check:
    """Test the hypothesis that a blank means zero."""
    told = [verdict for verdict in verdicts if verdict is not None]
    verdict = FAILS if False in told else HOLDS if told and len(told) == len(verdicts) else UNDECIDED
    message = {
        HOLDS: f"{_count(blanks, 'blank')}, which can all be zero; {forced} must be",
        FAILS: f"{_count(blanks, 'blank')}, which cannot all be zero; {forced} must be",
        UNDECIDED: f"{_count(blanks, 'blank')}, {forced} of which must be zero; the rest stands in no identity, or in contradictions",
    }[verdict]
    numbers = float(blanks), float(forced), float(blanks - forced)
    return Check("blank_is_zero", table, None, None, *numbers, None, None, verdict, None, message)


# -- findings -----------------------------------------------------------------------------------------------------


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _code(cell: CellRow) -> str:
    return f"{cell.table}.{cell.row}.{cell.column}"


def _limit_finding(cell: CellRow, check: str) -> Finding:
    what = "a negative number" if check == "non_negative" else "no whole number"
    message = f"{_code(cell)} is {cell.value:.15g}, {what}, where cases are counted"
    return Finding(check, cell.table, cell.row, cell.place, message, (_code(cell),))


def _check_finding(part: Part, cells: list[CellRow], check: Check, n: int) -> Finding:
    held = [cells[at] for at, _ in part.equations[n].terms]
    known = None not in (check.left, check.right)
    sides = f"{check.left:.15g} against {check.right:.15g}" if known else "as far as the numbers are known"
    message = f"{part.equations[n].title()}: {sides}, {check.message}"
    return Finding(check.check, check.table, held[0].row, held[0].place, message, tuple(map(_code, held)))


def _misread_finding(part: Part, cell: CellRow, bound: Bounds) -> Finding:
    left = f"{_name_identities(part, bound.because)} leave {_between(bound.low, bound.high)}"
    message = f"{_code(cell)} is {cell.reason}, but {left}: a number is misread, and none is inferred; compare them with the picture"
    return Finding("misread", cell.table, cell.row, cell.place, message, (_code(cell),))


def _left_open(checks: Sequence[Check], beside: Sequence[Addition]) -> list[int]:
    """Identities whose known sides differ, and that only a local line keeps from failing."""
    pairs = enumerate(zip(checks, beside, strict=True))
    return [n for n, (c, b) in pairs if c.verdict == UNDECIDED and b.added is None and None not in (c.left, c.right) and c.left != c.right]


def _open_finding(part: Part, cells: list[CellRow], check: Check, n: int) -> Finding:
    return _check_finding(part, cells, check, n)._replace(kind="local_line")


def _report_located(proof: Proof, part: Part, cells: list[CellRow], located: Located) -> None:
    """Publish the proposals, and one finding that says what they amount to."""
    numbered = [("smallest_set", p) for p in located.smallest] + [("slip", p) for p in located.slips]
    before = max((change.proposal for change in proof.proposals if change.table == part.keys[0][0]), default=0)
    for n, (kind, proposal) in enumerate(numbered, before + 1):
        proof.proposals.extend(_change_rows(part, n, kind, located.unique and kind == "smallest_set", proposal))
    lines = list(_explain(cells, located))
    places = sorted({change.at for proposal in located.smallest for change in proposal.changes})
    codes = tuple(_code(cells[at]) for at in places)
    home = cells[places[0]] if places else cells[0]
    proof.findings.append(Finding("contradiction", home.table, home.row, home.place, " ".join(lines), codes))


def _change_rows(part: Part, n: int, kind: str, unique: bool, proposal: Proposal) -> Iterator[Change]:
    for at, printed, low, high in proposal.changes:
        table, row, column = part.keys[at]
        yield Change(table, n, kind, unique, row, column, printed, low, None if high == inf else high, proposal.typing)


def _explain(cells: Sequence[CellRow], located: Located) -> Iterator[str]:
    """Say in plain words what would satisfy the identities."""
    if not located.smallest:
        many = f"more than {MOST_CELLS} cells are wrong" if located.complete else "the search was stopped before it found how"
        yield f"The identities of the table cannot all hold, and {many}; compare the whole table with its source."
    else:
        size = len(located.smallest[0].changes)
        yield f"The identities of the table hold again if {_count(size, 'cell')} {'is' if size == 1 else 'are'} changed:"
        if located.unique:
            yield f"the only way: {_describe(cells, located.smallest[0])}"
        else:
            count = f"{'' if located.complete else 'at least '}{len(located.smallest)}"
            yield f"there are {count} ways, listed in the table proposals, so the error cannot be located."
    slips = [p for p in located.smallest if p.typing and not located.unique] + [*located.slips]
    slips = list({proposal.changes: proposal for proposal in slips}.values())
    if len(slips) == 1:
        yield f"{'Otherwise one' if located.unique else 'One'} typing error explains all: {_describe(cells, slips[0])}"
    elif slips:
        yield f"{len(slips)} typing errors would explain all; they are in the table proposals."


def _decided(cell: CellRow) -> bool:
    return cell.status == Status.DECIDED


def _describe(cells: Sequence[CellRow], proposal: Proposal) -> str:
    """Write a proposal out: cell, what is printed, what is implied."""
    said = []
    for at, printed, low, high in proposal.changes:
        stands = "is not known" if printed is None else f"{'was decided as' if _decided(cells[at]) else 'is'} {printed:.15g}"
        said.append(f"{_code(cells[at])} {stands}, should be {_between(low, high)}")
    return f"{'; '.join(said)}{f' ({proposal.typing})' if proposal.typing else ''}."


def _between(low: float, high: float) -> str:
    return f"{low:.15g}" if low == high else f"{low:.15g} or more" if high == inf else f"{low:.15g} to {high:.15g}"
