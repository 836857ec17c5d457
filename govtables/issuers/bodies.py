"""What the name of a public body tells by itself: the key of the body, its level, every place it may be of.

In: a printed name, and a year. Out: its key; a `Body` with all candidates for its place. Next: `resolve`.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from govtables.declared import declared
from govtables.issuers.divisions import Divisions, find_divisions, find_townships, inside
from govtables.language import plain
from govtables.records import Issuer

LONGEST, LONGEST_SHORT = 18, 8  # characters of a division's name
GOVERNMENT = re.compile("^(?:人民)?政府(?=.)")
TOWN_END = re.compile("街道|[镇乡]|苏木|地区")
BRANCH = re.compile("(?:.+局)?(.{2,12}?)(?:公安)?分局")
PLACES = ("province", "prefecture", "county")
RULE_MAKERS = {"central", "province", "prefecture"}
UNDER_OTHERS = {"county", "township", "development_zone"}
PREFECTURE = "00"  # ends the code of a prefecture, or of what is above it


def issuer_key(name: str) -> str:
    """Fold the name of an issuer, so that different wordings for one body give one key.

    >>> issuer_key("漢陰縣 人民政府"), issuer_key("汉阴县教育局")
    ('汉阴县', '汉阴县教育局')
    """
    key = plain(name)
    for line in declared("issuers", "wordings"):
        if key.endswith(line["ending"]):
            return key if key == line["ending"] else key.removesuffix(line["ending"]) + line["read_as"]
    return key


class Body(NamedTuple):
    """What a name tells by itself; of several places of that name, all."""

    name: str
    level: str
    places: Divisions = ()
    named: str = ""  # the words that name the places
    tail: str = ""  # the words behind them
    bare: bool = True  # a township, or nothing, is named without a division
    owner: str | None = None  # a superior that is no division


@lru_cache(maxsize=1 << 12)
def read_body(key: str, year: int | None) -> Body:
    """Read the name of an issuer by itself.

    >>> body = read_body("南京市鼓楼区教育局", 2021)
    >>> body.level, body.tail, [one.code for one in body.places]
    ('department', '教育局', ['320106'])
    """
    if central := _centrals().get(key):
        return Body(central["name"], "central", owner=None if central["kind"] == "council" else council())
    body = next((name for name in _centrals() if key.startswith(name) and len(key) > len(name) + 2), "")
    rest = key.removeprefix(body)
    places, tail, shown = take_places(rest, year)
    if body:
        owner = _centrals()[body]["name"]
        return Body(body + shown + tail, "department", places, shown, tail, not shown, owner)
    if town := _split_township(tail, places or None, year):
        owner = next((one.name for one in places if not one.code), None)
        named, behind = tail[: len(tail) - len(town[1])], GOVERNMENT.sub("", town[1])
        level = "department" if behind else "township"
        return Body(shown + town[0][0].name + town[1], level, town[0], named, behind, not shown, owner)
    tail = "" if places and (tail, "government") in _endings() else tail
    level = _level_of(tail) if tail else places[0].level if places else None
    known = level not in (None, "unknown", *(PLACES if tail else ()))  # what the tables have not is no place
    found = Body(shown + tail, level or "unknown", places if known else (), shown, tail, not shown)
    return _to_branch(found, year)


def take_places(key: str, year: int | None, outer: Divisions | None = None) -> tuple[Divisions, str, str]:
    """Take divisions off the front of a name: candidates for the last, the rest, the words before it."""
    for short in (False, True):
        for end in range(min(len(key), LONGEST_SHORT if short else LONGEST), 1, -1):
            word = key[:end]
            found = inside(find_divisions(word, year, short), outer, year)
            if not found or outer is None and end < len(key) and word in everyday_words():
                continue
            rest = GOVERNMENT.sub("", key[end:])
            places, tail, shown = take_places(rest, year, found)
            if not short or _may_be_short(found, places, tail, outer, year):
                full = next((one.name for one in found if one.key == word), word)
                return places, tail, full + key[end:].removesuffix(rest) + shown
    return outer or (), key, ""


def _may_be_short(
    found: Divisions, places: Divisions, tail: str, outer: Divisions | None, year: int | None
) -> bool:
    """A short name counts if what follows lies in it, or is a body and not only districts have the name."""
    if places != found or _split_township(tail, found, year):
        return True
    fit = outer is not None or any(one.level != "county" or one.name[-1] != "区" for one in found)
    return fit and (not tail or _level_of(tail) in ("department", "development_zone"))


def _split_township(rest: str, outer: Divisions | None, year: int | None) -> tuple[Divisions, str] | None:
    """Take the longest listed township off the front: candidates, and what follows."""
    for end in reversed([found.end() for found in TOWN_END.finditer(rest)]):
        found = inside(find_townships(rest[:end], year), outer, year)
        if found and (end == len(rest) or (outer or end > 2) and _level_of(rest[end:]) == "department"):
            return found, rest[end:]
    return None


def _to_branch(body: Body, year: int | None) -> Body:
    """A bureau's branch works in the place that it is named after."""
    if not body.places or not (found := BRANCH.fullmatch(body.tail)):
        return body
    named = (inside(find_divisions(found[1], year, short), body.places, year) for short in (False, True))
    return body._replace(places=next(filter(None, named), body.places))


