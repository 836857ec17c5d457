"""What a report is compared with others by, packed small.

In: a report's facts and cells. Out: one `Extract`, and of many a `Register`. Next: `across`.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from govtables.forms import GENERATIONS, declared, form
from govtables.labels import INVISIBLE, simplify, strip_annotations
from govtables.records import CellRow

KNOWN = frozenset({"reported", "decided", "inferred"})
DISCLOSURE = "disclosure"  # the one table whose columns mean something else in another generation
EXACT = 2**53  # from here on a float is no count
ENOUGH = 10  # so many numbers other than zero are not the same in two reports by chance

CellCode = tuple[str, str, str]  # table, row, column
Group = tuple[str, int, str | None]  # key of an issuer, year, folder or any
YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


class Extract(NamedTuple):
    """What a report is compared by, a few hundred bytes, so that the extracts of a dataset fit in memory."""

    report_id: str
    sha256: bytes
    issuer: str | None
    key: str | None  # of the issuer
    year: int | None
    form: str  # generation of the table of disclosure
    numbers: bytes  # packed; empty when the report gave none


def extract(report: Mapping[str, Any], cells: Sequence[CellRow]) -> Extract:
    """Take from a report what it is compared by; `report` is its row in the table `reports`."""
    numbers = np.full(len(slots()), np.nan)
    for cell in cells if report["error"] is None else ():
        if cell.value is not None and cell.status in KNOWN and (slot := slots().get(cell[:3])) is not None:
            numbers[slot] = cell.value
    disclosed = {cell[:3] for cell in cells if cell.table == DISCLOSURE}
    generation = max(GENERATIONS, key=lambda generation: len(disclosed.intersection(cells_of(generation))))
    issuer = report["issuer"] or None
    facts = issuer, issuer and issuer_key(issuer), report["year"], generation
    return Extract(report["report_id"], bytes.fromhex(report["sha256"]), *facts, _pack(numbers))


def issuer_key(name: str) -> str:
    """Fold the name of an issuer, so that different wordings for one body give one key.

    >>> issuer_key("漢陰縣 人民政府"), issuer_key("汉阴县教育局")
    ('汉阴县', '汉阴县教育局')
    """
    plain = unicodedata.normalize("NFKC", strip_annotations(name.translate(INVISIBLE)))
    key = simplify("".join(plain.split()))
    line = next((line for line in declared("issuer_endings") if key.endswith(line["ending"])), None)
    return key if line is None or key == line["ending"] else key.removesuffix(line["ending"]) + line["read_as"]


@lru_cache(maxsize=1 << 12)
def names_no_place(key: str) -> bool:
    """Tell whether the key of an issuer says what kind of body it is, and of no place.

    >>> names_no_place("区教育局"), names_no_place("永康市教育局"), names_no_place("永康教育局"), names_no_place("花街镇")
    (True, False, False, False)
    """
    places = [word for role in ("place", "township") for word in _words(role)]
    behind = [key, *(key.removeprefix(word) for word in places if key.startswith(word))]
    return key in places or any(map(_is_kind_of_body, behind))


def _is_kind_of_body(words: str) -> bool:
    """Tell whether a name is made of known words alone, the last one for a kind of body."""
    if not words.endswith(tuple(_words("body"))):
        return False
    ends = {0}
    for at in range(len(words)):
        if at in ends:
            ends.update(at + len(word) for word in (*_words("body"), *_words("topic")) if words.startswith(word, at))
    return len(words) in ends


@lru_cache(maxsize=1 << 12)
def is_bare_township(key: str) -> bool:
    """Tell whether the key of an issuer is a township's name without its county, which other townships may share.

    >>> is_bare_township("太平镇"), is_bare_township("佳县螅镇"), is_bare_township("通州镇")
    (True, False, True)
    """
    ending = next((len(word) for word in _words("township") if key.endswith(word)), len(key))
    within = ((key.find(word, least - len(word)), len(word)) for word, least in _words("place").items())
    return 0 < ending < len(key) and not any(0 <= at < len(key) - ending - length for at, length in within)


@cache
def _words(role: str) -> dict[str, int]:
    """Words of issuers' names in one role, each with how many characters a name that ends so has at least."""
    return {simplify(line["word"]): int(line["least"] or 0) for line in declared("issuer_words") if line["role"] == role}


