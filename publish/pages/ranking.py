"""Offices set against all others of their year: above, below, or not to be told apart; never by rank.

In: a dataset, the pages of its reports. Out: `reports/ranking.md`. Next: `reports`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from markupsafe import Markup

from govtables.analysis.indicators import binomial_limits, funnel
from govtables.analysis.panels import find_nested
from govtables.dataset import Dataset, choose_reports, name_issuers
from govtables.indicators import definitions
from govtables.records import CLEAN
from publish.interactive import sortable, take
from publish.pages.evidence import flag_class, scale, write_flag
from publish.pages.funnels import draw
from publish.pages.gather import Page, to_records
from publish.pages.markup import anchor, chinese, link, number, raw, span, tag
from publish.pages.names import Record, name_level
from publish.pages.pinyin import spell_for_readers
from publish.words import say, tell

RANKED = ("disclosure_rate", "refusal_rate", "not_processed_rate", "review_correction_rate")
LEVEL = 0.998  # of the funnel: of a thousand offices alike, one on either side would stand outside
FEWEST = 5  # offices that a pool is made of
MOST = 200_000  # bytes of the rows of a table, so that the page stays below 3 MB
ABOVE, BELOW, FLAGGED, ALIKE = GROUPS = ("above", "below", "flagged", "alike")
HEADS = ("ranking_group", "slip_office", "level", "value_and_interval", "ranking_of", "ranking_pool")


def write_ranking(data: Dataset, pages: Sequence[Page]) -> Iterator[str]:
    """Write the page, a table an indicator."""
    yield f"# {say('ranking_title')}\n"
    yield say("ranking_what") + "\n"
    values, left_out = _read_values(data)
    if left_out:
        yield say("ranking_left_out", n=left_out) + "\n"
    by_id, book = {page.facts["report_id"]: page for page in pages}, definitions().to_dict("index")
    for code in RANKED:
        yield f"## {tell(book[code])}\n"
        yield from _write_indicator(code, book[code], values[values["indicator"] == code], by_id)


def _read_values(data: Dataset) -> tuple[pd.DataFrame, int]:
    """Read the values of the reports that count, one an office and year, and count the reports left out."""
    who = choose_reports(name_issuers(data.reports, data.issuers), data)
    counted = who[who["left_out"].isna()].drop(columns="left_out")
    names = data.select("issuers", ["report_id", "name"])
    counted = counted.merge(names, on="report_id")
    values = data.select("indicators", report_id=counted["report_id"], indicator=RANKED)
    values = values.astype({"indicator": "str", "flag": "str"}).dropna(subset="value")
    return values.merge(counted, on="report_id"), int(who["left_out"].notna().sum())


def _write_indicator(
    code: str, told: Record, values: pd.DataFrame, pages: Mapping[str, Page]
) -> Iterator[str]:
    """Write the offices of the year that has most values, or why nothing can be compared."""
    counts = values["year"].value_counts()
    year = max(counts.index, key=lambda one: (counts[one], one), default=None)
    here = values[values["year"] == year]
    judged = judge(here)
    if judged is None:
        yield say("ranking_too_few", n=len(here), least=FEWEST) + "\n"
        return
    frame, limits = judged
    count, pooled = Counter(frame["group"]), limits["value"].iloc[0]
    told_counts = {group: count[group] for group in GROUPS}
    facts = {"year": year, "n": len(frame)} | told_counts
    yield say("ranking_counts", pooled=scale(pooled, told["kind"]), **facts) + "\n"
    if (factor := limits["overdispersion"].iloc[0]) > 1:
        yield say("ranking_overdispersion", factor=factor) + "\n"
    alt = say("funnel_alt", name=tell(told), **facts)
    yield raw(draw(frame, limits, (say("funnel_of"), str(tell(told))), alt))
    lines = (_write_row(code, told, one, pages.get(one["report_id"])) for one in to_records("", frame))
    rows = take(lines, MOST)
    name = say("ranking_caption", name=tell(told), year=year)
    yield raw(sortable(name, HEADS, rows, "ranking", (*HEADS[:1], HEADS[2])))
    if len(frame) > len(rows):
        yield say("ranking_more", n=len(frame) - len(rows)) + "\n"


def judge(values: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Say of each value whether it lies above or below what the others have together, by the funnel and by
    its own interval; the limits of the funnel besides. `None` where too few can be pooled.

    What the audit speaks against, and what is part of a superior's figures, is in no pool.
    """
    clean, nested = values["flag"] == CLEAN, find_nested(values)
    pool = values[clean & ~nested].assign(missing=None)
    if len(pool) < FEWEST:
        return None
    limits = funnel(pool, (LEVEL,), overdispersion=True)
    rate, factor = limits["value"].iloc[0], limits["overdispersion"].iloc[0]
    sizes = np.rint(values["denominator"].to_numpy(float))
    low, high = (rate + np.sqrt(factor) * (binomial_limits(rate, sizes, LEVEL) - rate)).clip(0, 1)
    above = (values["value"] > high) & (values["low"] > rate)
    below = (values["value"] < low) & (values["high"] < rate)
    group = np.select([~clean, above, below], [FLAGGED, ABOVE, BELOW], ALIKE)
    frame = values.assign(group=pd.Categorical(group, GROUPS), nested=nested)
    return frame.sort_values(["group", "value"], ascending=[True, False], kind="stable"), limits


def _write_row(code: str, told: Record, line: Record, page: Page | None) -> Markup:
    """Write an office: its group, its value with the interval, and what it is a share of."""
    name, kind = line["name"] or line["issuer"], told["kind"]
    latin = spell_for_readers(name)
    there = f"{page.slug}.html#{anchor('indicator', code)}" if page else ""
    office = link(there, chinese(name, "hans")) if page else chinese(name, "hans")
    flag = write_flag(line, kind)
    mark = [tag("small", flag, class_="flag")] if flag else []
    interval = span(scale(line["low"], kind), scale(line["high"], kind))
    shown = tag("td", scale(line["value"], kind), tag("small", f"({interval})"), *mark,
                class_=flag_class(line), data_order=line["value"])
    parts = f"{number(line['numerator'])} / {number(line['denominator'])}"
    pooled = "ranking_nested" if line["nested"] else "ranking_apart" if flag else "ranking_in_pool"
    group = tag("th", say(f"group_{line['group']}"), scope="row", data_order=GROUPS.index(line["group"]))
    return tag(
        "tr", group,
        tag("td", office, tag("small", latin) if latin else ""), tag("td", name_level(line["level"])), shown,
        tag("td", parts, class_="number", data_order=line["denominator"]),
        tag("td", say(pooled)),
    )
