"""Local rows and columns beside the identities: are they counted in the totals?

In: the cells of a table. Out: for each identity of a part what it adds, an `Addition`. Next: `prove`.

A local line is counted when the sums say so, left out when they say that, and where they say neither it stays
open, so that nothing is inferred from the identity and nothing is called wrong that the line could mend.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from govtables.forms import Equation, Form, Part, Values, form
from govtables.records import EXTRA, NEAR, CellRow, is_local, of_form

LEAST_FITS = 2  # equations that a line must mend to be counted
MOST_LINES = 5  # beside one identity, to be judged together
DIGITS = re.compile(r"\d+")
Cells = Sequence[CellRow]


class LocalLine(NamedTuple):
    """A row or column that the form does not have, with its values by the code of the other axis."""

    code: str
    is_row: bool
    values: dict[str, float | None]
    enters: str | None  # name of an identity


class Addition(NamedTuple):
    """What local lines add to the right side of an equation; `None` if that cannot be told."""

    added: float | None = 0.0
    lines: tuple[str, ...] = ()


def find_lines(generation: str, cells: Sequence[CellRow]) -> list[LocalLine]:
    """Local rows and columns of a table, without those that only repeat sums of the form's own."""
    extra = [cell for cell in cells if is_local(cell)]
    if not extra:
        return []
    known, own = form(generation), of_form(cells)
    columns = list(dict.fromkeys(cell.column for cell in own))
    rows, beside = defaultdict(list), defaultdict(list)
    for cell in extra:
        some, code = (rows, cell.row) if cell.row.startswith(EXTRA) else (beside, cell.column)
        some[code].append(cell)
    found = [_read_row(known, code, some, own, columns) for code, some in rows.items()]
    found += [_read_column(known, code, some, own) for code, some in beside.items()]
    return [line for line in found if line.enters and not _repeats(known, line, own)]


def _read_row(known: Form, code: str, row: Cells, own: Cells, columns: list[str]) -> LocalLine:
    """Values of a local row by column: its cells are numbered, and told only if they add up to the last."""
    numbered = {f"{EXTRA}{n}": column for n, column in enumerate(columns, 1)}
    values = {numbered.get(cell.column, cell.column): cell.value for cell in row}
    told = values.keys() <= set(columns) and None not in values.values()
    tied = told and columns[-1] in values and sum(values.values()) == 2 * values[columns[-1]]
    values = {c: values.get(c, 0.0) if tied else None for c in columns}
    return LocalLine(code, True, values, _entered(known, row, own, tied))


def _entered(known: Form, row: Cells, own: Cells, tied: bool) -> str | None:
    """The narrowest identity that a local row is printed in; outside of all, the widest if it has counts."""
    at, places = _order(row), known.positions[row[0].table]
    spans = []
    for identity in known.identities:
        if identity.table == row[0].table and identity.axis == "row":
            codes = {identity.parent, *(child for child, _ in identity.children)}
            printed = [_order([cell]) for cell in own if cell.row in codes and cell.place]
            width = max(places[code] for code in codes) - min(places[code] for code in codes)
            spans.append((width, identity.name, min(printed, default=()), max(printed, default=())))
    inside = [name for _, name, first, last in sorted(spans) if first <= at <= last]
    return inside[0] if inside else max(spans)[1] if spans and tied else None


def _order(cells: Sequence[CellRow]) -> tuple[int, ...]:
    """Where cells stand, as numbers that compare."""
    return tuple(map(int, DIGITS.findall(next((cell.place for cell in cells if cell.place), ""))))


def _read_column(known: Form, code: str, column: list[CellRow], own: Sequence[CellRow]) -> LocalLine:
    """Values of a local column by row; in a column of its own a row without a number is not known."""
    printed = {cell.row for cell in own if cell.status != "absent"}
    values: dict[str, float | None] = {cell.row: cell.value for cell in column}
    if not code.removeprefix(EXTRA).isdecimal() or 2 * len(values) >= len(printed):
        values |= dict.fromkeys(printed - values.keys())
    names = [i.name for i in known.identities if i.table == column[0].table and i.axis == "column"]
    return LocalLine(code, False, values, names[0] if names else None)


