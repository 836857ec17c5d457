"""Small PDF files, and what is read from them.

A table is written as lines of cells parted by `|`; `<` goes on with the cell to the left, `^` with the one above. In what is
read, `~` is a place that a cell covers.
"""

import io
import re

from relay.pages import make_truetype
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from govtables.language import read_number
from govtables.readers.document import Cell, Grid
from govtables.readers.pdf import read_pdf

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))
HIGH, WIDE = 842, 595
FEES = ["信息内容 | 本年收费", "行政许可 | 12", "行政处罚 | 345"]


def make(*pages, size=(WIDE, HIGH), **settings) -> bytes:
    """Make a file; a page is a function, or several, that draw on its canvas."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1, **settings)
    for page in pages:
        canvas.setFont(SONG, 9)
        for draw in page if isinstance(page, list) else [page]:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def text(x, y, words, size=9, font=SONG, mode=None, colour=(0, 0, 0)):
    def draw(canvas):
        canvas.saveState()
        written = canvas.beginText(x, y)
        written.setFont(font, size)
        written.setFillColorRGB(*colour)
        if mode is not None:
            written.setTextRenderMode(mode)
        written.textOut(words)
        canvas.drawText(written)
        canvas.restoreState()

    return draw


def table(rows, x=60.0, y=700.0, wide=70.0, high=24.0, size=9.0, skip=(), line=None, shift=0.0, shade=None, write=None, edges=None):
    """Draw a ruled table; `skip` names borders to leave out: `v` or `h`, row, column."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    owner, spans = own(cells)
    xs = edges or [x + wide * c for c in range(len(cells[0]) + 1)]
    ys = [y - high * r for r in range(len(cells) + 1)]

    def draw(canvas):
        canvas.saveState()
        for (r, c), (r1, c1) in spans.items() if shade else ():
            if r == 0:
                canvas.setFillColorRGB(*shade)
                canvas.rect(xs[c], ys[r1], xs[c1] - xs[c], ys[r] - ys[r1], stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        for r in range(len(cells) + 1):
            for c in range(len(cells[0]) + 1):
                if c < len(cells[0]) and owner.get((r - 1, c)) != owner.get((r, c)) and ("h", r, c) not in skip:
                    (line or straight)(canvas, xs[c], ys[r], xs[c + 1], ys[r])
                if r < len(cells) and owner.get((r, c - 1)) != owner.get((r, c)) and ("v", r, c) not in skip:
                    (line or straight)(canvas, xs[c], ys[r], xs[c], ys[r + 1])
        for (r, c), (r1, c1) in spans.items():
            (write or centred)(canvas, cells[r][c], (xs[c] + xs[c1]) / 2 + shift, (ys[r] + ys[r1]) / 2, size)
        canvas.restoreState()

    return draw


def own(cells):
    """Say which cell owns each place, and how far it goes."""
    owner = {}
    for r, row in enumerate(cells):
        for c, cell in enumerate(row):
            owner[r, c] = owner[r, c - 1] if cell == "<" else owner[r - 1, c] if cell == "^" else (r, c)
    return owner, {first: max((r + 1, c + 1) for (r, c), mine in owner.items() if mine == first) for first in owner.values()}


def straight(canvas, x0, y0, x1, y1):
    canvas.line(x0, y0, x1, y1)


def centred(canvas, words, x, y, size):
    lines = words.split("/n")
    canvas.setFont(SONG, size)
    for n, line in enumerate(lines):
        canvas.drawCentredString(x, y + ((len(lines) - 1) / 2 - n) * size * 1.2 - size / 3, line)


def grids(data: bytes) -> list[list[str]]:
    return [[" | ".join(shown(cell) for cell in row) for row in grid.rows] for grid in read_pdf(data)[0] if isinstance(grid, Grid)]


def shown(cell: Cell | None) -> str:
    return "~" if cell is None else cell.text.replace("\n", "/n")


def lines(data: bytes) -> list[str]:
    return [block.text for block in read_pdf(data)[0] if isinstance(block, Cell)]


def notes(data: bytes) -> str:
    return "; ".join(read_pdf(data)[1])


def plain(rows: list[str]) -> list[str]:
    """What reading should give for a table as written here."""
    return [re.sub(r"[<^]", "~", row) for row in rows]


def told(data: bytes) -> list:
    """What `read_number` makes of the numbers of the only table: values, or None for one that cannot be told."""
    [grid] = [block for block in read_pdf(data)[0] if isinstance(block, Grid)]
    readings = [read_number(cell.text) for row in grid.rows for cell in row if cell]
    return [reading.value if reading.status == "reported" else reading.status for reading in readings if reading]


def without_unicode(data: bytes) -> bytes:
    """Take from a file what says which characters its fonts print."""
    return data.replace(b"/ToUnicode", b"/ToUnicorn")


def embedded(rows, **shape) -> bytes:
    """Make a table whose full-width numbers are in an embedded font, under codes of its own."""
    pdfmetrics.registerFont(TTFont("Wide", io.BytesIO(make_truetype("０１２３４５６７８９"))))

    def write(canvas, words, x, y, size):
        canvas.setFont("Wide" if words.isdigit() else SONG, size)
        canvas.drawCentredString(x, y - 3, words)

    return make(table(rows, write=write, **shape))


MERGED = ["项目 | 法人 | < | 总计", "^ | 企业 | 机构 | ^", "(一)公开 | 1 | 2 | 3", "(二)不予 | 0 |  | "]
