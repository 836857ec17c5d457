"""Which reports say something of one another, told of all reports at once by hashes of what they say.

In: a mark a report, in the order of the dataset. Out: an `Index`, and by it a `Register`: who reported when.
Next: `between_reports`.
"""

import re
import struct
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from govtables.issuers import is_bare_township, names_no_place
from govtables.language import join, tell
from govtables.proof.fingerprints import ENOUGH, Fingerprint, combine, says_enough, unpack_as_zeros
from govtables.proof.years import read_carried

BANDS = 3  # of cells: of a copy with one or two numbers changed, one band is left as it was
FACTS = ("fingerprint", "sha256", "key", "folder", "numbers", "carried_in", "carried_over")
MARK = np.dtype([*((name, "<i8") for name in FACTS), ("bands", "<i8", BANDS), ("year", "<i4")])
NONE = -1  # no report
YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
Group = tuple[str, int, int | None]  # key of an issuer, year, folder or any


class Index(NamedTuple):
    """Reports by the hash of their issuer's key, then of each what tells it apart, and whom it repeats."""

    keys: np.ndarray  # in their order
    rows: np.ndarray  # of these keys
    year: np.ndarray
    folder: np.ndarray
    numbers: np.ndarray
    copy: np.ndarray  # the earliest report with the same bytes
    twin: np.ndarray  # with the same numbers
    near: np.ndarray  # with the same numbers in each band of cells
    begun: np.ndarray  # the one that ended the year before with what this one begins with
    key: np.ndarray
    fingerprint: np.ndarray  # a hash of all that it is compared by


def mark(one: Fingerprint, line: bytes) -> bytes:
    """What a report, kept as a line, is found by: hashes, 0 where there is nothing to find it by."""
    telling = says_enough(one.numbers)
    zeros = unpack_as_zeros(one.numbers) if telling else np.zeros(0)
    bands = (zeros[band::BANDS] for band in range(BANDS))
    hashes = [hash_of(band.tobytes()) if np.count_nonzero(band) * BANDS >= ENOUGH else 0 for band in bands]
    folder = hash_of(_folder_of(one).encode()) if one.key and is_bare_township(one.key) else 0
    carried = [_carried(one, "carried_in", 1), _carried(one, "carried_over", 0) if one.key else 0]
    facts = line, one.sha256, (one.key or "").encode()
    facts = *map(hash_of, facts), folder, hash_of(one.numbers), *carried
    return struct.pack(f"<{len(facts) + BANDS}qi", *facts, *hashes, one.year or 0)


def hash_of(said: bytes) -> int:
    """A hash that is the same in any process, 0 of nothing."""
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "little", signed=True) if said else 0


def _carried(one: Fingerprint, row: str, back: int) -> int:
    """What a report of a division carries from a year into the next one."""
    if one.numbers and one.year and one.division and (numbers := read_carried(one, row)):
        return hash_of(f"{one.division} {one.year - back} ".encode() + numbers)
    return 0


def make_index(marks: np.ndarray) -> Index:
    """Find who repeats whom; `marks` are of the kind `MARK`."""
    order = np.argsort(marks["key"], kind="stable").astype(np.int32)
    twin = _find_earliest(marks["numbers"])
    bands = np.where((twin == NONE)[:, None], marks["bands"], 0)
    near = np.stack([_find_earliest(bands[:, band]) for band in range(BANDS)], axis=1)
    told = (np.ascontiguousarray(marks[name]) for name in ("year", "folder", "numbers"))
    copy = _find_earliest(marks["sha256"])
    own = (np.ascontiguousarray(marks[name]) for name in ("key", "fingerprint"))
    return Index(marks["key"][order], order, *told, copy, twin, near, _find_begun(marks), *own)


def _find_earliest(values: np.ndarray) -> np.ndarray:
    """The earliest report of the same value, for each one that is not it."""
    _, first, at = np.unique(values, return_index=True, return_inverse=True)
    earliest = first[at]
    return np.where((values == 0) | (earliest == np.arange(len(values))), NONE, earliest).astype(np.int32)


def _find_begun(marks: np.ndarray) -> np.ndarray:
    """The one body without a report of the year after that carried over what a report carries in."""
    found = np.full(len(marks), NONE, np.int32)
    known = _mix(marks["key"], marks["year"])[(marks["key"] != 0) & (marks["year"] != 0)]
    ended = np.flatnonzero(marks["carried_over"])
    ended = ended[~np.isin(_mix(marks["key"][ended], marks["year"][ended] + 1), known)]
    if len(ended):
        values, first, at = np.unique(marks["carried_over"][ended], return_index=True, return_inverse=True)
        keys = marks["key"][ended]
        first[at[keys != keys[first[at]]]] = NONE  # of several bodies none
        place = np.searchsorted(values, marks["carried_in"]).clip(max=len(values) - 1)
        met = (values[place] == marks["carried_in"]) & (first[place] != NONE)
        found[met] = ended[first[place[met]]]
    return found


