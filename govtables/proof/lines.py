"""Slips over a whole line, and over a number with the sums that a spreadsheet makes of it.

In: a part and its printed numbers. Out: cells that change together, and the habit that explains a changed
line. Next: `locate`.
"""

from collections.abc import Mapping
from functools import cache

from govtables.forms import Part, Values, name_cell
from govtables.language import phrase

LEAST_REPEATED = 3  # numbers other than zero that a row and another one share, no chance any more


@cache
def lines(part: Part, axis: int) -> tuple[tuple[int, ...], ...]:
    """Positions of the cells row by row (axis 1), or column by column (axis 2)."""
    found: dict[str, list[int]] = {}
    for at, key in enumerate(part.keys):
        found.setdefault(key[axis], []).append(at)
    return tuple(tuple(line) for line in found.values() if len(line) > 2)


@cache
def with_sums(part: Part) -> tuple[tuple[int, ...], ...]:
    """Each cell with all sums that it enters, where sums are made of these again."""
    parents: dict[int, list[int]] = {at: [] for at in range(len(part.keys))}
    for equation in part.equations:
        left = [at for at, weight in equation.terms if weight > 0]
        for at, weight in equation.terms if len(left) == 1 else ():
            parents[at] += left if weight < 0 else []
    found = [[at] for at in parents]
    for cells in found:
        for at in cells:  # which grows on the way
            cells += [parent for parent in parents[at] if parent not in cells]
    return tuple(tuple(cells) for cells in found if len(cells) > 2)


def explain_line(part: Part, values: Values, implied: Mapping[int, float]) -> str | None:
    """Name the habit by which a line came to be printed as it is; `implied` is what should stand there."""
    for axis, name in ((1, "row"), (2, "column")):
        line = next((line for line in lines(part, axis) if implied.keys() <= set(line)), None)
        if line and len(implied) > 1 and None not in (printed := [values[at] for at in line]):
            if not any(printed):
                return phrase(f"proof.{name}_zero")
            return _explain_row(part, values, line, implied) if name == "row" else None
    return None


def _explain_row(
    part: Part, values: Values, line: tuple[int, ...], implied: Mapping[int, float]
) -> str | None:
    """Compare what a row prints, and by how much it is too great or small, with other rows."""
    printed = [values[at] for at in line]
    if not any(printed[:-1]) and line[-1] not in implied:
        return phrase("proof.total_only")
    more = [values[at] - implied.get(at, values[at]) for at in line]
    own = part.keys[line[0]][1]
    beside = {row: [values[at] for at in other] for row, other in _rows_beside(part, own).items()}
    if any(row == printed and sum(map(bool, row)) >= LEAST_REPEATED for row in beside.values()):
        return phrase("proof.row_repeated")
    for code, row in beside.items():
        if row == more:
            return phrase("proof.counted_in", code=name_cell(part.keys[0][0], code, whole=False))
    groups = {code.partition(".")[0] for code in beside if "." in code}
    for group in sorted(groups):
        rows = [row for code, row in beside.items() if code.startswith(f"{group}.") and None not in row]
        if [-sum(column) for column in zip(*rows, strict=True)] == more:
            return phrase("proof.left_out", code=name_cell(part.keys[0][0], group, whole=False))
    return None


@cache
def _rows_beside(part: Part, own: str) -> dict[str, tuple[int, ...]]:
    """The rows that an identity of a column ties to a row."""
    rows = {part.keys[line[0]][1]: line for line in lines(part, 1)}
    tied = [{part.keys[at][1] for at, _ in equation.terms} for equation in part.equations if equation.column]
    return {row: line for row, line in rows.items() if row != own and any({row, own} <= one for one in tied)}
