"""Workbooks: what each kind of cell prints."""

import pytest
from tests.readers.office.writing import STYLES, c, data, merged, row, show, xlsx

from govtables.readers.runs import UNKNOWN
from govtables.readers.office.sheets import read_sheets
from govtables.readers.office.xlsx import NO_VALUE

STRINGS = (
    "<si><t>规章</t></si><si><r><t>12</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si>"
)

STRINGS += "<si><t>重</t><rPh><t>chong</t></rPh></si><si><t>甲_x000a_乙</t></si>"

STRINGS += "<si><r><rPr><strike/></rPr><t>34</t></r><r><t>35</t></r></si>"

SHEETS = {
    "numbers as stored": (
        data(
            row(
                c("A1", "a"),
                c("B1", "12.0", kind="n"),
                c("C1", "0.30000000000000004", kind="n"),
                c("D1", "1.5E3", kind="n"),
                c("E1", -3),
            )
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
        data(
            row(c("A1", "a"), c("B1", 44564, style=1), c("C1", 3, style=2), c("D1", "2022-01-03", kind="d"))
        ),
        ["| a | 2022-01-03 | 1900-01-03 | 2022-01-03 |"],
        [],
    ),
    "formats that scale": (
        data(row(c("A1", "a"), c("B1", 0.12, style=3), c("C1", 15000, style=4), c("D1", 1234, style=5))),
        ["| a | 0.12 (0%) | 15000 (0.0,) | 1234 |"],
        [
            "number whose format '0%' prints another one in R1:C2 of S1",
            "number whose format '0.0,' prints another one in R1:C3 of S1",
        ],
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
        data(row(c("A1", "甲"), c("C1", 1), c("E1", 2)), row(c("A2", "乙"), c("E2", 4), number=2))
        + merged("C1:D2"),
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
        data(
            row(c("A1", "a"), c("B1", "1e400", kind="n"), c("C1", -1, style=1), c("D1", 2_958_466, style=1))
        ),
        [f"| a | {UNKNOWN} | {UNKNOWN} | {UNKNOWN} |"],
        [],
    ),
    "a long text in a table": (
        data(
            row(c("A1", "甲"), c("B1", 1)),
            row(c("A2", "长" * 81), number=2),
            row(c("A3", "乙"), c("B3", 2), number=3),
        ),
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


def test_places_are_those_of_the_sheet():
    blocks, _ = read_sheets(xlsx(data(row(c("A1", "x"))), data(row(c("C3", "甲"), c("D3", 7), number=3))))
    assert [cell.place for cell in blocks[1].rows[0]] == ["S2:R3:C3", "S2:R3:C4"]


def test_values_that_opening_would_calculate_anew_are_not_told():
    sheet = data(row(c("A1", "a"), c("B1", 5), c("C1", 0, formula="<f>B1*2</f>")))
    blocks, notes = read_sheets(xlsx(sheet, book='<calcPr fullCalcOnLoad="1"/>'))
    assert (show(blocks), notes) == (
        [f"| a | 5 | {NO_VALUE} |"],
        ("formula without a stored value in R1:C3 of S1",),
    )


def test_days_since_1904():
    assert show(
        read_sheets(
            xlsx(
                data(row(c("A1", "a"), c("B1", 0.5, style=1), c("C1", 43102, style=1))),
                styles=STYLES,
                book='<workbookPr date1904="1"/>',
            )
        )[0]
    ) == ["| a | 12:00:00 | 2022-01-03 |"]


def test_a_format_may_print_nothing():
    styles = '<numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'
    blocks, notes = read_sheets(xlsx(data(row(c("A1", "a"), c("B1", 767, style=0), c("C1", "b"))), styles=styles))
    assert (show(blocks), notes) == (["| a | b |"], ("number whose format prints nothing in R1:C2 of S1",))


def test_a_white_digit_in_a_text():
    strings = "<si><r><rPr><color rgb='FFFFFFFF'/></rPr><t>8</t></r><r><t>767</t></r></si>"
    blocks, _ = read_sheets(xlsx(data(row(c("A1", "a"), c("B1", 0, kind="s"))), strings=strings))
    assert show(blocks) == ["| a | 767 |"]
