"""Numbers and labels: what is read, what is refused, and how numbers are written."""

import pytest

from govtables.language import numbers
from govtables.language.numbers import is_label, is_spoken, join_spoken, read_number, write_number


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", 0), ("12", 12), ("342395", 342395), ("38.441094", 38.441094), ("+1", 1), ("-3", -3), ("−3", -3), ("－3", -3),
        (" 0", 0), ("&nbsp;0&ensp;", 0), ("0\xa0", 0), ("\u30007", 7), ("\u200b7", 7), ("１２", 12), ("３．５", 3.5), ("007", 7),
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
        pytest.param("3.5（百万元）", "万元", 350, "unit", id="unit in parentheses"),
        pytest.param("767人次", "件", 767, "unit", id="kin of cases"),
        pytest.param("1'234", "件", 1234, "thousands", id="apostrophe as thousands mark"),
        pytest.param("1\u2009234", "件", 1234, "thousands", id="thin space as thousands mark"),
        pytest.param("七百六十七", "件", 767, "numeral", id="Chinese numeral"),
        pytest.param("十二件", "件", 12, "unit", id="Chinese numeral with its unit"),
        pytest.param("767。", "件", 767, "marks", id="full stop"),
        pytest.param("【“767”】", "件", 767, "marks", id="quotes in brackets"),
        pytest.param("'767", "件", 767, "marks", id="text of a sheet"),
        pytest.param("767①", "件", 767, "marks", id="sign of a footnote"),
        pytest.param("22（其中修订16件）", "件", 22, "note", id="part in a note"),
        pytest.param("22件（含上级交办）", "件", 22, "note", id="note behind the unit"),
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
        ("(无)", "件", "not_applicable"), ("无。", "件", "not_applicable"), ("×", "件", "unreadable"), ("л", "件", "unreadable"),
        ("\ue001", "件", "unreadable"), ("767‰", "件", "unreadable"), ("7+3", "件", "unreadable"), ("767、", "件", "unreadable"),
        ("22(21)", "件", "unreadable"), ("7(3项)", "件", "unreadable"), ("22(约)", "件", "unreadable"), ("2(其中3件)", "件", "unreadable"),
        ("(12件)", "件", "unreadable"), ("0,123", "件", "unreadable"), ("\u202e12", "件", "unreadable"), ("“767", "件", "unreadable"),
        ("x", "件", "unreadable"), ("l", "件", "unreadable"), ("#REF!", "件", "unreadable"), ("#N/A", "件", "unreadable"), ("#NAME?", "件", "unreadable"), ("I2", "件", "unreadable"), ("7.67E2", "件", "unreadable"), ("nan", "件", "unreadable"),
    ],
)  # fmt: skip
def test_no_number(printed, unit, status):
    reading = read_number(printed, unit)
    assert (reading.value, reading.status) == (None, status)
    assert bool(reading.reason) == (status != "blank")


@pytest.mark.parametrize(
    "printed",
    ["规章", "1.属于国家秘密", "1.", "2、", "(3)", "（3）", "三", "(一)", "第二十条第(一)项", "2022年", "总计", "PDF下载", "GB/T2260标准", "①", "、", "约12", "(单位:万元)", "一件"],
)
def test_a_label_is_no_number(printed):
    assert read_number(printed) is None


def test_what_its_first_sign_makes_a_label_is_read_as_one_without_that_look(monkeypatch):
    opening = [sign for sign in map(chr, range(0x4E00, 0xA000, 5)) if numbers._opens_label(sign)] + [*"共约有件元年月日其"]
    rests = ["", "12", "一", "二十", "12件", "(一)", "(12)", "(其中3件)", "。", "适用", "亿元", "、", "⁇", "1)", "#"]
    monkeypatch.setattr(numbers, "_opens_label", lambda sign: False)
    read_number.cache_clear()
    for text in (sign + rest for sign in opening for rest in rests):
        assert read_number.__wrapped__(text, "件") is None, text


def test_every_number_reads_as_itself():
    for value in [*range(1200), 10**6 - 1, 6937489, 123456789, 0.000001, 3481.768936]:
        for printed in (f"{value:.6f}", f"{value:,.6f}", f" {value:+.6f}\xa0"):
            assert read_number(printed).value == value


@pytest.mark.parametrize(("text", "label"), [("其他", True), ("6", False), ("", False), ("/", False), ("1.", True), ("7件", False)])
def test_a_label_is_what_is_no_value_and_no_blank(text, label):
    assert is_label(text) is label


@pytest.mark.parametrize(("value", "written"), [(19.0, "19"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (1424.4, "1424.4"), (2.0**53, "9.00719925474099e+15")])
def test_numbers_are_written_with_the_digits_that_they_have(value, written):
    assert write_number(value) == written


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("收到申请 7 件，其中自然人 5 件。", "收到申请7件，其中自然人5件。"),
        ("收费 1.5 万元；罚款 3 元。", "收费1.5万元；罚款3元。"),
        ("行政许可 7 件", None),
        ("规章 0 0 4", None),
        ("行政许可 7 件 行政处罚 8 件", None),
    ],
)
def test_sentences_whose_numbers_stand_between_blanks(text, joined):
    assert is_spoken(text) == (joined is not None)
    assert join_spoken(text) == (joined or text)
