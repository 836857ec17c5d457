"""A number that the audit locates as wrong is marked in every place where a reader may meet it."""

import dataclasses
from pathlib import Path

import matplotlib
import pandas as pd
import pyarrow.parquet as pq
import pytest
from matplotlib.figure import Figure
from site_pages import parse, text_of, write

import govtables as gt
from govtables.analysis import changes, figures, indicators, panels
from govtables.exports.panel import shorten
from publish.execute import run_copy
from publish.quick import nbformat
from tests.whole.made_panels import TOP

RAW = TOP / "data" / "raw"
RATE = "disclosure_rate"
# In each report of the sample: the line, its printed end, what is planted, the cell, what the audit leaves of it.
PLANTED = {
    "hanyin-2022.txt": (347, "19", "14", "concluded", 14.0, 14.0, None),
    "huajie-2023.txt": (55, "5 | ||", "15 | ||", "concluded", 15.0, 5.0, 5.0),
    "jiyuan-hitech-2022.txt": (72, "0\t\t\t", "10\t\t\t", "concluded", 10.0, 0.0, 0.0),
    "linping-2022.txt": (39, "585 | |", "595 | |", "granted", 595.0, 585.0, 585.0),
    "longgang-2021.txt": (196, "103", "113", "granted", 113.0, 103.0, 103.0),
}
# Where most cells are blank, a row or column shifted by a cell explains as much as one wrong number.
FLAGS = dict.fromkeys(PLANTED, "located") | {"hanyin-2022.txt": "contradicted"}
LEAST_TOLD = {"05-comparison": 9, "06-across-years": 2}  # tables with a value of a planted report
by_report = pytest.mark.parametrize("report", PLANTED)


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> gt.Dataset:
    """The five reports of the sample, each with one error; in four of them it can be located."""
    top = tmp_path_factory.mktemp("planted")
    (top / "raw").mkdir()
    for name, (number, before, after, *_) in PLANTED.items():
        lines = (RAW / name).read_text(encoding="utf-8").split("\n")
        assert lines[number - 1].endswith(before)
        lines[number - 1] = lines[number - 1].removesuffix(before) + after
        (top / "raw" / name).write_text("\n".join(lines), encoding="utf-8")
    return gt.load(gt.build(top / "raw", top / "out", processes=1, progress=False))


@pytest.fixture(scope="module")
def values(planted) -> pd.DataFrame:
    who = panels.name_issuers(planted.reports, planted.issuers)
    return indicators.compute(planted.cells, planted.bounds).merge(who, on="report_id").astype({"indicator": "str"})


@by_report
def test_cells_and_the_report_itself(report, planted):
    *_, row, printed, low, high = PLANTED[report]
    cells = planted.cells[planted.cells["report_id"] == report]
    flagged = cells[(cells["flag"] == FLAGS[report]) & (cells["column"] == "total") & (cells["table"] == "requests")]
    [cell] = flagged[flagged["row"] == row].itertuples()
    assert (cell.value, cell.implied_low) == (printed, low)
    assert FLAGS[report] != "located" or (cells["flag"] == "located").sum() == 1
    assert cell.implied_high == high or (high is None and pd.isna(cell.implied_high))
    assert f"!→{low:g}" in gt.read(planted.folder.parent / "raw" / report)._repr_html_()


@by_report
def test_indicators_as_published_and_as_computed(report, planted, values):
    for frame in (planted.indicators, values):
        line = frame[(frame["report_id"] == report) & (frame["indicator"] == RATE)].iloc[0]
        assert line["flag"] == FLAGS[report] and f"requests.{PLANTED[report][3]}.total" in line["flagged_by"]
        assert line["value_low"] != line["value"] or line["value_high"] != line["value"]
    same = planted.indicators.astype({"indicator": "str", "flag": "str"}).set_index(["report_id", "indicator"])
    numbers = ["value", "low", "high", "value_low", "value_high", "flag"]
    pd.testing.assert_frame_equal(same[numbers], values.set_index(["report_id", "indicator"])[numbers], check_dtype=False)
    one = values[(values["report_id"] == report) & (values["indicator"] == RATE)]
    assert indicators.tell_flags(one).item().startswith(f"{FLAGS[report]}: ")


@pytest.mark.parametrize("how", ["left out", "implied"])
def test_what_is_asked_for_instead(how, planted):
    found = indicators.compute(planted.cells, planted.bounds, [RATE], flagged=how).set_index("report_id")
    implied = {"huajie-2023.txt": 1 / 5, "linping-2022.txt": 804 / 1048, "longgang-2021.txt": 134 / 165}
    expected = implied if how == "implied" else {}
    assert found["value"].dropna().to_dict() == pytest.approx(expected)
    assert found.loc[list(implied), "value_low"].tolist() == pytest.approx([*implied.values()])


