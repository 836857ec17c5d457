"""Files of word processors and spreadsheets, whichever program wrote them.

In: bytes. Out: their kind by content, and prose lines, grids and notes. Next: `detect`.
"""

from govtables.declared import declared
from govtables.language import Said, tell
from govtables.readers import archives
from govtables.readers.document import Cell, Grid, Unreadable
from govtables.readers.office.containers import container_kind, marks, read_epub
from govtables.readers.office.docx import read_docx
from govtables.readers.office.legacy import MAGIC, compound_kind, convert
from govtables.readers.office.sheets import read_sheets

READERS = {"docx": read_docx, "xlsx": read_sheets, "epub": read_epub}
KINDS = {line["kind"]: line for line in declared("readers", "kinds")}
MEDIA_TYPES = {kind: line["media_type"] for kind, line in KINDS.items() if line["media_type"]}
HEAD = 8000  # bytes of an XML file that name what it is


def find_kind(data: bytes) -> str | None:
    """Tell by content which of these files it is; `None` when it is none, as a ZIP archive of other files.

    Besides the kinds of `MEDIA_TYPES` it tells ``ofd``, and those that are not read: ``encrypted``, slides.

    >>> find_kind(b"{\\\\rtf1 }"), find_kind(b"<html>")
    ('rtf', None)
    """
    if data.startswith(MAGIC):
        return compound_kind(data)
    if data.startswith(archives.MAGIC):
        return container_kind(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    is_xml = data[:100].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")
    told = marks("xml").items() if is_xml else ()
    return next((kind for mark, kind in told if mark.encode() in data[:HEAD]), None)


def read_office(data: bytes) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read such a file: its blocks in reading order, and notes."""
    kind = KINDS[find_kind(data) or ""]
    if kind["en"]:
        raise Unreadable(Said(kind["en"], kind["zh"]))
    if not kind["target"]:
        return READERS[kind["kind"]](data)
    blocks, notes = READERS[kind["target"]](convert(data, kind["ending"], kind["filter"], kind["target"]))
    return blocks, (tell("readers.office_copy"), *notes)
