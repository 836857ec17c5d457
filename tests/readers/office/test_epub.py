"""A book is read as one page, in the order of its spine."""

import pytest

from govtables.readers import Unreadable
from govtables.readers.office.epub import read_epub
from tests.readers.office.writing import pack, show

BOOK = """<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="t/%E4%B8%80%20x.xhtml"/>
<item id="b" href="b.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="a"/></spine></package>"""
ROOT = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>{}</rootfiles></container>'
PARTS = {
    "META-INF/container.xml": ROOT.format('<rootfile full-path="OEBPS/a.opf"/>'),
    "OEBPS/a.opf": BOOK,
    "OEBPS/t/一 x.xhtml": "<html><body><table><tr><td>规章</td><td>1</td></tr></table></body></html>",
    "OEBPS/b.xhtml": "<html><body><p>前言</p></body></html>",
}


def test_pages_are_read_in_the_order_of_the_book():
    assert show(read_epub(pack(PARTS))[0]) == ["前言", "| 规章 | 1 |"]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({**PARTS, "META-INF/container.xml": ROOT.format("")}, "list of pages is missing"),
        ({name: part for name, part in PARTS.items() if "b.xhtml" not in name}, "'OEBPS/b.xhtml' is missing"),
    ],
)
def test_a_book_that_is_not_whole_is_refused(parts, why):
    with pytest.raises(Unreadable, match=why):
        read_epub(pack(parts))