def _repeats(known: Form, line: LocalLine, own: Sequence[CellRow]) -> bool:
    """Tell whether a line sums a group of rows, or columns side by side: a subtotal is counted nowhere."""
    held = {(cell.row, cell.column): cell.value for cell in own}
    if line.is_row:
        groups = [[row.code for row in children] for children in known.children.values()]
        sums = [{c: _sum(held.get((row, c)) for row in group) for c in line.values} for group in groups]
    else:
        codes = list(dict.fromkeys(cell.column for cell in own))[:-1]
        runs = [codes[a:b] for a in range(len(codes)) for b in range(a + 2, len(codes) + 1)]
        sums = [{row: _sum(held.get((row, c)) for c in run) for row in line.values} for run in runs]
    told = {code: value for code, value in line.values.items() if value is not None}
    return any(told.values()) and any(all(some[code] == told[code] for code in told) for some in sums)


def _sum(values: Iterable[float | None]) -> float | None:
    values = list(values)
    return None if None in values else sum(values, 0.0)


def stand_beside(part: Part, values: Values, lines: Sequence[LocalLine]) -> tuple[Addition, ...]:
    """For each equation of a part, what local lines add to it, as far as the sums tell."""
    found = [Addition()] * len(part.equations)
    for name in dict.fromkeys(line.enters for line in lines):
        some = [line for line in lines if line.enters == name]
        numbers = [n for n, equation in enumerate(part.equations) if equation.name == name]
        differences = {n: _difference(part.equations[n], values) for n in numbers}
        others = {n: part.equations[n].row or part.equations[n].column for n in numbers}
        beside = {n: [line.values.get(other, 0.0) for line in some] for n, other in others.items()}
        either = bool(numbers) and part.equations[numbers[0]].has_both_sides()
        signs = _tell_signs(differences, beside, (0, 1, -1) if either else (0, 1))
        for n, amounts in beside.items():
            codes = tuple(line.code for line, amount in zip(some, amounts, strict=True) if amount != 0)
            if codes:
                found[n] = Addition(_add_up(amounts, signs), codes)
    return tuple(found)


def _add_up(amounts: Sequence[float | None], signs: Sequence[int | None]) -> float | None:
    """The sum of lines in an equation; `None` if one that counts is unknown, or one may count or not."""
    pairs = [(amount, sign) for amount, sign in zip(amounts, signs, strict=True) if amount != 0 and sign != 0]
    return None if any(None in pair for pair in pairs) else sum((a * sign for a, sign in pairs), 0.0)


def _tell_signs(
    differences: dict[int, float | None], beside: dict[int, list[float | None]], choices: Sequence[int]
) -> tuple[int | None, ...]:
    """For each line whether it is added (1), left out (0) or on the left (-1): what fits most equations."""
    number = len(next(iter(beside.values()), ()))
    judged = [at for at in range(number) if any(amounts[at] for amounts in beside.values())]
    if not judged or len(judged) > MOST_LINES:
        return (None,) * number
    pairs = [(differences[n], amounts) for n, amounts in beside.items() if any(amounts)]
    telling = [(difference, amounts) for difference, amounts in pairs if difference is not None]
    fits: dict[tuple[int | None, ...], int] = {}
    for some in product(choices, repeat=len(judged)):
        signs = tuple(map(dict(zip(judged, some, strict=True)).get, range(number)))
        sums = [(difference, _add_up(amounts, signs)) for difference, amounts in telling]
        fits[signs] = sum(added is not None and abs(difference - added) < NEAR for difference, added in sums)
    best = max(fits.values())
    told = [signs for signs, count in fits.items() if count == best]
    is_sure = len(told) == 1 and best >= (LEAST_FITS if any(told[0]) else 1)
    return told[0] if is_sure else (None,) * number


def _difference(equation: Equation, values: Values) -> float | None:
    known, unknown = equation.sides(values)
    return None if any(unknown) else known[0] - known[1]
