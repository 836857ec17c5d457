"""How elements look: what overrides what, what children have from those around them."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from govtables.readers.cascade import Look, read_cascade
from govtables.readers.runs import WHITE


def look(sheets: list[str], page: str = "<div><p id=p class='a b'>1<i id=x>2</i></p></div>", **styles: str) -> Look | None:
    """How the element `x` looks, with styles of elements by their id."""
    tree = LexborHTMLParser(f"<!doctype html>{page}")
    own = [(tree.css_first(f"#{name}"), "", style) for name, style in styles.items()]
    cascade = read_cascade(tree, own, sheets)
    return cascade and cascade.look(tree.css_first("#x"))


@pytest.mark.parametrize(
    ("sheet", "style", "is_hidden"),
    [
        ("i{display:none}", "", True), ("i{display:none}i{display:inline}", "", False),
        ("p i{display:none}i{display:inline}", "", True), ("#x{display:none}p.a i{display:inline}", "", True),
        (".a i{display:none}p i{display:inline}", "", True), ("[id] i{display:none}.a i{display:block}", "", False),
        ("i{display:none}", "display:inline", False), ("i{display:none!important}", "display:inline", True),
        ("i{display:none!important}", "display:inline!important", False), ("i{display:inline}", "display:none", True),
        ("i{display:none!important}i{display:block!important}", "", False), ("i:hover{display:none}", "", False),
        ("p{display:none}i{display:inline}", "", True), ("p{visibility:hidden}i{visibility:visible}", "", False),
        ("p{font-size:0}i{font-size:12px}", "", False), ("p{font-size:0}i{font-size:2em}", "", True),
        ("p{font-size:0}i{font-size:1rem}", "", False), ("i{font-size:0.5em}p{opacity:1;color:#fff}", "", False),
        ("i{opacity:0}", "", True), ("i{opacity:0;animation:in 1s}", "", False), ("i{position:static;left:-999px}", "", False),
        ("i{position:absolute}i{left:-999px}", "", True), ("i{overflow:hidden;width:0}", "", True),
        ("i{width:0}b{overflow:hidden}", "", False), ("body{display:none}i{color:#fff}", "", False),
        ("i{clip:rect(0,0,0,0)}b{position:fixed}", "", False), ("i{position:fixed;clip:rect(0,0,0,0)}", "", True),
        ("i::selection{display:none}", "", False), ("i::before{display:none}", "", False),
    ],
)  # fmt: skip
def test_what_is_hidden(sheet: str, style: str, is_hidden: bool):
    seen = look([sheet], x=style)
    assert (seen.is_hidden if seen else False) is is_hidden


def test_styles_that_tell_nothing_are_not_resolved():
    assert look(["i{color:#333}"], x="border:0") is None


def test_a_rule_that_may_hold_is_a_doubt():
    assert "(odd)" not in look(["@media (odd:1){i{display:none}}"]).doubt
    assert look(["@media (odd:1){i{display:none}}"]).doubt == "the style rule 'i'"
    assert look(["i{display:var(--x)}"]).doubt == "the value 'var(--x)'"


@pytest.mark.parametrize(
    ("sheet", "is_pale"),
    [
        ("i{color:#fff}", True), ("p{background:#036}i{color:#fff}", False), ("p{background:url(a.png)}i{color:#fff}", False),
        ("p{color:#fff}", True), ("p{color:#fff}i{color:#000}", False), ("i{background:#000}", True),
        ("body{background:#000;color:#fff}", False), ("p{background:#fff}body{background:#000}i{color:white}", True),
        ("i{color:#fff}@media (odd:1){p{background:#036}}", False), ("p{background:transparent}i{color:#fff}", True),
    ],
)  # fmt: skip
def test_what_has_the_colour_of_its_ground(sheet: str, is_pale: bool):
    assert look([sheet]).is_pale is is_pale


def test_ways():
    ways = [look([css]).way for css in ("p{text-decoration:line-through}", "i{vertical-align:super}", "td{vertical-align:super}")]
    assert ways == ["struck", "raised", ""]
    assert look(["i{color:#fff}"]).ground == WHITE
