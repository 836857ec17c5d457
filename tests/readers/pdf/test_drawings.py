"""Rules in all the ways in which programs draw them, and cells told apart by their ground."""

import pytest

from tests.readers.pdf.printing import MERGED, SONG, centred, grids, make, notes, plain, table, text


def as_boxes(canvas, x0, y0, x1, y1):
    canvas.rect(x0 - 0.25, y1 - 0.25, x1 - x0 + 0.5, y0 - y1 + 0.5, stroke=0, fill=1)


def as_pieces(canvas, x0, y0, x1, y1):
    length = (x1 - x0) + (y0 - y1)
    for n in range(int(length / 4)):
        a, b = 4 * n / length, (4 * n + 3) / length
        canvas.line(x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0), y0 + b * (y1 - y0))


def as_dashes(canvas, x0, y0, x1, y1):
    canvas.setDash([2, 2])
    canvas.line(x0, y0, x1, y1)


def as_pair(canvas, x0, y0, x1, y1):
    for off in (-0.9, 0.9):
        canvas.line(x0 + off * (x0 == x1), y0 + off * (y0 == y1), x1 + off * (x0 == x1), y1 + off * (y0 == y1))


ALIKE = {
    "lines as boxes": (table(MERGED, line=as_boxes), MERGED),
    "lines in pieces": (table(MERGED, line=as_pieces), MERGED),
    "dashes": (table(MERGED, line=as_dashes), MERGED),
    "double lines": (table(MERGED, line=as_pair), MERGED),
}


@pytest.mark.parametrize("name", ALIKE)
def test_rules_are_told_however_they_are_drawn(name):
    draw, rows = ALIKE[name]
    assert grids(make(draw)) == [plain(rows)]


def grounds(rows, gap=0.8):
    """Draw a table without rules: white cells that leave a grey ground between them, as pages of sites print their tables."""

    def draw(canvas):
        canvas.setFillGray(0.6)
        canvas.rect(60, 700 - 24 * len(rows), 70 * len(rows[0].split("|")), 24 * len(rows), stroke=0, fill=1)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row.split(" | ")):
                x0, y0, x1, y1 = 60 + 70 * c + gap, 676 - 24 * r + gap, 130 + 70 * c - gap, 700 - 24 * r - gap
                path = canvas.beginPath()
                path.moveTo(x0, y0)
                for x, y in ((x1, y0), (x1, y1), (x0, y1), (x0, y0)):
                    path.lineTo(x, y)
                path.close()
                canvas.setFillGray(1)
                canvas.drawPath(path, stroke=0, fill=1)
                canvas.setFillGray(0)
                centred(canvas, cell, (x0 + x1) / 2, (y0 + y1) / 2, 9)

    return draw


def test_cells_are_told_apart_by_their_ground():
    rows = ["信息内容 | 本年制发 | 现行有效", "规章 |  | 3", "行政/n许可 | 12 | "]
    assert grids(make(grounds(rows))) == [rows]


def test_a_ground_without_numbers_is_no_table():
    assert grids(make([grounds(["首页 | 政务公开"]), text(60, 600, "说明")])) == []


def meant(words, x, y):
    """Print characters each of which says itself what it means, as browsers do."""

    def draw(canvas):
        for n, letter in enumerate(words):
            canvas._code.append(f"/Span <</ActualText <FEFF{ord(letter):04X}>>> BDC")
            text(x + 4.5 * n, y, letter)(canvas)
            canvas._code.append("EMC")

    return draw


def test_characters_that_say_what_they_mean_stand_where_their_drawing_does():
    def page(canvas):
        canvas.beginForm("half")
        for draw in (table(["规章 |  | 5"], high=30, y=706), meant("767", 150, 688)):
            canvas.setFont(SONG, 9)
            draw(canvas)
        canvas.endForm()
        canvas.translate(30, 30)
        canvas.scale(0.5, 0.5)
        canvas.doForm("half")

    assert (grids(make(page)), notes(make(page))) == ([["规章 | 767 | 5"]], "")


def test_what_characters_say_they_mean_is_held_against_them():
    def lie(canvas):
        canvas._code.append("/Span <</ActualText <FEFF003900390039>>> BDC")
        text(150, 688, "767")(canvas)
        canvas._code.append("EMC")

    assert grids(make([table(["规章 |  | 5"], high=30, y=706), lie])) == [["规章 | 999?767 | 5"]]
