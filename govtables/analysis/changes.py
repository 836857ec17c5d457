"""What changed from one year to the next, and how much of it may be chance.

In: values of `indicators.compute`, whose and when; the crosswalk. Out: frames of steps. Next: `figures`.
"""

from collections.abc import Collection
from functools import cache

import numpy as np
import pandas as pd

from govtables.analysis.indicators import rank_flags
from govtables.declared import mistake
from govtables.forms import find_terms
from govtables.indicators import INSIDE, SCALE, kinds_of, newcombe, wilson
from govtables.records import FLAGS

# Of a cell to the other form, from alike to not asked there; the first ones are the same quantity
RELATIONS = ("same", "sum", "rough", "none", "new", "dropped")
COMPARABLE = 2
STEP = ["year", "generation", "numerator", "denominator", "value", "low", "high"]
LEFT = ["value_low", "value_high", "flag"]  # of the values of both years
NEVER = 1e-12  # a chance that is left out of account


def compare_forms(definitions: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Say of each indicator how its cells relate in the two forms, and whether it may be compared over them.

    `definitions` are those of `indicators.definitions`, `crosswalk` is the declared one. Columns:
    ``relation``, the most distant of the cells'; ``comparable``, whether all cells are the same in both, or
    parts that add up; ``note``, what the crosswalk remarks.
    """
    found = []
    for formulas in definitions["numerator"] + " " + definitions["denominator"]:
        lines = _lines_of(formulas, crosswalk)
        rank = max(map(RELATIONS.index, lines["relation"]), default=len(RELATIONS) - 1)
        found.append((RELATIONS[rank], rank < COMPARABLE, "; ".join(filter(None, lines["note"].unique()))))
    index = definitions.index.rename("indicator")
    return pd.DataFrame(found, index, columns=["relation", "comparable", "note"])


def _lines_of(formula: str, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Lines of the crosswalk that hold a cell of a formula, in either form."""
    here = pd.Series(False, crosswalk.index)
    for generation in ("2019", "2021"):
        rows, columns = crosswalk[f"row_{generation}"], crosswalk[f"column_{generation}"]
        for term in find_terms(formula):
            column = columns.mask(columns == "*", term.column)  # of a whole row
            here |= (crosswalk["table"] + "." + rows + "." + column).map(term.names)
    return crosswalk[here]


def find_steps(
    values: pd.DataFrame, comparable: Collection[str] = (), which: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Pair each value of a rate or share with the one of the same issuer a year before, one row a step.

    `values` are rows of `indicators.compute`, with ``issuer``, ``year`` and ``generation`` joined, one
    report an issuer and year. A step over a change of form is left out unless its indicator is `comparable`.
    Columns: ``indicator``, ``issuer``, those of both years (the first with ``_before``), ``difference`` with
    its interval by Newcombe, ``difference_low`` and ``difference_high``, at the level of the values;
    ``new_form``; ``stands_out``, whether the interval leaves out 0; ``p_value``, exact: by Fisher for rates
    and shares, of the conditional test of two Poisson counts for numbers per 100; the worst ``flag`` of both
    years, and what is left of the difference, ``difference_least`` and ``difference_most``. The change of
    what is no proportion has no interval, and so never stands out. `which` is as for `indicators.pool`.
    """
    known = values[values["value"].notna()].astype({"indicator": "str", "year": int})
    if known.duplicated(["indicator", "issuer", "year"]).any():
        raise mistake("analysis.two_values")
    before = known[["indicator", "issuer", *STEP, *LEFT]]
    before = before.assign(year=known["year"] + 1, year_before=known["year"])
    steps = known.merge(before, on=["indicator", "issuer", "year"], suffixes=("", "_before"))
    steps["new_form"] = steps["generation"] != steps["generation_before"]
    steps = steps[~steps["new_form"] | steps["indicator"].isin(comparable)].reset_index(drop=True)
    kinds = pd.Series(kinds_of(steps["indicator"].tolist(), which), steps.index, "object")
    for end in ("low", "high", "low_before", "high_before"):
        steps[end] = steps[end].where(kinds.isin(INSIDE))
    sides = ((steps[f"value{side}"], (steps[f"low{side}"], steps[f"high{side}"])) for side in ("", "_before"))
    steps["difference"] = steps["value"] - steps["value_before"]
    steps["difference_low"], steps["difference_high"] = newcombe(*sides)
    steps["stands_out"] = (steps["difference_low"] > 0) | (steps["difference_high"] < 0)
    numbers = steps[["numerator", "denominator", "numerator_before", "denominator_before"]].to_numpy(float)
    tested = zip(kinds, map(tuple, numbers), strict=True)
    steps["p_value"] = [_test(kind, *four) for kind, four in tested] if len(steps) else np.empty(0)
    ranks = np.fmax(rank_flags(steps["flag"]), rank_flags(steps["flag_before"]))
    steps["flag"] = ranks.map(dict(enumerate(FLAGS))).astype("str")
    steps["difference_least"] = steps["value_low"] - steps["value_high_before"]
    steps["difference_most"] = steps["value_high"] - steps["value_low_before"]
    differences = ["difference", "difference_low", "difference_high", "new_form", "stands_out", "p_value"]
    left = ["flag", "difference_least", "difference_most"]
    before = [f"{name}_before" for name in STEP]
    return steps[["indicator", "issuer", *STEP, *before, *differences, *left]]


@cache
def _test(kind: str, count: float, total: float, count_before: float, total_before: float) -> float:
    """Return how likely a change as large as this is if nothing has changed; null where no test is known."""
    from scipy.stats import binomtest, fisher_exact

    numbers = count, total, count_before, total_before
    if kind not in (*INSIDE, *SCALE) or any(number != int(number) for number in numbers):
        return np.nan
    if kind in INSIDE:
        return float(fisher_exact([[count, total - count], [count_before, total_before - count_before]])[1])
    cases = int(count + count_before)
    return float(binomtest(int(count), cases, total / (total + total_before)).pvalue) if cases else 1.0


def count_false_alarms(steps: pd.DataFrame, level: float = 0.95) -> float:
    """Return how many steps would stand out on average if nothing had changed.

    `steps` are those of rates that `find_steps` has found; each office keeps the rate of its two years
    together. So the intervals are told by what they do at these sizes and rates, not by their level.
    """
    columns = ["numerator", "denominator", "numerator_before", "denominator_before"]
    return float(sum(_chance_to_stand_out(*map(float, row), level) for row in steps[columns].to_numpy()))


@cache
def _chance_to_stand_out(
    count: float, total: float, count_before: float, total_before: float, level: float
) -> float:
    """Return the chance that Newcombe's interval leaves out 0 though both years have one rate."""
    from scipy.stats import binom

    rate, sides, chances = (count + count_before) / (total + total_before), [], []
    for size in (int(total), int(total_before)):
        counts = np.arange(*binom.ppf([NEVER, 1 - NEVER], size, rate) + [0, 1])
        sides.append((counts / size, wilson(counts, size, level)))
        chances.append(binom.pmf(counts, size, rate))
    (value, ends), before = sides
    low, high = newcombe((value[:, None], tuple(end[:, None] for end in ends)), before)
    return float(np.outer(*chances)[(low > 0) | (high < 0)].sum())
