"""What changed between two datasets: reports that came or went, and every cell that says something else.

In: two datasets. Out: a row a difference. Next: `cli`, the changelog of whoever publishes data.
"""

from pathlib import Path

import pandas as pd

from govtables.dataset import Dataset, load

CELL = ["report_id", "table", "row", "column"]
SAID = ("value", "status", "raw", "unit")  # of a cell, in this order
ABOUT = ("issuer", "year", "generation", "error")  # of a report
MOST_SHOWN = 20


def compare(old: Dataset | str | Path, new: Dataset | str | Path) -> pd.DataFrame:
    """List what changed from one dataset to another, in the order of reports and form.

    A row has `report_id`, the cell's codes, `what` changed (``report``, which is its document, ``issuer``,
    ``year``, ``generation``, ``error``; of a cell ``value``, ``status``, ``raw``, ``unit``), and what it was
    `before` and is `after` as text, missing where there was nothing. The cells of reports that came or went
    are not listed.
    """
    old, new = (data if isinstance(data, Dataset) else load(data) for data in (old, new))
    both = {*old.reports["report_id"]} & {*new.reports["report_id"]}
    cells = [data.cells[data.cells["report_id"].isin(both)][[*CELL, *SAID]] for data in (old, new)]
    cells = [frame.astype({name: "string" for name in frame if name != "value"}) for frame in cells]
    joined = cells[0].merge(cells[1], "outer", CELL, suffixes=("_before", "_after"))
    found = [_differences(joined, name) for name in SAID]
    found.append(_reports(old, new))
    order = {name: number for number, name in enumerate(["report", *ABOUT, *SAID])}
    return (
        pd.concat(found, ignore_index=True)
        .sort_values("what", key=lambda what: what.map(order), kind="stable")
        .sort_values("report_id", kind="stable", ignore_index=True)
    )


def _differences(joined: pd.DataFrame, name: str) -> pd.DataFrame:
    before, after = joined[f"{name}_before"], joined[f"{name}_after"]
    differs = ~((before == after).fillna(False).astype(bool) | (before.isna() & after.isna()))
    said = {"before": before[differs].map(_text), "after": after[differs].map(_text)}
    return joined.loc[differs, CELL].assign(what=name, **said)


def _text(said: float | int | str) -> str | None:
    return None if pd.isna(said) else f"{said:.15g}" if isinstance(said, float) else str(said)


def _reports(old: Dataset, new: Dataset) -> pd.DataFrame:
    """Reports that came or went, or have another document (SHA-256), and those that are about another one."""
    frames = [data.reports.set_index("report_id").rename(columns={"sha256": "report"}) for data in (old, new)]
    stay = frames[0].index.intersection(frames[1].index)
    found = []
    for name in ("report", *ABOUT):
        said = [frame[name].map(_text).astype("string") for frame in frames]
        joined = pd.concat(said, axis=1, keys=["before", "after"]).reset_index(names="report_id")
        differs = joined["before"].fillna("") != joined["after"].fillna("")
        differs &= (name == "report") | joined["report_id"].isin(stay)
        found.append(joined[differs].assign(what=name))
    return pd.concat(found)


def tell(changes: pd.DataFrame) -> str:
    """Say how much changed, and the first of it."""
    if changes.empty:
        return "no difference in reports and cells"
    reports = changes[changes["what"] == "report"]
    came, went = reports["before"].isna().sum(), reports["after"].isna().sum()
    others = changes[changes["what"].isin(ABOUT)]
    cells = changes[changes["what"].isin(SAID)]
    many = len(cells[CELL].drop_duplicates())
    said = [f"reports: {came} came, {went} went, {len(reports) - came - went} have another document"]
    said += [f"  {one.report_id}: {one.what} {_change(one)}" for one in others.head(MOST_SHOWN).itertuples()]
    said += [f"  and {len(others) - MOST_SHOWN} more"] * (len(others) > MOST_SHOWN)
    said.append(f"cells: {many} say something else, in {cells['report_id'].nunique()} reports")
    for change in cells.head(MOST_SHOWN).itertuples():
        cell = f"{change.table}.{change.row}.{change.column}"
        said.append(f"  {change.report_id} {cell}: {change.what} {_change(change)}")
    said += [f"  and {len(cells) - MOST_SHOWN} more"] * (len(cells) > MOST_SHOWN)
    return "\n".join(said)


def _change(change: tuple) -> str:
    shown = (f"{one!r}" if isinstance(one, str) else "nothing" for one in (change.before, change.after))
    return " → ".join(shown)
