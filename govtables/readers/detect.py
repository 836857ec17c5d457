"""A file or bytes to a `Document`.

In: path or bytes. Out: a `Document`; what is no document raises `Unreadable`. Next: `extract`.

The format is told by content, never by the name; size is limited before anything is parsed.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from govtables.declared import declared
from govtables.language import Said, tell
from govtables.readers import archives
from govtables.readers.document import Cell, Document, Grid, Unreadable
from govtables.readers.html import read_html
from govtables.readers.limits import LIMITS
from govtables.readers.plain import read_text
from govtables.readers.text_tables import read_commas
from govtables.readers.wrapped_pages import find_tables, unescape, unwrap

PDF, OFD = "application/pdf", "application/ofd"
MOST_BYTES = LIMITS.megabytes << 20
HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|div)\b", re.I)
DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
SUPERSETS = dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030")
SUPERSETS |= dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs")
HEAD = 1024  # bytes before which the mark of a PDF may stand
BLANKS = b"\xef\xbb\xbf \r\n\t"
# how files of word processors, spreadsheets and pictures begin
BINARY = (
    archives.MAGIC, b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<?xml", b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*",
    b"GIF8", b"BM", b"RIFF",
)
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)
NARROW = ("utf-8", "gb18030", "big5hkscs")
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
# how a text was taken for another encoding, and what it is; the first two print Chinese in ASCII
MISTAKEN = (
    ("ascii", "hz"), ("ascii", "utf-7"), ("latin-1", "utf-8"), ("cp1252", "utf-8"), ("gb18030", "utf-8"),
    ("latin-1", "gb18030"), ("cp1252", "gb18030"),
)
ASCII_RUN = re.compile(rb"([\0-\x7f])[\0-\x7f]{2,}")  # its first byte may end a character of two bytes
SAMPLE = 20_000  # bytes, an even number
# characters that every report repeats, in both scripts
COMMON = "政府信息公开開的年度工作情况況申请請行主动動数數量件一二三四"
ASCII = bytes(range(128))
MOST_COMMON = 6  # of them stand first
LEAST_COMMON = 0.03  # of the characters beyond ASCII
MOST_BROKEN = 0.01
MOST_MARKS = 0.1  # of question marks
LOADED = re.compile(r"<(?:script|i?frame|embed|object)\b", re.I)
SHORT = 300  # characters of a page that is only a frame for what it loads
Reading = tuple[str, tuple[Cell | Grid, ...], tuple[str, ...]]  # media type, blocks, notes


def open_document(source: str | Path | bytes, name: str) -> Document:
    """Read a document from a path or from its bytes."""
    if isinstance(source, bytes):
        data = source
    else:
        with Path(source).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable(tell("readers.too_large", megabytes=MOST_BYTES >> 20))
    media_type, blocks, notes = _read(data)
    return Document(name, digest(data), media_type, blocks, notes)


def _read(data: bytes) -> Reading:
    """Let the reader of its format read a document; what texts do not need is loaded when a file needs it."""
    if b"%PDF-" in data[:HEAD]:
        return _read_pdf(data)
    if data.lstrip(BLANKS).startswith(BINARY):
        from govtables.readers import office, scan

        kind = office.find_kind(data)
        if kind == "ofd":
            from govtables.readers.ofd import print_ofd

            printed, left = print_ofd(data)
            blocks, notes = _read_pdf(printed, ocr=False)[1:]
            return OFD, blocks, (*left, *notes)
        if kind:
            blocks, notes = office.read_office(data)  # which says why, where it has no media type
            return office.MEDIA_TYPES[kind], blocks, notes
        if kind := scan.find_kind(data):
            return scan.MEDIA_TYPES[kind], *scan.read_scan(data)
    if page := unwrap(data):
        media_type, blocks, notes = _read_text(page.data, page.encoding)
        return page.media_type, blocks, (*page.notes, *notes)
    return _read_text(data)


def _read_text(data: bytes, encoding: str | None = None) -> Reading:
    """Read a page or a text; the `encoding` is what the outside says, where the bytes name none."""
    text, notes = decode(data, encoding)
    if text.lstrip()[:1] in ("{", "[") and (tables := unescape(text)):
        blocks, said = read_html(tables)
        return "application/json", blocks, (*notes, *said, tell("readers.held"))
    if HTML.search(text[:4000]):
        return "text/html", *_read_page(text, notes)
    return "text/plain", read_commas(text) or read_text(text), notes


def _read_page(page: str, notes: tuple[str, ...]) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read a page; where it shows no table with numbers, one that it holds for its scripts or frames."""
    blocks, said = read_html(page)
    if any(map(_has_numbers, blocks)):
        return blocks, (*notes, *said)
    if tables := find_tables(page):
        held, said_of_held = read_html(page + tables)
        if any(map(_has_numbers, held)):
            return held, (*notes, *said_of_held, tell("readers.held"))
    shown = sum(len(block.text) for block in blocks if isinstance(block, Cell))
    if shown < SHORT and LOADED.search(page) and not any(isinstance(block, Grid) for block in blocks):
        raise Unreadable(tell("readers.elsewhere", shown=shown))
    return blocks, (*notes, *said)


