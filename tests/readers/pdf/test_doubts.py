"""Numbers that cannot be told are marked."""

from govtables.language import read_number
from govtables.readers.pdf import read_pdf
from tests.readers.pdf.printing import centred, embedded, make, notes, shown, table, told, without_unicode


def test_a_rule_missing_between_rows_gives_no_number():
    data = make(table(["1.甲 | 1 | 5", "2.乙 | 2 | 6", "3.丙 | 3 | 7"], skip={("h", 1, c) for c in range(3)}))
    assert told(data) == ["unreadable", "unreadable", 3, 7]


def test_a_value_beside_a_missing_border_may_be_its_neighbours():
    rows = ["1.甲 |  | 5", "2.乙 | 2 | ", "3.丙 | 1 | 1"]
    assert told(make(table(rows, skip={("v", 0, 2), ("v", 1, 2)}))) == ["unreadable", "unreadable", 1, 1]
    assert told(make(table(["1.甲 |  | 5", "2.乙 | 2 | 6"], skip={("h", 1, 1)}))) == ["unreadable", 5, 6]


def test_a_value_merged_like_its_header_is_read():
    assert told(make(table(["规章 | 1 | 2", "项目 | 数量 | <", "甲 | 7 | <", "乙 | 8 | <"]))) == [1, 2, 7, 8]


def test_numbers_that_run_into_one_another_are_none():
    rows = ["甲 | 386 | 20724", "乙 | 5 | 6"]
    data = make([table(rows, edges=[60, 130, 148, 170], write=lambda c, words, x, y, size: centred(c, words, x - 9 * (words == "20724"), y, size))])
    values = [read_number(shown(cell)) for block in read_pdf(data)[0] for row in block.rows for cell in row[1:]]
    assert {value.value for value in values if value.status == "reported"} == {5.0, 6.0}


def test_a_font_that_does_not_tell_its_characters_gives_no_number():
    data = without_unicode(embedded(["行政规范性文件 | １２ | ５"]))
    assert told(data) == ["unreadable", "unreadable"]
    assert "2 numbers cannot be told" in notes(data)
