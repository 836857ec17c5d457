"""The sentences of an audit: reasons, findings and messages of checks, made last from codes and numbers.

In: cells, identities, bounds, proposals. Out: English, as it is published. Next: `checks`, `findings`,
`between_reports`, `prove`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf

from govtables.declared import declared
from govtables.forms import Equation, Part
from govtables.proof.bounds import Bounds
from govtables.proof.local_lines import Addition
from govtables.proof.locate import MOST_CELLS, Located, Proposal
from govtables.records import EXTRA, FAILS, HOLDS, UNDECIDED, CellRow, Check, Status

MOST_NAMES = 4  # of identities, in a reason


def tell(message: str, **facts: object) -> str:
    """Write a message that is declared, with the facts that it names.

    >>> tell("no_report", year=2021, name="花街镇")
    'no report of 2021 by 花街镇 in the dataset'
    """
    texts = {line["message"]: line["en"] for line in declared("proof", "messages")}
    return texts[message].format(**facts)


def code(cell: CellRow) -> str:
    """Write the code of a cell."""
    return f"{cell.table}.{cell.row}.{cell.column}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _between(low: float, high: float) -> str:
    if low == high:
        return f"{low:.15g}"
    return f"{low:.15g} or more" if high == inf else f"{low:.15g} to {high:.15g}"


@lru_cache(maxsize=1 << 12)
def _name_identities(part: Part, because: int) -> str:
    names = [equation.title() for n, equation in enumerate(part.equations) if because >> n & 1]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{', '.join(names[:MOST_NAMES])}{more}"


# -- reasons of cells ----------------------------------------------------------------------------------------


def tell_inferred(part: Part, cell: CellRow, bound: Bounds) -> str:
    """Say why a cell has its inferred number."""
    reason = f"only {bound.low:.15g} satisfies {_name_identities(part, bound.because)}"
    return f"{reason}; {cell.reason}" if cell.reason else reason


def tell_refused(cell: CellRow, bound: Bounds) -> str:
    """Say why a doubtful cell keeps no number: the identities leave none of its readings."""
    return f"{cell.reason}, where the identities leave {_between(bound.low, bound.high)}"


# -- messages of checks --------------------------------------------------------------------------------------


def tell_sides(low: float | None, high: float | None, verdict: str) -> str | None:
    """Say by how much the sides of an identity differ at least, or why that is not decided."""
    if verdict == FAILS and low is not None and low > 0:
        return f"the left side is {'at least ' if high is None else ''}{low:.15g} more than the right"
    if verdict == FAILS:
        return f"the right side is {'at least ' if low is None else ''}{-high:.15g} more than the left"
    return "a cell without a number stands in it" if verdict == UNDECIDED else None


def tell_addition(beside: Addition, difference: float | None) -> str:
    """Say whether the local lines beside an identity are counted; `difference` is of its known sides."""
    lines = ", ".join(line.removeprefix(EXTRA) for line in beside.lines)
    if beside.added is None:
        open_by = f"the sides differ by {abs(difference):.15g}, and " if difference else ""
        return f"{open_by}whether the local line beside it ({lines}) is counted cannot be told"
    if not beside.added:
        return f"{lines} not counted"
    return f"the local line beside it ({lines}) counted as {beside.added:.15g}"


def tell_blanks(verdict: str, blanks: int, forced: int) -> str:
    """Say of the blanks of a table whether all can be zero, and how many must be."""
    if verdict == UNDECIDED:
        rest = "the rest stands in no identity, or in contradictions"
        return f"{_count(blanks, 'blank')}, {forced} of which must be zero; {rest}"
    can = "can" if verdict == HOLDS else "cannot"
    return f"{_count(blanks, 'blank')}, which {can} all be zero; {forced} must be"


# -- findings ------------------------------------------------------------------------------------------------


def tell_difference(equation: Equation, check: Check) -> str:
    """Say which identity does not hold, and both its sides."""
    known = None not in (check.left, check.right)
    sides = f"{check.left:.15g} against {check.right:.15g}" if known else "as far as the numbers are known"
    return f"{equation.title()}: {sides}, {check.message}"


def tell_misread(part: Part, cell: CellRow, bound: Bounds) -> str:
    """Say that the identities leave none of the readings of a doubtful cell."""
    left = f"{_name_identities(part, bound.because)} leave {_between(bound.low, bound.high)}"
    remedy = "a number is misread, and none is inferred; compare them with the picture"
    return f"{code(cell)} is {cell.reason}, but {left}: {remedy}"


def tell_contradiction(cells: Sequence[CellRow], located: Located) -> str:
    """Say in plain words what was searched for, and what would satisfy the identities."""
    return " ".join((*_tell_smallest(cells, located), *_tell_slips(cells, located)))


def _tell_smallest(cells: Sequence[CellRow], located: Located) -> Iterator[str]:
    if not located.smallest:
        stopped = "the search was stopped before it found how"
        many = f"more than {MOST_CELLS} cells are wrong" if located.complete else stopped
        yield f"The identities of the table cannot all hold, and {many};"
        if located.only:
            yield f"one slip alone explains them: {_describe(cells, located.only)}"
        else:
            yield "compare the whole table with its source."
        return
    size = len(located.smallest[0].changes)
    changed = f"{_count(size, 'cell')} {'is' if size == 1 else 'are'} changed"
    yield f"Changing the fewest cells, the identities of the table hold again if {changed}:"
    if located.complete and len(located.smallest) == 1:
        yield f"the only way: {_describe(cells, located.smallest[0])}"
    else:
        count = f"{'' if located.complete else 'at least '}{len(located.smallest)}"
        yield f"there are {count} ways, listed in the table proposals, so the error cannot be located."


def _tell_slips(cells: Sequence[CellRow], located: Located) -> Iterator[str]:
    """Say which slips would explain all beside what is told already, and how many lines without a reason."""
    told = located.smallest if len(located.smallest) == 1 and located.complete else (located.only,)
    slips = [p for p in (*located.smallest, *located.others) if p.typing and p not in told]
    if len(slips) == 1:
        one = "Otherwise one" if told[0] else "One"
        yield f"{one} slip explains all: {_describe(cells, slips[0])}"
    elif slips:
        yield f"{len(slips)} slips would explain all; they are in the table proposals."
    if ways := [p for p in located.others if not p.typing]:
        yield f"Changing one row or column would do, too: {_count(len(ways), 'way')}, listed there."


def _describe(cells: Sequence[CellRow], proposal: Proposal) -> str:
    """Write a proposal out: cell, what is printed, what is implied."""
    said = []
    for at, printed, low, high in proposal.changes:
        is_ = "was decided as" if cells[at].status == Status.DECIDED else "is"
        stands = "is not known" if printed is None else f"{is_} {printed:.15g}"
        said.append(f"{code(cells[at])} {stands}, should be {_between(low, high)}")
    return f"{'; '.join(said)}{f' ({proposal.typing})' if proposal.typing else ''}."


# -- between reports -----------------------------------------------------------------------------------------


def tell_surplus(low: float, high: float, exact: bool, source: str) -> str:
    """Say by how much a number is more or less than follows from other reports; the ends have one sign."""
    much = f"{'' if exact else 'at least '}{max(low, -high):.10g} {'more' if low > 0 else 'less'}"
    return f"{much} than follows from {source}"


def tell_children(holding: int, failing: int, missing: Sequence[str], alike: bool) -> str | None:
    """Say what the comparison of a parent with its children lacks, or how many cells differ."""
    notes = list(missing) or ([] if failing or holding else ["no cell is known in all of the reports"])
    notes += [f"{failing} of {failing + holding} cells differ"] if failing and not missing else []
    notes += [] if alike else ["the table of disclosure is left out, as its forms differ"]
    return "; ".join(notes) or None
