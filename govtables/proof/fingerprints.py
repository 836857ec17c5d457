"""What a report is compared with others by, packed small.

In: a report's facts and cells. Out: one `Fingerprint`, and of many a `Register`. Next: `between_reports`.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from govtables.forms import GENERATIONS, form, write_source
from govtables.issuers import is_bare_township, issuer_key, names_no_place
from govtables.language import EXACT, join, tell
from govtables.records import CellRow, Change, Issuer, Status

KNOWN = frozenset({Status.REPORTED, Status.DECIDED, Status.INFERRED})
DISCLOSURE = "disclosure"  # the one table whose columns mean something else in another generation
IN_A_DIVISION = ("department", "development_zone")
MOST_NAMES = 3  # of reports that are taken together
ENOUGH = 10  # so many numbers other than zero are not the same in two reports by chance
CellCode = tuple[str, str, str]  # table, row, column
Group = tuple[str, int, str | None]  # key of an issuer, year, folder or any
YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


class Fingerprint(NamedTuple):
    """What a report is compared by, a few hundred bytes, so that those of a whole dataset fit in memory."""

    report_id: str
    sha256: bytes
    issuer: str | None
    key: str | None  # of the issuer
    year: int | None
    form: str  # generation of the table of disclosure
    numbers: bytes  # packed; empty when the report gave none
    level: str | None = None
    division: str | None = None  # code of what it works in, or of what it is a part of
    proposals: tuple[Change, ...] = ()
    source: str = ""  # of several reports as one: which, and whether their numbers are added up


def fingerprint(
    report: Mapping[str, Any], cells: Sequence[CellRow],
    body: Issuer | None = None, proposals: Sequence[Change] = (),
) -> Fingerprint:
    """Take from a report what it is compared by; `report` is its row in the table `reports`."""
    numbers = np.full(len(slots()), np.nan)
    for cell in cells if report["error"] is None else ():
        if cell.value is not None and cell.status in KNOWN and (slot := slots().get(cell[:3])) is not None:
            numbers[slot] = cell.value
    disclosed = {cell[:3] for cell in cells if cell.table == DISCLOSURE}
    generation = max(GENERATIONS, key=lambda generation: len(disclosed.intersection(cells_of(generation))))
    issuer = report["issuer"] or None
    facts = issuer, issuer and issuer_key(issuer), report["year"], generation
    inside = body is not None and body.level in IN_A_DIVISION
    place = (body.level, body.code if inside else body.parent_code) if body else (None, None)
    digest = bytes.fromhex(report["sha256"])
    return Fingerprint(report["report_id"], digest, *facts, _pack(numbers), *place, tuple(proposals))


def in_order(report_id: str) -> str:
    """By what reports are sorted: so that further ones of a document, which are numbered, stand behind it."""
    return report_id.replace("#", "\0")


@cache
def cells_of(generation: str) -> tuple[CellCode, ...]:
    """Codes of the cells of a form, in printed order."""
    return tuple((table, row.code, column.code) for table, row, column in form(generation).cells())


@cache
def slots() -> dict[CellCode, int]:
    """Every cell of any generation, with its place in a fingerprint."""
    cells = dict.fromkeys(cell for generation in reversed(GENERATIONS) for cell in cells_of(generation))
    return {cell: slot for slot, cell in enumerate(cells)}


def _pack(numbers: np.ndarray) -> bytes:
    """Bits of what is known and what is not zero, then the numbers but zeros; same bytes, same numbers."""
    known = np.abs(numbers) < EXACT
    marked = known & (numbers != 0)
    return np.packbits([known, marked], axis=1).tobytes() + numbers[marked].tobytes() if known.any() else b""


@lru_cache(maxsize=1 << 10)
def unpack(packed: bytes) -> np.ndarray:
    """Numbers of a fingerprint by slot, not to be written to; NaN where none is known."""
    width = len(slots())
    packed = packed or bytes(2 * math.ceil(width / 8))
    bits = np.frombuffer(packed, np.uint8, 2 * math.ceil(width / 8)).reshape(2, -1)
    known, marked = np.unpackbits(bits, axis=1, count=width).astype(bool)
    numbers = np.where(known, 0.0, np.nan)
    numbers[marked] = np.frombuffer(packed, np.float64, offset=bits.size)
    numbers.flags.writeable = False
    return numbers


@lru_cache(maxsize=1 << 10)
def unpack_as_zeros(packed: bytes) -> np.ndarray:
    """The same, with zero where none is known."""
    return np.where(np.isnan(numbers := unpack(packed)), 0.0, numbers)


def combine(
    reports: Sequence[Fingerprint], how: Callable[[np.ndarray], np.ndarray], word: str = "and"
) -> Fingerprint:
    """Several reports as one, whose numbers are told from a row of each; their form, if it is the same.

    `word` tells whether numbers are added up, ``and``, or say the same, ``or``.
    """
    if len(reports) == 1:
        return reports[0]
    numbers = _pack(how(np.array([unpack(one.numbers) for one in reports])))
    more = [tell("proof.more", n=len(reports) - MOST_NAMES)] if len(reports) > MOST_NAMES else []
    name = join([*(one.report_id for one in reports[:MOST_NAMES]), *more], " and ")
    forms = " and ".join(sorted({one.form for one in reports}))
    source = write_source((one.report_id for one in reports), word)
    return reports[0]._replace(report_id=name, form=forms, numbers=numbers, source=source)


def _keep_alike(some: np.ndarray) -> np.ndarray:
    return np.where((some == some[0]).all(0), some[0], np.nan)


def says_enough(packed: bytes) -> bool:
    """Tell whether so many numbers of a report are not zero that another one will hardly have the same."""
    return len(packed) >= 2 * math.ceil(len(slots()) / 8) + ENOUGH * np.float64().itemsize


class Register:
    """Reports that tell issuer and year, by group: of identical ones the first.

    Many townships share a name. Where reports of one that does not name its county stand in several folders,
    those of a folder are a group too. Folders that differ in a year alone count as one.
    """

    def __init__(self, fingerprints: Iterable[Fingerprint]) -> None:
        self.differing: dict[Group, dict[bytes, Fingerprint]] = {}  # by their numbers
        self.empty: dict[Group, Fingerprint] = {}  # without numbers
        self.agreed: dict[Group, Fingerprint] = {}  # what all versions say, once it was asked
        fingerprints = [one for one in fingerprints if one.key and one.year]
        townships = {(one.key, _folder_of(one)) for one in fingerprints if is_bare_township(one.key)}
        count = Counter(key for key, _ in townships)
        self.scattered = frozenset(key for key in count if count[key] > 1)
        for one in fingerprints:
            for group in dict.fromkeys(self.groups(one)):
                if one.numbers:
                    self.differing.setdefault(group, {}).setdefault(one.numbers, one)
                else:
                    self.empty.setdefault(group, one)

    def groups(self, one: Fingerprint, back: int = 0) -> tuple[Group, Group] | tuple[()]:
        """All reports by that name on a year, and those certainly by the same body."""
        if not (one.key and one.year):
            return ()
        everywhere = one.key, one.year - back, None
        return everywhere, (*everywhere[:2], _folder_of(one)) if one.key in self.scattered else everywhere

    def knows(self, group: Group) -> bool:
        """Tell whether a group has a report, with numbers or without."""
        return group in self.differing or group in self.empty

    def first(self, group: Group) -> Fingerprint:
        """The first report with numbers of a group that has one."""
        return next(iter(self.differing[group].values()))

    def find(self, group: Group, name: str) -> Fingerprint | str:
        """Find the report of a group, of several versions what they agree on, or say why there is none."""
        if group in self.agreed:
            return self.agreed[group]
        versions = [*self.differing.get(group, {}).values()]
        namesakes = group[0] in self.scattered and group[2] is None or names_no_place(group[0])
        if len(versions) > 1 and namesakes:
            names = join((one.report_id for one in versions[:2]), " and ")
            return tell("proof.namesakes", count=len(versions), year=group[1], name=name, names=names)
        if versions:
            agreed = combine(versions, _keep_alike, "or")
            return self.agreed.setdefault(group, agreed) if len(versions) > 1 else agreed
        empty = self.empty.get(group)
        message = "proof.no_numbers" if empty else "proof.no_report"
        return tell(message, year=group[1], name=name, empty=empty and empty.report_id)

    def doubt(self, one: Fingerprint) -> str:
        """Say why reports by the name of one may be of different bodies."""
        message = "proof.namesake_scattered" if one.key in self.scattered else "proof.namesake"
        return tell(message, issuer=one.issuer)


def _folder_of(one: Fingerprint) -> str:
    return _without_year(one.report_id.rpartition("/")[0])


@lru_cache
def _without_year(folder: str) -> str:
    return YEAR.sub("", folder)
