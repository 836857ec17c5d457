"""Word documents and workbooks: what each construct prints, what is left out and told, and that harm does none.

Every document is made here from the few lines of XML or records that the test is about. `show` writes what was read as lines: prose as
it is, rows between bars, `·` where a merged cell covers a place, `⏎` for a line break in a cell.
"""

import io
import random
import struct
import sys
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from govtables.extract.match import match_form
from govtables.extract.sections import split_sections
from govtables.language.numerals import read_number
from govtables.readers.document import Cell, Document, Grid, Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.office import FILTERS, MEDIA_TYPES, READERS, UNREAD, find_kind, read_office
from govtables.readers.office.docx import read_docx
from govtables.readers.office.legacy import find_office
from govtables.readers.office.runs import UNKNOWN
from govtables.readers.office.sheets import read_sheets
from govtables.readers.office.xlsx import NO_VALUE, format_kind

TOP = Path(__file__).parents[1]
sys.path.insert(0, str(TOP / "benchmarks"))
from relay import draft_report, sheets, words  # noqa: E402
from relay.saved import save_as  # noqa: E402
from synthetic import edit  # noqa: E402

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
SPACES += f'xmlns:m="{OFFICE}/math" xmlns:r="{OFFICE}/relationships" '
SPACES += 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


def pack(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def office(main: str, parts: dict[str, str | bytes], kinds: dict[str, str]) -> bytes:
    """A container of Office: its main part, and by their ids the kinds of the parts that this refers to."""
    folder, _, name = main.rpartition("/")
    links = "".join(f'<Relationship Id="{part}" Type="{OFFICE}/relationships/{kind}" Target="{part}.xml"/>' for part, kind in kinds.items())
    start = f'<Relationship Id="r" Type="{OFFICE}/relationships/officeDocument" Target="{main}"/>'
    around = {"[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>'}
    around |= {"_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{start}</Relationships>'}
    around |= {f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'}
    return pack(around | parts)


def docx(body: str, **parts: str) -> bytes:
    """A Word document; further parts are named for their kind: `numbering`, `styles`, `header`, `footnotes`."""
    roots = {"numbering": "numbering", "styles": "styles", "header": "hdr", "footer": "ftr", "footnotes": "footnotes"}
    written = {f"word/{kind}.xml": f"<w:{roots[kind]} {SPACES}>{xml}</w:{roots[kind]}>" for kind, xml in parts.items()}
    document = {"word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    return office("word/document.xml", document | written, {kind: kind for kind in parts})


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str = "", properties: str = "") -> str:
    inner = content if content.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else p(content) if content else "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    written = [cell if cell.startswith(("<w:tc>", "<w:sdt>", "<w:ins>")) else tc(cell) for cell in cells]
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(written)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(code: str, result: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{kinds[1]}{result}{kinds[2]}"


def num(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


SPAN = '<w:gridSpan w:val="{}"/>'.format
BEGIN, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
DELETED = "<w:rPr><w:del w:id='1'/></w:rPr>"
BOX = f"<w:txbxContent>{p('标题')}</w:txbxContent>"
CHOICE = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
FALLBACK = f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"


def show(blocks: tuple[Cell | Grid, ...]) -> list[str]:
    lines = []
    for block in blocks:
        rows = [[block]] if isinstance(block, Cell) else block.rows
        texts = [["·" if cell is None else cell.text.replace("\n", "⏎") for cell in row] for row in rows]
        lines += [f"| {' | '.join(row)} |" if isinstance(block, Grid) else row[0] for row in texts]
    return lines


def lvl(kind: str, text: str, level: int = 0, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def lists(*levels: str) -> str:
    """Numbering: list 1 with the levels given, and list 2, which counts the same levels from 1 again."""
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    first = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{first}{again}'


# ---------------------------------------------------------------------------------------------------------------------------
# Word: what is printed

PRINTED = {
    "paragraphs and a table": (p("一") + tbl(tr("规章", "0")) + p("二"), ["一", "| 规章 | 0 |", "二"]),
    "blank paragraphs print nothing": (p("一") + p("  ") + "<w:p/>" + p("二"), ["一", "二"]),
    "span over columns": (tbl(tr(tc("a", SPAN(2)), "b"), tr("1", "2", "3")), ["| a | · | b |", "| 1 | 2 | 3 |"]),
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
        tbl(tr(tc(p("商业") + p("") + p("企业")), "<w:tc><w:p><w:r><w:t>总</w:t><w:br/><w:t>计</w:t></w:r></w:p></w:tc>")),
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
    "layout table": (tbl(tr(tc(p("前") + tbl(tr("规章", "0")) + p("后")), "右")), ["前", "| 规章 | 0 |", "后", "右"]),
    "page of text in a cell": (
        tbl(tr("a", "1"), tr(tc(p("长" * 301) + p("二"))), tr("b", "2")),
        ["| a | 1 |", "长" * 301, "二", "| b | 2 |"],
    ),
    "lines of text in a cell": (tbl(tr("a", "1"), tr(tc(p("二") * 21))), ["| a | 1 |", *["二"] * 21]),
    "table in a text box beside a number": (
        tbl(tr("a", tc(p("1", f"<w:r><w:pict><w:txbxContent>{tbl(tr('b', '2'))}</w:txbxContent></w:pict></w:r>")))),
        ["| a | 1 |", "| b | 2 |"],
    ),
    "text box is read once": (p("前", f"<w:r><mc:AlternateContent>{CHOICE}{FALLBACK}</mc:AlternateContent></w:r>"), ["前", "标题"]),
    "text box of old Word": (p(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"), ["标题"]),
    "alternative with text in one branch": (p(f"<w:r><mc:AlternateContent><mc:Choice/>{FALLBACK}</mc:AlternateContent></w:r>"), ["标题"]),
    "text box beside a cell's text": (tbl(tr(tc(p("a", f"<w:r><w:pict>{BOX}</w:pict></w:r>")), "1")), ["| a | 1 |", "标题"]),
    "insertion and deletion": (
        tbl(tr(tc(p("1", f"<w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins>{r('2')}</w:ins>")))),
        ["| 12 |"],
    ),
    "moved text": (p(f"<w:moveFrom>{r('旧')}</w:moveFrom><w:moveTo>{r('新')}</w:moveTo>"), ["新"]),
    "deleted and inserted rows": (
        tbl(tr("a", properties="<w:del/>"), tr("b", properties="<w:ins/>"), tr("c")),
        ["| b |", "| c |"],
    ),
    "deleted and inserted cells": (tbl(tr(tc("1", "<w:cellDel/>"), tc("2", "<w:cellIns/>"), "3")), ["| 2 | 3 |"]),
    "cells merged by a tracked change": (
        tbl(tr(tc("a", '<w:cellMerge w:vMerge="rest"/>')), tr(tc("", '<w:cellMerge w:vMerge="cont"/>'))),
        ["| a |", "| · |"],
    ),
    "deleted end of a paragraph": (p("总体", properties=DELETED) + p("情况"), ["总体情况"]),
    "deleted end of a paragraph in a cell": (tbl(tr(tc(p("1", properties=DELETED) + p("2")))), ["| 12 |"]),
    "content controls": (
        sdt(p("一") + tbl(sdt(tr(sdt(tc("a")), tc(p(sdt(r("1")))))))),
        ["一", "| a | 1 |"],
    ),
    "links and smart tags": (p(f"<w:hyperlink>{r('一')}</w:hyperlink><w:smartTag>{r('、')}</w:smartTag>", "总"), ["一、总"]),
    "field": (tbl(tr(tc(p(field("=SUM(ABOVE) 99", r("12")))))), ["| 12 |"]),
    "field inside the code of a field": (p(field("IF " + field("DATE", r("9")), r("12"))), ["12"]),
    "field without an end": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "9") + p("12"), ["12"]),
    "end of a field of another paragraph": (p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "12"), ["12"]),
    "simple field": (p('<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>"), ["3"]),
    "formula in one line": (tbl(tr(tc(p("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>")))), ["| 12 |"]),
    "raised digit behind a number": (tbl(tr(tc(p("12", r("1", '<w:vertAlign w:val="superscript"/>'))))), ["| 12 1 |"]),
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


TOLD = {
    "hidden text": (p("一", r("二", "<w:vanish/>"), r("三", '<w:vanish w:val="0"/>')), ["一三"], "hidden text in L1"),
    "hidden row": (tbl(tr("a"), tr("b", properties="<w:hidden/>"), tr("c")), ["| a |", "| c |"], "hidden row in T1:R2"),
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
        p("<w:r><w:ruby><w:rt>" + r("chong") + "</w:rt><w:rubyBase>" + r("重") + "</w:rubyBase></w:ruby></w:r>"),
        ["重"],
        "reading above characters in L1",
    ),
    "struck text": (tbl(tr(tc(p(r("34", "<w:strike/>"), "35")))), ["| 34 35 |"], "text that is struck through in T1:R1:C1"),
    "picture for a number": (tbl(tr("a", tc(p("<w:r><w:drawing/></w:r>")))), [f"| a | {UNKNOWN} |"], "picture or text box"),
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
    "sign of a symbol font": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), [UNKNOWN], "sign of a symbol font in L1"),
    "empty content control": (
        p(sdt(r("点击输入"), "<w:showingPlcHdr/>"), "一"),
        ["一"],
        "text that asks for text in an empty content control",
    ),
    "picture and no table": (p("一", "<w:r><w:drawing/></w:r>"), ["一"], "1 pictures and no table"),
    "part of another format": (p("一") + "<w:altChunk/>", ["一"], "1 embedded parts of another format are not read"),
    "hidden text box": (
        p("一", f"<w:r><w:rPr><w:vanish/></w:rPr><w:pict>{BOX}</w:pict></w:r>"),
        ["一"],
        "hidden picture or text box in L1",
    ),
    "embedded workbook": (p("一", "<w:r><w:object/></w:r>"), ["一"], "1 embedded parts of another format are not read"),
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


def test_what_stands_for_no_text_is_no_number():
    assert {read_number(text).status for text in (UNKNOWN, NO_VALUE, "12 1", "1. 0", "2022-01-03", "34 35")} == {"unreadable"}


def test_places_in_word():
    body = p("一") + tbl(tr("a", "1"), tr(tc(tbl(tr("b", "2"))))) + p("二")
    blocks, _ = read_docx(docx(tbl(tr(tc("x", BEGIN), "1"), tr(tc("", GO_ON), "2")) + body))
    places = [cell.place for block in blocks for row in (block.rows if isinstance(block, Grid) else [[block]]) for cell in row if cell]
    assert places == ["T1:R1:C1", "T1:R1:C2", "T1:R2:C1", "L1", "L2", "L3", "T3:R1:C1", "T3:R1:C2", "L4"]


CHAPTER = lvl("chineseCounting", "%1、", more='<w:suff w:val="nothing"/>')
NUMBERED = {
    "chapters": (
        lists(CHAPTER),
        p("总体情况", properties=num(1)) + p("文") + p("主动公开", properties=num(1)),
        ["一、总体情况", "文", "二、主动公开"],
    ),
    "levels": (
        lists(CHAPTER, lvl("decimal", "%1.%2", 1)),
        p("a", properties=num(1)) + p("b", properties=num(1, 1)) * 2 + p("c", properties=num(1)) + p("d", properties=num(1, 1)),
        ["一、a", "一.1 b", "一.2 b", "二、c", "二.1 d"],
    ),
    "another list begins at one": (lists(CHAPTER), p("a", properties=num(1)) * 2 + p("b", properties=num(2)), ["一、a", "二、a", "一、b"]),
    "a deleted paragraph does not count": (
        lists(CHAPTER),
        p("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", properties=num(1) + DELETED) + p("a", properties=num(1)),
        ["一、a"],
    ),
    "a number before a value is no digit of it": (lists(lvl("decimal", "%1.")), tbl(tr(tc(p("0", properties=num(1))))), ["| 1. 0 |"]),
    "list that is missing": ("", p("总体情况", properties=num(7)), ["总体情况"]),
    "bullets print nothing": (lists(lvl("bullet", "●")), p("a", properties=num(1)), ["a"]),
    "no list": (lists(CHAPTER), p("a", properties=num(0)), ["a"]),
    "labels of a table": (
        lists(lvl("chineseCounting", "(%1)")),
        tbl(tr(tc(p("予以公开", properties=num(1))), "1"), tr(tc(p("部分公开", properties=num(1))), "2")),
        ["| (一) 予以公开 | 1 |", "| (二) 部分公开 | 2 |"],
    ),
}


@pytest.mark.parametrize(("numbering", "body", "expected"), NUMBERED.values(), ids=NUMBERED)
def test_automatic_numbers(numbering, body, expected):
    blocks, notes = read_docx(docx(body, numbering=numbering))
    assert (show(blocks), notes) == (expected, ())


def test_numbers_and_hiding_by_style():
    own = '<w:style w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    based = '<w:style w:styleId="h2"><w:basedOn w:val="h1"/></w:style><w:style w:styleId="h3"><w:rPr><w:vanish/></w:rPr></w:style>'
    styled = [
        p(text, properties=f'<w:pStyle w:val="{style}"/>') for text, style in (("总体情况", "h1"), ("主动公开", "h2"), ("窗体", "h3"))
    ]
    levels = lvl("decimal", "%1)"), lvl("chineseCounting", "%2、", 1, '<w:pStyle w:val="h1"/>')
    blocks, notes = read_docx(docx("".join(styled), numbering=lists(*levels), styles=own + based))
    assert (show(blocks), notes) == (["一、 总体情况", "二、 主动公开"], ("hidden text in L3",))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("decimal", "(1) a"), ("ideographDigital", "(一) a"), ("upperRoman", "a"), ("none", "a")],
)
def test_kinds_of_numbers(kind, expected):
    assert show(read_docx(docx(p("a", properties=num(1)), numbering=lists(lvl(kind, "(%1)"))))[0]) == [expected]


def test_headers_and_notes_come_last():
    header = p("甲县2022年年报") + p("一")
    ends = {"header": header, "footer": p("第 1 页"), "footnotes": f"<w:footnote>{p('不含街道')}</w:footnote>"}
    assert show(read_docx(docx(p("一"), **ends))[0]) == ["一", "甲县2022年年报", "不含街道"]


def test_strict_namespaces_and_other_main_parts():
    strict = docx(p("一") + tbl(tr("a", "1")))
    parts = {
        name: data.replace(WORD.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main") for name, data in unpack(strict).items()
    }
    strict_office = b"http://purl.oclc.org/ooxml/officeDocument"
    parts = {name: data.replace(OFFICE.encode(), strict_office) for name, data in parts.items()}
    assert show(read_docx(pack(parts))[0]) == ["一", "| a | 1 |"]
    moved = {
        name.replace("document", "document2"): data.replace(b"word/document", b"word/document2") for name, data in unpack(strict).items()
    }
    assert show(read_docx(pack(moved))[0]) == ["一", "| a | 1 |"]


def test_utf16_parts_are_read():
    parts = unpack(docx(p("一")))
    parts["word/document.xml"] = ('<?xml version="1.0" encoding="UTF-16"?>' + parts["word/document.xml"].decode()).encode("utf-16")
    assert show(read_docx(pack(parts))[0]) == ["一"]


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# ---------------------------------------------------------------------------------------------------------------------------
# Workbooks


def xlsx(*sheets: str, strings: str = "", styles: str = "", book: str = "", states: tuple[str, ...] = ()) -> bytes:
    """A workbook; each sheet is given as what stands inside `worksheet`."""
    entries = "".join(
        f'<sheet name="Sheet{n}" state="{(*states, *["visible"] * n)[n - 1]}" r:id="sheet{n}"/>' for n in range(1, len(sheets) + 1)
    )
    main = f'<workbook xmlns="{CELLS}" xmlns:r="{OFFICE}/relationships">{book}<sheets>{entries}</sheets></workbook>'
    parts = {
        "xl/workbook.xml": main,
        "xl/strings.xml": f'<sst xmlns="{CELLS}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{CELLS}">{styles}</styleSheet>',
    }
    parts |= {f"xl/sheet{n}.xml": f'<worksheet xmlns="{CELLS}">{sheet}</worksheet>' for n, sheet in enumerate(sheets, 1)}
    kinds = {"strings": "sharedStrings", "styles": "styles"} | {f"sheet{n}": "worksheet" for n in range(1, len(sheets) + 1)}
    return office("xl/workbook.xml", parts, kinds)


def c(place: str, value: object = "", *, kind: str = "", style: int = 0, formula: str = "") -> str:
    """A cell; a text stands in the cell itself."""
    if isinstance(value, str) and not kind:
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}" t="{kind or "n"}" s="{style}">{formula}<v>{value}</v></c>'


def data(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def row(*cells: str, number: int = 1, more: str = "") -> str:
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def merged(*ranges: str) -> str:
    return f"<mergeCells>{''.join(f'<mergeCell ref={chr(34)}{one}{chr(34)}/>' for one in ranges)}</mergeCells>"


STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="0.0,"/></numFmts>'
)
STYLES += "<cellXfs>" + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 164, 9, 165, 4)) + "</cellXfs>"
STRINGS = "<si><t>规章</t></si><si><r><t>12</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si>"
STRINGS += "<si><t>重</t><rPh><t>chong</t></rPh></si><si><t>甲_x000a_乙</t></si>"
STRINGS += "<si><r><rPr><strike/></rPr><t>34</t></r><r><t>35</t></r></si>"

SHEETS = {
    "numbers as stored": (
        data(
            row(c("A1", "a"), c("B1", "12.0", kind="n"), c("C1", "0.30000000000000004", kind="n"), c("D1", "1.5E3", kind="n"), c("E1", -3))
        ),
        ["| a | 12 | 0.3 | 1500 | -3 |"],
        [],
    ),
    "shared texts": (
        data(row(*(c(f"{letter}1", n, kind="s") for n, letter in enumerate("ABCDEF")))),
        [f"| 规章 | 12 1 | 重 | 甲⏎乙 | 34 35 | {UNKNOWN} |"],
        [],
    ),
    "truth and errors": (
        data(row(c("A1", "a"), c("B1", 1, kind="b"), c("C1", "#REF!", kind="e"))),
        ["| a | TRUE | #? |"],
        ["error '#REF!' in place of a value in R1:C3 of S1"],
    ),
    "days": (
        data(row(c("A1", "a"), c("B1", 44564, style=1), c("C1", 3, style=2), c("D1", "2022-01-03", kind="d"))),
        ["| a | 2022-01-03 | 1900-01-03 | 2022-01-03 |"],
        [],
    ),
    "formats that scale": (
        data(row(c("A1", "a"), c("B1", 0.12, style=3), c("C1", 15000, style=4), c("D1", 1234, style=5))),
        ["| a | 0.12 (0%) | 15000 (0.0,) | 1234 |"],
        ["number whose format '0%' prints another one in R1:C2 of S1", "number whose format '0.0,' prints another one in R1:C3 of S1"],
    ),
    "formulas": (
        data(
            row(
                c("A1", "a"),
                c("B1", 5, formula="<f>1+4</f>"),
                c("C1", "x", kind="str", formula="<f>A1</f>"),
                c("D1", "", kind="str", formula="<f>A1</f>"),
            )
        ),
        ["| a | 5 | x |"],
        [],
    ),
    "formula without a stored value": (
        data(row(c("A1", "a"), '<c r="B1"><f>1+4</f></c>', '<c r="C1"><f>1</f><v></v></c>')),
        [f"| a | {NO_VALUE} | {NO_VALUE} |"],
        ["formula without a stored value, 2 times, first in R1:C2 of S1"],
    ),
    "merged cells": (
        data(
            row(c("A1", "甲"), c("B1", 1), c("D1", 2)),
            row(c("B2", 3), c("C2", 4), c("D2", ""), number=2),
            row(c("A3", "乙"), c("D3", 5), number=3),
        )
        + merged("A1:A2", "B1:C1"),
        ["| 甲 | 1 | · | 2 |", "| · | 3 | 4 |  |", "| 乙 |  |  | 5 |"],
        [],
    ),
    "text below a merged cell": (
        data(row(c("A1", 5), c("B1", 6), c("C1", 1)), row(c("B2", 7), number=2)) + merged("A1:B1"),
        ["| 5 | · | 1 |", "|  | 7 |  |"],
        ["text in a place that a merged cell covers in R1:C2 of S1"],
    ),
    "hidden rows and columns": (
        '<cols><col min="2" max="3" hidden="1"/></cols>'
        + data(
            row(c("A1", "甲"), c("C1", 1), c("D1", 2)),
            row(c("A2", "乙"), c("D2", 3), number=2, more=' hidden="1"'),
            row(c("A3", "丙"), c("D3", 4), number=3),
        ),
        ["| 甲 | 2 |", "| 丙 | 4 |"],
        ["number or text in a hidden column in R1:C3 of S1", "hidden row in R2:C1 of S1"],
    ),
    "row of no height": (
        data(row(c("A1", "a"), c("B1", 1)), row(c("A2", "b"), c("B2", 2), number=2, more=' ht="0"')),
        ["| a | 1 |"],
        ["hidden row in R2:C1 of S1"],
    ),
    "merged cell that begins in a hidden column": (
        '<cols><col min="1" max="1" hidden="1"/></cols>'
        + data(row(c("A1", "甲"), c("C1", 1)), row(c("B2", "乙"), c("C2", 2), number=2))
        + merged("A1:B1"),
        ["| 甲 | 1 |", "| 乙 | 2 |"],
        ["number or text in a hidden column in R1:C1 of S1"],
    ),
    "words around a table": (
        data(
            row(c("A1", "甲县统计表")),
            row(c("A2", "信息内容"), c("B2", "数量"), number=2),
            row(c("A3", "规章"), number=3),
            row(c("A4", "许可"), c("B4", 3), number=4),
            row(c("A5", "备注:不含街道"), number=5),
        ),
        ["甲县统计表", "| 信息内容 | 数量 |", "| 规章 |  |", "| 许可 | 3 |", "备注:不含街道"],
        [],
    ),
    "label without numbers in the last row": (
        data(row(c("A1", "许可"), c("B1", 3)), row(c("A2", "规章"), number=2)),
        ["| 许可 | 3 |", "| 规章 |  |"],
        [],
    ),
    "tables parted by an empty row": (
        data(row(c("B2", "甲"), c("C2", 1), number=2), row(c("A4", "乙"), c("B4", 2), number=4)),
        ["| 甲 | 1 |", "| 乙 | 2 |"],
        [],
    ),
    "columns that print nothing are left out": (
        data(row(c("A1", "甲"), c("C1", 1), c("E1", 2)), row(c("A2", "乙"), c("E2", 4), number=2)) + merged("C1:D2"),
        ["| 甲 | 1 | 2 |", "| 乙 | · | 4 |"],
        [],
    ),
    "a merged cell holds rows together": (
        data(row(c("A1", "甲"), c("B1", 1)), row(c("A3", "乙"), c("B3", 3), number=3)) + merged("A1:A2"),
        ["| 甲 | 1 |", "| · |  |", "| 乙 | 3 |"],
        [],
    ),
    "cells without places": (
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>",
        ["| 1 | 2 |", "| 3 |  |"],
        [],
    ),
    "a cell that stands twice": (
        data(row(c("A1", "a"), c("B1", 1), c("B1", 2))),
        [f"| a | {UNKNOWN} |"],
        ["cell that is stored twice in R1:C2 of S1"],
    ),
    "numbers and days that are none": (
        data(row(c("A1", "a"), c("B1", "1e400", kind="n"), c("C1", -1, style=1), c("D1", 2_958_466, style=1))),
        [f"| a | {UNKNOWN} | {UNKNOWN} | {UNKNOWN} |"],
        [],
    ),
    "a long text in a table": (
        data(row(c("A1", "甲"), c("B1", 1)), row(c("A2", "长" * 81), number=2), row(c("A3", "乙"), c("B3", 2), number=3)),
        ["| 甲 | 1 |", "长" * 81, "| 乙 | 2 |"],
        [],
    ),
    "merged cells that overlap": (
        data(row(c("A1", "a"), c("B1", 6), c("C1", 7)), row(c("B2", 8), number=2)) + merged("A1:B1", "B1:C1"),
        ["| a | · | 7 |", "|  | 8 |  |"],
        ["text in a place that a merged cell covers in R1:C2 of S1"],
    ),
    "merged cells of one place": (
        data(row(c("A1", "a"), c("B1", 1), c("C1", 2))) + merged("B1:B1", "C1:C1", "A1:A1", "A1:?"),
        ["| a | 1 | 2 |"],
        [],
    ),
}


@pytest.mark.parametrize(("sheet", "expected", "told"), SHEETS.values(), ids=SHEETS)
def test_workbook_prints(sheet, expected, told):
    blocks, notes = read_sheets(xlsx(sheet, strings=STRINGS, styles=STYLES))
    assert (show(blocks), list(notes)) == (expected, told)


@pytest.mark.parametrize(("name", "prose"), [("二、主动公开", ["二、主动公开"]), ("工作表 3", []), ("data-2021", [])])
def test_the_name_of_a_sheet_is_prose_where_it_says_something(name, prose):
    parts = unpack(xlsx(data(row(c("A1", "a"), c("B1", 1)))))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"Sheet1", name.encode())
    assert show(read_sheets(pack(parts))[0]) == [*prose, "| a | 1 |"]


def test_places_are_those_of_the_sheet():
    blocks, _ = read_sheets(xlsx(data(row(c("A1", "x"))), data(row(c("C3", "甲"), c("D3", 7), number=3))))
    assert [cell.place for cell in blocks[1].rows[0]] == ["S2:R3:C3", "S2:R3:C4"]


def test_values_that_opening_would_calculate_anew_are_not_told():
    sheet = data(row(c("A1", "a"), c("B1", 5), c("C1", 0, formula="<f>B1*2</f>")))
    blocks, notes = read_sheets(xlsx(sheet, book='<calcPr fullCalcOnLoad="1"/>'))
    assert (show(blocks), notes) == ([f"| a | 5 | {NO_VALUE} |"], ("formula without a stored value in R1:C3 of S1",))


def test_hidden_sheets():
    one, two = data(row(c("A1", "a"), c("B1", 1))), data(row(c("A1", "b"), c("B1", 2)))
    blocks, notes = read_sheets(xlsx(one, two, states=("veryHidden",)))
    assert (show(blocks), notes) == (["| b | 2 |"], ("hidden sheet S1 'Sheet1' left out",))
    blocks, notes = read_sheets(xlsx(one, "", states=("hidden",)))
    assert (show(blocks), notes) == (["| a | 1 |"], ("hidden sheet S1 'Sheet1' read, as no other holds anything",))


def test_empty_workbook_is_told():
    blocks, notes = read_sheets(xlsx("", ""))
    assert blocks == ()
    assert notes == ("no cell of the workbook prints anything; pictures and text boxes on its sheets are not read",)


def test_days_since_1904():
    assert show(
        read_sheets(
            xlsx(data(row(c("A1", "a"), c("B1", 0.5, style=1), c("C1", 43102, style=1))), styles=STYLES, book='<workbookPr date1904="1"/>')
        )[0]
    ) == ["| a | 12:00:00 | 2022-01-03 |"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "{}"),
        ("G/通用格式", "{}"),
        ("0_ ", "{}"),
        ("#,##0.00", "{}"),
        ("[Red]-0", "{}"),
        ("@", "{}"),
        ('0"dmy"', "{}"),
        ("[h]:mm", "day"),
        ("yyyy/m/d;@", "day"),
        ('m"月"d"日"', "day"),
        ("0.0%", "{} (0.0%)"),
        ("0.00,,", "{} (0.00,,)"),
        ('[<10000]0;0\\.0,"万"', '{} ([<10000]0;0\\.0,"万")'),
        ('0!.0000"万元"', '{} (0!.0000"万元")'),
        ('G/通用格式"万元"', "{}万元"),
    ],
)
def test_kinds_of_formats(code, kind):
    assert format_kind(164, code) == kind


