"""A blank row among rows that print zeros: the numbers below it may stand one row too low.

In: the cells of a part. Out: a finding on such a row, of which nothing is inferred then. Next: `prove`.

The row behind the moved ones is lost then. The identities tell how far the numbers may have moved.
"""

from collections.abc import Iterator, Sequence

from govtables.forms import Part, Values
from govtables.proof.bounds import infer
from govtables.proof.sentences import code, tell_blank_row
from govtables.records import CellRow, Finding


def find_blank_rows(
    part: Part, cells: Sequence[CellRow], sound: Sequence[int], contradicted: bool
) -> Iterator[Finding]:
    """Name the numbers below the one blank row that may stand one row too low.

    Where the identities are contradicted, a row of zeros counts as blank: it may have been filled in.
    """
    rows: dict[str, list[int]] = {}
    for at, (_, row, _) in enumerate(part.keys):
        rows.setdefault(row, []).append(at)
    values = [cell.value for cell in cells]
    blank = [row for row, own in rows.items() if all(cells[at].raw == "" for at in own)]
    if len(blank) > 1 or 0.0 not in values or any(c.raw == "" and c.row not in blank for c in cells):
        return
    zeros = [row for row, own in rows.items() if all(values[at] == 0 for at in own)]
    for row in [*blank, *zeros] if contradicted else blank:
        start = list(rows).index(row)
        if below := _may_have_moved(part, values, list(rows.values())[start:], sound):
            held = [cells[at] for own in (rows[row], *below) for at in own]
            message = tell_blank_row(row, part.keys[below[0][0]][1], part.keys[below[-1][0]][1])
            yield Finding("blank_row", held[0].table, row, held[0].place, message, tuple(map(code, held)))
            return


def _may_have_moved(
    part: Part, values: Values, rows: list[list[int]], sound: Sequence[int]
) -> list[list[int]]:
    """The rows below the first one whose numbers, moved up, satisfy the identities, the last being lost.

    None if all are zeros, and so may be the first.
    """
    for last in range(len(rows) - 1, 0, -1):
        moved: Values = list(values)
        for above, below in zip(rows[:last], rows[1 : last + 1], strict=True):
            for to, at in zip(above, below, strict=True):
                moved[to] = values[at]
        for at in rows[last]:
            moved[at] = None
        if infer(part, moved, sound, ()) is not None:
            filled = [0.0 if at in rows[0] else value for at, value in enumerate(values)]
            same = not any(values[at] for own in rows[1 : last + 1] for at in own)
            return [] if same and infer(part, filled, sound, ()) is not None else rows[1 : last + 1]
    return []
