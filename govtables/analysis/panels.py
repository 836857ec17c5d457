"""Reports as a panel: whose each report is, which one counts for a year, and who reports when.

In: published frames (reports, issuers, cells). Out: frames, a row a report or an issuer. Next: `changes`.
"""

from collections.abc import Sequence
from itertools import combinations, combinations_with_replacement

import numpy as np
import pandas as pd

from govtables.dataset import spread_cells

PLACES = ("province", "prefecture", "county", "township")  # levels at which a place is the body itself
NO_YEAR, NO_ISSUER, NO_PLACE = "year not told", "issuer not told", "place not told"
NO_TABLES, NOT_CHOSEN = "no table read, another is taken", "another is chosen"
COPY, VERSION = "copy of another", "differing versions"
GAP, EMPTY, ALL = "gap", "no table read", "all issuers"
FEWEST = 2  # issuers of a balanced panel


def name_issuers(reports: pd.DataFrame, issuers: pd.DataFrame, by_name: bool = False) -> pd.DataFrame:
    """Say whose each report is, one row a report, and which reports a panel must leave out.

    `reports` and `issuers` are published tables. An issuer is a place, or a body of that name in a place; a
    central body is told by its name. A name without a place may be shared by many bodies, and is one issuer
    only if `by_name`. Columns: ``report_id``, ``issuer``, ``year``, ``generation``, ``level``, ``code``,
    ``parent_code``, ``scope``, and ``left_out``: null, or "year", "issuer" or "place not told".
    """
    told = ["report_id", "name", "place", "level", "code", "parent_code", "scope"]
    who = reports[["report_id", "year", "generation"]].merge(issuers[told], on="report_id", how="left")
    who["level"], who["scope"] = who["level"].astype("str"), who["scope"].astype("str")
    who["year"] = who["year"].astype("Int64")
    placed, own = who["place"].notna(), who["level"].isin(PLACES)
    alone = who["name"].where(by_name | (who["level"] == "central"))
    body = who["place"].where(own, who["name"] + " (" + who["place"] + ")")
    who["issuer"] = _shorten(body.where(placed, alone), who["name"])
    reasons = [who["name"].isna() & ~placed, who["issuer"].isna(), who["year"].isna()]
    who["left_out"] = pd.Series(np.select(reasons, [NO_ISSUER, NO_PLACE, NO_YEAR], None), who.index, "str")
    return who[["report_id", "issuer", "year", "generation", *told[3:], "left_out"]]


def _shorten(bodies: pd.Series, names: pd.Series) -> pd.Series:
    """Write a body by the first name that it gives itself, unless another body has that name too."""
    first = names.groupby(bodies).first()
    shared = first[first.duplicated(keep=False) | first.isna()].index
    return bodies.where(bodies.isin(shared), bodies.map(first))


def choose_reports(who: pd.DataFrame, cells: pd.DataFrame, chosen: Sequence[str] = ()) -> pd.DataFrame:
    """Leave at most one report of an issuer and year; say in ``left_out`` why the others are not taken.

    `who` is what `name_issuers` returns. A report in `chosen` is taken. Otherwise one with tables goes before
    one without, and of those with the same numbers the first is taken; where numbers differ none is, for no
    program knows which version is right.
    """
    if strange := sorted(set(chosen) - set(who["report_id"])):
        first = ", ".join(who["report_id"].head(5))
        raise ValueError(f"no report {', '.join(strange)} to choose; the reports are {first}, …")
    told = who[who["left_out"].isna()]
    several = told[told.duplicated(["issuer", "year"], keep=False)]
    numbers = spread_cells(cells[cells["report_id"].isin(several["report_id"])], "value")
    left_out = who.set_index("report_id")["left_out"].copy()
    for _, versions in several.groupby(["issuer", "year"], sort=False):
        left_out.update(_judge(list(versions["report_id"]), numbers, set(chosen)))
    return who.assign(left_out=left_out.to_numpy())


def _judge(versions: list[str], numbers: pd.DataFrame, chosen: set[str]) -> pd.Series:
    """Say why reports of one issuer and year are left out: all but one, or all."""
    if wanted := [name for name in versions if name in chosen]:
        if len(wanted) > 1:
            raise ValueError(f"{', '.join(wanted)}: chosen, but of one issuer and year; choose one of them")
        return pd.Series(NOT_CHOSEN, [name for name in versions if name != wanted[0]])
    tables = numbers.reindex([name for name in versions if name in numbers.index])
    differing = list(tables.index[~tables.duplicated()]) or versions[:1]
    reasons = pd.Series([COPY if name in tables.index else NO_TABLES for name in versions], versions)
    reasons[differing] = VERSION
    return reasons if len(differing) > 1 else reasons.drop(differing)


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
    return (superiors.isin(above) & superiors.ne(code.where(alone), axis=0)).any(axis=1)


def lay_out_known(values: pd.DataFrame) -> pd.DataFrame:
    """Lay out issuers by years: are numerator and denominator known? They are where both are 0."""
    known = values[values[["numerator", "denominator"]].notna().all(axis=1)]
    return _spread_years(known, "denominator").notna()


def count_balanced(known: pd.DataFrame) -> pd.DataFrame:
    """Count the issuers that are `known` in every year from the first (row) to the last (column)."""
    counts = pd.DataFrame(pd.NA, index=list(known.columns), columns=list(known.columns), dtype="Int64")
    for first, last in combinations_with_replacement(counts, 2):
        counts.loc[first, last] = known.loc[:, first:last].all(axis=1).sum()
    return counts


def find_window(known: pd.DataFrame) -> tuple[int, int] | None:
    """Find first and last year of the largest balanced panel; None if none has two years and two issuers."""
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
    return pd.concat([everybody, balanced.assign(set=f"the same {len(same)}")])
