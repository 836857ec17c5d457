"""What is read is of one build, and nothing is changed by reading."""

import shutil
from pathlib import Path

import pyarrow as pa
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


def test_a_dataset_that_is_replaced_while_it_is_opened_is_read_again(tmp_path, dataset, monkeypatch):
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    out, real, opened = tmp_path / "out", pa.OSFile, []
    shutil.copytree(dataset, out)

    def open_or_replace(path: str) -> pa.OSFile:
        opened.append(path)
        if len(opened) == 5:
            put(other, out)
        return real(path)

    monkeypatch.setattr(published.pa, "OSFile", open_or_replace)
    data = gt.load(out)
    assert (len(data.reports), len(data.cells), len(opened)) == (1, 0, 2 * len(SCHEMAS))


def test_files_that_were_opened_stay_what_they_are(tmp_path, dataset, monkeypatch):
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    out, real = tmp_path / "out", published._refuse_other_builds
    shutil.copytree(dataset, out)
    monkeypatch.setattr(published, "_refuse_other_builds", lambda *given: (real(*given), put(other, out)))
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
