"""Typing errors that explain a wrong number (after Scholtus 2009).

In: printed numbers and those that the identities imply. Out: the slip that leads from one to the other.
Next: `locate`.
"""

from collections.abc import Iterator, Sequence

from govtables.forms import Part, Values
from govtables.language import phrase
from govtables.proof.lines import lines

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
