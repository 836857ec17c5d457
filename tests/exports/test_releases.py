"""A release: whole, the same bytes each time, never changed."""

import hashlib
import subprocess
import zipfile

import pytest
from building import PARQUET, write_sample

import govtables as gt


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    raw = write_sample(folder / "raw", decisions="a\n", registry="b\n")
    return gt.release(PARQUET, folder / "county-2024.zip", raw, "10.5281/zenodo.1"), raw


def test_every_file_is_there_with_its_hash(released, tmp_path):
    path, _ = released
    with zipfile.ZipFile(path) as packed:
        packed.extractall(tmp_path)
    top = tmp_path / "county-2024"
    said = dict(reversed(line.split("  ", 1)) for line in (top / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    files = {one.relative_to(top).as_posix(): one for one in top.rglob("*") if one.is_file() and one.name != "SHA256SUMS"}
    assert said == {name: hashlib.sha256(one.read_bytes()).hexdigest() for name, one in files.items()}
    assert {"sources/decisions.csv", "sources/registry.csv", "csv/cells.csv", "csv/CITATION.cff", "README.txt"} <= files.keys()
    assert "https://doi.org/10.5281/zenodo.1" in files["README.txt"].read_text(encoding="utf-8")
    assert gt.compare(PARQUET, top / "parquet").empty
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=top, check=True)


def test_the_same_release_has_the_same_bytes(released, tmp_path):
    path, raw = released
    again = gt.release(gt.load(PARQUET), tmp_path / path.name, raw, "10.5281/zenodo.1")
    assert again.read_bytes() == path.read_bytes()


def test_a_release_is_never_changed(released):
    path, raw = released
    before = path.read_bytes()
    with pytest.raises(ValueError, match="never changed"):
        gt.release(PARQUET, path, raw)
    assert path.read_bytes() == before


def test_mistakes_are_told_and_leave_nothing(tmp_path):
    with pytest.raises(ValueError, match="no DOI"):
        gt.release(PARQUET, tmp_path / "a.zip", doi="zenodo.1")
    with pytest.raises(ValueError, match="no such folder"):
        gt.release(PARQUET, tmp_path / "a.zip", tmp_path / "none")
    with pytest.raises(ValueError, match="no dataset"):
        gt.release(tmp_path, tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []
