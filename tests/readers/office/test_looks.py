"""Word texts that nobody sees: hidden, white, tiny; struck and raised ones, by themselves and by their styles."""

import pytest
from tests.readers.office.writing import docx, p, r, show, tbl, tc, tr

from govtables.readers.document import Grid
from govtables.readers.office.docx import read_docx

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
