"""Findings as the slips behind them: one wrong number fails several sums, years and sentences.

In: a dataset, or one report. Out: `Slip`s, those whose number is located first, and a score a report. Next:
`check` tells those of one report, pages list them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from govtables.dataset import Dataset, codebook, severities
from govtables.declared import declared
from govtables.forms import name_cell
from govtables.language import Said, tell, write_number
from govtables.records import EXTRA, FAILS, HOLDS, LOCATED

SUPPOSED, BESIDE = "contradiction", "beside"  # kinds: where numbers may be wrong; sums next to one that fails
UNREAD = "unread"  # kind of the slip of a document that gave no tables
YEARS, CHILDREN = ("carry_over", "stock", "items"), "children_sum"
RANKS = ("error", "warning")
USED = ["report_id", "table", "row", "column", "value", "raw", "flag", "implied_low", "implied_high"]
JUDGED = {"checks": ["check", "verdict"], "statements": ["verdict"]}
EMPTY = ["n_blank", "n_absent", "n_inferred"]

Row = Mapping[str, Any]


class Doubtful(NamedTuple):
    """A cell that may be wrong: as printed, and between what it should lie by what is said against it."""

    table: str
    row: str
    column: str
    printed: str | None
    low: float | None = None
    high: float | None = None
    by: str = ""  # sums, years, children or prose


class Slip(NamedTuple):
    """What one look at a report can mend: cells, and all findings that come of them, the first tells most."""

    report_id: str
    severity: str
    located: bool
    cells: tuple[Doubtful, ...]
    findings: tuple[Row, ...]


def find_slips(data: Dataset) -> list[Slip]:
    """Group the findings of a dataset, notes apart, into slips: located ones first, then errors, then the
    rest.

    >>> from govtables.dataset import load
    >>> [slip.findings[0]["kind"] for slip in find_slips(load("data/parquet"))]
    ['statement']
    """
    some = data.select("findings", severity=RANKS)
    by_report = defaultdict(list)
    for found in some.astype(object).where(some.notna(), None).to_dict("records"):
        by_report[found["report_id"]].append(found)
    named = {(report, code) for report, some in by_report.items() for one in some for code in one["cells"]}
    cells, said = _read_cells(data, named), _read_implied(data)
    slips = [
        _make_slip(group, cells, said) for findings in by_report.values() for group in _group(findings)
    ]
    slips += [_tell_unread(one) for one in data.reports.dropna(subset="error").to_dict("records")]
    return sorted(slips, key=lambda slip: (not slip.located, RANKS.index(slip.severity)))


def _group(findings: Sequence[Row]) -> list[list[Row]]:
    """Put each finding to the first slip that it belongs to; where numbers may be wrong is said first."""
    groups: list[list[Row]] = []
    order = {SUPPOSED: -1}
    for found in sorted(findings, key=lambda f: order.get(f["kind"], RANKS.index(f["severity"]))):
        home = next((group for group in groups if _belongs(found, group[0])), None)
        home.append(found) if home else groups.append([found])
    return groups


def _belongs(found: Row, slip: Row) -> bool:
    """Tell whether a finding is on a cell of a slip, or on that table or line if the slip is on all of it."""
    same_table = found["table"] == slip["table"]
    if slip["kind"] == SUPPOSED:
        whole = found["kind"] == BESIDE or not len(slip["cells"])
        return found["kind"] != SUPPOSED and (same_table and whole or _share(found, slip))
    same = [found[name] == slip[name] for name in ("kind", "table", "row")]
    return all(same) and found["row"] is not None or _share(found, slip)


def _share(found: Row, slip: Row) -> bool:
    return not {*found["cells"]}.isdisjoint(slip["cells"])


def _tell_unread(report: Row) -> Slip:
    """A document that gave no tables has to be mended, too."""
    lead = {"kind": UNREAD, "table": None, "row": None, "place": None, "cells": ()}
    lead |= {name.replace("error", "message"): report[name] for name in report if name.startswith("error")}
    return Slip(report["report_id"], RANKS[0], False, (), (lead,))


def _make_slip(group: Sequence[Row], cells: dict, said: dict) -> Slip:
    lead, report = group[0], group[0]["report_id"]
    alike = [found for found in group if found["kind"] == lead["kind"]]
    codes = dict.fromkeys(code for found in alike for code in found["cells"])
    known = [(cells[report, code], said.get((report, code))) for code in codes if (report, code) in cells]
    told = tuple(_make_doubtful(*one) for one in known)
    located = lead["kind"] == SUPPOSED and bool(known) and all(c["flag"] == LOCATED for c, _ in known)
    return Slip(report, lead["severity"], located, told, tuple(group))


def _make_doubtful(cell: Row, said: tuple[str, float] | None) -> Doubtful:
    printed = cell["raw"] if cell["raw"] is not None else cell["value"] and write_number(cell["value"])
    key = (cell["table"], cell["row"], cell["column"], printed)
    if cell["implied_low"] is not None:
        return Doubtful(*key, cell["implied_low"], cell["implied_high"], "sums")
    return Doubtful(*key, said[1], said[1], said[0]) if said else Doubtful(*key)


def _read_cells(data: Dataset, named: Collection[tuple[str, str]]) -> dict[tuple[str, str], Row]:
    """The cells that findings name, by report and code."""
    found = {}
    for rows in data.batches("cells", USED, report_id={report for report, _ in named}):
        frame = rows.to_pandas().astype(object)
        codes = frame["table"] + "." + frame["row"] + "." + frame["column"]
        keys = [*zip(frame["report_id"], codes, strict=True)]
        some = frame[[key in named for key in keys]]
        some = some.where(some.notna(), None).to_dict("records")
        found |= {(row["report_id"], f"{row['table']}.{row['row']}.{row['column']}"): row for row in some}
    return found


def _read_implied(data: Dataset) -> dict[tuple[str, str], tuple[str, float]]:
    """What prose, children and the year before say a cell should hold, by report and code: the last wins."""
    differs = data.select("statements", ["report_id", "cells", "value"], verdict=["differs"])
    said = {(one.report_id, one.cells): ("prose", one.value) for one in differs.itertuples()}
    fails = data.select("checks", ["report_id", "check", "table", "row", "column", "right"], verdict=[FAILS])
    fails = fails.dropna(subset="right")
    for by, kinds in (("children", (CHILDREN,)), ("years", YEARS)):
        for one in fails[fails["check"].isin(kinds)].itertuples():
            said[one.report_id, f"{one.table}.{one.row}.{one.column}"] = by, one.right
    return said


# -- scores --------------------------------------------------------------------------------------------------


def score_reports(data: Dataset) -> pd.DataFrame:
    """Count what each report has to mend before it is published, a column a merit; missing where nothing
    could be compared.

    >>> from govtables.dataset import load
    >>> score_reports(load("data/parquet")).loc["longgang-2021.txt"].tolist()
    [0, 0, 0, 1, <NA>]
    """
    reports = data.reports.set_index("report_id")
    checks, statements = (data.select(name, ["report_id", *some]) for name, some in JUDGED.items())
    sums, years = ([*(k for k in severities() if severities()[k] == RANKS[0])], YEARS)
    counts = {
        "readable": reports["n_unreadable"].where(reports["error"].isna(), 1),
        "complete": reports[EMPTY].sum(axis=1).where(reports["error"].isna()),
        "consistent": _count(checks[checks["check"].isin(sums)], FAILS, HOLDS),
        "prose_agrees": _count(statements, "differs", "agrees"),
        "last_year_agrees": _count(checks[checks["check"].isin(years)], FAILS, HOLDS),
    }
    return pd.DataFrame(counts, index=reports.index).astype("Int64")


def _count(lines: pd.DataFrame, bad: str, good: str) -> pd.Series:
    """Count bad verdicts by report; nothing where none is either."""
    some = lines[lines["verdict"].isin([bad, good])]
    return (some["verdict"] == bad).groupby(some["report_id"]).sum()


# -- in words ------------------------------------------------------------------------------------------------


def tell_why(slip: Slip) -> Said:
    """Say what speaks against the numbers of a slip."""
    lead = slip.findings[0]
    if lead["kind"] == SUPPOSED:
        return tell("exports.located" if slip.located else "exports.open" if slip.cells else "exports.many")
    told = next((line for line in declared("proof", "findings") if line["kind"] == lead["kind"]), {})
    is_check = any(line["check"] == lead["kind"] for line in declared("proof", "checks"))
    named = {"en": told["en"], "zh": told.get("zh")} if is_check else {"en": lead["message"]}
    return Said(named["en"], named.get("zh") or lead.get("message_zh") or named["en"])


def tell_implied(cell: Doubtful) -> Said | None:
    """Say what should stand in a cell, and by what; `None` where that is not told."""
    if cell.low is None:
        return None
    low, high = write_number(cell.low), None if cell.high is None else write_number(cell.high)
    ends = tell("exports.between", low=low, high=high) if high else tell("exports.or_more", low=low)
    return tell(f"exports.{cell.by}", value=low if low == high else ends)


def tell_cell(cell: Doubtful) -> Said:
    """Name a cell by its row and column, in English or by the labels that the form prints."""
    codes = [("row", cell.row), ("column", cell.column)]
    names = [_english().get((axis, cell.table, code)) or code.removeprefix(EXTRA) for axis, code in codes]
    return Said(" · ".join(names), name_cell(*cell[:3]).zh)


@cache
def _english() -> dict[tuple[str, str, str], str]:
    return {(line["axis"], line["table"], line["code"]): line["en"] for line in codebook().to_dict("records")}
