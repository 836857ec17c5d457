"""Chinese numerals read as what was written, and only those that are well written are numbers of cells."""

import pytest

from govtables.language.chinese import read_chinese, read_numeral, write_chinese


@pytest.mark.parametrize("number", [1, 9, 10, 11, 19, 20, 99, 100, 101, 110, 1000, 1001, 1010, 9999, 10000, 10012, 120305])
def test_chinese_numerals_read_as_what_was_written(number):
    assert read_chinese(write_chinese(number)) == number


def test_digits_of_a_year_count_by_place():
    assert [read_chinese(text) for text in ("二〇二三", "二○一九", "两", "十")] == [2023, 2019, 2, 10]


@pytest.mark.parametrize("text", ["三", "百", "一百五", "百十", "几十", "零零三", "两三百"])
def test_what_is_no_well_written_numeral_is_none(text):
    assert read_numeral(text) is None
