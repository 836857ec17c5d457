"""What the identities decide is told, the rest stays unknown, and nothing told is wrong."""

import random

import pytest

from extract.lossy_tables import (
    OUTCOMES, WIDTH, assert_nothing_wrong, make_row, make_table, read_table, without,
)
from govtables.extract.sums import equations_along, row_test, settle
from govtables.forms import form
from govtables.readers import Cell


def cells(*numbers: object) -> tuple:
    return tuple(None if number is None else Cell(str(number), "") for number in numbers)


@pytest.mark.parametrize(
    ("table", "numbers", "fits"),
    [
        ("requests", (1, 2, 0, 0, 0, 0, 3), True),
        ("requests", (1, 2, 0, 0, 0, 0, 4), False),
        ("requests", (1, None, 0, 0, 0, 0, 4), True),
        ("requests", (5, None, 0, 0, 0, 0, 4), False),
        ("requests", (5, 2, 0, 0, 0, 0, None), True),
        ("disputes", (1, 0, 0, 2, 3), True),
        ("disputes", (1, 0, 0, 2, 2), False),
    ],
)
def test_a_row_is_tested_by_its_own_sum(table, numbers, fits):
    assert row_test(equations_along("2021", table))(cells(*numbers)) is fits


def test_no_identity_runs_along_the_rows_of_disclosure():
    assert equations_along("2021", "disclosure") == equations_along("2019", "disclosure") == ()


def test_a_placement_falls_when_another_row_is_settled_by_it():
    zeros = cells(*[0] * WIDTH)
    candidates = {"received": [cells(4, 0, 0, 0, 0, 0, 4), cells(0, 4, 0, 0, 0, 0, 4)]}
    candidates |= {"carried_in": [zeros], "carried_over": [zeros], "concluded": [cells(0, 4, 0, 0, 0, 0, 4)]}
    found = settle(candidates, form("2021"), "requests")
    assert found["received"] == [cells(0, 4, 0, 0, 0, 0, 4)]


def test_the_columns_settle_a_lost_value():
    truth = {code: [0] * WIDTH for code in OUTCOMES} | {"granted": make_row(4, 1, 0, 0, 2, 0)}
    truth |= dict.fromkeys(("concluded", "received"), truth["granted"])
    truth |= {"carried_in": [0] * WIDTH, "carried_over": [0] * WIDTH}
    for at in (0, 1, 4, 6):
        told = read_table(truth | {"granted": without(truth["granted"], at)})["granted"]
        assert told == [value if n != at else None for n, value in enumerate(truth["granted"])]


def test_the_columns_leave_a_lost_zero_open():
    truth = make_table(1) | {"granted": make_row(4, 1, 0, 0, 2, 0)}
    rows = {"granted": without(truth["granted"], 2), "partially_granted": truth["partially_granted"]}
    told = read_table(rows)["granted"]
    assert told[2:4] == [None, None]


@pytest.mark.parametrize("seed", range(40))
def test_a_table_with_lost_values_is_read_rightly_or_not_at_all(seed):
    draw = random.Random(seed)
    truth = make_table(seed)
    damaged = {code: without(truth[code], draw.randrange(WIDTH)) for code in draw.sample(sorted(truth), 1 + seed % 4)}
    read = read_table(truth | damaged)
    assert_nothing_wrong(read, truth)
    assert all(read[code] == truth[code] for code in truth if code not in damaged)


@pytest.mark.parametrize("seed", range(20))
def test_a_table_with_lost_rows_is_read_rightly_or_not_at_all(seed):
    draw = random.Random(seed)
    truth = make_table(seed)
    kept = sorted(set(truth) - set(draw.sample(sorted(OUTCOMES), 1 + seed % 5)))
    damaged = {code: without(truth[code], draw.randrange(WIDTH)) for code in kept[:2]}
    whole = {code: truth[code] for code in kept}
    assert_nothing_wrong(read_table(whole | damaged), whole)
