"""What a report is compared with others by, packed small.

In: a report's facts and cells. Out: one `Extract`. Next: `across`.
"""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from govtables.cells import CellRow
from govtables.forms import GENERATIONS, declared, form
from govtables.labels import INVISIBLE, simplify, strip_annotations

KNOWN = frozenset({"reported", "decided", "inferred"})
DISCLOSURE = "disclosure"  # the one table whose columns mean something else in another generation
EXACT = 2**53  # from here on a float is no count
ENOUGH = 10  # so many numbers other than zero are not the same in two reports by chance

CellCode = tuple[str, str, str]  # table, row, column


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
    for line in declared("issuer_endings"):
        if key.endswith(line["ending"]) and key != line["ending"]:
            return key.removesuffix(line["ending"]) + line["read_as"]
    return key


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
