"""Figures draw on a given axis, say what is missing, and show Chinese."""

from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from govtables.analysis.changes import find_steps
from govtables.analysis.figures.rates import (
    draw_composition,
    draw_forest,
    draw_funnel,
    draw_grounds,
)
from govtables.analysis.figures.style import COLOURS, use_chinese_font
from govtables.analysis.figures.years import draw_coverage, draw_slopes, draw_step_sizes, draw_steps, draw_trends
from govtables.analysis.indicators import compute, funnel, parts, pool
from govtables.forms.form import form

PARQUET = Path(__file__).parents[1] / "data" / "parquet"
YEARS, ISSUERS = (2020, 2021, 2022), 40
DISPUTES = {"reviews_per_100": "reviews", "lawsuits_per_100": "lawsuits"}
RATE = "disclosure_rate"
Draw = Callable[[Axes, pd.DataFrame], None]


def draw_rate_funnel(axis: Axes, values: pd.DataFrame) -> None:
    rate = values[values["indicator"] == RATE]
    draw_funnel(axis, rate, funnel(rate) if len(rate) else pd.DataFrame())


FIGURES: dict[str, Draw] = {
    "outcomes": lambda axis, values: draw_composition(axis, values, parts("outcomes"), "name"),
    "applicants": lambda axis, values: draw_composition(axis, values, parts("applicants"), "name"),
    "forest": lambda axis, values: draw_forest(axis, values, {RATE: "disclosure", "completion_rate": "completion"}, "name"),
    "disputes": lambda axis, values: draw_forest(axis, values, DISPUTES, "name", most=50, percent=False),
    "grounds": lambda axis, values: draw_grounds(axis, values, parts("denials"), "name"),
    "funnel": draw_rate_funnel,
    "slopes": lambda axis, values: draw_slopes(axis, values[values["indicator"] == RATE]),
}
by_figure = pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)


def draw_report(rng: np.random.Generator, report: str, generation: str) -> list[tuple]:
    """Cells of a report whose outcomes add up; a third have no requests, and few cells are unknown."""
    outcomes = [child for i in form(generation).identities if i.name == "outcome_total" for child, _ in i.children]
    size = 0 if rng.random() < 0.3 else int(10 ** rng.uniform(0, 3.5))
    counts = dict(zip(outcomes, rng.multinomial(size, rng.dirichlet(np.full(len(outcomes), 0.3))).tolist(), strict=True))
    counts |= {"received": size, "concluded": size}
    return [
        (report, table, row.code, column.code, counts.get(row.code, int(rng.poisson(0.5))) if column.code == "total" else 0)
        for table, row, column in form(generation).cells()
    ]


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    reports = [(f"{n}-{year}", f"第{n}镇", year, "2019" if year < 2021 else "2021") for n in range(ISSUERS) for year in YEARS]
    lines = [line for report, _, _, generation in reports for line in draw_report(rng, report, generation)]
    cells = pd.DataFrame(lines, columns=["report_id", "table", "row", "column", "value"]).astype({"value": float})
    cells["value"] = cells["value"].mask(rng.random(len(cells)) < 0.004)
    named = pd.DataFrame(reports, columns=["report_id", "issuer", "year", "generation"])
    return compute(cells).merge(named).assign(name=lambda values: values["issuer"] + values["year"].astype(str))


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    cells, bounds, reports = (pd.read_parquet(PARQUET / name) for name in ("cells", "bounds", "reports"))
    named = reports[["report_id", "issuer", "year", "generation"]].assign(name=reports["issuer"])
    return compute(cells, bounds).merge(named)


@pytest.fixture
def axis() -> Axes:
    matplotlib.use("agg")
    from matplotlib import pyplot as plt

    with matplotlib.rc_context():
        use_chinese_font()
        figure, axis = plt.subplots(figsize=(4.8, 4), layout="constrained")
        yield axis
        plt.close(figure)


def texts(axis: Axes) -> list[str]:
    return [text.get_text() for text in axis.texts]


def legend(axis: Axes) -> list[str]:
    return [text.get_text() for text in axis.get_legend().get_texts()]


