"""Pages as their reader sees them: what is hidden is not printed, what fields and pictures show is."""

import pytest

from govtables.readers.document import Grid
from govtables.readers.html import read_html
from govtables.readers.runs import UNKNOWN

OUTSIDE = "<link rel=stylesheet href=a.css>"


def read_cell(inner: str, css: str = "", td: str = "", tr: str = "", head: str = "", body: str = "") -> str | None:
    """What is read in the cell beside a label; `None` where there is no such cell."""
    table = f"<table><tr><td>第二十条<td>件<tr {tr}><td>行政处罚</td><td{td}>{inner}</td></tr></table>"
    page = f"<!doctype html><head><style>{css}</style>{head}</head><body{body}>{table}"
    [grid] = read_html(page)[0]
    return grid.rows[1][1].text if len(grid.rows[1]) > 1 else None


HIDDEN = {  # an 8 before 767 that nobody sees
    "upper case": ('<SPAN STYLE="DISPLAY: NONE">8</SPAN>', ""),
    "blank before the colon": ('<span style="display :none">8</span>', ""),
    "important": ('<i style="display:none ! important">8</i>', ""),
    "escape": (r'<i style="d\69splay:none">8</i>', ""),
    "comment": ('<i style="display:/**/none">8</i>', ""),
    "Word": ("<span style='display:none;mso-hide:all'>8</span>", ""),
    "attribute": ("<span hidden>8</span>", ""),
    "class": ("<i class=h>8</i>", ".h{display:none}"),
    "id": ("<i id=Hid>8</i>", "#Hid{display:none}"),
    "tag below tags": ("<b><i>8</i></b>", "table td > b i{display:none}"),
    "two classes": ('<i class="a b">8</i>', ".a.b{display:none}"),
    "attribute of the selector": ("<i data-x=1>8</i>", "[data-x]{display:none}"),
    "first child": ("<i>8</i>", "td i:nth-child(1){display:none}"),
    "more special": ("<i class=a>8</i>", "td .a{display:none}.a{display:inline}"),
    "screen": ("<i class=a>8</i>", "@media screen{.a{display:none}}"),
    "for print only": ("<i class=a>8</i>", ".a{display:none}@media print{.a{display:inline}}"),
    "name with a colon": ('<i class="md:h">8</i>', r"@media (min-width:768px){.md\:h{display:none}}"),
    "unless the mouse is there": ("<i>8</i>", "td:not(:hover) i{display:none}"),
    "visibility": ('<span style="visibility:hidden">8</span>', ""),
    "no size": ('<span style="font-size:0">8</span>', ""),
    "no size in short": ('<span style="font:0/0 a">8</span>', ""),
    "one pixel": ('<span style="font-size:1px">8</span>', ""),
    "opacity": ('<span style="opacity:0">8</span>', ""),
    "old opacity": ('<span style="filter:alpha(opacity=0)">8</span>', ""),
    "white": ('<span style="color:#FFF">8</span>', ""),
    "white by name": ('<font color=White>8</font>', ""),
    "nearly white": ('<font color="fefefe">8</font>', ""),
    "white below a sheet from outside": (f'{OUTSIDE}<font color="#ffffff">8</font>', ""),
    "black on black": ('<span style="background:#000">8</span>', ""),
    "blue on blue": ('<b style="background:#06c;color:#0066CC">8</b>', ""),
    "clear": ('<span style="color:transparent">8</span>', ""),
    "far to the left": ('<span style="position:absolute;left:-9999px">8</span>', ""),
    "indented away": ('<p style="text-indent:-9999px">8</p>', ""),
    "for screen readers": (
        "<i class=sr-only>8</i>",
        ".sr-only{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip:rect(0,0,0,0)}",
    ),
    "cut away": ('<i style="clip-path:inset(100%)">8</i>', ""),
    "no width": ('<i style="display:inline-block;width:0;overflow:hidden">8</i>', ""),
    "no height": ('<div style="max-height:0;overflow:hidden">8</div>', ""),
    "shrunk": ('<i style="transform:scale(0)">8</i>', ""),
    "hidden field": ("<input type=hidden value=8>", ""),
    "field that is not shown": ('<input style="display:none" value=8>', ""),
    "box to tick": ("<input type=checkbox value=8>", ""),
}  # fmt: skip


@pytest.mark.parametrize(("before", "css"), HIDDEN.values(), ids=HIDDEN.keys())
def test_what_nobody_sees_is_not_printed(before: str, css: str):
    assert read_cell(f"{before}767", css) == "767"


