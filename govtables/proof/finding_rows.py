"""What the audit of a part found, as rows: findings, and proposals of what to change.

In: checks, bounds and `Located` sets of cells. Out: `Finding`s and `Change`s in words. Next: `prove`.
"""

from collections.abc import Iterator, Sequence, Set
from math import inf

from govtables.forms import Part
from govtables.proof.bounds import Bounds
from govtables.proof.local_lines import Addition
from govtables.proof.locate import Located
from govtables.proof.sentences import (
    code, tell_beside, tell_contradiction, tell_difference, tell_misread, tell_off_limits,
)
from govtables.records import FAILS, UNDECIDED, CellRow, Change, Check, Finding, Status


def find_off_limits(cell: CellRow, check: str) -> Finding:
    """A number that is no count."""
    return Finding(check, cell.table, cell.row, cell.place, tell_off_limits(cell, check), (code(cell),))


def find_differences(
    part: Part, cells: Sequence[CellRow], checks: Sequence[Check], beside: Sequence[Addition]
) -> Iterator[Finding]:
    """Identities that fail, then those that only a local line keeps from failing."""
    for n, check in enumerate(checks):
        if check.verdict == FAILS:
            yield _find_difference(part, cells, check, n, check.check)
    for n, (check, addition) in enumerate(zip(checks, beside, strict=True)):
        differs = None not in (check.left, check.right) and check.left != check.right
        if differs and check.verdict == UNDECIDED and addition.added is None:
            yield _find_difference(part, cells, check, n, "local_line")


def find_beside(cells: Sequence[CellRow], failing: Set[str | None]) -> Iterator[Finding]:
    """The rows of a table without sums between rows, beside one whose sum fails."""
    rows = dict.fromkeys(cell.row for cell in cells)
    for row in rows if failing & rows.keys() else ():
        held = [cell for cell in cells if cell.row == row and cell.status != Status.ABSENT]
        if held and row not in failing:
            codes = tuple(map(code, held))
            yield Finding("beside", held[0].table, row, held[0].place, tell_beside(row), codes)


def _find_difference(part: Part, cells: Sequence[CellRow], check: Check, n: int, kind: str) -> Finding:
    held = [cells[at] for at, _ in part.equations[n].terms]
    message = tell_difference(part.equations[n], check)
    return Finding(kind, check.table, held[0].row, held[0].place, message, tuple(map(code, held)))


def find_misread(part: Part, cell: CellRow, bound: Bounds) -> Finding:
    """A doubtful cell whose readings the identities exclude."""
    message = tell_misread(part, cell, bound)
    return Finding("misread", cell.table, cell.row, cell.place, message, (code(cell),))


def find_contradiction(cells: Sequence[CellRow], located: Located) -> Finding:
    """What the proposals for a part amount to, in one finding."""
    places = sorted({shift.at for proposal in located.smallest for shift in proposal.changes})
    home = cells[places[0] if places else 0]
    message, codes = tell_contradiction(cells, located), tuple(code(cells[at]) for at in places)
    return Finding("contradiction", home.table, home.row, home.place, message, codes)


def list_changes(part: Part, located: Located, before: int) -> Iterator[Change]:
    """The changed cells of each proposal; `before` is the number of the last one of the table."""
    numbered = [("smallest_set", p) for p in located.smallest] + [("slip", p) for p in located.slips]
    for n, (kind, proposal) in enumerate(numbered, before + 1):
        unique = located.unique and kind == "smallest_set"
        for at, printed, low, high in proposal.changes:
            table, row, column = part.keys[at]
            most = None if high == inf else high
            yield Change(table, n, kind, unique, row, column, printed, low, most, proposal.typing)
