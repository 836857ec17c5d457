"""Divisions of the country by name and year: provinces, prefectures, counties, townships, the larger zones.

In: a folded name or a code, and a year. Out: each `Division` of that name in that year. Next: `bodies`.
"""

import gzip
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from govtables.declared import declared

ALWAYS = 9999  # last year of what still stands
OLDEST = 2004  # no annual report is older, so where the year is not known, older divisions are not meant
LAST_WORD = re.compile("(?:自治)?.$")  # as in tools/divisions.py
LENGTHS = {2: "province", 4: "prefecture", 6: "county", 9: "township", 0: "development_zone"}


class Division(NamedTuple):
    """A division in the years in which it had this code, name and superior; a zone has no code of its own."""

    code: str
    name: str
    key: str  # the name as `issuer_key` folds it
    parent: str  # code of the superior
    first: int
    last: int

    @property
    def level(self) -> str:
        """Level as the code tells it."""
        short = self.code.removesuffix("00").removesuffix("00")
        return LENGTHS[len(short if len(self.code) == 6 else self.code)]

    def stands(self, year: int | None) -> bool:
        """Tell whether the division had this code in a year; without a year, whether it had it since 2004."""
        return self.last >= OLDEST if year is None else self.first <= year <= self.last


Divisions = tuple[Division, ...]
Index = dict[str, Divisions]


@cache
def _tables() -> tuple[Index, Index, Index]:
    """Divisions by code, by full name (as printed or as an alias) and by short name."""
    codes, names, shorts = {}, {}, {}
    for line in declared("issuers", "divisions"):
        key, years = line["key"] or line["name"], (int(line["from_year"]), int(line["to_year"] or ALWAYS))
        one = Division(line["code"], line["name"], key, line["parent"], *years)
        short = line["short"] or LAST_WORD.sub("", key)
        _add(codes, one.code, one)
        for word in {key, short + key[-1]}:
            _add(names, word, one)
        if short != key:
            _add(shorts, short, one)
    for line in declared("issuers", "aliases"):
        for one in codes[line["code"]]:
            _add(names, line["printed"], one)
    for line in declared("issuers", "zones"):
        zone = Division("", line["name"], line["name"], line["code"], int(line["from_year"]), ALWAYS)
        _add(names, line["printed"], zone)
    return codes, names, shorts


def _add(index: Index, word: str, one: Division) -> None:
    if len(word) > 1:
        index[word] = (*index.get(word, ()), one)


@cache
def _townships() -> list[str]:
    """The lines of the list of townships, in the order of their keys."""
    packed = (files("govtables") / "issuers" / "townships.csv.gz").read_bytes()
    return gzip.decompress(packed).decode().splitlines()[1:]


@cache
def _with_counties() -> frozenset[str]:
    return frozenset(one.parent for spans in _tables()[0].values() for one in spans if one.level == "county")


def is_lowest(one: Division) -> bool:
    """Tell whether townships come next below: a county, or one of the few prefectures without counties."""
    return one.level == "county" or one.level == "prefecture" and one.code not in _with_counties()


def find_divisions(word: str, year: int | None, short: bool = False) -> Divisions:
    """Return the divisions that had this name in a year, from province to county, and the zones.

    >>> [one.code for one in find_divisions("临平区", 2021)], find_divisions("临平区", 2020)
    (['330113'], ())
    """
    found = _tables()[2 if short else 1].get(word, ())
    return tuple({one.code or one.name: one for one in found if one.stands(year)}.values()) if found else ()


def find_townships(word: str, year: int | None) -> Divisions:
    """Return the townships of this name in the list of 2026 whose county had its present code in a year."""
    lines, found = _townships(), []
    for at in range(bisect_left(lines, f"{word},"), len(lines)):
        key, code, name = lines[at].split(",")
        if key != word:
            break
        found.append(Division(code, name or key, key, code[:6], 0, ALWAYS))
    return tuple(one for one in found if find_division(one.parent, year))


def find_division(code: str, year: int | None) -> Division | None:
    """Return the division with this code in a year; without a year the latest one."""
    return next((one for one in reversed(_tables()[0].get(code, ())) if one.stands(year)), None)


def superiors(one: Division, year: int | None) -> list[Division]:
    """List what a division lies in, the nearest first.

    >>> [one.name for one in superiors(find_division("330784", 2023), 2023)]
    ['金华市', '浙江省']
    """
    above = []
    while one := find_division(one.parent, year):
        above.append(one)
    return above


def path_of(one: Division, year: int | None) -> str:
    """Write the full name from the province down.

    >>> path_of(find_division("330383", 2021), 2021)
    '浙江省温州市龙港市'
    """
    return "".join(each.name for each in reversed([one, *superiors(one, year)]))


def inside(found: Iterable[Division], outer: Sequence[Division] | None, year: int | None) -> Divisions:
    """Keep the divisions that lie in one of the outer ones; what lies in a zone lies where the zone does."""
    if outer is None:
        return tuple(found)
    codes = {one.code or one.parent for one in outer}
    return tuple(one for one in found if codes.intersection(each.code for each in superiors(one, year)))


def innermost(found: Iterable[Division], year: int | None) -> Divisions:
    """Of divisions named in one text, leave out those in which others of them lie."""
    found = tuple(dict.fromkeys(found))
    outer = {each.code for one in found for each in superiors(one, year)}
    return tuple(one for one in found if one.code not in outer)
