"""Published cells of a row, whatever could be told of it."""

import pytest

from extract.lossy_tables import FORM
from govtables.extract.cells import cells_without_row, extra_column_findings, extra_columns, extra_row, make_cells
from govtables.extract.headers import ColumnMap
from govtables.extract.row_matching import MatchedRows
from govtables.extract.rows import make_row
from govtables.readers import Cell
from govtables.records import CellRow

COLUMNS = FORM.columns["disputes", FORM.rows["disputes"][0].block]


def row(label: str, *texts: str):
    return make_row(3, [Cell(label, "L1")], [Cell(text, f"L{n}") for n, text in enumerate(texts, 2)], None)


def test_what_placements_agree_on_is_told_and_the_rest_says_why():
    printed = row("标签", "1", "2", "3", "4")
    one, other = printed.values + (Cell("", ""),), printed.values[:3] + (Cell("", ""), printed.values[3])
    cells = make_cells(MatchedRows(FORM, "disputes"), "x", COLUMNS, printed, [one, other])
    assert [cell.value for cell in cells] == [1, 2, 3, None, None]
    assert cells[3].reason.startswith("the row prints 4 values for 5 cells (1 2 3 4)")
    assert (cells[0].place, cells[3].place) == ("L2", "L1")


def test_a_row_that_is_not_printed_is_absent_and_one_that_cannot_be_told_unreadable():
    code = FORM.rows["disputes"][0]
    told = [cells_without_row("disputes", code, COLUMNS, *why)[0] for why in ((None, True), (None, False), ("lost", True))]
    assert [(cell.status, cell.reason) for cell in told] == [
        ("absent", "row not printed"), ("absent", "table not printed"), ("unreadable", "lost"),
    ]


def test_a_column_that_the_form_does_not_have():
    printed = row("标签", "1", "2")._replace(columns=(1, 2))
    [cell] = extra_columns(MatchedRows(FORM, "disputes"), "x", printed, printed.values[:1], ColumnMap({1: "total"}, {2: "备注"}), None)
    assert (cell.column, cell.value) == ("extra.备注", 2)
    [finding] = extra_column_findings("disputes", [cell, cell])
    assert finding.message == "a column that the form does not have: '备注'"


def test_rows_of_one_label_are_numbered():
    matched = MatchedRows(FORM, "requests")
    codes = [cell.row for _ in range(3) for cell in extra_row(matched, row("其他", "1"))]
    assert codes == ["extra.其他", "extra.其他#2", "extra.其他#3"]


def test_a_row_without_a_number_has_one_blank_cell():
    assert list(extra_row(MatchedRows(FORM, "requests"), row("其他", ""))) == [
        CellRow("requests", "extra.其他", "extra.1", None, "blank", "", "the row prints no number", "L2")
    ]


def test_a_text_is_spent_on_the_cell_that_is_made_of_it_and_on_no_other():
    matched, printed = MatchedRows(FORM, "disputes"), row("标签", *"12345")
    make_cells(matched, "x", COLUMNS, printed, [printed.values])
    assert [matched.spent[id(cell)][0][4:] for cell in printed.values] == [("x", column.code) for column in COLUMNS]
    with pytest.raises(RuntimeError, match="'1' at L2 is spent on"):
        make_cells(matched, "y", COLUMNS, printed, [printed.values])
