"""Every cell of five published reports, against cells read by hand.

Needs `GOVTABLES_GOLD`, the folder of the hand-checked cells, and for the verbatim reports `GOVTABLES_REPORTS`;
the accounting identities of the form hold on `data/raw` without either.
"""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from govtables.pipeline import read_printed
from govtables.records import Status

RAW = Path(__file__).parents[2] / "data" / "raw"
GOLD, VERBATIM = (os.environ.get(name) for name in ("GOVTABLES_GOLD", "GOVTABLES_REPORTS"))
# report -> file of the verbatim report, and statutory cells by status
REPORTS = {
    "linping-2022": ("000_9750408fe5120792.txt", {"reported": 200}),
    "huajie-2023": ("001_c3e8f04142897358.txt", {"reported": 197, "absent": 3}),
    "jiyuan-hitech-2022": ("002_02c6609157ceda09.txt", {"reported": 194, "blank": 6}),
    "longgang-2021": ("003_09848c8a4e14a3e3.txt", {"reported": 200}),
    "hanyin-2022": ("004_c0e16c883bf611ed.txt", {"reported": 29, "blank": 171}),
}
COMPLETE = [name for name in REPORTS if name != "jiyuan-hitech-2022"]
APPLICANTS = 6
COPIES = [
    pytest.param("edition", marks=pytest.mark.skipif(not GOLD, reason="set GOVTABLES_GOLD to the folder of hand-checked cells")),
    pytest.param(
        "verbatim",
        marks=pytest.mark.skipif(not (GOLD and VERBATIM), reason="set GOVTABLES_GOLD and GOVTABLES_REPORTS to their folders"),
    ),
]


def read_cells(report: str, copy: str = "edition") -> list:
    path = RAW / f"{report}.txt" if copy == "edition" else Path(VERBATIM) / REPORTS[report][0]
    result = read_printed(path.read_bytes(), path.name)
    assert result.error is None
    return result.cells


def read_gold(report: str) -> dict[tuple, tuple]:
    with (Path(GOLD) / "cells.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["report"] == report]
    return {code_of(row): (row["raw"], float(row["value"]) if row["value"] else None) for row in rows}


def code_of(row: dict) -> tuple[str, str, str]:
    return row["table"], row["row"], row["column"]


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("report", REPORTS)
def test_cells_are_those_read_by_hand(report, copy):
    cells = [cell for cell in read_cells(report, copy) if cell.status != Status.ABSENT]
    printed = {(cell.table, cell.row, cell.column): (cell.raw, cell.value) for cell in cells}
    assert printed == read_gold(report)


@pytest.mark.parametrize("report", REPORTS)
def test_statuses(report):
    assert Counter(str(cell.status) for cell in read_cells(report)) == REPORTS[report][1]


def test_a_row_that_is_not_printed_is_absent():
    absent = [cell for cell in read_cells("huajie-2023") if cell.status == Status.ABSENT]
    assert {(cell.table, cell.row, cell.raw, cell.value) for cell in absent} == {("disclosure", "regulation", None, None)}


def test_a_letter_read_as_zero_says_so():
    [cell] = [cell for cell in read_cells("jiyuan-hitech-2022") if cell.raw == "\N{CYRILLIC CAPITAL LETTER O}"]
    assert (cell.row, cell.column, cell.value) == ("partially_granted", "legal_service_institution", 0.0)
    assert "look-alike" in cell.reason


@pytest.mark.parametrize("report", COMPLETE)
def test_identities_hold(report):
    """H1 to H4 of the form, written out here by position, not taken from the declarations."""
    cells = read_cells(report)
    requests = rows_of(cells, "requests")
    received, carried_in, *outcomes, concluded, carried_over = requests
    assert [sum(row[:APPLICANTS]) for row in requests] == [row[APPLICANTS] for row in requests]
    assert [sum(column) for column in zip(*outcomes, strict=True)] == concluded
    assert [a + b for a, b in zip(received, carried_in, strict=True)] == [a + b for a, b in zip(concluded, carried_over, strict=True)]
    assert [sum(row[:-1]) for row in rows_of(cells, "disputes")] == [row[-1] for row in rows_of(cells, "disputes")]


def rows_of(cells: list, table: str) -> list[list[float]]:
    rows: dict[str, list[float]] = {}
    for cell in cells:
        if cell.table == table:
            rows.setdefault(cell.row, []).append(cell.value or 0.0)
    return list(rows.values())
