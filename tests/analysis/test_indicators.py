"""Indicators: what is declared of them, their values on the sample, what blanks and forms make of them."""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from govtables.analysis.indicators import (
    INSIDE, binomial_limits, compute, definitions, funnel, parts, pool,
)
from govtables.indicators.intervals import garwood, wilson
from govtables.forms import GENERATIONS, Code, form
from tests.analysis.made import CONCLUDED, GRANTED, bound, make, published

KINDS = {"rate", "share", "per_100", "ratio", "count"}
NOTHING, NOT_ASKED = "nothing to divide by", "not asked in this form"
CARRIED = [
    ("requests", row, "total", low, high) for row, low,
    high in (("carried_in", 2, 5), ("carried_over", 3, None))
]


def one(cells: pd.DataFrame, code: str, bounds: pd.DataFrame | None = None) -> pd.Series:
    return compute(cells, bounds, [code]).iloc[0]


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    values = compute(published("cells"), published("bounds"))
    return values.set_index([values["report_id"].str.partition("-")[0], values["indicator"].astype("str")])


def leaves(generation: str, table: str, row: Code, column: Code) -> tuple[set[str], set[str]]:
    """The leaf rows and the leaf columns that a cell counts."""
    known = form(generation)
    totals = [
        identity for identity in known.identities if identity.table == table and identity.name != "balance"
    ]
    sums = {(total.axis, total.parent): {child for child, _ in total.children} for total in totals}
    return sums.get(("row", row.code), {row.code}), sums.get(("column", column.code), {column.code})


def cells_of(formula: str, generation: str) -> list[tuple[str, str, tuple]]:
    """Sign, name and leaves of the cells of a form that the terms of a formula name."""
    known = {
        f"{table}.{row.code}.{column.code}": (table, row, column) for table, row,
        column in form(generation).cells()
    }
    found: list[tuple[str, str, tuple]] = []
    for sign, term in re.findall(r"([+-]?)\s*([\w.*]+)\s*", formula):
        group, star, column = term.rpartition(".*.")
        below = [
            name for name in known if star and name.startswith(f"{group}.") and name.endswith(f".{column}")
        ]
        names = [name for name in known if name == term] + below
        if not names:
            raise ValueError(f"{generation}: no cell {term}")
        found += [("-" if sign == "-" else "+", name, leaves(generation, *known[name])) for name in names]
    return found


def check_roles(formula: str, generation: str) -> None:
    """Refuse a formula that counts anything twice, as a total and its parts do."""
    for (sign, name, counted), (other_sign, other, also) in combinations(cells_of(formula, generation), 2):
        same_table = name.partition(".")[0] == other.partition(".")[0]
        if sign == other_sign and same_table and counted[0] & also[0] and counted[1] & also[1]:
            raise ValueError(f"{name} and {other} count the same; add a total or its parts, not both")


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        pytest.param(
            "requests.concluded.total + requests.granted.total", "count the same",
            id="a total row and its part"
        ),
        pytest.param(
            "requests.granted.total + requests.granted.natural_person", "count the same",
            id="a total column and its part"
        ),
        pytest.param(
            "requests.concluded.natural_person + requests.granted.total", "count the same",
            id="crossing totals"
        ),
        pytest.param(
            "requests.denied.*.total + requests.denied.state_secret.total", "count the same",
            id="a group and its row"
        ),
        pytest.param("requests.granted.total + requests.granted.total", "count the same", id="a cell twice"),
        pytest.param("disputes.review.total + disputes.review.upheld", "count the same", id="disputes"),
        pytest.param("requests.denied.total", "no cell", id="a group is no row"),
    ],
)
def test_a_total_is_not_added_to_its_parts(formula, message):
    with pytest.raises(ValueError, match=message):
        check_roles(formula, "2021")


@pytest.mark.parametrize(
    "line", definitions().reset_index().to_dict("records"), ids=lambda line: line["indicator"]
)
def test_a_declared_indicator_is_valid(line):
    assert line["kind"] in KINDS
    assert bool(line["denominator"]) == (line["kind"] != "count")
    assert all(line[name] for name in ("en", "zh", "formula", "caveat", "source"))
    assert bool(line["whole"]) == bool(line["part"])
    for generation in line["generations"].split():
        for side in ("numerator", "denominator"):
            check_roles(line[side], generation)
    for generation in set(GENERATIONS) - set(line["generations"].split()):
        with pytest.raises(ValueError, match="no cell"):
            cells_of(f"{line['numerator']} + {line['denominator'] or line['numerator']}", generation)