# ---------------------------------------------------------------------------------------------------------------------------
# Through matching: the layouts keep columns, and a damaged cell is unreadable, never another one's number


def match(blocks: tuple[Cell | Grid, ...], table: str = "disclosure") -> dict[tuple[str, str], tuple[float | None, str]]:
    cells = match_form(split_sections(Document("made", "", "", blocks))).cells
    return {(cell.row, cell.column): (cell.value, str(cell.status)) for cell in cells if cell.table == table}


HEAD = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")


def test_cells_of_a_word_table():
    table = tbl(
        tr(tc("第二十条第(一)项", SPAN(4))),
        tr(*HEAD),
        tr("规章", "1", "", "3"),
        tr("行政规范性文件", "/", "5", tc(p("<w:r><w:drawing/></w:r>"))),
    )
    read = match(read_docx(docx(p("二、主动公开政府信息情况") + table))[0])
    assert [read["regulation", column] for column in ("issued", "repealed", "in_force")] == [
        (1, "reported"),
        (None, "blank"),
        (3, "reported"),
    ]
    told = [read["normative_document", column] for column in ("issued", "repealed", "in_force")]
    assert told == [(None, "not_applicable"), (5, "reported"), (None, "unreadable")]


def test_cells_of_a_sheet():
    rows = [
        row(*(c(f"{letter}{n}", value) for letter, value in zip("ABCD", values, strict=False)), number=n)
        for n, values in enumerate([HEAD, ("规章", 1, "", 3)], 1)
    ]
    rows.append(row(c("A3", "行政规范性文件"), c("B3", 2), '<c r="C3"><f>1</f></c>', c("D3", 44564, style=1), number=3))
    read = match(read_sheets(xlsx(data(*rows), styles=STYLES))[0])
    assert [read["regulation", column] for column in ("issued", "repealed", "in_force")] == [
        (1, "reported"),
        (None, "blank"),
        (3, "reported"),
    ]
    told = [read["normative_document", column] for column in ("issued", "repealed", "in_force")]
    assert told == [(2, "reported"), (None, "unreadable"), (None, "unreadable")]


