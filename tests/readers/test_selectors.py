"""Selectors on a page: what they mean, what cannot be told, what would take too long."""

from time import process_time

import pytest
from selectolax.lexbor import LexborHTMLParser

from govtables.readers.document import Unreadable
from govtables.readers.selectors import Selectors

PAGE = "<!doctype html><table class='A b' id=i><tr class=o><td class=x>1<span class=h>2</span><tr><td>3<b>4</b><i>5</i></table>"


@pytest.mark.parametrize(
    ("selector", "tags", "sure"),
    [
        ("td.x > span", "span", True), (".b td b + i", "i", True), ("b ~ i", "i", True), ("#i .h", "span", True),
        (".zz td", "", True), ("tr:nth-child(2) td", "td", True), ("td:has(b)", "td td", False), ("td:foo(1) b", "b", False),
        ("td:hover", "", True), ("td:not(.x)", "td", True), ("table>tr", "", True), ("table>tbody>tr.o", "tr", True),
        (".a", "", True), (":root td.x", "td", True), ("td[class='x']", "td", True), ("td::first-letter", "td td", False),
        ("b:not(:hover)", "b", True), ("td,,b", "", True), ("", "", True), ("span td", "", True), ("td span b", "", True),
        ("[class~=o] .h", "span", True), ("*.h", "span", True),
    ],
)  # fmt: skip
def test_elements(selector: str, tags: str, sure: bool):
    found, told = Selectors(LexborHTMLParser(PAGE)).find(selector)
    assert (" ".join(node.tag for node in found), told) == (tags, sure)


def test_names_with_marks_of_selectors_in_them():
    page = LexborHTMLParser("<!doctype html><i class='md:h'>1</i><b class='附注'>2</b>")
    assert [Selectors(page).find(one)[0][0].tag for one in (r".md\:h", ".附注")] == ["i", "b"]


@pytest.mark.parametrize(
    ("page", "selector"),
    [
        ("<p class=z>" + "<x>" * 1_900 + "<span>1</span>", "p.z " + "x " * 8 + "span"),
        ("<p class=z></p>" + "<b>1</b>" * 4_000, ".z ~ b ~ b ~ b"),
    ],
    ids=["deep", "wide"],
)
def test_many_parts_cost_no_more_than_each(page: str, selector: str):
    begun = process_time()
    found, sure = Selectors(LexborHTMLParser(page)).find(selector)
    assert (bool(found), sure, process_time() - begun < 5) == (True, True, True)


def test_what_would_take_too_long_is_refused():
    selectors = Selectors(LexborHTMLParser("<b>1</b>" * 100_000))
    with pytest.raises(Unreadable, match="style rules take too long"):
        [selectors.find(f"i:not(.z{n}) b") for n in range(50)]


def test_counting_among_very_many_is_not_sure():
    for selector in ("b:nth-child(2)", "i ~ b"):
        found, sure = Selectors(LexborHTMLParser("<b>1</b>" * 30_000)).find(selector)
        assert (len(found), sure) == (30_000, False)