@pytest.mark.parametrize("code", [code for code, kind in definitions()["kind"].items() if kind in INSIDE])
def test_a_part_lies_within_its_whole(code):
    """By the identities of the form, so that no consistent report has a rate beyond 1."""
    line = definitions().loc[code]
    above, below = (cells_of(line[side], "2021") for side in ("numerator", "denominator"))
    names = {name for _, name, _ in below}
    if names == {"requests.received.total", "requests.carried_in.total"}:  # the balance of the form
        assert {name for _, name, _ in above} <= {"requests.concluded.total", "requests.carried_over.total"}
        return
    for _, name, (rows, columns) in above:
        assert any(
            rows <= r and columns <= c and name.partition(".")[0] == n.partition(".")[0] for _, n,
            (r, c) in below
        )


def test_codes_and_words_are_unique():
    table = definitions().reset_index()
    for name in ("indicator", "en", "zh"):
        assert table[name].is_unique


@pytest.mark.parametrize("whole", ["outcomes", "denials", "applicants"])
def test_the_parts_of_a_whole_sum_to_one(whole, sample):
    shares = sample.loc[sample.index.isin(parts(whole), level=1), "value"].unstack()
    assert set(shares.columns) == set(parts(whole))
    assert shares.dropna().sum(axis=1).tolist() == pytest.approx([1] * len(shares.dropna()))
    assert len(shares.dropna()) >= 3


@pytest.mark.parametrize(
    ("report", "code", "numerator", "denominator"),
    [
        ("linping", "requests_to_handle", 1060 + 20, np.nan),
        ("linping", "completion_rate", 1048, 1080),
        ("linping", "carry_over_rate", 32, 1080),
        ("linping", "full_disclosure_rate", 585, 1048),
        ("linping", "partial_disclosure_rate", 219, 1048),
        ("linping", "disclosure_rate", 585 + 219, 1048),
        ("linping", "refusal_rate", 4 + 1 + 5 + 9, 1048),
        ("linping", "unavailable_rate", 145 + 1 + 1, 1048),
        ("linping", "not_held_rate", 145, 1048),
        ("linping", "not_processed_rate", 9 + 8 + 1, 1048),
        ("linping", "repeat_rate", 8 + 1, 1048),
        ("linping", "other_handling_rate", 8 + 1 + 51, 1048),
        ("linping", "exemption_share.administrative_inquiry", 9, 19),
        ("linping", "exemption_share.internal_or_process", 1, 19),
        ("linping", "applicant_share.natural_person", 995, 1060),
        ("linping", "reviews_per_100", 35, 1048),
        ("linping", "lawsuits_per_100", 9 + 8, 1048),
        ("linping", "review_correction_rate", 3, 2 + 3 + 27),
        ("linping", "review_corrected_share", 3, 35),
        ("linping", "lawsuit_correction_rate", 1, 14),
        ("linping", "lawsuit_pending_share", 3, 17),
        ("linping", "escalation_ratio", 8, 35),
        ("linping", "normative_issue_ratio", 167, 192),
        ("linping", "normative_previous_stock", 192 - 167 + 1, np.nan),
        ("longgang", "disclosure_rate", 103 + 31, 165),
        ("longgang", "disclosure_per_received", 103 + 31, 166),
        ("longgang", "review_correction_rate", 8, 9),
        ("huajie", "not_held_rate", 4, 5),
    ],
)
def test_values_of_the_sample(sample, report, code, numerator, denominator):
    line = sample.loc[(report, code)]
    scale = 100 if code.endswith("per_100") else 1
    expected = [
        numerator, denominator, numerator if np.isnan(denominator) else scale * numerator / denominator
    ]
    np.testing.assert_array_equal(line[["numerator", "denominator", "value"]].astype(float), expected)
    assert pd.isna(line["reason"])
    assert line["value_low"] == line["value_high"] == line["value"]


