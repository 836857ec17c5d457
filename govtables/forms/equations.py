"""Identities of the form as equations over cells (edit rules, in the field's words), and formulas as written.

In: `Form`s; a text. Out: the `Part`s of a table, cells that identities tie together; `Term`s. Next: `proof`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from govtables.forms.form import GENERATIONS, Form, Identity, form
from govtables.forms.names import name_cell
from govtables.language import Said, tell
from govtables.records import NEAR, CellRow

TERM = re.compile(r"([+-]?)\s*\b([a-z]\w*)\.([\w.*]+)\.(\w+|\*)", re.ASCII)
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
    codes = tuple([(cell.row, cell.column) for cell in cells])
    for generation in GENERATIONS[::-1]:
        if codes == _codes(generation, table):
            return generation
    remedy = "pass all cells of a table as gt.read gives them"
    raise ValueError(f"{table}: not the cells of the form, each once and in its order; {remedy}")


@cache
def _codes(generation: str, table: str) -> tuple[tuple[str, str], ...]:
    return tuple((row.code, column.code) for t, row, column in form(generation).cells() if t == table)


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
        Equation(name, table, r, c, tuple((position[k], w) for k, w in terms), _write(r, c, terms))
        for name, r, c, terms in lines
    )
    holds = [dict(equation.terms) for equation in equations]
    touching = tuple(tuple(n for n, terms in enumerate(holds) if at in terms) for at in range(len(keys)))
    return Part(keys, tuple(map(cells.index, keys)), position, equations, touching)


def _write(row: str | None, column: str | None, terms: list[tuple[Key, int]]) -> str:
    """Write an equation in codes: ``requests.received: total = natural_person + …``."""
    axis = 2 if row else 1
    sides = [" + ".join(key[axis] for key, weight in terms if weight * sign > 0) for sign in (1, -1)]
    table = terms[0][0][0]
    return f"{table}.{row}: {' = '.join(sides)}" if row else f"{table}, {column}: {' = '.join(sides)}"


class Term(NamedTuple):
    """A cell that a formula names; ``denied.*`` is the rows of a group, ``other.*`` also ``other``."""

    sign: int
    table: str
    row: str
    column: str

    @property
    def text(self) -> str:
        """The term as it is written, without its sign."""
        return f"{self.table}.{self.row}.{self.column}"

    def names(self, code: str) -> bool:
        """Tell whether a cell is meant, by its code ``table.row.column``."""
        return _pattern(self.text).fullmatch(code) is not None


@cache
def find_terms(text: str) -> tuple[Term, ...]:
    """Find the terms of a formula, or of a sentence that names cells, in their order.

    >>> [(term.sign, term.row) for term in find_terms("requests.received.total - requests.denied.*.total")]
    [(1, 'received'), (-1, 'denied.*')]
    >>> find_terms("requests.denied.*.total")[0].names("requests.denied.state_secret.total")
    True
    """
    return tuple(Term(-1 if sign == "-" else 1, *codes) for sign, *codes in TERM.findall(text))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\.\*", r"(?:\.\w+)?"))
