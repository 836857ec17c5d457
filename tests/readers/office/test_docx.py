"""Word documents: what each construct prints, and where it stands."""

import pytest
from tests.readers.office.writing import (
    BEGIN,
    BOX,
    DELETED,
    GO_ON,
    OFFICE,
    SPAN,
    WORD,
    docx,
    p,
    pack,
    r,
    sdt,
    show,
    tbl,
    tc,
    tr,
    unpack,
)

from govtables.readers.document import Grid
from govtables.readers.limits import LIMITS
from govtables.readers.office.docx import read_docx


def field(code: str, result: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{kinds[1]}{result}{kinds[2]}"


CHOICE = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'

FALLBACK = f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"

PRINTED = {
    "paragraphs and a table": (p("一") + tbl(tr("规章", "0")) + p("二"), ["一", "| 规章 | 0 |", "二"]),
    "blank paragraphs print nothing": (p("一") + p("  ") + "<w:p/>" + p("二"), ["一", "二"]),
    "span over columns": (
        tbl(tr(tc("a", SPAN(2)), "b"), tr("1", "2", "3")),
        ["| a | · | b |", "| 1 | 2 | 3 |"],
    ),
    "span over rows": (tbl(tr(tc("a", BEGIN), "1"), tr(tc("", GO_ON), "2")), ["| a | 1 |", "| · | 2 |"]),
    "span over both": (
        tbl(tr(tc("a", SPAN(2) + BEGIN), "1"), tr(tc("", SPAN(2) + GO_ON), "2")),
        ["| a | · | 1 |", "| · | · | 2 |"],
    ),
    "two merges one below the other": (
        tbl(tr(tc("a", BEGIN), "1"), tr(tc("", GO_ON), "2"), tr(tc("b", BEGIN), "3"), tr(tc("", GO_ON), "4")),
        ["| a | 1 |", "| · | 2 |", "| b | 3 |", "| · | 4 |"],
    ),
    "a blank below a plain cell is a blank": (tbl(tr("a", "1"), tr("", "2")), ["| a | 1 |", "|  | 2 |"]),
    "a merge that nothing began prints": (tbl(tr(tc("a", GO_ON), "1")), ["| a | 1 |"]),
    "a merge does not go on across a plain cell": (
        tbl(tr(tc("a", BEGIN)), tr("b"), tr(tc("c", GO_ON))),
        ["| a |", "| b |", "| c |"],
    ),
    "old way of merging columns": (
        tbl(tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "1"), tr("b", "2", "3")),
        ["| a | · | 1 |", "| b | 2 | 3 |"],
    ),
    "columns left out before a row": (
        tbl(tr("a", "b", "c"), tr("1", "2", properties='<w:gridBefore w:val="1"/>')),
        ["| a | b | c |", "| · | 1 | 2 |"],
    ),
    "absurd span": (tbl(tr(tc("a", SPAN(100_000)), "b")), [f"| a |{' · |' * (LIMITS.columns - 1)} b |"]),
    "lines of a cell": (
        tbl(
            tr(
                tc(p("商业") + p("") + p("企业")),
                "<w:tc><w:p><w:r><w:t>总</w:t><w:br/><w:t>计</w:t></w:r></w:p></w:tc>",
            )
        ),
        ["| 商业⏎企业 | 总⏎计 |"],
    ),
    "tabs and hyphens": (
        p("规章<w:t/>", "<w:r><w:tab/></w:r>", "0") + tbl(tr(tc(p("<w:r><w:noBreakHyphen/></w:r>", "3")))),
        ["规章  0", "| -3 |"],
    ),
    "soft hyphen": (tbl(tr(tc(p("1", "<w:r><w:softHyphen/></w:r>", "2")))), ["| 12 |"]),
    "number in several runs": (
        tbl(tr(tc(p("1", '<w:proofErr w:type="spellStart"/>', r("2", "<w:b/>"), "<w:bookmarkStart/>", "3")))),
        ["| 123 |"],
    ),
    "layout table": (
        tbl(tr(tc(p("前") + tbl(tr("规章", "0")) + p("后")), "右")),
        ["前", "| 规章 | 0 |", "后", "右"],
    ),
    "page of text in a cell": (
        tbl(tr("a", "1"), tr(tc(p("长" * 301) + p("二"))), tr("b", "2")),
        ["| a | 1 |", "长" * 301, "二", "| b | 2 |"],
    ),
    "lines of text in a cell": (tbl(tr("a", "1"), tr(tc(p("二") * 21))), ["| a | 1 |", *["二"] * 21]),
    "table in a text box beside a number": (
        tbl(
            tr(
                "a",
                tc(p("1", f"<w:r><w:pict><w:txbxContent>{tbl(tr('b', '2'))}</w:txbxContent></w:pict></w:r>")),
            )
        ),
        ["| a | 1 |", "| b | 2 |"],
    ),
    "text box is read once": (
        p("前", f"<w:r><mc:AlternateContent>{CHOICE}{FALLBACK}</mc:AlternateContent></w:r>"),
        ["前", "标题"],
    ),
    "text box of old Word": (p(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"), ["标题"]),
    "alternative with text in one branch": (
        p(f"<w:r><mc:AlternateContent><mc:Choice/>{FALLBACK}</mc:AlternateContent></w:r>"),
        ["标题"],
    ),
    "text box beside a cell's text": (
        tbl(tr(tc(p("a", f"<w:r><w:pict>{BOX}</w:pict></w:r>")), "1")),
        ["| a | 1 |", "标题"],
    ),
    "insertion and deletion": (
        tbl(tr(tc(p("1", f"<w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins>{r('2')}</w:ins>")))),
        ["| 12 |"],
    ),
    "moved text": (p(f"<w:moveFrom>{r('旧')}</w:moveFrom><w:moveTo>{r('新')}</w:moveTo>"), ["新"]),
    "deleted and inserted rows": (
        tbl(tr("a", properties="<w:del/>"), tr("b", properties="<w:ins/>"), tr("c")),
        ["| b |", "| c |"],
    ),
    "deleted and inserted cells": (
        tbl(tr(tc("1", "<w:cellDel/>"), tc("2", "<w:cellIns/>"), "3")),
        ["| 2 | 3 |"],
    ),
    "cells merged by a tracked change": (
        tbl(tr(tc("a", '<w:cellMerge w:vMerge="rest"/>')), tr(tc("", '<w:cellMerge w:vMerge="cont"/>'))),
        ["| a |", "| · |"],
    ),
    "deleted end of a paragraph": (p("总体", properties=DELETED) + p("情况"), ["总体情况"]),
    "deleted end of a paragraph in a cell": (tbl(tr(tc(p("1", properties=DELETED) + p("2")))), ["| 12 |"]),
    "content controls": (sdt(p("一") + tbl(sdt(tr(sdt(tc("a")), tc(p(sdt(r("1")))))))), ["一", "| a | 1 |"]),
    "links and smart tags": (
        p(f"<w:hyperlink>{r('一')}</w:hyperlink><w:smartTag>{r('、')}</w:smartTag>", "总"),
        ["一、总"],
    ),
    "field": (tbl(tr(tc(p(field("=SUM(ABOVE) 99", r("12")))))), ["| 12 |"]),
    "field inside the code of a field": (p(field("IF " + field("DATE", r("9")), r("12"))), ["12"]),
    "field without an end": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "9") + p("12"), ["12"]),
    "end of a field of another paragraph": (p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "12"), ["12"]),
    "simple field": (p('<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>"), ["3"]),
    "formula in one line": (tbl(tr(tc(p("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>")))), ["| 12 |"]),
    "raised digit behind a number": (
        tbl(tr(tc(p("12", r("1", '<w:vertAlign w:val="superscript"/>'))))),
        ["| 12 1 |"],
    ),
    "raised digit behind a letter": (p("100m", r("2", '<w:vertAlign w:val="superscript"/>')), ["100m2"]),
    "symbols": (p('<w:r><w:sym w:font="x" w:char="221A"/></w:r>'), ["√"]),
    "table in a table row of its own text box": (
        p(f"<w:r><w:pict><w:txbxContent>{tbl(tr('a', '1'))}</w:txbxContent></w:pict></w:r>"),
        ["| a | 1 |"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), PRINTED.values(), ids=PRINTED)
def test_word_prints(body, expected):
    blocks, notes = read_docx(docx(body))
    assert (show(blocks), notes) == (expected, ())


def test_places_in_word():
    body = p("一") + tbl(tr("a", "1"), tr(tc(tbl(tr("b", "2"))))) + p("二")
    blocks, _ = read_docx(docx(tbl(tr(tc("x", BEGIN), "1"), tr(tc("", GO_ON), "2")) + body))
    places = [
        cell.place
        for block in blocks
        for row in (block.rows if isinstance(block, Grid) else [[block]])
        for cell in row
        if cell
    ]
    assert places == ["T1:R1:C1", "T1:R1:C2", "T1:R2:C1", "L1", "L2", "L3", "T3:R1:C1", "T3:R1:C2", "L4"]


def test_headers_and_notes_come_last():
    header = p("甲县2022年年报") + p("一")
    ends = {
        "header": header,
        "footer": p("第 1 页"),
        "footnotes": f"<w:footnote>{p('不含街道')}</w:footnote>",
    }
    assert show(read_docx(docx(p("一"), **ends))[0]) == ["一", "甲县2022年年报", "不含街道"]


def test_strict_namespaces_and_other_main_parts():
    strict = docx(p("一") + tbl(tr("a", "1")))
    parts = {
        name: data.replace(WORD.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, data in unpack(strict).items()
    }
    strict_office = b"http://purl.oclc.org/ooxml/officeDocument"
    parts = {name: data.replace(OFFICE.encode(), strict_office) for name, data in parts.items()}
    assert show(read_docx(pack(parts))[0]) == ["一", "| a | 1 |"]
    moved = {
        name.replace("document", "document2"): data.replace(b"word/document", b"word/document2")
        for name, data in unpack(strict).items()
    }
    assert show(read_docx(pack(moved))[0]) == ["一", "| a | 1 |"]


@pytest.mark.parametrize(
    ("open_", "close"),
    [
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<w:r><w:ruby><w:rubyBase>", "</w:rubyBase></w:ruby></w:r>"),
    ],
    ids=["text boxes", "readings"],
)
def test_what_stands_in_one_another_is_read_once(open_, close):
    inner = r("深") if "ruby" in open_ else p("深")
    nested = open_ * 40 + inner + close * 40
    assert show(read_docx(docx(p(nested)))[0]) == ["深"]
