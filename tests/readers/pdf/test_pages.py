"""Files: what is read, what is refused with a remedy, and what is noted."""

import io
import sys
import zlib

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from govtables.readers import open_document, pdfium
from govtables.readers.document import Cell, Grid, Unreadable
from govtables.readers.limits import Limits
from govtables.readers.pdf import Pictures, read_pdf
from tests.readers.pdf.printing import (
    FEES,
    HIGH,
    MERGED,
    WIDE,
    embedded,
    grids,
    make,
    notes,
    table,
    text,
    without_unicode,
)


def bomb(depth: int) -> bytes:
    data = bytes(140 << 20)
    for _ in range(depth):
        data = zlib.compress(data)
    filters = b"[" + b"/FlateDecode " * depth + b"]"
    return b"%%PDF-1.4\n1 0 obj <</Filter %s /Length %d>>\nstream\n%s\nendstream endobj" % (filters, len(data), data)


def locked(user: str, owner: str) -> bytes:
    """Make an encrypted file; reportlab would leave the names of Chinese fonts as they are, so it has letters only."""

    def write(canvas, words, x, y, size):
        canvas.setFont("Helvetica", size)
        canvas.drawCentredString(x, y - 3, words)

    return make(table(["a | 12", "b | 345"], write=write), encrypt=StandardEncryption(user, owner, canPrint=0, canCopy=0, strength=128))


def picture(canvas, share=1.0):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDE * share, HIGH * share)


DEFECTS = {
    "empty": (b"", "damaged: .* fetch it again"),
    "not a PDF": (b"hello", "damaged"),
    "cut off": (lambda: make(table(FEES))[:200], "damaged"),
    "password": (lambda: locked("secret", "owner"), "encrypted: .* save it without"),
    "nothing on its page": (lambda: make(lambda c: None), "empty"),
    "scan": (lambda: make(picture), "pictures \\(scan\\)"),
    "scan with a page number": (lambda: make([picture, text(290, 30, "- 1 -")]), "pictures \\(scan\\)"),
    "scan with hidden text": (lambda: make([text(60, 700, "规章 12" * 30), picture]), "pictures \\(scan\\)"),
    "scan with text without ink": (lambda: make([picture, text(60, 700, "规章 12" * 30, mode=3)]), "pictures \\(scan\\)"),
    "letters drawn": (lambda: make(lambda c: c.circle(100, 100, 30)), "pictures \\(scan\\)"),
    "fonts that do not tell": (lambda: without_unicode(embedded(["１２ | ５"])), "fonts do not say"),
    "too many pages": (lambda: make(*[lambda c: None] * 401), "401 pages"),
    "bomb": (lambda: bomb(1), "unpacks to more than 128 MB"),
    "bomb in a bomb": (lambda: bomb(2), "unpacks to more than 128 MB"),
}


def test_places_name_page_table_row_and_cell():
    data = make([text(60, 780, "标题"), table(["甲 | 1"])], [text(60, 780, "二"), table(FEES), table(MERGED, y=500)])
    blocks, _ = read_pdf(data)
    assert [block.place for block in blocks if isinstance(block, Cell)] == ["P1:L1", "P2:L1"]
    places = [[cell.place for row in grid.rows for cell in row if cell] for grid in blocks if isinstance(grid, Grid)]
    assert places[1][-1] == "P2:T1:R3:C2"
    assert places[2][4:6] == ["P2:T2:R2:C2", "P2:T2:R3:C1"]


def test_a_pdf_is_told_by_its_content():
    assert open_document(b"\r\n" + make(table(FEES)), "report").media_type == "application/pdf"


def test_a_file_locked_against_copying_is_read():
    assert grids(locked("", "owner")) == [["a | 12", "b | 345"]]


@pytest.mark.parametrize("name", DEFECTS)
def test_a_file_that_cannot_be_read_says_why(name):
    data, why = DEFECTS[name]
    with pytest.raises(Unreadable, match=why) as problem:
        read_pdf(data() if callable(data) else data)
    assert isinstance(problem.value, Pictures) == ("pictures" in why or "fonts" in why)
    assert isinstance(problem.value, Pictures) == ("govtables[ocr]" in str(problem.value))


def test_a_picture_among_text_is_noted():
    prose = [text(60, 700 - 20 * n, "本机关认真贯彻落实条例要求推进政府信息公开工作") for n in range(4)]
    data = make(prose, [*prose, lambda c: picture(c, 0.5)])
    assert notes(data) == "pictures on pages 2: not read"


def test_the_time_is_limited(monkeypatch):
    monkeypatch.setattr("govtables.readers.pdf.pages.LIMITS", Limits(seconds=-1.0))
    with pytest.raises(Unreadable, match="takes longer"):
        read_pdf(make(table(FEES)))


def test_scripts_and_attachments_are_left_alone():
    document = pypdfium2.PdfDocument(make(table(FEES)))
    document.new_attachment("more.xml").set_data(b"<a/>")
    file = io.BytesIO()
    document.save(file)
    assert "1 attached files are not read" in notes(file.getvalue())
    action = b"/OpenAction <</S /Launch /F (calc.exe)>> /Names"
    assert grids(make(table(FEES)).replace(b"/PageMode", action + b" <<>> /PageMode", 1)) == [FEES]


@pytest.mark.parametrize("name", ["pypdfium2", "pdfminer", "pylopdf_fonts_zh_cn"])
def test_a_missing_library_names_the_extra(monkeypatch, name):
    pdfium._font_folders.cache_clear()
    pdfium.load_pdfium.cache_clear()
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Unreadable, match=r"govtables\[pdf\]"):
        read_pdf(b"%PDF-1.4")
