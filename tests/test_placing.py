"""Rows that lost a value: what the identities decide is told, the rest stays unknown, and nothing told is wrong."""

import random
from itertools import product

import pytest

from govtables.forms.form import form
from govtables.pipeline.report import read_printed

WIDTH = 7
FORM = form("2021")
ROWS = FORM.rows["requests"]
COLUMNS = [column.code for column in FORM.columns["requests", "applicants"]]
OUTCOMES = dict(next(i for i in FORM.identities if i.name == "outcome_total").children)
HEADING = "三、收到和处理政府信息公开申请情况"

Truth = dict[str, list[int]]


def print_table(rows: dict[str, list]) -> str:
    return "\n".join([HEADING, *(" | ".join([row.label, *map(str, rows[row.code])]) + " |" for row in ROWS if row.code in rows)])


def read_table(rows: dict[str, list]) -> dict[str, list]:
    """The cells of the form that are told, by row: a number, or None."""
    result = read_printed(f"{print_table(rows)}\n".encode(), "table.txt")
    told = {(cell.row, cell.column): cell.value for cell in result.cells}
    return {code: [told.get((code, column)) for column in COLUMNS] for code in rows}


def without(values: list, at: int) -> list:
    return values[:at] + values[at + 1 :]


def make_row(*leaves: int) -> list[int]:
    return [*leaves, sum(leaves)]


def make_table(seed: int) -> Truth:
    """A whole table whose identities hold: small counts, most of them zero."""
    draw = random.Random(seed)
    rows = {code: make_row(*draw.choices([0, 1, 2, 5], [8, 2, 1, 1], k=WIDTH - 1)) for code in OUTCOMES}
    rows["concluded"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    rows["carried_over"] = make_row(*draw.choices([0, 1], [4, 1], k=WIDTH - 1))
    both = [a + b for a, b in zip(rows["concluded"], rows["carried_over"], strict=True)]
    carried_in = make_row(*(draw.randint(0, min(1, n)) for n in both[:-1]))
    return rows | {"carried_in": carried_in, "received": [a - b for a, b in zip(both, carried_in, strict=True)]}


def assert_nothing_wrong(read: Truth, truth: Truth) -> None:
    wrong = [(code, column) for code in truth for column, a, b in zip(COLUMNS, read[code], truth[code], strict=True) if a not in (None, b)]
    assert wrong == []


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


def test_the_columns_settle_a_lost_value():
    truth = {code: [0] * WIDTH for code in OUTCOMES} | {"granted": make_row(4, 1, 0, 0, 2, 0)}
    truth |= {"concluded": truth["granted"], "received": truth["granted"], "carried_in": [0] * WIDTH, "carried_over": [0] * WIDTH}
    for at in (0, 1, 4, 6):
        told = read_table(truth | {"granted": without(truth["granted"], at)})["granted"]
        assert told == [value if n != at else None for n, value in enumerate(truth["granted"])]


def test_the_columns_leave_a_lost_zero_open():
    truth = make_table(1) | {"granted": make_row(4, 1, 0, 0, 2, 0)}
    told = read_table({"granted": without(truth["granted"], 2), "partially_granted": truth["partially_granted"]})["granted"]
    assert told[2:4] == [None, None]


def test_every_small_row_with_a_lost_value_is_read_rightly_or_not_at_all():
    for leaves, at in product(product((0, 1, 2), repeat=3), range(WIDTH)):
        truth = {"received": make_row(*leaves, 0, 1, 0), "carried_in": [0] * WIDTH, "granted": make_row(*leaves, 0, 0, 0)}
        assert_nothing_wrong(read_table(truth | {"received": without(truth["received"], at)}), truth)


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
    assert_nothing_wrong(read_table({code: truth[code] for code in kept} | damaged), {code: truth[code] for code in kept})
