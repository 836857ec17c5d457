"""Figures of indicators draw on a given axis and say what is missing."""

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from govtables.analysis.figures.comparisons import draw_composition, draw_forest, draw_funnel, draw_grounds
from govtables.analysis.figures.style import COLOURS
from govtables.analysis.figures.years import draw_slopes
from govtables.analysis.indicators import funnel, parts
from tests.analysis.figures.drawn import DISPUTES, legend, texts
from tests.analysis.made import RATE

Draw = Callable[[Axes, pd.DataFrame], None]


def draw_rate_funnel(axis: Axes, values: pd.DataFrame) -> None:
    rate = values[values["indicator"] == RATE]
    draw_funnel(axis, rate, funnel(rate) if len(rate) else pd.DataFrame())


FIGURES: dict[str, Draw] = {
    "outcomes": lambda axis, values: draw_composition(axis, values, parts("outcomes"), "name"),
    "applicants": lambda axis, values: draw_composition(axis, values, parts("applicants"), "name"),
    "forest": lambda axis, values: draw_forest(
        axis, values, {RATE: "disclosure", "completion_rate": "completion"}, "name"
    ),
    "disputes": lambda axis, values: draw_forest(axis, values, DISPUTES, "name", most=50, percent=False),
    "grounds": lambda axis, values: draw_grounds(axis, values, parts("denials"), "name"),
    "funnel": draw_rate_funnel,
    "slopes": lambda axis, values: draw_slopes(axis, values[values["indicator"] == RATE]),
}
by_figure = pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)


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
    with pytest.raises(
        ValueError, match="two reports are named .*; name them by a column that tells them apart"
    ):
        draw(axis, panel.assign(name="a", issuer="a", report_id="a"))


@pytest.mark.parametrize("data", ["sample", "panel"])
def test_bars_are_as_wide_as_the_shares(axis, data, request):
    values = request.getfixturevalue(data)
    values = values[values["year"] == 2022]
    draw_composition(axis, values, parts("outcomes"), "name")
    bars = [bar for bar in axis.patches if to_hex(bar.get_facecolor()).upper() == COLOURS[0]]
    granted = values[values["indicator"] == "full_disclosure_rate"].set_index("name")
    whole = values[
        values["indicator"].isin(parts("outcomes"))
    ].groupby("name", sort=False)["value"].apply(lambda v: v.notna().all())
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
    assert [tuple(segment[:, 0]) for segment in segments] == list(
        lines[["low", "high"]].itertuples(index=False, name=None)
    )
    assert {"13/19", "0/0", "804/1048", "134/165"} <= set(texts(axis))
    assert texts(axis).count("nothing to divide by") == 2
    # Hanyin's completion rate is unknown, so a bar shows what is possible
    assert [(bar.get_x(), bar.get_width()) for bar in axis.patches if bar.get_width() > 0] == [(0, 1)]


def test_a_forest_of_known_values_has_no_reason_in_it(axis, sample):
    known = sample[(sample["indicator"] == RATE) & sample["value"].notna()]
    draw_forest(axis, known, {RATE: "disclosure"}, "name")
    assert {"13/19", "804/1048", "134/165"} <= set(texts(axis))
    assert "nothing to divide by" not in texts(axis)


def test_an_interval_beyond_the_axis_has_an_arrow(axis, sample):
    FIGURES["disputes"](axis, sample)
    beyond = (sample["high"] > 50) & sample["indicator"].isin(DISPUTES)
    arrows = [line for line in axis.lines if line.get_marker() == ">"]
    assert sum(len(line.get_xdata()) for line in arrows) == beyond.sum() > 0
    assert axis.get_xlim()[1] == 50


def test_a_funnel_counts_every_report(axis, panel):
    draw_rate_funnel(axis, panel)
    values = panel[panel["indicator"] == RATE]
    empty = values["missing"] == "nothing"
    known = values["value"].notna()
    counts = {
        text.rpartition(" (")[0]: int(text.rpartition("(")[2][:-1]) for text in legend(axis)
        if text.endswith(")")
    }
    few = known & (values["denominator"] < 20)
    assert counts["within"] + counts["within, of fewer than 20"] + counts["outside"] == known.sum()
    assert 0 < counts["within, of fewer than 20"] <= few.sum()
    assert (counts["nothing to divide by"], counts["unknown"]) == (empty.sum(), (~known & ~empty).sum())
    assert min(counts.values()) > 0
    assert {"95 % limits", "99.8 % limits"} <= set(legend(axis))


def test_counts_stand_in_the_heat_map_and_unknown_ones_are_hatched(axis, panel):
    values = panel[panel["year"] == 2022]
    draw_grounds(axis, values, parts("denials"), "name")
    counts = values[values["indicator"].isin(parts("denials"))]["numerator"]
    assert sorted(texts(axis)) == sorted(f"{count:.0f}" for count in counts.dropna())
    assert len(axis.patches) == counts.isna().sum() > 0
