"""Units around cells: which speaks of which column, the nearest first, and what is said where two differ."""

import pytest

from govtables.extract.labelled_tables import match_labelled
from govtables.extract.rows import make_row
from govtables.extract.units import HEADER, LABEL, LINE, Said, find_caption, read_cell, tell_astray, tell_differing
from govtables.forms import form
from govtables.readers import Cell

FORM = form("2021")
AMOUNT = FORM.columns["disclosure", "fees"][0]
DECISIONS = FORM.columns["disclosure", "penalties"][0]


def match_fee(labels: list[str], printed: str, captions: tuple[str, ...] = ()):
    rows = [make_row(2, [Cell(text, "L1") for text in labels], [Cell(printed, "L2")], None)]
    cells, matched = match_labelled(FORM, "disclosure", rows, [Cell(text, "L0") for text in captions])
    one = next(cell for cell in cells if cell.row == "fee")
    return one.value, one.unit, one.reason, [note.message for note in matched.findings]


@pytest.mark.parametrize(
    ("labels", "captions", "value", "unit"),
    [
        pytest.param(["本年收费金额(单位:万元)", "行政事业性收费"], (), 5000, "万元", id="as in the form"),
        pytest.param(["本年收费金额（单位：元）", "行政事业性收费"], (), 0.5, "元", id="header"),
        pytest.param(["本年收费金额", "（千元）", "行政事业性收费"], (), 500, "千元", id="behind the header"),
        pytest.param(["本年收费金额/元", "行政事业性收费"], (), 0.5, "元", id="behind a stroke"),
        pytest.param(["本年收费金额", "行政事业性收费(元)"], (), 0.5, "元", id="label"),
        pytest.param(["本年收费金额", "行政事业性收费"], ("主动公开情况（单位：亿元）",), 5e7, "亿元", id="heading"),
        pytest.param(["单位：件、元", "信息内容", "本年收费金额", "行政事业性收费"], (), 0.5, "元", id="one of two kinds"),
        pytest.param(["单位：件", "信息内容", "本年收费金额", "行政事业性收费"], (), 5000, None, id="of counts alone"),
        pytest.param(["信息内容", "本年收费金额", "上年收费金额(元)", "行政事业性收费"], (), 5000, None, id="another column"),
    ],
)
def test_the_nearest_unit_speaks(labels, captions, value, unit):
    assert match_fee(labels, "5000", captions)[:2] == (value, unit)


def test_where_header_and_codebook_agree_there_is_nothing_to_say():
    assert match_fee(["本年收费金额(单位:万元)", "行政事业性收费"], "3") == (3, "万元", None, [])


def test_two_that_differ_are_a_finding():
    *_, notes = match_fee(["本年收费金额(单位:元)", "行政事业性收费(万元)"], "3")
    assert notes == ["units that differ: '元' in the header, '万元' in the row label; the first is taken"]


@pytest.mark.parametrize(
    ("text", "column", "said", "value", "status"),
    [
        ("3", DECISIONS, Said("万件", HEADER), 30000, "reported"),
        ("3", DECISIONS, Said("元", HEADER, "decisions"), None, "unreadable"),
        ("3", DECISIONS, Said("元", LINE), 3, "reported"),
        ("3万元", AMOUNT, Said("元", HEADER, "amount"), 3, "reported"),
        ("/", AMOUNT, Said("元", HEADER, "amount"), None, "not_applicable"),
    ],
)
def test_read_cell(text, column, said, value, status):
    assert read_cell(text, column, [said])[:2] == (value, status)


def test_kin_of_one_unit_do_not_differ():
    assert tell_differing("3件", DECISIONS, [Said("宗", HEADER, "decisions")]) is None


def test_a_label_of_money_beside_counts_is_told():
    assert "万元" in tell_astray([DECISIONS], [Said("万元", LABEL)])
    assert tell_astray([DECISIONS, AMOUNT], [Said("万元", LABEL)]) is None


def test_captions_of_a_table_without_labels():
    assert find_caption(FORM, "disputes", [Cell("单位：万件", "L1"), Cell("结果维持", "L2")]) == [Said("万件", HEADER)]