@by_figure
@pytest.mark.parametrize("data", ["sample", "panel"])
def test_every_figure_draws_without_a_warning(axis, draw, data, request):
    """A glyph that no font has would be a warning, and warnings are errors."""
    values = request.getfixturevalue(data)
    before = values.copy()
    draw(axis, values if draw in (FIGURES["funnel"], FIGURES["slopes"]) else values[values["year"] == 2022])
    axis.figure.canvas.draw()
    assert axis.has_data()
    assert axis.figure.axes == [axis]
    pd.testing.assert_frame_equal(values, before)


@by_figure
def test_nothing_to_draw(axis, draw, sample):
    with pytest.raises(ValueError, match="nothing to draw: .*; pass rows of indicators.compute"):
        draw(axis, sample.head(0))


@by_figure
def test_a_column_that_is_not_there(axis, draw, sample):
    with pytest.raises(ValueError, match=r"no column \w+.* in the values; join it from the reports"):
        draw(axis, sample.drop(columns=["name", "issuer", "report_id"]))


@by_figure
def test_names_tell_reports_apart(axis, draw, panel):
    with pytest.raises(ValueError, match="two reports are named .*; name them by a column that tells them apart"):
        draw(axis, panel.assign(name="a", issuer="a", report_id="a"))


@pytest.mark.parametrize("data", ["sample", "panel"])
def test_bars_are_as_wide_as_the_shares(axis, data, request):
    values = request.getfixturevalue(data)
    values = values[values["year"] == 2022]
    draw_composition(axis, values, parts("outcomes"), "name")
    bars = [bar for bar in axis.patches if to_hex(bar.get_facecolor()).upper() == COLOURS[0]]
    granted = values[values["indicator"] == "full_disclosure_rate"].set_index("name")
    whole = values[values["indicator"].isin(parts("outcomes"))].groupby("name", sort=False)["value"].apply(lambda v: v.notna().all())
    assert [bar.get_width() for bar in bars] == granted["value"][whole].tolist()
    hatched = [bar for bar in axis.patches if to_hex(bar.get_facecolor()) == "#ffffff"]
    assert len(hatched) == sum(~whole) > 0
    assert sum(text in ("nothing to divide by", "unknown") for text in texts(axis)) == sum(~whole)
    assert legend(axis) == list(parts("outcomes").values())


def test_parts_of_a_bar_differ_without_colour(axis, panel):
    FIGURES["outcomes"](axis, panel[panel["year"] == 2022])
    handles = axis.get_legend().get_patches()
    assert len({handle.get_hatch() for handle in handles}) == len(handles) == 6


def test_a_forest_shows_intervals_and_what_is_missing(axis, sample):
    draw_forest(axis, sample, {RATE: "disclosure", "completion_rate": "completion"}, "name")
    lines = sample[(sample["indicator"] == RATE) & sample["value"].notna()]
    segments = axis.collections[0].get_segments()
    assert [tuple(segment[:, 0]) for segment in segments] == list(lines[["low", "high"]].itertuples(index=False, name=None))
    assert {"13/19", "0/0", "804/1048", "134/165"} <= set(texts(axis))
    assert texts(axis).count("nothing to divide by") == 2
    # Hanyin's completion rate is unknown, so a bar shows what is possible
    assert [(bar.get_x(), bar.get_width()) for bar in axis.patches if bar.get_width() > 0] == [(0, 1)]


def test_an_interval_beyond_the_axis_has_an_arrow(axis, sample):
    FIGURES["disputes"](axis, sample)
    beyond = (sample["high"] > 50) & sample["indicator"].isin(DISPUTES)
    arrows = [line for line in axis.lines if line.get_marker() == ">"]
    assert sum(len(line.get_xdata()) for line in arrows) == beyond.sum() > 0
    assert axis.get_xlim()[1] == 50


def test_a_funnel_counts_every_report(axis, panel):
    draw_rate_funnel(axis, panel)
    values = panel[panel["indicator"] == RATE]
    empty = values["reason"] == "nothing to divide by"
    known = values["value"].notna()
    counts = {text.rpartition(" (")[0]: int(text.rpartition("(")[2][:-1]) for text in legend(axis) if text.endswith(")")}
    assert counts["within"] + counts["outside"] == known.sum()
    assert (counts["nothing to divide by"], counts["unknown"]) == (empty.sum(), (~known & ~empty).sum())
    assert min(counts.values()) > 0
    assert {"95 % limits", "99.8 % limits"} <= set(legend(axis))


