"""Whole reports: the generation, local aliases, rows printed twice."""

import pytest
from extract.lossy_tables import COLUMNS, ROWS, in_lines, make_table, match_lines, print_table

from govtables.extract.match import Match, match_form, tell_layout
from govtables.forms import Alias
from govtables.pipeline.steps import read_printed
from govtables.readers import Cell, Grid, Section
from govtables.records import PRINTED_TWICE


def repeated(found: Match) -> set[tuple[str, str]]:
    return {(one.table, one.row) for one in found.findings if one.kind == PRINTED_TWICE}


def test_a_whole_table():
    truth = make_table(3)
    found = match_lines(in_lines(truth))
    values = {(cell.row, cell.column): cell.value for cell in found.cells if cell.table == "requests"}
    assert values == {(row.code, c): n for row in ROWS for c, n in zip(COLUMNS, truth[row.code], strict=True)}
    assert (found.generation, repeated(found), tell_layout(found)) == ("2021", set(), "lines")
    assert {cell.status for cell in found.cells if cell.table == "disputes"} == {"absent"}


def test_nothing_is_matched_in_prose():
    found = match_lines("一、总体情况\n2022年,我局公开信息12条。")
    assert (found.cells, found.rows, found.generation) == ([], [], None)


def test_a_row_printed_twice_with_different_numbers_is_told_as_data():
    truth = make_table(3)
    row = next(row for row in ROWS if row.code == "granted")
    again = "\n".join([row.label, *["8"] * 6, "48"])
    found = match_lines(f"{in_lines(truth)}\n{again}")
    assert repeated(found) == {("requests", "granted")}
    assert {cell.status for cell in found.cells if cell.row == "granted"} == {"unreadable"}


def test_a_row_printed_twice_alike_is_read():
    truth = make_table(3)
    row = next(row for row in ROWS if row.code == "granted")
    again = "\n".join([row.label, *map(str, truth["granted"])])
    assert repeated(match_lines(f"{in_lines(truth)}\n{again}")) == set()


def test_a_local_alias_is_said_in_the_reason():
    row = next(row for row in ROWS if row.code == "granted")
    text = in_lines(make_table(3)).replace(row.label, "全部给予答复")
    found = match_lines(text, (Alias("requests", "row", "granted", "全部给予答复"),))
    reasons = {cell.reason for cell in found.cells if cell.row == "granted"}
    assert reasons == {"row label '全部给予答复' is a local alias"}
    assert not any(cell.reason for cell in found.cells if cell.row == "partially_granted")


@pytest.mark.parametrize("mark", [".", "、", "．"])
def test_numbers_that_look_like_items_are_no_table_that_is_not_printed(mark):
    line = " | ".join(f"{n}{mark}" for n in (0, 0, 0, 39, 39))
    heads = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"
    text = f"{print_table(make_table(3))}\n\n四、政府信息公开行政复议、行政诉讼情况\n\n| {heads} |\n|---|---|---|---|---|\n| {line} |\n"
    report = read_printed(text.encode(), "a.md")
    cells = [cell for cell in report.cells if cell.table == "disputes"]
    assert {cell.status for cell in cells} == {"unreadable"} and "as items have it" in cells[0].reason
    assert [one.kind for one in report.findings if one.table == "disputes"] == ["unreadable"]


def test_heads_that_end_with_that_of_the_labels_cost_no_table():
    """The head of the labels stands behind the others: numbers are told by count, and spent once."""
    rows = [
        ["本年制发件数", "本年废止件数", "现行有效件数", "信息内容"], ["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", "6"],
        ["信息内容", "本年处理决定数量", "本年处理决定数量", "本年处理决定数量"], ["行政许可", "7", "", ""],
    ]
    cells = (tuple(Cell(text, f"T1:R{r}:C{c}") for c, text in enumerate(row)) for r, row in enumerate(rows))
    found = match_form((Section(2, Cell("二、主动公开政府信息情况", "L1"), (Grid(tuple(cells), "columns", "markdown"),)),))
    assert [cell.value for cell in found.cells if cell.row == "normative_document"] == [4, 5, 6]
