"""The unit of a cell: in the cell, the header of its column or block, its row's label, or above the table.

In: labels around the rows of a table. Out: what they say of units, and cells read by it. Next: `cells`.

The nearest speaks; where another differs from it, that is said.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, takewhile
from typing import NamedTuple

from govtables.declared import declared
from govtables.extract.row_matching import MatchedRows
from govtables.extract.rows import Row
from govtables.forms import Code, Form
from govtables.language import (
    MONEY, Reading, convert, fold, join, phrase, plain, read_unit, read_value, tell, unit_pattern,
)
from govtables.readers import Cell


# Where a unit stands, as a message
HEADER, LINE, LABEL, CELL = (f"extract.in_{place}" for place in ("header", "line", "label", "cell"))


class Said(NamedTuple):
    """A unit that stands outside of a cell, where, and the one column that it speaks of, if not of all."""

    unit: str
    where: str
    column: str | None = None

    def speaks_of(self, kind: str) -> bool:
        """Tell whether what is counted may be counted in it."""
        return read_unit(self.unit).kind in (None, kind)


def find_units(matched: MatchedRows, rows: Sequence[Row], captions: Sequence[Cell]) -> dict[str, list[Said]]:
    """For each matched row, by code, the units that speak of it, the nearest first."""
    known, table = matched.known, matched.table
    labels = chain(captions, *[row.labels for row in rows])
    if not any(map(_states_unit, [cell.text for cell in labels])):
        return {}
    own = {id(row): code for code, row in matched.rows.items()}
    blocks = {row.code: row.block for row in known.rows[table]}
    lead, block, last, above, found = list(captions), None, "", [], {}
    for row in rows:
        code, labels = own.get(id(row)), list(row.labels)
        label = _own_label(labels) if code or row.numbers() else []
        above += labels[: len(labels) - len(label)]
        if code:
            if block is None:
                title = [*takewhile(lambda cell: not _is_of_form(known, table, cell), above)]
                lead, above = lead + title, above[len(title) :]
            kept = found[last] if blocks[code] == block else []
            heads = [*_list_said(known, table, above, HEADER)]
            around = [one for one in [*heads, *kept] if one.where == HEADER]
            titles = _list_said(known, table, lead, LINE)
            own_unit = [one._replace(column=None) for one in _list_said(known, table, label, LABEL)]
            ordered = sorted(around, key=lambda one: one.column is None)
            found[code] = [*dict.fromkeys([*ordered, *own_unit, *titles])]
            block, above, last = blocks[code], [], code
    return {code: said for code, said in found.items() if said}


def find_caption(known: Form, table: str, labels: Sequence[Cell]) -> list[Said]:
    """The units that labels around a table without row labels state."""
    return [*dict.fromkeys(_list_said(known, table, labels, HEADER))]


def _own_label(labels: Sequence[Cell]) -> list[Cell]:
    """The last label, and the unit alone behind it."""
    units = [*takewhile(lambda cell: is_unit(cell.text), reversed(labels))]
    return list(labels[-len(units) - 1 :])


def _is_of_form(known: Form, table: str, cell: Cell) -> bool:
    key = fold(cell.text)
    codes = known.row_codes[table].keys() | known.column_codes[table].keys()
    return key in codes or key in known.others["header"][table]


def _list_said(known: Form, table: str, labels: Sequence[Cell], where: str) -> Iterator[Said]:
    """Units of labels: of the column whose header holds it or stands before it; of all in a block's header.

    A label of another column, or of a row beside those of the form, speaks of none of the form.
    """
    codes, corners = known.column_codes[table], known.others["header"][table]
    keys = [fold(cell.text) for cell in labels]
    column, headed = None, False
    for cell, key, behind in zip(labels, keys, [*keys[1:], ""], strict=False):
        units, rest = _split(cell.text)
        column = codes.get(key) if rest else column
        headed = headed or column is not None
        block = where != HEADER or not rest or (not headed and (behind in corners or not behind))
        yield from (Said(unit, where, column) for unit in units if column or block)


@lru_cache(maxsize=1 << 12)
def _split(text: str) -> tuple[tuple[str, ...], str]:
    """The units that a label states, and the key of the rest.

    >>> _split("本年收费金额（单位：万元）"), _split("单位：件、元"), _split("规章")
    ((('万元',), '本年收费金额'), (('件', '元'), ''), ((), '规章'))
    """
    unit, said = _patterns()
    label = plain(text)
    if read_unit(label):
        return (label,), ""
    stated = [next(filter(None, one.groups())) for one in said.finditer(label)]
    units = tuple(word for text in stated for word in unit.findall(text))
    return units, fold(said.sub("", label))


@lru_cache(maxsize=1 << 14)
def _states_unit(text: str) -> bool:
    return bool(_split(text)[0])


def is_unit(text: str) -> bool:
    """Tell a label that states a unit and says nothing else."""
    units, rest = _split(text)
    return bool(units) and not rest


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A unit, and how labels state some: behind the word for unit, alone in parentheses, behind a stroke."""
    unit = unit_pattern()
    some = f"{unit}(?:[、,/和]{unit})*"
    word = "|".join(line["word"] for line in declared("language", "units") if line["kind"] == "mark")
    stated = rf"(?:{word})[:为是]*({some})"
    return re.compile(unit), re.compile(rf"[(\[【]?{stated}[)\]】]?|[(\[【]({some})[)\]】]|/({unit})$")


def _kind(column: Code) -> str:
    return read_unit(column.unit).kind if column.unit else MONEY


def _evidence(column: Code, said: Sequence[Said]) -> list[Said]:
    """What speaks of a column, nearest first; a unit of another kind only if its header has no other."""
    own = [one for one in said if one.column == column.code]
    around = [one for one in said if one.column is None and one.speaks_of(_kind(column))]
    return ([one for one in own if one.speaks_of(_kind(column))] or own) + around


def read_cell(text: str, column: Code, said: Sequence[Said]) -> Reading:
    """Read a cell in the unit that the form states; where it states none, the printed number stands."""
    reading = read_value(text, column.unit)
    if not said or reading.value is None or reading.unit or not (found := _evidence(column, said)):
        return reading
    value = convert(reading.value, found[0].unit, column.unit)
    if value is None:
        where = phrase(found[0].where)
        why = tell("extract.unit_other", unit=found[0].unit, where=where, counted=column.unit)
        return Reading(None, "unreadable", why)
    changed = value != reading.value or not column.unit
    why = tell("extract.unit_in", where=phrase(found[0].where), unit=found[0].unit) if changed else None
    return Reading(value, reading.status, join([reading.reason, why]), found[0].unit)


def tell_differing(text: str, column: Code, said: Sequence[Said]) -> str | None:
    """Say which units of a cell differ; `None` where all are one."""
    reading = read_value(text, column.unit)
    own = [Said(reading.unit, CELL)] if reading.unit else []
    found = [*own, *(_evidence(column, said) if reading.value is not None else ())]
    if len({read_unit(one.unit).factor for one in found}) < 2:
        return None
    printed = (tell("extract.unit_at", unit=one.unit, where=phrase(one.where)) for one in found)
    return tell("extract.units_differ", units=join(dict.fromkeys(printed), ", "))


def tell_astray(columns: Sequence[Code], said: Sequence[Said]) -> str | None:
    """Say which unit of a row's label no column of the row is counted in."""
    own = [one for one in said if one.where == LABEL]
    kinds = set(map(_kind, columns)) if own else ()
    astray = next((one for one in own if not any(map(one.speaks_of, kinds))), None)
    return astray and tell("extract.unit_astray", unit=astray.unit, counted=columns[0].unit)