def test_the_percentage_that_longgang_prints_is_of_requests_received(sample):
    assert round(100 * sample.loc[("longgang", "disclosure_per_received"), "value"], 1) == 80.7
    assert round(100 * sample.loc[("longgang", "disclosure_rate"), "value"], 1) == 81.2


def test_a_report_without_requests_has_no_rate(sample):
    line = sample.loc[("jiyuan", "disclosure_rate")]
    assert line[["numerator", "denominator"]].tolist() == [0, 0]
    assert line[["value", "low", "high", "value_low", "value_high"]].isna().all()
    assert line["reason"] == NOTHING


def test_intervals_by_kind(sample):
    kinds = definitions()["kind"][sample.index.get_level_values(1)].to_numpy()
    known = sample["value"].notna()
    assert sample["low"].notna().eq(known & np.isin(kinds, [*INSIDE, "per_100"])).all()
    bounded = sample[sample["low"].notna()]
    assert (bounded["low"].le(bounded["value"]) & bounded["value"].le(bounded["high"])).all()
    low, high = (100 * end / 1048 for end in garwood(np.array(17)))
    assert sample.loc[("linping", "lawsuits_per_100"), ["low", "high"]].tolist() == pytest.approx([low, high])


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_a_level_is_between_0_and_1(level):
    with pytest.raises(ValueError, match="choose one between 0 and 1"):
        compute(make(concluded__total=1), which=["disclosure_rate"], level=level)


def test_blanks_leave_bounds(sample):
    line = sample.loc[("hanyin", "completion_rate")]
    assert (line["numerator"], line["value_low"], line["value_high"]) == (19, 0, 1)
    assert pd.isna(line["value"]) and line["reason"] == "unknown: requests.carried_in.total"
    line = sample.loc[("hanyin", "requests_to_handle")]
    assert line["value_low"] == 19 and pd.isna(line["value_high"])


@pytest.mark.parametrize(
    ("numbers", "code", "low", "high"),
    [
        pytest.param(
            {
                "carried_in__total": None, "received__total": 10, "concluded__total": 9
            }, "completion_rate", 9 / 15, 9 / 12, id="whole"
        ),
        pytest.param(
            {"carried_over__total": None, "received__total": 10}, "carry_over_rate", 0.3, 1,
            id="part, no bound"
        ),
        pytest.param(
            {"review__corrected": None, "review__upheld": 3}, "review_correction_rate", 0, 1,
            id="part in its whole"
        ),
        pytest.param(
            {
                "review__upheld": None, "review__corrected": 3, "review__other": 1
            }, "review_correction_rate", 0, 0.75, id="rest"
        ),
        pytest.param(
            {"review__total": None, "concluded__total": 10}, "reviews_per_100", 0, np.nan, id="per 100"
        ),
        pytest.param(
            {"concluded__total": None, "review__total": 2}, "reviews_per_100", 0, np.nan,
            id="unknown exposure"
        ),
        pytest.param(
            {"granted__total": None, "concluded__total": 4}, "disclosure_rate", 0, 1,
            id="part of a known whole"
        ),
        pytest.param(
            {
                "normative_document__issued": None, "normative_document__in_force": 4
            }, "normative_previous_stock", 0, 4, id="less"
        ),
    ],
)
def test_what_blanks_leave(numbers, code, low, high):
    bounds = pd.DataFrame(
        [("a.txt", *line) for line in CARRIED], columns=["report_id", "table", "row", "column", "low", "high"]
    )
    line = one(make(**numbers), code, bounds.astype({"high": float}))
    np.testing.assert_allclose(line[["value_low", "value_high"]].astype(float), [low, high])
    assert np.isnan(line["value"]) and line["reason"].startswith("unknown: ")


def test_the_value_lies_within_what_blanks_leave():
    """Blank any cells of a report: the true value stays within."""
    rng = np.random.default_rng(4)
    full = published("cells")
    full = full[full["report_id"].isin(["linping-2022.txt", "longgang-2021.txt"])]
    truth = compute(full).dropna(subset="value").set_index(["report_id", "indicator"])["value"]
    for share in (0.05, 0.3, 0.9):
        left = compute(
            full.assign(value=full["value"].mask(rng.random(len(full)) < share))
        ).set_index(["report_id", "indicator"])
        left = left.loc[truth.index]
        assert (left["value_low"].fillna(0) <= truth + 1e-12).all()
        assert (left["value_high"].fillna(np.inf) >= truth - 1e-12).all()
        assert (left["value"].isna() | left["value"].eq(truth)).all()


