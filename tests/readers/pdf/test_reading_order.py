"""Lines in the order of reading: running lines, paragraphs, rows without rules."""

import pytest

from govtables.language import read_number
from tests.readers.pdf.printing import FEES, lines, make, table, text

HEAD = ["组 | 项目 | 企业 | 总计"]
UPPER = ["一、新收 | < | 4 | 4", "三、结果 | (一)予以公开 | 1 | 1"]
LOWER = [" | (七)总计 | 3 | 3", "四、结转 | < | 0 | 0"]
FOOT = [text(290, 30, "- 1 -"), text(60, 810, "某市2022年政府信息公开工作年度报告")]
ROWS = ["规章 | 0 | 3", "行政许可 | 12 | 5", "行政处罚 | 345 | 7"]


def test_running_lines_are_told_once_and_page_numbers_not():
    data = make([table(HEAD + UPPER, y=120), *FOOT], [table(LOWER, y=780), text(60, 500, "注:完。"), *FOOT], [text(60, 600, "末"), *FOOT])
    assert lines(data) == ["某市2022年政府信息公开工作年度报告", "注:完。", "末"]


def test_broken_lines_of_a_paragraph_are_joined_and_headings_not():
    wide = "各单位认真贯彻落实条例要求全年共收到政府信息公开申请一百六十六件其中自然人提出的有十"
    data = make([text(78, 700, wide), text(60, 684, "二件。"), text(60, 668, "二、主动公开政府信息情况"), text(78, 652, "见下表。")])
    assert lines(data) == [f"{wide}二件。", "二、主动公开政府信息情况", "见下表。"]


def test_tables_without_rules_are_lines_whose_cells_stand_apart():
    data = make([text(x, 700 - 20 * r, words) for r, row in enumerate(FEES) for x, words in zip((60, 200), row.split(" | "), strict=True)])
    assert lines(data) == ["信息内容  本年收费", "行政许可  12", "行政处罚  345"]


def loose(rise, labels=None, apart=20.0):
    """Rows without rules whose numbers stand `rise` above the base line of their labels; `labels` in place of their own."""
    rows = [row.split(" | ") for row in ROWS]
    words = [text(60, 700 - apart * r, label) for r, (label, *_) in enumerate(rows)] if labels is None else labels
    spots = [(r, x, value) for r, row in enumerate(rows) for x, value in zip((200, 260), row[1:], strict=True)]
    return make(words + [text(x, 700 - apart * r + rise, value) for r, x, value in spots])


@pytest.mark.parametrize("rise", [0.0, 3.0, -3.0, 6.0])
def test_numbers_above_or_below_the_height_of_their_label_stand_in_its_row(rise):
    assert lines(loose(rise)) == [row.replace(" | ", "  ") for row in ROWS]


def test_numbers_between_two_lines_of_a_label_stand_in_its_row():
    labels = [text(60, 700 - 40 * r + off, word) for r, row in enumerate(ROWS) for off, word in ((6, row.split(" | ")[0]), (-6, "（件）"))]
    read = lines(loose(0.0, labels, apart=40.0))
    assert [line.replace(" （件）", "").replace("（件） ", "") for line in read] == [row.replace(" | ", "  ") for row in ROWS]


def test_numbers_on_the_height_of_their_group_are_those_of_the_label_between():
    labels = [text(60, 700, "（六）其他处理"), text(130, 707, "2.逾期未按收费通知"), text(130, 693, "要求缴纳费用"), text(130, 660, "3.其他")]
    data = make([*labels, *[text(x, y, value) for y, row in ((700, "04"), (660, "56")) for x, value in zip((260, 300), row, strict=True)]])
    assert [line.split() for line in lines(data)] == [["2.逾期未按收费通知", "要求缴纳费用", "0", "4"], ["（六）其他处理"], ["3.其他", "5", "6"]]


def test_a_number_on_the_height_of_its_label_and_others_above_stand_in_one_row():
    row = [text(60, 700, "行政许可"), text(260, 700, "增5"), text(200, 703, "24"), text(320, 703, "0")]
    data = make([*row, text(60, 684, "行政处罚"), text(200, 687, "1")])
    assert lines(data) == ["行政许可  24  增5  0", "行政处罚  1"]


def test_numbers_as_near_to_the_next_label_as_to_their_own_give_no_number():
    read = lines(loose(9.0, apart=18.0))
    assert not [word for line in read for word in line.split() if (known := read_number(word)) and known.status == "reported"][2:]


def test_rows_without_rules_are_not_joined_to_a_paragraph():
    wide = "其他对外管理服务事项的处理决定数量其他对外管理服务事项的处理决定数量"
    data = make([text(x, y, words) for y in (700, 686) for x, words in ((60, wide), (525, "12"))])
    assert lines(data) == [f"{wide}  12"] * 2


def test_words_that_stand_half_beside_each_other_are_one_line_from_the_left():
    header = [text(60, 700, "信息内容"), text(160, 696, "本年制发件数"), text(260, 703, "本年废止件数"), text(360, 697, "现行有效件数")]
    row = [text(60, 670, "规章"), text(180, 672, "1"), text(280, 667, "2"), text(380, 670, "3")]
    assert lines(make(header + row)) == ["信息内容  本年制发件数  本年废止件数  现行有效件数", "规章  1  2  3"]
