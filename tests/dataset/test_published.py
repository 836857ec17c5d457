"""What is read is of one build, and nothing is changed by reading."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from building import RAW, write

import govtables as gt
from govtables.dataset import SCHEMAS, published, replace_folder


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Path:
    """`data/raw`, built."""
    return gt.build(RAW, tmp_path_factory.mktemp("dataset") / "out", processes=1, progress=False)


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


def test_a_dataset_that_is_replaced_while_it_is_read_is_read_again(tmp_path, dataset, monkeypatch):
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    out, real, read = tmp_path / "out", pd.read_parquet, []
    shutil.copytree(dataset, out)

    def read_or_replace(paths: list[str]) -> pd.DataFrame:
        read.append(paths)
        if len(read) == 5:
            put(other, out)
        return real(paths)

    monkeypatch.setattr(published.pd, "read_parquet", read_or_replace)
    data = gt.load(out)
    assert (len(data.reports), len(data.cells)) == (1, 0)
    assert len(read) >= 5 + len(SCHEMAS)


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
    with pytest.raises(ValueError, match="reports.*its size is not the one written.*run govtables build"):
        gt.load(out)
