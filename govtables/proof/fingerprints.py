"""What a report is compared with others by, packed small.

In: a report's facts and cells. Out: one `Fingerprint`, and the line that it is kept as. Next: `register`.
"""

import json
import math
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from govtables.forms import GENERATIONS, form, write_source
from govtables.issuers import issuer_key
from govtables.language import EXACT, join, tell
from govtables.records import CellRow, Change, Issuer, Status

KNOWN = frozenset({Status.REPORTED, Status.DECIDED, Status.INFERRED})
DISCLOSURE = "disclosure"  # the one table whose columns mean something else in another generation
IN_A_DIVISION = ("department", "development_zone")
MOST_NAMES = 3  # of reports that are taken together
ENOUGH = 10  # so many numbers other than zero are not the same in two reports by chance
CellCode = tuple[str, str, str]  # table, row, column


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


def write_fingerprint(one: Fingerprint) -> bytes:
    """A line of JSON."""
    plain = one._replace(sha256=one.sha256.hex(), numbers=b64encode(one.numbers).decode())
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def read_fingerprint(line: bytes) -> Fingerprint:
    """The fingerprint of such a line."""
    told = Fingerprint(*json.loads(line))
    proposals = tuple(Change(*one) for one in told.proposals)
    sha256, numbers = bytes.fromhex(told.sha256), b64decode(told.numbers)
    return told._replace(sha256=sha256, numbers=numbers, proposals=proposals)


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


def says_enough(packed: bytes) -> bool:
    """Tell whether so many numbers of a report are not zero that another one will hardly have the same."""
    return len(packed) >= 2 * math.ceil(len(slots()) / 8) + ENOUGH * np.float64().itemsize
