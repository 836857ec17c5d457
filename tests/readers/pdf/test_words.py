"""Characters joined to words and numbers."""

import pytest

from tests.readers.pdf.printing import FEES, SONG, centred, embedded, grids, make, plain, table, told

ALIKE = {
    "text out of place": (table(FEES, shift=25, wide=60), FEES),
    "a number wider than its cell": (table(["规章 | 1234567 | 2"], edges=[60, 150, 180, 220]), ["规章 | 1234567 | 2"]),
    "spaced label": (table(["规  章 | 0 | 1"]), ["规 章 | 0 | 1"]),
    "print twice for bold": (lambda c: [table(FEES, shift=s)(c) for s in (0, 0.6)], FEES),
    "full-width digits": (table(["规章 | ０ | １２"]), ["规章 | ０ | １２"]),
}


@pytest.mark.parametrize("name", ALIKE)
def test_words_are_whole(name):
    draw, rows = ALIKE[name]
    assert grids(make(draw)) == [plain(rows)]


def test_a_turned_label_is_read_along_itself():
    def write(canvas, words, x, y, size):
        if len(words) < 4:
            return centred(canvas, words, x, y, size)
        canvas.saveState()
        canvas.translate(x + 3, y - 20)
        canvas.rotate(90)
        canvas.setFont(SONG, size)
        canvas.drawString(0, 0, words)
        return canvas.restoreState()

    rows = ["本年结果 | 甲 | 1", "^ | 乙 | 22"]
    assert grids(make(table(rows, high=40, write=write))) == [plain(rows)]


def test_an_embedded_font_is_read():
    assert told(embedded(["规章 | １２ | ５"])) == [12, 5]
