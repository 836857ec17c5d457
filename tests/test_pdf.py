"""PDF files with text: small files made here, and what must be read from them.

A table is written as lines of cells parted by `|`; `<` goes on with the cell to the left, `^` with the one above. In what is read,
`~` is a place that a cell covers.
"""

import io
import re
import sys
import zlib
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from govtables.language.numerals import read_number
from govtables.readers.document import Cell, Grid, Unreadable
from govtables.readers.limits import Limits
from govtables.readers.pdf import Pictures, is_pdf, pages, read_pdf
from govtables.readers.pdf.guard import check_size

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from relay.pages import make_truetype  # noqa: E402

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))
HIGH, WIDE = 842, 595
FEES = ["信息内容 | 本年收费", "行政许可 | 12", "行政处罚 | 345"]


# -- making -------------------------------------------------------------------------------------------------------


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


# -- reading ------------------------------------------------------------------------------------------------------


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


MERGED = ["项目 | 法人 | < | 总计", "^ | 企业 | 机构 | ^", "(一)公开 | 1 | 2 | 3", "(二)不予 | 0 |  | "]
GROUPS = ["三、/n本/n年 | (三)不予 | 1.秘密 | 7", "^ | ^ | 2.禁止 | 8", "^ | (七)总计 | < | 15", "四、结转 | < | < | 2"]

ALIKE = {
    "plain": (table(FEES), FEES),
    "merged header": (table(MERGED), MERGED),
    "upright group label": (table(GROUPS, high=30), GROUPS),
    "lines as boxes": (table(MERGED, line=as_boxes), MERGED),
    "lines in pieces": (table(MERGED, line=as_pieces), MERGED),
    "dashes": (table(MERGED, line=as_dashes), MERGED),
    "double lines": (table(MERGED, line=as_pair), MERGED),
    "coloured header": (table(MERGED, shade=(0.8, 0.9, 1)), MERGED),
    "text out of place": (table(FEES, shift=25, wide=60), FEES),
    "narrow rows": (table(MERGED, high=11, size=7), MERGED),
    "a number wider than its cell": (table(["规章 | 1234567 | 2"], edges=[60, 150, 180, 220]), ["规章 | 1234567 | 2"]),
    "spaced label": (table(["规  章 | 0 | 1"]), ["规 章 | 0 | 1"]),
    "no left border": (table(MERGED, skip={("v", r, 0) for r in range(4)}), MERGED),
    "no right border": (table(MERGED, skip={("v", r, 4) for r in range(4)}), MERGED),
    "no bottom border": (table(MERGED, skip={("h", 4, c) for c in range(4)}), MERGED),
    "border missing between numbers": (table(MERGED, skip={("v", 2, 2)}), MERGED),
    "border missing between rows": (table(["a | 1", "b | 2", "c | 3"], skip={("h", 1, 1)}), ["a | 1", "b | 2", "c | 3"]),
    "border missing beside a label": (table(["甲 | 1 | 2", "乙 | 3 | 4"], skip={("v", 1, 1)}), ["甲 | 1 | 2", "乙 | 3 | 4"]),
    "border missing between items": (table(["1.甲 | 1", "2.乙 | 3"], skip={("h", 1, 0)}), ["1.甲 | 1", "2.乙 | 3"]),
    "border missing between wide items": (
        table(["1.甲 | < | 1", "2.乙 | < | 3", "a | b | 5"], skip={("h", 1, 0), ("h", 1, 1)}),
        ["1.甲 | < | 1", "2.乙 | < | 3", "a | b | 5"],
    ),
    "wrapped label beside numbers": (table(["1.申请人无/n正当理由 | 1 | 5"], high=40), ["1.申请人无/n正当理由 | 1 | 5"]),
    "print twice for bold": (lambda c: [table(FEES, shift=s)(c) for s in (0, 0.6)], FEES),
    "turned with the page": ([rotate(90), turned(table(MERGED, y=500), 90)], MERGED),
    "turned by 270": ([rotate(270), turned(table(MERGED, y=500), 270)], MERGED),
    "upside down": ([rotate(180), turned(table(MERGED), 180)], MERGED),
    "drawn turned": (turned(table(MERGED, y=500), 90), MERGED),
    "only shown turned": ([rotate(90), table(MERGED)], MERGED),
    "page cut out": (lambda c: (c.setCropBox((40, 400, 500, 800)), table(MERGED)(c)), MERGED),
    "full-width digits": (table(["规章 | ０ | １２"]), ["规章 | ０ | １２"]),
    "radicals": (table(["⾏政⽂件 | 0"]), ["行政文件 | 0"]),
    "blank cells": (table(["规章 |  | 1", "文件 | / | —"]), ["规章 |  | 1", "文件 | / | —"]),
}