def test_cells_of_a_word_row_whose_borders_do_not_meet_those_of_its_header():
    ragged = tr(tc("规章", SPAN(3)), tc(""), tc("5", SPAN(3)), tc(""))
    table = tbl(tr(*[tc(head, SPAN(2)) for head in HEAD]), ragged)
    read = match(read_docx(docx(p("二、主动公开政府信息情况") + table))[0])
    told = [read["regulation", column] for column in ("issued", "repealed", "in_force")]
    assert told == [(None, "blank"), (5, "reported"), (None, "blank")]


APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "小计", "总计")


def requests(*pages: list[str]) -> dict[tuple[str, str], tuple[float | None, str]]:
    tables = [tbl(tr(tc("申请人情况", SPAN(2)), *APPLICANTS), *rows) for rows in pages]
    return match(read_docx(docx(p("三、收到和处理政府信息公开申请情况") + "".join(tables)))[0], "requests")


@pytest.mark.parametrize("page", [1, 2, 3], ids="cut after row {}".format)
def test_rows_of_a_group_without_labels_stand_under_their_headers(page):
    values = [(n, "", n, n, n, n, 4 * n, 5 * n) for n in (1, 2, 3)]
    groups = [tc("(四)无法提供", BEGIN), *[tc("", GO_ON)] * 2]
    rows = [tr(group, "", *map(str, line)) for group, line in zip(groups, values, strict=True)]
    read = requests(rows[:page], rows[page:])
    for n, row in enumerate(("not_held", "needs_creation", "unclear_after_correction"), 1):
        columns = ("natural_person", "commercial_enterprise", "research_institution", "total")
        told = [read[f"unavailable.{row}", column] for column in columns]
        assert told == [(n, "reported"), (None, "blank"), (n, "reported"), (5 * n, "reported")]


