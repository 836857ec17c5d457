"""How often intervals hold the truth, and lists raise a false alarm, when the truth is known.

In: nothing. Out: a table on standard output: each interval and each list, at its level, the worst cases over
sizes from 1 to 1,000 and rates from 0.01 to 0.99, and what is documented. Status 1 if that does not hold.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binom, poisson

from govtables.analysis.changes import find_steps
from govtables.analysis.indicators import binomial_limits, pool
from govtables.indicators import garwood, newcombe, wilson

LEVEL, POINTS = 0.95, 0.02
SIZES = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
RATES = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99)
MANY = 10  # events on either side, from which on Wilson's interval is near its level


class Found(NamedTuple):
    """What came of one interval or list over all cases, and whether it is as documented."""

    name: str
    documented: str
    least: float
    mean: float
    greatest: float
    holds: bool


def sum_up(name: str, documented: str, found: list[float], holds: bool) -> Found:
    """Sum up the chances of all cases."""
    return Found(name, documented, min(found), float(np.mean(found)), max(found), bool(holds))


def is_near(found: list[float]) -> bool:
    """Tell whether all chances are within 2 points of the level."""
    return min(found) >= LEVEL - POINTS and max(found) <= LEVEL + POINTS


def cover_wilson(fair: bool) -> Found:
    """Coverage of Wilson's interval, exactly; `fair` where ten events are expected on either side."""
    found = []
    for size, rate in product(SIZES, RATES):
        if (size * min(rate, 1 - rate) >= MANY) == fair:
            low, high = wilson(counts := np.arange(size + 1), size, LEVEL)
            found.append(binom.pmf(counts, size, rate)[(low <= rate) & (rate <= high)].sum())
    said = "within 2 points" if fair else "83 % at least; 95 % on average within 2 points"
    holds = is_near(found) if fair else min(found) >= 0.83 and abs(np.mean(found) - LEVEL) <= POINTS
    return sum_up(f"Wilson, {'10 events or more' if fair else 'fewer'} on a side", said, found, holds)


def cover_garwood() -> Found:
    """Coverage of Garwood's interval, exactly."""
    found = []
    for mean in (size * rate for size, rate in product(SIZES, RATES)):
        counts = np.arange(int(poisson.ppf(1 - 1e-12, mean)) + 2)
        low, high = garwood(counts, LEVEL)
        found.append(poisson.pmf(counts, mean)[(low <= mean) & (mean <= high)].sum())
    return sum_up("Garwood", "never below", found, min(found) >= LEVEL - 1e-9)


def cover_newcombe() -> Found:
    """Coverage of Newcombe's interval where both sizes are alike and ten events are expected on each side."""
    found = []
    for size, (before, after) in product(SIZES[5:9], product(RATES, RATES)):
        if size * min(before, after, 1 - before, 1 - after) >= MANY:
            counts = np.arange(size + 1)
            value, (low, high) = counts / size, wilson(counts, size, LEVEL)
            ends = newcombe((value[:, None], (low[:, None], high[:, None])), (value, (low, high)))
            chance = np.outer(binom.pmf(counts, size, after), binom.pmf(counts, size, before))
            inside = (ends[0] <= after - before) & (after - before <= ends[1])
            found.append(chance[inside].sum())
    return sum_up("Newcombe, 10 events or more", "within 2 points", found, is_near(found))


def alarm_funnel() -> Iterator[Found]:
    """Chance that a report in control lies outside the funnel, exactly."""
    for level in (0.95, 0.998):
        found = []
        for size, rate in product(SIZES, RATES):
            low, high = (end[0] for end in binomial_limits(rate, np.array([size]), level))
            values = (counts := np.arange(size + 1)) / size
            outside = (values < low - 1e-12) | (values > high + 1e-12)
            found.append(binom.pmf(counts, size, rate)[outside].sum())
        said = f"never above {100 * (1 - level):.2g} %"
        yield sum_up(f"funnel, {100 * level:g} % limits", said, found, max(found) <= 1 - level + 1e-9)


