"""Files of word processors and spreadsheets, whichever program wrote them.

In: bytes. Out: their kind by content, and prose lines, grids and notes. Next: `detect`.
"""

from govtables.declared import declared
from govtables.readers import zips
from govtables.readers.document import Cell, Grid, Unreadable
from govtables.readers.office.compound import MAGIC, compound_kind, marks
from govtables.readers.office.containers import container_kind
from govtables.readers.office.docx import read_docx
from govtables.readers.office.epub import read_epub
from govtables.readers.office.legacy import FILTERS, convert
from govtables.readers.office.sheets import read_sheets

READERS = {"docx": read_docx, "xlsx": read_sheets, "epub": read_epub}
KINDS = {line["kind"]: line for line in declared("readers", "kinds")}
MEDIA_TYPES = {kind: line["media_type"] for kind, line in KINDS.items() if line["media_type"]}
UNREAD = {kind: line["refused"] for kind, line in KINDS.items() if line["refused"]}
NO_OFFICE = "not a file of a word processor or spreadsheet; save the report as DOCX or XLSX"
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
    told = marks("xml").items() if is_xml else ()
    return next((kind for mark, kind in told if mark.encode() in data[:HEAD]), None)


def read_office(data: bytes) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read such a file: its blocks in reading order, and notes."""
    kind = find_kind(data)
    if kind in READERS:
        return READERS[kind](data)
    if kind not in FILTERS:
        raise Unreadable(UNREAD.get(kind or "", NO_OFFICE))
    blocks, notes = READERS[FILTERS[kind].target](convert(data, kind))
    return blocks, ("read from the copy that LibreOffice made of it", *notes)
