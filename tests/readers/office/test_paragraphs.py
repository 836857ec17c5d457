"""Text of Word's paragraphs: what is left out is told."""

import pytest
from tests.readers.office.writing import BEGIN, BOX, GO_ON, docx, p, r, sdt, show, tbl, tc, tr

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
