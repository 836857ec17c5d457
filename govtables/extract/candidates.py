"""Which printed value belongs to which cell of a row.

In: the values of printed rows. Out: for each row, the cells that each column may have. Next: `sums`,
`values_to_columns`.

Where positions are invisible and the number of values does not fit, every placement in printed order is
tried; the identities strike out those that cannot be, and a cell is told only if all left agree on it. Where
zeros are left out, blanks are zero, and the rows are placed together: by all sums at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, islice
from math import comb

import numpy as np

from govtables.extract.rows import LOOKS, Row
from govtables.forms import Equation, Form
from govtables.language import read_number
from govtables.readers import Cell
from govtables.records import NEAR

Placement = tuple[Cell | None, ...]
MOST_PLACEMENTS = 2_000
NARROW = 3  # columns of blocks that no identity guards
MOST_SURPLUS = 2  # values; with more, a label is lost too
MOST_STEPS, MOST_SOLUTIONS = 10_000, 100  # with more, nothing is told
Sums = list[dict[str, int]]  # of each identity between rows, the weights of its rows


def possible_placements(values: Sequence[Cell], width: int, exact: bool) -> list[Placement]:
    """List the placements of printed values in a row of `width` cells; one when the count fits.

    `exact` says that the layout keeps every cell, so that blanks behind the last value are cells of the row.
    """
    if len(values) == width and values[-1].text:
        return [tuple(values)]
    core = list(values)
    while core and not core[-1].text:
        core.pop()
    if len(core) == width <= NARROW and len(values) == width + 1 and not core[0].text:
        # The first blank may be a second cell of the label.
        return [_padded(core, values, width), tuple(values[1:])]
    if len(core) == width or not core:
        return [_padded(core, values, width)]
    if exact and len(values) == width:
        return [tuple(values)]
    printed = [value for value in core if value.text]
    if len(core) > width == len(printed):
        return [tuple(printed)]  # the blanks are what spans leave
    if len(core) > width > len(printed) and not exact:
        core = printed
    fewer, more = sorted((len(core), width))
    if len(core) > width + MOST_SURPLUS or comb(more, fewer) > MOST_PLACEMENTS:
        return []
    if len(core) > width:
        return [tuple(core[at] for at in chosen) for chosen in combinations(range(len(core)), width)]
    as_printed = [_padded(core, values, width)] if len(values) >= width else []
    return as_printed + [_spread(core, slots, width) for slots in combinations(range(width), len(core))]


def place_with_extra(
    rows: dict[str, Row], width: int, printed: int, fits: Callable[[Placement], bool]
) -> dict[str, list[Placement]]:
    """Place rows of a table that prints `printed` columns in every row, more than the form's `width`.

    A row that lost a cell has no placement: which cell is gone cannot be told.
    """
    whole = {code: row.values[:printed] for code, row in rows.items() if _is_whole(row, printed)}
    if not whole or comb(printed, width) > MOST_PLACEMENTS:
        whole = {}
    choices = [
        chosen
        for chosen in (combinations(range(printed), width) if whole else ())
        if all(fits(tuple(values[at] for at in chosen)) for values in whole.values())
    ]
    empty = {code: [_padded([], row.values, width)] for code, row in rows.items() if not row.numbers()}
    placed = {c: [tuple(values[at] for at in chosen) for chosen in choices] for c, values in whole.items()}
    return dict.fromkeys(rows, []) | placed | empty


def _is_whole(row: Row, printed: int) -> bool:
    """Tell whether a row has a cell for each printed column, and no number behind them."""
    if len(row.values) < printed or any(value.text for value in row.values[printed:]):
        return False
    return row.keeps_blanks() or row.values[printed - 1].text != ""


def usual_count(rows: Iterable[Sequence[Cell]], width: int) -> int:
    """Count the values that most rows print, at least `width`: more where a table has a column of its own."""
    counts = Counter(len(values) for values in rows if values and values[-1].text)
    return max(width, counts.most_common(1)[0][0] if counts else 0)


def _padded(core: Sequence[Cell], values: Sequence[Cell], width: int) -> Placement:
    """Values in order, blanks after them; a row with a label and nothing else is printed empty."""
    blanks = list(values[len(core) : width])
    missing = width - len(core) - len(blanks)
    return (*core, *blanks, *(Cell("", blanks[-1].place if blanks else "") for _ in range(missing)))


def _spread(core: Sequence[Cell], slots: Sequence[int], width: int) -> Placement:
    placed: list[Cell | None] = [None] * width
    for cell, slot in zip(core, slots, strict=True):
        placed[slot] = cell
    return tuple(placed)


def number(cell: Cell | None) -> float | None:
    """The number of a printed cell; `None` when it has none, which is unknown, not zero."""
    LOOKS.at_numbers = True
    reading = read_number(cell.text) if cell else None
    return reading.value if reading else None


def agreed(found: Sequence[Placement], width: int) -> Placement:
    """For each cell of a row, what all placements left agree on; `None` where they differ or none is left."""
    if len(found) == 1:
        return found[0]
    LOOKS.at_numbers = True
    texts = [{placed[at].text if placed[at] else None for placed in found} for at in range(width)]
    return tuple(found[0][at] if found and len(texts[at]) == 1 else None for at in range(width))


# -- rows placed together -------------------------------------------------------------------------


def place_together(
    candidates: dict[str, list[Placement]], values: dict[str, list[Cell]], known: Form, table: str,
    along: Equation,
) -> dict[str, list[Placement]]:
    """Placements of the open rows in all solutions; none where a zero, or what is no number, is printed.

    Totals stand in every row, or in none; in none only where few last numbers are the sum of the others.
    """
    (total, _), *children = along.terms
    places = [at for at, _ in children]
    numbers = [[number(cell) for cell in cells] for cells in values.values()]
    whole = candidates.keys() == {row.code for row in known.rows[table]} and [] not in candidates.values()
    if not whole or any(not value for own in numbers for value in own):
        return {}
    sums_last = [sum(own[:-1]) == own[-1] for own in numbers if own[1:]]
    totals = 2 * sum(sums_last) > len(sums_last)
    between = [one for one in known.identities if (one.table, one.axis) == (table, "row")]
    sums = [{one.parent: -1} | dict(one.children) for one in between]
    solved = []
    for at in (total, None):
        options = {row: list(_options(cells, places, at)) for row, cells in values.items()}
        solved.append(list(islice(_solutions(options, sums, places), MOST_SOLUTIONS)))
    found = sum(solved, []) if solved[0] or not totals else []
    told = found if len(found) < MOST_SOLUTIONS and None not in found else []
    opened = [row for row in values if len(candidates[row]) > 1]
    return {row: list(dict.fromkeys(one[row] for one in told)) for row in opened if told}


def _options(cells: Sequence[Cell], places: Sequence[int], total: int | None) -> Iterator[Placement]:
    """Placements in order, the last number being the total if there are totals."""
    core, last = (cells[:-1], cells[-1]) if total is not None and cells else (cells, None)
    if last and sum(map(number, core)) != number(last):
        return
    for chosen in combinations(places, len(core)):
        held = dict(zip(chosen, core, strict=True)) | ({total: last} if last else {})
        yield tuple(held.get(at, Cell("", "")) for at in range(len(places) + 1))


def _solutions(
    options: dict[str, list[Placement]], sums: Sums, places: Sequence[int]
) -> Iterator[dict[str, Placement] | None]:
    """Choices of a placement for each row in which all sums are even; `None` where the search is given up."""
    rows = sorted(options, key=lambda row: len(options[row]))
    if not all(options.values()):
        return
    terms = []  # by row: what each of its placements adds to each sum, in each column
    for row in rows:
        weights = np.array([[one.get(row, 0)] for one in sums])
        vectors = ([number(placed[at]) or 0.0 for at in places] for placed in options[row])
        terms.append(np.array([(weights * vector).ravel() for vector in vectors]))
    left = [np.zeros((2, terms[0].shape[1]))]  # least and most of what the rows behind may add
    for own in terms[::-1]:
        left.insert(0, left[0] + [own.min(axis=0), own.max(axis=0)])
    stack = [(0, left[-1][0], ())]
    for _ in range(MOST_STEPS):
        if not stack:
            return
        at, added, chosen = stack.pop()
        if at == len(rows):
            yield dict(zip(rows, chosen, strict=True))
            continue
        sides = added + terms[at]
        may_hold = (sides + left[at + 1][0] < NEAR) & (sides + left[at + 1][1] > -NEAR)
        for n in np.flatnonzero(may_hold.all(axis=1)):
            stack.append((at + 1, sides[n], (*chosen, options[rows[at]][n])))
    yield None
