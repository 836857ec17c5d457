"""What a reader's word on one cell of a damaged print is worth.

In: what the undamaged report says of a cell, what stands in its place, what was read. Out: a verdict. Next:
`damage.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scoring import Read, same
from synthetic import APPLICANTS, RESULTS, SUITS, Code, outcome_rows

VERDICTS = ("right", "inferred right", "unknown", "flagged", "unseen", "silent", "wrong inferred")
BUCKETS = ("requests and disputes", "disclosure", "keeps every sum", "keeps them by blanks")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
DIGITS = re.compile(r"[0-9一二三四五六七八九十]")
MORE, LESS = "增", "减"
TOTAL = RESULTS[-1][0]
Flagged = set[tuple[str, str | None]]  # tables and rows that a finding names; no row: the whole table


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell of the damaged print: its figure in the undamaged report, and the text in its place.

    `text` is None where damage took the place away. `sure` tells that the text is the figure in another
    unit, `contended` that the cell is printed twice with different numbers, `unclear` that what is still
    printed of it cannot be told.
    """

    figure: float
    text: str | None
    sure: bool = False
    contended: bool = False
    unclear: bool = False

    @property
    def shown(self) -> float | None:
        """Return the number that the text plainly is."""
        text = unicodedata.normalize("NFKC", self.text or "").strip()
        text = text.replace(MORE, "+").replace(LESS, "-")
        return float(text) if NUMBER.fullmatch(text) else None


def is_plain(code: Code, seen: Seen) -> bool:
    """Tell whether the place shows a number that such a cell can have, beyond doubt."""
    shown = seen.shown
    if shown is None or seen.sure or seen.contended or seen.unclear:
        return False
    return code[2] == "change" or (shown >= 0 and (code[2] == "amount" or shown.is_integer()))


def sums_of(table: str, generation: str) -> Iterator[dict[Code, int]]:
    """Yield the form's identities: the signs of the cells that add up to zero."""
    if table == "disputes":
        for row in ("review", *(row for row, _ in SUITS)):
            yield {(table, row, column): -1 if column == TOTAL else 1 for column, _ in RESULTS}
        return
    items = outcome_rows(generation)
    columns = [*(column for column, _ in APPLICANTS), TOTAL]
    for row in ("received", "carried_in", *items, "concluded", "carried_over"):
        yield {(table, row, column): -1 if column == TOTAL else 1 for column in columns}
    for column in columns:
        yield {(table, row, column): 1 for row in items} | {(table, "concluded", column): -1}
        flow = {"received": 1, "carried_in": 1, "concluded": -1, "carried_over": -1}
        yield {(table, row, column): sign for row, sign in flow.items()}


def keeps_sums(table: str, cells: dict[Code, Seen], generation: str) -> bool:
    """Tell whether a table prints another number somewhere, all plainly, and satisfies every identity."""
    own = {code: seen for code, seen in cells.items() if code[0] == table}
    return all(is_plain(code, seen) for code, seen in own.items()) and fills_up(table, cells, generation)


def fills_up(table: str, cells: dict[Code, Seen], generation: str) -> bool:
    """Tell whether a table prints another number somewhere, and filled blanks let all sums hold."""
    own = {code: seen for code, seen in cells.items() if code[0] == table}
    if table == "disclosure" or any(seen.text and not is_plain(code, seen) for code, seen in own.items()):
        return False
    shown = {code: seen.shown or 0.0 for code, seen in own.items() if is_plain(code, seen)}
    if all(same(number, own[code].figure) for code, number in shown.items()):
        return False
    sums = list(sums_of(table, generation))
    while gaps := [signs for signs in sums if len(signs.keys() - shown.keys()) == 1]:
        (gap,) = gaps[0].keys() - shown.keys()
        shown[gap] = -gaps[0][gap] * add_up(gaps[0], shown)
    return min(shown.values()) >= 0 and not any(add_up(signs, shown) for signs in sums)


def add_up(signs: dict[Code, int], shown: dict[Code, float]) -> float:
    """Add up the sides of an identity, a blank as zero."""
    return sum(sign * shown.get(code, 0.0) for code, sign in signs.items())


def judge(seen: Seen, value: float | None, status: str, flagged: bool, unseen: bool) -> str:
    """Judge one cell; `unseen` tells that nothing in the print could show that its number is another one."""
    if value is None:
        printed = bool(seen.text and DIGITS.search(unicodedata.normalize("NFKC", seen.text)))
        claims = status in ("absent", "blank", "not_applicable")
        return "silent" if claims and printed and not seen.unclear and not flagged else "unknown"
    if status == "inferred":
        return "inferred right" if same(value, seen.figure) else "wrong inferred"
    doubtful = seen.contended or (seen.text is None and not seen.unclear)
    if same(value, seen.figure) and not (doubtful and not flagged):
        return "right"
    if flagged:
        return "flagged"
    return "unseen" if unseen and same(value, seen.shown) else "silent"


def judge_cells(
    cells: dict[Code, Seen], read: Read, flagged: Flagged, generation: str
) -> Iterable[tuple[Code, str, str]]:
    """Judge all cells: the code, where it counts, the verdict; and numbers of cells that the form has not."""
    tables = ("requests", "disputes") if cells else ()
    kept = {table for table in tables if keeps_sums(table, cells, generation)}
    filled = {table for table in tables if fills_up(table, cells, generation)} - kept
    for code, seen in cells.items():
        value, status = read.get(code, (None, "absent"))
        table = code[0]
        bucket = BUCKETS[2 if table in kept else 3 if table in filled else table == "disclosure"]
        named = (table, code[1]) in flagged or (table, None) in flagged
        unseen = is_plain(code, seen) if table == "disclosure" else table in kept
        yield code, bucket, judge(seen, value, status, named, unseen)
    for code, (value, _) in read.items():
        if code not in cells and value is not None and (code[0], code[1]) not in flagged:
            yield code, BUCKETS[code[0] == "disclosure"], "silent"