@pytest.mark.parametrize("name", ALIKE)
def test_tables_are_read_as_drawn(name):
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


def test_tables_side_by_side():
    data = make([table(["甲 | 1", "乙 | 2"]), table(["丙 | 3", "丁 | 4"], x=260)])
    assert grids(data) == [["甲 | 1", "乙 | 2"], ["丙 | 3", "丁 | 4"]]


def test_a_frame_around_paragraphs_is_no_table():
    data = make([lambda c: c.rect(50, 600, 400, 120), text(60, 700, "一、总体情况"), text(60, 680, "收到申请12件。")])
    assert grids(data) == []
    assert lines(data) == ["一、总体情况", "收到申请12件。"]


def test_places_name_page_table_row_and_cell():
    data = make([text(60, 780, "标题"), table(["甲 | 1"])], [text(60, 780, "二"), table(FEES), table(MERGED, y=500)])
    blocks, _ = read_pdf(data)
    assert [block.place for block in blocks if isinstance(block, Cell)] == ["P1:L1", "P2:L1"]
    places = [[cell.place for row in grid.rows for cell in row if cell] for grid in blocks if isinstance(grid, Grid)]
    assert places[1][-1] == "P2:T1:R3:C2"
    assert places[2][4:6] == ["P2:T2:R2:C2", "P2:T2:R3:C1"]


# -- page breaks --------------------------------------------------------------------------------------------------

HEAD = ["组 | 项目 | 企业 | 总计"]
UPPER = ["一、新收 | < | 4 | 4", "三、结果 | (一)予以公开 | 1 | 1"]
LOWER = [" | (七)总计 | 3 | 3", "四、结转 | < | 0 | 0"]
WHOLE = ["组 | 项目 | 企业 | 总计", "一、新收 | ~ | 4 | 4", "三、结果 | (一)予以公开 | 1 | 1", "~ | (七)总计 | 3 | 3", "四、结转 | ~ | 0 | 0"]
FOOT = [text(290, 30, "- 1 -"), text(60, 810, "某市2022年政府信息公开工作年度报告")]


@pytest.mark.parametrize(
    ("second", "edges"),
    [
        pytest.param(LOWER, None, id="header not repeated"),
        pytest.param(HEAD + LOWER, None, id="header repeated"),
    ],
)
def test_a_table_over_a_page_break_is_one(second, edges):
    data = make([table(HEAD + UPPER, y=120, edges=edges), *FOOT], [table(second, y=780), *FOOT])
    assert grids(data) == [WHOLE]


def test_a_part_with_fewer_columns_joins():
    lower = ["四、结转 | 0 | 0"]
    data = make([table(HEAD + UPPER, y=120)], [table(lower, y=780, edges=[60, 200, 270, 340])])
    assert grids(data) == [[*WHOLE[:3], "四、结转 | ~ | 0 | 0"]]


def test_a_page_shifted_sideways_joins():
    data = make([table(HEAD + UPPER, y=120)], [table(LOWER, y=780, x=75)])
    assert grids(data) == [WHOLE]


def test_other_columns_do_not_join():
    data = make([table(HEAD + UPPER, y=120)], [table(["甲 | 1"], y=780)])
    assert len(grids(data)) == 2


def test_prose_between_keeps_tables_apart():
    data = make([table(HEAD + UPPER, y=120)], [text(60, 780, "四、政府信息公开行政复议、行政诉讼情况"), table(LOWER, y=740)])
    assert len(grids(data)) == 2