def test_a_row_of_another_form_parts_no_row_from_its_header():
    labels = ("一、本年新收政府信息公开申请数量", "上述以外的来信", "(七)总计")
    values = ((1, 0, 0, 0, 0, 0, 0, 1), (9, 0, 0, 0, 0, 0, 0, 9), ("", 2, 0, 0, 0, 0, 2, 2))
    read = requests([tr(tc(label, SPAN(2)), *map(str, line)) for label, line in zip(labels, values, strict=True)])
    told = [read["concluded", column] for column in ("natural_person", "commercial_enterprise", "other_organization", "total")]
    assert told == [(None, "blank"), (2, "reported"), (0, "reported"), (2, "reported")]


DISPUTES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
CUT = ("结果", "结果", "其他", "尚未", "总计")  # as a reader leaves them that keeps the first line of a cell
RESULTS = (1, 0, 0, 0, 1, 0, 2, 0, 0, 2, 0, 0, 3, 0, 3)


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        ((*DISPUTES * 3,), True),
        ((*CUT * 3,), True),
        ((*CUT, *DISPUTES, *CUT), True),
        (("总计", "甲", "乙", "丙", "丁") * 3, False),
        ((*CUT * 2, "总计", *CUT[:4]), False),
        ((*DISPUTES, *CUT[1:], *DISPUTES), True),
    ],
)
def test_results_of_disputes_under_heads_of_another_wording(heads, told):
    groups = tr(*[tc(text, SPAN(5)) for text in ("行政复议", "未经复议直接起诉", "复议后起诉")])
    table = tbl(groups, tr(*heads), tr(*map(str, RESULTS)))
    read = match(read_docx(docx(p("四、行政复议、行政诉讼情况") + p("具体数据如下:") + table))[0], "disputes")
    assert [value for value, _ in read.values()] == (list(RESULTS) if told else [None] * 15)


