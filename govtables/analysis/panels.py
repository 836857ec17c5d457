"""Reports as a panel: who reports when, and which issuers are known in each year.

In: reports by issuer and year, values. Out: frames with one row an issuer. Next: `changes`, notebooks.
"""

from itertools import combinations, combinations_with_replacement

import pandas as pd

from govtables.dataset import PLACES, VERSION, choose_reports, name_issuers
from govtables.declared import say

GAP, EMPTY, ALL = "gap", "no table read", "all issuers"
FEWEST = 2  # issuers of a balanced panel


def lay_out_years(who: pd.DataFrame) -> pd.DataFrame:
    """Lay out issuers by years, in each field what there is of that year.

    The form of the report (``2019``, ``2021``, ``mixed``), ``no table read``, ``differing versions`` of which
    none is taken, ``gap`` between two reports, or an empty text before the first and after the last.
    """
    known = who[who["left_out"].isna() | (who["left_out"] == VERSION)]
    state = known["generation"].fillna(EMPTY).mask(known["left_out"] == VERSION, VERSION)
    known = known.assign(state=state).drop_duplicates(["issuer", "year"])
    table = _spread_years(known, "state").reindex(known["issuer"].unique())
    inside = table.ffill(axis=1).notna() & table.bfill(axis=1).notna()
    return table.mask(table.isna() & inside, GAP).fillna("")


def _spread_years(lines: pd.DataFrame, name: str) -> pd.DataFrame:
    """Lay one column out, issuers by all years from the first to the last."""
    lines = lines.astype({"year": int})
    years = range(lines["year"].min(), lines["year"].max() + 1) if len(lines) else range(0)
    return lines.pivot(index="issuer", columns="year", values=name).reindex(columns=years)


def find_nested(who: pd.DataFrame) -> pd.Series:
    """Tell whose figures may be part of another's: a superior reports too, and not for its own body alone."""
    alone = who["level"].isin(PLACES[:3])
    above = set(who["code"][alone & (who["scope"] != "own")].dropna())
    code = who["code"].astype("str")
    superiors = [who["parent_code"].astype("str"), code.str[:4] + "00", code.str[:2] + "0000"]
    superiors = pd.concat(superiors, axis=1)
    nested = superiors.isin(above) & superiors.ne(code.where(alone), axis=0)
    return nested.any(axis=1)


def lay_out_known(values: pd.DataFrame) -> pd.DataFrame:
    """Lay out issuers by years: are numerator and denominator known? They are where both are 0."""
    known = values[values[["numerator", "denominator"]].notna().all(axis=1)]
    return _spread_years(known, "denominator").notna()


def count_balanced(known: pd.DataFrame) -> pd.DataFrame:
    """Count the issuers that are known in every year from the first (row) to the last (column).

    `known` says of each issuer (row) and year (column) whether there is a number.
    """
    counts = pd.DataFrame(pd.NA, index=list(known.columns), columns=list(known.columns), dtype="Int64")
    for first, last in combinations_with_replacement(counts, 2):
        counts.loc[first, last] = known.loc[:, first:last].all(axis=1).sum()
    return counts


def find_window(known: pd.DataFrame) -> tuple[int, int] | None:
    """Find the years, first and last, in which a balanced panel has most reports.

    It has at least two issuers and two years; None if there is no such panel.
    """
    counts = count_balanced(known)
    wide = [ends for ends in combinations(known.columns, 2) if counts.loc[ends] >= FEWEST]
    return max(wide, key=lambda ends: counts.loc[ends] * (ends[1] - ends[0] + 1), default=None)


def make_sets(values: pd.DataFrame, window: tuple[int, int] | None) -> pd.DataFrame:
    """Stack values of all issuers on those of issuers known in each year of a window, as ``set`` says."""
    everybody = values.assign(set=ALL)
    if window is None:
        return everybody
    first, last = window
    known = lay_out_known(values).reindex(columns=range(first, last + 1), fill_value=False)
    same = known.index[known.all(axis=1)]
    balanced = values[values["issuer"].isin(same) & values["year"].between(first, last)]
    return pd.concat([everybody, balanced.assign(set=say("analysis.the_same", n=len(same)))])
