"""What printed texts of a table are spent as: numbers that are left over end absence, in the row that they may belong to."""

import pytest

from govtables.extract.ledger import in_print_order, spend
from govtables.extract.row_matching import MatchedRows, match_rows
from govtables.extract.rows import split_rows
from govtables.extract.sections import split_sections
from govtables.forms import form
from govtables.pipeline.steps import read_printed
from govtables.readers import Cell, Grid, Section, open_document
from govtables.records import CellRow, Spent, Token

TEXT = """二、主动公开政府信息情况
第二十条第(六)项 | |||
信息内容 | 本年处理决定数量 | ||
行政处罚 | 46 | ||
"""


def matched_rows(text: str) -> tuple[MatchedRows, list]:
    *_, section = split_sections(open_document(text.encode(), "a.txt"))
    rows = list(split_rows(section, with_lines=True))
    return match_rows(form("2021"), "disclosure", rows), rows


def cell(row: str, value: float | None, status: str, raw: str | None, place: str | None) -> CellRow:
    return CellRow("disclosure", row, "decisions", value, status, raw, None, place)


@pytest.mark.parametrize(
    ("taken", "status", "left"), [(True, "absent", []), (False, "unreadable", ["46"])], ids=["spent on its cell", "spent on none"]
)
def test_a_row_is_absent_only_if_no_number_is_left(taken, status, left):
    matched, rows = matched_rows(TEXT)
    if taken:
        matched.spend(rows[-1].values[0], "penalty", "decisions")
    cells = [cell("penalty", 46.0, "reported", "46", "L4:C2"), cell("coercion", None, "absent", None, None)]
    made, tokens = spend(matched, rows, cells)
    over = [token.text for token in tokens if token.spent == Spent.LEFT_OVER]
    assert ([one.status for one in made], over) == (["reported", status], left)
    assert [note.kind for note in matched.findings] == ["left_over"] * bool(left)


def spent(text: str, name: str = "a.txt") -> list[tuple]:
    report = read_printed(text.encode(), name)
    assert report.error is None
    return [(one.text, str(one.spent), one.row, one.column) for one in report.ledger]


def test_each_text_says_what_it_became():
    text = """二、主动公开政府信息情况
详见下表：
第二十条第(一)项
单位：件
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 1 | / | 3
自查文件 | 5 | 6 | 7
"""
    columns, extra = ["issued", "repealed", "in_force"], "extra.自查文件"
    heads = zip(("本年制发件数", "本年废止件数", "现行有效件数"), columns, strict=True)
    values = [(text, "cell", "regulation", column) for text, column in zip(("1", "/", "3"), columns, strict=True)]
    assert spent(text) == [
        ("详见下表：", "note", None, None), ("第二十条第(一)项", "label", "article_20_1", None), ("单位：件", "unit", None, None),
        ("信息内容", "header", None, None), *[(head, "header", None, column) for head, column in heads],
        ("规章", "label", "regulation", None), *values,
        ("自查文件", "label", extra, None), *[(text, "cell", extra, column) for text, column in zip("567", columns, strict=True)],
    ]


def test_a_head_of_several_lines_or_words_is_a_header():
    page = PAGE.replace("本年制发件数", "本年<br>制发<br>件数").replace("本年废止件数", "本年 废止件数")
    found = spent(page.format(KNOWN), "a.html")
    assert found[:4] == [
        ("信息内容", "header", None, None), ("本年\n制发\n件数", "header", None, "issued"), ("本年 废止件数", "header", None, "repealed"),
        ("现行有效件数", "header", None, "in_force"),
    ]


PAGE = "<p>二、主动公开政府信息情况</p><table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>{}</table>"
KNOWN = "<tr><td>行政规范性文件</td><td>1</td><td>2</td><td>3</td></tr>"


@pytest.mark.parametrize("glued", ["规章6", "规章：6", "规章 6 7 8", "规章6件", "规\n章：1,206"])
def test_numbers_glued_to_the_label_of_a_row_that_is_not_there_are_left_over_in_that_row_alone(glued):
    report = read_printed(PAGE.format(f"<tr><td>{glued}</td></tr>{KNOWN}").encode(), "a.html")
    statuses = {(one.row, one.status) for one in report.cells if one.table == "disclosure"}
    assert {("regulation", "unreadable"), ("normative_document", "reported"), ("licence", "absent")} <= statuses
    assert [note.kind for note in report.findings if note.table] == ["left_over"]
    assert [one.row for one in report.ledger if one.spent == Spent.LEFT_OVER] == ["regulation"]


@pytest.mark.parametrize("harmless", ["规章", "行政规范性文件3件", "注：本表由12个单位汇总。", "表1", "2022年"])
def test_words_with_numbers_that_name_no_missing_row_are_notes(harmless):
    report = read_printed(PAGE.format(f"{KNOWN}<tr><td>{harmless}</td></tr>").encode(), "a.html")
    assert [note for note in report.findings if note.kind == "left_over"] == []
    assert not any(one.spent == Spent.LEFT_OVER for one in report.ledger)


@pytest.mark.parametrize("hidden", ["#####", "#REF!", "#VALUE!", "###"])
def test_what_a_workbook_prints_in_place_of_a_number_ends_absence(hidden):
    head = "<tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr>"
    text = f"<p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr><td colspan=5>行政复议</td></tr>{head}"
    values = f"<tr>{f'<td>{hidden}</td>' * 5}</tr>"
    report = read_printed(f"{PAGE.format(KNOWN)}{text}{values}</table>".encode(), "a.html")
    assert {one.status for one in report.cells if (one.table, one.row) == ("disputes", "review")} == {"unreadable"}


def test_a_table_that_is_printed_again_is_a_note_and_one_that_differs_is_left_over():
    for again, as_ in (("3", "note"), ("4", "left_over")):
        other = KNOWN.replace("<td>3</td>", f"<td>{again}</td>")
        found = spent(PAGE.format(KNOWN) + PAGE.format(other).partition("</p>")[2], "a.html")
        assert [one[1] for one in found if one[0] == again and one[2] == "normative_document"][-1] == as_


def test_texts_of_all_tables_stand_as_printed():
    words = Cell("规章 1", "L2")
    grid = Grid(((Cell("a", "T1:R1:C1"), None, Cell("b", "T1:R1:C2")),), "columns", "html")
    tokens = [Token(place, "", "cell", "disclosure") for place in ("T1:R1:C2", "L2:C2", "T1:R1:C1", "L2:C1")]
    order = in_print_order(tokens, [Section(2, None, (words, grid))])
    assert [one.place for one in order] == ["L2:C2", "L2:C1", "T1:R1:C1", "T1:R1:C2"]
