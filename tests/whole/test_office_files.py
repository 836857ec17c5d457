"""Files of Office through matching: layouts keep columns, and a damaged cell is never another one's number."""

import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from tests.readers.office.writing import (
    BEGIN,
    GO_ON,
    SPAN,
    STYLES,
    c,
    compound,
    data,
    docx,
    p,
    pack,
    row,
    tbl,
    tc,
    tr,
    xlsx,
)
from relay import draft_report, sheets, words
from synthetic import edit

from govtables.extract.match import match_form
from govtables.extract.sections import split_sections
from govtables.readers.document import Cell, Document, Grid, Unreadable
from govtables.readers.office import KINDS as DECLARED, MEDIA_TYPES, READERS, find_kind, read_office
from govtables.readers.office.docx import read_docx
from govtables.readers.office.sheets import read_sheets

TOP = Path(__file__).parents[2]


def match(
    blocks: tuple[Cell | Grid, ...], table: str = "disclosure"
) -> dict[tuple[str, str], tuple[float | None, str]]:
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
    rows.append(
        row(
            c("A3", "行政规范性文件"), c("B3", 2), '<c r="C3"><f>1</f></c>', c("D3", 44564, style=1), number=3
        )
    )
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
    for n, code in enumerate(("not_held", "needs_creation", "unclear_after_correction"), 1):
        columns = ("natural_person", "commercial_enterprise", "research_institution", "total")
        told = [read[f"unavailable.{code}", column] for column in columns]
        assert told == [(n, "reported"), (None, "blank"), (n, "reported"), (5 * n, "reported")]


def test_a_row_of_another_form_parts_no_row_from_its_header():
    labels = ("一、本年新收政府信息公开申请数量", "上述以外的来信", "(七)总计")
    values = ((1, 0, 0, 0, 0, 0, 0, 1), (9, 0, 0, 0, 0, 0, 0, 9), ("", 2, 0, 0, 0, 0, 2, 2))
    read = requests(
        [tr(tc(label, SPAN(2)), *map(str, line)) for label, line in zip(labels, values, strict=True)]
    )
    told = [
        read["concluded", column]
        for column in ("natural_person", "commercial_enterprise", "other_organization", "total")
    ]
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
    lines = [
        {0: "行政复议", 5: "未经复议直接起诉", 10: "复议后起诉"},
        heads,
        values,
        {12: "填表", 13: "张三"},
    ]
    rows = [
        row(*(c(f"{chr(65 + at)}{n}", value) for at, value in line.items()), number=n)
        for n, line in enumerate(lines, 1)
    ]
    read = match(read_sheets(xlsx(data(*rows)))[0], "disputes")
    blanks = ["reported" if at in values else "blank" for at in range(15)]
    assert [status for _, status in read.values()] == (blanks if lost is None else ["unreadable"] * 15)


def test_damaged_bytes_raise_nothing_else():
    rng = random.Random(1)
    bases = [
        (read_docx, docx(p("一") + tbl(tr("a", "1")))),
        (read_sheets, xlsx(data(row(c("A1", "a"), c("B1", 1))))),
    ]
    bases += [(find_kind, compound("WordDocument", "1Table"))]
    for n in range(600):
        read, good = bases[n % len(bases)]
        bad = bytearray(good)
        for _ in range(rng.randint(1, 8)):
            bad[rng.randrange(len(bad))] = rng.choice((0, 255, rng.randrange(256)))
        with suppress(Unreadable):
            read(bytes(bad))


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
    (pack({"mimetype": f"{ODF}graphics"}), "odg"),
    (pack({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}), "epub"),
    (pack({"[Content_Types].xml": "", "FixedDocSeq.fdseq": ""}), "xps"),
    (pack({"Index/Document.iwa": "", "Metadata/Properties.plist": ""}), "iwork"),
    (pack({"uof.xml": "", "content.xml": ""}), "uof"),
    (f'<?xml version="1.0"?><o:document {" " * 4000} o:mimetype="{ODF}text"/>'.encode(), "fodt"),
    (f'<?xml version="1.0"?><o:document o:mimetype="{ODF}spreadsheet"/>'.encode(), "fods"),
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
    (
        b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
        "wordml",
    ),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xmlss"),
    (b'<html xmlns:x="urn:schemas-microsoft-com:office:spreadsheet">', None),
    (b"", None),
]


@pytest.mark.parametrize(("data", "kind"), KINDS)
def test_kinds(data, kind):
    assert find_kind(data) == kind
    if kind in DECLARED and DECLARED[kind]["en"]:
        with pytest.raises(Unreadable, match="slides|password|unknown kind|save it as|save the report as|export it as"):
            read_office(data)


def test_every_kind_has_a_reader_and_a_media_type():
    assert {kind for _, kind in KINDS if kind} == DECLARED.keys() - {""} | {"ofd"}
    assert MEDIA_TYPES.keys().isdisjoint(kind for kind, line in DECLARED.items() if line["en"])
    for kind in MEDIA_TYPES.keys() - READERS.keys():
        assert DECLARED[kind]["ending"] and DECLARED[kind]["filter"] and DECLARED[kind]["target"] in READERS


def relay(report: str, maker: str) -> bytes:
    """A document that prints the cells of a published report, in the form's own tables."""
    cells = pd.read_parquet(TOP / "data" / "parquet" / "cells")
    raw = cells[cells["report_id"] == report].set_index(["table", "row", "column"])["raw"].dropna()
    rng = random.Random(report)
    draft = draft_report(1, "2021", False, rng)
    form = edit(
        draft.form, lambda box: replace(box, text=raw.get(box.code, "")) if box.role == "value" else box
    )
    draft = replace(draft, form=form)
    if maker == "docx":
        return words.write_words(draft, words.draw_habits(rng), rng)
    habits = sheets.draw_habits(rng)
    return sheets.write_xlsx(sheets.lay_pages(draft, habits, rng), habits, rng)


@pytest.mark.parametrize("maker", ["docx", "xlsx"])
@pytest.mark.parametrize(
    "report", sorted(path.name for path in (TOP / "data" / "raw").glob("*.txt") if path.name != "README.md")
)
def test_published_reports_in_another_format(report, maker):
    blocks, notes = read_office(relay(report, maker))
    read = {
        tuple(cell[:3]): cell
        for cell in match_form(split_sections(Document("made", "", "", blocks, notes))).cells
    }
    cells = pd.read_parquet(TOP / "data" / "parquet" / "cells")
    cells = cells[cells["report_id"] == report]
    printed = cells[cells["raw"].notna()]
    assert len(printed) > 20
    got = [read[tuple(code)] for code in printed[["table", "row", "column"]].itertuples(index=False)]
    assert [(cell.value, str(cell.status)) for cell in got if cell.status == "reported"] == [
        (value, "reported")
        for value, status in zip(printed["value"], printed["status"], strict=True)
        if status == "reported"
    ]
    rest = cells[cells["raw"].isna()][["table", "row", "column"]]
    assert {str(read[tuple(code)].status) for code in rest.itertuples(index=False)} <= {"blank"}
