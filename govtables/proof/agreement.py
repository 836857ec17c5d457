"""Which proposals for a contradicted table agree with what other reports say of its cells.

In: a `Fingerprint` with proposals, and reports that tie its cells. Out: a `Check`. Next: `between_reports`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from govtables.proof.fingerprints import CellCode, Fingerprint, slots, unpack
from govtables.proof.sentences import tell
from govtables.proof.years import equations
from govtables.records import FAILS, NEAR, UNDECIDED, Change, Check

Expected = Mapping[CellCode, float]
Witness = tuple[str, Expected]  # whose report, and what it says of cells


def find_agreeing(
    one: Fingerprint, before: Fingerprint | str, after: Fingerprint | None, children: Sequence[Fingerprint | str]
) -> Iterator[Check]:
    """Say which of several proposals for a table agree with other reports, where these tell them apart."""
    witnesses = [_ask_year(one, before, 1)] if isinstance(before, Fingerprint) else []
    witnesses += [_ask_year(one, after, -1)] if after else []
    if children and not any(isinstance(child, str) for child in children):
        witnesses.append(_ask_children(children))
    for table, changes in groupby(one.proposals, key=lambda change: change.table):
        ways = {number: list(some) for number, some in groupby(changes, key=lambda change: change.proposal)}
        left, heard = list(ways), []
        for name, told in witnesses:
            agree = [number for number in left if _agrees(one, ways[number], table, told)]
            if agree and len(agree) < len(left):
                left, heard = agree, [*heard, name]
        if heard:
            names = ", ".join(f"number {n} ({_write(ways[n])})" for n in left)
            message = tell("located", count=len(ways), other=" and ".join(heard), left=names)
            verdict = FAILS if len(left) == 1 else UNDECIDED
            counts = float(len(ways)), float(len(left)), float(len(ways) - len(left))
            yield Check("located", table, None, None, *counts, verdict=verdict, message=message)


def _ask_year(one: Fingerprint, other: Fingerprint, back: int) -> Witness:
    """What the report of the year before (1) or after (-1) says: what it carried over, or carried in."""
    numbers, told = unpack(other.numbers), {}
    for _, terms, _ in equations(one.form):
        if {cell[0] for *_, cell in terms} == {"requests"}:
            here, there = [cell for *_, cell in terms][::back]
            told[here] = float(numbers[slots()[there]])
    return other.report_id, told


def _ask_children(children: Sequence[Fingerprint]) -> Witness:
    """What the sum of a parent's children says of its cells."""
    total = np.sum([unpack(child.numbers) for child in children], axis=0)
    return "the sum of its children", dict(zip(slots(), total.tolist(), strict=True))


def _agrees(one: Fingerprint, way: Sequence[Change], table: str, told: Expected) -> bool:
    """Tell whether all that a witness says of a table holds once a proposal is taken, and says something."""
    numbers, ends = unpack(one.numbers), {(c.table, c.row, c.column): (c.low, c.high) for c in way}
    said = {cell: value for cell, value in told.items() if cell[0] == table and value == value}
    for cell, value in said.items():
        printed = float(numbers[slots()[cell]])
        low, high = ends.get(cell, (printed, printed))
        if low > value + NEAR or (high is not None and high < value - NEAR):
            return False
    return any(said.values())


def _write(way: Sequence[Change]) -> str:
    ends = [f"{c.row}.{c.column}: {c.low:.15g}" + ("" if c.low == c.high else " or more") for c in way]
    return "; ".join(ends)
