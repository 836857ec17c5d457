"""The form that the State prescribes, read from the declarations in `forms/*.csv`.

In: CSV files. Out: one `Form` a generation. Next: `extract`, `proof`, `dataset`.
"""

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from govtables.declared import choose, declared
from govtables.language import fold, phrase

GENERATIONS = ("2019", "2021")
WITHOUT_CODE = ("header", "extra", "extra_column")  # corners and groups of columns, local rows and columns


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A row or column of the form: its stable code and what the State prints for it."""

    table: str
    block: str
    code: str
    role: str
    unit: str
    label: str
    en: str
    parent: str = ""


class Alias(NamedTuple):
    """A further label of a row or column; on an axis of `WITHOUT_CODE`, one of neither."""

    table: str
    axis: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Identity:
    """An equation of the form: `parent` is the weighted sum of `children`, along `axis`."""

    name: str
    table: str
    axis: str
    parent: str
    children: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One generation of the form, with the look-ups that matching needs."""

    generation: str
    rows: dict[str, tuple[Code, ...]]  # by table, rows with cells, in printed order
    positions: dict[str, dict[str, int]]  # by table, code of a row -> its place in printed order
    children: dict[str, tuple[Code, ...]]  # by code of a group, its rows
    columns: dict[tuple[str, str], tuple[Code, ...]]  # by table and block, in printed order
    row_codes: dict[str, dict[str, str]]  # by table, folded label -> code
    column_codes: dict[str, dict[str, str]]
    others: dict[str, dict[str, frozenset[str]]]  # by axis of `WITHOUT_CODE` and table, folded labels
    local: tuple[Alias, ...]  # those of the look-ups that are not declared
    identities: tuple[Identity, ...]

    def cells(self) -> list[tuple[str, Code, Code]]:
        """List every cell of the form as (table, row, column), in printed order."""
        lines = ((table, row) for table, rows in self.rows.items() for row in rows)
        return [(table, row, column) for table, row in lines for column in self.columns[table, row.block]]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """Both generations of the form, and what a label alone tells."""

    forms: dict[str, Form]
    owners: dict[str, str]  # folded labels that stand in one table only -> that table
    only: dict[str, dict[str, str]]  # by table, folded labels that only one generation has -> that generation


def form(generation: str, local: tuple[Alias, ...] = ()) -> Form:
    """Return the form of a generation, ``"2019"`` or ``"2021"``; `local` aliases count like declared ones.

    >>> len(form("2021").cells()), len(form("2019").cells())
    (200, 198)
    """
    choose(phrase("forms.generation"), generation, GENERATIONS)
    return _form(generation, local)


@cache
def _form(generation: str, local: tuple[Alias, ...]) -> Form:
    declared_ones = ([line[name] for name in Alias._fields] for line in declared("forms", "aliases"))
    aliases = (*itertools.starmap(Alias, declared_ones), *local)
    labels = defaultdict(set)
    for alias in aliases:
        labels[alias.table, alias.axis].add(fold(alias.label))
    rows, columns = _codes("rows", "row", generation), _codes("columns", "column", generation)
    printed = {t: tuple(r for r in rows if r.table == t and r.role != "group") for t in tables()}
    blocks = dict.fromkeys((column.table, column.block) for column in columns)
    return Form(
        generation, printed,
        {table: {row.code: n for n, row in enumerate(lines)} for table, lines in printed.items()},
        {g.code: tuple(r for r in printed[g.table] if r.parent == g.code) for g in rows if g.role == "group"},
        {block: tuple(one for one in columns if (one.table, one.block) == block) for block in blocks},
        {t: _look_up(t, "row", rows, aliases) for t in tables()},
        {t: _look_up(t, "column", columns, aliases) for t in tables()},
        {axis: {t: frozenset(labels[t, axis]) for t in tables()} for axis in WITHOUT_CODE}, local,
        _identities(generation),
    )


@cache
def collect_wording(local: tuple[Alias, ...]) -> Wording:
    """Return both generations of the form, which take `local` aliases, with what their labels alone tell."""
    forms = {generation: form(generation, local) for generation in GENERATIONS}
    labels = {
        generation: {t: one.row_codes[t].keys() | one.column_codes[t].keys() for t in tables()}
        for generation, one in forms.items()
    }
    heads = forms[GENERATIONS[0]].others["header"]
    known = {t: heads[t].union(*(labels[generation][t] for generation in GENERATIONS)) for t in tables()}
    count = Counter(key for keys in known.values() for key in keys)
    owners = {key: table for table, keys in known.items() for key in keys if count[key] == 1}
    others = dict(zip(GENERATIONS, GENERATIONS[::-1], strict=True))
    only = {t: {key: g for g in GENERATIONS for key in labels[g][t] - labels[others[g]][t]} for t in tables()}
    return Wording(forms, owners, only)


@cache
def tables() -> dict[str, int]:
    """Tables of the form, each with its chapter."""
    return {row["table"]: int(row["chapter"]) for row in declared("forms", "tables")}


@cache
def headings() -> tuple[dict[str, int], tuple[tuple[re.Pattern[str], int], ...]]:
    """Chapter headings: folded wordings, and patterns for numbered headings of another wording."""
    lines = [(row["label"], int(row["chapter"])) for row in declared("forms", "headings")]
    exact = {fold(label): chapter for label, chapter in lines if "*" not in label}
    loose = [(label.replace("*", ".*"), chapter) for label, chapter in lines if "*" in label]
    return exact, tuple((re.compile(pattern), chapter) for pattern, chapter in loose)


def _codes(name: str, axis: str, generation: str) -> list[Code]:
    return [
        Code(r["table"], r["block"], r[axis], r["role"], r["unit"], r["label"], r["en"], r.get("parent", ""))
        for r in declared("forms", name)
        if generation in r["generations"].split()
    ]


def _look_up(table: str, axis: str, codes: list[Code], aliases: tuple[Alias, ...]) -> dict[str, str]:
    known = {code.code for code in codes if code.table == table}
    labels = [(code.label, code.code) for code in codes if code.table == table]
    labels += [(a.label, a.code) for a in aliases if (a.table, a.axis) == (table, axis)]
    return {fold(label): code for label, code in labels if code in known}


def _identities(generation: str) -> tuple[Identity, ...]:
    lines = [line for line in declared("forms", "identities") if generation in line["generations"].split()]
    names = dict.fromkeys((line["identity"], line["table"], line["axis"], line["parent"]) for line in lines)
    children: dict[str, list[tuple[str, int]]] = {}
    for line in lines:
        children.setdefault(line["identity"], []).append((line["child"], int(line["weight"])))
    return tuple(Identity(*name, tuple(children[name[0]])) for name in names)
