"""The list of the files of a dataset, and readers that see whether all they read is of one build."""

import hashlib
import shutil
from pathlib import Path

import pytest
from building import RAW, write

import govtables as gt
from govtables.dataset import SCHEMAS, list_parts, read_parts, replace_folder
from govtables.dataset.parts import FILE, read_listed


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Path:
    """`data/raw`, built."""
    return gt.build(RAW, tmp_path_factory.mktemp("dataset") / "out", processes=1, progress=False)


@pytest.fixture
def out(tmp_path, dataset) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(dataset, tmp_path / "out"))


def put(other: Path, out: Path) -> None:
    with replace_folder(out) as room:
        shutil.copytree(other, room / "new")


def test_every_file_is_listed_with_its_rows_and_its_hash(dataset):
    data, parts = gt.load(dataset), list_parts(dataset)
    assert [*parts.files] == [*SCHEMAS]
    listed = {(part.table, part.file): part for part in read_listed(dataset)}
    assert {*listed} == {(path.parent.name, path.name) for path in dataset.glob("[!.]*/*.parquet")}
    for (table, file), part in listed.items():
        assert part.sha256 == hashlib.sha256((dataset / table / file).read_bytes()).hexdigest()
    rows = {name: sum(part.rows for part in listed.values() if part.table == name) for name in SCHEMAS}
    assert rows == {name: len(getattr(data, name)) for name in SCHEMAS}


def test_what_is_read_while_one_list_stands_there_is_of_one_build(out, dataset, tmp_path):
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    builds = []

    def read(parts) -> int:
        builds.append(parts)
        if len(builds) == 1:
            put(other, out)
        return sum(path.stat().st_size for paths in parts.files.values() for path in paths)

    size = read_parts(out, read)
    assert size == sum(path.stat().st_size for path in other.glob("[!.]*/*.parquet"))
    assert len(builds) == 2
    with pytest.raises(ValueError, match="another dataset took its place while it was read; load it again"):
        builds[0].check()


def test_the_same_tables_published_again_are_another_build(out, dataset):
    parts = list_parts(out)
    parts.check()
    put(dataset, out)
    with pytest.raises(ValueError, match="another dataset"):
        parts.check()


def test_a_reader_that_fails_in_one_build_is_given_the_next(out):
    tried = []

    def read(parts) -> str:
        tried.append(parts)
        if len(tried) < 3:
            raise FileNotFoundError("gone")
        return "read"

    assert read_parts(out, read) == "read"


@pytest.mark.parametrize("name", [FILE, "ledger"])
def test_what_is_no_dataset_is_told_with_the_remedy(out, name):
    path = out / name
    path.unlink() if path.is_file() else shutil.rmtree(path)
    with pytest.raises(ValueError, match=f"no dataset here .missing: {name}.; make one with govtables build RAW {out}"):
        list_parts(out)


def test_a_list_with_a_table_of_another_version_is_told_with_the_remedy(out):
    listed = out / FILE
    listed.write_text(listed.read_text(encoding="utf-8") + "plans,part-0.parquet,0,1,0\n", encoding="utf-8")
    with pytest.raises(ValueError, match="parts.csv: names the table 'plans', which this version does not write; run govtables build"):
        gt.load(out)
