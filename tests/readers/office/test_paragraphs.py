"""Text of Word's paragraphs: what is left out is told; hidden, white, tiny, struck and raised texts, by themselves
and by their styles."""

import pytest
from tests.readers.office.writing import BEGIN, BOX, GO_ON, docx, p, r, sdt, show, tbl, tc, tr

from govtables.readers.document import Grid
from govtables.readers.office.docx import read_docx
from govtables.readers.runs import UNKNOWN

TOLD = {
    "hidden text": (
        p("一", r("二", "<w:vanish/>"), r("三", '<w:vanish w:val="0"/>')),
        ["一三"],
        "hidden text in L1",
    ),
    "hidden row": (
        tbl(tr("a"), tr("b", properties="<w:hidden/>"), tr("c")),
        ["| a |", "| c |"],
        "hidden row in T1:R2",
    ),
    "text below a merged cell": (
        tbl(tr(tc("5", BEGIN)), tr(tc("5", GO_ON))),
        ["| 5 |", "| · |"],
        "text in a place that a merged cell covers in T1:R2",
    ),
    "footnote": (
        tbl(tr("a", tc(p("12", "<w:r><w:footnoteReference/></w:r>")))),
        ["| a | 12 |"],
        "mark of a footnote in T1:R1:C2",
    ),
    "footnote with a mark of its own": (
        tbl(tr(tc(p("12", '<w:r><w:footnoteReference w:customMarkFollows="1"/><w:t>1</w:t></w:r>')))),
        ["| 12 |"],
        "mark of a footnote in T1:R1:C1",
    ),
    "reading above characters": (
        p(
            "<w:r><w:ruby><w:rt>"
            + r("chong")
            + "</w:rt><w:rubyBase>"
            + r("重")
            + "</w:rubyBase></w:ruby></w:r>"
        ),
        ["重"],
        "reading above characters in L1",
    ),
    "struck text": (
        tbl(tr(tc(p(r("34", "<w:strike/>"), "35")))),
        ["| 34 35 |"],
        "text that is struck through in T1:R1:C1",
    ),
    "picture for a number": (
        tbl(tr("a", tc(p("<w:r><w:drawing/></w:r>")))),
        [f"| a | {UNKNOWN} |"],
        "picture or text box",
    ),
    "text box for a number": (
        tbl(tr("a", tc(p(f"<w:r><w:pict>{BOX}</w:pict></w:r>")))),
        [f"| a | {UNKNOWN} |", "标题"],
        "picture or text box in place of a cell's text in T1:R1:C2",
    ),
    "fraction": (
        tbl(tr(tc(p("<m:oMath><m:f><m:r><m:t>1</m:t></m:r></m:f></m:oMath>")))),
        [f"| {UNKNOWN} |"],
        "formula of more than one line",
    ),
    "sign of a symbol font": (
        p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'),
        [UNKNOWN],
        "sign of a symbol font in L1",
    ),
    "empty content control": (
        p(sdt(r("点击输入"), "<w:showingPlcHdr/>"), "一"),
        ["一"],
        "text that asks for text in an empty content control",
    ),
    "picture and no table": (p("一", "<w:r><w:drawing/></w:r>"), ["一"], "1 pictures and no table"),
    "part of another format": (
        p("一") + "<w:altChunk/>",
        ["一"],
        "1 embedded parts of another format are not read",
    ),
    "hidden text box": (
        p("一", f"<w:r><w:rPr><w:vanish/></w:rPr><w:pict>{BOX}</w:pict></w:r>"),
        ["一"],
        "hidden picture or text box in L1",
    ),
    "embedded workbook": (
        p("一", "<w:r><w:object/></w:r>"),
        ["一"],
        "1 embedded parts of another format are not read",
    ),
    "sign of no number": (
        p('<w:r><w:sym w:char="-5"/><w:sym w:char="x"/></w:r>'),
        [UNKNOWN * 2],
        "sign of a symbol font, 2 times, first in L1",
    ),
    "hidden more than once": (p(r("一", "<w:vanish/>")) * 3, [], "hidden text, 3 times, first in L1"),
}


@pytest.mark.parametrize(("body", "expected", "note"), TOLD.values(), ids=TOLD)
def test_word_tells_what_it_leaves_out(body, expected, note):
    blocks, notes = read_docx(docx(body))
    assert show(blocks) == expected
    assert len(notes) == 1
    assert notes[0].startswith(note)


WHITE, BLUE = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:color="auto" w:fill="4472C4"/>'
STYLES = {
    "Hid": '<w:rPr><w:vanish/></w:rPr>', "HidToo": '<w:basedOn w:val="Hid"/>',
    "Back": '<w:basedOn w:val="Hid"/><w:rPr><w:vanish w:val="0"/></w:rPr>',
    "Raised": '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', "Pale": f"<w:rPr>{WHITE}</w:rPr>",
    "Old": "<w:rPr><w:strike/></w:rPr>", "Loop": '<w:basedOn w:val="Pool"/>', "Pool": '<w:basedOn w:val="Loop"/>',
}  # fmt: skip
TABLE_STYLE = f'<w:style w:type="table" w:styleId="Grid4"><w:tblStylePr w:type="firstRow"><w:tcPr>{BLUE}</w:tcPr></w:tblStylePr></w:style>'
PARTS = {"styles": TABLE_STYLE + "".join(f'<w:style w:styleId="{name}">{said}</w:style>' for name, said in STYLES.items())}