@pytest.mark.parametrize(
    ("generation", "rows"), [
        ("2019", ["other"]), ("2021", ["other_not_corrected_in_time", "other_fee_unpaid", "other_other"])
    ]
)
def test_other_handling_in_both_forms(generation, rows):
    cells = make(
        generation=generation, concluded__total=10, **{f"{row}__total": n for n, row in enumerate(rows, 1)}
    )
    assert one(cells, "other_handling_rate")["value"] == sum(range(1, len(rows) + 1)) / 10


def test_forms_in_one_frame():
    old, new = make(
        "old.txt", "2019", other__total=3, concluded__total=10
    ), make("new.txt", other_other__total=2, concluded__total=8)
    values = compute(pd.concat([old, new]), which=["other_handling_rate", "normative_repeal_ratio"])
    expected = pd.DataFrame(
        {
            "report_id": ["old.txt", "old.txt", "new.txt", "new.txt"],
            "value": [0.3, np.nan, 0.25, np.nan],
            "reason": [None, NOT_ASKED, None, NOTHING],
        }
    )
    assert_frame_equal(
        values[["report_id", "value", "reason"]], expected.astype({"reason": "str"}), check_dtype=False
    )


def test_a_part_beyond_its_whole_is_no_rate():
    line = one(make(granted__total=5, concluded__total=3), "full_disclosure_rate")
    assert (line["numerator"], line["denominator"]) == (5, 3)
    assert line[["value", "low", "high", "value_low", "value_high"]].isna().all()
    assert line["reason"] == "the part is not within the whole"


def test_no_report_gives_an_empty_frame():
    empty = compute(make().head(0))
    assert (len(empty), list(empty), empty["value"].dtype) == (0, list(compute(make())), float)


@pytest.mark.parametrize(
    ("which", "message"),
    [
        (["refusal"], "no indicator 'refusal'; choose of requests_to_handle, "),
        ([], "no indicator chosen; choose of ")
    ],
)
def test_an_unknown_indicator(which, message):
    with pytest.raises(ValueError, match=message):
        compute(make(), which=which)


def test_no_such_whole():
    with pytest.raises(ValueError, match="no whole 'rows'; choose one of outcomes, denials, applicants"):
        parts("rows")


def test_pooled_values(sample):
    values = sample.reset_index(drop=True).merge(published("reports")[["report_id", "year"]])
    pooled = pool(values, ["year"]).set_index(["year", "indicator"])
    line = pooled.loc[(2022, "disclosure_rate")]
    assert line[["numerator", "denominator", "reports", "nothing", "unknown"]].tolist() == [804 + 13, 1048 + 19, 2, 1, 0]
    assert line["value"] == 817 / 1067
    assert (line["low"], line["high"]) == pytest.approx(
        tuple(map(float, wilson(np.array(817), np.array(1067))))
    )
    # what is carried in is unknown for Hanyin, so its 19 requests concluded are not counted either
    assert pooled.loc[(2022, "completion_rate"), ["numerator", "denominator"]].tolist() == [1048, 1080]
    assert pooled.loc[(2023, "reviews_per_100"), ["value", "low"]].tolist() == [0, 0]
    assert pooled.loc[(2021, "requests_to_handle"), "value"] == 166


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_a_report_is_outside_the_funnel_when_a_tail_is_too_unlikely(level):
    """Each tail by itself, exactly: so no size of report stands outside more often than the level allows."""
    from scipy.stats import binom

    sizes = range(1, 40)
    cells = pd.concat(
        [make(f"{n}-{k}", concluded__total=n, granted__total=k) for n in sizes for k in range(0, n + 1, 3)]
    )
    values = compute(cells, which=["full_disclosure_rate"])
    limits = funnel(values, levels=[level]).set_index("denominator")
    rate, tail = limits["value"].iloc[0], (1 - level) / 2
    low, high = (limits[end].reindex(values["denominator"]).to_numpy() for end in ("low", "high"))
    count, total = values["numerator"].to_numpy(), values["denominator"].to_numpy()
    assert ((values["value"] < low - 1e-12) == (binom.cdf(count, total, rate) < tail)).all()
    assert ((values["value"] > high + 1e-12) == (binom.sf(count - 1, total, rate) < tail)).all()
    assert 0 < (values["value"] < low).sum() < len(values)