@pytest.mark.parametrize("above", [True, False], ids=["numbers above", "numbers below"])
def test_a_row_cut_by_the_page_is_one(above):
    label = ["2.申请人逾期未按收费通知要求缴纳费用、", "行政机关不再处理其政府信息公开申请"]
    numbers = ["5 | 6", " | "] if above else [" | ", "5 | 6"]
    data = make(
        [table([f"1.重复申请 | 1 | 2", f"{label[0]} | {numbers[0]}"], y=120, edges=[60, 300, 350, 400])],
        [table([f"{label[1]} | {numbers[1]}", "3.其他 | 7 | 8"], y=780, edges=[60, 300, 350, 400])],
    )
    assert grids(data) == [["1.重复申请 | 1 | 2", f"{label[0]}/n{label[1]} | 5 | 6", "3.其他 | 7 | 8"]]


def test_a_label_that_stands_below_its_numbers_as_a_whole_is_theirs():
    data = make([table(["规章 | 1 | 2", " | 5 | "], y=120)], [table(["行政规范性/n文件 |  | ", "其他 | 7 | 8"], y=780)])
    assert grids(data) == [["规章 | 1 | 2", "行政规范性/n文件 | 5 | ", "其他 | 7 | 8"]]


def test_rows_that_only_look_cut_stay_two():
    numbered = make([table([" | 3 | 4"], y=60)], [table(["行政规范性文件 | 5 | "], y=780)])
    assert grids(numbered) == [[" | 3 | 4", "行政规范性文件 | 5 | "]]
    data = make([table(["规章 |  | "], y=60)], [table(["行政规范性文件 | 5 | 6"], y=780)])
    assert grids(data) == [["规章 |  | ", "行政规范性文件 | 5 | 6"]]


def test_a_header_at_the_foot_of_a_page_takes_no_row_in():
    upper, lower = ["规章 | 1 | 2 | 3", "信息内容 | 采购项目 | 采购金额 | <"], ["政府采购 | 1 |  | <"]
    assert grids(make([table(upper, y=100)], [table(lower, y=780)])) == [plain(upper + lower)]


def test_a_header_cut_by_the_page_is_one():
    upper, lower = ["行政复议 | < | < | 行政诉讼", "结果 | 其他 | 总计 | 未经"], ["维持 | 结果 |  | 复议", "1 | 2 | 3 | 4"]
    data = make([table(upper, y=100)], [table(lower, y=780)])
    assert grids(data) == [["行政复议 | ~ | ~ | 行政诉讼", "结果/n维持 | 其他/n结果 | 总计 | 未经/n复议", "~ | ~ | ~ | ~", "1 | 2 | 3 | 4"]]


def test_blanks_below_a_header_at_the_foot_of_a_page_stay_blank():
    data = make([table(["结果维持 | 结果纠正 | 总计"], y=60)], [table([" |  | 0"], y=780)])
    assert grids(data) == [["结果维持 | 结果纠正 | 总计", " |  | 0"]]


def test_a_blank_value_at_the_top_of_a_page_stays_blank():
    data = make([table(["规章 | 3 | 4"], y=60)], [table(["行政规范性文件 |  | 6"], y=780)])
    assert grids(data) == [["规章 | 3 | 4", "行政规范性文件 |  | 6"]]


def test_running_lines_are_told_once_and_page_numbers_not():
    data = make([table(HEAD + UPPER, y=120), *FOOT], [table(LOWER, y=780), text(60, 500, "注:完。"), *FOOT], [text(60, 600, "末"), *FOOT])
    assert lines(data) == ["某市2022年政府信息公开工作年度报告", "注:完。", "末"]


def test_broken_lines_of_a_paragraph_are_joined_and_headings_not():
    wide = "各单位认真贯彻落实条例要求全年共收到政府信息公开申请一百六十六件其中自然人提出的有十"
    data = make([text(78, 700, wide), text(60, 684, "二件。"), text(60, 668, "二、主动公开政府信息情况"), text(78, 652, "见下表。")])
    assert lines(data) == [f"{wide}二件。", "二、主动公开政府信息情况", "见下表。"]


def test_tables_without_rules_are_lines_whose_cells_stand_apart():
    data = make([text(x, 700 - 20 * r, words) for r, row in enumerate(FEES) for x, words in zip((60, 200), row.split(" | "), strict=True)])
    assert lines(data) == ["信息内容  本年收费", "行政许可  12", "行政处罚  345"]


