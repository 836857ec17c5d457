"""A PDF file opened, and its pages.

In: the bytes of a file. Out: blocks in reading order, and notes. Next: `detect`.
"""

import io
import time
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from govtables.language import join, tell
from govtables.readers.document import Cell, Grid, Unreadable
from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.pdf.doubts import is_numeral, mark_doubts, mark_words
from govtables.readers.pdf.drawings import TooMuch, turn_box
from govtables.readers.pdf.guard import Cost, check_size, find_costs
from govtables.readers.pdf.mending import mend
from govtables.readers.pdf.notes import print_notes
from govtables.readers.pdf.page import Page, read_page
from govtables.readers.pdf.reading_order import Line, Part, make_blocks, page_lines
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.tables import fill, find_tables, sides_of
from govtables.readers.pdf.witnesses import Picture, picture_of, read_again
from govtables.readers.pdf.words import UNKNOWN, Glyph, Word, find_words
from govtables.readers.pdfium import open_pdf
from govtables.readers.ruled import Box, Table, place_cells

Read = tuple[tuple[Cell | Grid, ...], tuple[str, ...]]  # blocks in reading order, notes
Again = Mapping[int, Sequence[Glyph]]  # what the second reading has on each page
XFA = 2  # pdfium's number for a form whose pages only a program draws


class Pictures(Unreadable):
    """A file whose pages hold no text to read, only pictures or shapes: a scan. OCR may read it."""


@dataclass(slots=True)
class Sheet:
    """A page on its way to blocks."""

    number: int
    at: int  # how many pages are before it, those that stand twice once
    page: Page
    tables: list[Table]
    rest: list[Word]
    rows: bool  # whether lines outside the tables may be rows of one without rules
    picture: Picture | None  # a witness, where it is not too slow to draw
    written: list[Box]  # where form fields and notes stand that have a text


def read_pdf(data: bytes) -> Read:
    """Read a PDF file: prose lines and ruled tables in reading order, and what is to be known of them.

    Places are `P3:T1:R5:C4` (page, its table, row, cell) and `P3:L12`. Raises `Unreadable`, which says why
    and what to do, and its kind `Pictures` for a scan.
    """
    until = time.monotonic() + LIMITS.seconds
    check_size(data)
    document = _open(data)
    import pypdfium2

    try:
        locked = pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) != -1
        costs = None if locked else _costs(data, len(document))
        if costs is None:  # both libraries get the file in plain, its defects repaired
            document, data, costs = _rewrite(document)
        before = costs or []
        noted = [at for at, cost in enumerate(before) if cost.noted and cost.size <= PDF.most_content]
        if noted:  # and what is shown over its pages printed in them
            print_notes(document, noted, until)
            document, data, costs = _rewrite(document)
            pairs = zip(costs or (), before, strict=False)
            costs = [cost._replace(written=was.written) for cost, was in pairs] or None
        if costs is None:
            raise Unreadable(tell("readers.pdf_second"))
        blocks, notes = read_pages(document, data, costs, until)
        attached = document.count_attachments()
        return blocks, (*notes, tell("readers.attachments", count=attached)) if attached > 0 else notes
    finally:
        document.close()


def _open(data: bytes) -> Any:
    document, why = open_pdf(data), None
    if document.get_formtype() == XFA:
        why = tell("readers.xfa")
    elif not 0 < (count := len(document)) <= LIMITS.pages:
        why = tell("readers.pdf_pages", count=count, most=LIMITS.pages)
    if why:
        document.close()
        raise Unreadable(why)
    return document


def _costs(data: bytes, count: int) -> list[Cost] | None:
    """What each page takes; `None` if pdfminer does not find the pages that pdfium finds."""
    try:
        costs = find_costs(data, count)
    except Exception:  # whatever it raises, the file is damaged
        return None
    return costs if len(costs) == count else None


def _rewrite(document: Any) -> tuple[Any, bytes, list[Cost] | None]:
    """Open the file as pdfium saves it: without encryption, which then only forbids to print or to copy."""
    import pypdfium2.raw as pdfium

    file = io.BytesIO()
    document.save(file, flags=pdfium.FPDF_REMOVE_SECURITY)
    data = file.getvalue()
    check_size(data)
    document.close()
    document = _open(data)
    return document, data, _costs(data, len(document))


def read_pages(document: Any, data: bytes, costs: Sequence[Cost], until: float) -> Read:
    """Read the pages of a file in at most the time `until`, of `time.monotonic`."""
    notes: list[str] = []
    sheets = list(_sheets(document, costs, until, notes))
    _check_text(sheets, notes)
    ruled = any(sheet.tables for sheet in sheets)
    numbered = {sheet.number: sheet.page for sheet in sheets if sheet.tables or sheet.rows or not ruled}
    again = read_again(data, len(costs), numbered, until)
    doubts: list[str] = []
    parts: list[Part | Line] = []
    for sheet in sheets:
        parts += _parts(sheet, again, doubts, sheet.number in numbered)
    if doubts:
        told = join([*doubts[: PDF.most_places], *(["…"] if doubts[PDF.most_places :] else [])])
        notes.append(tell("readers.numbers_doubtful", count=len(doubts), doubts=told))
    once = [number for number in numbered if number not in again]
    _note(notes, "readers.read_once", once)
    unseen = [sheet.number for sheet in sheets if sheet.tables and sheet.picture is None]
    _note(notes, "readers.not_compared", unseen)
    return make_blocks(parts), tuple(notes)


