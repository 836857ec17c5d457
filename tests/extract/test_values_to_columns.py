"""Rows that lost a value: nothing told is wrong; one value too many is told if one choice adds up."""

from itertools import product

import pytest

from extract.lossy_tables import WIDTH, assert_nothing_wrong, make_row, read_table, without


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        pytest.param([0] * 6, [None] * 7, id="zeros: any of them may be lost"),
        pytest.param([0, 0, 0, 0, 3, 3], [None, None, None, None, None, None, None], id="zeros before one number"),
        pytest.param([1] * 7 + [9], [None] * 7, id="one too many, no choice adds up"),
        pytest.param([5, 2, 0, 4, 0, 1, 0, 8], [5, 2, 0, 0, 1, 0, 8], id="one too many, one choice adds up"),
        pytest.param([5, 2, 0, 0, 1, 0, 8], [5, 2, 0, 0, 1, 0, 8], id="complete"),
        pytest.param([5, 2, 0, 0, 1, 0, 9], [5, 2, 0, 0, 1, 0, 9], id="complete, and wrong in print"),
        pytest.param([3], [None] * 7, id="one value"),
        pytest.param([1, 2, 3] * 5, [None] * 7, id="far too many"),
    ],
)
def test_one_row(printed, told):
    others = {code: [0] * WIDTH for code in ("carried_in", "granted", "partially_granted")}
    assert read_table({"received": printed, **others})["received"] == told


def test_every_small_row_with_a_lost_value_is_read_rightly_or_not_at_all():
    for leaves, at in product(product((0, 1, 2), repeat=3), range(WIDTH)):
        granted = make_row(*leaves, 0, 0, 0)
        truth = {"received": make_row(*leaves, 0, 1, 0), "carried_in": [0] * WIDTH, "granted": granted}
        assert_nothing_wrong(read_table(truth | {"received": without(truth["received"], at)}), truth)
