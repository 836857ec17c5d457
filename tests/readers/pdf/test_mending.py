"""Tables made whole: missing borders are put back where values stand on both sides, parts on several pages joined."""

import pytest

from tests.readers.pdf.printing import MERGED, grids, make, plain, table, text

ALIKE = {
    "border missing between numbers": (table(MERGED, skip={("v", 2, 2)}), MERGED),
    "border missing between rows": (table(["a | 1", "b | 2", "c | 3"], skip={("h", 1, 1)}), ["a | 1", "b | 2", "c | 3"]),
    "border missing beside a label": (table(["甲 | 1 | 2", "乙 | 3 | 4"], skip={("v", 1, 1)}), ["甲 | 1 | 2", "乙 | 3 | 4"]),
    "border missing between items": (table(["1.甲 | 1", "2.乙 | 3"], skip={("h", 1, 0)}), ["1.甲 | 1", "2.乙 | 3"]),
    "border missing between wide items": (
        table(["1.甲 | < | 1", "2.乙 | < | 3", "a | b | 5"], skip={("h", 1, 0), ("h", 1, 1)}),
        ["1.甲 | < | 1", "2.乙 | < | 3", "a | b | 5"],
    ),
    "wrapped label beside numbers": (table(["1.申请人无/n正当理由 | 1 | 5"], high=40), ["1.申请人无/n正当理由 | 1 | 5"]),
}
HEAD = ["组 | 项目 | 企业 | 总计"]
UPPER = ["一、新收 | < | 4 | 4", "三、结果 | (一)予以公开 | 1 | 1"]
LOWER = [" | (七)总计 | 3 | 3", "四、结转 | < | 0 | 0"]
WHOLE = ["组 | 项目 | 企业 | 总计", "一、新收 | ~ | 4 | 4", "三、结果 | (一)予以公开 | 1 | 1", "~ | (七)总计 | 3 | 3", "四、结转 | ~ | 0 | 0"]
FOOT = [text(290, 30, "- 1 -"), text(60, 810, "某市2022年政府信息公开工作年度报告")]


@pytest.mark.parametrize("name", ALIKE)
def test_a_border_that_is_missing_is_put_back(name):
    draw, rows = ALIKE[name]
    assert grids(make(draw)) == [plain(rows)]


@pytest.mark.parametrize(
    ("second", "edges"),
    [
        pytest.param(LOWER, None, id="header not repeated"),
        pytest.param(HEAD + LOWER, None, id="header repeated"),
    ],
)
def test_a_table_over_a_page_break_is_one(second, edges):
    data = make([table(HEAD + UPPER, y=120, edges=edges), *FOOT], [table(second, y=780), *FOOT])
    assert grids(data) == [WHOLE]


def test_a_part_with_fewer_columns_joins():
    lower = ["四、结转 | 0 | 0"]
    data = make([table(HEAD + UPPER, y=120)], [table(lower, y=780, edges=[60, 200, 270, 340])])
    assert grids(data) == [[*WHOLE[:3], "四、结转 | ~ | 0 | 0"]]


def test_a_page_shifted_sideways_joins():
    data = make([table(HEAD + UPPER, y=120)], [table(LOWER, y=780, x=75)])
    assert grids(data) == [WHOLE]


def test_other_columns_do_not_join():
    data = make([table(HEAD + UPPER, y=120)], [table(["甲 | 1"], y=780)])
    assert len(grids(data)) == 2


def test_prose_between_keeps_tables_apart():
    data = make([table(HEAD + UPPER, y=120)], [text(60, 780, "四、政府信息公开行政复议、行政诉讼情况"), table(LOWER, y=740)])
    assert len(grids(data)) == 2


@pytest.mark.parametrize("above", [True, False], ids=["numbers above", "numbers below"])
def test_a_row_cut_by_the_page_is_one(above):
    label = ["2.申请人逾期未按收费通知要求缴纳费用、", "行政机关不再处理其政府信息公开申请"]
    numbers = ["5 | 6", " | "] if above else [" | ", "5 | 6"]
    data = make(
        [table(["1.重复申请 | 1 | 2", f"{label[0]} | {numbers[0]}"], y=120, edges=[60, 300, 350, 400])],
        [table([f"{label[1]} | {numbers[1]}", "3.其他 | 7 | 8"], y=780, edges=[60, 300, 350, 400])],
    )
    assert grids(data) == [["1.重复申请 | 1 | 2", f"{label[0]}/n{label[1]} | 5 | 6", "3.其他 | 7 | 8"]]


def test_a_label_that_stands_below_its_numbers_as_a_whole_is_theirs():
    data = make([table(["规章 | 1 | 2", " | 5 | "], y=120)], [table(["行政规范性/n文件 |  | ", "其他 | 7 | 8"], y=780)])
    assert grids(data) == [["规章 | 1 | 2", "行政规范性/n文件 | 5 | ", "其他 | 7 | 8"]]


def test_rows_that_only_look_cut_stay_two():
    numbered = make([table([" | 3 | 4"], y=60)], [table(["行政规范性文件 | 5 | "], y=780)])
    assert grids(numbered) == [[" | 3 | 4", "行政规范性文件 | 5 | "]]
    data = make([table(["规章 |  | "], y=60)], [table(["行政规范性文件 | 5 | 6"], y=780)])
    assert grids(data) == [["规章 |  | ", "行政规范性文件 | 5 | 6"]]


def test_a_header_at_the_foot_of_a_page_takes_no_row_in():
    upper, lower = ["规章 | 1 | 2 | 3", "信息内容 | 采购项目 | 采购金额 | <"], ["政府采购 | 1 |  | <"]
    assert grids(make([table(upper, y=100)], [table(lower, y=780)])) == [plain(upper + lower)]


def test_a_header_cut_by_the_page_is_one():
    upper, lower = ["行政复议 | < | < | 行政诉讼", "结果 | 其他 | 总计 | 未经"], ["维持 | 结果 |  | 复议", "1 | 2 | 3 | 4"]
    data = make([table(upper, y=100)], [table(lower, y=780)])
    assert grids(data) == [["行政复议 | ~ | ~ | 行政诉讼", "结果/n维持 | 其他/n结果 | 总计 | 未经/n复议", "~ | ~ | ~ | ~", "1 | 2 | 3 | 4"]]


def test_blanks_below_a_header_at_the_foot_of_a_page_stay_blank():
    data = make([table(["结果维持 | 结果纠正 | 总计"], y=60)], [table([" |  | 0"], y=780)])
    assert grids(data) == [["结果维持 | 结果纠正 | 总计", " |  | 0"]]


def test_a_blank_value_at_the_top_of_a_page_stays_blank():
    data = make([table(["规章 | 3 | 4"], y=60)], [table(["行政规范性文件 |  | 6"], y=780)])
    assert grids(data) == [["规章 | 3 | 4", "行政规范性文件 |  | 6"]]
