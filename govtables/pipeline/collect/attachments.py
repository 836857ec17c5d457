"""What a fetched page is: its text, and which files it links as its report.

In: bytes. Out: the text of a page, addresses of attachments. Next: `fetch`.
"""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from govtables.readers import Unreadable, decode, parse

SUFFIXES = re.compile(r"\.(pdf|docx?|xlsx?|wps|et|ofd|rtf|zip)$", re.IGNORECASE)
TOLD = re.compile(r"附[件表]|年度?[报報]告?|[情统統][况况計计]表|信息公[开開]")
PAGE = re.compile(r"<(!doctype html|html|head|body|meta|title|div|table)\b", re.IGNORECASE)


def page_text(data: bytes, content_type: str = "") -> str:
    """The text of a web page in whatever encoding it has; nothing, if this is none."""
    charset = re.search(r"charset=[\s\"']*([\w-]+)", content_type)
    try:
        text = "" if data.startswith((b"%PDF", b"PK")) else decode(data, charset and charset[1])[0]
    except Unreadable:
        return ""
    return text if PAGE.search(text[:4096]) else ""


def find_attachments(page: str, url: str) -> list[str]:
    """Addresses of the report's files that a page links, in order; `Unreadable` if it is too deep."""
    tree = parse(page)
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
