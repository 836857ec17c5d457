"""Units as words, and numbers turned from one into another."""

import pytest

from govtables.language.units import convert, read_unit


@pytest.mark.parametrize(
    ("word", "kind", "factor"),
    [("元", "money", 1), ("萬元", "money", 1e4), ("亿元", "money", 1e8), ("万件", "count", 1e4), ("宗", "count", 1), ("万", None, 1e4)],
)
def test_units(word, kind, factor):
    assert read_unit(word) == (kind, factor)


@pytest.mark.parametrize("word", ["", "年", "元年", "万万", "件数"])
def test_what_is_no_unit(word):
    assert read_unit(word) is None


@pytest.mark.parametrize(
    ("value", "printed", "kept", "result"),
    [(3.85, "亿元", "万元", 38500), (5, "千元", "万元", 0.5), (12, "万件", "件", 120000), (3, "万", "万元", 3), (3, "件", "万元", None), (3, "万元", "", 3)],
)
def test_convert(value, printed, kept, result):
    assert convert(value, printed, kept) == result
