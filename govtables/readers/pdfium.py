"""pdfium, which draws letters that a file does not bring along with the packaged font alone.

In: the bytes of a file. Out: the file open in pdfium; the module `pypdfium2`. Next: `pdf`, `scan`.

What is drawn tells what is seen; with the fonts of the machine, the same file would be read in two ways.
"""

import ctypes
import functools
import os
import sys
from typing import Any

from govtables.language import tell
from govtables.readers.document import Unreadable

WRONG_PASSWORD, WRONG_SECURITY = 4, 5  # pdfium's errors


def open_pdf(data: bytes) -> Any:
    """Open a file; `Unreadable` where a library is missing, or the file is locked or damaged."""
    try:
        import pdfminer  # noqa: F401

        pypdfium2 = load_pdfium()
    except ImportError:
        raise Unreadable(tell("readers.needs_pdf")) from None
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = problem.err_code in (WRONG_PASSWORD, WRONG_SECURITY)
        raise Unreadable(tell("readers.pdf_locked" if locked else "readers.pdf_damaged")) from None


@functools.cache
def load_pdfium() -> Any:
    """Import pypdfium2; raises `ImportError` if it or the packaged font is missing.

    Where a program holds documents open in pypdfium2 already, the fonts stay as they are.
    """
    import pypdfium2_raw as pdfium

    folders = _font_folders()
    if "pypdfium2" in sys.modules:
        if _is_in_use():
            return sys.modules["pypdfium2"]
        pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=folders))
    import pypdfium2  # which finds pdfium begun

    return pypdfium2


@functools.cache  # pdfium keeps the address
def _font_folders() -> Any:
    """The packaged fonts' folder as C has it: an array of strings that ends in null."""
    from pylopdf_fonts_zh_cn import sans_path

    text = ctypes.POINTER(ctypes.c_char)
    folder = ctypes.create_string_buffer(os.fsencode(sans_path().parent))
    return (text * 2)(ctypes.cast(folder, text), None)


def _is_in_use() -> bool:
    from pypdfium2.internal.bases import ObjectTracker

    return any(reference() for references in ObjectTracker.values() for reference in references)
