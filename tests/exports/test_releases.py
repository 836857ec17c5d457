"""A release: whole, the same bytes each time, never changed."""

import hashlib
import json
import re
import subprocess
import zipfile

import pytest
from building import PARQUET, RAW, build_beside, write_sample

import govtables as gt
from govtables.proof import Decision


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    raw = write_sample(folder / "raw", decisions=f"{','.join(Decision._fields)}\n", registry="name,url,status,sha256\n")
    return gt.release(build_beside(raw), folder / "county-2024.zip", raw, "10.5281/zenodo.1"), raw


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
    about = [json.loads(files[f"csv/{name}"].read_text(encoding="utf-8")) for name in ("dataset.jsonld", "datapackage.json")]
    assert [about[0]["sameAs"], about[1]["homepage"]] == ["https://doi.org/10.5281/zenodo.1"] * 2
    assert files["csv/CITATION.cff"].read_text(encoding="utf-8").endswith('\ndoi: "10.5281/zenodo.1"\n')
    assert re.search(r"^govtables,[\d.]+\nforms,sha256:[0-9a-f]{64}\n(.*\n)*pyarrow,", files["versions.csv"].read_text(encoding="utf-8"), re.MULTILINE)
    assert gt.compare(path.parent / "out", top / "parquet").empty
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=top, check=True)


def test_the_same_release_has_the_same_bytes(released, tmp_path):
    path, raw = released
    again = gt.release(gt.load(path.parent / "out"), tmp_path / path.name, raw, "10.5281/zenodo.1")
    assert again.read_bytes() == path.read_bytes()


def test_a_release_is_never_changed(released):
    path, raw = released
    before = path.read_bytes()
    with pytest.raises(ValueError, match="never changed"):
        gt.release(PARQUET, path, raw)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("change", "name", "said"), [
    (lambda raw: (raw / "huajie-2023.txt").write_bytes(b"other"), "huajie-2023.txt", "other bytes"),
    (lambda raw: (raw / "huajie-2023.txt").unlink(), "huajie-2023.txt", "is not there"),
    (lambda raw: (raw / "new.txt").write_bytes(b"new"), "new.txt", "no such document"),
])
def test_reports_that_are_not_those_of_the_dataset_are_refused(tmp_path, change, name, said):
    raw = write_sample(tmp_path / "raw")
    out = build_beside(raw)
    change(raw)
    with pytest.raises(ValueError, match=f"{name}: .*{said}.* build .* again"):
        gt.release(out, tmp_path / "a.zip", raw)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"]


def test_several_reports_of_a_document_and_one_that_is_too_large_are_of_it(tmp_path):
    raw = write_sample(tmp_path / "raw")
    (raw / "both.txt").write_bytes(b"\n".join((RAW / name).read_bytes() for name in ("hanyin-2022.txt", "linping-2022.txt")))
    (raw / "large.txt").write_bytes(b"\n" * (34 << 20))
    out = build_beside(raw)
    assert "both.txt#2" in {*gt.load(out).reports["report_id"]}
    assert gt.release(out, tmp_path / "a.zip", raw).exists()


def test_mistakes_are_told_and_leave_nothing(tmp_path):
    with pytest.raises(ValueError, match="no DOI"):
        gt.release(PARQUET, tmp_path / "a.zip", doi="zenodo.1")
    with pytest.raises(ValueError, match="no such folder"):
        gt.release(PARQUET, tmp_path / "a.zip", tmp_path / "none")
    with pytest.raises(ValueError, match="no dataset"):
        gt.release(tmp_path, tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []
