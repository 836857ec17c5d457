"""What pdfium draws is the same on every machine."""

import os
import subprocess
import sys

import pytest

pytest.importorskip("pypdfium2", reason="reading PDF is optional: pip install 'govtables[pdf]'")

WITHOUT_FONTS = ("unshare", "--mount", "sh", "-c", 'mount -t tmpfs none /usr/share/fonts && exec "$@"', "sh")
DRAW = """
import hashlib, io, sys
{first}
from govtables.readers.pdfium import load_pdfium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
file = io.BytesIO()
canvas = Canvas(file, pagesize=(200, 60))
canvas.setFont("STSong-Light", 30)
canvas.drawString(10, 20, "行政处罚１２")
canvas.save()
{opened}
page = load_pdfium().PdfDocument(file.getvalue())[0]
picture = page.render(scale=2).to_numpy()
print(int((picture < 128).sum()), hashlib.sha256(picture.tobytes()).hexdigest())
"""


def draw(*before: str, first: str = "", opened: str = "") -> tuple[int, str]:
    """Draw a line of a font that the file does not bring along; the dark points and their hash."""
    code = DRAW.format(first=first, opened=opened)
    run = subprocess.run([*before, sys.executable, "-c", code], capture_output=True, text=True, check=True)
    dark, shape = run.stdout.split()
    return int(dark), shape


def test_letters_are_drawn_with_the_packaged_font():
    dark, shape = draw()
    assert dark > 1000
    assert draw(first="import pypdfium2") == (dark, shape)


def test_a_document_that_is_open_stays_so():
    opened = "import pypdfium2; mine = pypdfium2.PdfDocument(file.getvalue()); load_pdfium(); mine[0].get_size()"
    draw(opened=opened)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can hide the machine's fonts")
def test_the_fonts_of_the_machine_change_nothing():
    try:
        bare = draw(*WITHOUT_FONTS)
    except subprocess.CalledProcessError as problem:
        pytest.skip(f"the machine's fonts cannot be hidden here: {problem.stderr.strip()[:80]}")
    assert bare == draw()
