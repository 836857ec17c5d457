"""Printed labels to keys, printed texts to numbers."""

import time

import pytest

from govtables.language.numerals import read_number
from govtables.language.script import fold, simplify, strip_annotations


@pytest.mark.parametrize(
    ("label", "key"),
    [
        pytest.param("规章", "规章", id="plain"),
        pytest.param("  规 章\u3000", "规章", id="blanks"),
        pytest.param("规\u200b章\ufeff", "规章", id="invisible"),
        pytest.param("规\n章", "规章", id="line break"),
        pytest.param("(三)不予公开", "不予公开", id="item in parentheses"),
        pytest.param("（三） 不予公开", "不予公开", id="full-width parentheses"),
        pytest.param("三、本年度办理结果", "本年度办理结果", id="item with comma"),
        pytest.param("1.属于国家秘密", "属于国家秘密", id="item number"),
        pytest.param("1．属于国家秘密", "属于国家秘密", id="full-width stop"),
        pytest.param("1、属于国家秘密", "属于国家秘密", id="enumeration comma"),
        pytest.param("(1)属于国家秘密", "属于国家秘密", id="number in parentheses"),
        pytest.param("1)属于国家秘密", "属于国家秘密", id="half a parenthesis"),
        pytest.param("(七总计", "总计", id="half a parenthesis lost"),
        pytest.param("(二部分公开(区分处理的,只计这一情形)", "部分公开", id="half a parenthesis lost before a note"),
        pytest.param("(一般公共预算)", "", id="a note that begins with a numeral"),
        pytest.param("第一,本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量", id="第一"),
        pytest.param("第二十条第(一)项", "第二十条第一项", id="article keeps its number"),
        pytest.param("第二十条 第（八）项", "第二十条第八项", id="article with blanks"),
        pytest.param("3.危及“三安全一稳定”", "危及三安全一稳定", id="quotes"),
        pytest.param('3.危及"三安全一稳定"', "危及三安全一稳定", id="straight quotes"),
        pytest.param("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "部分公开", id="note"),
        pytest.param("部分公开(区分处理的,只计这一", "部分公开", id="note not closed"),
        pytest.param("本年增/减(增减用正负值表示,如-8)", "本年增减", id="digits in a note"),
        pytest.param("上一年项目数量(指2019年事项数)", "上一年项目数量", id="year in a note"),
        pytest.param("本年收费金额(单位:万元)", "本年收费金额", id="unit"),
        pytest.param("本年收费金额（单位：万元）", "本年收费金额", id="full-width unit"),
        pytest.param("行政強製", "行政强制", id="wrong pick"),
        pytest.param("行政複議", "行政复议", id="Traditional"),
        pytest.param("規範性檔案", "规范性文件", id="Taiwan wording"),
        pytest.param("規(guī)章", "规章", id="pinyin"),
        pytest.param("规(gui)章(zhang)(zhang)", "规章", id="pinyin doubled"),
        pytest.param("总  计", "总计", id="spaced"),
        pytest.param("", "", id="empty"),
        pytest.param("(一)", "", id="nothing but a number"),
    ],
)
def test_fold(label, key):
    assert fold(label) == key
    assert fold(key) == key, "folding a key changes nothing"


@pytest.mark.parametrize(
    ("label", "key"),
    [
        pytest.param("规章" + "（" * 30_000, "规章", id="opened"),
        pytest.param("规章" + "（" * 30_000 + "）" * 30_000, "规章", id="nested"),
        pytest.param("（" * 30_000 + "（一）规章" + "）" * 30_000, "一规章", id="nested around a numeral"),
    ],
)
def test_parentheses_in_one_another_are_folded_at_once(label, key):
    started = time.process_time()
    assert fold(label) == key
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("printed", "simple"),
    [
        ("方麵、製度、隻計、一係列", "方面、制度、只计、一系列"),
        ("答複、反覆、重複、復議", "答复、反复、重复、复议"),
        ("屬于、屬於、規范、規範", "属于、属于、规范、规范"),
        ("資訊公開", "信息公开"),
        ("政府信息公开", "政府信息公开"),
    ],
)
def test_simplify(printed, simple):
    assert simplify(printed) == simple


