"""Numbers that no identity guards and that jump from one year to the next (Hidiroglou and Berthelot 1986).

In: pairs of `Fingerprint`s, a report and that of the year before. Out: `Check`s, by report. Next:
`between_reports`.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from govtables.declared import declared
from govtables.proof.fingerprints import CellCode, Fingerprint, slots, unpack
from govtables.proof.sentences import tell
from govtables.proof.years import doubt
from govtables.records import Check

LEAST_PAIRS = 20  # of a level and year, to tell what is usual
SIZE, LEAST_SPREAD, FAR = 0.4, 0.05, 7.0  # U, A and C of the method

Pair = tuple[Fingerprint, Fingerprint]


def find_jumps(pairs: Sequence[Pair]) -> dict[str, list[Check]]:
    """Find the numbers that rise or fall far more than those of the same level and year do, by report."""
    found: dict[str, list[Check]] = {}
    groups: dict[tuple, list[tuple[Pair, float, float]]] = {}
    cells = [tuple(line.values()) for line in declared("proof", "jumps")]
    for one, before in pairs:
        numbers = unpack(one.numbers), unpack(before.numbers)
        for cell in cells:
            now, then = (float(some[slots()[cell]]) for some in numbers)
            if now > 0 and then > 0:
                groups.setdefault((cell, one.level, one.year), []).append(((one, before), now, then))
    for (cell, *_), group in groups.items():
        for name, check in _judge(cell, group) if len(group) >= LEAST_PAIRS else ():
            found.setdefault(name, []).append(check)
    return found


def _judge(cell: CellCode, group: Sequence[tuple[Pair, float, float]]) -> Iterator[tuple[str, Check]]:
    now, then = (np.array([line[at] for line in group]) for at in (1, 2))
    ratios = now / then
    middle = np.median(ratios)
    effects = np.where(ratios < middle, 1 - middle / ratios, ratios / middle - 1) * np.maximum(now, then) ** SIZE
    low, centre, high = np.quantile(effects, (0.25, 0.5, 0.75))
    reach = [max(side, abs(LEAST_SPREAD * centre)) * FAR for side in (centre - low, high - centre)]
    far = (effects < centre - reach[0]) | (effects > centre + reach[1])
    usual = dict(zip(("low", "high"), np.quantile(ratios, (0.25, 0.75)), strict=True))
    for at in np.flatnonzero(far):
        (one, before), *_ = group[at]
        message = tell("jump", times=ratios[at], other=before.report_id, count=len(group), **usual)
        yield one.report_id, doubt("jump", cell, float(now[at]), float(then[at]), message)
