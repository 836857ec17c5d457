"""Whose report it is: level, place and superior of an issuer.

In: the printed name, the year, what else the report says. Out: an `Issuer`. Next: `pipeline`.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, islice

from govtables.declared import declared
from govtables.issuers.bodies import (
    BRANCH, LONGEST, PLACES, Body, council, everyday_words, issuer_key, read_body, take_places, zone_in,
)
from govtables.issuers.coverage import tell_scope
from govtables.issuers.divisions import (
    ALWAYS, Division, Divisions, find_divisions, innermost, is_lowest, path_of, superiors,
)
from govtables.language import HAN, Said, join, plain, simplify, tell
from govtables.records import Issuer

FRONT = 4000  # characters of the context that are searched for places
QUOTES = 40  # so many times that the context names the issuer are read
WORDS, NO_WORD = re.compile(f"[{HAN}]+"), re.compile(f"[^{HAN}]")
PARTY = re.compile("^(?:中共)(?=.{3})")
PLACE_END = re.compile("[省市县区旗州盟]")
GENERIC = re.compile("(?:[省县旗州盟]|市(?![场政容民])|区(?!域))(?=.{2})")


def resolve_issuer(name: str | None, year: int | None, context: str = "") -> Issuer:
    """Find level, place and superior of an issuer; of several places none, unless the context leaves one.

    The context is what else tells the place, a line each: title, path of the report, introduction, chapter 1.

    >>> resolve_issuer("花街镇人民政府", 2023)[1:6]
    ('township', '330784104', '浙江省金华市永康市花街镇', '330784', '永康市')
    >>> resolve_issuer("太平镇", 2022).reason
    '太平镇: 50 townships of this name; name the province or county in hierarchy/aliases'
    """
    body, reason = read_body(PARTY.sub("", issuer_key(name or "")), year), None
    text = plain(context, keep="\n")
    if body.level != "central" and (body.bare or len(body.places) != 1):
        body, reason = _settle(body, year, plain(context[:FRONT], keep="\n") if context[FRONT:] else text)
    return _tell(body, year, tell_scope(text), reason)


def _settle(body: Body, year: int | None, text: str) -> tuple[Body, str | None]:
    """Leave one place or none, and say what told it."""
    if body.bare and text and (fuller := _read_fuller(body, year, text)):
        return fuller, tell("issuers.told", name=fuller.name)
    places = body.places
    if not places:
        return _settle_placeless(body, year, text)
    mentioned = set(_mentions(text, year))
    if len(places) > 1:
        if told := _told_by(places, {one.name for one in mentioned}, year):
            return body._replace(places=told[0]), tell("issuers.told", name=told[1])
        kind = "issuers.townships" if len(places[0].code) > 6 else "issuers.divisions"
        return body._replace(places=()), _untold(body.named, tell(kind, count=len(places)))
    if other := _other_home(places[0], mentioned, year):
        return body._replace(places=()), _untold(body.named, other)
    home = superiors(places[0], year)[0]
    told = tell("issuers.told", name=home.name) if home in mentioned else tell("issuers.only")
    return body, told


def _untold(name: str, why: str) -> Said:
    return tell("issuers.untold", name=name, why=why)


def _other_home(one: Division, mentioned: set[Division], year: int | None) -> str | None:
    """Say what speaks against the county in which the list has the one township of a name."""
    home = superiors(one, year)[0].name
    others = sorted({each.name for each in mentioned if each.level == "county"})
    if others and home not in others:
        return tell("issuers.elsewhere", home=home, others=join(others[:3], ", "))
    for line in declared("issuers", "entrusted"):
        if line["code"] == one.code and not others:
            return tell("issuers.entrusted", home=home, keeper=line["keeper"])
    return None


def _read_fuller(body: Body, year: int | None, text: str) -> Body | None:
    """Read the issuer's name where the context prints it behind a place; None unless all agree."""
    found = {}
    for quote, length in dict.fromkeys(_quotes(body, text)):
        for start in range(length):
            full = read_body(issuer_key(quote[start:]), year)
            whole = full.level == body.level and not full.bare and len(full.tail) <= len(body.tail)
            if whole and len(full.places) == 1 and (len(full.named) > 2 or not start):
                found.setdefault(full.places[0], full)
                break
    one = next(iter(found.values()), None)
    return one if len(found) == 1 and (body.level != "department" or _fits(body, one.places[0])) else None


def _quotes(body: Body, text: str) -> Iterator[tuple[str, int]]:
    """The name with the words before it, and how long these are."""
    zone = zone_in(body.tail) if body.level == "development_zone" else ""
    for key in dict.fromkeys((body.name, zone)) if zone else filter(None, (simplify(body.name),)):
        ends = accumulate(len(piece) + len(key) for piece in text.split(key)[:-1])
        for start in (end - len(key) for end in islice(ends, QUOTES)):
            if before := NO_WORD.split(text[max(start - LONGEST, 0) : start])[-1]:
                yield before + key, len(before)


