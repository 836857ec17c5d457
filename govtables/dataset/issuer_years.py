"""Whose each report is, and which one counts for an issuer and year.

In: published frames (reports, issuers, cells). Out: a frame, one row a report. Next: `exports`, `panels`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from govtables.dataset.published import Dataset
from govtables.declared import choose, mistake
from govtables.language import phrase
from govtables.records import EXTRA

PLACES = ("province", "prefecture", "county", "township")  # levels at which a place is the body itself
NO_YEAR, NO_ISSUER, NO_PLACE = (phrase(f"dataset.without_{what}") for what in ("year", "issuer", "place"))
CELL = ["report_id", "table", "row", "column", "value"]
NO_TABLES, NOT_CHOSEN = phrase("dataset.no_table_read"), phrase("dataset.not_chosen")
COPY, VERSION = phrase("dataset.copy"), phrase("dataset.version")
VERSIONS = {"latest": phrase("dataset.earlier"), "first": phrase("dataset.later")}  # why others are not taken
TOLD_BY = ["url", "version", "published_on"]  # which version is the later one
REASONS = (NO_YEAR, NO_ISSUER, NO_PLACE, NO_TABLES, NOT_CHOSEN, COPY, VERSION, *VERSIONS.values())


def name_issuers(reports: pd.DataFrame, issuers: pd.DataFrame, by_name: bool = False) -> pd.DataFrame:
    """Say whose each report is, one row a report, and which reports a panel must leave out.

    `reports` and `issuers` are published tables. An issuer is a place, or a body of that name in a place; a
    central body is told by its name. A name without a place may be shared by many bodies, and is one issuer
    only if `by_name`. Columns: ``report_id``, ``issuer``, ``year``, ``generation``, ``level``, ``code``,
    ``parent_code``, ``scope``, and ``left_out``, null or one of "year not told", "issuer not told", "place
    not told".
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


def choose_reports(
    who: pd.DataFrame, cells: pd.DataFrame | Dataset, chosen: Sequence[str] = (), versions: str | None = None
) -> pd.DataFrame:
    """Leave at most one report of an issuer and year; say in ``left_out`` why the others are not taken.

    `who` is what `name_issuers` returns; of a dataset, instead of its `cells`, no more is read than needed.
    A report in `chosen` is taken. Otherwise one with tables goes before
    one without, and of those with the same numbers the first is taken; where numbers differ none is, for no
    program knows which version is right, unless `versions` says which: the ``latest`` or the ``first`` that
    one address published, or by the dates that all of them print.
    """
    if strange := sorted(set(chosen) - set(who["report_id"])):
        first = ", ".join(who["report_id"].head(5))
        raise mistake("dataset.none_to_choose", given=", ".join(strange), first=first)
    if versions is not None:
        choose("versions", versions, VERSIONS)
    told = who[who["left_out"].isna()]
    several = told[told.duplicated(["issuer", "year"], keep=False)]
    dated = who.set_index("report_id").reindex(columns=TOLD_BY)
    if isinstance(cells, Dataset):
        dated = cells.select("reports", ["report_id", *TOLD_BY]).set_index("report_id")
        cells = cells.select("cells", CELL, report_id=several["report_id"])
    spread = _spread(cells[cells["report_id"].isin(several["report_id"])])
    rows = spread.to_numpy(float) + 0.0  # for which no zero has a sign
    numbers = {name: row.tobytes() for name, row in zip(spread.index, rows, strict=True)}
    left_out = who.set_index("report_id")["left_out"].to_dict()
    for _, names in several.groupby(["issuer", "year"], sort=False)["report_id"]:
        judged = _judge([*names], numbers, {*chosen})
        left_out |= judged if versions is None else _take_one(judged, dated, versions)
    return who.assign(left_out=who["report_id"].map(left_out).astype("str"))


def _spread(cells: pd.DataFrame) -> pd.DataFrame:
    """Numbers of the form's own cells, a row a report."""
    local = cells["row"].str.startswith(EXTRA) | cells["column"].str.startswith(EXTRA)
    place = ["table", "row", "column"]
    own = cells[~local].astype(dict.fromkeys(place, "str"))
    return own.pivot(index="report_id", columns=place, values="value")


def _judge(versions: list[str], numbers: Mapping[str, bytes], chosen: set[str]) -> dict[str, str]:
    """Say why reports of one issuer and year are left out: all but one, or all."""
    if wanted := [name for name in versions if name in chosen]:
        if len(wanted) > 1:
            raise mistake("dataset.several_chosen", names=", ".join(wanted))
        return dict.fromkeys([name for name in versions if name != wanted[0]], NOT_CHOSEN)
    tables = [name for name in versions if name in numbers]
    first = {numbers[name]: name for name in reversed(tables)}  # of those with the same numbers
    differing = [name for name in tables if first[numbers[name]] == name] or versions[:1]
    reasons = {name: COPY if name in tables else NO_TABLES for name in versions}
    if len(differing) > 1:
        return reasons | dict.fromkeys(differing, VERSION)
    return {name: why for name, why in reasons.items() if name != differing[0]}


def _take_one(judged: dict[str, str], dated: pd.DataFrame, versions: str) -> dict[str, str]:
    """Take one of differing versions, if it is told which is the later one: by the address, or in print."""
    if VERSION not in judged.values():
        return judged
    told = dated.loc[[name for name, why in judged.items() if why in (VERSION, COPY)]]
    by = "version" if told["url"].nunique(dropna=False) == 1 and told["url"].notna().all() else "published_on"
    if told[by].isna().any() or told[by].duplicated().any():
        return judged
    taken = told[by].sort_values().index[-1 if versions == "latest" else 0]
    judged |= dict.fromkeys(told.index, VERSIONS[versions])
    return {name: why for name, why in judged.items() if name != taken}
