"""Equations between the reports of two years, and numbers that jump from one year to the next.

In: two `Fingerprint`s of one issuer, or of many. Out: `Check`s. Next: `between_reports`.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from govtables.declared import declared
from govtables.forms import name_cell, write_equation, write_source
from govtables.language import Said, join, tell
from govtables.proof.checks import decide, limits
from govtables.proof.fingerprints import DISCLOSURE, CellCode, Fingerprint, cells_of, slots, unpack
from govtables.records import FAILS, Check

DECIMALS = 6
MUCH = 10  # times as much as was received is not carried in
YUAN, ABOUT = 10_000, 3  # of an amount in yuan and one in 10,000 yuan, give or take so many times
THERE = "{}"  # in a formula, the source of cells of the year before
FEE = ("disclosure", "fee", "amount")
LEAST_CARRIED = 2  # kinds of applicants with requests carried over, for two bodies to look like one
LEAST_PAIRS = 20  # of a level and year, to tell what is usual
LEAST_SPREAD, FAR = 0.05, 7.0  # A and C of the method; its U is 0, as a digit slips in small numbers, too
LEAST_TIMES = 3.0  # as much as usual, or as little: where nearly all numbers stay, any change is far

Terms = tuple[tuple[int, int, CellCode], ...]  # weight, years back; they add up to zero, the left side first


def check_years(one: Fingerprint, before: Fingerprint) -> Iterator[Check]:
    """Compare a report with that of the year before."""
    numbers, name = (unpack(one.numbers).tolist(), unpack(before.numbers).tolist()), before.report_id
    source = before.source or write_source([name])
    changed = []
    for check, terms, formula in equations(one.form):
        if one.form == before.form or terms[0][2][0] != DISCLOSURE:
            yield compare(check, terms, formula.replace(THERE, source), numbers, name)
        elif check not in changed:
            changed.append(check)
            message = tell("proof.new_form", here=one.form, there=before.form, other=name)
            yield Check(check, DISCLOSURE, message=message)
    now, then = (some[slots()[FEE]] for some in numbers)
    if now > 0 and then > 0 and YUAN / ABOUT <= max(now / then, then / now) <= YUAN * ABOUT:
        message = tell("proof.amount_unit", times=now / then, other=name)
        yield Check("amount_unit", *FEE, now, then, now - then, verdict=FAILS, message=message)
    yield from _find_exchanged(*numbers, name)


def _find_exchanged(here: Sequence[float], there: Sequence[float], before: str) -> Iterator[Check]:
    """Find requests received that are those carried over the year before, with far more carried in."""
    received, carried_in = ([here[at] for at in flow(row)] for row in ("received", "carried_in"))
    over = [there[at] for at in flow("carried_over")]
    if received == over and received[-1] and carried_in[-1] > MUCH * received[-1]:
        counts = carried_in[-1], received[-1], carried_in[-1] - received[-1]
        message = tell("proof.flow_order", other=before, times=counts[0] / counts[1])
        yield Check("flow_order", "requests", "carried_in", "total", *counts, verdict=FAILS, message=message)


@cache
def flow(row: str) -> tuple[int, ...]:
    """Places of a row of requests in a fingerprint, the total last."""
    return tuple(slot for cell, slot in slots().items() if cell[:2] == ("requests", row))


def read_carried(one: Fingerprint, row: str) -> bytes:
    """A row of flows by applicant, nothing where it says too little to be known again."""
    numbers = unpack(one.numbers)[list(flow(row))]
    enough = (numbers[:-1] > 0).sum() >= LEAST_CARRIED and np.isfinite(numbers).all()
    return numbers.tobytes() if enough else b""


@cache
def equations(generation: str) -> tuple[tuple[str, Terms, str], ...]:
    """Equations between two years' reports: check, terms, formula."""
    found, across = [], {}
    for line in declared("proof", "across"):
        check, table, row, column, weight, back, *code = line.values()
        across.setdefault((check, table, row, column), []).append((-int(weight), int(back), code))
    for (check, table, row, column), right in across.items():
        for cell in cells_of(generation):
            if cell[0] == table and row in ("*", cell[1]) and column in ("*", cell[2]):
                terms = ((1, 0, cell), *((weight, back, _fill(code, cell)) for weight, back, code in right))
                written = write_equation([(weight, _write(back, code)) for weight, back, code in terms])
                found.append((check, terms, written))
    return tuple(found)


def _fill(code: Iterable[str], cell: CellCode) -> CellCode:
    """Put the row and the column of a cell where a code has a star."""
    row, column = (own if one == "*" else one for one, own in zip(code, cell[1:], strict=True))
    return cell[0], row, column


def _write(back: int, cell: CellCode) -> str:
    """Write a cell in codes; `THERE` stands for the report of the year before."""
    return ".".join(cell) + (f" of {THERE}" if back else "")


def _name(back: int, cell: CellCode, before: str) -> Said:
    return tell("proof.of_report", cell=name_cell(*cell), other=before) if back else name_cell(*cell)