def tell_seen(index: Index, rows: range, keys: Iterable[int]) -> bytes:
    """A hash of all that some reports are compared with: those whom they repeat, and those by some names."""
    own = np.arange(rows.start, rows.stop)
    keys = np.union1d(index.key[own], np.fromiter(keys, np.int64))
    first, end = (np.searchsorted(index.keys, keys, side) for side in ("left", "right"))
    named = [index.rows[at] for at in map(slice, first[keys != 0], end[keys != 0])]
    repeated = (some[own].ravel() for some in (index.copy, index.twin, index.near, index.begun))
    seen = (own, np.unique(np.concatenate([own[:0], *named])), *repeated)
    told = (np.where(at == NONE, 0, index.fingerprint[at]) for at in seen)
    return blake2b(b"".join(blake2b(some.tobytes()).digest() for some in told)).digest()


def _mix(keys: np.ndarray, years: np.ndarray) -> np.ndarray:
    return keys + years.astype(np.int64) * 0x9E3779B97F4A7C1


class Groups(NamedTuple):
    """Rows of the reports by one name, by year and folder, or any: of identical ones the first."""

    is_scattered: bool
    differing: dict[tuple[int, int | None], dict[int, int]]  # by the hash of their numbers
    empty: dict[tuple[int, int | None], int]  # without numbers


class Register:
    """Reports that tell issuer and year, by group.

    Many townships share a name. Where reports of one that does not name its county stand in several folders,
    those of a folder are a group too. Folders that differ in a year alone count as one.
    """

    def __init__(self, index: Index, read: Callable[[int], Fingerprint]) -> None:
        self.index, self.read = index, read
        self._known, self._agreed = lru_cache(1 << 14)(self._look_up), lru_cache(1 << 10)(self._agree)

    def _look_up(self, key: str) -> Groups:
        rows = self.index.rows[self._find_rows(key)]
        told = [*zip(rows.tolist(), *(some[rows].tolist() for some in self.index[2:5]), strict=True)]
        scattered = len({folder for _, year, folder, _ in told if year}) > 1
        groups = Groups(scattered, {}, {})
        for row, year, folder, numbers in told:
            for group in dict.fromkeys([(year, None), (year, folder if scattered else None)]) if year else ():
                if numbers:
                    groups.differing.setdefault(group, {}).setdefault(numbers, row)
                else:
                    groups.empty.setdefault(group, row)
        return groups

    def groups(self, one: Fingerprint, back: int = 0) -> tuple[Group, Group] | tuple[()]:
        """All reports by that name on a year, and those certainly by the same body."""
        if not (one.key and one.year):
            return ()
        everywhere = one.key, one.year - back, None
        scattered = self._known(one.key).is_scattered
        return everywhere, (*everywhere[:2], hash_of(_folder_of(one).encode())) if scattered else everywhere

    def _rows(self, group: Group) -> dict[int, int]:
        return self._known(group[0] or "").differing.get(group[1:], {})

    def has_numbers(self, group: Group) -> bool:
        """Tell whether a group has a report with numbers."""
        return bool(self._rows(group))

    def knows(self, group: Group) -> bool:
        """Tell whether a group has a report, with numbers or without."""
        return self.has_numbers(group) or group[1:] in self._known(group[0] or "").empty

    def first(self, group: Group) -> Fingerprint:
        """The first report with numbers of a group that has one."""
        return self.read(self.rows(group)[0])

    def rows(self, group: Group) -> list[int]:
        """Rows of the reports of a group that differ in their numbers."""
        return [*self._rows(group).values()]

    def all_rows(self, key: str, year: int) -> list[int]:
        """Rows of the reports by a name on a year, identical ones too."""
        rows = self.index.rows[self._find_rows(key)]
        return rows[self.index.year[rows] == year].tolist()

    def _find_rows(self, key: str) -> slice:
        keys, value = self.index.keys, hash_of(key.encode())
        return slice(np.searchsorted(keys, value), np.searchsorted(keys, value, "right") if value else 0)

    def same(self, group: Group, numbers: bytes) -> Fingerprint:
        """The first report of a group with the numbers of one in it."""
        return self.read(self._rows(group)[hash_of(numbers)])

    def find(self, group: Group, name: str) -> Fingerprint | str:
        """Find the report of a group, of several versions what they agree on, or say why there is none."""
        versions = self.rows(group)
        namesakes = names_no_place(group[0]) or (group[2] is None and self._known(group[0]).is_scattered)
        if len(versions) > 1 and namesakes:
            names = join((self.read(row).report_id for row in versions[:2]), " and ")
            return tell("proof.namesakes", count=len(versions), year=group[1], name=name, names=names)
        if versions:
            return self._agreed(group) if len(versions) > 1 else self.read(versions[0])
        empty = self._known(group[0]).empty.get(group[1:])
        message = "proof.no_report" if empty is None else "proof.no_numbers"
        named = None if empty is None else self.read(empty).report_id
        return tell(message, year=group[1], name=name, empty=named)

    def _agree(self, group: Group) -> Fingerprint:
        return combine([*map(self.read, self.rows(group))], _keep_alike, "or")

    def doubt(self, one: Fingerprint) -> str:
        """Say why reports by the name of one may be of different bodies."""
        scattered = self._known(one.key).is_scattered
        return tell("proof.namesake_scattered" if scattered else "proof.namesake", issuer=one.issuer)


def _keep_alike(some: np.ndarray) -> np.ndarray:
    return np.where((some == some[0]).all(0), some[0], np.nan)


def _folder_of(one: Fingerprint) -> str:
    return _without_year(one.report_id.rpartition("/")[0])


@lru_cache
def _without_year(folder: str) -> str:
    return YEAR.sub("", folder)
