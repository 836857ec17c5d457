"""Form fields, stamps and notes of a PDF, which stand over its pages.

In: a page of pdfminer; a file open in pdfium. Out: its notes, where their texts stand; the file with them as
part of its pages, as a viewer shows them. Next: `guard`, `pages`.
"""

import time
from collections.abc import Iterable
from contextlib import closing, suppress
from typing import Any

from govtables.readers.pdf.settings import PDF
from govtables.readers.ruled import Box

HIDDEN = 2 | 32  # flags of a note that is not shown
SILENT = ("Link", "Popup")  # kinds that print nothing


def notes_of(page: Any) -> list[dict]:
    """List what may be printed over a page that pdfminer found."""
    from pdfminer.pdftypes import dict_value, list_value

    notes = map(dict_value, list_value(page.annots)) if page.annots else ()
    return [note for note in notes if _name(note, "Subtype") not in SILENT]


def written_place(note: dict) -> Box | None:
    """Where the text of a form field or of a note stands in the file's measures; `None` if it shows none."""
    from pdfminer.pdftypes import list_value, num_value, resolve1

    key = {"Widget": "V", "FreeText": "Contents"}.get(_name(note, "Subtype"), "")
    text, flags = _inherited(note, key), resolve1(note.get("F"))
    if not (isinstance(text, bytes) and text) or (isinstance(flags, int) and flags & HIDDEN):
        return None
    sides = [float(num_value(side)) for side in list_value(note.get("Rect"))]
    return tuple(sides) if len(sides) == 4 else None


def _inherited(note: dict, key: str) -> Any:
    """An entry of a field, or of the field that it is a part of."""
    from pdfminer.pdftypes import dict_value, resolve1

    for _ in range(PDF.deepest):
        if key in note or "Parent" not in note:
            break
        note = dict_value(note["Parent"])
    return resolve1(note.get(key))


def _name(note: dict, key: str) -> str | None:
    from pdfminer.pdftypes import resolve1

    return getattr(resolve1(note.get(key)), "name", None)


def print_notes(document: Any, pages: Iterable[int], until: float) -> None:
    """Print what stands over some pages into them in at most the time `until`, of `time.monotonic`.

    A field without a look of its own gets the one that pdfium would give it on the screen.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    document.init_forms()
    for at in pages:
        if time.monotonic() < until:
            with suppress(pypdfium2.PdfiumError):  # a damaged page, which its reader notes
                with closing(document[at]) as page:
                    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
