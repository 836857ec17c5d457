"""Figures of one table: groups, labels and numbers can be read."""

from itertools import pairwise

import numpy as np
import pytest

from govtables.analysis import figures
from tests.analysis.figures.drawn import (
    LIGHTER, ask, draw_table, find_box, list_tick_labels, measure_lightness, seen,
)


@pytest.mark.parametrize("generation", ["2019", "2021"])
@pytest.mark.parametrize("table", ["disclosure", "requests"])
def test_neighbouring_groups_of_the_form_differ_in_grey(table, generation):
    drawn = f"form of {generation}" if table == "requests" else ""
    axis = (
        seen(drawn) if drawn else draw_table(ask(table, generation), figures.draw_form, generation)
    ).axes[0]
    column = sorted(
        (patch for patch in axis.patches if -0.5 < patch.get_x() < 0), key=lambda patch: patch.get_y()
    )
    colours = [patch.get_facecolor() for patch in column]
    assert len(colours) > 1
    assert [
        pair for pair in pairwise(colours) if pair[0] != pair[1]
        and abs(np.subtract(*map(measure_lightness, pair))) < LIGHTER
    ] == []


def test_long_names_keep_the_end_and_long_labels_the_beginning():
    names = [text.get_text() for text in list_tick_labels(seen("statuses of many reports").axes[0].yaxis)]
    assert len(set(names)) == len(names) == 20
    assert names[7] == "…县第7人力资源和社会保障局\n…reports/office-7-2023.html"
    labels = [text.get_text() for text in list_tick_labels(seen("verdicts").axes[0].yaxis)]
    assert labels[2] == "三、本年度办理结果"
    assert labels[0].startswith("一、本年新收") and labels[0].endswith("…")


@pytest.mark.parametrize(
    "name", ["statuses of a table", "statuses of long numbers", "verdicts", "verdicts of large numbers"]
)
def test_numbers_stay_inside_their_squares(name):
    axis = seen(name).axes[0]
    squares = zip(axis.patches, axis.texts, strict=True)
    over = [
        text.get_text() for square, text in squares if find_box(text).width > square.get_window_extent().width
    ]
    assert len(axis.texts) > 0
    assert over == []
