"""Addresses of pages that a person can read: whose report it is, in pinyin, and its year.

In: a dataset. Out: the name of the page of each report and of each issuer. Next: `gather`, `offices`.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from govtables.dataset import PLACES, Dataset, name_issuers
from govtables.language import simplify
from publish.pages.pinyin import romanise

LONGEST = 90  # characters, so that no file system and no archive refuses a name
DIGITS = (4, 8, 16, 64)  # of a digest, as many as tell those apart that would have the same name
TAKEN = ("index", "indicators", "findings", "decisions", "ranking", "search")  # pages that are no report's
TAKEN += ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
BODY = ["name", "level", "place"]
LEFT_OUT = re.compile(r"['’]")
OTHER = re.compile(r"[^a-z0-9]+")


def address_reports(data: Dataset) -> dict[str, str]:
    """Name the page of each report by its issuer and year, or by its id where it tells no issuer."""
    facts = data.select("reports", ["report_id", "issuer", "year"])
    bodies = data.select("issuers", ["report_id", *BODY])
    who = facts.merge(bodies, on="report_id", how="left")
    who = who.astype(object).where(who.notna(), None)
    return tell_apart({line.report_id: spell(*_tell_parts(line)) for line in who.itertuples()})


def address_issuers(data: Dataset) -> dict[str, str]:
    """Name the page of each issuer, by how it is called in a panel."""
    who = name_issuers(data.reports, data.issuers).dropna(subset="issuer")
    bodies = data.select("issuers", ["report_id", *BODY])
    names = who[["report_id", "issuer"]].merge(bodies, on="report_id")
    first = names.drop_duplicates("issuer").astype(object)
    first = first.where(first.notna(), None)
    return tell_apart({line.issuer: spell(name_body(*line[3:])) for line in first.itertuples()})


def _tell_parts(line: object) -> Iterable[str]:
    body = name_body(line.name or line.issuer, line.level, line.place)
    if body is None:
        return [PurePosixPath(line.report_id).with_suffix("").as_posix()]
    return [body] if line.year is None else [body, str(int(line.year))]


def name_body(name: str | None, level: str | None, place: str | None) -> str | None:
    """Name a body from its province down: the place that it governs, or the place and what it is called.

    >>> name_body("安吉县公安局", "department", "浙江省湖州市安吉县")
    '浙江省湖州市安吉县公安局'
    """
    if place is None or name is None:
        return name
    if level in PLACES:
        return place
    shared = next((n for n in range(len(name), 1, -1) if place.endswith(name[:n])), 0)
    return place + name[shared:]


def spell(*parts: str) -> str:
    """Spell texts in pinyin, in small letters of ASCII with hyphens between the words.

    >>> spell("陕西省安康市汉阴县", "2022")
    'shaanxi-sheng-ankang-shi-hanyin-xian-2022'
    """
    *words, last = (_spell(part) for part in parts)
    room = LONGEST - sum(len(word) + 1 for word in [last, *words[1:]]) if words else LONGEST
    first, *others = [*words, last]
    cut = first if len(first) <= room else first[: room + 1].rpartition("-")[0] or first[:room]
    return "-".join(filter(None, [cut.strip("-"), *others])) or "report"


def _spell(text: str) -> str:
    latin = LEFT_OUT.sub("", romanise(simplify(text))).lower()
    return OTHER.sub("-", latin).strip("-")


def tell_apart(wanted: Mapping[str, str]) -> dict[str, str]:
    """Give each its name. Where several want one, all bear a digest of what they are, so that what is added
    takes no other's address.

    >>> tell_apart({"a": "x-2022", "b": "x-2022", "c": "x-2023"})
    {'a': 'x-2022-ca97', 'b': 'x-2022-3e23', 'c': 'x-2023'}
    """
    names = dict(wanted)
    for digits in DIGITS:
        many = Counter(TAKEN) + Counter(names.values())
        names |= {
            one: f"{wanted[one]}-{hashlib.sha256(one.encode()).hexdigest()[:digits]}"
            for one, name in names.items()
            if many[name] > 1
        }
    return names
