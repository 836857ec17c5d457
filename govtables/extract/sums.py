"""What the identities of the form leave of what is possible.

In: placements of the values of rows, or cells. Out: those that no identity contradicts, or doubts.
Next: `values_to_columns`, `labelled_tables`, `disputes`.

A row has probably lost a cell where what stood behind it stands one column too early: its total stands in the
last column before it, and is blank. Such a row is doubted and never completed: its numbers cannot say more.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from govtables.extract.candidates import Placement, number
from govtables.extract.rows import Row
from govtables.forms import Equation, Form, Part, Values, form, parts
from govtables.language import read_value
from govtables.readers import Cell
from govtables.records import CellRow

Placements = dict[str, list[Placement]]  # of each row, by its code


@cache
def equations_along(generation: str, table: str) -> tuple[Equation, ...]:
    """Identities that run along a row, as equations over the places of its cells."""
    known = form(generation)
    first = known.rows[table][0]
    order = [column.code for column in known.columns[table, first.block]]
    along = []
    for part in parts(generation, table):
        places = [order.index(column) for _, _, column in part.keys]
        own = [one for one in part.equations if one.row == first.code]
        along += [one._replace(terms=tuple((places[at], w) for at, w in one.terms)) for one in own]
    return tuple(along)


def row_test(equations: Sequence[Equation]) -> Callable[[Placement], bool]:
    """Test one row's placement against the identities that run along the row."""

    def fits(placed: Placement) -> bool:
        values = list(map(number, placed))
        return all(one.may_hold(values) for one in equations)

    return fits


def settle(candidates: Placements, known: Form, table: str) -> Placements:
    """Strike out placements that contradict the identities between rows, until nothing more falls."""
    open_rows = [row for row, found in candidates.items() if len(found) > 1]
    for part in parts(known.generation, table) if open_rows else ():
        values: Values = [None] * len(part.keys)
        for row, found in candidates.items():
            _put(part, values, row, found)
        struck = True
        while struck:
            struck = False
            for row in open_rows:
                left = [placed for placed in candidates[row] if _fits(part, values, row, placed)]
                struck |= len(left) < len(candidates[row])
                candidates[row] = left
                _put(part, values, row, left)
    return candidates


@cache
def _row_of(part: Part, row: str) -> tuple[tuple[int, ...], tuple[Equation, ...]]:
    """Positions of a row's cells in a part, and the equations between rows that it stands in."""
    own = tuple(at for at, key in enumerate(part.keys) if key[1] == row)
    between = [one for one in part.equations if one.column and any(at in own for at, _ in one.terms)]
    return own, tuple(between)


def _put(part: Part, values: Values, row: str, found: Sequence[Placement]) -> None:
    """Set the numbers of a row that has one placement; those of another are unknown."""
    own, _ = _row_of(part, row)
    for at, cell in zip(own, found[0] if len(found) == 1 else [None] * len(own), strict=True):
        values[at] = number(cell)


def _fits(part: Part, values: Values, row: str, placed: Placement) -> bool:
    own, between = _row_of(part, row)
    tried = list(values)
    for at, cell in zip(own, placed, strict=True):
        tried[at] = number(cell)
    return all(one.may_hold(tried) for one in between)


def zeros_are_certain(known: Form, code: str, row: Row, cells: Sequence[CellRow]) -> bool:
    """Tell whether a row prints zeros alone, and the identities leave nothing else for a row of the form."""
    held = {(cell.table, cell.row, cell.column): cell.value for cell in cells}
    own = [key for key in held if key[1] == code]
    left: dict[str, set[float]] = {column: set() for _, _, column in own}
    for part in parts(known.generation, own[0][0]):
        values = [held.get(key) for key in part.keys]
        for one in _row_of(part, code)[1]:
            total, unknown = one.sides(values)
            if sum(unknown) == 1:
                left[one.column].add(total[0] - total[1])
    zeros = [number(cell) for cell in row.values if cell.text] == [0.0] * len(own)
    return zeros and all(some == {0.0} for some in left.values())