def _has_numbers(block: Cell | Grid) -> bool:
    rows = block.rows if isinstance(block, Grid) else ()
    return any(cell and any(map(str.isdigit, cell.text)) for row in rows for cell in row)


def _read_pdf(data: bytes, ocr: bool = True) -> Reading:
    """Read a PDF: its text, or where its pages are pictures those."""
    from govtables.readers import pdf, scan

    try:
        return PDF, *pdf.read_pdf(data)
    except pdf.Pictures:
        if ocr:
            return PDF, *scan.read_scan(data)
        raise Unreadable(tell("readers.letters_drawn")) from None


def digest(data: bytes) -> str:
    """SHA-256 of a document's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, outside: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode text in any encoding that reports are published in; the notes say what was not plain.

    >>> decode("政府信息公开工作年度报告".encode("gb18030"))
    ('政府信息公开工作年度报告', ())
    """
    if not data.strip():
        raise Unreadable(tell("readers.empty"))
    for line in declared("readers", "refused"):
        if data.startswith(bytes.fromhex(line["bytes"]), int(line["at"])):
            raise Unreadable(Said(line["en"], line["zh"]))
    named = SUPERSETS.get((outside or "").lower())
    for encoding in filter(None, (*_declared(data), named)):
        try:
            return _mend(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _guess(data)


def _mend(text: str) -> tuple[str, tuple[str, ...]]:
    """Put a text right that was taken for another encoding and saved so; refuse one that lost letters."""
    sample = text[:SAMPLE]
    for wrong, right in () if _is_likely(text) else MISTAKEN:
        if _likeness(sample.encode(wrong, "ignore").decode(right, "ignore")) >= LEAST_COMMON:
            try:
                return text.encode(wrong).decode(right), (tell("readers.mistaken", right=right),)
            except UnicodeError:
                raise Unreadable(tell("readers.mistaken_lost", right=right, wrong=wrong)) from None
    if sample.isascii() and sample.count("?") > MOST_MARKS * len(sample):
        raise Unreadable(tell("readers.question_marks"))
    return text, ()


def _declared(data: bytes) -> Iterator[str]:
    """Encodings that the bytes themselves name, UTF-8 among them since it can hardly be met by chance."""
    yield from (encoding for bom, encoding in BOMS if data.startswith(bom))
    if b"\0" not in data:
        yield "utf-8"
        if found := DECLARED.search(data[:4096]):
            yield SUPERSETS.get(found[1].decode("ascii").lower(), "")


def _guess(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Take the encoding whose text looks most like a report; a few broken bytes are marked and noted."""
    wide = data.count(b"\0") * 100 > len(data)
    sample = data[:SAMPLE] if wide else ASCII_RUN.sub(rb"\1", data)[:SAMPLE]
    encoding = max(WIDE if wide else NARROW, key=lambda name: _likeness(sample.decode(name, "replace")))
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if _likeness(sample.decode(encoding, "replace")) < LEAST_COMMON or broken > MOST_BROKEN * len(text):
        raise Unreadable(tell("readers.no_encoding"))
    return text, (tell("readers.broken", count=broken),) if broken else ()


def _is_likely(text: str) -> bool:
    """Tell whether a text looks like a report; most short ones show it by the commonest signs alone."""
    some = sum(map(text.count, COMMON[:MOST_COMMON])) - text.count("\ufffd") if len(text) < SAMPLE else 0
    return some >= LEAST_COMMON * len(text) or _likeness(text) >= LEAST_COMMON


def _likeness(text: str) -> float:
    """Share of the characters beyond ASCII that are common ones, less the share that is broken."""
    beyond = text.encode("utf-8", "surrogatepass").translate(None, ASCII).decode("utf-8", "surrogatepass")
    sample = beyond or text
    return (sum(map(sample.count, COMMON)) - sample.count("\ufffd")) / max(len(sample), 1)
