"""Containers: opened safely, told from one another; books of pages."""

import io
import struct
import zipfile

import pytest

from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.office import find_kind
from govtables.readers.office.containers import read_epub
from govtables.readers.office.docx import read_docx
from tests.readers.office.writing import (
    LAUGHS, MANY, PACKAGE, SPACES, START, docx, p, pack, show, tbl, tr, unpack, with_part, xlsx,
)

BOOK = """<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="t/%E4%B8%80%20x.xhtml"/>
<item id="b" href="b.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="a"/></spine></package>"""
ROOT = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>{}</rootfiles></container>'
PARTS = {
    "META-INF/container.xml": ROOT.format('<rootfile full-path="OEBPS/a.opf"/>'),
    "OEBPS/a.opf": BOOK,
    "OEBPS/t/一 x.xhtml": "<html><body><table><tr><td>规章</td><td>1</td></tr></table></body></html>",
    "OEBPS/b.xhtml": "<html><body><p>前言</p></body></html>",
}


def test_utf16_parts_are_read():
    parts = unpack(docx(p("一")))
    parts["word/document.xml"] = (
        '<?xml version="1.0" encoding="UTF-16"?>' + parts["word/document.xml"].decode()
    ).encode("utf-16")
    assert show(read_docx(pack(parts))[0]) == ["一"]


def changed(name: bytes, at: int, value: bytes) -> bytes:
    """A document whose directory says something else of a member."""
    written = bytearray(docx(p("一")))
    start = written.rindex(name) - 46
    written[start + at : start + at + len(value)] = value
    return bytes(written)


def twice() -> bytes:
    file = io.BytesIO(docx(p("一")))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("WORD/document.xml", "<x/>")
    return file.getvalue()


OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

DOCUMENT = f"<w:document {SPACES}><w:body>{p('&amp;')}</w:body></w:document>"

AWAY = f'<Relationships xmlns="{PACKAGE}/relationships">{START.format("../../etc/passwd", "Internal")}</Relationships>'

HARM = {
    "entities": (lambda: with_part("word/document.xml", LAUGHS + DOCUMENT), "document type"),
    "entity from outside": (lambda: with_part("word/document.xml", OUTSIDE + DOCUMENT), "document type"),
    "entities in UTF-16": (
        lambda: with_part("word/document.xml", (LAUGHS + DOCUMENT).encode("utf-16")),
        "document type",
    ),
    "entities in UTF-16 without a mark": (
        lambda: with_part("word/document.xml", (LAUGHS + DOCUMENT).encode("utf-16-le")),
        "not in UTF-8",
    ),
    "another encoding far behind": (
        lambda: with_part(
            "word/document.xml", f'<?xml version="1.0" {" " * 999} encoding="cp037"?>{DOCUMENT}'
        ),
        "not in UTF-8",
    ),
    "another encoding": (
        lambda: with_part("word/document.xml", '<?xml version="1.0" encoding="UTF-7"?>' + DOCUMENT),
        "not in UTF-8",
    ),
    "namespace of a kilobyte": (
        lambda: with_part("word/document.xml", f'<x xmlns="{"n" * 1000}"/>'),
        "document type",
    ),
    "elements in one another": (
        lambda: pack(unpack(docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000)), zipfile.ZIP_STORED),
        "nested more than",
    ),
    "tables in one another": (
        lambda: docx("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300),
        "nested more than",
    ),
    "bomb": (lambda: with_part("word/big.xml", b" " * (4 << 20)), "packed more than"),
    "bomb of a hundred megabytes": (
        lambda: changed(b"word/document.xml", 24, struct.pack("<I", 200 << 20)),
        "over the limit of 128",
    ),
    "size that is not true": (lambda: changed(b"word/document.xml", 24, struct.pack("<I", 50)), "damaged"),
    "part that is too large": (
        lambda: with_part("word/document.xml", b" " * (33 << 20), method=zipfile.ZIP_STORED),
        "larger than",
    ),
    "millions of tags": (
        lambda: with_part("word/document.xml", b"<a/>" * (LIMITS.marks + 1), method=zipfile.ZIP_STORED),
        "tags and attributes",
    ),
    "thousands of members": (
        lambda: pack({str(n): b"" for n in range(LIMITS.members + 1)}),
        "holds 2001 files, over the limit of 2000",
    ),
    "directory of a million members": (
        lambda: docx("") + b"PK\1\2" * (10 * LIMITS.members + 1),
        "files in the container",
    ),
    "path out of the container": (lambda: with_part("../evil.xml", "x"), "leads out of it"),
    "absolute path": (lambda: with_part("/etc/passwd", "x"), "leads out of it"),
    "path of another system": (lambda: with_part("C:\\evil", "x"), "leads out of it"),
    "two parts of one name": (twice, "two files of the container"),
    "password": (lambda: changed(b"word/document.xml", 8, b"\1"), "protected by a password"),
    "unusual packing": (lambda: pack(unpack(docx(p("一"))), zipfile.ZIP_BZIP2), "unusual way"),
    "not well-formed": (lambda: with_part("word/document.xml", "<w:document>"), "damaged"),
    "undeclared entity": (lambda: docx("<w:p>&x;</w:p>"), "damaged"),
    "cut short": (lambda: docx(p("一"))[:-40], "damaged ZIP"),
    "main part outside": (lambda: with_part("_rels/.rels", AWAY), "missing"),
    "workbook for a document": (lambda: xlsx(""), "no Word document"),
    "rows": (lambda: docx(tbl("<w:tr/>" * MANY)), "rows in its tables"),
    "cells of a row": (lambda: docx(tbl(tr(*["1"] * (LIMITS.columns + 1)))), "columns at T1:R1"),
}


@pytest.mark.parametrize(("make", "why"), HARM.values(), ids=HARM)
def test_harm_in_word_is_told(make, why):
    with pytest.raises(Unreadable, match=why):
        read_docx(make())


def test_a_container_of_too_many_files_is_not_even_listed():
    assert find_kind(pack(unpack(docx("")) | {str(n): "" for n in range(10 * LIMITS.members)})) is None


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
