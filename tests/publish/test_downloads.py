"""Downloads: a ZIP file a format, the same bytes each time, each listed with its size."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import govtables as gt
from govtables.exports import xlsx
from publish import downloads
from publish.downloads import LISTED, write_downloads, write_list
from publish.job import Job

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def job(tmp_path_factory) -> Job:
    """The sample with its downloads written."""
    source = tmp_path_factory.mktemp("site") / "source"
    source.mkdir()
    job = Job(TOP / "notebooks", gt.load(TOP / "data" / "parquet"), source, "", 5)
    write_downloads(job.data, job.packed, TOP / "data" / "raw")
    write_list(job)
    return job


def test_what_is_listed_is_there_with_its_size(job):
    page = (job.source / "downloads.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r'href="downloads/([\w.-]+)" download>.*\| ([\d,]+) kB \|', page))
    files = {path.name: f"{path.stat().st_size / 1000:,.0f}" for path in job.packed.iterdir()}
    assert listed == files
    assert set(files) == {f"govtables-{name}.zip" for name in LISTED}


def test_the_unpacked_dataset_can_be_loaded(job, tmp_path):
    with zipfile.ZipFile(job.packed / "govtables-parquet.zip") as packed:
        packed.extractall(tmp_path)
    assert gt.load(tmp_path / "govtables-parquet").cells.equals(job.data.cells)


@pytest.mark.parametrize("lang, said", [("en", "left out: cells: 1,000 rows, where a sheet holds 499"), ("zh", "未提供：cells：共1,000行，而一张工作表最多499行")])
def test_a_format_that_cannot_hold_the_data_is_left_out_and_says_why(job, tmp_path, monkeypatch, lang, said):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 500)
    monkeypatch.setitem(downloads.MOST_CELLS, "dta", 999)
    monkeypatch.setenv("GOVTABLES_LANG", lang)
    (tmp_path / "source").mkdir()
    few = replace(job, source=tmp_path / "source", lang=lang, first=lang)
    write_list(replace(few, left_out=write_downloads(job.data, few.packed)))
    assert {path.stem for path in few.packed.iterdir()} == {f"govtables-{name}" for name in {*LISTED} - {"xlsx", "dta"}}
    page = (few.source / "downloads.md").read_text(encoding="utf-8")
    assert said in page and "\n| govtables-dta.zip |" in page and 'href="downloads/govtables-csv.zip"' in page


def test_every_download_unpacks_into_one_folder_of_its_name(job):
    for path in job.packed.iterdir():
        with zipfile.ZipFile(path) as packed:
            assert {name.split("/")[0] for name in packed.namelist()} == {path.stem}


def test_the_dataset_itself_is_packed_as_it_lies(job):
    with zipfile.ZipFile(job.packed / "govtables-parquet.zip") as packed:
        assert packed.testzip() is None
        for name in packed.namelist():
            assert packed.read(name) == (job.data.folder / name.removeprefix("govtables-parquet/")).read_bytes()


def test_the_same_files_give_the_same_bytes(job, tmp_path):
    write_downloads(job.data, tmp_path, TOP / "data" / "raw")
    for path in job.packed.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_the_edition_below_links_to_the_files_at_the_top(job, monkeypatch):
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    write_list(replace(job, lang="zh"))
    page = (job.source / "downloads.md").read_text(encoding="utf-8")
    assert 'href="../downloads/govtables-parquet.zip"' in page and "# 下载" in page


@pytest.mark.parametrize("lang, said", [("en", "(format 118). It is left out: sections, text: a text holds a NUL"), ("zh", "（格式118）。未提供：sections，text：有文本含NUL字符")])
def test_a_text_that_a_format_cannot_hold_costs_that_format_alone(job, tmp_path, monkeypatch, lang, said):
    monkeypatch.setenv("GOVTABLES_LANG", lang)
    (tmp_path / "source").mkdir()
    spoilt = replace(job.data, sections=job.data.sections.assign(text="a\0b"))
    left_out = write_downloads(spoilt, tmp_path / "downloads")
    assert {*left_out} == {"dta"}
    write_list(few := replace(job, data=spoilt, source=tmp_path / "source", lang=lang, first=lang, left_out=left_out))
    page = (few.source / "downloads.md").read_text(encoding="utf-8")
    assert said in page and 'href="downloads/govtables-xlsx.zip"' in page
