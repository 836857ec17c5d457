"""What numbers a page, at its edge and elsewhere."""

import pytest

from govtables.readers.document import is_page_number


@pytest.mark.parametrize(
    ("line", "at_edge", "elsewhere"),
    [
        ("- 4 -", True, True),
        ("第 6 页 共 9 页", True, True),
        ("4", True, False),
        ("3/12", True, False),
        ("《3》", True, False),
        ("page 3 of 9", True, False),
        ("第 页", True, False),
        ("12.5", False, False),
        ("规章", False, False),
        ("", False, False),
    ],
)
def test_page_numbers(line: str, at_edge: bool, elsewhere: bool):
    assert is_page_number(line, at_edge=True) == at_edge
    assert is_page_number(line, at_edge=False) == elsewhere


def test_a_long_line_is_no_page_number():
    assert not is_page_number("-" * 100_000 + "4", at_edge=True)