def test_slopes_mark_the_new_form_and_what_is_missing(axis, panel):
    draw_slopes(axis, panel[panel["indicator"] == RATE], highlight=["第0镇", "第1镇"])
    missing = panel[panel["indicator"] == RATE].groupby("year")["value"].apply(lambda v: v.isna().sum())
    assert texts(axis)[:3] == [f"{n} of {ISSUERS}\nmissing" for n in missing]
    assert texts(axis).count(f"new form ({ISSUERS})") == 1
    assert styles(axis, 2020, 2021) == {":"}
    assert styles(axis, 2021, 2022) == {"-", "--"}
    assert axis.get_xticks().tolist() == list(YEARS)


def styles(axis: Axes, before: int, after: int) -> set[str]:
    """Line styles of the steps from one year to the other."""
    lines = [line for line in axis.lines if line.get_marker() == "None"]
    return {line.get_linestyle() for line in lines if list(line.get_xdata()) == [before, after]}


def test_no_line_over_a_new_form_that_is_not_comparable(axis, panel):
    draw_slopes(axis, panel[panel["indicator"] == RATE], comparable=False)
    assert styles(axis, 2020, 2021) == set()
    assert styles(axis, 2021, 2022) == {"-"}


def test_no_line_over_a_year_without_reports(axis, panel):
    draw_slopes(axis, panel[(panel["indicator"] == RATE) & (panel["year"] != 2021)])
    assert axis.get_xticks().tolist() == list(YEARS)
    assert styles(axis, 2020, 2021) == styles(axis, 2021, 2022) == styles(axis, 2020, 2022) == set()
    assert "new form" not in " ".join(texts(axis))


def test_markers_tell_forms(axis, panel):
    values = panel[panel["indicator"] == RATE]
    draw_slopes(axis, values.assign(generation=values["generation"].where(values["year"] != 2022, "mixed")))
    shown = {line.get_marker(): set(line.get_xdata()) for line in axis.lines if line.get_marker() in ("o", "s", "D")}
    assert shown == {"o": {2020}, "s": {2021}, "D": {2022}}


STATES = pd.DataFrame(
    [["2019", "gap", "2021"], ["", "mixed", "no table read"], ["differing versions", "2021", ""]],
    index=["汉阴县", "临平区", "龙港市"],
    columns=YEARS,
)


def test_who_reports_when(axis):
    draw_coverage(axis, STATES)
    axis.figure.canvas.draw()
    shown = [(line.get_marker(), [tuple(place) for place in line.get_xydata()]) for line in axis.lines]
    assert shown == [("o", [(0, 0)]), ("s", [(2, 0), (1, 2)]), ("D", [(1, 1)]), ("o", [(2, 1)]), ("$?$", [(0, 2)])]
    assert [(bar.get_x(), bar.get_y()) for bar in axis.patches] == [(0.6, -0.4)]
    assert legend(axis) == ["form of 2019", "form of 2021", "both forms", "no table read", "differing versions", "gap"]
    assert [label.get_text() for label in axis.get_yticklabels()] == list(STATES.index)


def test_the_legend_of_coverage_names_what_there_is(axis):
    draw_coverage(axis, STATES.head(1))
    assert legend(axis) == ["form of 2019", "form of 2021", "gap"]


@pytest.mark.parametrize(
    ("states", "error"),
    [(STATES.head(0), "nothing to draw: no report tells both"), (STATES.replace("gap", "?"), r"no state '\?' of a year; choose of 2019")],
)
def test_what_a_year_cannot_be(axis, states, error):
    with pytest.raises(ValueError, match=error):
        draw_coverage(axis, states)