def _fits(body: Body, place: Division) -> bool:
    """Tell whether a place may be a body's superior: only a county, or one of the level that it names."""
    named = body.name[0] if GENERIC.match(body.name) else ""
    return place.name.endswith(named) and (place.level == "county" or named not in ("", "市"))


def _settle_placeless(body: Body, year: int | None, text: str) -> tuple[Body, str | None]:
    """A name without a place belongs to the one county that stands alone in a line or as a folder."""
    if not body.name:
        return body, tell("issuers.nameless")
    if gone := _tell_gone(body.tail, year):
        return body._replace(level="unknown" if body.level in PLACES else body.level), gone
    if body.level in ("unknown", *PLACES):
        return body, _untold(body.name, tell("issuers.unknown"))
    told = innermost(_stand_alone(text, year), year)
    if len(told) == 1 and _fits(body, told[0]):
        return body._replace(places=told), tell("issuers.told", name=told[0].name)
    lacks = "issuers.unlisted" if body.level == "township" else "issuers.placeless"
    return body, _untold(body.name, tell(lacks))


def _tell_gone(tail: str, year: int | None) -> str | None:
    words = (tail[:end] for end in range(min(len(tail), LONGEST), 1, -1))
    found = (one for word in words if word not in everyday_words() for one in find_divisions(word, None))
    if one := next((one for one in found if year and not one.stands(year)), None):
        facts = {"name": one.name, "code": one.code, "first": one.first, "last": one.last, "year": year}
        return tell("issuers.not_yet" if one.last == ALWAYS else "issuers.gone", **facts)
    return None


def _stand_alone(text: str, year: int | None) -> Iterator[Division]:
    """Divisions that are all that a line, a field or a folder's name says."""
    for run in dict.fromkeys(WORDS.findall(text)):
        if len(run) > LONGEST or run in everyday_words():
            continue
        if PLACE_END.match(run[-1]) or find_divisions(run, year, short=True):
            places, tail, _ = take_places(run, year)
            if len(places) == 1 and not tail:
                yield places[0]


def _told_by(places: Divisions, names: set[str], year: int | None) -> tuple[Divisions, str] | None:
    """Keep the candidates whose nearest superior is mentioned, then the next, until one is left."""
    above = {one: [each.name for each in superiors(one, year)] for one in places}
    if any(one.name in each for one in places for each in above.values()):
        return None  # 长沙 is a city and a county in it, and a text of either may mention both
    own = tuple(one for one in places if one.name in names)
    if own and len({one.name for one in places}) > 1:
        return (own, own[0].name) if len(own) == 1 else None
    for depth in range(3):
        kept = tuple(one for one in places if above[one][depth : depth + 1] and above[one][depth] in names)
        if len(kept) == 1:
            return kept, above[kept[0]][depth]
        if len({above[one][depth] for one in kept}) > 1:
            return None  # several are spoken of
        places = kept or places
    return None


def _mentions(text: str, year: int | None) -> Iterator[Division]:
    """Divisions that a text names in full, or by a short name standing alone; of a zone, what it lies in."""
    for found in PLACE_END.finditer(text):
        for start in range(max(found.end() - LONGEST, 0), found.end() - 1):
            word = text[start : found.end()]
            alone = not start or NO_WORD.match(text[start - 1])
            telling = alone or len(word) > 2 and word not in everyday_words()
            if telling and (named := find_divisions(word, year)):
                yield from named
                break
    for run in set(WORDS.findall(text)):
        for one in find_divisions(run, year, short=True) or find_divisions(run, year):
            yield from (one,) if one.code else superiors(one, year)[:1]


def _tell(body: Body, year: int | None, scope: str | None, reason: str | None) -> Issuer:
    """Say what is known of the one place that is left."""
    name, level, tail = body.name or None, body.level, body.tail
    if len(body.places) != 1:
        return Issuer(name, level, None, None, None, body.owner, scope, reason)
    one, above = body.places[0], superiors(body.places[0], year)
    site = one if one.code else above[0]
    if level == "township" and one.level != "township":
        reason = join([reason, tell("issuers.named", name=tail, why=tell("issuers.unlisted"))])
        known = one.level == "development_zone" or is_lowest(one)
        home = (one.code or None, one.name) if known else (None, None)
        return Issuer(name, level, None, path_of(one, year) + tail, *home, scope, reason)
    parent = (None, body.owner) if body.owner else _owner(body, one, above)
    return Issuer(name, level, site.code, path_of(site, year), *parent, scope, reason)


def _owner(body: Body, one: Division, above: list[Division]) -> tuple[str | None, str | None]:
    """A department's government, a place's superior; a zone's superior is not told by its name."""
    if body.level == "development_zone":
        return None, None
    if body.level != "department":
        return (above[0].code, above[0].name) if above else (None, council())
    if zone := zone_in(body.tail):
        return None, body.named + zone
    branch = BRANCH.fullmatch(body.tail) and one.level == "county"
    return (above[0].code, above[0].name) if branch else (one.code or None, one.name)
