"""Files are read no further than asked for, their size in memory is told before, and damage has a name."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from building import PARQUET

import govtables as gt
from govtables.dataset import SCHEMAS, stored
from govtables.dataset.parts import Parts
from govtables.dataset.stored import Stored, condition, machine_memory

TABLE = pa.table({"report_id": ["a", "a", "b", "c"], "verdict": pa.array(["x", None, "y", "x"]).dictionary_encode()})


def test_rows_are_kept_whose_columns_have_one_of_some_values():
    kept = [TABLE.filter(condition("checks", where))["report_id"].to_pylist() for where in (
        {}, {"verdict": ["x"], "report_id": {"a", "c", "z"}}, {"verdict": []}
    )]  # fmt: skip
    assert kept == [["a", "a", "b", "c"], ["a", "c"], []]


def test_row_groups_that_hold_none_of_the_values_are_not_read(monkeypatch, tmp_path):
    issuers = gt.load(PARQUET).issuers
    path = tmp_path / "part.parquet"
    table = pa.Table.from_pandas(issuers, SCHEMAS["issuers"], preserve_index=False)
    pq.write_table(table, path, row_group_size=1)
    monkeypatch.setattr(Parts, "check", lambda _: None)
    of = Stored(Parts(tmp_path, {"issuers": (path,)}, ()), {})
    whole, at = path.read_bytes(), pq.read_metadata(path).row_group(0).column(1).dictionary_page_offset
    path.write_bytes(whole[:at] + b"\xff" * 40 + whole[at + 40 :])  # what is read of the first group is damaged
    for n, report in enumerate(issuers["report_id"]):
        rows = of.batches("issuers", ["name", "place"], {"report_id": [report]})
        if n:
            assert pa.concat_tables(rows)["place"].to_pylist() == [issuers["place"][n]]
        else:
            with pytest.raises(ValueError, match=f"{path}: missing or damaged"):
                [*rows]
    assert pa.concat_tables(of.batches("issuers", ["name"], {"report_id": ["none"]})).num_rows == 0


def test_a_file_that_cannot_be_read_or_is_of_another_version_is_named(monkeypatch, tmp_path):
    path = tmp_path / "part.parquet"
    of = Stored(Parts(tmp_path, {"issuers": (path,)}, ()), {})
    monkeypatch.setattr(Parts, "check", lambda _: None)
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(ValueError, match=f"{path}: missing or damaged .*; run govtables build RAW {tmp_path} again"):
        [*of.batches("issuers", ["report_id"], {})]
    pq.write_table(TABLE, path)
    with pytest.raises(ValueError, match=f"{path}: has other columns than this version writes; run govtables"):
        [*of.batches("issuers", ["report_id"], {})]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_memory_that_a_table_needs_is_told_before_it_is_read(name):
    data = gt.load(PARQUET)
    need = data.stored.need(name, SCHEMAS[name].names)
    frame = getattr(data, name)
    if len(frame) > 100:
        assert 0.5 < need / frame.memory_usage(deep=True).sum() < 4
        assert data.stored.need(name, SCHEMAS[name].names[:2]) < need


def test_the_memory_of_a_container_counts(monkeypatch, tmp_path):
    monkeypatch.setattr(stored, "GROUP_LIMIT", tmp_path / "none")
    whole = machine_memory()
    assert 2**28 < whole < 2**50
    for text, most in {"1000000\n": 1000000, "max\n": whole}.items():
        (tmp_path / "limit").write_text(text)
        monkeypatch.setattr(stored, "GROUP_LIMIT", tmp_path / "limit")
        assert machine_memory() == most