def test_trends_have_intervals_and_numbers_of_reports(axis, panel):
    values = panel[panel["indicator"] == RATE]
    few = values[values["issuer"].isin(["第0镇", "第1镇"]) & (values["year"] != 2021)]
    pooled = pool(pd.concat([values.assign(set="all"), few.assign(set="few")]), ["set", "year"])
    draw_trends(axis, pooled)
    lines = pooled[pooled["set"] == "all"]
    assert [line.get_label() for line in axis.lines] == ["all", "few"]
    assert axis.lines[0].get_ydata().tolist() == lines["value"].tolist()
    assert [segment[:, 1].tolist() for segment in axis.collections[0].get_segments()] == lines[["low", "high"]].to_numpy().tolist()
    counts = pooled.pivot(index="year", columns="set", values="reports").fillna(0).astype(int)
    named = [f"{year}\n{counts.loc[year, 'all']} | {counts.loc[year, 'few']}" for year in YEARS]
    assert [label.get_text() for label in axis.get_xticklabels()] == named
    assert np.isnan(axis.lines[1].get_ydata()[1])


def test_no_trend(axis, panel):
    with pytest.raises(ValueError, match="nothing to draw: no pooled value"):
        draw_trends(axis, pool(panel[panel["indicator"] == RATE], ["year"]).assign(set="all", value=np.nan))


@pytest.fixture
def steps(panel) -> pd.DataFrame:
    found = find_steps(panel[panel["indicator"] == RATE], [RATE])
    return found.assign(step=found["issuer"] + " " + found["year"].astype(str))


def points(axis: Axes) -> dict[str, list[float]]:
    """Changes that are marked, by marker."""
    return {line.get_marker(): list(line.get_xdata()) for line in axis.lines if line.get_marker() not in ("None", "")}


def test_steps_have_intervals_and_names(axis, steps):
    steps = steps.head(20)
    draw_steps(axis, steps)
    axis.figure.canvas.draw()
    out, more = steps["stands_out"], steps["difference"] > 0
    kinds = {"^": out & more, "v": out & ~more, "o": ~out}
    assert points(axis) == {marker: steps["difference"][which].tolist() for marker, which in kinds.items()}
    drawn = sorted(tuple(segment[:, 0]) for lines in axis.collections for segment in lines.get_segments())
    assert drawn == sorted(steps[["difference_low", "difference_high"]].itertuples(index=False, name=None))
    assert [label.get_text() for label in axis.get_yticklabels()] == steps["step"].tolist()
    first = steps.iloc[0]
    sides = [f"{first[f'numerator{side}']:.0f}/{first[f'denominator{side}']:.0f}" for side in ("_before", "")]
    assert texts(axis)[0] == " to ".join(sides)
    assert legend(axis)[-1] == f"over a new form ({steps['new_form'].sum()})"


def test_many_steps_stand_at_their_size(axis, steps):
    draw_step_sizes(axis, steps)
    axis.figure.canvas.draw()
    out = steps["stands_out"]
    assert sum(map(len, points(axis).values())) == len(steps)
    assert legend(axis)[-1] == f"may be chance ({sum(~out)})"
    size = 2 / (1 / steps["denominator"] + 1 / steps["denominator_before"])
    chance = next(line for line in axis.lines if line.get_marker() == "o")
    assert chance.get_ydata().tolist() == size[~out].tolist()
    assert "0" in [label.get_text() for label in axis.get_xticklabels()]


@pytest.mark.parametrize("draw", [draw_steps, draw_step_sizes])
def test_no_steps(axis, draw, steps):
    with pytest.raises(ValueError, match="nothing to draw: no step"):
        draw(axis, steps.head(0))


def test_slopes_of_an_unknown_issuer(axis, panel):
    with pytest.raises(ValueError, match="no issuer 无名 to highlight; choose of 第0镇, "):
        draw_slopes(axis, panel[panel["indicator"] == RATE], highlight=["无名"])


def test_counts_stand_in_the_heat_map_and_unknown_ones_are_hatched(axis, panel):
    values = panel[panel["year"] == 2022]
    draw_grounds(axis, values, parts("denials"), "name")
    counts = values[values["indicator"].isin(parts("denials"))]["numerator"]
    assert sorted(texts(axis)) == sorted(f"{count:.0f}" for count in counts.dropna())
    assert len(axis.patches) == counts.isna().sum() > 0
