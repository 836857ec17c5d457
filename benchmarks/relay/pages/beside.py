"""What others say of the same files: the rows that pdfplumber finds, and the number of pages.

In: the bytes of a file. Out: rows, a count. Next: `score`.
"""

from __future__ import annotations

import io



def read_with_pdfplumber(data: bytes) -> list[list[str]]:
    """Take the rows of the tables that pdfplumber finds with its defaults."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return [[cell or "" for cell in row] for table in tables for row in table]


def count_pages(data: bytes) -> int:
    """Count the pages of a PDF or TIFF file; others have none before they are printed."""
    if data.startswith(b"%PDF"):
        import pypdfium2

        with pypdfium2.PdfDocument(data) as document:
            return len(document)
    if data.startswith((b"II*", b"MM")):
        from PIL import Image

        with Image.open(io.BytesIO(data)) as picture:
            return picture.n_frames
    return 0
