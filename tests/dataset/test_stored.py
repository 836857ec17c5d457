"""Files are read no further than asked for, their size in memory is told before, and damage has a name."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from building import PARQUET

import govtables as gt
from govtables.dataset import SCHEMAS, stored
from govtables.dataset.parts import Parts
from govtables.dataset.stored import Stored, keep, machine_memory

TABLE = pa.table({"report_id": ["a", "a", "b", "c"], "verdict": pa.array(["x", None, "y", "x"]).dictionary_encode()})


def test_rows_are_kept_whose_columns_have_one_of_some_values():
    assert keep(TABLE, {})["report_id"].to_pylist() == ["a", "a", "b", "c"]
    assert keep(TABLE, {"verdict": ["x"], "report_id": {"a", "c", "z"}})["report_id"].to_pylist() == ["a", "c"]
    assert keep(TABLE, {"verdict": []}).num_rows == 0


def test_row_groups_that_hold_none_of_the_values_are_not_read(monkeypatch, tmp_path):
    issuers = gt.load(PARQUET).select("issuers")
    path = tmp_path / "issuers" / "part.parquet"
    path.parent.mkdir()
    table = pa.Table.from_pandas(issuers, SCHEMAS["issuers"], preserve_index=False)
    pq.write_table(table, path, row_group_size=1)
    read, real = [], pq.ParquetFile.read_row_groups
    monkeypatch.setattr(pq.ParquetFile, "read_row_groups", lambda *given: read.append(given[1]) or real(*given))
    monkeypatch.setattr(Parts, "check", lambda _: None)
    of = Stored(Parts(tmp_path, {"issuers": (path,)}, ()))
    for at, report in enumerate(issuers["report_id"]):
        read.clear()
        found = pa.concat_tables(of.batches("issuers", ["name"], {"report_id": [report]}))
        assert read == [[at]] and found.to_pylist() == [{"name": issuers["name"][at]}]
    assert pa.concat_tables(of.batches("issuers", ["name"], {"report_id": ["none"]})).num_rows == 0


def test_a_file_that_cannot_be_read_or_is_of_another_version_is_named(monkeypatch, tmp_path):
    path = tmp_path / "part.parquet"
    of = Stored(Parts(tmp_path, {"issuers": (path,)}, ()))
    monkeypatch.setattr(Parts, "check", lambda _: None)
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(ValueError, match=f"{path}: missing or damaged .*; run govtables build RAW {tmp_path} again"):
        next(of.batches("issuers", ["name"], {}))
    pq.write_table(TABLE, path)
    with pytest.raises(ValueError, match=f"{path}: has other columns than this version writes; run govtables"):
        next(of.batches("issuers", ["name"], {}))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_memory_that_a_table_needs_is_told_before_it_is_read(name):
    data = gt.load(PARQUET)
    need = data.stored.need(name, SCHEMAS[name].names)
    frame = getattr(data, name)
    assert data.stored.count(name) == len(frame)
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