def test_pools_funnels_and_steps(values):
    rate = values[values["indicator"] == RATE]
    pooled = indicators.pool(rate, ["year"])
    assert set(pooled["flag"]) == {*FLAGS.values()} and pooled["flagged"].tolist() == pooled["reports"].tolist()
    assert (pooled["value_low"] != pooled["value"]).all()
    assert set(indicators.funnel(rate)["flag"]) == {"contradicted"}  # the worst of all
    later = rate.assign(year=rate["year"] + 1, report_id=rate["report_id"] + " again")
    steps = changes.find_steps(pd.concat([rate, later]))
    assert set(steps["flag"]) == {*FLAGS.values()} and len(steps) == 5
    assert (steps["difference_least"] <= steps["difference_most"]).all()
    assert set(panels.make_sets(pd.concat([rate, later]), (2022, 2023))["flag"]) == {*FLAGS.values()}


@by_report
def test_every_export(report, planted, tmp_path):
    folders = {to: gt.export(planted, to, tmp_path / to, status=to == "wide") for to in ("csv", "xlsx", "dta", "wide", "panel")}
    cell = f"requests__{PLANTED[report][3]}__total"
    code = cell.replace("__", ".")
    books = {"cells": pd.read_excel(folders["xlsx"] / "govtables.xlsx", sheet_name="cells", engine="calamine"),
             "indicators": pd.read_excel(folders["xlsx"] / "govtables.xlsx", sheet_name="indicators", engine="calamine")}
    for name in ("cells", "indicators"):
        for frame in (pd.read_csv(folders["csv"] / f"{name}.csv", low_memory=False), pd.read_stata(folders["dta"] / f"{name}.dta"), books[name]):
            lines = frame[(frame["report_id"] == report) & (frame["flag"] == FLAGS[report])]
            told = lines["row"] if name == "cells" else lines["flagged_by"]
            told = told.astype(str).str.contains(PLANTED[report][3] if name == "cells" else code)
            assert told.any() and (told.all() or FLAGS[report] != "located")
    wide = pq.read_table(folders["wide"] / "wide.parquet").to_pandas().set_index("report_id").loc[report]
    assert {wide["flag"], wide[f"{cell}__flag"]} == {FLAGS[report]} and cell in wide["flagged"].split()
    for frame in (pd.read_parquet(folders["panel"] / "panel.parquet"), pd.read_stata(folders["panel"] / "panel.dta"),
                  pd.read_csv(folders["panel"] / "panel.csv"), pd.read_excel(folders["panel"] / "panel.xlsx", engine="calamine")):
        row = frame.set_index("report_id").loc[report]
        assert {row["flag"], row[shorten(RATE, "_fl")]} == {FLAGS[report]} and cell in row["flagged"].split()
        assert row[shorten(RATE, "_lo")] < row[RATE] or row[shorten(RATE, "_hi")] != row[RATE]


@by_report
def test_pages(report, planted, tmp_path):
    pages = write(planted, tmp_path)
    page = parse(pages.of(report))
    *_, row, printed, low, high = PLANTED[report]
    cell = page.css_first(f"#cell-requests-{row}-total")
    assert f"f-{FLAGS[report]}" in cell.attributes["class"] and f"!→{low:g}" in text_of(cell)
    line = page.css_first(f"#indicator-{RATE}")
    assert f"! {FLAGS[report]}" in text_of(line) and line.css_first(f".f-{FLAGS[report]}")
    first = page.css(".findings tbody")[0].css("tr")[0]
    assert "entry" in first.attributes["class"] and f"requests.{row}.total" in text_of(first)
    assert page.css(".findings .explained"), "the sums that it explains stand beneath"
    [here] = [td for td in parse(pages["reports/indicators"]).css(f"td.f-{FLAGS[report]}")
              if td.css_first("a").attributes["href"].endswith(f"{pages.slugs[report]}.html#indicator-{RATE}")]
    assert f"! {FLAGS[report]}" in text_of(here)


