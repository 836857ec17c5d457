"""Downloads: a ZIP file a format, the same bytes each time, each listed with its size."""

import re
import zipfile
from pathlib import Path

import pytest

import govtables as gt
from govtables.exports import formats
from publish.downloads import EXPORTED, write_downloads
from publish.job import Job

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def job(tmp_path_factory) -> Job:
    """The sample with its downloads written."""
    source = tmp_path_factory.mktemp("downloads")
    job = Job(TOP / "notebooks", gt.load(TOP / "data" / "parquet"), source, "", 5)
    write_downloads(job)
    return job


def test_every_format_is_offered():
    assert set(EXPORTED) == set(formats())


def test_what_is_listed_is_there_with_its_size(job):
    page = (job.source / "downloads.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r'href="downloads/([\w.-]+)" download>.*\| ([\d,]+) kB \|', page))
    files = {path.name: f"{path.stat().st_size / 1000:,.0f}" for path in (job.extra / "downloads").iterdir()}
    assert listed == files
    assert set(files) == {f"govtables-{name}.zip" for name in ("parquet", *EXPORTED)}


def test_every_download_unpacks_into_one_folder_of_its_name(job):
    for path in (job.extra / "downloads").iterdir():
        with zipfile.ZipFile(path) as packed:
            assert {name.split("/")[0] for name in packed.namelist()} == {path.stem}


def test_the_dataset_itself_is_packed_as_it_lies(job):
    with zipfile.ZipFile(job.extra / "downloads" / "govtables-parquet.zip") as packed:
        assert packed.testzip() is None
        for name in packed.namelist():
            assert packed.read(name) == (job.data.folder / name.removeprefix("govtables-parquet/")).read_bytes()


def test_the_same_files_give_the_same_bytes(job, tmp_path):
    again = Job(job.notebooks, job.data, tmp_path, "", 5)
    write_downloads(again)
    for path in (job.extra / "downloads").iterdir():
        assert path.read_bytes() == (again.extra / "downloads" / path.name).read_bytes(), path.name
