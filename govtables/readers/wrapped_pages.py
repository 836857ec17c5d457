"""Pages that stand in something else: saved by browsers and mail programs, or in another page.

In: the bytes of MHTML, a mail or a web archive; a page, or data of a script. Out: the page, the encoding
named for it; the HTML of the tables that a page holds without showing them: in frames, in elements for
scripts, in the texts of scripts. Next: `detect`.
"""

import html
import re
from typing import NamedTuple

from govtables.language import join, tell
from govtables.readers.document import Unreadable

HEAD = 8192  # bytes in which the header of a mail says what it is
FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]")
KIND = re.compile(rb"^content-type:", re.I | re.M)
VERSION = re.compile(rb"^(?:mime-version|message-id|received|subject):", re.I | re.M)
PLISTS = (b"bplist00", b"<?xml")
MAIL, ARCHIVE = "message/rfc822", "application/x-webarchive"
PAGES = ("text/html", "text/plain")  # the first that is there is the page
MAIN, DATA, ENCODING = "WebMainResource", "WebResourceData", "WebResourceTextEncodingName"
HOLDERS = "script, noscript, noframes, noembed, textarea, xmp, iframe[srcdoc]"
TEMPLATE = re.compile(r"<(/?)template\b", re.I)  # whose content a parser keeps apart
COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))")
SPACES = {"n": "\n", "t": "\t", "r": "\r"}
TABLE = re.compile(r"<table\b.*</table\s*>", re.I | re.S)
DEPTH = 4  # times that HTML may be written into a text


class SavedPage(NamedTuple):
    """A page as it was saved."""

    media_type: str
    data: bytes
    encoding: str | None
    notes: tuple[str, ...] = ()


def unwrap(data: bytes) -> SavedPage | None:
    """Take the page out of a saved one; `None` for what is none, `Unreadable` for one without a page."""
    if data.startswith(PLISTS[0]) or (data.startswith(PLISTS[1]) and MAIN.encode() in data[:HEAD]):
        return _unwrap_archive(data)
    head = data.lstrip()[:HEAD]
    if FIELD.match(head) and KIND.search(head) and VERSION.search(head):
        return _unwrap_mail(data.lstrip())
    return None


def _unwrap_mail(data: bytes) -> SavedPage:
    """A mail or an MHTML file is parts of MIME; files that are attached are named, not read."""
    from email import message_from_bytes, policy

    message = message_from_bytes(data, policy=policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    shown = [part for part in parts if not part.is_attachment()]
    pages = ([part for part in shown if part.get_content_type() == kind] for kind in PAGES)
    found = next(filter(None, pages), None)
    if not found:
        raise Unreadable(tell("readers.mail_empty"))
    texts = [(part.get_payload(decode=True) or b"", part.get_content_charset()) for part in found]
    page = max(texts, key=lambda text: len(text[0]))  # frames and advertisements are smaller
    attached = [part.get_filename() or tell("readers.a_file") for part in parts if part.is_attachment()]
    notes = (tell("readers.attached", names=join(attached, ", ")),) if attached else ()
    return SavedPage(MAIL, *page, notes)


def _unwrap_archive(data: bytes) -> SavedPage:
    """A web archive is a property list that holds the page and what it shows."""
    import plistlib

    try:
        main = plistlib.loads(data)[MAIN]
        return SavedPage(ARCHIVE, bytes(main[DATA]), main.get(ENCODING))
    except (plistlib.InvalidFileException, KeyError, TypeError, ValueError, OverflowError) as problem:
        raise Unreadable(tell("readers.web_archive", problem=str(problem))) from None


def find_tables(page: str) -> str:
    """The tables that a page holds and does not show."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(TEMPLATE.sub(r"<\1noscript", page))
    pieces = []
    for node in tree.css(HOLDERS):
        inside = node.inner_html if node.tag == "noscript" else node.text()
        pieces.append(node.attributes.get("srcdoc") or inside)
    found = "\n".join(filter(None, map(unescape, pieces)))
    return found or unescape(tree.body and tree.body.text())  # or the page shows its own source


def unescape(text: str | None) -> str:
    """The tables of HTML that was written into a text, perhaps more than once.

    >>> unescape("&lt;table&gt;1&lt;/table&gt;"), unescape("no table")
    ('<table>1</table>', '')
    """
    text = text or ""
    for _ in range(DEPTH):
        if "\\" in text:
            text = ESCAPE.sub(_letter, text)
        elif not TABLE.search(text):
            text = html.unescape(text)
    found = TABLE.search(COMMENT.sub("", text))
    return found[0] if found else ""


def _letter(escape: re.Match[str]) -> str:
    if escape[3]:
        return SPACES.get(escape[3], escape[3])
    return chr(int(escape[1] or escape[2], 16)).encode("utf-8", "replace").decode()
