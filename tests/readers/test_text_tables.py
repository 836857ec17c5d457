"""Tables in text: with commas, drawn with corners and rules, of TeX, and flows of labels and numbers."""

import csv
import io

import pytest

from govtables.pipeline import read_bytes
from govtables.readers.document import Cell, Grid
from govtables.readers.text_tables import read_commas, read_drawn, read_line, untex

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


def show(text: str) -> list[str]:
    """Rows with cells divided by `/`; what a span covers is `·`."""
    _, blocks = read_drawn(list(enumerate(text.strip("\n").split("\n"), 1)), 0)
    return ["/".join("·" if cell is None else cell.text for cell in row) for grid in blocks for row in grid.rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("+----+---+\n| 规 | 1 |\n| 章 |   |\n+====+===+\n| 乙 | 2 |\n+----+---+", ["规章/1", "乙/2"], id="wrapped"),
        pytest.param("+---+---+\n| a | 1 |\n| b | 2 |\n+---+---+", ["a/1", "b/2"], id="a rule around rows"),
        pytest.param("+---+---+\n| a | 1 |\n+---+---+\n| b |   |\n+---+---+", ["a/1", "b/"], id="blank"),
        pytest.param("+---+---+\n| a     |\n+---+---+\n| b | 1 |\n+---+---+", ["a/·", "b/1"], id="over columns"),
        pytest.param(
            "+---+---+\n| a | 1 |\n|   +---+\n| b | 2 |\n+---+---+", ["ab/1", "·/2"], id="over rows, the label goes on"
        ),
        pytest.param("+----+---+\n| +1 | | |\n+----+---+", ["+1/|"], id="signs inside"),
        pytest.param("+-----+---+\n| “规”| 1 |\n+-----+---+", ["“规”/1"], id="narrow quotes"),
        pytest.param("+-------+---+\n| “规”| 1 |\n+-------+---+", ["“规”/1"], id="wide quotes"),
        pytest.param("+---+---+\n| a | 33 |\n+---+---+", [], id="edges that meet no corner"),
        pytest.param("+---+---+\n| a | 1 |", [], id="no end"),
    ],
)
def test_a_drawn_table_keeps_its_columns(text, rows):
    assert show(text) == rows


def test_places_are_lines_and_columns():
    _, [grid] = read_drawn([(7, "+---+---+"), (8, "| a | 1 |"), (9, "+---+---+")], 0)
    assert [cell.place for cell in grid.rows[0]] == ["L8:C1", "L8:C2"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("a & 1 \\\\\nb & 2 \\\\", "a | 1 |\nb | 2 |", id="rows"),
        pytest.param("a &\n1 \\\\", "a | 1 |\n", id="a row over lines"),
        pytest.param("\\multicolumn{2}{l}{a} & 1 \\\\", "a | 1 |", id="a span"),
        pytest.param("prose & more", "prose & more", id="no row"),
    ],
)
def test_rows_of_tex_have_pipes(text, read):
    assert untex(f"\\begin{{tabular}}\n{text}") == f"\\begin{{tabular}}\n{read}"
    assert untex(text) == text


@pytest.mark.parametrize(
    ("line", "flow"),
    [
        pytest.param("规章 0 0 6 行政规范性文件 1 2 3 行政许可 7", True, id="labels behind numbers"),
        pytest.param("（一）予以公开的申请数量 其中 1 2 3 4 5 6 21", False, id="one row"),
        pytest.param("12   11     9     8   40    0      6   3      5    14", False, id="numbers alone"),
        pytest.param("四、复议诉讼情况 行政复议 总计 &nbsp;0&nbsp; &nbsp;1&nbsp; &nbsp;2&nbsp;", True, id="entities"),
        pytest.param("本年度收到申请12件，办结11件，其中予以公开9件，部分公开1件，不予公开1件。", False, id="prose"),
    ],
)
def test_a_flow_has_several_rows_in_a_line(line, flow):
    [block] = read_line(1, line)
    assert isinstance(block, Grid) is flow
