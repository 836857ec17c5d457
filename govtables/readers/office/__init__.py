"""Files of word processors and spreadsheets, whichever program wrote them.

In: bytes. Out: their kind by content, and prose lines, grids and notes. Next: `detect`.
"""

from govtables.readers import zips
from govtables.readers.document import Cell, Grid, Unreadable
from govtables.readers.office.compound import MAGIC, compound_kind
from govtables.readers.office.containers import container_kind
from govtables.readers.office.docx import read_docx
from govtables.readers.office.epub import read_epub
from govtables.readers.office.legacy import FILTERS, convert
from govtables.readers.office.sheets import read_sheets

READERS = {"docx": read_docx, "xlsx": read_sheets, "epub": read_epub}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12", "xls": "application/vnd.ms-excel",
    "xmlss": "application/vnd.ms-excel", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "doc": "application/msword", "wordml": "application/msword", "works": "application/vnd.ms-works",
    "fodt": "application/vnd.oasis.opendocument.text-flat-xml", "epub": "application/epub+zip",
    "fods": "application/vnd.oasis.opendocument.spreadsheet-flat-xml",
    "rtf": "application/rtf", "odt": "application/vnd.oasis.opendocument.text",
}
UNREAD = {
    "encrypted": "protected by a password; save it without one",
    "ppt": "slides of PowerPoint; save the report as DOCX or PDF",
    "pptx": "slides of PowerPoint; save the report as DOCX or PDF",
    "odp": "slides; save the report as DOCX or PDF", "odg": "a drawing; save the report as DOCX or PDF",
    "xps": "an XPS file; save it as PDF", "uof": "a UOF file; save it as DOCX or XLSX",
    "iwork": "a file of Pages or Numbers; export it as DOCX, XLSX or PDF",
    "compound": "a binary Office file of an unknown kind, perhaps damaged; save the report as DOCX or XLSX",
}
XML_KINDS = {
    b"application/vnd.oasis.opendocument.text": "fodt", b"http://schemas.uof.org/": "uof",
    b"application/vnd.oasis.opendocument.spreadsheet": "fods",
    b"http://schemas.microsoft.com/office/word/2003/wordml": "wordml",
    b"urn:schemas-microsoft-com:office:spreadsheet": "xmlss",
}
HEAD = 8000  # bytes of an XML file that name what it is


def find_kind(data: bytes) -> str | None:
    """Tell by content which of these files it is; `None` when it is none, as a ZIP archive of other files.

    Besides the kinds of `MEDIA_TYPES` it tells ``ofd``, and those that are not read: ``encrypted``, slides.

    >>> find_kind(b"{\\\\rtf1 }"), find_kind(b"<html>")
    ('rtf', None)
    """
    if data.startswith(MAGIC):
        return compound_kind(data)
    if data.startswith(zips.MAGIC):
        return container_kind(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    is_xml = data[:100].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")
    return next((kind for name, kind in XML_KINDS.items() if is_xml and name in data[:HEAD]), None)


def read_office(data: bytes) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read such a file: its blocks in reading order, and notes."""
    kind = find_kind(data)
    if kind in READERS:
        return READERS[kind](data)
    if kind not in FILTERS:
        raise Unreadable(
            UNREAD.get(
                kind or "", "not a file of a word processor or spreadsheet; save the report as DOCX or XLSX"
            )
        )
    blocks, notes = READERS[FILTERS[kind].target](convert(data, kind))
    return blocks, ("read from the copy that LibreOffice made of it", *notes)
