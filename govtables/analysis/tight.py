"""What unknown cells leave of an indicator, as tight as the identities of the form make it.

In: values of `indicators.compute`, and their cells. Out: the values with tighter bounds. Next: notebooks.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from govtables.forms import GENERATIONS, find_terms, form, parts, tables
from govtables.indicators import SCALE, definitions
from govtables.records import CONTRADICTED, LOCATED

Cells = Mapping[str, float]


def tighten(values: pd.DataFrame, cells: pd.DataFrame, which: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return `values` with the least and the greatest that all identities together leave of missing ones.

    `cells` and `which` are those that `compute` had, whose bounds are safe but add up those of single cells.
    A ratio of sums is a linear program in ratios (Charnes and Cooper 1962), here over all non-negative
    numbers; what is flagged, or contradicts itself, keeps its bounds.
    """
    book = definitions() if which is None else which.rename_axis("indicator")
    values = values.copy()
    suspect = values["flag"].isin([LOCATED, CONTRADICTED])
    loose = values["value"].isna() & values["value_low"].notna() & ~suspect
    names = cells["table"].astype(str) + "." + cells["row"].astype(str) + "." + cells["column"].astype(str)
    reports = dict(tuple(cells.assign(name=names).groupby(cells["report_id"].astype(str))))
    for row in values.index[loose]:
        report = reports[str(values.at[row, "report_id"])].set_index("name")["value"].to_dict()
        line = book.loc[str(values.at[row, "indicator"])]
        low, high = (SCALE.get(line["kind"], 1.0) * end for end in _find_ends(report, line))
        values.at[row, "value_low"] = np.fmax(values.at[row, "value_low"], low)
        values.at[row, "value_high"] = np.fmin(values.at[row, "value_high"], high)
    return values


def _find_ends(report: Cells, line: pd.Series) -> tuple[float, float]:
    """Find the least and the greatest value of a formula; null where nothing bounds it, or it has none."""
    from scipy.optimize import linprog

    at = {name: n for n, name in enumerate(name for name, value in report.items() if np.isnan(value))}
    above = _weigh(report, at, line["numerator"])
    below = _weigh(report, at, line["denominator"]) if line["denominator"] else np.eye(len(at) + 1)[-1]
    terms = find_terms(f"{line['numerator']} {line['denominator'] or ''}")
    named = {name for term in terms for name in filter(term.names, report)}
    equations = [*_list_equations(report, at, named), below]
    right = np.eye(len(equations))[-1]
    ends = [linprog(sign * above, A_eq=np.array(equations), b_eq=right, method="highs") for sign in (1, -1)]
    low, high = (end.fun if end.status == 0 else np.nan for end in ends)
    return low, -high


def _weigh(report: Cells, at: Mapping[str, int], formula: str) -> np.ndarray:
    """Weigh the unknown cells of a formula, and last the sum of those that are known."""
    weights = np.zeros(len(at) + 1)
    for term in find_terms(formula):
        for name in filter(term.names, report):
            weights[at.get(name, -1)] += term.sign * (1 if name in at else report[name])
    return weights


def _list_equations(report: Cells, at: Mapping[str, int], named: set[str]) -> list[np.ndarray]:
    """List, in the same way, the identities of a report's form that tie the named cells."""
    codes = {g: {f"{t}.{row.code}.{column.code}" for t, row, column in form(g).cells()} for g in GENERATIONS}
    generation = max(GENERATIONS, key=lambda one: len(codes[one].intersection(report)))
    found = []
    for part in (part for table in tables() for part in parts(generation, table)):
        names = [".".join(key) for key in part.keys]
        for equation in part.equations if named.intersection(names) and report.keys() >= {*names} else ():
            weights = np.zeros(len(at) + 1)
            for name, weight in ((names[place], weight) for place, weight in equation.terms):
                weights[at.get(name, -1)] += weight * (1 if name in at else report[name])
            found.append(weights)
    return found
