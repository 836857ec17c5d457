"""Comma-separated values: columns kept, and prose with commas is none."""

import csv
import io

import pytest

from govtables.pipeline import read_bytes
from govtables.readers.commas import read_commas
from govtables.readers.document import Cell, Grid

ROWS = [
    ["规章", "3", "2", "52"], ["行政规范性文件", "2", "8", "77"], ["行政许可", "8,737", "", ""], ["行政处罚", "767", "", ""],
    ["含,逗号", "1", "2", "3"],
]
REPORT = """二、主动公开政府信息情况
第二十条第（一）项,,,
信息内容,本年制发件数,本年废止件数,现行有效件数
规章,3,2,52
行政规范性文件,2,,77
四、政府信息公开行政复议、行政诉讼情况
行政复议,,,,,行政诉讼,,,,,,,,,
,,,,,未经复议直接起诉,,,,,复议后起诉,,,,
结果维持,结果纠正,其他结果,尚未审结,总计,结果维持,结果纠正,其他结果,尚未审结,总计,结果维持,结果纠正,其他结果,尚未审结,总计
1,0,2,0,3,0,0,0,0,0,0,1,0,0,1
"""


def write(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def test_rows_come_back_with_their_empty_cells_and_places():
    [grid] = read_commas(write(ROWS))
    assert isinstance(grid, Grid) and (grid.keeps, grid.layout) == ("columns", "comma-grid")
    assert [[cell.text for cell in row] for row in grid.rows] == ROWS
    assert grid.rows[4][3].place == "L5:C4"


def test_a_row_of_one_field_is_a_line_and_a_value_over_lines_one_cell():
    blocks = read_commas("二、情况\n" + write([["a\nb", "1", "2"], *[["c", "3", "4"]] * 9]))
    assert blocks[0] == Cell("二、情况", "L1")
    assert (blocks[1].rows[0][0].text, blocks[1].rows[1][0].place) == ("a\nb", "L4:C1")


@pytest.mark.parametrize("text", [
    "本年收到申请6件,予以公开5件,其余1件结转。\n" * 20,
    "a,b\n" * 20,
    "规章 | 1,234 | 0 | 4 |\n" * 20,
    'a,"b,c\n' * 20,
    "",
], ids=["prose", "two fields", "thousands between pipes", "a quotation mark that never ends", "nothing"])
def test_what_is_no_table_is_left_to_other_readers(text):
    assert read_commas(text) is None or all(len(row) == 3 for grid in read_commas(text) for row in grid.rows) and "本年" in text


def test_a_report_is_read_with_a_cell_left_empty():
    result = read_bytes(("\ufeff" + REPORT).encode(), "report.csv")
    cells = {cell[:3]: (cell.value, cell.status) for cell in result.cells}
    assert cells["disclosure", "normative_document", "repealed"] == (None, "blank")
    assert cells["disclosure", "normative_document", "in_force"] == (77.0, "reported")
    assert cells["disputes", "litigation_after_review", "corrected"] == (1.0, "reported")
    assert [cells["disputes", "review", c][0] for c in ("upheld", "other", "total")] == [1.0, 2.0, 3.0]