def draw_steps(rng: np.random.Generator, size: int, rate: float, many: int) -> pd.DataFrame:
    """Steps of issuers whose rate never changes, on sizes around one."""
    totals = rng.integers(max(1, size // 2), 2 * size + 1, (2, many))
    counts = rng.binomial(totals, rate)
    issuers, years = [f"{n}" for n in range(many)] * 2, np.repeat([2021, 2022], many)
    values = pd.DataFrame({"issuer": issuers, "year": years, "generation": "2021"})
    values = values.assign(indicator="refusal_rate", numerator=counts.ravel(), denominator=totals.ravel())
    values = values.astype({"numerator": float, "denominator": float})
    values["value"] = values["numerator"] / values["denominator"]
    low, high = wilson(values["numerator"].to_numpy(), values["denominator"].to_numpy(), LEVEL)
    left = {"value_low": values["value"], "value_high": values["value"], "flag": "clean"}
    return find_steps(values.assign(low=low, high=high, **left))


def alarm_lists(rng: np.random.Generator, trials: int, many: int = 20) -> Found:
    """Chance of even one false alarm in the strict list of steps, drawn."""
    found = []
    for size, rate in product(SIZES[::3], RATES[::3]):
        steps = draw_steps(rng, size, rate, many * trials)
        lists = steps["p_value"].to_numpy().reshape(trials, many)
        found.append((lists.min(axis=1) <= (1 - LEVEL) / many).mean())
    noise = 3 * np.sqrt((1 - LEVEL) * LEVEL / trials)
    return sum_up(f"strict list of {many} steps", "never above 5 %", found, max(found) <= 1 - LEVEL + noise)


def cover_ranks(rng: np.random.Generator, trials: int) -> Found:
    """How often the intervals at the level to the power of 1/k hold all rates at once, drawn."""
    found = []
    for many, size in product((2, 10, 30, 100), (50, 200, 1000)):
        rates = rng.uniform(0.2, 0.8, (trials, many))
        counts = rng.binomial(size, rates)
        low, high = wilson(counts, np.full(counts.shape, size), LEVEL ** (1 / many))
        found.append(((low <= rates) & (rates <= high)).all(axis=1).mean())
    noise = 3 * np.sqrt((1 - LEVEL) * LEVEL / trials)
    holds = min(found) >= LEVEL - POINTS - noise
    return sum_up("ranks of 2 to 100", "within 2 points below", found, holds)


def cover_pool(rng: np.random.Generator, trials: int, between: bool) -> Found:
    """Coverage of the interval of a pooled rate of reports whose own rates differ."""
    found = []
    for many, spread in product((20, 100), (0.0, 0.02, 0.05, 0.1)):
        inside = 0
        for _ in range(trials):
            totals = rng.integers(20, 500, many)
            shape = 1e6 if spread == 0 else 1 / spread - 1
            rates = rng.beta(0.7 * shape, 0.3 * shape, many)
            counts = rng.binomial(totals, rates)
            values = pd.DataFrame({"numerator": counts, "denominator": totals, "value": counts / totals})
            values = values.assign(indicator="refusal_rate", reason=None, flag="clean")
            left = {"value_low": values["value"], "value_high": values["value"]}
            values = values.assign(**left, denominator_low=totals, denominator_high=totals)
            line = pool(values, between=between).iloc[0]
            inside += line["low"] <= 0.7 <= line["high"]
        found.append(inside / trials)
    noise = 3 * np.sqrt((1 - LEVEL) * LEVEL / trials)
    said = "within 3 points below" if between else "none where rates differ"
    holds = min(found) >= LEVEL - 0.03 - noise if between else True
    return sum_up(f"pool{', between reports' if between else ''}", said, found, holds)


def measure(trials: int, seed: int) -> list[Found]:
    """Measure all intervals and lists; those that need draws with that many trials."""
    rng = np.random.default_rng(seed)
    exact = [cover_wilson(True), cover_wilson(False), cover_garwood(), cover_newcombe(), *alarm_funnel()]
    pools = [cover_pool(rng, trials, between) for between in (True, False)]
    return [*exact, alarm_lists(rng, trials), cover_ranks(rng, 10 * trials), *pools]


def main() -> int:
    """Print the table; return 1 if something is not as documented."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    found = measure(chosen.trials, chosen.seed)
    print(pd.DataFrame(found).to_string(index=False, float_format=lambda share: f"{100 * share:.2f} %"))
    return int(not all(one.holds for one in found))


if __name__ == "__main__":
    sys.exit(main())
