"""Pages as browsers and mail programs save them are read as the page that they hold."""

import plistlib
from email.message import EmailMessage
from pathlib import Path

import pytest

from govtables.pipeline import read_bytes
from govtables.readers.document import Unreadable
from govtables.readers.saved_pages import unwrap

DOCUMENT = Path(__file__).parents[1] / "documents" / "blank-row-in-html.html"
PAGE = DOCUMENT.read_text(encoding="utf-8")


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