@pytest.mark.parametrize(
    ("printed", "stripped"),
    [
        ("開(kāi)放(fàng)", "開放"),
        ("政(zheng)(zheng)府（fu）", "政府"),
        ("(三)不予公开(区分处理)", "(三)不予公开(区分处理)"),
        ("GDP(gdp)", "GDP(gdp)"),
    ],
)
def test_strip_annotations(printed, stripped):
    assert strip_annotations(printed) == stripped


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", 0), ("12", 12), ("342395", 342395), ("38.441094", 38.441094), ("+1", 1), ("-3", -3), ("−3", -3), ("－3", -3),
        (" 0", 0), ("0\xa0", 0), ("\u30007", 7), ("\u200b7", 7), ("１２", 12), ("３．５", 3.5), ("007", 7),
    ],
)  # fmt: skip
def test_plain_number(printed, value):
    assert read_number(printed)[:2] == (value, "reported")


@pytest.mark.parametrize(
    ("printed", "unit", "value", "why"),
    [
        pytest.param("1,234", "件", 1234, "thousands", id="thousands"),
        pytest.param("1，234，567", "件", 1234567, "thousands", id="full-width comma"),
        pytest.param("2,023.85", "万元", 2023.85, "thousands", id="thousands and decimals"),
        pytest.param("О", "件", 0, "look-alike", id="Cyrillic"),
        pytest.param("o", "件", 0, "look-alike", id="Latin"),
        pytest.param("〇", "件", 0, "look-alike", id="ideographic zero"),
        pytest.param("1O", "件", 10, "look-alike", id="second digit"),
        pytest.param("减4", "项", -4, "sign", id="less"),
        pytest.param("增2", "项", 2, "sign", id="more"),
        pytest.param("減4", "项", -4, "sign", id="less, Traditional"),
        pytest.param("0件", "件", 0, "unit", id="unit of counts"),
        pytest.param("12 件", "件", 12, "unit", id="blank before the unit"),
        pytest.param("1.5万件", "件", 15000, "unit", id="ten thousand"),
        pytest.param("12.5万元", "万元", 12.5, "unit", id="unit of the column"),
        pytest.param("35000元", "万元", 3.5, "unit", id="yuan to ten thousand"),
        pytest.param("1,200.5元", "万元", 0.12005, "unit", id="yuan with thousands"),
        pytest.param("0.2亿元", "万元", 2000, "unit", id="hundred million"),
        pytest.param("1424.4万元", "", 1424.4, "unit", id="form states no unit"),
    ],
)
def test_number_with_a_reason(printed, unit, value, why):
    reading = read_number(printed, unit)
    assert (reading.value, reading.status) == (value, "reported")
    assert why in reading.reason


@pytest.mark.parametrize(
    ("printed", "unit", "status"),
    [
        ("", "件", "blank"), ("  ", "件", "blank"), ("\xa0", "件", "blank"), ("\u3000\u200b", "件", "blank"),
        ("/", "件", "not_applicable"), ("-", "件", "not_applicable"), ("—", "件", "not_applicable"), ("--", "件", "not_applicable"),
        ("――", "件", "not_applicable"), ("\\", "件", "not_applicable"), ("／", "件", "not_applicable"), ("无", "件", "not_applicable"),
        ("無", "件", "not_applicable"), ("不适用", "件", "not_applicable"), ("N/A", "件", "not_applicable"),
        ("□", "件", "unreadable"), ("1?3", "件", "unreadable"), ("12 345", "件", "unreadable"), ("1,23", "件", "unreadable"),
        ("1.2.3", "件", "unreadable"), ("4***1", "件", "unreadable"), ("?", "件", "unreadable"), ("3元", "件", "unreadable"),
        ("3件", "万元", "unreadable"), ("2022-01-30", "件", "unreadable"), ("+", "件", "unreadable"), ("1-2", "件", "unreadable"),
    ],
)  # fmt: skip
def test_no_number(printed, unit, status):
    reading = read_number(printed, unit)
    assert (reading.value, reading.status) == (None, status)
    assert bool(reading.reason) == (status != "blank")


@pytest.mark.parametrize(
    "printed",
    ["规章", "1.属于国家秘密", "1.", "2、", "(3)", "（3）", "三", "(一)", "第二十条第(一)项", "2022年", "总计", "nan", "inf", "1e5", "л"],
)
def test_a_label_is_no_number(printed):
    assert read_number(printed) is None


def test_every_number_reads_as_itself():
    for value in [*range(1200), 10**6 - 1, 6937489, 123456789, 0.000001, 3481.768936]:
        for printed in (f"{value:.6f}", f"{value:,.6f}", f" {value:+.6f}\xa0"):
            assert read_number(printed).value == value
