"""Identities of the form as equations over cells (edit rules, in the field's words).

In: `Form`s. Out: the `Part`s of a table, cells that identities tie together. Next: `proof`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from govtables.declared import mistake
from govtables.forms.form import GENERATIONS, Form, Identity, form
from govtables.forms.formula import write_equation
from govtables.forms.names import name_cell
from govtables.language import Said, tell
from govtables.records import NEAR, CellRow

Key = tuple[str, str, str]  # table, row, column
Values = list[float | None]  # by position in a part; `None` where no number is known


class Equation(NamedTuple):
    """One identity on one row or column: weighted cells that sum to zero, left side less right side."""

    name: str
    table: str
    row: str | None
    column: str | None
    terms: tuple[tuple[int, int], ...]  # position of the cell in the part, weight
    formula: str

    def title(self) -> Said:
        """Name the identity and the row or column that it holds in."""
        line = name_cell(self.table, self.row, self.column, whole=False)
        return tell(f"forms.identity_{self.name}", line=line)

    def sides(self, values: Values) -> tuple[list[float], list[int]]:
        """Sums of the known numbers on the left and on the right, and how many cells of each are unknown."""
        known, unknown = [0.0, 0.0], [0, 0]
        for at, weight in self.terms:
            if (value := values[at]) is None:
                unknown[weight < 0] += 1
            else:
                known[weight < 0] += value
        return known, unknown

    def may_hold(self, values: Values) -> bool:
        """Tell whether some number, zero or more, for each unknown cell makes both sides equal."""
        (left, right), unknown = self.sides(values)
        more, less = left - right > NEAR, right - left > NEAR
        return not (more and not unknown[1] or less and not unknown[0])

    def has_both_sides(self) -> bool:
        """Tell whether several cells stand on either side, so that a local row may stand on either."""
        weights = [weight for _, weight in self.terms]
        return weights.count(1) > 1 and weights.count(-1) > 1


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Cells of a table that identities tie together. No identity reaches out of a part."""

    keys: tuple[Key, ...]
    places: tuple[int, ...]  # of these cells among the table's, in printed order
    position: dict[Key, int]
    equations: tuple[Equation, ...]
    touching: tuple[tuple[int, ...], ...]  # by position of a cell, the equations that it stands in


def tell_generation(table: str, cells: Sequence[CellRow]) -> str:
    """Tell by which generation of the form the cells of a table are coded."""
    codes = [cell.row for cell in cells], [cell.column for cell in cells]
    for generation in GENERATIONS[::-1]:
        if codes == _codes(generation, table):
            return generation
    raise mistake("forms.not_the_cells", table=table)


@cache
def _codes(generation: str, table: str) -> tuple[list[str], list[str]]:
    cells = [(row, column) for t, row, column in form(generation).cells() if t == table]
    return [row.code for row, _ in cells], [column.code for _, column in cells]


@cache
def parts(generation: str, table: str) -> tuple[Part, ...]:
    """Split the identities of a table into parts that share no cell.

    >>> [(len(part.keys), len(part.equations)) for part in parts("2021", "requests")]
    [(175, 39)]
    >>> [(len(part.keys), len(part.equations)) for part in parts("2019", "disputes")]
    [(5, 1), (5, 1), (5, 1)]
    """
    known = form(generation)
    lines = [line for one in known.identities if one.table == table for line in _lines(known, one)]
    groups: list[set[Key]] = []
    for *_, terms in lines:
        cells = {key for key, _ in terms}
        tied = [group for group in groups if group & cells]
        groups = [group for group in groups if not group & cells] + [cells.union(*tied)]
    return tuple(_part(known, group, [line for line in lines if line[-1][0][0] in group]) for group in groups)


def _lines(known: Form, identity: Identity) -> list[tuple]:
    """The identity written out: one line a row of the table, or one a column."""
    table = identity.table
    terms = [(identity.parent, 1), *((child, -weight) for child, weight in identity.children)]
    if identity.axis == "column":
        rows = known.rows[table]
        return [(identity.name, r.code, None, [((table, r.code, c), w) for c, w in terms]) for r in rows]
    columns = known.columns[table, known.rows[table][0].block]
    return [(identity.name, None, c.code, [((table, r, c.code), w) for r, w in terms]) for c in columns]


def _part(known: Form, group: set[Key], lines: list[tuple]) -> Part:
    table = lines[0][-1][0][0][0]
    cells = [(t, row.code, column.code) for t, row, column in known.cells() if t == table]
    keys = tuple(key for key in cells if key in group)
    position = {key: at for at, key in enumerate(keys)}
    equations = tuple(
        Equation(name, table, r, c, tuple((position[k], w) for k, w in terms), _write(terms))
        for name, r, c, terms in lines
    )
    holds = [dict(equation.terms) for equation in equations]
    touching = tuple(tuple(n for n, terms in enumerate(holds) if at in terms) for at in range(len(keys)))
    return Part(keys, tuple(map(cells.index, keys)), position, equations, touching)


def _write(terms: list[tuple[Key, int]]) -> str:
    left_first = sorted(terms, key=lambda term: -term[1])
    return write_equation([(weight, ".".join(key)) for key, weight in left_first])