def _level_of(tail: str) -> str | None:
    return next((level for ending, level in _endings() if tail.endswith(ending)), None)


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple((line["word"], line["level"]) for line in declared("issuers", "words") if line["level"])


@cache
def _zone_words() -> re.Pattern[str]:
    zones = [word for word, level in _endings() if level == "development_zone" and word[-1] in "区园"]
    return re.compile("|".join(zones))


def zone_in(tail: str) -> str:
    """Words of a name up to those with which the name of a zone ends; none if it names no zone.

    >>> zone_in("高新区财政局"), zone_in("财政局")
    ('高新区', '')
    """
    return tail[: max((found.end() for found in _zone_words().finditer(tail)), default=0)]


@cache
def everyday_words() -> frozenset[str]:
    """Names of divisions that are everyday words too."""
    return frozenset(line["word"] for line in declared("issuers", "everyday"))


@cache
def _centrals() -> dict[str, dict[str, str]]:
    lines = sorted(declared("issuers", "central"), key=lambda line: -len(line["printed"]))
    return {key: line for line in lines for key in (line["printed"], issuer_key(line["printed"]))}


def council() -> str:
    """Name of the superior of central bodies and provinces."""
    return next(line["name"] for line in declared("issuers", "central") if line["kind"] == "council")


def may_make_rules(issuer: Issuer) -> bool | None:
    """Tell whether a body, or the government that it belongs to, may make rules; `None` where that is open.

    Ministries, provinces and prefectures may, counties and what is below them may not.
    """
    if issuer.level in RULE_MAKERS:
        return True
    if issuer.level in UNDER_OTHERS:
        return False
    county = issuer.level == "department" and issuer.code and not issuer.code.endswith(PREFECTURE)
    return False if county else None


@lru_cache(maxsize=1 << 12)
def names_no_place(key: str) -> bool:
    """Tell whether the key of an issuer says what kind of body it is, and of no place.

    >>> names_no_place("区教育局"), names_no_place("永康市教育局"), names_no_place("永康教育局"), names_no_place("花街镇")
    (True, False, False, False)
    """
    places = [*_words("place"), *_words("township")]
    return key in places or any(map(_is_kind_of_body, {key, *map(key.removeprefix, places)}))


def _is_kind_of_body(words: str) -> bool:
    """Tell whether a name is made of known words alone, the last one for a kind of body."""
    if not words.endswith(tuple(_words("body"))):
        return False
    ends, known = {0}, (*_words("body"), *_words("topic"))
    for at in range(len(words)):
        if at in ends:
            ends.update(at + len(word) for word in known if words.startswith(word, at))
    return len(words) in ends


@lru_cache(maxsize=1 << 12)
def is_bare_township(key: str) -> bool:
    """Tell whether the key of an issuer is a township's name without its county, which others may share.

    >>> is_bare_township("太平镇"), is_bare_township("佳县螅镇"), is_bare_township("通州镇")
    (True, False, True)
    """
    ending = next((len(word) for word in _words("township") if key.endswith(word)), len(key))
    within = ((key.find(word, least - len(word)), len(word)) for word, least in _words("place").items())
    return 0 < ending < len(key) and not any(0 <= at < len(key) - ending - length for at, length in within)


@cache
def _words(role: str) -> dict[str, int]:
    """Words of issuers' names in one role, each with how many characters a name that ends so has at least."""
    lines = [line for line in declared("issuers", "words") if line["role"] == role]
    return {line["word"]: int(line["least"] or 0) for line in lines}