@pytest.mark.parametrize("lost", [None, 12])
def test_blanks_of_a_sheet_are_cells_where_each_stands_under_a_head(lost):
    heads, values = {at: text for at, text in enumerate(DISPUTES * 3) if at != lost}, {5: 54, 8: 39, 9: 93}
    lines = [{0: "行政复议", 5: "未经复议直接起诉", 10: "复议后起诉"}, heads, values, {12: "填表", 13: "张三"}]
    rows = [row(*(c(f"{chr(65 + at)}{n}", value) for at, value in line.items()), number=n) for n, line in enumerate(lines, 1)]
    read = match(read_sheets(xlsx(data(*rows)))[0], "disputes")
    blanks = ["reported" if at in values else "blank" for at in range(15)]
    assert [status for _, status in read.values()] == (blanks if lost is None else ["unreadable"] * 15)


# ---------------------------------------------------------------------------------------------------------------------------
# Harm


def with_part(name: str, content: str | bytes, base: bytes | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return pack(unpack(base or docx(p("一"))) | {name: content}, method)


def changed(name: bytes, at: int, value: bytes) -> bytes:
    """A document whose directory says something else of a member."""
    written = bytearray(docx(p("一")))
    start = written.rindex(name) - 46
    written[start + at : start + at + len(value)] = value
    return bytes(written)


def twice() -> bytes:
    file = io.BytesIO(docx(p("一")))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("WORD/document.xml", "<x/>")
    return file.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DOCUMENT = f"<w:document {SPACES}><w:body>{p('&amp;')}</w:body></w:document>"
START = f'<Relationship Id="{{1}}" Type="{OFFICE}/relationships/officeDocument" Target="{{0}}" TargetMode="{{1}}"/>'
AWAY = f'<Relationships xmlns="{PACKAGE}/relationships">{START.format("../../etc/passwd", "Internal")}</Relationships>'
OUT = START.format("http://localhost/", "External") + START.format("xl/workbook.xml", "Internal")
OUT = f'<Relationships xmlns="{PACKAGE}/relationships">{OUT}</Relationships>'
MANY = LIMITS.rows + 1
SAME_SHEET = f'<workbook xmlns="{CELLS}" xmlns:r="{OFFICE}/relationships">' + 3000 * '<sheet r:id="sheet1"/>' + "</workbook>"
HARM = {
    "entities": (lambda: with_part("word/document.xml", LAUGHS + DOCUMENT), "document type"),
    "entity from outside": (lambda: with_part("word/document.xml", OUTSIDE + DOCUMENT), "document type"),
    "entities in UTF-16": (lambda: with_part("word/document.xml", (LAUGHS + DOCUMENT).encode("utf-16")), "document type"),
    "entities in UTF-16 without a mark": (lambda: with_part("word/document.xml", (LAUGHS + DOCUMENT).encode("utf-16-le")), "not in UTF-8"),
    "another encoding far behind": (lambda: with_part("word/document.xml", f'<?xml version="1.0" {" " * 999} encoding="cp037"?>{DOCUMENT}'), "not in UTF-8"),
    "another encoding": (lambda: with_part("word/document.xml", '<?xml version="1.0" encoding="UTF-7"?>' + DOCUMENT), "not in UTF-8"),
    "namespace of a kilobyte": (lambda: with_part("word/document.xml", f'<x xmlns="{"n" * 1000}"/>'), "document type"),
    "elements in one another": (
        lambda: pack(unpack(docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000)), zipfile.ZIP_STORED),
        "nested more than",
    ),
    "tables in one another": (lambda: docx("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300), "nested more than"),
    "bomb": (lambda: with_part("word/big.xml", b" " * (4 << 20)), "packed more than"),
    "bomb of a hundred megabytes": (lambda: changed(b"word/document.xml", 24, struct.pack("<I", 200 << 20)), "unpacks to more than"),
    "size that is not true": (lambda: changed(b"word/document.xml", 24, struct.pack("<I", 50)), "damaged"),
    "part that is too large": (lambda: with_part("word/document.xml", b" " * (33 << 20), method=zipfile.ZIP_STORED), "larger than"),
    "millions of tags": (
        lambda: with_part("word/document.xml", b"<a/>" * (LIMITS.marks + 1), method=zipfile.ZIP_STORED),
        "tags and attributes",
    ),
    "thousands of members": (lambda: pack({str(n): b"" for n in range(LIMITS.members + 1)}), "files in the container"),
    "directory of a million members": (lambda: docx("") + b"PK\1\2" * (10 * LIMITS.members + 1), "files in the container"),
    "path out of the container": (lambda: with_part("../evil.xml", "x"), "leads out of it"),
    "absolute path": (lambda: with_part("/etc/passwd", "x"), "leads out of it"),
    "path of another system": (lambda: with_part("C:\\evil", "x"), "leads out of it"),
    "two parts of one name": (twice, "two files of the container"),
    "password": (lambda: changed(b"word/document.xml", 8, b"\1"), "protected by a password"),
    "unusual packing": (lambda: pack(unpack(docx(p("一"))), zipfile.ZIP_BZIP2), "unusual way"),
    "not well-formed": (lambda: with_part("word/document.xml", "<w:document>"), "damaged"),
    "undeclared entity": (lambda: docx("<w:p>&x;</w:p>"), "damaged"),
    "cut short": (lambda: docx(p("一"))[:-40], "damaged ZIP"),
    "main part outside": (lambda: with_part("_rels/.rels", AWAY), "missing"),
    "workbook for a document": (lambda: xlsx(""), "no Word document"),
    "rows": (lambda: docx(tbl("<w:tr/>" * MANY)), "rows in its tables"),
    "cells of a row": (lambda: docx(tbl(tr(*["1"] * (LIMITS.columns + 1)))), "columns at T1:R1"),
}
LONG = "".join(f'<c r="{a}{b}1" t="s"><v>0</v></c>' for a in "ABC" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
HARM_IN_SHEETS = {
    "entities": (lambda: with_part("xl/styles.xml", LAUGHS + "<x/>", xlsx("")), "document type"),
    "cell at the far end": (lambda: xlsx(data(row(c("A1", 1), c("XFD1", 1)))), "columns"),
    "no place": (lambda: xlsx(data(row(c("1A", 1)))), "no place"),
    "merged to the far end": (
        lambda: xlsx(data(row(c("A1", "a")), row(c("B1048576", 1), number=1_048_576)) + merged("A1:A1048576")),
        "rows in a sheet",
    ),
    "one sheet thousands of times": (
        lambda: with_part("xl/workbook.xml", SAME_SHEET, xlsx(data(row(c("A1", 1))))),
        "two of its sheets are the one part",
    ),
    "many rows of a wide table": (
        lambda: xlsx(data(row(c("A1", 1), c("CV1", 1)), *(row(c(f"A{n}", 1), number=n) for n in range(2, 5000)))),
        "more than 400000 cells",
    ),
    "runs of hidden columns": (
        lambda: xlsx("<cols>" + 101 * '<col min="3" max="16384" hidden="1"/>' + "</cols>" + data(row(c("A1", "a"), c("B1", 1)))),
        "runs of hidden columns",
    ),
    "merged cells": (lambda: xlsx(data(row(c("A1", 1), c("B2", 1))) + merged(*["A1:B2"] * MANY)), "merged cells"),
    "long texts": (lambda: xlsx(data(row(LONG)), strings=f"<si><t>{'字' * 200_000}</t></si>"), "characters"),
}


@pytest.mark.parametrize(("make", "why"), HARM.values(), ids=HARM)
def test_harm_in_word_is_told(make, why):
    with pytest.raises(Unreadable, match=why):
        read_docx(make())


@pytest.mark.parametrize(("make", "why"), HARM_IN_SHEETS.values(), ids=HARM_IN_SHEETS)
def test_harm_in_workbooks_is_told(make, why):
    with pytest.raises(Unreadable, match=why):
        read_sheets(make())


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


HARMLESS = {
    "elements in one another": lambda: xlsx("<x>" * 20_000 + "</x>" * 20_000 + data(row(c("A1", "a"), c("B1", 1)))),
    "merged beyond what is printed": lambda: xlsx(data(row(c("A1", "a"), c("B1", 1))) + merged("C1:XFD1048576", "A5:A1048576")),
    "attribute of megabytes": lambda: xlsx(
        data(f'<row r="1" x="{random.Random(1).randbytes(1_000_000).hex()}">' + c("A1", "a") + c("B1", 1) + "</row>")
    ),
    "blank cells in great number": lambda: xlsx(
        data(row(c("A1", "a"), c("B1", 1)), *(row(*(f'<c r="{letter}{n}" s="1"/>' for letter in "ABC"), number=n) for n in range(2, 3_000)))
    ),
    "relation to another site": lambda: with_part("_rels/.rels", OUT, xlsx(data(row(c("A1", "a"), c("B1", 1))))),
}


@pytest.mark.parametrize("make", HARMLESS.values(), ids=HARMLESS)
def test_harmless(make):
    assert show(read_sheets(make())[0]) == ["| a | 1 |"]


def test_damaged_bytes_raise_nothing_else():
    rng = random.Random(1)
    bases = [(read_docx, docx(p("一") + tbl(tr("a", "1")))), (read_sheets, xlsx(data(row(c("A1", "a"), c("B1", 1)))))]
    bases += [(find_kind, compound("WordDocument", "1Table"))]
    for n in range(600):
        read, good = bases[n % len(bases)]
        bad = bytearray(good)
        for _ in range(rng.randint(1, 8)):
            bad[rng.randrange(len(bad))] = rng.choice((0, 255, rng.randrange(256)))
        with suppress(Unreadable):
            read(bytes(bad))


# ---------------------------------------------------------------------------------------------------------------------------
# Which file it is


def compound(*names: str, inner: tuple[str, ...] = ()) -> bytes:
    """A compound file of empty streams, some of them in a storage of their own; its second sector is the table, then the directory."""
    entries = [("Root Entry", 5, 1)] + [(name, 2, 0xFFFFFFFF) for name in names]
    if inner:
        entries += [("ObjectPool", 1, len(entries) + 1), *((name, 2, 0xFFFFFFFF) for name in inner)]
    top = range(1, len(names) + 1 + bool(inner))
    written = b""
    for n, (name, kind, child) in enumerate(entries):
        right = n + 1 if n in top and n + 1 in top else 0xFFFFFFFF
        encoded = name.encode("utf-16-le")
        written += encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, 0xFFFFFFFF, right, child) + b"\0" * 48
    sectors = -(-len(written) // 512)
    table = struct.pack("<128I", 0xFFFFFFFD, *range(2, sectors + 1), *[0xFFFFFFFE] * (128 - sectors))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<7I", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE) + struct.pack("<110I", 0, 0, *[0xFFFFFFFF] * 108)
    return head[:512] + table + written.ljust(sectors * 512, b"\0")


ODF = "application/vnd.oasis.opendocument."
KINDS = [
    (docx(""), "docx"),
    (xlsx(""), "xlsx"),
    (pack({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "xlsb"),
    (pack({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "pptx"),
    (pack({"mimetype": f"{ODF}spreadsheet"}), "ods"),
    (pack({"mimetype": f"{ODF}text-template"}), "odt"),
    (pack({"mimetype": f"{ODF}presentation"}), "odp"),
    (pack({"OFD.xml": ""}), "ofd"),
    (pack({"a.txt": "x", "word/document.xml": "x"}), None),
    (docx("")[:-40], None),
    (compound("WordDocument", "1Table"), "doc"),
    (compound("Data", "Table", "CompObj", "Other", "WordDocument", inner=("Workbook",)), "doc"),
    (compound("Workbook", inner=("WordDocument",)), "xls"),
    (compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    (compound("PowerPoint Document"), "ppt"),
    (compound("CONTENTS"), "works"),
    (compound("Else"), "compound"),
    (compound("WordDocument")[:600], "compound"),
    (b"{\\rtf1 a}", "rtf"),
    (b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>', "wordml"),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xmlss"),
    (b'<html xmlns:x="urn:schemas-microsoft-com:office:spreadsheet">', None),
    (b"", None),
]


@pytest.mark.parametrize(("data", "kind"), KINDS)
def test_kinds(data, kind):
    assert find_kind(data) == kind
    if kind in UNREAD:
        with pytest.raises(Unreadable, match="slides|password|OFD|unknown kind"):
            read_office(data)


def test_a_container_of_too_many_files_is_not_even_listed():
    assert find_kind(pack(unpack(docx("")) | {str(n): "" for n in range(10 * LIMITS.members)})) is None


def test_every_kind_has_a_reader_and_a_media_type():
    assert {kind for _, kind in KINDS if kind} == MEDIA_TYPES.keys() | UNREAD.keys()
    assert READERS.keys() | FILTERS.keys() == MEDIA_TYPES.keys()


# ---------------------------------------------------------------------------------------------------------------------------
# Files that LibreOffice reads

needs_office = pytest.mark.skipif(not find_office(), reason="LibreOffice is not installed")
PAGE = p("二、主动公开政府信息情况") + tbl(tr(tc("规章", BEGIN), "12"), tr(tc("", GO_ON), "")) + p("完")
AS_PAGE = ["二、主动公开政府信息情况", "| 规章 | 12 |", "| · |  |", "完"]
AS_BOOK = ["| 规章 | 12 | · | 2022-01-03 |", "| · | 0.5 (0%) | 12 1 |  |"]


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_documents_by_way_of_libreoffice(kind):
    blocks, notes = read_office(save_as(words.pack(PAGE), kind))
    assert (show(blocks), notes) == (AS_PAGE, ("read from the copy that LibreOffice made of it",))


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_workbooks_by_way_of_libreoffice(kind):
    blocks, notes = read_office(save_as(book(), kind))
    assert show(blocks) == AS_BOOK
    assert notes[0] == "read from the copy that LibreOffice made of it"
    assert notes[1] == "number whose format '0%' prints another one in R2:C2 of S1"
    assert notes[2].startswith("hidden row in R3:C1")


def book() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as written:
        sheet = written.add_worksheet()
        sheet.merge_range("A1:A2", "规章")
        sheet.merge_range("B1:C1", 12)
        sheet.write("D1", 44564, written.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write("B2", 0.5, written.add_format({"num_format": "0%"}))
        sheet.write_rich_string("C2", "12", written.add_format({"font_script": 1}), "1")
        sheet.write_row("A3", ["隐", 9])
        sheet.set_row(2, None, None, {"hidden": True})
    return file.getvalue()


def bits(*records: tuple[int, bytes]) -> bytes:
    """Records of a binary workbook: kind and length, each in sevens of bits, and what they say."""
    return b"".join(sevens(kind) + sevens(len(content)) + content for kind, content in records)


def sevens(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + sevens(number >> 7)


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb() -> bytes:
    """A binary workbook of one row, a text and a number, after [MS-XLSB]: LibreOffice writes none."""
    sheet = (156, struct.pack("<2I", 0, 1) + wide("sheet1") + wide("Sheet1"))
    cells = (6, struct.pack("<2I", 0, 0) + wide("规章")), (5, struct.pack("<2Id", 1, 0, 12))
    row_start = (0, struct.pack("<2IH3xI", 0, 0, 300, 0))
    made = unpack(office("xl/workbook.bin", {}, {"sheet1": "worksheet"}))
    made["xl/_rels/workbook.bin.rels"] = made["xl/_rels/workbook.bin.rels"].replace(b"sheet1.xml", b"sheet1.bin")
    made["xl/workbook.bin"] = bits((131, b""), (143, b""), sheet, (144, b""), (132, b""))
    made["xl/sheet1.bin"] = bits((129, b""), (145, b""), row_start, *cells, (146, b""), (130, b""))
    return pack(made)


@needs_office
def test_binary_workbooks():
    blocks, notes = read_office(xlsb())
    assert (show(blocks), notes) == (["| 规章 | 12 |"], ("read from the copy that LibreOffice made of it",))
    blocks, notes = read_office(pack(unpack(xlsb()) | {"xl/workbook.bin": b""}))
    assert (blocks, notes[1:]) == ((), ("no cell of the workbook prints anything; pictures and text boxes on its sheets are not read",))


@needs_office
def test_xml_of_excel_2003():
    cells = "<Cell><Data ss:Type='String'>规章</Data></Cell><Cell><Data ss:Type='Number'>12</Data></Cell>"
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f"<Workbook xmlns='{name}' xmlns:ss='{name}'><Worksheet ss:Name='S'><Table><Row>{cells}</Row></Table></Worksheet></Workbook>"
    assert show(read_office(f'<?xml version="1.0"?>{sheet}'.encode())[0]) == ["| 规章 | 12 |"]


@needs_office
def test_a_damaged_file_is_told():
    with pytest.raises(Unreadable, match=r"LibreOffice cannot open it as a file \.doc"):
        read_office(compound("WordDocument"))


@pytest.mark.parametrize("windows", [False, True])
def test_a_program_that_hangs_is_ended_with_what_it_started(windows, monkeypatch, tmp_path):
    put_program(tmp_path / "soffice", f"sleep 20 &\necho $! > {tmp_path}/asleep\nwait")
    put_program(tmp_path / "taskkill", "test \"$1 $2 $3\" = '/F /T /PID' && kill -9 -$4")  # the command of Windows
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("govtables.readers.office.legacy.LIMITS", replace(LIMITS, seconds=1.0))
    if windows:
        monkeypatch.delattr("os.killpg")
    start = time.monotonic()
    with pytest.raises(Unreadable, match="more than 1 seconds"):
        read_office(compound("WordDocument"))
    assert time.monotonic() - start < 15
    asleep = Path(f"/proc/{(tmp_path / 'asleep').read_text().strip()}/stat")
    until = time.monotonic() + 5  # a process that was told to end may do so a moment later
    while (alive := asleep.exists() and " Z " not in asleep.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive


def put_program(path: Path, lines: str) -> None:
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)


def test_missing_libreoffice_is_told(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable, match="needs LibreOffice.*soffice"):
        read_office(compound("WordDocument"))


# ---------------------------------------------------------------------------------------------------------------------------
# The reports of data/raw, laid out anew


def relay(report: str, maker: str) -> bytes:
    """A document that prints the cells of a published report, in the form's own tables."""
    cells = pd.read_parquet(TOP / "data" / "parquet" / "cells")
    raw = cells[cells["report_id"] == report].set_index(["table", "row", "column"])["raw"].dropna()
    rng = random.Random(report)
    draft = draft_report(1, "2021", False, rng)
    form = edit(draft.form, lambda box: replace(box, text=raw.get(box.code, "")) if box.role == "value" else box)
    draft = replace(draft, form=form)
    if maker == "docx":
        return words.write_words(draft, words.draw_habits(rng), rng)
    habits = sheets.draw_habits(rng)
    return sheets.write_xlsx(sheets.lay_pages(draft, habits, rng), habits, rng)


@pytest.mark.parametrize("maker", ["docx", "xlsx"])
@pytest.mark.parametrize("report", sorted(path.name for path in (TOP / "data" / "raw").glob("*.txt") if path.name != "README.md"))
def test_published_reports_in_another_format(report, maker):
    blocks, notes = read_office(relay(report, maker))
    read = {tuple(cell[:3]): cell for cell in match_form(split_sections(Document("made", "", "", blocks, notes))).cells}
    cells = pd.read_parquet(TOP / "data" / "parquet" / "cells")
    cells = cells[cells["report_id"] == report]
    printed = cells[cells["raw"].notna()]
    assert len(printed) > 20
    got = [read[tuple(code)] for code in printed[["table", "row", "column"]].itertuples(index=False)]
    assert [(cell.value, str(cell.status)) for cell in got if cell.status == "reported"] == [
        (value, "reported") for value, status in zip(printed["value"], printed["status"], strict=True) if status == "reported"
    ]
    rest = cells[cells["raw"].isna()][["table", "row", "column"]]
    assert {str(read[tuple(code)].status) for code in rest.itertuples(index=False)} <= {"blank"}


def test_a_compound_file_whose_tables_run_in_a_ring_is_given_up_at_once():
    ring = bytearray(compound("WordDocument"))
    struct.pack_into("<I", ring, 44, 127 * 1_000_000 + 109)  # sectors of the table
    struct.pack_into("<2I", ring, 68, 0, 1_000_000)  # sectors that list those
    start = time.monotonic()
    assert find_kind(bytes(ring)) == "compound"
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("power", [0, 8, 13, 65_535])
def test_a_compound_file_of_absurd_sectors_is_of_an_unknown_kind(power):
    absurd = bytearray(compound("WordDocument"))
    struct.pack_into("<H", absurd, 30, power)
    assert find_kind(bytes(absurd)) == "compound"