@cache
def cells_of(generation: str) -> tuple[CellCode, ...]:
    """Codes of the cells of a form, in printed order."""
    return tuple((table, row.code, column.code) for table, row, column in form(generation).cells())


@cache
def slots() -> dict[CellCode, int]:
    """Every cell of any generation, with its place in an extract."""
    cells = dict.fromkeys(cell for generation in reversed(GENERATIONS) for cell in cells_of(generation))
    return {cell: slot for slot, cell in enumerate(cells)}


def _pack(numbers: np.ndarray) -> bytes:
    """Bits of what is known and what is not zero, then the numbers but the zeros; same bytes, same numbers."""
    known = np.abs(numbers) < EXACT
    marked = known & (numbers != 0)
    return np.packbits([known, marked], axis=1).tobytes() + numbers[marked].tobytes() if known.any() else b""


def unpack(packed: bytes) -> np.ndarray:
    """Numbers of an extract by slot; NaN where none is known."""
    width = len(slots())
    bits = np.frombuffer(packed, np.uint8, 2 * math.ceil(width / 8)).reshape(2, -1)
    known, marked = np.unpackbits(bits, axis=1, count=width).astype(bool)
    numbers = np.where(known, 0.0, np.nan)
    numbers[marked] = np.frombuffer(packed, np.float64, offset=bits.size)
    return numbers


def says_enough(packed: bytes) -> bool:
    """Tell whether a report has so many numbers other than zero that another one will hardly have the same."""
    return len(packed) >= 2 * math.ceil(len(slots()) / 8) + ENOUGH * np.float64().itemsize


class Register:
    """Reports that tell issuer and year, by group: of identical ones the first.

    Many townships share a name. Where reports of one that does not name its county stand in several folders, those of
    a folder are a group too. Folders that differ in a year alone count as one.
    """

    def __init__(self, extracts: Iterable[Extract]) -> None:
        self.differing: dict[Group, dict[bytes, Extract]] = {}  # by their numbers
        self.empty: dict[Group, Extract] = {}  # without numbers
        extracts = [one for one in extracts if one.key and one.year]
        townships = {(one.key, _folder_of(one)) for one in extracts if is_bare_township(one.key)}
        count = Counter(key for key, _ in townships)
        self.scattered = frozenset(key for key in count if count[key] > 1)
        for one in extracts:
            for group in dict.fromkeys(self.groups(one)):
                if one.numbers:
                    self.differing.setdefault(group, {}).setdefault(one.numbers, one)
                else:
                    self.empty.setdefault(group, one)

    def groups(self, one: Extract, back: int = 0) -> tuple[Group, Group] | tuple[()]:
        """All reports by that name on a year, and those certainly by the same body."""
        if not (one.key and one.year):
            return ()
        everywhere = one.key, one.year - back, None
        return everywhere, (one.key, one.year - back, _folder_of(one)) if one.key in self.scattered else everywhere

    def first(self, group: Group) -> Extract:
        """The first report with numbers of a group that has one."""
        return next(iter(self.differing[group].values()))

    def find(self, group: Group, name: str) -> Extract | str:
        """Find the one report of a group, or say why there is not one."""
        _, year, _ = group
        differing = self.differing.get(group, {})
        if len(differing) == 1:
            return self.first(group)
        if differing:
            listed = ", ".join(one.report_id for one in islice(differing.values(), 2))
            return f"{len(differing)} differing reports of {year} by {name}: {listed}{', …' if len(differing) > 2 else ''}"
        if empty := self.empty.get(group):
            return f"the report of {year} by {name}, {empty.report_id}, gives no numbers"
        return f"no report of {year} by {name} in the dataset"

    def doubt(self, one: Extract) -> str:
        """Say why reports by the name of one may be of different bodies."""
        folders = ", and the reports stand in different folders" if one.key in self.scattered else ""
        return f"the name {one.issuer} does not say which place{folders}"


def _folder_of(one: Extract) -> str:
    return _without_year(one.report_id.rpartition("/")[0])


@lru_cache
def _without_year(folder: str) -> str:
    return YEAR.sub("", folder)