def doubted_rows(placements: Placements, along: Sequence[Equation]) -> set[str]:
    """Rows whose last number is the sum of the others, or may be in all rows whose totals are blank."""
    single = {code: found[0] for code, found in placements.items() if len(found) == 1}
    told = {code: _tell(placed, one) for code, placed in single.items() for one in along}
    moved = {code for code, verdict in told.items() if verdict == "sum"}
    may_be = {code for code, verdict in told.items() if verdict == "more"}
    return moved | may_be if "less" not in told.values() else moved


def _tell(placed: Placement, one: Equation) -> str | None:
    """Compare the last number of a row with the sum of the others, where its total is blank."""
    (total, _), *children = one.terms
    if placed[total] is None or placed[total].text:
        return None
    children = [at for at, _ in children]
    if any(placed[at] is None for at in children):
        return None
    printed = [at for at in children if placed[at].text]
    numbers = [number(placed[at]) or 0.0 for at in printed]
    if not any(numbers):
        return None
    last, others = numbers[-1], sum(numbers[:-1])
    if last == others:
        return "sum"
    return "more" if last > others and printed[-1] == children[-1] else "less"


def told_despite_loss(placed: Placement, width: int, along: Sequence[Equation]) -> Placement:
    """What a line of groups with one blank tells: cells that hold wherever a cell may be lost, or put in.

    Of a line with more blanks nothing, where a number may be the total behind it, or blanks were dropped.
    """
    groups = [slice(at, at + width) for at in range(0, len(placed), width)]
    blanks = [at for at, cell in enumerate(placed) if cell is None or not cell.text]
    if len(blanks) != 1 or not any(map(number, placed)):
        lost = any(_tell(placed[group], one) == "sum" for group in groups for one in along)
        return (None,) * len(placed) if lost or _are_packed(placed, groups, along) else placed
    [blank], last = blanks, len(placed) - 1
    moved = [(*placed[:blank], *placed[blank + 1 :], None)]
    if blank == last:
        moved = [(*placed[:at], None, *placed[at:-1]) for at in range(last)]
    moved += _split_apart([*placed[:blank], *placed[blank + 1 :]])
    moved = [m for m in moved if all(one.may_hold(list(map(number, m[g]))) for g in groups for one in along)]
    values, *others = ([value for g in groups for value in _completed(m[g], along)] for m in (placed, *moved))
    same = [all(other[at] == value for other in others) for at, value in enumerate(values)]
    return tuple(cell if held else None for cell, held in zip(placed, same, strict=True))


def _split_apart(printed: Sequence[Cell | None]) -> Iterator[Placement]:
    """The numbers of a line, one of them taken for two that have run together."""
    for at, cell in enumerate(printed):
        text = cell.text if cell and cell.text.isdecimal() else ""
        for cut in range(1, len(text)):
            if text[cut:] == "0" or text[cut] != "0":
                halves = (cell._replace(text=half) for half in (text[:cut], text[cut:]))
                yield (*printed[:at], *halves, *printed[at + 1 :])


def _are_packed(placed: Placement, groups: Sequence[slice], along: Sequence[Equation]) -> bool:
    """Tell numbers above zero that stand before all blanks and are no whole groups: blanks were dropped."""
    count = sum(cell is not None and read_value(cell.text).value is not None for cell in placed)
    if not 0 < count < len(placed) - 1:
        return False
    values = list(map(number, placed))
    whole = count % groups[0].stop == 0 and all(one.may_hold(values[g]) for g in groups for one in along)
    return None not in values[:count] and all(values[:count]) and not whole


def _completed(placed: Placement, along: Sequence[Equation]) -> list[float | None]:
    """Numbers of a group, the unknown one given by its identity: only to compare, never to publish."""
    values = list(map(number, placed))
    for one in along:
        known, unknown = one.sides(values)
        if sum(unknown) == 1:
            at = next(at for at, _ in one.terms if values[at] is None)
            values[at] = abs(known[0] - known[1])
    return values