def styled(name: str) -> str:
    return f'<w:rStyle w:val="{name}"/>'


CELLS = {
    "white digit": (p(r("8", WHITE), "767"), "767"),
    "nearly white digit": (p(r("8", '<w:color w:val="FDFDFD"/>'), "767"), "767"),
    "white digit on both sides": (p(r("8", WHITE), "767", r("8", WHITE)), "767"),
    "grey digit is seen": (p(r("8", '<w:color w:val="808080"/>'), "767"), "8767"),
    "automatic colour": (p(r("767", '<w:color w:val="auto"/>')), "767"),
    "white number, nothing else": (p(r("7", WHITE), r("67", WHITE)), "□"),
    "white label, nothing else": (p(r("规章", WHITE)), "规章"),
    "white on blue run": (p(r("767", WHITE + BLUE)), "767"),
    "white on a marker": (p(r("767", WHITE + '<w:highlight w:val="black"/>')), "767"),
    "black marker over black": (p(r("8", '<w:color w:val="000000"/><w:highlight w:val="black"/>'), "767"), "767"),
    "white by style": (p(r("8", styled("Pale")), "767"), "767"),
    "white by the style of the paragraph": (p("767", properties='<w:pStyle w:val="Pale"/>'), "□"),
    "own colour over the style": (p(r("767", styled("Pale") + '<w:color w:val="FF0000"/>')), "767"),
    "hidden": (p(r("8", "<w:vanish/>"), "767"), "767"),
    "hidden by style": (p(r("8", styled("Hid")), "767"), "767"),
    "hidden by the style's base": (p(r("8", styled("HidToo")), "767"), "767"),
    "shown again by style": (p(r("767", styled("Back"))), "767"),
    "shown again by the run": (p(r("767", styled("Hid") + '<w:vanish w:val="false"/>')), "767"),
    "styles based on one another": (p(r("767", styled("Loop"))), "767"),
    "one point": (p(r("8", '<w:sz w:val="2"/>'), "767"), "767"),
    "small print": (p(r("767", '<w:sz w:val="10"/>')), "767"),
    "struck": (p(r("768", "<w:dstrike/>"), "767"), "768 767"),
    "struck by style": (p(r("768", styled("Old")), "767"), "768 767"),
    "raised by style": (p("767", r("1", styled("Raised"))), "767 1"),
    "lowered back to the line": (p("76", r("7", styled("Raised") + '<w:vertAlign w:val="baseline"/>')), "767"),
    "table of one cell": (tbl(tr("767")), "767"),
    "table of one cell in another": (tbl(tr(tc(tbl(tr("767")) + "<w:p/>"))), "767"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "printed"), CELLS.values(), ids=CELLS.keys())
def test_a_cell_prints_what_is_seen(content: str, printed: str):
    cell = f"<w:tc><w:tcPr/>{content}<w:p/></w:tc>"
    lines = show(read_docx(docx(tbl(tr("行政处罚", cell)), **PARTS))[0])
    assert lines == [f"| 行政处罚 | {printed} |"]


@pytest.mark.parametrize(
    ("cell", "table", "printed"),
    [
        (BLUE, "", "767"), ("", BLUE, "767"), ("", '<w:tblStyle w:val="Grid4"/>', "767"),
        ('<w:shd w:fill="FFFFFF"/>', BLUE, "□"), ('<w:shd w:fill="auto"/>', "", "□"),
    ],
    ids=["cell", "table", "style of the table", "white cell of a blue table", "no fill"],
)  # fmt: skip
def test_white_is_seen_on_a_ground_that_is_not(cell: str, table: str, printed: str):
    written = tbl(tr("行政处罚", tc(p(r("767", WHITE)), cell))).replace("<w:tblPr/>", f"<w:tblPr>{table}</w:tblPr>")
    assert show(read_docx(docx(written, **PARTS))[0]) == [f"| 行政处罚 | {printed} |"]


def test_a_white_digit_is_told():
    _, notes = read_docx(docx(tbl(tr("行政处罚", tc(p(r("8", WHITE), "767"))))))
    assert notes == ("text in the colour of its ground in T1:R1:C2",)


def test_prose_goes_without_what_is_white():
    assert show(read_docx(docx(p("共", r("8", WHITE), "767件")))[0]) == ["共767件"]


def test_a_table_of_two_cells_in_a_cell_makes_layout():
    blocks = read_docx(docx(tbl(tr("a", tc(tbl(tr("1", "2")) + "<w:p/>")))))[0]
    assert show(blocks) == ["a", "| 1 | 2 |"]


@pytest.mark.parametrize("tag", ["drawing", "pict", "object"])
def test_a_picture_among_the_text_is_a_grid_without_rows(tag: str):
    blocks, _ = read_docx(docx(p("三、情况") + p(f"<w:r><w:{tag}/></w:r>") + p("四、情况")))
    assert blocks[1] == Grid((), "columns", "picture")