def test_limits_stand_between_counts_as_spiegelhalter_has_them():
    """Of r - a over n, where r is the least count whose tail is no smaller, and a what the tail has too much."""
    from scipy.stats import binom

    for rate, size, level in [(0.3, 17, 0.95), (0.02, 200, 0.998), (0.9, 5, 0.9)]:
        tail = (1 - level) / 2
        least = next(count for count in range(size + 1) if binom.cdf(count, size, rate) >= tail)
        too_much = (binom.cdf(least, size, rate) - tail) / binom.pmf(least, size, rate)
        low, high = binomial_limits(rate, np.array([size]), level)
        assert low[0] == pytest.approx(max(0, (least - too_much) / size), abs=1e-12)
        assert high[0] == pytest.approx(1 - binomial_limits(1 - rate, np.array([size]), level)[0][0], abs=1e-12)


def test_overdispersion_widens_the_limits_and_never_narrows_them():
    rng = np.random.default_rng(3)
    size = np.full(200, 400)
    rates = {"alike": np.full(200, 0.5), "apart": rng.normal(0.5, 0.1, 200).clip(0, 1)}
    factors = {}
    for name, rate in rates.items():
        counts = rng.binomial(size, rate)
        cells = pd.concat([make(f"{n}", concluded__total=400, granted__total=int(k)) for n, k in enumerate(counts)])
        values = compute(cells, which=["full_disclosure_rate"])
        plain, wide = (funnel(values, overdispersion=wanted) for wanted in (False, True))
        factors[name] = wide["overdispersion"].iloc[0]
        assert set(plain["overdispersion"]) == {1.0}
        root = np.sqrt(factors[name])
        inside = (wide["low"] > 0) & (wide["high"] < 1)
        expected = plain["value"] + root * (plain["low"] - plain["value"])
        np.testing.assert_allclose(wide["low"][inside], expected[inside], atol=1e-12)
    assert 1 <= factors["alike"] < 1.3 and 8 < factors["apart"] < 20  # 1 + 400 (0.1)^2 / 0.25 = 17, less the ends


def test_a_pool_between_reports_has_the_interval_of_a_ratio():
    """As statsmodels' or a hand's linearisation gives it, with Student's t of one fewer than the reports."""
    from scipy.stats import t

    counts, totals = np.array([3, 40, 9, 77]), np.array([10, 50, 30, 100])
    cells = pd.concat([make(f"{n}", concluded__total=int(b), granted__total=int(a)) for n, (a, b) in enumerate(zip(counts, totals))])
    line = pool(compute(cells, which=["full_disclosure_rate"]), between=True).iloc[0]
    rate = counts.sum() / totals.sum()
    residuals = counts - rate * totals
    error = np.sqrt(4 / 3 * (residuals**2).sum()) / totals.sum()
    half = t.ppf(0.975, 3) * error
    assert (line["value"], line["low"], line["high"]) == pytest.approx((rate, max(0, rate - half), min(1, rate + half)))
    alone = pool(compute(cells[cells["report_id"] == "0"], which=["full_disclosure_rate"]), between=True).iloc[0]
    assert alone[["low", "high"]].isna().all() and alone["value"] == 0.3


