"""Pages however they are turned, cut or shown; digits that a rule strikes out."""

import re

import pypdfium2
import pytest

from govtables.language import read_number
from govtables.readers.document import Grid
from govtables.readers.pdf import read_pdf
from tests.readers.pdf.printing import (
    FEES,
    HIGH,
    MERGED,
    WIDE,
    embedded,
    grids,
    make,
    notes,
    plain,
    shown,
    table,
    told,
)


def turned(draw, degrees):
    def rotate(canvas):
        canvas.saveState()
        canvas.translate(*{90: (WIDE, 0), 180: (WIDE, HIGH), 270: (0, HIGH)}[degrees])
        canvas.rotate(degrees)
        draw(canvas)
        canvas.restoreState()

    return rotate


def rotate(degrees):
    """Let the page be shown turned; its own box stays upright."""
    return lambda canvas: (canvas.setPageSize((HIGH, WIDE) if degrees % 180 else (WIDE, HIGH)), canvas.setPageRotation(degrees))


ALIKE = {
    "turned with the page": ([rotate(90), turned(table(MERGED, y=500), 90)], MERGED),
    "turned by 270": ([rotate(270), turned(table(MERGED, y=500), 270)], MERGED),
    "upside down": ([rotate(180), turned(table(MERGED), 180)], MERGED),
    "drawn turned": (turned(table(MERGED, y=500), 90), MERGED),
    "only shown turned": ([rotate(90), table(MERGED)], MERGED),
    "page cut out": (lambda c: (c.setCropBox((40, 400, 500, 800)), table(MERGED)(c)), MERGED),
    "radicals": (table(["⾏政⽂件 | 0"]), ["行政文件 | 0"]),
}


@pytest.mark.parametrize("name", ALIKE)
def test_a_page_is_read_however_it_is_turned(name):
    draw, rows = ALIKE[name]
    assert grids(make(draw)) == [plain(rows)]


def test_a_page_of_a_million_points_is_read():
    data = make([lambda c: c.scale(1000, 1000), table(FEES)], size=(1_000_000, 1_000_000))
    assert grids(data) == [FEES]


def line_at(x0: float, x1: float, y: float):
    return lambda canvas: canvas.line(x0, y, x1, y)


def digits_of(data: bytes) -> list[str]:
    return [shown(row[-1]) for block in read_pdf(data)[0] if isinstance(block, Grid) for row in block.rows]


def find_heights(draw, character: str) -> list[float]:
    """Base lines of a character, from the foot of the page."""
    texts = pypdfium2.PdfDocument(make(draw))[0].get_textpage()
    boxes = [texts.get_charbox(n) for n in range(texts.count_chars()) if texts.get_text_range(n, 1) == character]
    return [box[1] for box in boxes]


def test_a_number_struck_out_is_no_number():
    rows, [height, *_] = ["甲 | 12", "乙 | 34"], find_heights(table(["甲 | 12", "乙 | 34"]), "1")
    struck = digits_of(make([table(rows), line_at(150, 175, height + 3)]))
    assert [read_number(value)[0] for value in struck] == [None, 34.0]


@pytest.mark.parametrize("shift", [pytest.param(-1.5, id="underlined"), pytest.param(9.5, id="a rule above")])
def test_a_rule_beside_a_number_leaves_it(shift):
    rows, [height, *_] = ["甲 | 12", "乙 | 34"], find_heights(table(["甲 | 12", "乙 | 34"]), "1")
    assert digits_of(make([table(rows), line_at(150, 175, height + shift)])) == ["12", "34"]


def test_a_font_that_tells_its_depth_wrong_is_read_where_it_stands():
    data = re.sub(rb"/Descent -\d+", b"/Descent -950", embedded(["规章 | １２ | ５", "许可 | ３ | ４"], high=12.0))
    assert (told(data), notes(data)) == ([12, 5, 3, 4], "")


def test_a_page_may_have_its_size_from_the_whole_file():
    data = make(table(FEES))
    box = re.search(rb"/MediaBox \[[^]]*\]", data)[0]
    moved = data.replace(box, b" " * len(box)).replace(b"/Type /Pages", b"/Type/Pages " + box)
    assert grids(moved) == [FEES]
