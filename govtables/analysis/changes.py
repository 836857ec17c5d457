"""What changed from one year to the next, and how much of it may be chance.

In: values of `indicators.compute` with issuer, year and form; the declared crosswalk. Out: frames of steps. Next: `timelines`.
"""

import re
from collections.abc import Collection

import numpy as np
import pandas as pd

from govtables.analysis.intervals import newcombe

TERM = re.compile(r"(\w+)\.([\w.*]+)\.(\w+)")  # table, row, column
RELATIONS = ("same", "sum", "rough", "none", "new", "dropped")  # of a cell to the other form, from alike to not asked there
COMPARABLE = 2  # so many of them are the same quantity
AXES = ["row_2019", "column_2019", "row_2021", "column_2021"]
STEP = ["year", "generation", "numerator", "denominator", "value", "low", "high"]


def compare_forms(definitions: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Say of each indicator how its cells relate in the two forms, and whether it is comparable over the change of form.

    `definitions` are those of `indicators.definitions`, `crosswalk` is the declared one. Columns: ``relation``, the most distant of
    the cells'; ``comparable``, whether all cells are the same in both, or parts that add up; ``note``, what the crosswalk remarks.
    """
    found = {}
    for code, formulas in definitions[["numerator", "denominator"]].iterrows():
        lines = _lines_of(" ".join(formulas), crosswalk)
        rank = max((RELATIONS.index(relation) for relation in lines["relation"]), default=len(RELATIONS) - 1)
        found[code] = RELATIONS[rank], rank < COMPARABLE, "; ".join(filter(None, lines["note"].unique()))
    return pd.DataFrame.from_dict(found, "index", columns=["relation", "comparable", "note"]).rename_axis("indicator")


def _lines_of(formula: str, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Lines of the crosswalk that hold a cell of a formula, in either form."""
    terms = [(table, re.compile(re.escape(row).replace(r"\.\*", r"(?:\.\w+)?")), column) for table, row, column in TERM.findall(formula)]
    here = [
        any(table == line[0] and row.fullmatch(line[at]) and line[at + 1] in (column, "*") for table, row, column in terms for at in (1, 3))
        for line in crosswalk[["table", *AXES]].itertuples(index=False)
    ]
    return crosswalk[here]


def find_steps(values: pd.DataFrame, comparable: Collection[str] = ()) -> pd.DataFrame:
    """Pair each value of a rate or share with the one of the same issuer a year before, one row a step.

    `values` are rows of `indicators.compute`, with ``issuer``, ``year`` and ``generation`` joined, one report an issuer and year.
    A step over a change of form is left out unless its indicator is `comparable`. Columns: ``indicator``, ``issuer``, those of
    both years (the first with ``_before``), ``difference`` with its interval by Newcombe, ``difference_low`` and
    ``difference_high``, at the level of the values; ``new_form``; ``stands_out``, whether the interval leaves out 0. The change of
    what is no proportion has no interval, and so never stands out.
    """
    known = values[values["value"].notna()].astype({"indicator": "str", "year": int})
    proportion = np.isclose(known["numerator"] / known["denominator"], known["value"])
    known[["low", "high"]] = known[["low", "high"]].where(pd.Series(proportion, known.index), axis=0)
    if known.duplicated(["indicator", "issuer", "year"]).any():
        raise ValueError("an issuer has two values of one indicator and year; keep one report of each issuer and year")
    before = known[["indicator", "issuer", *STEP]].assign(year=known["year"] + 1, year_before=known["year"])
    steps = known.merge(before, on=["indicator", "issuer", "year"], suffixes=("", "_before"))
    steps["new_form"] = steps["generation"] != steps["generation_before"]
    steps = steps[~steps["new_form"] | steps["indicator"].isin(comparable)].reset_index(drop=True)
    sides = ((steps[f"value{side}"], (steps[f"low{side}"], steps[f"high{side}"])) for side in ("", "_before"))
    steps["difference"] = steps["value"] - steps["value_before"]
    steps["difference_low"], steps["difference_high"] = newcombe(*sides)
    steps["stands_out"] = (steps["difference_low"] > 0) | (steps["difference_high"] < 0)
    names = ["indicator", "issuer", *STEP, *(f"{name}_before" for name in STEP)]
    return steps[[*names, "difference", "difference_low", "difference_high", "new_form", "stands_out"]]
