"""Style sheets and declarations: which rules hold on a screen, which values tell."""

import pytest

from govtables.readers.styles import find_telling, read_sheet, read_style


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
