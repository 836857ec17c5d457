"""Web pages to prose and grids."""

import pytest

from govtables.readers.document import Cell, Unreadable
from govtables.readers.html import read_html
from govtables.readers.limits import LIMITS


def show(page: str) -> list:
    """Prose as text, a grid as its rows; `·` where a span covers a place."""
    rows = [[block] if isinstance(block, Cell) else block.rows for block in read_html(page)[0]]
    return [
        block[0].text
        if isinstance(block[0], Cell)
        else [["·" if c is None else c.text for c in r] for r in block]
        for block in rows
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            "<td colspan=2>a<td>b<tr><td>1<td>2<td>3", [["a", "·", "b"], ["1", "2", "3"]], id="across"
        ),
        pytest.param("<td rowspan=2>a<td>b<tr><td>1", [["a", "b"], ["·", "1"]], id="down"),
        pytest.param(
            "<td rowspan=2 colspan=2>a<td>b<tr><td>1", [["a", "·", "b"], ["·", "·", "1"]], id="both"
        ),
        pytest.param(
            "<td rowspan=0>a<td>b<tr><td>1<tr><td>2", [["a", "b"], ["·", "1"], ["·", "2"]], id="to the end"
        ),
        pytest.param("<td rowspan=99>a<td>b<tr><td>1", [["a", "b"], ["·", "1"]], id="beyond the end"),
        pytest.param("<td>1<!-- x -->2<td><b>3</b>4", [["12", "34"]], id="comment and tags in a number"),
        pytest.param("<td>a<td hidden>b<td style='display:none'>c", [["a"]], id="hidden cells"),
    ],
)
def test_tables(rows: str, expected: list):
    assert show(f"<table><tr>{rows}</table>") == [expected]


def test_an_absurd_span_is_no_wider_than_a_table_may_be():
    [[row]] = show("<table><tr><td colspan=100000>a</table>")
    assert row == ["a", *["·"] * (LIMITS.columns - 1)]


@pytest.mark.parametrize(
    ("text", "is_grid"), [("字" * LIMITS.cell_characters, True), ("字" * (LIMITS.cell_characters + 1), False)]
)
def test_a_page_in_a_cell_is_layout(text: str, is_grid: bool):
    assert show(f"<table><tr><td>{text}</table>") == [[[text]] if is_grid else text]


def test_the_title_comes_first_and_tables_stand_in_order():
    page = "<title>报告</title><p>前<table><tr><td>1</table>中<table><tr><td>2</table>后"
    assert show(page) == ["报告", "前", [["1"]], "中", [["2"]], "后"]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<b>" * (LIMITS.tags + 1), "tags"),
        ("<div>" * (LIMITS.depth + 1), "nested"),
        ("<x>" * (20 * LIMITS.depth + 1), "nested"),
    ],
)
def test_pages_that_would_do_harm_are_told(page: str, why: str):
    with pytest.raises(Unreadable, match=why):
        read_html(page)
