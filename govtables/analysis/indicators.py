"""Rates, shares and ratios of the published tables: computed, pooled over reports, set against limits.

In: published frames (cells, bounds); indicators as declared in `indicators/definitions.csv`, or one's own.
Out: long frames. Next: `figures`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from govtables.declared import mistake, say
from govtables.indicators import (
    INSIDE, KINDS, NOT_ASKED, NOTHING, SCALE, compute, definitions, divide, kinds_of, parts, wilson,
)
from govtables.records import DOUBTED, FLAGS, LOCATED

RANKS = {flag: rank for rank, flag in enumerate(FLAGS)}
POOLED = ("numerator", "denominator", "value", "low", "high", "value_low", "value_high")
POOLED += ("reports", "nothing", "unknown", "flag", "flagged")
ENDLESS = 1e15  # a denominator that nothing bounds
WINSORISED = 0.1  # of the reports at either end, when overdispersion is estimated (Spiegelhalter 2005)


def rank_flags(flags: pd.Series) -> pd.Series:
    """Rank flags from the best, 0, to the worst; null where none is told."""
    return flags.astype(object).map(RANKS).astype(float)


def worst_flag(flags: pd.Series) -> str | None:
    """Return the worst of some flags; null where none is told."""
    rank = rank_flags(flags).max()
    return None if pd.isna(rank) else FLAGS[int(rank)]


def tell_flags(values: pd.DataFrame) -> pd.Series:
    """Write the flag of each value with what the audit leaves of it; nothing where it is clean."""
    lines = values[["flag", "value_low", "value_high"]].astype(object).itertuples(index=False)
    return pd.Series([_tell_flag(*line) for line in lines], values.index, "str")


def _tell_flag(flag: str | float, low: float, high: float) -> str:
    if flag not in FLAGS[1:]:
        return ""
    if flag == DOUBTED or np.isnan(low):
        return str(flag)
    left = "one" if low == high else "more" if np.isnan(high) else "to"
    return say(f"analysis.flag_{left}", flag=flag, low=low, high=high)


def pool(
    values: pd.DataFrame, by: Sequence[str] = (), level: float = 0.95, which: pd.DataFrame | None = None,
    between: bool = False,
) -> pd.DataFrame:
    """Pool indicators over groups of reports: sum of numerators over sum of denominators, with an interval.

    `values` is what `compute` returns, with the columns named in `by` joined to it. ``reports`` counts the
    reports with a value; those without have ``nothing`` (nothing to divide by, or not asked, so that nothing
    is lost) or are ``unknown``. ``value_low`` and ``value_high`` are what unknown and contradicted numbers
    leave of the pooled value; ``flag`` is the worst of its reports, ``flagged`` how many of these are located
    or contradicted. Leave out reports that add up others of the group (a county's, with its bureaus), or
    requests count twice. The interval takes reports to share one rate; they seldom do. With `between` it is
    that of a ratio of sums over reports that differ, by Student's t, none for fewer than two. Values of one's
    own indicators need the frame `which` that `compute` had.
    """
    if absent := [name for name in ("flag", "missing") if name not in values]:
        raise mistake("analysis.no_column", name=absent[0])
    names = [*by, "indicator"]
    kinds = dict(zip(codes := values["indicator"].astype(str).unique(), kinds_of(codes, which), strict=True))
    found = [
        (*key, *_pool_one(lines, kinds[str(key[-1])], level, between))
        for key, lines in values.groupby([values[name] for name in names], observed=True, sort=False)
    ]
    frame = pd.DataFrame(found, columns=[*names, *POOLED])
    return frame.astype(dict.fromkeys(POOLED[:7], float) | {"flag": "str"})


def _pool_one(lines: pd.DataFrame, kind: str, level: float, between: bool) -> tuple:
    """Pool one indicator over some reports: the columns of `pool` but labels."""
    known = lines[lines["value"].notna()]
    nothing = (lines["value"].isna() & lines["missing"].isin(["nothing", "not_asked"])).sum()
    sides = known[["numerator", "denominator"]].to_numpy(float).T
    count, total = (side.sum() if np.isfinite(side).any() else np.nan for side in sides)
    value, *ends = (float(end[0]) for end in divide(kind, np.array([count]), np.array([total]), level))
    if between and kind != "count":
        ends = SCALE.get(kind, 1.0) * np.array(_spread_between(*sides, level))
        ends = ends.clip(0, 1 if kind in INSIDE else None)
    suspect = (rank_flags(known["flag"]) >= RANKS[LOCATED]).sum()
    left = _pool_left(lines[lines["value_low"].notna()], kind)
    counts = len(known), nothing, len(lines) - len(known) - nothing
    return count, total, value, *ends, *left, *counts, worst_flag(lines["flag"]), suspect


def _spread_between(count: np.ndarray, total: np.ndarray, level: float) -> tuple[float, float]:
    """Return the interval of a ratio of sums over units that differ (Cochran 1977, chapter 6)."""
    from scipy.special import stdtrit

    units, value = len(count), count.sum() / total.sum() if total.sum() else np.nan
    if units < 2:
        return np.nan, np.nan
    error = np.sqrt(((count - value * total) ** 2).sum() * units / (units - 1)) / total.sum()
    half = stdtrit(units - 1, (1 + level) / 2) * error
    return value - half, value + half


def _pool_left(lines: pd.DataFrame, kind: str) -> tuple[float, float]:
    """Return the least and greatest pooled value over all values and denominators that reports may have."""
    values = lines["value_low"].to_numpy(float), lines["value_high"].fillna(np.inf).to_numpy(float)
    if kind == "count" or lines.empty:
        ends = [end.sum() if len(lines) else np.nan for end in values]
        return ends[0], np.nan if np.isinf(ends[1]) else ends[1]
    least = lines["denominator_low"].to_numpy(float)
    most = lines["denominator_high"].fillna(ENDLESS).to_numpy(float)
    found = []
    for end, sign in zip(values, (1, -1), strict=True):
        mean, weights = np.nan, most  # each report weighs as much as draws the mean to this side
        while np.isfinite(end).all() and not mean == (mean := (end * weights).sum() / weights.sum()):
            weights = np.where(sign * end < sign * mean, most, least)
            weights = weights if weights.any() else most
        found.append(mean)
    return found[0], found[1]


def funnel(
    values: pd.DataFrame, levels: Sequence[float] = (0.95, 0.998), which: pd.DataFrame | None = None,
    overdispersion: bool = False,
) -> pd.DataFrame:
    """Return control limits around the pooled value of one rate or share, for all sizes of denominators.

    Columns: ``level``, ``denominator``, ``value`` (pooled), ``low``, ``high``, ``overdispersion``, and the
    ``flag`` of the pooled value. Limits are exact binomial ones, interpolated between counts (Spiegelhalter
    2005), each tail by itself: a report in control lies outside with at most the chance that the level
    leaves. With `overdispersion` they are widened by the root of his multiplicative factor, winsorised.
    Where many stand outside, reports differ by more than chance, and the funnel names no outliers. `which`
    is as for `pool`.
    """
    pooled = pool(values, which=which)
    pooled = pooled[pooled["reports"] > 0]
    names = list(pooled["indicator"].astype(str))
    if len(names) != 1 or kinds_of(names, which)[0] not in INSIDE:
        raise mistake("analysis.no_rate", given=", ".join(names) or "–")
    rate, known = pooled["value"].iloc[0], values[values["value"].notna()]
    own = np.rint(known["denominator"].to_numpy(float))
    sizes = np.unique(np.r_[own, np.rint(np.geomspace(1, max(own.max(), 2), 200))])
    factor = _overdispersion(known["value"].to_numpy(float), own, rate) if overdispersion else 1.0
    limits = np.hstack([binomial_limits(rate, sizes, level) for level in levels])
    low, high = (rate + np.sqrt(factor) * (limits - rate)).clip(0, 1)
    at = {"level": np.repeat(levels, len(sizes)), "denominator": np.tile(sizes, len(levels))}
    told = {"overdispersion": factor, "flag": pooled["flag"].iloc[0]}
    return pd.DataFrame(at | {"value": rate, "low": low, "high": high} | told)


def binomial_limits(rate: float, sizes: np.ndarray, level: float) -> np.ndarray:
    """Return the lower and the upper limit of a share of `sizes`, each beyond which lies half of the rest."""
    from scipy.stats import binom

    tail, ends = (1 - level) / 2, []
    for chance in (rate, 1 - rate):
        least = binom.ppf(tail, sizes, chance)
        beyond = (binom.cdf(least, sizes, chance) - tail) / binom.pmf(least, sizes, chance)
        ends.append(((least - beyond) / sizes).clip(0))
    return np.array([ends[0], 1 - ends[1]])


def _overdispersion(values: np.ndarray, sizes: np.ndarray, rate: float) -> float:
    """Estimate by which factor rates vary more than chance makes them: never less than 1."""
    scores = (values - rate) / np.sqrt(rate * (1 - rate) / sizes) if 0 < rate < 1 else np.zeros(1)
    return max(1.0, (scores.clip(*np.quantile(scores, [WINSORISED, 1 - WINSORISED])) ** 2).mean())
