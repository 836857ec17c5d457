"""What changed between two datasets, or between the versions of a report that one address published.

In: two datasets, or one. Out: a row a difference. Next: `cli`, the changelog of whoever publishes data.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from govtables.dataset import Dataset, load
from govtables.forms import name_cell
from govtables.language import Said, join, phrase
from govtables.language import tell as say

CELL = ["report_id", "table", "row", "column"]
COLUMNS = [*CELL, "what", "before", "after"]
SAID = ("value", "status", "raw", "unit")  # of a cell, in this order
ABOUT = ("issuer", "year", "generation", "error")  # of a report
NUMBER = re.compile(r"(#\d+)?$")  # of a report, where a document holds several
MOST_SHOWN = 20
MANY = 500  # reports whose cells are compared at a time


def compare(old: Dataset | str | Path, new: Dataset | str | Path | None = None) -> pd.DataFrame:
    """List what changed from one dataset to another, in the order of reports and form; of one dataset, from
    each version that an address published to the next.

    A row has `report_id`, the cell's codes, `what` changed (``report``, which is its document, ``issuer``,
    ``year``, ``generation``, ``error``; of a cell ``value``, ``status``, ``raw``, ``unit``), and what it was
    `before` and is `after` as text, missing where there was nothing. The cells of reports that came or went
    are not listed. Of versions, `earlier` names the one before.
    """
    old = old if isinstance(old, Dataset) else load(old)
    new = old if new is None else new if isinstance(new, Dataset) else load(new)
    ids = [data.reports["report_id"] for data in (old, new)]
    earlier = _find_versions(old.reports) if new is old else {one: one for one in ids[1] if one in {*ids[0]}}
    pairs = [*earlier.items()]
    some = (dict(pairs[at : at + MANY]) for at in range(0, len(pairs), MANY))
    found = [*(_compare_cells(old, new, one) for one in some), _reports(old, new, earlier)]
    order = {name: number for number, name in enumerate(["report", *ABOUT, *SAID])}
    changes = (
        pd.concat(found, ignore_index=True)
        .reindex(columns=COLUMNS)
        .sort_values("what", key=lambda what: what.map(order), kind="stable")
        .sort_values("report_id", kind="stable", ignore_index=True)
    )
    return changes.assign(earlier=changes["report_id"].map(earlier)) if new is old else changes


def _find_versions(reports: pd.DataFrame) -> dict[str, str]:
    """The version before each later one of the same address; of several reports in it, that of its number."""
    told = reports.dropna(subset=["url", "version"]).sort_values("version", kind="stable")
    number = told["report_id"].map(lambda name: NUMBER.search(name)[0])
    versions = told.groupby(["url", number])["report_id"]
    return {after: before for _, some in versions for before, after in pairwise(some)}


def _compare_cells(old: Dataset, new: Dataset, earlier: Mapping[str, str]) -> pd.DataFrame:
    """Differences between the cells of some reports and of those before."""
    before, after = _read_cells(old, {*earlier.values()}), _read_cells(new, {*earlier})
    later = {one: name for name, one in earlier.items()}
    before["report_id"] = before["report_id"].map(later)
    if before.equals(after):
        return pd.DataFrame(columns=COLUMNS)
    joined = before.merge(after, "outer", CELL, suffixes=("_before", "_after"))
    return pd.concat([_differences(joined, name) for name in SAID])


def _read_cells(data: Dataset, reports: set[str]) -> pd.DataFrame:
    cells = data.select("cells", [*CELL, *SAID], report_id=reports)
    return cells.astype({name: "string" for name in cells if name != "value"})


def _differences(joined: pd.DataFrame, name: str) -> pd.DataFrame:
    before, after = joined[f"{name}_before"], joined[f"{name}_after"]
    differs = ~((before == after).fillna(False).astype(bool) | (before.isna() & after.isna()))
    said = {"before": before[differs].map(_text), "after": after[differs].map(_text)}
    return joined.loc[differs, CELL].assign(what=name, **said)


def _text(said: float | int | str) -> str | None:
    return None if pd.isna(said) else f"{said:.15g}" if isinstance(said, float) else str(said)


def _reports(old: Dataset, new: Dataset, earlier: Mapping[str, str]) -> pd.DataFrame:
    """Reports that came or went, or have another document (SHA-256), and those that are about another one."""
    frames = [data.reports.set_index("report_id").rename(columns={"sha256": "report"}) for data in (old, new)]
    if new is old:
        frames = [frames[0].loc[[*earlier.values()]].set_axis([*earlier]), frames[1].loc[[*earlier]]]
    stay = frames[0].index.intersection(frames[1].index)
    found = []
    for name in ("report", *ABOUT):
        said = [frame[name].map(_text).astype("string") for frame in frames]
        joined = pd.concat(said, axis=1, keys=["before", "after"]).reset_index(names="report_id")
        differs = joined["before"].fillna("") != joined["after"].fillna("")
        differs &= (name == "report") | joined["report_id"].isin(stay)
        found.append(joined[differs].assign(what=name))
    return pd.concat(found)


def tell(changes: pd.DataFrame) -> list[str]:
    """Say how much changed, and the first of it: the items of a list, as a changelog has them."""
    if changes.empty:
        return [say("exports.no_difference")]
    reports = changes[changes["what"] == "report"]
    came, went = reports["before"].isna(), reports["after"].isna()
    others = len(reports) - came.sum() - went.sum()
    cells = changes[changes["what"].isin(SAID)]
    said = [say("exports.reports", came=came.sum(), went=went.sum(), others=others)]
    said += _list_first(reports)
    said += _list_first(changes[changes["what"].isin(ABOUT)])
    many = {"cells": len(cells[CELL].drop_duplicates()), "reports": cells["report_id"].nunique()}
    counts = cells["what"].value_counts(sort=False).items()
    counts = join((say("exports.count_what", what=_name(what), n=n) for what, n in counts), ", ")
    said.append(say("exports.cells", counts=counts or "–", **many))
    return said + _list_first(cells)


def _list_first(changes: pd.DataFrame) -> list[str]:
    """The first of some changes, an item each."""
    said = [_tell_one(one) for one in changes.head(MOST_SHOWN).itertuples()]
    return said + [say("exports.more", n=len(changes) - MOST_SHOWN)] * (len(changes) > MOST_SHOWN)


def _tell_one(one: NamedTuple) -> Said:
    if one.what == "report":
        change = "came" if pd.isna(one.before) else "went" if pd.isna(one.after) else "differs"
        return say(f"exports.report_{change}", report=one.report_id)
    cell = None if pd.isna(one.table) else name_cell(one.table, one.row, one.column)
    facts = {when: _quote(one.what, getattr(one, when)) for when in ("before", "after")}
    return say("exports.difference", where=join([one.report_id, cell], " "), what=_name(one.what), **facts)


def _name(what: str) -> Said:
    return phrase(f"exports.what_{what}")


def _quote(what: str, text: str | None) -> str:
    """What stood there, as it is written; of a status its name."""
    if pd.isna(text):
        return "–"
    return Said(repr(text), phrase(f"dataset.word_{text}").zh if what == "status" else f"“{text}”")
