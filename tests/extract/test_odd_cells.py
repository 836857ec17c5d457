"""Texts under the headers of columns are values, whatever they say; labels of rows stay labels."""

import pytest

from govtables.extract.odd_cells import find_odd, find_odd_items
from govtables.forms import collect_wording
from govtables.readers import Cell, Grid

WORDING = collect_wording(())
DISPUTES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
REQUESTS = ["", "自然人", "商业企业", "总计"]


def odd_in(*rows: list[str | None]) -> list[list[int]]:
    cells = tuple(tuple(None if text is None else Cell(text, "T1") for text in row) for row in rows)
    return [sorted(at) for at in find_odd(Grid(cells, "columns", "html"), WORDING)]


@pytest.mark.parametrize("text", ["约12", "待定", "12.", "甲1乙"])
def test_a_text_under_a_header_is_a_value(text):
    assert odd_in(DISPUTES, [text, "0", "0", "0", "3"]) == [[], [0]]
    assert odd_in(REQUESTS, ["予以公开", "1", text, "3"]) == [[], [2]]


def test_a_text_beside_a_known_label_is_a_value_though_no_number_stands_in_the_row():
    assert odd_in(["信息内容", "本年处理决定数量"], ["行政处罚", "约12"]) == [[], [1]]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((REQUESTS, ["完全不同", "1", "2", "3"]), id="a label that is not known"),
        pytest.param((["自然人", "商业企业", "总计", ""], ["予以公开", "1", "2", "3"], ["预以公幵", "1", "2", "3"]), id="a header moved over the labels"),
        pytest.param((DISPUTES, ["未经复议直接起诉", None, "复议后起诉", None, None]), id="headers below headers"),
        pytest.param((DISPUTES, ["注见附件", "", "", "", ""]), id="a row without numbers"),
        pytest.param((REQUESTS, ["(七)总计", "1", "2", "3"], ["四结转", "1", "2", "3"]), id="a total that is a row and a column"),
    ],
)
def test_labels_stay_labels(rows):
    assert not any(odd_in(*rows))


def test_each_block_has_its_own_header():
    assert odd_in(["信息内容", "本年处理决定数量"], ["行政许可", "1"], DISPUTES, ["待定", "0", "0", "0", "3"])[-1] == [0]


@pytest.mark.parametrize(
    ("texts", "odd"),
    [
        (["行政许可", "12.", "行政处罚", "3"], [1]),
        (["(三)不予公开", "1.", "属于国家秘密", "3"], []),
        (["结果维持", "总计", "1.", "2.", "3."], [2, 3, 4]),
        (["行政许可", "(略)", "行政处罚", "3"], [1]),
        (["行政许可", "（件）", "行政处罚", "3"], []),
        (["部分公开", "(区分处理的,只计这一情形)", "行政处罚", "3"], []),
        (["部分公开", "(略)", "1", "2"], []),
    ],
)
def test_numbers_of_items_stand_before_labels(texts, odd):
    assert sorted(find_odd_items([Cell(text, "L1") for text in texts], WORDING)) == odd
