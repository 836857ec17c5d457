"""Numbers of whole rows that may stand one row too low, or in each other's place.

In: the cells of a part. Out: findings; of a blank row above such numbers nothing is inferred. Next: `prove`.

The row behind the moved ones is lost then. The identities tell how far the numbers may have moved.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise

from govtables.forms import Part, Values, name_cell
from govtables.language import tell
from govtables.proof.bounds import infer
from govtables.proof.sentences import code
from govtables.records import CellRow, Finding


def find_moved_rows(
    part: Part, cells: Sequence[CellRow], sound: Sequence[int], contradicted: bool
) -> Iterator[Finding]:
    """Name the numbers below the one blank row that may stand one row too low.

    Where the identities are contradicted, a row of zeros counts as blank, for it may have been filled in, and
    two rows that satisfy them if they are exchanged are named, too.
    """
    if not contradicted and "" not in [cell.raw for cell in cells]:
        return
    values = [cell.value for cell in cells]
    places = [list(own) for _, own in groupby(range(len(values)), key=lambda at: part.keys[at][1])]
    pairs = pairwise(places) if contradicted else ()
    exchanged = [pair for pair in pairs if _hold(part, values, pair, pair[::-1], sound)]
    blank = [own for own in places if all(cells[at].raw == "" for at in own)]
    known = [cells[at] for own in places if own not in blank for at in own]
    moved: list[Sequence[list[int]]] = []
    if len(blank) < 2 and 0.0 in values and all(cell.raw != "" for cell in known):
        zeros = [own for own in places if contradicted and all(values[at] == 0 for at in own)]
        starts = [places[places.index(own) :] for own in blank + zeros]
        moved = [rows for rows in (_may_have_moved(part, values, some, sound) for some in starts) if rows]
    for some in moved[:1] + exchanged:
        held = [cells[at] for own in some for at in own]
        first, last = (name_cell(*cells[own[0]][:2], whole=False) for own in (some[0], some[-1]))
        message = tell("proof.moved_rows", first=first, last=last)
        codes = tuple(map(code, held))
        yield Finding("moved_rows", held[0].table, held[0].row, held[0].place, message, codes)


def _may_have_moved(
    part: Part, values: Values, rows: list[list[int]], sound: Sequence[int]
) -> list[list[int]]:
    """A blank row and those below it whose numbers, moved up, satisfy the identities, the last being lost.

    None if all are zeros, and so may be the first.
    """
    for last in range(len(rows) - 1, 0, -1):
        lost = [*values, *[None] * len(rows[last])]
        if _hold(part, lost, rows[: last + 1], [*rows[1 : last + 1], range(len(values), len(lost))], sound):
            zeros = not any(values[at] for own in rows[1 : last + 1] for at in own)
            filled = [0.0 if at in rows[0] else value for at, value in enumerate(values)]
            return [] if zeros and _hold(part, filled, (), (), sound) else rows[: last + 1]
    return []


def _hold(
    part: Part, values: Values, rows: Sequence[Sequence[int]], taken: Sequence[Sequence[int]],
    sound: Sequence[int],
) -> bool:
    """Tell whether the identities may hold if rows have the numbers of others."""
    moved = dict(zip(chain(*rows), chain(*taken), strict=True))
    return infer(part, [values[moved.get(at, at)] for at in range(len(part.keys))], sound, ()) is not None
