"""Sheets laid out as tables; harm in them is told."""

import random

import pytest
from tests.readers.office.writing import (
    CELLS,
    LAUGHS,
    MANY,
    OFFICE,
    PACKAGE,
    START,
    c,
    data,
    merged,
    pack,
    row,
    show,
    unpack,
    with_part,
    xlsx,
)

from govtables.readers.document import Unreadable
from govtables.readers.office.sheets import read_sheets


@pytest.mark.parametrize(
    ("name", "prose"), [("二、主动公开", ["二、主动公开"]), ("工作表 3", []), ("data-2021", [])]
)
def test_the_name_of_a_sheet_is_prose_where_it_says_something(name, prose):
    parts = unpack(xlsx(data(row(c("A1", "a"), c("B1", 1)))))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"Sheet1", name.encode())
    assert show(read_sheets(pack(parts))[0]) == [*prose, "| a | 1 |"]


def test_hidden_sheets():
    one, two = data(row(c("A1", "a"), c("B1", 1))), data(row(c("A1", "b"), c("B1", 2)))
    blocks, notes = read_sheets(xlsx(one, two, states=("veryHidden",)))
    assert (show(blocks), notes) == (["| b | 2 |"], ("hidden sheet S1 'Sheet1' left out",))
    blocks, notes = read_sheets(xlsx(one, "", states=("hidden",)))
    assert (show(blocks), notes) == (
        ["| a | 1 |"],
        ("hidden sheet S1 'Sheet1' read, as no other holds anything",),
    )


def test_empty_workbook_is_told():
    blocks, notes = read_sheets(xlsx("", ""))
    assert blocks == ()
    assert notes == (
        "no cell of the workbook prints anything; pictures and text boxes on its sheets are not read",
    )


OUT = START.format("http://localhost/", "External") + START.format("xl/workbook.xml", "Internal")

OUT = f'<Relationships xmlns="{PACKAGE}/relationships">{OUT}</Relationships>'

SAME_SHEET = (
    f'<workbook xmlns="{CELLS}" xmlns:r="{OFFICE}/relationships">'
    + 3000 * '<sheet r:id="sheet1"/>'
    + "</workbook>"
)

LONG = "".join(f'<c r="{a}{b}1" t="s"><v>0</v></c>' for a in "ABC" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

HARM_IN_SHEETS = {
    "entities": (lambda: with_part("xl/styles.xml", LAUGHS + "<x/>", xlsx("")), "document type"),
    "cell at the far end": (lambda: xlsx(data(row(c("A1", 1), c("XFD1", 1)))), "columns"),
    "no place": (lambda: xlsx(data(row(c("1A", 1)))), "no place"),
    "merged to the far end": (
        lambda: xlsx(
            data(row(c("A1", "a")), row(c("B1048576", 1), number=1_048_576)) + merged("A1:A1048576")
        ),
        "rows in a sheet",
    ),
    "one sheet thousands of times": (
        lambda: with_part("xl/workbook.xml", SAME_SHEET, xlsx(data(row(c("A1", 1))))),
        "two of its sheets are the one part",
    ),
    "many rows of a wide table": (
        lambda: xlsx(
            data(row(c("A1", 1), c("CV1", 1)), *(row(c(f"A{n}", 1), number=n) for n in range(2, 5000)))
        ),
        "more than 400000 cells",
    ),
    "runs of hidden columns": (
        lambda: xlsx(
            "<cols>"
            + 101 * '<col min="3" max="16384" hidden="1"/>'
            + "</cols>"
            + data(row(c("A1", "a"), c("B1", 1)))
        ),
        "runs of hidden columns",
    ),
    "merged cells": (
        lambda: xlsx(data(row(c("A1", 1), c("B2", 1))) + merged(*["A1:B2"] * MANY)),
        "merged cells",
    ),
    "long texts": (lambda: xlsx(data(row(LONG)), strings=f"<si><t>{'字' * 200_000}</t></si>"), "characters"),
}


@pytest.mark.parametrize(("make", "why"), HARM_IN_SHEETS.values(), ids=HARM_IN_SHEETS)
def test_harm_in_workbooks_is_told(make, why):
    with pytest.raises(Unreadable, match=why):
        read_sheets(make())


HARMLESS = {
    "elements in one another": lambda: xlsx(
        "<x>" * 20_000 + "</x>" * 20_000 + data(row(c("A1", "a"), c("B1", 1)))
    ),
    "merged beyond what is printed": lambda: xlsx(
        data(row(c("A1", "a"), c("B1", 1))) + merged("C1:XFD1048576", "A5:A1048576")
    ),
    "attribute of megabytes": lambda: xlsx(
        data(
            f'<row r="1" x="{random.Random(1).randbytes(1_000_000).hex()}">'
            + c("A1", "a")
            + c("B1", 1)
            + "</row>"
        )
    ),
    "blank cells in great number": lambda: xlsx(
        data(
            row(c("A1", "a"), c("B1", 1)),
            *(row(*(f'<c r="{letter}{n}" s="1"/>' for letter in "ABC"), number=n) for n in range(2, 3_000)),
        )
    ),
    "relation to another site": lambda: with_part(
        "_rels/.rels", OUT, xlsx(data(row(c("A1", "a"), c("B1", 1))))
    ),
}


@pytest.mark.parametrize("make", HARMLESS.values(), ids=HARMLESS)
def test_harmless(make):
    assert show(read_sheets(make())[0]) == ["| a | 1 |"]