SEEN = {  # 767 that everybody sees
    "for print": ("<i class=a>767</i>", "@media print{.a{display:none}}"),
    "on a telephone": ("<i class=a>767</i>", "@media (max-width:768px){.a{display:none}td:before{content:attr(x)}}"),
    "later rule": ("<i class=a>767</i>", ".a{display:none}.a{display:inline}"),
    "own style": ('<i class=a style="display:inline">767</i>', "td .a{display:none}"),
    "below the mouse": ("<i>767</i>", "td:hover i{display:none}"),
    "another class": ("<i class=a>767</i>", ".a.b{display:none}.b .a{display:none}"),
    "visible in hidden": ('<i style="visibility:hidden">8<b style="visibility:visible">767</b></i>', ""),
    "sized in none": ('<div style="font-size:0">8<i style="font-size:14px">767</i></div>', ""),
    "for no screen reader": ("<i aria-hidden=true>767</i>", ""),
    "grey": ('<i style="color:#888">767</i>', ""),
    "size and opacity": ('<i style="font-size:.9em;opacity:.9">767</i>', ""),
    "indent": ('<p style="text-indent:-21pt;margin-left:21pt">767</p>', ""),
    "moved a little": ('<i style="position:relative;left:-3px">767</i>', ""),
    "underlined": ('<u style="text-decoration:underline">767</u>', ""),
    "in the middle": ('7<i style="vertical-align:middle">67</i>', ""),
    "in pieces": ('<i style="color:#333">7</i><i style="color:#333">67</i>', ""),
    "stripes": ("767", "tr:nth-child(even){background:#f2f2f2}tr:hover{background:#eee}"),
    "menus and buttons": ("767", ".menu ul{display:none}.menu li:hover ul{display:block}.b{color:#fff;background:#06c}"),
    "until a script has run": ("767", "body{opacity:0}.x{display:none}"),
    "until it has faded in": ("767", "table{opacity:0;animation:f 1s}@keyframes f{to{opacity:1}}"),
    "table until a script": ("767", "table{display:none}"),
    "icon": ("767", 'td:before{content:"\\f105"}td:after{content:""}'),
    "what a scroll bar is": ("767", "td::-webkit-scrollbar{display:none;width:0;overflow:hidden}"),
    "link": ('<a href="/a.html">7</a>67', ""),
    "link to the page": ('<a href="#">767</a>', ""),
    "goal of a link": ('<a name="_Hlk1">7</a>67', ""),
    "field": ("<input value=767>", ""),
    "field of a kind": ("<input type=Number value=767 readonly>", ""),
    "choice": ("<select><option>1<option selected>767</select>", ""),
    "first choice": ("<select><option>767<option>2</select>", ""),
    "text field": ("<textarea>767</textarea>", ""),
    "table of one cell": ("<table><tr><td>767</table>", ""),
    "tables of one cell": ("<div><table><tr><td><table><tr><td>767</table></table></div>", ""),
    "beside a picture": ('<img src="a.png">767', ""),
}  # fmt: skip


@pytest.mark.parametrize(("inner", "css"), SEEN.values(), ids=SEEN.keys())
def test_what_everybody_sees_is_printed(inner: str, css: str):
    assert read_cell(inner, css) == "767"


@pytest.mark.parametrize(
    ("td", "tr", "css"),
    [
        (' style="background:#06c"', "", ""), (' bgcolor="#003366"', "", ""), ("", "style='background-color:navy'", ""),
        ("", "class=r", ".r{background:#123}"), ("", "class=r", ".r td{background:rgb(0 0 90)}"),
        ("", "class=r", ".r{background:url(a.png)}"), ("", "class=r", ".r{background:linear-gradient(#000,#111)}"),
    ],
)  # fmt: skip
def test_white_is_seen_on_what_is_dark_or_unknown(td: str, tr: str, css: str):
    assert read_cell("<font color=white>767</font>", css, td, tr) == "767"


WHOLE = {  # nothing in the cell but this
    "number, no ground set": ("<font color=white>767</font>", "", "", UNKNOWN),
    "in pieces": ('<b style="color:#fff">7</b><i style="color:#fff">67</i>', "", "", UNKNOWN),
    "label": ("<font color=white>规章</font>", "", "", "规章"),
    "a sheet from outside may set it": ("<font color=white>767</font>", "", OUTSIDE, "767"),
    "white on white": ("<font color=white>767</font>", " bgcolor=white", "", ""),
    "white on white below a sheet from outside": ("<font color=white>767</font>", " style='background:#fff'", OUTSIDE, ""),
    "dark page": ("767", "", "<style>body{color:#eee;background:#111}</style>", "767"),
}  # fmt: skip


