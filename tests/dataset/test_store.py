"""A dataset is put in place at once, or not at all."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from building import RAW, digests, make_documents, write

import govtables as gt
from govtables.dataset import SCHEMAS, keep_tables, open_tables, write_table

BUILD = "import sys, govtables as gt; gt.build(sys.argv[1], sys.argv[2], processes=1, progress=False)"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Path:
    """`data/raw`, built."""
    return gt.build(RAW, tmp_path_factory.mktemp("dataset") / "out", processes=1, progress=False)


@pytest.mark.parametrize("name", ["cells", "reports", "sections", "findings", "codebook"])
def test_a_table_reads_with_pandas_alone(dataset, name):
    assert pd.read_parquet(dataset / name).equals(getattr(gt.load(dataset), name))


def test_a_killed_build_leaves_the_dataset_as_it_was(tmp_path, dataset):
    out = gt.build(RAW, tmp_path / "out", processes=1, progress=False)
    raw = write(make_documents(), tmp_path / "raw")
    command = [sys.executable, "-c", BUILD, str(raw), str(out)]
    before = digests(out)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:
        while not list(tmp_path.glob(".out.making/*/new/cells/*.parquet")) and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL, "the build ended before it was killed"
    assert digests(out) == before
    assert gt.load(out).cells.equals(gt.load(dataset).cells)
    gt.build(RAW, out, progress=False)
    assert digests(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"], "the next build clears what the killed one left"


def test_tables_that_are_kept_are_opened_as_they_were(tmp_path, dataset):
    tables = {name: pq.read_table(dataset / name) for name in ("cells", "proposals", "ledger")}
    keep_tables(tmp_path / "kept", tables)
    opened = dict(open_tables(tmp_path / "kept"))
    assert list(opened) == list(tables) and all(opened[name].equals(tables[name], check_metadata=True) for name in tables)


@pytest.mark.parametrize("name", ["cells", "ledger", "indicators"])
def test_rows_have_the_same_bytes_whatever_stood_beside_them(tmp_path, dataset, name):
    table = pq.read_table(dataset / name)
    some = table.filter(pc.equal(table["report_id"], table["report_id"][-1]))[::-1]
    plain = some.to_pylist()
    fresh = type(some).from_pylist(plain, SCHEMAS[name])
    assert write_table(tmp_path / "a", "x", some)[2:] == write_table(tmp_path / "b", "x", fresh)[2:]
    assert pq.read_table(tmp_path / "a").to_pylist() == plain


def test_files_tell_the_range_of_ids_and_texts_by_which_rows_are_found(dataset):
    group = pq.ParquetFile(dataset / "cells" / "part-0.parquet").metadata.row_group(0)
    told = {group.column(at).path_in_schema: group.column(at).statistics for at in range(group.num_columns)}
    assert (told["report_id"].min, told["report_id"].max) == (min(known := gt.load(dataset).cells["report_id"]), max(known))
    assert told["raw"].has_min_max and told["table"] is None
