"""Figures over the years: who reports when, lines of issuers, trends and steps."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from govtables.analysis.changes import find_steps
from govtables.analysis.figures.years import (
    draw_coverage, draw_slopes, draw_step_sizes, draw_steps, draw_trends,
)
from govtables.analysis.indicators import pool
from tests.analysis.figures.conftest import ISSUERS, YEARS
from tests.analysis.figures.drawn import legend, texts
from tests.analysis.made import RATE


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
    draw_slopes(axis, panel[panel["indicator"] == RATE], highlight=[], comparable=False)
    assert styles(axis, 2020, 2021) == set()
    assert styles(axis, 2021, 2022) == {"-"}


def test_those_of_the_largest_denominators_are_named_at_their_ends(axis, panel):
    values = panel[panel["indicator"] == RATE]
    draw_slopes(axis, values)
    sizes = values.groupby("issuer")["denominator"].sum().sort_values(ascending=False, kind="stable")
    assert len(sizes) > 8 and {*sizes.index[:8]} == {*texts(axis)} & {*sizes.index}


def test_no_line_over_a_year_without_reports(axis, panel):
    draw_slopes(axis, panel[(panel["indicator"] == RATE) & (panel["year"] != 2021)])
    assert axis.get_xticks().tolist() == list(YEARS)
    assert styles(axis, 2020, 2021) == styles(axis, 2021, 2022) == styles(axis, 2020, 2022) == set()
    assert "new form" not in " ".join(texts(axis))


def test_markers_tell_forms(axis, panel):
    values = panel[panel["indicator"] == RATE]
    draw_slopes(axis, values.assign(generation=values["generation"].where(values["year"] != 2022, "mixed")))
    shown = {
        line.get_marker(): set(line.get_xdata()) for line in axis.lines
        if line.get_marker() in ("o", "s", "D")
    }
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
    assert shown == [
        ("o", [(0, 0)]), ("s", [(2, 0), (1, 2)]), ("D", [(1, 1)]), ("o", [(2, 1)]), ("$?$", [(0, 2)])
    ]
    assert [(bar.get_x(), bar.get_y()) for bar in axis.patches] == [(0.6, -0.4)]
    assert legend(axis) == [
        "form of 2019", "form of 2021", "both forms", "no table read", "differing versions", "gap"
    ]
    assert [label.get_text() for label in axis.get_yticklabels()] == list(STATES.index)


def test_the_legend_of_coverage_names_what_there_is(axis):
    draw_coverage(axis, STATES.head(1))
    assert legend(axis) == ["form of 2019", "form of 2021", "gap"]


@pytest.mark.parametrize(
    ("states", "error"),
    [
        (STATES.head(0), "nothing to draw: no report tells both"),
        (STATES.replace("gap", "?"), r"no state '\?' of a year; choose of 2019")
    ],
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
    assert [
        segment[:, 1].tolist() for segment in axis.collections[0].get_segments()
    ] == lines[["low", "high"]].to_numpy().tolist()
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
    return {
        line.get_marker(): list(line.get_xdata()) for line in axis.lines
        if line.get_marker() not in ("None", "")
    }


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
