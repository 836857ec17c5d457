"""What a fetched page is: which files it links as its report, and whether a program draws it.

In: the bytes of a page. Out: addresses of attachments, a note. Next: `fetch`.
"""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

SUFFIXES = re.compile(r"\.(pdf|docx?|xlsx?|wps|et|ofd|rtf|zip)$", re.IGNORECASE)
TOLD = re.compile(r"附[件表]|年度?[报報]告?|[情统統][况况计計]表|信息公[开開]")
LEAST_HAN = 200  # letters of a page that says something
PAGE = re.compile(rb"\s*(\xef\xbb\xbf)?\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body)", re.I | re.S)
HAN = re.compile(r"[㐀-鿿]")
DRAWN = "a program draws this page: open it in a browser, and save it there as a whole page or MHTML"


def is_page(data: bytes) -> bool:
    """Tell a web page by its first bytes."""
    return bool(PAGE.match(data[:4096]))


def find_attachments(data: bytes, url: str) -> list[str]:
    """Addresses of files that a page links as its report or its tables, in order."""
    tree = LexborHTMLParser(data)
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


def note_drawn(data: bytes) -> str:
    """Say that a page holds nothing but programs, where it does."""
    tree = LexborHTMLParser(data)
    scripts = bool(tree.css("script"))
    tree.strip_tags(["script", "style", "noscript", "template"])
    text = tree.body.text() if tree.body else ""
    return DRAWN if scripts and not tree.css("table") and len(HAN.findall(text)) < LEAST_HAN else ""