def _note(notes: list[str], message: str, numbers: Sequence[int]) -> None:
    if numbers:
        notes.append(tell(message, pages=join(map(str, numbers), ", ")))


def _sheets(document: Any, costs: Sequence[Cost], until: float, notes: list[str]) -> Iterator[Sheet]:
    """Read the pages one by one; one that is damaged or draws too much is left out, and noted."""
    import pypdfium2

    twins = [number for number, cost in enumerate(costs, 1) if cost.twin]
    _note(notes, "readers.pages_twice", twins)
    for number, cost in enumerate(costs, 1):
        if cost.twin:
            continue
        check_limit(time.monotonic(), until, "readers.pdf_slow", seconds=LIMITS.seconds)
        try:
            if cost.size > PDF.most_content:
                raise TooMuch
            with closing(document[number - 1]) as page:
                sheet = _sheet(page, number, bisect(twins, number), cost)
        except TooMuch:
            notes.append(tell("readers.page_much", number=number))
        except pypdfium2.PdfiumError:
            notes.append(tell("readers.page_damaged", number=number))
        else:
            yield sheet


def _sheet(page: Any, number: int, twins: int, cost: Cost) -> Sheet:
    shown = read_page(page)
    tables, rest = _tables(shown)
    rows = sum(map(is_numeral, rest)) >= PDF.least_numerals
    look = bool(tables) or rows
    slow = cost.slow or cost.groups > PDF.most_groups
    picture = picture_of(page, shown) if look and not slow else None
    written = [turn_box(box, shown.frame) for box in cost.written]
    placed = [place_cells(mend(table), f"P{number}:T{n}") for n, table in enumerate(tables, 1)]
    return Sheet(number, number - twins, shown, placed, rest, rows, picture, written)


def _tables(shown: Page) -> tuple[list[Table], list[Word]]:
    """Tables of a page, and the words outside; without rules, the grounds of cells with numbers part them."""
    tables, rest = find_tables(shown.drawn.rules, find_words(shown.glyphs))
    shaded, others = find_tables([*shown.drawn.rules, *sides_of(shown.drawn.grounds)], rest)
    if any(is_numeral(word) for table in shaded for area in table.areas for word in area.words):
        return sorted([*tables, *shaded], key=lambda table: (table.ys[0], table.xs[0])), others
    return tables, rest


def _check_text(sheets: Sequence[Sheet], notes: list[str]) -> None:
    """Tell a scan, and note what cannot be seen or read."""
    if not sheets:
        raise Unreadable(tell("readers.no_page", why=notes[-1]))
    scans = [sheet for sheet in sheets if _is_scan(sheet.page)]
    if scans and len(scans) == len([sheet for sheet in sheets if sheet.page.drawn.orders]):
        raise Pictures(tell("readers.pdf_scan"))
    glyphs = [glyph for sheet in sheets for glyph in sheet.page.glyphs]
    if not glyphs:
        raise Unreadable(tell("readers.pdf_empty"))
    if sum(glyph.text == UNKNOWN for glyph in glyphs) > (1 - PDF.least_known) * len(glyphs):
        raise Pictures(tell("readers.pdf_fonts"))
    pictures = [s.number for s in sheets if s in scans or s.page.drawn.pictures > PDF.least_picture]
    _note(notes, "readers.pictures_unread", pictures)
    hidden = [sheet.number for sheet in sheets if sheet.page.hidden]
    _note(notes, "readers.unseen", hidden)


def _is_scan(page: Page) -> bool:
    """Tell a page of which only a picture, or letters drawn as shapes, can be seen."""
    few = page.drawn.pictures > PDF.large and len(page.glyphs) < PDF.few_glyphs
    return bool(page.drawn.orders) and (not page.glyphs or few)


def _parts(sheet: Sheet, again: Again, doubts: list[str], marked: bool) -> list[Part | Line]:
    """Tables and lines of a page, from the top; doubtful numbers marked, in lines if they may be rows."""
    second = find_words(again[sheet.number]) if sheet.number in again else None
    parts: list[Part | Line] = []
    for table in sheet.tables:
        other = fill(table, second)[0] if second is not None else None
        table, reasons = mark_doubts(table, other, sheet.picture, sheet.written)
        doubts += reasons
        parts.append(Part(sheet.at, table.ys[0], table))
    words = mark_words(sheet.rest, second, sheet.picture) if marked else sheet.rest
    parts += page_lines(sheet.number, sheet.at, sheet.page, words, sheet.tables)
    return sorted(parts, key=lambda part: part.top)