@pytest.mark.parametrize("name", ["05-comparison", "06-across-years"])
def test_notebooks(name, planted, tmp_path):
    """Each table of values names the flag, and so does a figure's legend."""
    assert run_copy(TOP / "notebooks" / f"{name}.ipynb", tmp_path, planted.folder).result == "runs"
    notebook = nbformat.read(tmp_path / f"{name}.ipynb", as_version=4)
    outputs = ["".join(out.get("text") or out.get("data", {}).get("text/html", "") for out in cell.get("outputs", ()))
               for cell in notebook.cells]
    shown = [text for text in outputs if "disclosure_rate" in text or "龙港市 2021" in text or "all issuers" in text]
    told = [text for text in shown if "located" in text]
    assert len(told) >= LEAST_TOLD[name]
    assert any("requests.granted.total (row_sum" in text for text in told)


def count_marks(figure: Figure) -> int:
    """Exclamation marks that are drawn, in lines and in texts; those of the legend are not counted."""
    lines = [line for axis in figure.axes for line in axis.get_lines() if line.get_marker() == "$!$"]
    texts = [text for axis in figure.axes for text in axis.texts if "!" in text.get_text()]
    return sum(len(line.get_xdata()) for line in lines) + len(texts)


def draw_all(values: pd.DataFrame, planted: gt.Dataset) -> dict:
    """Each figure of numbers, on the planted values."""
    rate = values[values["indicator"] == RATE]
    later = rate.assign(year=rate["year"] + 1, report_id=rate["report_id"] + " again")
    steps = changes.find_steps(pd.concat([rate, later])).assign(step=lambda lines: lines["issuer"])
    pooled = indicators.pool(panels.make_sets(rate, None), ["set", "year"])
    table = planted.cells[(planted.cells["report_id"] == "linping-2022.txt") & (planted.cells["table"] == "requests")]
    return {
        "forest": lambda axis: figures.draw_forest(axis, values, {RATE: "disclosed"}, "issuer"),
        "composition": lambda axis: figures.draw_composition(axis, values, indicators.parts("outcomes"), "issuer"),
        "funnel": lambda axis: figures.draw_funnel(axis, rate, indicators.funnel(rate)),
        "slopes": lambda axis: figures.draw_slopes(axis, rate),
        "trends": lambda axis: figures.draw_trends(axis, pooled),
        "steps": lambda axis: figures.draw_steps(axis, steps),
        "step sizes": lambda axis: figures.draw_step_sizes(axis, steps),
        "statuses": lambda axis: figures.draw_statuses(axis, table, planted.codebook),
    }


MARKS = {"forest": 5, "composition": 5, "funnel": 5, "slopes": 5, "trends": 3, "steps": 5, "step sizes": 5, "statuses": 1}


@pytest.mark.parametrize("name", MARKS)
def test_figures(name, values, planted):
    with matplotlib.rc_context():
        figures.use_chinese_font()
        figure = Figure((5, 5), layout="constrained")
        draw_all(values, planted)[name](figure.subplots())
        figure.canvas.draw()
        assert count_marks(figure) == MARKS[name]


def test_a_bar_of_parts_that_add_to_more_than_the_whole_is_drawn_to_its_end(values):
    figure = Figure((5, 5), layout="constrained")
    axis = figure.subplots()
    figures.draw_composition(axis, values, indicators.parts("outcomes"), "issuer")
    ends = [bar.get_x() + bar.get_width() for bar in axis.patches]
    shares = values[values["indicator"].isin(indicators.parts("outcomes"))].groupby("report_id")["value"].sum()
    assert max(ends) == pytest.approx(shares.max()) and shares.max() > 1
    assert axis.get_xlim()[1] >= max(ends) and 1.0 in [line.get_xdata()[0] for line in axis.get_lines()]


def test_grounds_say_what_is_left_of_a_count(values):
    line = values["indicator"].eq("exemption_share.state_secret") & values["report_id"].eq("longgang-2021.txt")
    told = {"flag": "located", "value_low": 0.0, "value_high": 0.0}
    changed = values.assign(**{name: values[name].mask(line, value) for name, value in told.items()})
    axis = Figure((5, 5)).subplots()
    figures.draw_grounds(axis, changed, indicators.parts("denials"), "issuer")
    assert "1!\n0" in [text.get_text() for text in axis.texts]


def test_without_contradictions_nothing_is_marked(tmp_path):
    data = gt.load(TOP / "data" / "parquet")
    assert set(data.cells["flag"]) == set(data.indicators["flag"]) == {"clean"}
    assert data.cells[["flagged_by", "implied_low", "implied_high"]].isna().all(axis=None)
    for page in write(dataclasses.replace(data), tmp_path).values():
        assert not parse(page).css(".f-located, .f-contradicted, .f-doubted, .flag, .entry, .joined")
    assert Path(data.folder).is_dir()
