"""PDF files with text.

In: the bytes of a file. Out: prose lines and grids in reading order, and notes. Next: `detect`.

pdfium reads text and rules, pdfminer pages with tables again; numbers on which they differ are unreadable.
Nothing in a file is run, fetched or unpacked beyond the limits; its scripts and attachments are left alone.
"""

import io
import time
from typing import Any

from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.pdf.guard import Cost, check_size, find_costs
from govtables.readers.pdf.notes import print_notes
from govtables.readers.pdf.pages import Pictures, Read, read_pages
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdfium import load_pdfium

__all__ = ["Pictures", "is_pdf", "read_pdf"]

HEAD = 1024  # bytes before which the mark of a PDF may stand
XFA = 2  # pdfium's number for a form whose pages only a program draws
WRONG_PASSWORD, WRONG_SECURITY = 4, 5  # pdfium's errors


def is_pdf(data: bytes) -> bool:
    """Tell a PDF file by its content."""
    return b"%PDF-" in data[:HEAD]


def read_pdf(data: bytes) -> Read:
    """Read a PDF file: prose lines and ruled tables in reading order, and what is to be known of them.

    Places are `P3:T1:R5:C4` (page, its table, row, cell) and `P3:L12`. Raises `Unreadable`, which says why
    and what to do, and its kind `Pictures` for a scan.
    """
    try:
        import pdfminer  # noqa: F401

        pypdfium2 = load_pdfium()
    except ImportError:
        raise Unreadable(tell("readers.needs_pdf")) from None
    until = time.monotonic() + LIMITS.seconds
    check_size(data)
    document = _open(data)
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
        attached = pypdfium2.raw.FPDFDoc_GetAttachmentCount(document)
        return blocks, (*notes, tell("readers.attachments", count=attached)) if attached > 0 else notes
    finally:
        document.close()


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code in (WRONG_PASSWORD, WRONG_SECURITY):
            raise Unreadable(tell("readers.pdf_locked")) from None
        raise Unreadable(tell("readers.pdf_damaged")) from None
    try:
        if pypdfium2.raw.FPDF_GetFormType(document) == XFA:
            raise Unreadable(tell("readers.xfa"))
        if not 0 < (count := len(document)) <= LIMITS.pages:
            raise Unreadable(tell("readers.pdf_pages", count=count, most=LIMITS.pages))
    except Unreadable:
        document.close()
        raise
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