def test_what_unknown_reports_leave_of_a_pooled_rate():
    """The least and greatest over all numbers that they may have, told by trying them."""
    one, two, empty = (
        make("a", concluded__total=10, granted__total=5), make("b", concluded__total=20, granted__total=None), make("c")
    )
    values = compute(pd.concat([one, two, empty]), which=["full_disclosure_rate"])
    line = pool(values).iloc[0]
    assert line[["numerator", "denominator", "reports", "nothing", "unknown"]].tolist() == [5, 10, 1, 1, 1]
    assert line[["value_low", "value_high"]].tolist() == pytest.approx([5 / 30, 25 / 30])
    bounds = pd.DataFrame([("d", "requests", "concluded", "total", 2.0, 8.0)], columns=["report_id", "table", "row", "column", "low", "high"])
    open_one = make("d", concluded__total=None, granted__total=2)
    line = pool(compute(pd.concat([one, open_one]), bounds, which=["full_disclosure_rate"])).iloc[0]
    tried = [7 / (10 + whole) for whole in range(2, 9)]
    assert line["value_low"] <= min(tried) and line["value_high"] >= max(tried)
    assert line["value_low"] == pytest.approx((5 + 2) / 18)
    endless = compute(pd.concat([one, open_one]), None, which=["full_disclosure_rate"])
    assert pool(endless).iloc[0]["value_low"] == pytest.approx(0, abs=1e-9)


def flagged(**flags: tuple) -> pd.DataFrame:
    """A report of which cells have flags: name, flag, what the proposals leave."""
    cells = make(granted__total=54, partially_granted__total=19, concluded__total=133)
    cells = cells.assign(flag="clean", flagged_by=None, implied_low=np.nan, implied_high=np.nan)
    for name, (flag, low, high) in flags.items():
        row, column = name.split("__")
        here = (cells["row"] == row) & (cells["column"] == column)
        cells.loc[here, ["flag", "flagged_by"]] = [flag, "row_sum"]
        cells.loc[here, ["implied_low", "implied_high"]] = [low, high]
    return cells


@pytest.mark.parametrize(("how", "value", "low", "high"), [
    ("printed", 73 / 133, 63 / 133, 63 / 133), ("left out", np.nan, 63 / 133, 63 / 133),
    ("implied", 63 / 133, 63 / 133, 63 / 133),
])
def test_a_located_number_counts_as_is_asked(how, value, low, high):
    cells = flagged(granted__total=("located", 44.0, 44.0))
    line = compute(cells, which=["disclosure_rate"], flagged=how).iloc[0]
    np.testing.assert_allclose(line[["value", "value_low", "value_high"]].astype(float), [value, low, high])
    assert (line["flag"], line["flagged_by"]) == ("located", "requests.granted.total (row_sum)")
    assert (line["reason"] == "unknown: requests.granted.total") == (how == "left out")


def test_a_contradicted_number_leaves_a_range_and_a_doubted_one_its_value():
    cells = flagged(granted__total=("contradicted", 44.0, 54.0), concluded__total=("doubted", np.nan, np.nan))
    line = compute(cells, which=["disclosure_rate"], flagged="implied").iloc[0]
    assert np.isnan(line["value"]) and line["flag"] == "contradicted"
    assert line[["value_low", "value_high"]].tolist() == pytest.approx([63 / 133, 73 / 133])
    doubted = compute(cells, which=["requests_to_handle", "partial_disclosure_rate"], flagged="left out")
    assert doubted["flag"].tolist() == ["clean", "doubted"] and doubted["value"].tolist() == [0, 19 / 133]
    with pytest.raises(ValueError, match="no flagged 'none'; choose one of printed, left out, implied"):
        compute(cells, flagged="none")


def test_flags_go_into_pools_and_funnels():
    both = pd.concat([flagged(granted__total=("located", 44.0, 44.0)), flagged().assign(report_id="b.txt")])
    values = compute(both, which=["full_disclosure_rate"])
    line = pool(values).iloc[0]
    assert (line["flag"], line["flagged"], line["reports"]) == ("located", 1, 2)
    assert line[["value", "value_low", "value_high"]].tolist() == pytest.approx([108 / 266, 98 / 266, 98 / 266])
    assert set(funnel(values)["flag"]) == {"located"}
    assert pd.isna(compute(make(), which=["refusal_rate"])["flag"].item()), "cells without flags were not audited"


@pytest.mark.parametrize(
    "which", [["disclosure_rate", "refusal_rate"], ["reviews_per_100"], ["escalation_ratio"]]
)
def test_a_funnel_is_of_one_rate(which):
    with pytest.raises(ValueError, match="a funnel shows one rate or share, not "):
        funnel(compute(published("cells"), which=which))


def test_a_count_below_zero_says_so():
    found = one(make(**{"normative_document__issued": 9}), "normative_previous_stock")
    assert (found["reason"], np.isnan(found["value"])) == ("the sum is below 0", True)


