"""Style sheets and declarations: which rules hold on a screen, which values tell. Selectors on a page: what they mean,
what cannot be told, what would take too long."""

from random import Random
from time import process_time

import pytest
from selectolax.lexbor import LexborHTMLParser

from govtables.readers.document import Unreadable
from govtables.readers.styles import Selectors, _scan as scan, _tell as tell, find_telling, read_sheet, read_style

PAGE = "<!doctype html><table class='A b' id=i><tr class=o><td class=x>1<span class=h>2</span><tr><td>3<b>4</b><i>5</i></table>"


def show(css: str) -> list[str]:
    return [f"{one.selector}{'' if one.sure else '?'}" for one in read_sheet(css)]


@pytest.mark.parametrize(
    ("css", "selectors"),
    [
        (".a{display:none}", [".a"]), (".a,#b > i {display:none}", [".a", "#b > i"]), (".a{border:0}", []),
        ("a:not(.b,.c){display:none}", ["a:not(.b,.c)"]), (".a{display:none", [".a"]),
        ("@charset 'x';@import url(a.css);.a{display:none}", [".a"]), ("<!-- .a{display:none} -->", [".a"]),
        ("/* .b{ */.a{display:none}", [".a"]), ("b{content:'}.x{'} .a{display:none}", ["b", ".a"]),
        ("@media print{.a{display:none}}", []), ("@media screen{.a{display:none}}", [".a"]),
        ("@media screen and (max-width:768px){.a{display:none}}", []), ("@media(min-width:768px){.a{opacity:0}}", [".a"]),
        ("@media print, screen and (min-width:1px){.a{opacity:0}}", [".a"]), ("@media tv{.a{opacity:0}}", []),
        ("@media (odd:1){.a{display:none}}", [".a?"]), ("@media not print{.a{display:none}}", [".a?"]),
        ("@supports (display:grid){.a{display:none}}", [".a"]), ("@supports not (x:y){.a{display:none}}", [".a?"]),
        ("@container (width>1px){.a{display:none}}", [".a?"]), ("@layer x{.a{display:none}}", [".a"]),
        ("@keyframes f{from{opacity:0}to{opacity:1}} .a{opacity:0}", [".a"]), ("@font-face{src:x;font:0 x}", []),
        ("td{.a &{display:none}}", [".a *?"]), ("td{display:none;.a{opacity:0}}", ["td", ".a?"]), ("}}.a{opacity:0}", [".a"]),
        ("@media print{@media screen{.a{opacity:0}}}", []), ("@media screen{@media print{.a{opacity:0}}.b{opacity:0}}", [".b"]),
    ],
)  # fmt: skip
def test_rules_that_hold_on_a_screen(css: str, selectors: list[str]):
    assert show(css) == selectors


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("DISPLAY : None", {"display": "none"}), ("display:none;display:block", {"display": "block"}),
        ("display:none!important;display:block", {"display": "none"}), (r"d\69splay:n\6f ne", {"display": "none"}),
        ("display:/* x */none", {"display": "none"}), ("*display:none;_display:none;-x-display:none", {}),
        ("font:0/0 a", {"font-size": "0"}), ("font:bold 12px/1.5 a", {"font-size": "12px"}),
        ("background:#FFF", {"background-color": "#fff"}), ("text-decoration:underline", {"text-decoration-line": "underline"}),
        ("nothing", {}), ("", {}),
    ],
)  # fmt: skip
def test_declarations(text: str, looks: dict[str, str]):
    assert {name: value.strip() for name, (value, _) in read_style(text).items()} == looks


@pytest.mark.parametrize(
    "css",
    [
        "td{color:#333;background:#f6f6f6;border:1px solid #000}", "p{font-size:14px;font:12px/1.5 a;line-height:0}",
        "a{text-decoration:none}a:hover{text-decoration:underline;color:#c00}", "td{vertical-align:middle;border-collapse:collapse}",
        "p{text-indent:2em;margin-left:-5.4pt;text-indent:-21pt}", "i{opacity:.9;filter:alpha(opacity=90)}",
        ".x{width:0;height:1px}", ".x{left:-9999px}", "i::before{content:'';content:none}", "b{color:#06c;background:#eee}",
        "span{mso-ansi-language:EN-US;font-family:宋体;letter-spacing:0pt}", "td{visibility:visible;display:table-cell}",
    ],
)  # fmt: skip
def test_ordinary_styles_tell_nothing(css: str):
    assert find_telling(css) == frozenset()


@pytest.mark.parametrize(
    ("css", "name"),
    [
        ("display:none", "display"), ("visibility :\n collapse", "visibility"), ("font-size:0", "font-size"), ("font:0/0 a", "font-size"),
        ("font-size:1px;", "font-size"), ("opacity:0", "opacity"), ("filter:alpha(opacity=0)", "filter"), ("color:#fff", "color"),
        ("color:transparent", "color"), ("background:#000", "color"), ("color:#06c;background:#06c", "color"),
        ("text-decoration:red line-through", "text-decoration-line"), ("vertical-align:super", "vertical-align"),
        ("vertical-align:4pt", "vertical-align"), ("text-indent:-999em", "text-indent"), ("position:fixed;top:-999px", "top"),
        ("overflow:hidden;width:0", "width"), ("position:absolute;clip:rect(0 0 0 0)", "clip"), ("transform:scale(0)", "transform"),
        ("content:'8'", "content"), ("content:attr(x)", "content"), ("unicode-bidi:bidi-override", "unicode-bidi"),
        ("display:var(--x)", "display"), (r"display:n\6fne", "display"), ("content-visibility:hidden", "content-visibility"),
    ],
)  # fmt: skip
def test_telling_styles(css: str, name: str):
    assert name in find_telling(css)


def test_colours_tell_across_sheets():
    assert "color" in find_telling("a{color:#06c}", "td{background:#0066cc}")


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


PIECES = (
    "{", "}", ";", ":", " ", "\n", "/*", "*/", "'", '"', "@media print", "@media screen", ".a", "b>i", "display", "DISPLAY", "none",
    "font", "font-size", "0", "1px", "width", "overflow", "hidden", "color", "#fff", "background", "!important", "url(a;b)", "-999px",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_what_a_quick_look_leaves_out_no_rule_sets(seed):
    rng = Random(seed)
    for _ in range(250):
        sheet = "{" + "".join(rng.choices(PIECES, k=rng.randint(1, 30)))
        declared = "{" + "".join(f"{rng.choice(PIECES)}:{rng.choice(PIECES)};{rng.choice(PIECES)}" for _ in range(6))
        for css in (sheet, declared, f".a{declared}}}{sheet}"):
            thorough = tell(pair for rule in read_sheet(css) for pair in rule.looks.items())
            assert thorough <= tell(scan(css)), css
            assert find_telling(css) == thorough
