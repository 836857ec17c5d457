"""Confidence intervals of counts, rates and their differences.

In: arrays of counts. Out: lower and upper ends, arrays of the same shape. Next: `indicators`, `changes`.
"""

import numpy as np

Ends = tuple[np.ndarray, np.ndarray]  # the least and the greatest that something can be


def newcombe(after: tuple[np.ndarray, Ends], before: tuple[np.ndarray, Ends]) -> Ends:
    """Return the interval of the difference of two independent proportions (Newcombe 1998, hybrid scores).

    Each of both is a proportion and its interval by Wilson, at the level that is wanted. Method 10 in
    Newcombe's Table II, whose first line is 56/70 less 48/80:

    >>> from govtables.analysis.intervals import wilson
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
    from scipy.special import gammaincinv

    tail = (1 - _checked(level)) / 2
    low = np.where(count == 0, 0.0, gammaincinv(np.maximum(count, 1), tail))
    return low, gammaincinv(count + 1, 1 - tail)


def normal_quantile(level: float) -> float:
    """Return how many standard deviations around the mean hold a share `level` of a normal distribution."""
    from scipy.special import ndtri

    return float(ndtri((1 + _checked(level)) / 2))


def _checked(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"no level {level!r} of an interval; choose one between 0 and 1, such as 0.95")
    return level
