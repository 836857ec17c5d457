"""Typing errors that explain a wrong number (after Scholtus 2009), or a whole line of them.

In: a part, printed numbers and those that the identities imply. Out: the slip that leads from one to the
other, the habit that explains a changed line, cells that change together. Next: `locate`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from govtables.forms import Part, Values, name_cell
from govtables.language import phrase

LEAST_REPEATED = 3  # numbers other than zero that a row and another one share, no chance any more
# by position of a cell, what should stand there; `None`: whatever the identities allow
Changes = dict[int, float | None]


def explain(printed: Sequence[float], implied: Sequence[float | None]) -> str | None:
    """Name the slip by which the implied numbers became the printed ones; `None` if no single slip does.

    >>> explain([1206], [1026]), explain([12], [120]), explain([3, 5], [5, 3]), explain([7], [90])
    ('two digits swapped', 'a digit dropped', 'two cells swapped', None)
    """
    if any(value is None for value in implied):
        return None
    if len(printed) == 2 and printed[0] == implied[1] and printed[1] == implied[0]:
        return phrase("proof.cells_swapped")
    return explain_digits(printed[0], implied[0]) if len(printed) == 1 else None


def explain_digits(printed: float, implied: float) -> str | None:
    """Name the slip in one number, digit by digit."""
    if printed < 0 and -printed == implied:
        return phrase("proof.sign_added")
    if printed % 1 or implied % 1 or printed < 0:
        return None
    was, is_ = f"{implied:.0f}", f"{printed:.0f}"
    differ = [at for at, (a, b) in enumerate(zip(was, is_, strict=False)) if a != b]
    if len(was) == len(is_) == 1:
        return None  # any number of one digit could be any other
    if len(was) == len(is_):
        if len(differ) == 1:
            return phrase("proof.digit_replaced")
        swapped = len(differ) == 2 and differ[1] == differ[0] + 1 and was[differ[0]] == is_[differ[1]]
        return phrase("proof.digits_swapped") if swapped and was[differ[1]] == is_[differ[0]] else None
    if _is_cut(is_, was):
        return phrase("proof.digit_dropped")
    return phrase("proof.digit_added") if _is_cut(was, is_) else None


def _is_cut(short: str, long: str) -> bool:
    """Tell whether one digit less makes the long number the short one; zeros that then lead do not show."""
    cuts = (long[:at] + long[at + 1 :] for at in range(len(long)))
    return len(long) > len(short) and any(int(cut or 0) == int(short) for cut in cuts)


def slips_over_cells(part: Part, values: Values) -> Iterator[tuple[str, Changes]]:
    """List the slips that touch several cells: two swapped, or a run of them shifted by one."""
    rows, columns = lines(part, 1), lines(part, 2)
    for line in rows + columns:
        known = [at for at in line if values[at] is not None]
        for n, one in enumerate(known):
            for other in known[n + 1 :]:
                if values[one] != values[other]:
                    yield phrase("proof.cells_swapped"), {one: values[other], other: values[one]}
    for slip, some in (("proof.row_shifted", rows), ("proof.column_shifted", columns)):
        for line in some:
            for run in (line, line[:-1]):
                yield phrase(slip), _shifted(run, values)
                yield phrase(slip), _shifted(run[::-1], values)


def _shifted(run: Sequence[int], values: Values) -> Changes:
    """Move each number of a run to the cell before; what belongs in the last one is lost."""
    moved = {at: values[after] for at, after in zip(run, run[1:], strict=False)}
    return {at: value for at, value in moved.items() if value != values[at]} | {run[-1]: None}


# -- whole lines ---------------------------------------------------------------------------------------------


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
