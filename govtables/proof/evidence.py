"""Decisions beside their evidence: whether they hold, and what the audit leaves for the cells as printed.

In: decisions, cells before and after them. Out: `Decided` rows. Next: `steps`, the page of decisions.
"""

from collections.abc import Collection, Iterator, Sequence

from govtables.proof.decisions import Decision
from govtables.proof.prove import Proof, prove
from govtables.records import CellRow, Decided, Status

Left = tuple[float | None, float | None, str | None]


def judge_decisions(
    decisions: Sequence[Decision], printed: Sequence[CellRow], decided: Sequence[CellRow],
    repeated: Collection[tuple[str, str]] = (),
) -> list[Decided]:
    """Set decisions beside what the audit makes of the cells without them, and say which of them hold."""
    if not decisions:
        return []
    left = dict(_list_left(prove(printed, {*repeated})))
    known = {(cell.table, cell.row, cell.column): cell for cell in decided}
    return [_judge(one, known.get(one[1:4]), left.get(one[1:4], (None, None, None))) for one in decisions]


def _judge(one: Decision, cell: CellRow | None, left: Left) -> Decided:
    applied = cell is not None and (cell.status, cell.value) == (Status.DECIDED, one.value)
    return Decided(*one[1:], applied, cell and cell.place, *left)


def _list_left(proof: Proof) -> Iterator[tuple[tuple[str, str, str], Left]]:
    """What is left by cell: a proven number, bounds, or what the only proposal says."""
    for cell in proof.cells:
        if cell.status == Status.INFERRED:
            yield (cell.table, cell.row, cell.column), (cell.value, cell.value, None)
    for bound in proof.bounds:
        yield (bound.table, bound.row, bound.column), (bound.low, bound.high, None)
    for change in proof.proposals:
        if change.unique:
            yield (change.table, change.row, change.column), (change.low, change.high, change.typing)