def test_a_pool_of_nothing_is_empty():
    assert pool(compute(make(), which=["refusal_rate"]).head(0)).empty


def test_a_funnel_takes_the_indicator_that_has_values():
    cells = make(concluded__total=100, granted__total=40, received__total=None, carried_in__total=None)
    limits = funnel(compute(cells, which=["completion_rate", "disclosure_rate"]))
    assert limits["value"].unique().tolist() == [0.4]


def own(**lines: tuple[str, str, str]) -> pd.DataFrame:
    columns = ["kind", "numerator", "denominator"]
    return pd.DataFrame.from_dict(lines, "index", columns=columns).rename_axis("indicator")


def test_an_indicator_of_the_same_definition_is_the_declared_one():
    cells, bounds, known = published("cells"), published("bounds"), definitions()
    renamed = known.rename(index="my_{}".format)[["kind", "numerator", "denominator"]]
    declared, mine = compute(cells, bounds), compute(cells, bounds, renamed)
    assert mine["indicator"].astype(str).tolist() == [f"my_{code}" for code in declared["indicator"]]
    assert_frame_equal(mine.drop(columns="indicator"), declared.drop(columns="indicator"))
    assert_frame_equal(compute(cells, bounds, known.reset_index()), declared)
    pooled = pool(mine, which=renamed)
    assert_frame_equal(pooled.drop(columns="indicator"), pool(declared).drop(columns="indicator"))
    code = "refusal_rate"
    limits = funnel(mine[mine["indicator"] == f"my_{code}"], which=renamed)
    assert_frame_equal(limits, funnel(declared[declared["indicator"] == code]))


def test_a_share_of_ones_own():
    third = definitions().loc[["refusal_rate"]].rename({"refusal_rate": "third_party_refusal"})
    third = third.assign(numerator="requests.denied.third_party_rights.total")
    values = compute(
        published("cells"), published("bounds"), pd.concat([third, definitions().loc[["refusal_rate"]]])
    )
    found = values[values["report_id"] == "linping-2022.txt"].set_index("indicator")
    assert found.loc[
        "third_party_refusal", ["numerator", "denominator", "value"]
    ].tolist() == [4, 1048, 4 / 1048]
    assert found.loc["refusal_rate", "numerator"] == 19
    assert pool(values, which=third).set_index("indicator").loc[
        "third_party_refusal", "numerator"
    ] == 4 + 0 + 0 + 2 + 1


REST = f"{CONCLUDED} - {GRANTED}"
DIFFERENCES = {
    "part": ("share", REST, CONCLUDED),
    "whole": ("share", "requests.partially_granted.total", REST),
    "both": ("share", f"{REST} - requests.partially_granted.total", REST),
    "over": ("ratio", "requests.received.total", REST),
    "per": ("per_100", "disputes.review.total", REST),
}


