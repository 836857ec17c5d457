"""The sentences of an audit: reasons, findings and messages of checks, made last from codes and numbers.

In: cells, identities, bounds, proposals. Out: sentences, as they are published. Next: `checks`,
`finding_rows`, `prove`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf

from govtables.forms import Equation, Part, name_cell
from govtables.language import Said, join, phrase, tell
from govtables.proof.bounds import Bounds
from govtables.proof.local_lines import Addition
from govtables.proof.locate import MOST_CELLS, Located, Proposal
from govtables.records import EXTRA, FAILS, HOLDS, UNDECIDED, CellRow, Check, Status

MOST_NAMES = 4  # of identities, in a reason


def code(cell: CellRow) -> str:
    """Write the code of a cell."""
    return f"{cell.table}.{cell.row}.{cell.column}"


def name_of(cell: CellRow, whole: bool = True) -> Said:
    """Name a cell in a sentence."""
    return name_cell(*cell[:3], whole=whole)


def _count(number: int, one: str, more: str) -> Said:
    return tell(one if number == 1 else more, n=number)


def _between(low: float, high: float) -> Said:
    if low == high:
        return tell("proof.exactly", low=low)
    return tell("proof.or_more" if high == inf else "proof.between", low=low, high=high)


@lru_cache(maxsize=1 << 12)
def _name_identities(part: Part, because: int) -> Said:
    names = [equation.title() for n, equation in enumerate(part.equations) if because >> n & 1]
    first, more = join(names[:MOST_NAMES], ", "), len(names) - MOST_NAMES
    return tell("proof.and_more", names=first, more=more, count=len(names)) if more > 0 else first


# -- reasons of cells ----------------------------------------------------------------------------------------


def tell_inferred(part: Part, cell: CellRow, bound: Bounds) -> str:
    """Say why a cell has its inferred number."""
    reason = phrase("proof.inferred", value=bound.low, names=_name_identities(part, bound.because))
    return join([reason, cell.reason])


def tell_refused(cell: CellRow, bound: Bounds) -> Said:
    """Say why a doubtful cell keeps no number: the identities leave none of its readings."""
    return tell("proof.refused", reason=cell.reason, between=_between(bound.low, bound.high))


# -- messages of checks --------------------------------------------------------------------------------------


def tell_sides(low: float | None, high: float | None, verdict: str) -> Said | None:
    """Say by how much the sides of an identity differ at least, or why that is not decided."""
    if verdict == FAILS and low is not None and low > 0:
        return tell("proof.left_at_least" if high is None else "proof.left_more", more=low)
    if verdict == FAILS:
        return tell("proof.right_at_least" if low is None else "proof.right_more", more=-high)
    return phrase("proof.without_number") if verdict == UNDECIDED else None


def tell_addition(beside: Addition, difference: float | None) -> Said:
    """Say whether the local lines beside an identity are counted; `difference` is of its known sides."""
    lines = join((line.removeprefix(EXTRA) for line in beside.lines), ", ")
    if beside.added is None and difference:
        return tell("proof.line_open_differing", difference=abs(difference), lines=lines)
    if not beside.added:
        return tell("proof.line_open" if beside.added is None else "proof.line_not_counted", lines=lines)
    return tell("proof.line_counted", lines=lines, added=beside.added)


def tell_blanks(verdict: str, blanks: int, forced: int) -> Said:
    """Say of the blanks of a table whether all can be zero, and how many must be."""
    can = {HOLDS: "proof.blanks_hold", UNDECIDED: "proof.blanks_undecided"}.get(verdict, "proof.blanks_fail")
    return tell(can, blanks=_count(blanks, "proof.blank", "proof.blanks"), forced=forced)


# -- findings ------------------------------------------------------------------------------------------------


def tell_difference(equation: Equation, check: Check) -> Said:
    """Say which identity does not hold, and both its sides."""
    message = "proof.differs_as_known" if None in (check.left, check.right) else "proof.differs"
    return tell(message, title=equation.title(), left=check.left, right=check.right, said=check.message)


def tell_misread(part: Part, cell: CellRow, bound: Bounds) -> Said:
    """Say that the identities leave none of the readings of a doubtful cell."""
    facts = {"names": _name_identities(part, bound.because), "between": _between(bound.low, bound.high)}
    return tell("proof.misread", code=name_of(cell), reason=cell.reason, **facts)


def tell_contradiction(cells: Sequence[CellRow], located: Located) -> str:
    """Say in plain words what was searched for, and what would satisfy the identities."""
    return join((*_tell_smallest(cells, located), *_tell_slips(cells, located)), " ")


def _tell_smallest(cells: Sequence[CellRow], located: Located) -> Iterator[Said]:
    if not located.smallest:
        yield tell("proof.many_wrong" if located.complete else "proof.search_stopped", most=MOST_CELLS)
        if located.only:
            yield tell("proof.slip_alone", slip=_describe(cells, located.only))
        else:
            yield tell("proof.compare_all")
        return
    size, ways = len(located.smallest[0].changes), len(located.smallest)
    yield tell("proof.fewest_one" if size == 1 else "proof.fewest", n=size)
    if located.complete and ways == 1:
        yield tell("proof.only_way", slip=_describe(cells, located.smallest[0]))
    else:
        yield tell("proof.several_ways" if located.complete else "proof.ways_at_least", n=ways)


def _tell_slips(cells: Sequence[CellRow], located: Located) -> Iterator[Said]:
    """Say which slips would explain all beside what is told already, and how many lines without a reason."""
    told = located.smallest if len(located.smallest) == 1 and located.complete else (located.only,)
    slips = [p for p in (*located.smallest, *located.others) if p.typing and p not in told]
    if len(slips) == 1:
        message = "proof.otherwise_slip" if told[0] else "proof.one_slip"
        yield tell(message, slip=_describe(cells, slips[0]))
    elif slips:
        yield tell("proof.several_slips", n=len(slips))
    if ways := [p for p in located.others if not p.typing]:
        yield tell("proof.lines_do", ways=_count(len(ways), "proof.way", "proof.ways"))


def _describe(cells: Sequence[CellRow], proposal: Proposal) -> Said:
    """Write a proposal out: cell, what is printed, what is implied."""
    said = []
    for at, printed, low, high in proposal.changes:
        is_ = "proof.was_decided" if cells[at].status == Status.DECIDED else "proof.is_printed"
        facts = {"code": name_of(cells[at]), "printed": printed, "between": _between(low, high)}
        said.append(tell("proof.is_unknown" if printed is None else is_, **facts))
    message = "proof.explained" if proposal.typing else "proof.unexplained"
    return tell(message, changes=join(said), typing=proposal.typing)
