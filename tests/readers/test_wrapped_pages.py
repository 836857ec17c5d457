"""Pages in mails, web archives, frames and scripts."""

import html
import json
import plistlib
from email.message import EmailMessage
from pathlib import Path

import pytest

from govtables.pipeline import read_bytes
from govtables.readers import Grid, Unreadable, open_document
from govtables.readers.wrapped_pages import find_tables, unescape, unwrap

DOCUMENT = Path(__file__).parents[1] / "documents" / "blank-row-in-html.html"
PAGE = DOCUMENT.read_text(encoding="utf-8")
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


def mail(body: str, charset: str = "utf-8", encoding: str = "quoted-printable", subtype: str = "html") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "<Saved by Blink>", "页面"
    message.set_content(body, subtype=subtype, charset=charset, cte=encoding)
    return message


def web_archive(form: plistlib.PlistFormat) -> bytes:
    main = {"WebResourceData": PAGE.encode("gb18030"), "WebResourceTextEncodingName": "GBK", "WebResourceMIMEType": "text/html"}
    return plistlib.dumps({"WebMainResource": main}, fmt=form)


def with_a_frame() -> bytes:
    message = mail(PAGE)
    message.make_related()
    message.add_related("<html>广告</html>", subtype="html")
    return message.as_bytes()


SAVED = {
    "quoted-printable": mail(PAGE).as_bytes(), "base64": mail(PAGE, encoding="base64").as_bytes(),
    "gb2312": mail(PAGE.replace("utf-8", "gb2312"), charset="gb18030", encoding="base64").as_bytes(),
    "a frame beside it": with_a_frame(), "binary web archive": web_archive(plistlib.FMT_BINARY),
    "web archive of XML": web_archive(plistlib.FMT_XML),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED)
def test_a_saved_page_has_the_cells_of_the_page(data):
    expected, found = read_bytes(PAGE.encode(), "page.html"), read_bytes(data, "saved.doc")
    assert found.error is None and found.cells == expected.cells
    assert any(cell.value is not None for cell in found.cells)


def test_what_is_attached_is_named():
    message = mail(PAGE)
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="年报.pdf")
    assert unwrap(message.as_bytes()).notes == ("attached and not read: 年报.pdf",)
    assert any("年报.pdf" in finding.message for finding in read_bytes(message.as_bytes(), "a.eml").findings)


def test_a_plain_mail_is_read_as_text():
    page = unwrap(mail("规章 | 1 | 0 | 4 |\n" * 3, subtype="plain").as_bytes())
    assert page.data.decode().startswith("规章 | 1")


@pytest.mark.parametrize(("data", "said"), [
    (b"MIME-Version: 1.0\nContent-Type: image/png\n\nxx", "a mail without a text"),
    (b"bplist00" + bytes(50), "a web archive that cannot be opened"),
    (plistlib.dumps({"WebMainResource": {}}), "a web archive that cannot be opened"),
], ids=["a picture alone", "damaged", "empty"])
def test_what_holds_no_page_says_so(data, said):
    with pytest.raises(Unreadable, match=said):
        unwrap(data)


@pytest.mark.parametrize("text", ["Note: a text\nwith a colon", "<html>Content-Type: text/html</html>", "<?xml version='1.0'?><a/>", "", "规章: 1"])
def test_other_texts_are_not_unwrapped(text):
    assert unwrap(text.encode()) is None


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