ROWS = ["规章 | 0 | 3", "行政许可 | 12 | 5", "行政处罚 | 345 | 7"]


def loose(rise, labels=None, apart=20.0):
    """Rows without rules whose numbers stand `rise` above the base line of their labels; `labels` in place of their own."""
    rows = [row.split(" | ") for row in ROWS]
    words = [text(60, 700 - apart * r, label) for r, (label, *_) in enumerate(rows)] if labels is None else labels
    spots = [(r, x, value) for r, row in enumerate(rows) for x, value in zip((200, 260), row[1:], strict=True)]
    return make(words + [text(x, 700 - apart * r + rise, value) for r, x, value in spots])


@pytest.mark.parametrize("rise", [0.0, 3.0, -3.0, 6.0])
def test_numbers_above_or_below_the_height_of_their_label_stand_in_its_row(rise):
    assert lines(loose(rise)) == [row.replace(" | ", "  ") for row in ROWS]


def test_numbers_between_two_lines_of_a_label_stand_in_its_row():
    labels = [text(60, 700 - 40 * r + off, word) for r, row in enumerate(ROWS) for off, word in ((6, row.split(" | ")[0]), (-6, "（件）"))]
    read = lines(loose(0.0, labels, apart=40.0))
    assert [line.replace(" （件）", "").replace("（件） ", "") for line in read] == [row.replace(" | ", "  ") for row in ROWS]


def test_numbers_on_the_height_of_their_group_are_those_of_the_label_between():
    labels = [text(60, 700, "（六）其他处理"), text(130, 707, "2.逾期未按收费通知"), text(130, 693, "要求缴纳费用"), text(130, 660, "3.其他")]
    data = make([*labels, *[text(x, y, value) for y, row in ((700, "04"), (660, "56")) for x, value in zip((260, 300), row, strict=True)]])
    assert [line.split() for line in lines(data)] == [["2.逾期未按收费通知", "要求缴纳费用", "0", "4"], ["（六）其他处理"], ["3.其他", "5", "6"]]


def test_a_number_on_the_height_of_its_label_and_others_above_stand_in_one_row():
    row = [text(60, 700, "行政许可"), text(260, 700, "增5"), text(200, 703, "24"), text(320, 703, "0")]
    data = make([*row, text(60, 684, "行政处罚"), text(200, 687, "1")])
    assert lines(data) == ["行政许可  24  增5  0", "行政处罚  1"]


def test_numbers_as_near_to_the_next_label_as_to_their_own_give_no_number():
    read = lines(loose(9.0, apart=18.0))
    assert not [word for line in read for word in line.split() if (known := read_number(word)) and known.status == "reported"][2:]


def test_rows_without_rules_are_not_joined_to_a_paragraph():
    wide = "其他对外管理服务事项的处理决定数量其他对外管理服务事项的处理决定数量"
    data = make([text(x, y, words) for y in (700, 686) for x, words in ((60, wide), (525, "12"))])
    assert lines(data) == [f"{wide}  12"] * 2


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


def test_marks_of_structure_are_no_text():
    def tagged(canvas):
        canvas._code.append("/Span <</MCID 3/E <FEFF0037>>> BDC\n0 0 0 rg\n/NonStruct <</MCID 4 >>BDC")
        table(FEES)(canvas)
        canvas._code.append("EMC\nEMC")

    data = make(tagged)
    assert (grids(data), notes(data)) == ([FEES], "")


# -- what cannot be told ------------------------------------------------------------------------------------------


def told(data: bytes) -> list:
    """What `read_number` makes of the numbers of the only table: values, or None for one that cannot be told."""
    [grid] = [block for block in read_pdf(data)[0] if isinstance(block, Grid)]
    readings = [read_number(cell.text) for row in grid.rows for cell in row if cell]
    return [reading.value if reading.status == "reported" else reading.status for reading in readings if reading]


def test_a_rule_missing_between_rows_gives_no_number():
    data = make(table(["1.甲 | 1 | 5", "2.乙 | 2 | 6", "3.丙 | 3 | 7"], skip={("h", 1, c) for c in range(3)}))
    assert told(data) == ["unreadable", "unreadable", 3, 7]


