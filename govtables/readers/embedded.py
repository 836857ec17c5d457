"""Tables that a page holds without showing them: in frames, in elements for scripts, in the texts of scripts.

In: a page, or data of a script. Out: the HTML of the tables. Next: `detect`, where the page shows none.
"""

import html
import re

HOLDERS = "script, noscript, noframes, noembed, textarea, xmp, iframe[srcdoc]"
TEMPLATE = re.compile(r"<(/?)template\b", re.I)  # whose content a parser keeps apart
COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))")
SPACES = {"n": "\n", "t": "\t", "r": "\r"}
TABLE = re.compile(r"<table\b.*</table\s*>", re.I | re.S)
DEPTH = 4  # times that HTML may be written into a text


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