def compare(
    check: str, terms: Terms, formula: str, numbers: Sequence[Sequence[float]], before: str
) -> Check:
    """Compare both sides of an equation; unknown numbers leave bounds of the difference."""
    values = [weight * numbers[back][slots()[cell]] for weight, back, cell in terms]
    left, right = values[0], round(-math.fsum(values[1:]), DECIMALS)
    low = high = difference = round(left - right, DECIMALS)
    message, unknown = None, [term for term, value in zip(terms, values, strict=True) if value != value]
    if unknown:
        low, high = _bounds(values, unknown)
    verdict = decide(*(end if math.isfinite(end) else None for end in (low, high)))
    if verdict == FAILS:
        much = f"proof.{'more' if low > 0 else 'less'}_{'at_least' if unknown else 'than'}"
        message = tell(much, much=max(low, -high), source=before)
    elif unknown:
        names = join((_name(back, cell, before) for _, back, cell in unknown), ", ")
        message = tell("proof.unknown", names=names)
    sides = (side + 0.0 if math.isfinite(side) else None for side in (left, right, difference, low, high))
    return Check(check, *terms[0][2], *sides, verdict, formula, message)


def _bounds(values: Sequence[float], unknown: Terms) -> tuple[float, float]:
    """Least and greatest sum, where an unknown number is zero or more, or anything in a column with signs."""
    known = round(math.fsum(value for value in values if not math.isnan(value)), DECIMALS)
    down = any(weight < 0 or is_signed(cell) for weight, _, cell in unknown)
    up = any(weight > 0 or is_signed(cell) for weight, _, cell in unknown)
    return -math.inf if down else known, math.inf if up else known


def is_signed(cell: CellCode) -> bool:
    """Tell whether the numbers of a column may be below zero."""
    return limits()[cell[0], cell[2]].startswith("signed")


# -- jumps ---------------------------------------------------------------------------------------------------

Peers = tuple[str, int]  # level and year of reports
Changes = dict[Peers, tuple[np.ndarray, np.ndarray]]  # which pairs, and how many times as much each number is


class Jump(NamedTuple):
    """A number of a pair of years that lies far from those of its peers."""

    pair: int
    cell: int
    count: int  # peers with that number in both years
    low: float  # quarters of how many times as much it is
    high: float


@cache
def jumping() -> dict[CellCode, int]:
    """Cells whose numbers may jump, and their places in a fingerprint."""
    cells = [tuple(line.values()) for line in declared("proof", "jumps")]
    return {cell: slots()[cell] for cell in cells}


def take_jumping(reports: Iterable[Fingerprint]) -> np.ndarray:
    """Numbers of reports that may jump, a row each, NaN where there is nothing to compare."""
    places = [*jumping().values()]
    taken = np.array([unpack(one.numbers)[places] for one in reports]).reshape(-1, len(places))
    return np.where(taken > 0, taken, np.nan)


def tell_changes(pairs: Sequence[Peers], now: np.ndarray, then: np.ndarray) -> Changes:
    """By peers, which of the pairs are theirs, and the ratios of their numbers."""
    groups: dict[Peers, list[int]] = {}
    for at, peers in enumerate(pairs):
        groups.setdefault(peers, []).append(at)
    return {peers: (np.array(some), now[some] / then[some]) for peers, some in groups.items()}


def find_jumps(parts: Sequence[Changes]) -> list[list[Jump]]:
    """Find in the pairs of each part the numbers that rise or fall far more than those of the same level and
    year do (Hidiroglou and Berthelot 1986).
    """
    found: list[list[Jump]] = [[] for _ in parts]
    for peers in dict.fromkeys(chain.from_iterable(parts)):
        own = [(part, *changes[peers]) for part, changes in enumerate(parts) if peers in changes]
        part = np.concatenate([np.full(len(pairs), part) for part, pairs, _ in own])
        pairs, ratios = (np.concatenate(some) for some in list(zip(*own, strict=True))[1:])
        for cell, column in enumerate(ratios.T):
            known = np.flatnonzero(column == column)
            far = known[_tell_far(column[known])] if len(known) >= LEAST_PAIRS else ()
            low, high = np.quantile(column[known], (0.25, 0.75)) if len(far) else (0, 0)
            for at in far:
                found[part[at]].append(Jump(int(pairs[at]), cell, len(known), low, high))
    return found


def tell_jump(jump: Jump, here: float, there: float, other: str) -> Check:
    """Say of a number how it differs from that of the year before, and from what is usual."""
    cell = [*jumping()][jump.cell]
    facts = {"other": other, "count": jump.count, "low": jump.low, "high": jump.high}
    message = tell("proof.jump", times=here / there, **facts)
    return Check("jump", *cell, here, there, here - there, verdict=FAILS, message=message)


def _tell_far(ratios: np.ndarray) -> np.ndarray:
    """Tell which of many ratios lie far from the others, whatever the size of their numbers."""
    middle = np.median(ratios)
    effects = np.where(ratios < middle, 1 - middle / ratios, ratios / middle - 1)
    low, centre, high = np.quantile(effects, (0.25, 0.5, 0.75))
    below, above = (FAR * max(side, abs(LEAST_SPREAD * centre)) for side in (centre - low, high - centre))
    far = (effects < centre - below) | (effects > centre + above)
    return np.flatnonzero(far & (np.maximum(ratios / middle, middle / ratios) >= LEAST_TIMES))
