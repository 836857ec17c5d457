"""A dataset is put in place at once, or not at all."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from building import RAW, digests, make_documents, write

import govtables as gt

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
