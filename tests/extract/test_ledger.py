from collections import Counter
from pathlib import Path

import pytest

from govtables.extract.ledger import spend
from govtables.extract.match import match_form
from govtables.extract.row_matching import MatchedRows, match_rows
from govtables.extract.rows import split_rows
from govtables.extract.sections import split_sections
from govtables.forms import form
from govtables.readers import open_document
from govtables.records import CellRow

FOLDER = Path(__file__).parents[1] / "documents"
TEXT = """二、主动公开政府信息情况
第二十条第(六)项 | |||
信息内容 | 本年处理决定数量 | ||
行政处罚 | 46 | ||
"""


def matched_rows(text: str) -> tuple[MatchedRows, list]:
    *_, section = split_sections(open_document(text.encode(), "a.txt"))
    rows = list(split_rows(section, with_lines=True))
    return match_rows(form("2021"), "disclosure", rows), rows


def cell(row: str, value: float | None, status: str, raw: str | None, place: str | None) -> CellRow:
    return CellRow("disclosure", row, "decisions", value, status, raw, None, place)


@pytest.mark.parametrize(
    ("raw", "place", "status", "left"),
    [("46", "L4:C2", "absent", []), ("0", "L9:C2", "unreadable", ["46"])],
    ids=["spent on its cell", "spent on none"],
)
def test_a_row_is_absent_only_if_no_number_is_left(raw, place, status, left):
    matched, rows = matched_rows(TEXT)
    cells = [cell("penalty", 46.0, "reported", raw, place), cell("coercion", None, "absent", None, None)]
    made, over = spend(matched, rows, cells)
    assert ([one.status for one in made], [one.text for one in over]) == (["reported", status], left)
    assert [note.kind for note in matched.findings] == ["left_over"] * bool(left)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_no_printed_number_is_spent_on_two_cells(path):
    try:
        found = match_form(split_sections(open_document(path.read_bytes(), path.name)))
    except ValueError:
        return
    printed = Counter(value for row in found.rows for value in row.labels + row.values)
    spent = Counter((one.raw, one.place) for one in found.cells if one.raw)
    assert {key: count for key, count in spent.items() if count > printed[key]} == {}
