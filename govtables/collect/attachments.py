"""What a fetched page is: which files it links as its report, and whether a program draws it.

In: the text of a page. Out: addresses of attachments, a note. Next: `fetch`.
"""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from govtables.readers import Unreadable, decode

SUFFIXES = re.compile(r"\.(pdf|docx?|xlsx?|wps|et|ofd|rtf|zip)$", re.IGNORECASE)
TOLD = re.compile(r"附[件表]|年度?[报報]告?|[情统統][况况計计]表|信息公[开開]")
LEAST_HAN = 200  # letters of a page that says something
PAGE = re.compile(r"<(!doctype html|html|head|body|meta|title|div|table)\b", re.IGNORECASE)
HAN = re.compile(r"[㐀-鿿]")
HELD = "script, iframe, frame, embed, object, meta[http-equiv=refresh i]"  # what may hold the rest
DRAWN = "a program draws this page: open it in a browser, and save it there as a whole page or MHTML"


def page_text(data: bytes, content_type: str = "") -> str:
    """The text of a web page in whatever encoding it has; nothing, if this is none."""
    charset = re.search(r"charset=[\s\"']*([\w-]+)", content_type)
    try:
        text = "" if data.startswith((b"%PDF", b"PK")) else decode(data, charset and charset[1])[0]
    except Unreadable:
        return ""
    return text if PAGE.search(text[:4096]) else ""


def find_attachments(page: str, url: str) -> list[str]:
    """Addresses of files that a page links as its report or its tables, in order."""
    tree = LexborHTMLParser(page)
    base = next((node.attributes.get("href") or "" for node in tree.css("base[href]")), "")
    found = {}
    for link in tree.css("a[href]"):
        try:
            target = urldefrag(urljoin(urljoin(url, base), (link.attributes.get("href") or "").strip())).url
            is_file = SUFFIXES.search(urlsplit(target).path)
        except ValueError:
            continue
        words = f"{link.text()} {link.attributes.get('title') or ''}"
        if is_file and target.startswith(("http://", "https://")) and TOLD.search(words):
            found[target] = None
    return [*found]


def note_drawn(page: str) -> str:
    """Say that a page holds nothing but programs and frames, where it does."""
    tree = LexborHTMLParser(page)
    held = bool(tree.css(HELD))
    tree.strip_tags(["script", "style", "noscript", "template"])
    numbers = any(map(str.isdigit, "".join(table.text() for table in tree.css("table"))))
    text = tree.body.text() if tree.body else ""
    return DRAWN if held and not numbers and len(HAN.findall(text)) < LEAST_HAN else ""
