"""Published tables are declared once, and made by the names of their columns."""

from typing import NamedTuple

import pytest

from govtables.dataset.schema import SCHEMAS, to_table
from govtables.declared import declared


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
