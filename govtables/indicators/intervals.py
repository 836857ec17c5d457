"""Confidence intervals of counts, rates and their differences.

In: arrays of counts. Out: lower and upper ends, arrays of the same shape. Next: `indicators`, `changes`.
"""

from functools import cache
from math import exp, isnan, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist

import numpy as np

from govtables.declared import mistake

FEW = 40  # events, of which Stirling's series is not exact enough
MOST_STEPS, EPSILON = 50, 1e-16
Ends = tuple[np.ndarray, np.ndarray]  # the least and the greatest that something can be


def newcombe(after: tuple[np.ndarray, Ends], before: tuple[np.ndarray, Ends]) -> Ends:
    """Return the interval of the difference of two independent proportions (Newcombe 1998, hybrid scores).

    Each of both is a proportion and its interval by Wilson, at the level that is wanted. Method 10 in
    Newcombe's Table II, whose first line is 56/70 less 48/80:

    >>> from govtables.indicators.intervals import wilson
    >>> low, high = newcombe((56 / 70, wilson(56, 70)), (48 / 80, wilson(48, 80)))
    >>> print(f"{low:.4f} to {high:.4f}")
    0.0524 to 0.3339
    """
    (value, (low, high)), (value_before, (low_before, high_before)) = after, before
    difference = value - value_before
    down = np.hypot(value - low, high_before - value_before)
    return difference - down, difference + np.hypot(high - value, value_before - low_before)


def wilson(count: np.ndarray, total: np.ndarray, level: float = 0.95) -> Ends:
    """Return the score interval of the proportion `count` / `total` (Wilson 1927).

    >>> [round(float(end), 4) for end in wilson(np.array(81), np.array(263))]
    [0.2553, 0.3662]
    """
    z = normal_quantile(level)
    centre = (count + z**2 / 2) / (total + z**2)
    half = z / (total + z**2) * np.sqrt(count * (total - count) / total + z**2 / 4)
    return np.where(count == 0, 0.0, centre - half), np.where(count == total, 1.0, centre + half)


def garwood(count: np.ndarray, level: float = 0.95) -> Ends:
    """Return the exact interval of the mean of a Poisson count (Garwood 1936).

    >>> [round(float(end), 3) for end in garwood(np.array(10))]
    [4.795, 18.39]
    """
    tail = (1 - _checked(level)) / 2
    limits = np.vectorize(_poisson_mean, otypes=[float])
    return limits(count, tail), limits(count + 1, 1 - tail)


@cache
def _poisson_mean(count: float, chance: float) -> float:
    """Return the mean at which `count` events or more have that chance, by Newton's method."""
    if count == 0 or isnan(count):
        return 0.0 * count
    mean = count * (1 - 1 / (9 * count) + NormalDist().inv_cdf(chance) / (3 * sqrt(count))) ** 3
    mean = max(mean, exp((log(chance) + lgamma(count + 1)) / count)) if count < FEW else mean
    for _ in range(MOST_STEPS):
        term = _chance_of(count, mean)
        slope, total, events = term * count / mean, 0.0, count
        while term > total * EPSILON:
            total, events, term = total + term, events + 1, term * mean / (events + 1)
        step = (total - chance) / slope
        mean = max(mean - step, mean / 2)
        if abs(step) < mean * EPSILON:
            break
    return mean


def _chance_of(count: float, mean: float) -> float:
    """Return the chance of a Poisson count, for large ones by Stirling's series, which loses no digits."""
    if count < FEW:
        return exp(count * log(mean) - mean - lgamma(count + 1))
    off = mean / count - 1
    series = 1 / (12 * count) - 1 / (360 * count**3) + 1 / (1260 * count**5) - 1 / (1680 * count**7)
    return exp(count * (log1p(off) - off) - series) / sqrt(2 * pi * count)


def normal_quantile(level: float) -> float:
    """Return how many standard deviations around the mean hold a share `level` of a normal distribution."""
    return NormalDist().inv_cdf((1 + _checked(level)) / 2)


def _checked(level: float) -> float:
    if not 0 < level < 1:
        raise mistake("indicators.no_level", level=level)
    return level
