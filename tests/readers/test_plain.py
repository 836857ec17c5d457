"""Plain-text layouts to prose and grids: a few lines in, rows of cells out."""

import pytest

from govtables.readers.document import Cell, Grid
from govtables.readers.plain import read_text


def show(blocks: tuple) -> list:
    """Prose as text, a grid as what it keeps and its rows, cells divided by `/`."""
    return [
        b.text if isinstance(b, Cell) else (b.keeps, ["/".join(c.text for c in row) for row in b.rows])
        for b in blocks
    ]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("规章\n\n0\n\n6\n", ["规章", "0", "6"], id="lines"),
        pytest.param("规章 | 0 | 6 |", [("rows", ["规章/0/6"])], id="pipe row"),
        pytest.param(
            "| 规章 | 0 | 6 |\n| 行政许可 | 7 | |", [("rows", ["规章/0/6", "行政许可/7/"])], id="leading pipe"
        ),
        pytest.param("规章 | 0\n行政许可 | 7 |", [("rows", ["规章/0", "行政许可/7"])], id="no trailing pipe"),
        pytest.param("规章 |  | 6 |", [("rows", ["规章//6"])], id="blank cell"),
        pytest.param("规章｜0│6┃", [("rows", ["规章/0/6"])], id="other bars"),
        pytest.param(
            "| 项 | 数 |\n|---|:---:|\n| 规章 | 6 |", [("columns", ["项/数", "规章/6"])], id="markdown"
        ),
        pytest.param("规章 |\n0 |\n6 |", [("cells", ["规章/0/6"])], id="cell a line"),
        pytest.param("规章 |\n|||\n0 |\n||", [("cells", ["规章/0"])], id="remnants of spans"),
        pytest.param("规章\n|\n0\n|\n6\n|", [("cells", ["规章/0/6"])], id="bar between cells"),
        pytest.param(
            "自然人 |\n商业\n企业 |\n科研\n机构 |\n",
            [("cells", ["自然人/商业企业/科研机构"])],
            id="cell over lines",
        ),
        pytest.param("规章\t0\t\t6", [("columns", ["规章/0//6"])], id="tab grid"),
        pytest.param(
            "规章\t0\n\n行政许可\t7", [("columns", ["规章/0", "行政许可/7"])], id="tab grid with a gap"
        ),
        pytest.param(
            "\t规章\n\t0\n\t\n\n\t行政许可\n\t7\n",
            [("rows", ["规章/0/", "行政许可/7"])],
            id="tab opens a cell",
        ),
        pytest.param(
            "\t商业\n企业\n\t科研\n机构\n",
            [("rows", ["商业企业/科研机构"])],
            id="tab opens a cell over lines",
        ),
        pytest.param(
            "规章 0 0 6 行政规范性文件 1 2 3 行政许可 7",
            [("cells", ["规章/0/0/6/行政规范性文件/1/2/3/行政许可/7"])],
            id="flow",
        ),
        pytest.param(
            "全年公开12条。\n规章 | 0 |\n合计 | 6 |\n培训2次。",
            ["全年公开12条。", ("rows", ["规章/0", "合计/6"]), "培训2次。"],
            id="prose around",
        ),
        pytest.param(
            "规章 |\n0 |\n收到和处理政府信息公开申请情况\n2.重复申请\n|\n0 |\n",
            [("cells", ["规章/0"]), "收到和处理政府信息公开申请情况", ("cells", ["2.重复申请/0"])],
            id="an item goes on no line before it",
        ),
        pytest.param("规章\n\n- 4 -\n\n0\n— 5 —\n第 6 页 共 9 页\n6", ["规章", "0", "6"], id="page numbers"),
        pytest.param(
            "规章 | 0 |\r\n合计 | 6 |\r行政许可 | 7 |",
            [("rows", ["规章/0", "合计/6", "行政许可/7"])],
            id="line ends",
        ),
        pytest.param("", [], id="nothing"),
        pytest.param("\n \n\u3000\n", [], id="blank lines"),
        pytest.param("|\n" + "|" * 400 + "\n", [], id="bars alone"),
    ],
)
def test_layout(text, blocks):
    assert [
        block
        for block in show(read_text(text))
        if block not in (("rows", []), ("cells", []), ("cells", [""]))
    ] == blocks


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("全年。\n\n规章\n0", {"规章": "L3", "0": "L4"}, id="lines"),
        pytest.param("全年。\n规章 | 0 | 6 |", {"规章": "L2:C1", "0": "L2:C2", "6": "L2:C3"}, id="pipe row"),
        pytest.param("| 规章 | 0 |", {"规章": "L1:C1", "0": "L1:C2"}, id="leading pipe"),
        pytest.param("规章 |\n0 |\n6 |", {"规章": "L1", "0": "L2", "6": "L3"}, id="cell a line"),
        pytest.param("规章\t\t0", {"规章": "L1:C1", "": "L1:C2", "0": "L1:C3"}, id="tab grid"),
        pytest.param("\t规\n章\n\t0", {"规章": "L1", "0": "L3"}, id="tab opens a cell"),
    ],
)
def test_places(text, places):
    cells = [
        c
        for b in read_text(text)
        for c in ([b] if isinstance(b, Cell) else [c for row in b.rows for c in row])
    ]
    assert {cell.text: cell.place for cell in cells if cell.text != "全年。"} == places


@pytest.mark.parametrize(
    "text", ["字" * 300_000, "| " * 50_000, "\t" * 100_000, "0 " * 100_000, "\n" * 100_000, "规章\n" * 20_000]
)
def test_a_strange_text_is_read_in_time(text):
    assert all(isinstance(block, Cell | Grid) for block in read_text(text))
