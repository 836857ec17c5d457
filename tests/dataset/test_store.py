"""A dataset is put in place at once, or not at all; what is read is of one build."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from building import RAW, digests, make_documents, write

import govtables as gt
from govtables.dataset import SCHEMAS, replace_folder, store

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
        while not list(tmp_path.glob(".out.making/new/cells/*.parquet")) and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL, "the build ended before it was killed"
    assert digests(out) == before
    assert gt.load(out).cells.equals(gt.load(dataset).cells)
    gt.build(RAW, out, progress=False)
    assert digests(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"], "the next build clears what the killed one left"


def put(dataset: Path, out: Path) -> None:
    with replace_folder(out) as room:
        shutil.copytree(dataset, room / "new")


def test_load_changes_nothing(tmp_path, dataset):
    out = tmp_path / "out"
    shutil.copytree(dataset, out)
    (tmp_path / ".out.making" / "old").mkdir(parents=True)
    shutil.copytree(dataset, tmp_path / ".out.making" / "new")
    before = sorted(tmp_path.rglob("*"))
    gt.load(out)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_dataset_that_is_replaced_while_it_is_opened_is_read_again(tmp_path, dataset, monkeypatch):
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    out, real, opened = tmp_path / "out", pa.OSFile, []
    shutil.copytree(dataset, out)

    def open_or_replace(path: str) -> pa.OSFile:
        opened.append(path)
        if len(opened) == 5:
            put(other, out)
        return real(path)

    monkeypatch.setattr(store.pa, "OSFile", open_or_replace)
    data = gt.load(out)
    assert (len(data.reports), len(data.cells), len(opened)) == (1, 0, 2 * len(SCHEMAS))


def test_files_that_were_opened_stay_what_they_are(tmp_path, dataset, monkeypatch):
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    out, real = tmp_path / "out", store._refuse_other_builds
    shutil.copytree(dataset, out)
    monkeypatch.setattr(store, "_refuse_other_builds", lambda *given: (real(*given), put(other, out)))
    assert gt.load(out).cells.equals(gt.load(dataset).cells)
    monkeypatch.undo()
    assert len(gt.load(out).reports) == 1


@pytest.mark.parametrize("name, harm", [("cells", b""), ("ledger", None), ("reports", b"PAR1 and no more")])
def test_a_table_that_is_damaged_or_gone_is_named(tmp_path, dataset, name, harm):
    out = tmp_path / "out"
    shutil.copytree(dataset, out)
    part = out / name / "part-0.parquet"
    part.unlink() if harm is None else part.write_bytes(harm)
    with pytest.raises(ValueError, match=f"{part}: missing or damaged .*; run govtables build RAW {out} again"):
        gt.load(out)


def test_tables_of_different_builds_are_not_mixed(tmp_path, dataset):
    out = gt.build(RAW, tmp_path / "out", progress=False)
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    (other / "reports" / "part-0.parquet").replace(out / "reports" / "part-0.parquet")
    with pytest.raises(ValueError, match="different builds; run govtables build"):
        gt.load(out)
