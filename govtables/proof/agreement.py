"""Which proposals for a contradicted table agree with what other reports say of its cells.

In: a `Fingerprint` with proposals, and reports that tie its cells. Out: a `Check`. Next: `between_reports`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from govtables.forms import name_cell
from govtables.language import Said, join, tell
from govtables.proof.fingerprints import CellCode, Fingerprint, slots, unpack
from govtables.proof.years import equations
from govtables.records import FAILS, NEAR, UNDECIDED, Change, Check

REQUESTS = "requests"  # the table that years and children tie, and that identities tie in itself


def find_agreeing(
    one: Fingerprint, years: Sequence[Fingerprint | str | None], children: Sequence[Fingerprint | str]
) -> Iterator[Check]:
    """Say which of several proposals agree with the years before and after, and with the sum of children."""
    known = zip((1, -1), years, strict=True)
    known = [(back, other) for back, other in known if isinstance(other, Fingerprint)]
    told = {other.report_id: _ask_year(one, other, back) for back, other in known}
    if children and not any(isinstance(child, str) for child in children):
        total = np.sum([unpack(child.numbers) for child in children], axis=0)
        told[tell("proof.sum_of_children")] = dict(zip(slots(), total.tolist(), strict=True))
    changes = [change for change in one.proposals if change.table == REQUESTS]
    ways = {number: [*some] for number, some in groupby(changes, key=lambda change: change.proposal)}
    left, heard = [*ways], []
    for name, said in told.items():
        agree = [number for number in left if _agrees(one, ways[number], said)]
        if agree and len(agree) < len(left):
            left, heard = agree, [*heard, name]
    if heard:
        told = (tell("proof.proposal", number=n, changes=join(map(_write, ways[n]))) for n in left)
        message = tell("proof.located", count=len(ways), other=join(heard, " and "), left=join(told, ", "))
        counts = float(len(ways)), float(len(left)), float(len(ways) - len(left))
        verdict = FAILS if len(left) == 1 else UNDECIDED
        yield Check("located", REQUESTS, None, None, *counts, verdict=verdict, message=message)


def _ask_year(one: Fingerprint, other: Fingerprint, back: int) -> dict[CellCode, float]:
    """What the report of the year before (1) or after (-1) carried over, or carried in."""
    numbers = unpack(other.numbers)
    terms = ([cell for *_, cell in terms][::back] for _, terms, _ in equations(one.form))
    return {cells[0]: float(numbers[slots()[cells[1]]]) for cells in terms if cells[0][0] == REQUESTS}


def _agrees(one: Fingerprint, way: Sequence[Change], told: Mapping[CellCode, float]) -> bool:
    """Tell whether all that is said of a table holds once a proposal is taken, and says something."""
    numbers, ends = unpack(one.numbers), {(REQUESTS, change.row, change.column): change for change in way}
    said = {cell: value for cell, value in told.items() if cell[0] == REQUESTS and value == value}
    for cell, value in said.items():
        change, printed = ends.get(cell), numbers[slots()[cell]]
        low, high = (change.low, change.high) if change else (printed, printed)
        if low > value + NEAR or (high is not None and high < value - NEAR):
            return False
    return any(said.values())


def _write(change: Change) -> Said:
    code = name_cell(change.table, change.row, change.column, whole=False)
    return tell("proof.to" if change.low == change.high else "proof.to_more", code=code, low=change.low)
