"""What the identities decide is told, the rest stays unknown, and nothing told is wrong."""

import random

import pytest

from extract.lossy_tables import (
    OUTCOMES, WIDTH, assert_nothing_wrong, make_row, make_table, read_table, without,
)
from govtables.extract.sums import doubted_rows, equations_along, row_test, settle, told_despite_loss
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


REQUESTS, DISPUTES = equations_along("2021", "requests"), equations_along("2021", "disputes")


def placed(texts: str) -> tuple[Cell, ...]:
    return tuple(Cell("" if text == "." else text, f"L1:C{n}") for n, text in enumerate(texts.split(), 1))


@pytest.mark.parametrize(
    ("rows", "doubted"),
    [
        pytest.param(["58 5 1 2 2 68 ."], [0], id="the last is the sum of the others"),
        pytest.param(["58 5 1 2 2 68 136"], [], id="a total is printed"),
        pytest.param(["58 5 1 2 2 0 ."], [], id="a total left out"),
        pytest.param(["0 0 0 0 0 0 ."], [], id="zeros are zeros wherever they stood"),
        pytest.param(["5 1 2 2 0 68 .", "0 0 0 0 0 3 ."], [0, 1], id="the last may be the total in all rows"),
        pytest.param(["5 1 2 2 0 68 .", "9 0 0 0 0 3 ."], [], id="one row shows that totals are left out"),
        pytest.param(["9 . . . . . ."], [], id="one number far from the total"),
    ],
)
def test_a_row_that_may_have_lost_a_cell_is_doubted(rows, doubted):
    assert doubted_rows({str(n): [placed(row)] for n, row in enumerate(rows)}, REQUESTS) == set(map(str, doubted))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("2 0 0 1 3 4 0 1 5 .", "2 0 0 1 3 ? ? ? ? ?", id="a cell deleted in the last group"),
        pytest.param("2 0 0 1 3 4 0 0 0 .", "2 0 0 1 3 4 0 0 0 .", id="a total left out"),
        pytest.param("0 0 0 0 0 0 0 0 0 .", "0 0 0 0 0 0 0 0 0 .", id="zeros are zeros wherever they stood"),
        pytest.param("2 0 0 . 3 4 0 0 1 5", "2 0 0 . 3 4 0 0 1 5", id="the sums deny that numbers moved"),
        pytest.param("0 0 0 0 0 . 4 0 0 4", "0 0 0 0 0 ? ? 0 ? ?", id="a cell put in"),
        pytest.param("2 0 . . 3 4 0 0 1 .", "2 0 . . 3 4 0 0 1 .", id="several blanks"),
        pytest.param("10 0 0 1 . 0 0 0 0 0", "? 0 0 ? ? 0 0 0 0 0", id="two numbers run together"),
        pytest.param("0 37 0 0 37 0 0 790 79 .", "0 37 0 0 37 0 0 ? ? ?", id="two run together in the last group"),
        pytest.param("14 0 0 3 . 0 0 0 0 0", "14 0 0 3 . 0 0 0 0 0", id="the sums deny that numbers ran together"),
    ],
)
def test_a_line_of_results_tells_what_holds_wherever_a_cell_was_lost(line, told):
    found = told_despite_loss(placed(line), 5, DISPUTES)
    assert " ".join("?" if cell is None else cell.text or "." for cell in found) == told