def test_a_value_beside_a_missing_border_may_be_its_neighbours():
    rows = ["1.甲 |  | 5", "2.乙 | 2 | ", "3.丙 | 1 | 1"]
    assert told(make(table(rows, skip={("v", 0, 2), ("v", 1, 2)}))) == ["unreadable", "unreadable", 1, 1]
    assert told(make(table(["1.甲 |  | 5", "2.乙 | 2 | 6"], skip={("h", 1, 1)}))) == ["unreadable", 5, 6]


def test_a_value_merged_like_its_header_is_read():
    assert told(make(table(["规章 | 1 | 2", "项目 | 数量 | <", "甲 | 7 | <", "乙 | 8 | <"]))) == [1, 2, 7, 8]


HIDDEN = {
    "without ink": (text(140, 688, "99", mode=3), ["blank", 5.0], "cannot be seen"),
    "slanted": (lambda c: (c.translate(150, 684), c.rotate(30), text(0, 0, "99")(c)), ["unreadable", 5.0], "stands aslant"),
    "off the page": (text(-400, 688, "99"), ["blank", 5.0], "cannot be seen"),
    "white": (text(140, 688, "99", colour=(1, 1, 1)), ["unreadable", 5.0], "'99' stands in the file and cannot be seen"),
    "painted over": (
        lambda c: (text(140, 688, "99")(c), c.setFillColorRGB(1, 1, 1), c.rect(135, 680, 30, 18, stroke=0, fill=1)),
        ["unreadable", 5.0],
        "'99' stands in the file and cannot be seen",
    ),
    "two numbers on one another": (lambda c: (text(150, 688, "99")(c), text(151, 688, "35")(c)), ["unreadable", 5.0], "on one another"),
    "drawn, not written": (lambda c: c.ellipse(150, 684, 158, 696), ["unreadable", 5.0], "something is drawn"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_seen_and_what_is_written_must_agree(name):
    draw, values, note = HIDDEN[name]
    data = make([table(["规章 |  | 5"], high=30, y=706), draw])
    assert told(data) == values
    assert note in notes(data)


def test_white_text_on_a_dark_ground_is_read():
    def write(canvas, words, x, y, size):
        canvas.setFillColorRGB(1, 1, 1)
        centred(canvas, words, x, y, size)

    assert told(make(table(["规章 | 12 | 5"], shade=(0.1, 0.2, 0.5), write=write))) == [12, 5]


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


def test_an_embedded_font_is_read():
    assert told(embedded(["规章 | １２ | ５"])) == [12, 5]


def test_a_font_that_tells_its_depth_wrong_is_read_where_it_stands():
    data = re.sub(rb"/Descent -\d+", b"/Descent -950", embedded(["规章 | １２ | ５", "许可 | ３ | ４"], high=12.0))
    assert (told(data), notes(data)) == ([12, 5, 3, 4], "")


def test_a_font_that_does_not_tell_its_characters_gives_no_number():
    data = without_unicode(embedded(["行政规范性文件 | １２ | ５"]))
    assert told(data) == ["unreadable", "unreadable"]
    assert "2 numbers cannot be told" in notes(data)


def test_readings_that_differ_give_no_number(monkeypatch):
    again = pages.read_again

    def misread(*arguments):
        return {n: [glyph._replace(text=glyph.text.replace("4", "9")) for glyph in some] for n, some in again(*arguments).items()}

    monkeypatch.setattr(pages, "read_again", misread)
    data = make(table(FEES))
    assert grids(data) == [["信息内容 | 本年收费", "行政许可 | 12", "行政处罚 | 345?395"]]
    assert read_number("345?395").status == "unreadable"
    assert "P1:T1:R3:C2: read as '345' and as '395'" in notes(data)


def test_a_failing_second_reading_is_noted(monkeypatch):
    monkeypatch.setattr("govtables.pdf.again._draw", lambda *_: 1 / 0)
    assert notes(make(table(FEES))) == "numbers on pages 1 were read once: the second reading failed"


# -- files --------------------------------------------------------------------------------------------------------


def test_a_pdf_is_told_by_its_content():
    assert is_pdf(make(table(FEES)))
    assert is_pdf(b"\r\n%PDF-1.4")
    assert not is_pdf(b"<html>")


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


def test_a_file_locked_against_copying_is_read():
    assert grids(locked("", "owner")) == [["a | 12", "b | 345"]]


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


def bomb(depth: int) -> bytes:
    data = bytes(140 << 20)
    for _ in range(depth):
        data = zlib.compress(data)
    filters = b"[" + b"/FlateDecode " * depth + b"]"
    return b"%%PDF-1.4\n1 0 obj <</Filter %s /Length %d>>\nstream\n%s\nendstream endobj" % (filters, len(data), data)


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
    monkeypatch.setattr("govtables.pdf.LIMITS", Limits(seconds=-1.0))
    with pytest.raises(Unreadable, match="takes longer"):
        read_pdf(make(table(FEES)))


def test_pictures_may_unpack_to_more_together():
    one = zlib.compress(bytes(70 << 20))
    data = b"".join(b"%d 0 obj <</Subtype /Image>>\nstream\n%s\nendstream endobj\n" % (n, one) for n in range(3))
    check_size(data)
    with pytest.raises(Unreadable):
        check_size(data.replace(b"/Image", b"/Other"))


def test_scripts_and_attachments_are_left_alone():
    document = pypdfium2.PdfDocument(make(table(FEES)))
    document.new_attachment("more.xml").set_data(b"<a/>")
    file = io.BytesIO()
    document.save(file)
    assert "1 attached files are not read" in notes(file.getvalue())
    action = b"/OpenAction <</S /Launch /F (calc.exe)>> /Names"
    assert grids(make(table(FEES)).replace(b"/PageMode", action + b" <<>> /PageMode", 1)) == [FEES]


def test_a_missing_library_names_the_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(Unreadable, match=r"govtables\[pdf\]"):
        read_pdf(b"%PDF-1.4")


def test_a_page_of_a_million_points_is_read():
    data = make([lambda c: c.scale(1000, 1000), table(FEES)], size=(1_000_000, 1_000_000))
    assert grids(data) == [FEES]


# -- struck out ---------------------------------------------------------------------------------------------------


def line_at(x0: float, x1: float, y: float):
    return lambda canvas: canvas.line(x0, y, x1, y)


def digits_of(data: bytes) -> list[str]:
    return [shown(row[-1]) for block in read_pdf(data)[0] if isinstance(block, Grid) for row in block.rows]


def test_a_number_struck_out_is_no_number():
    rows, [height, *_] = ["甲 | 12", "乙 | 34"], find_heights(table(["甲 | 12", "乙 | 34"]), "1")
    struck = digits_of(make([table(rows), line_at(150, 175, height + 3)]))
    assert [read_number(value)[0] for value in struck] == [None, 34.0]


@pytest.mark.parametrize("shift", [pytest.param(-1.5, id="underlined"), pytest.param(9.5, id="a rule above")])
def test_a_rule_beside_a_number_leaves_it(shift):
    rows, [height, *_] = ["甲 | 12", "乙 | 34"], find_heights(table(["甲 | 12", "乙 | 34"]), "1")
    assert digits_of(make([table(rows), line_at(150, 175, height + shift)])) == ["12", "34"]


def test_numbers_that_run_into_one_another_are_none():
    rows = ["甲 | 386 | 20724", "乙 | 5 | 6"]
    data = make([table(rows, edges=[60, 130, 148, 170], write=lambda c, words, x, y, size: centred(c, words, x - 9 * (words == "20724"), y, size))])
    values = [read_number(shown(cell)) for block in read_pdf(data)[0] for row in block.rows for cell in row[1:]]
    assert {value.value for value in values if value.status == "reported"} == {5.0, 6.0}


def find_heights(draw, character: str) -> list[float]:
    """Base lines of a character, from the foot of the page."""
    texts = pypdfium2.PdfDocument(make(draw))[0].get_textpage()
    boxes = [texts.get_charbox(n) for n in range(texts.count_chars()) if texts.get_text_range(n, 1) == character]
    return [box[1] for box in boxes]
