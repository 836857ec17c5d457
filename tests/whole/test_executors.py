"""The same bytes from processes of one's own, from a pool of them, and from a cluster of Dask."""

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from building import DOCUMENTS, RAW, digests, write

import govtables as gt
from govtables.pipeline import making

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def raw(tmp_path_factory) -> Path:
    """The sample, and some documents of the tests."""
    known = {path.name: path.read_bytes() for path in [*RAW.glob("*.txt"), *sorted(DOCUMENTS.glob("*.txt"))[:20]]}
    return write(known, tmp_path_factory.mktemp("executors") / "raw")


@pytest.fixture(scope="module")
def expected(raw) -> dict[str, str]:
    """Its tables, made by one process."""
    return digests(gt.build(raw, raw.parent / "expected", processes=1, progress=False))


def test_a_pool_of_processes_gives_the_same_bytes(raw, expected, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 4)
    with ProcessPoolExecutor(2) as pool:
        assert digests(gt.build(raw, tmp_path / "out", progress=False, executor=pool)) == expected


@pytest.mark.filterwarnings("default")
def test_a_cluster_gives_the_same_bytes_and_builds_again(raw, expected, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 4)
    options = {"threads_per_worker": 1, "dashboard_address": None, "local_directory": str(tmp_path)}
    with distributed.LocalCluster(n_workers=2, **options) as cluster, distributed.Client(cluster) as client:
        executor = client.get_executor(pure=False)
        out = gt.build(raw, tmp_path / "out", progress=False, executor=executor)
        assert digests(out) == expected
        assert set(client.run(os.getpid).values()).isdisjoint({os.getpid()})
        (out / "cells" / "part-0.parquet").unlink()
        assert digests(gt.build(raw, out, progress=False, executor=executor)) == expected
