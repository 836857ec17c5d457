"""Offices set against the others: only what chance does not explain is named, and what is flagged stands apart."""

import numpy as np
import pandas as pd
import pytest
from site_pages import parse, text_of

from govtables.indicators import wilson
from publish.pages.gather import make_pages
from publish.pages.ranking import ABOVE, ALIKE, BELOW, FEWEST, FLAGGED, judge, write_ranking


def make(counts: list[int], totals: list[int], flags: list[str] | None = None, level: str = "county") -> pd.DataFrame:
    """Values of one rate as the table of indicators has them."""
    count, total = np.array(counts, float), np.array(totals, float)
    low, high = wilson(count, total, 0.95)
    codes = [f"33{n:02}01" for n in range(len(counts))]
    who = {"issuer": codes, "level": level, "code": codes, "parent_code": "330000", "scope": "own"}
    made = {"indicator": "refusal_rate", "numerator": count, "denominator": total, "value": count / total, "low": low, "high": high}
    return pd.DataFrame(who | made | {"value_low": count / total, "value_high": count / total, "denominator_low": total, "denominator_high": total, "reason": None, "missing": None, "flag": flags or "clean"})


ALIKE_ONES = [20] * 30, [100] * 30


def test_who_stands_far_outside_is_named_and_nobody_else():
    frame, limits = judge(make([*ALIKE_ONES[0], 80, 0, 3], [*ALIKE_ONES[1], 100, 100, 3]))
    groups = frame.groupby("group", observed=True)["value"].agg(list).to_dict()
    assert groups[ABOVE] == [0.8] and groups[BELOW] == [0.0] and len(groups[ALIKE]) == 31
    assert 1.0 in groups[ALIKE]  # three of three: on so few requests nothing is told
    assert limits["value"].iloc[0] == pytest.approx(683 / 3203)


def test_what_is_flagged_is_apart_and_in_no_pool():
    frame, limits = judge(make([*ALIKE_ONES[0], 90], [*ALIKE_ONES[1], 100], ["clean"] * 30 + ["located"]))
    assert limits["value"].iloc[0] == pytest.approx(0.2)
    assert frame.loc[frame["value"] == 0.9, "group"].tolist() == [FLAGGED]


def test_by_chance_alone_hardly_anyone_is_named():
    rng = np.random.default_rng(1)
    totals = rng.integers(5, 300, 1000)
    frame, _ = judge(make(rng.binomial(totals, 0.3).tolist(), totals.tolist()))
    assert frame["group"].isin([ABOVE, BELOW]).sum() <= 4  # two were to be expected


def test_where_all_differ_the_limits_are_widened():
    rng = np.random.default_rng(2)
    totals = rng.integers(50, 300, 200)
    frame, limits = judge(make(rng.binomial(totals, rng.beta(4, 8, 200)).tolist(), totals.tolist()))
    assert limits["overdispersion"].iloc[0] > 5
    assert frame["group"].isin([ABOVE, BELOW]).sum() <= 4


def test_a_body_within_its_superiors_figures_is_in_no_pool():
    values = make([*ALIKE_ONES[0], 90], [*ALIKE_ONES[1], 100])
    values.loc[30, ["code", "parent_code", "level"]] = ["330001001", "330001", "township"]
    values.loc[0, "scope"] = "aggregate"
    frame, limits = judge(values)
    assert limits["value"].iloc[0] == pytest.approx(0.2)
    assert frame.loc[frame["nested"], "value"].tolist() == [0.9]


def test_too_few_are_not_compared():
    assert judge(make([1] * (FEWEST - 1), [2] * (FEWEST - 1))) is None


def test_the_page_has_no_rank_and_says_what_is_left_out(years):
    page = "\n".join(write_ranking(years, make_pages(years, 200)))
    rows = parse(page).css("table.ranking tbody tr")
    assert {text_of(row.css_first("th")) for row in rows} <= {"▲ above", "▼ below", "≈ not to be told apart", "! flagged, set apart"}
    assert "3 reports are left out" in page  # two versions and the archive
    assert len(parse(page).css("img[alt]")) > 0
    flagged = [row for row in rows if text_of(row.css_first("th")).startswith("!")]
    assert all(row.css_first("td .flag") and text_of(row.css("td")[-1]) == "no: flagged" for row in flagged)


def test_of_the_sample_nothing_is_compared(data, pages):
    assert "the least are" in pages["reports/ranking"]
