"""Numbers that no identity guards and that jump from one year to the next (Hidiroglou and Berthelot 1986).

In: pairs of `Fingerprint`s, a report and that of the year before. Out: `Check`s, by report. Next:
`between_reports`.
"""

from collections.abc import Sequence

import numpy as np

from govtables.declared import declared
from govtables.language import tell
from govtables.proof.fingerprints import Fingerprint, slots, unpack
from govtables.records import FAILS, Check

LEAST_PAIRS = 20  # of a level and year, to tell what is usual
LEAST_SPREAD, FAR = 0.05, 7.0  # A and C of the method; its U is 0, as a digit slips in small numbers, too
LEAST_TIMES = 3.0  # as much as usual, or as little: where nearly all numbers stay, any change is far

Pairs = Sequence[tuple[Fingerprint, Fingerprint]]


def find_jumps(pairs: Pairs) -> dict[str, list[Check]]:
    """Find the numbers that rise or fall far more than those of the same level and year do, by report."""
    found: dict[str, list[Check]] = {}
    cells = [tuple(line.values()) for line in declared("proof", "jumps")]
    places = [slots()[cell] for cell in cells]
    groups: dict[tuple, list[int]] = {}
    for at, (one, _) in enumerate(pairs):
        groups.setdefault((one.level, one.year), []).append(at)
    for group in groups.values():
        numbers = np.array([[unpack(report.numbers)[places] for report in pairs[at]] for at in group])
        for cell, (now, then) in zip(cells, numbers.transpose(2, 1, 0), strict=True):
            known = np.flatnonzero((now > 0) & (then > 0))
            now, then = now[known], then[known]
            for at in _tell_far(now, then) if len(known) >= LEAST_PAIRS else ():
                one, before = pairs[group[known[at]]]
                low, high = np.quantile(now / then, (0.25, 0.75))
                here, there = float(now[at]), float(then[at])
                facts = {"other": before.report_id, "count": len(known), "low": low, "high": high}
                message = tell("proof.jump", times=here / there, **facts)
                check = Check("jump", *cell, here, there, here - there, verdict=FAILS, message=message)
                found.setdefault(one.report_id, []).append(check)
    return found


def _tell_far(now: np.ndarray, then: np.ndarray) -> np.ndarray:
    """Tell which of many pairs of numbers lie far from the others, whatever their size."""
    ratios = now / then
    middle = np.median(ratios)
    effects = np.where(ratios < middle, 1 - middle / ratios, ratios / middle - 1)
    low, centre, high = np.quantile(effects, (0.25, 0.5, 0.75))
    below, above = (FAR * max(side, abs(LEAST_SPREAD * centre)) for side in (centre - low, high - centre))
    far = (effects < centre - below) | (effects > centre + above)
    return np.flatnonzero(far & (np.maximum(ratios / middle, middle / ratios) >= LEAST_TIMES))