def test_the_value_of_differences_lies_within_what_blanks_leave():
    """Blank any cells of a report, totals above all: the true value stays within."""
    lines, full, rng = own(**DIFFERENCES), published("cells"), np.random.default_rng(3)
    full = full[full["report_id"].isin(["linping-2022.txt", "longgang-2021.txt"])]
    truth = compute(full, which=lines)
    assert truth["value"].notna().all()
    bounds = bound(("requests", "granted", "total", 0, 700), ("requests", "concluded", "total", 100, 1100))
    bounds = pd.concat([bounds.assign(report_id=name) for name in full["report_id"].unique()])
    for _ in range(20):
        blank = (rng.random(len(full)) < 0.5) & (full["column"] == "total")
        left = compute(full.assign(value=full["value"].mask(blank)), bounds, lines)
        assert (left["value_low"].fillna(0) <= truth["value"] + 1e-12).all()
        assert (left["value_high"].fillna(np.inf) >= truth["value"] - 1e-12).all()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(
            ("quota", GRANTED, CONCLUDED), ["no kind 'quota'", "rate, share, per_100, ratio, count"],
            id="kind"
        ),
        pytest.param(("rate", GRANTED, ""), ["a rate needs a denominator"], id="no denominator"),
        pytest.param(
            ("count", GRANTED, CONCLUDED), ["a count has no denominator"], id="denominator too much"
        ),
        pytest.param(("count", "", ""), ["'' is no sum of cells"], id="no numerator"),
        pytest.param(
            ("rate", f"2 * {GRANTED}", CONCLUDED), [f"'2 * {GRANTED}' is no sum of cells", "with + or -"],
            id="product"
        ),
        pytest.param(
            ("rate", f"{GRANTED} {GRANTED}", CONCLUDED), ["is no sum of cells"], id="no sign between"
        ),
        pytest.param(("rate", f"{GRANTED} +", CONCLUDED), ["is no sum of cells"], id="sign at the end"),
        pytest.param(("rate", f"{GRANTED} / 2", CONCLUDED), ["is no sum of cells"], id="quotient"),
        pytest.param(
            ("rate", "requests.grant.total", CONCLUDED),
            ["no cell 'requests.grant.total'", f"perhaps {GRANTED}"], id="row"
        ),
        pytest.param(
            ("rate", GRANTED, "requests.denied.total"), ["perhaps requests.denied.*.total"],
            id="a group is no row"
        ),
        pytest.param(("rate", "requests.granted", CONCLUDED), ["no cell 'requests.granted'"], id="no column"),
        pytest.param(
            ("rate", f"{GRANTED} + {GRANTED}", CONCLUDED), [f"{GRANTED} stands in it twice"],
            id="a cell twice"
        ),
        pytest.param(
            ("rate", f"{GRANTED} - {GRANTED}", CONCLUDED), ["stands in it twice"], id="a cell against itself"
        ),
        pytest.param(
            ("count", "requests.granted.*", ""), ["count the same", "a total or its parts"],
            id="a total and its parts"
        ),
        pytest.param(("count", f"{CONCLUDED} + {GRANTED}", ""), ["count the same"], id="a total and a part"),
        pytest.param(
            (
                "ratio", "requests.other.fee_unpaid.total", "disclosure.procurement.projects"
            ), ["no form asks for both"], id="two forms"
        ),
        pytest.param(
            (
                "count", "requests.other.fee_unpaid.total + disclosure.procurement.projects", ""
            ), ["mixes cells of 2019 and 2021"], id="mixed"
        ),
        pytest.param(
            ("count", "disclosure.licence.change", ""), ["disclosure.licence.change may be negative"],
            id="a change"
        ),
    ],
)
def test_a_mistake_in_an_indicator_is_told(line, said):
    with pytest.raises(ValueError) as problem:
        compute(published("cells"), which=own(mine=line))
    assert [words for words in ["indicator 'mine': ", *said] if words not in str(problem.value)] == []


@pytest.mark.parametrize(
    ("which", "said"),
    [
        pytest.param(
            own(a=("count", GRANTED, "")).drop(columns="kind"),
            "the column 'kind' is missing; give the columns indicator, kind"
        ),
        pytest.param(
            own(a=("rate", GRANTED, CONCLUDED)).rename_axis(None), "the column 'indicator' is missing"
        ),
        pytest.param(
            pd.concat([own(a=("count", GRANTED, ""))] * 2),
            "'a' stands 2 times; give each line one indicator of its own"
        ),
        pytest.param(own(**{" ": ("count", GRANTED, "")}), "'' stands 1 times"),
        pytest.param(own(a=("count", GRANTED, "")).head(0), "no line; give each"),
        pytest.param(
            own(refusal_rate=("count", GRANTED, "")),
            "'refusal_rate': the package defines it otherwise; choose another code"
        ),
    ],
)
def test_a_mistake_in_a_frame_of_indicators_is_told(which, said):
    with pytest.raises(ValueError) as problem:
        compute(published("cells"), which=which)
    assert said in str(problem.value)


def test_pooling_needs_the_kind():
    values = compute(published("cells"), which=own(mine=("rate", GRANTED, CONCLUDED)))
    for work in (pool, funnel):
        with pytest.raises(ValueError, match="no indicator 'mine'; pass as which the frame that defines it"):
            work(values)


def test_a_missing_denominator_may_be_null():
    lines = own(mine=("count", GRANTED, ""))
    assert_frame_equal(
        compute(published("cells"), which=lines), compute(published("cells"), which=lines.replace("", None))
    )