@pytest.mark.parametrize(("inner", "td", "head", "printed"), WHOLE.values(), ids=WHOLE.keys())
def test_a_cell_in_the_colour_of_its_ground(inner: str, td: str, head: str, printed: str):
    assert read_cell(inner, "", td, "", head) == printed


PARTED = {
    "struck": '<span style="TEXT-DECORATION: line-through">768</span>767',
    "struck by a line": '<span style="text-decoration-line:line-through">768</span>767',
    "struck by a tag": "<s>768</s>767",
    "raised": '768<span style="vertical-align:super">767</span>',
    "raised by a length": '768<span style="vertical-align:4pt">767</span>',
    "link to a note": '768<a href="#_ftn1">767</a>',
}


@pytest.mark.parametrize("inner", PARTED.values(), ids=PARTED.keys())
def test_digits_of_two_kinds_are_parted(inner: str):
    assert read_cell(inner) == "768\n767"


DOUBTED = {
    "screen that nobody knows": ("<i class=a>8</i>767", "@media (odd:1){.a{display:none}}"),
    "selector that is not understood": ("<i>8</i>767", "td:has(i) i{display:none}"),
    "rule inside a rule": ("<i class=a>8</i>767", "td{.a{display:none}}"),
    "first letter": ("8767", "td::first-letter{font-size:0}"),
    "variable": ('<i style="display:var(--x)">8</i>767', ""),
    "backwards": ("<bdo dir=rtl>76</bdo>7", ""),
    "added before": ("767", "td::before{content:'8'}"),
    "added behind": ("767", "td:after{content:'8'}"),
    "added to nothing": ("", "td+td:after{content:'767'}"),
    "picture": ('<img src="a.png">', ""),
    "picture of a script": ("<canvas></canvas>", ""),
}


@pytest.mark.parametrize(("inner", "css"), DOUBTED.values(), ids=DOUBTED.keys())
def test_what_cannot_be_told_is_marked(inner: str, css: str):
    assert UNKNOWN in read_cell(inner, css)


def test_a_cell_that_is_not_there_moves_its_neighbours():
    assert read_cell('9</td><td>767', "", ' style="display:none"') == "767"
    assert read_cell("767", "", ' style="visibility:hidden"') == ""


def test_ornaments_are_nothing():
    assert read_cell("<img src=a.gif width=1 height='1px'>") == ""


def test_what_is_left_out_is_told_with_its_first_place():
    cell = '<td><i style="display:none">8</i>7<td><i hidden>8</i>7'
    _, notes = read_html(f"<table><tr><td>a<td>b<tr><td>规章{cell}</table>")
    assert notes == ("hidden text, 2 times, first in T1:R2:C2",)


def test_a_hidden_copy_goes_and_a_hidden_table_stays():
    table = "<table><tr><td>规章<td>{0}<tr><td>规范性文件<td>{0}</table>"
    blocks, notes = read_html(f"<div style='display:none'>{table.format(1)}</div>{table.format(2)}")
    assert [[row[1].text for row in grid.rows] for grid in blocks] == [["2", "2"]]
    blocks, notes = read_html(f"<div style='display:none'>{table.format(1)}</div>")
    assert [[row[1].text for row in grid.rows] for grid in blocks] == [["1", "1"]]
    assert notes == ("table that is hidden until a script shows it in the page",)


def test_hidden_prose_goes_where_it_is_short():
    blocks, notes = read_html(f"<p>共<i style='display:none'>8</i>767件</p><div hidden>{'字' * 301}</div><p hidden>二</p>")
    assert ([block.text for block in blocks], notes) == (["共767件", "字" * 301], ())


def test_a_picture_among_the_text_is_a_grid_without_rows():
    page = "<p>三<p><img src=a.png><p>四<p><img src=b.gif width=9><p>五"
    assert [block if isinstance(block, Grid) else block.text for block in read_html(page)[0]] == [
        "三", Grid((), "columns", "picture"), "四", "五",
    ]  # fmt: skip


def test_styles_for_print_and_without_scripts_are_not_asked():
    head = "<style media=print>i{display:none}</style><noscript><style>i{display:none}</style></noscript>"
    assert read_cell("<i>767</i>", head=head) == "767"
