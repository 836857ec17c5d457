"""Published tables are declared once, and made by the names of their columns."""

from typing import NamedTuple

import pytest

from govtables.dataset.schema import SCHEMAS, stack, to_table
from govtables.declared import declared
from govtables.language import Said
from govtables.records import CellRow, Change


def test_tables_are_those_that_are_declared():
    assert list(SCHEMAS) == list(dict.fromkeys(line["table"] for line in declared("dataset", "fields")))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_column_is_declared_once(name):
    names = [line["field"] for line in declared("dataset", "fields") if line["table"] == name and line["field"]]
    assert SCHEMAS[name].names == names and len(set(names)) == len(names)


def test_fields_of_records_are_columns_by_name_not_by_place():
    class Turned(NamedTuple):
        """A bound with its fields in another order."""

        high: float | None
        low: float
        column: str
        row: str
        table: str

    table = to_table("bounds", [("a.txt", Turned(None, 2.0, "total", "received", "requests"))])
    assert table.to_pylist() == [
        {"report_id": "a.txt", "table": "requests", "row": "received", "column": "total", "low": 2.0, "high": None}
    ]


def test_no_records_give_an_empty_table_of_the_same_schema():
    assert to_table("cells", []).schema == SCHEMAS["cells"]


def test_runs_of_codes_stand_as_often_as_reports_have_them():
    cells = [CellRow("requests", row, "total", value, "reported", None, None, None) for row, value in (("received", 1.0), ("denied", None))]
    flags = [("clean", "doubted"), ("clean", "doubted"), ("located",)]
    reports = [("a", cells), ("b", cells), ("none", []), ("c", cells[1:])]
    table = stack("cells", reports, flag=flags, flagged_by=[(None, "unit")] * 2 + [(None,)], implied_low=[(None,) * 5], implied_high=[(None,) * 5])
    assert table.schema == SCHEMAS["cells"]
    assert table.select(["report_id", "row", "value", "flag", "flagged_by"]).to_pydict() == {
        "report_id": ["a", "a", "b", "b", "c"], "row": ["received", "denied", "received", "denied", "denied"],
        "value": [1.0, None, 1.0, None, None], "flag": ["clean", "doubted", "clean", "doubted", "located"],
        "flagged_by": [None, "unit", None, "unit", None],
    }


def test_two_sentences_that_are_one_in_chinese_are_kept_once():
    change = Change("requests", 1, "slip", True, "received", "total", 12.0, 1.0, None, None)
    said = [Said("a digit dropped", "漏一位"), Said("one digit dropped", "漏一位"), None, "a digit dropped"]
    table = to_table("proposals", [("a", change._replace(typing=one)) for one in said])
    assert table["typing"].to_pylist() == ["a digit dropped", "one digit dropped", None, "a digit dropped"]
    assert table["typing_zh"].to_pylist() == ["漏一位", "漏一位", None, "漏一位"]
    assert table["typing_zh"].combine_chunks().dictionary.to_pylist() == ["漏一位"]
