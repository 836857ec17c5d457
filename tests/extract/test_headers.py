"""Columns of the form, told from printed headers."""

import pytest

from govtables.extract.headers import IN_ORDER, header_keys, headers_of, map_columns, printed_order
from govtables.forms import form
from govtables.language import fold
from govtables.readers import Cell, Grid

FORM = form("2021")
COLUMNS = FORM.columns["disputes", FORM.rows["disputes"][0].block]
CODES = FORM.column_codes["disputes"]
LABELS = [column.label for column in COLUMNS]


def header(*labels: str) -> list[tuple[Cell, ...]]:
    return [tuple(Cell(label, "") for label in labels)]


def test_every_column_under_its_own_head_in_any_order():
    found = map_columns(header("", *LABELS[::-1]), COLUMNS, CODES, 0)
    assert [found.codes[at] for at in sorted(found.codes)] == [column.code for column in COLUMNS[::-1]]


def test_what_no_header_names_is_placed_by_order():
    found = map_columns(header("", LABELS[0], "", "", ""), COLUMNS, CODES, 0)
    assert found.codes == {n: column.code for n, column in enumerate(COLUMNS, 1)}


def test_headers_that_contradict_the_order_tell_nothing():
    assert map_columns(header("", LABELS[1], LABELS[0]), COLUMNS, CODES, 0) == ({}, {})


def test_a_column_that_the_form_does_not_have_is_extra():
    found = map_columns(header("", *LABELS, "备注"), COLUMNS, CODES, 0)
    assert found.extras == {len(LABELS) + 1: "备注"}


def test_keys_of_a_column_are_its_lowest_labels_joined():
    rows = [*header("自然", "数"), *header("人", "量")]
    assert dict(header_keys(rows)) == {0: ["人", "自然人"], 1: ["量", "数量"]}


def test_headers_stand_above_a_block_of_data():
    rows = [(Cell(text, ""),) for text in ("a", "1", "2", "b", "3")]
    above = headers_of(Grid(tuple(rows), "columns", "html"), {1, 2, 4})
    assert above == {1: [rows[0]], 2: [rows[0]], 4: [rows[3]]}


@pytest.mark.parametrize(
    ("labels", "order"),
    [(LABELS, IN_ORDER), (LABELS[:2], IN_ORDER), ([], IN_ORDER), (LABELS[::-1], (4, 3, 2, 1, 0)), (LABELS[1::-1], ())],
)
def test_printed_order(labels, order):
    assert printed_order(tuple(map(fold, labels)), FORM, COLUMNS) == order
