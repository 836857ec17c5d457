"""What two checkouts make of the same documents is compared as far as both have it; what differs is told."""

import shutil

import pyarrow.parquet as pq
import pytest
from building import PARQUET
from same_tables import compare


@pytest.fixture
def two(tmp_path):
    return [shutil.copytree(PARQUET, tmp_path / name) for name in ("one", "other")]


def change(folder, table, make, **options):
    [path] = (folder / table).glob("*.parquet")
    pq.write_table(make(pq.read_table(path)), path, **options)


def test_the_same_tables_are_equal(two):
    found = dict(compare(*two, frozenset()))
    assert "parts.csv" in found and {*found.values()} == {None}


def test_columns_of_one_side_are_told_and_the_others_compared(two):
    change(two[1], "cells", lambda table: table.append_column("new", table["value"]))
    assert dict(compare(*two, frozenset()))["cells"] == "only one side has the column new"
    assert dict(compare(*two, frozenset({"cells.new"})))["cells"] is None
    change(two[1], "cells", lambda table: table.set_column(table.column_names.index("value"), "value", table["new"].combine_chunks().fill_null(9)))
    said = dict(compare(*two, frozenset()))["cells"]
    assert said.startswith("only one side has the column new; value of row ") and said.endswith("'None' and '9.0'")


def test_rows_bytes_and_files_that_differ_are_told(two):
    change(two[1], "reports", lambda table: table.slice(1))
    change(two[1], "ledger", lambda table: table, compression="none", row_group_size=7)
    (two[1] / "parts.csv").write_text("none")
    shutil.rmtree(two[1] / "issuers")
    found = {name: said for name, said in compare(*two, frozenset()) if said}
    assert found == {"issuers": "is missing on one side", "ledger": "the same rows in other bytes", "parts.csv": "other bytes", "reports": "5 and 4 rows"}
