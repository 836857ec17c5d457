"""Tables that a page holds without showing them."""

import html
import json

import pytest

from govtables.readers import Grid, Unreadable, open_document
from govtables.readers.embedded import find_tables, unescape

TABLE = "<table><tr><td>规章<td class='a'>1<td>&lt;2</tr></table>"
HEAD = "<html><head><title>甲县2023年政府信息公开工作年度报告</title></head><body><p>前言</p>"
SCRIPT = "<script type='application/json'>{}</script>"
QUOTED = TABLE.replace("'", '"')

HELD = {
    "frame": f'<iframe srcdoc="{html.escape(TABLE)}"></iframe>',
    "noscript": f"<noscript>{TABLE}</noscript>",
    "template": f"<TEMPLATE>{TABLE}</TEMPLATE>",
    "text field": f"<textarea>{html.escape(TABLE)}</textarea>",
    "text field, not escaped": f"<textarea>{TABLE}</textarea>",
    "escaped in the text": f"<div>{html.escape(TABLE)}</div>",
    "data": SCRIPT.format(json.dumps({"props": {"content": QUOTED}}, ensure_ascii=False)),
    "data in ASCII": SCRIPT.format(json.dumps({"a": QUOTED}).replace("<", "\\u003c").replace(">", "\\u003e")),
    "data of data": SCRIPT.format(json.dumps({"a": json.dumps({"b": QUOTED})})),
    "escaped data": SCRIPT.format(json.dumps({"a": html.escape(TABLE)})),
    "a string of a script": "<script>var a = '" + QUOTED.replace("/", "\\/").replace("<", "\\x3c") + "';</script>",
}


def cells(text: str) -> tuple[list, tuple]:
    document = open_document(text.encode(), "page.html")
    return [[cell.text for cell in row] for block in document.blocks if isinstance(block, Grid) for row in block.rows], document.notes


@pytest.mark.parametrize("piece", HELD.values(), ids=HELD)
def test_a_table_that_a_page_holds_is_read_and_said(piece):
    found, notes = cells(f"{HEAD}{piece}</body></html>")
    assert found == [["规章", "1", "<2"]]
    assert ["a browser does not show" in note for note in notes] == [True]


def test_data_without_a_page_are_read_alike():
    assert cells(json.dumps({"data": {"content": QUOTED}}))[0] == [["规章", "1", "<2"]]


def test_what_a_page_shows_goes_before_what_it_holds():
    shown = "<table><tr><td>规章<td>7</table>"
    assert cells(HEAD + shown + HELD["template"]) == ([["规章", "7"]], ())


SILENT = {
    "a comment": f"<!-- {TABLE} -->",
    "a comment in data": SCRIPT.format(f"<!-- {TABLE} -->"),
    "a table that a script would build": '<script>var a = "<table><tr><td>" + b + "</td></tr></table>";</script>',
}


@pytest.mark.parametrize("piece", SILENT.values(), ids=SILENT)
def test_what_is_no_table_of_the_page_is_not_read(piece):
    assert find_tables(HEAD + SILENT["a comment"]) == ""
    with pytest.raises(Unreadable, match="without a table: a script loads the rest"):
        open_document(f"{HEAD}{piece}<script src='a.js'></script>".encode(), "page.html")


@pytest.mark.parametrize("text", [None, "", "\\", "\\u12", "\\ud800<table>1</table>", "<table>" * 9, "\\" * 99])
def test_any_text_can_be_asked(text):
    assert unescape(text) in ("", "<table>1</table>")


def test_a_page_of_text_needs_no_table():
    document = open_document(f"{HEAD}<p>{'报告' * 200}</p><script src='a.js'></script>".encode(), "page.html")
    assert document.notes == ()
