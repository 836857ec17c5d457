"""What the audit of a part found, as rows: findings, and proposals of what to change.

In: checks and `Located` sets of cells. Out: `Finding`s and `Change`s, with their sentences. Next: `prove`.
"""

from collections.abc import Iterator, Sequence, Set
from math import inf

from govtables.forms import Part, name_cell
from govtables.language import tell
from govtables.proof.local_lines import Addition
from govtables.proof.locate import Located
from govtables.proof.sentences import code, tell_contradiction, tell_difference
from govtables.records import FAILS, UNDECIDED, CellRow, Change, Check, Finding, Status


def find(kind: str, cells: Sequence[CellRow], message: str) -> Finding:
    """A finding on cells, at the first."""
    return Finding(kind, cells[0].table, cells[0].row, cells[0].place, message, tuple(map(code, cells)))


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
    rows = dict.fromkeys([cell.row for cell in cells] if failing else ())
    for row in rows if failing & rows.keys() else ():
        held = [cell for cell in cells if cell.row == row and cell.status != Status.ABSENT]
        if held and row not in failing:
            yield find("beside", held, tell("proof.beside", row=name_cell(held[0].table, row, whole=False)))


def _find_difference(part: Part, cells: Sequence[CellRow], check: Check, n: int, kind: str) -> Finding:
    equation = part.equations[n]
    return find(kind, [cells[at] for at, _ in equation.terms], tell_difference(equation, check))


def find_contradiction(cells: Sequence[CellRow], located: Located) -> Finding:
    """What the proposals for a part amount to, in one finding."""
    told = located.smallest or located.others
    places = sorted({shift.at for proposal in told for shift in proposal.changes})
    home = cells[places[0] if places else 0]
    message, codes = tell_contradiction(cells, located), tuple(code(cells[at]) for at in places)
    return Finding("contradiction", home.table, home.row, home.place, message, codes)


def list_changes(part: Part, located: Located, before: int) -> Iterator[Change]:
    """The changed cells of each proposal; `before` is the number of the last one of the table."""
    for n, proposal in enumerate((*located.smallest, *located.others), before + 1):
        for at, printed, low, high in proposal.changes:
            table, row, column = part.keys[at]
            most, unique = None if high == inf else high, proposal is located.only
            yield Change(table, n, proposal.kind, unique, row, column, printed, low, most, proposal.typing)
