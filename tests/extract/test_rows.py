"""Printed rows as labels and values, from lines and from grids."""

import pytest

from govtables.extract.rows import make_row, split_rows
from govtables.readers import Cell, Grid, Section


def rows_of(*blocks: Cell | Grid, with_lines: bool = True) -> list[tuple[list[str], list[str]]]:
    found = split_rows(Section(3, None, blocks), with_lines)
    return [([cell.text for cell in row.labels], [cell.text for cell in row.values]) for row in found]


def lines(*texts: str) -> list[Cell]:
    return [Cell(text, f"L{n}") for n, text in enumerate(texts, 1)]


def grid(rows: list[list[str | None]], keeps: str = "columns", layout: str = "html") -> Grid:
    cells = [tuple(None if text is None else Cell(text, "T1") for text in row) for row in rows]
    return Grid(tuple(cells), keeps, layout)


def test_lines_are_cut_where_a_label_follows_a_value():
    assert rows_of(*lines("予以公开", "1", "2", "部分公开", "3")) == [(["予以公开"], ["1", "2"]), (["部分公开"], ["3"])]


@pytest.mark.parametrize("text", ["予以公开 1 2", "予以公开  1  2"])
def test_a_line_may_hold_a_label_and_its_numbers(text):
    assert rows_of(*lines(text)) == [(["予以公开"], ["1", "2"])]


def test_lines_count_only_where_they_may():
    assert rows_of(*lines("予以公开", "1"), with_lines=False) == []


def test_a_line_of_prose_is_no_label():
    assert rows_of(*lines("公" * 121, "1")) == [([], ["1"])]


def test_a_row_of_a_grid_keeps_the_columns_of_its_values():
    [row] = split_rows(Section(3, None, (grid([["三", "予以公开", "1", None, ""]]),)), False)
    assert (row.columns, row.label_column, row.numbers(), row.keeps_blanks()) == ((2, 4), 1, 1, True)


def test_a_row_with_a_label_behind_a_value_is_cut():
    assert rows_of(grid([["予以公开", "1", "部分公开", "2"]])) == [(["予以公开"], ["1"]), (["部分公开"], ["2"])]


def test_names_are_the_last_labels_joined():
    row = make_row(3, [Cell("本年度办理", ""), Cell("", ""), Cell("结果", "")], [], None)
    assert (row.keys, row.names) == (("本年度办理", "结果"), ("结果", "本年度办理结果"))
