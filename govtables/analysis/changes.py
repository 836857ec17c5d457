"""What changed from one year to the next, and how much of it may be chance.

In: values of `indicators.compute`, whose and when; the crosswalk. Out: frames of steps. Next: `figures`.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from govtables.analysis.intervals import newcombe
from govtables.forms import find_terms

# Of a cell to the other form, from alike to not asked there; the first ones are the same quantity
RELATIONS = ("same", "sum", "rough", "none", "new", "dropped")
COMPARABLE = 2
STEP = ["year", "generation", "numerator", "denominator", "value", "low", "high"]


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


def find_steps(values: pd.DataFrame, comparable: Collection[str] = ()) -> pd.DataFrame:
    """Pair each value of a rate or share with the one of the same issuer a year before, one row a step.

    `values` are rows of `indicators.compute`, with ``issuer``, ``year`` and ``generation`` joined, one
    report an issuer and year. A step over a change of form is left out unless its indicator is `comparable`.
    Columns: ``indicator``, ``issuer``, those of both years (the first with ``_before``), ``difference`` with
    its interval by Newcombe, ``difference_low`` and ``difference_high``, at the level of the values;
    ``new_form``; ``stands_out``, whether the interval leaves out 0. The change of what is no proportion has
    no interval, and so never stands out.
    """
    known = values[values["value"].notna()].astype({"indicator": "str", "year": int})
    proportion = np.isclose(known["numerator"] / known["denominator"], known["value"])
    known[["low", "high"]] = known[["low", "high"]].where(pd.Series(proportion, known.index), axis=0)
    if known.duplicated(["indicator", "issuer", "year"]).any():
        remedy = "keep one report of each issuer and year"
        raise ValueError(f"an issuer has two values of one indicator and year; {remedy}")
    before = known[["indicator", "issuer", *STEP]].assign(year=known["year"] + 1, year_before=known["year"])
    steps = known.merge(before, on=["indicator", "issuer", "year"], suffixes=("", "_before"))
    steps["new_form"] = steps["generation"] != steps["generation_before"]
    steps = steps[~steps["new_form"] | steps["indicator"].isin(comparable)].reset_index(drop=True)
    sides = ((steps[f"value{side}"], (steps[f"low{side}"], steps[f"high{side}"])) for side in ("", "_before"))
    steps["difference"] = steps["value"] - steps["value_before"]
    steps["difference_low"], steps["difference_high"] = newcombe(*sides)
    steps["stands_out"] = (steps["difference_low"] > 0) | (steps["difference_high"] < 0)
    differences = ["difference", "difference_low", "difference_high", "new_form", "stands_out"]
    return steps[["indicator", "issuer", *STEP, *(f"{name}_before" for name in STEP), *differences]]
