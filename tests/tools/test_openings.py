"""The characters that may open a phrase of the prose."""

import pytest

from tools.openings import FILE, fill_in, first_characters


def test_the_declared_characters_are_those_of_the_phrases():
    """`python tools/openings.py` writes them."""
    assert FILE.read_text(encoding="utf-8") == fill_in()


@pytest.mark.parametrize(("pattern", "first"), [
    ("新?收到|[共总]收", "共总收新"),
    ("(?:政府|政务)?公开", "公政"),
    ("(?<=[至止])12月|(?<!\\d)0?1月", "01"),
    ("(?:甲|乙?)丙(?=丁)", "丙乙甲"),
    ("(?:(?:甲)*乙)+丙", "乙甲"),
    ("[(].{1,3}[)]|\\d件", "(0123456789"),
    ("\\d{2}|甲{1,2}乙", "0123456789甲"),
], ids=["options", "may be empty", "looks behind", "empty option", "nested", "brackets", "counts"])
def test_what_a_match_may_begin_with(pattern, first):
    assert first_characters(pattern) == set(first)
