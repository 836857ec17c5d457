"""The front page counts, the status page says how notebooks ran, and the search knows the words."""

import dataclasses
from pathlib import Path

import pytest

import govtables as gt
from publish.execute import Run
from publish.front import LONGEST, write_index, write_status, write_words
from publish.job import Job

TOP = Path(__file__).parents[2]
RUN = Run("05-comparison.ipynb", "Comparison", 12, 3.25, "differs", "cell [3]: a|b `c`", "")


@pytest.fixture(params=["", "My reports"], ids=["ours", "own"])
def job(tmp_path, request) -> Job:
    """The sample as the package's own site, and as that of a reader."""
    return Job(TOP / "notebooks", gt.load(TOP / "data" / "parquet"), tmp_path, request.param, 5)


def test_the_front_page_counts_the_dataset(job):
    write_index(job, [RUN])
    page = (job.source / "index.md").read_text(encoding="utf-8")
    reported = (job.data.cells["status"] == "reported").sum()
    assert f"{len(job.data.reports)} reports" in page and f"{len(job.data.cells):,}" in page and f"{reported:,}" in page
    assert "notebooks/05-comparison" in page and "$" not in page


def test_a_message_is_shown_as_it_is_and_breaks_no_table(job):
    write_status(job, [RUN])
    row = next(line for line in (job.source / "status.md").read_text(encoding="utf-8").splitlines() if "05-comparison" in line)
    assert row.count("|") == 6
    assert "3.2 s" in row and "`cell [3]: a/b 'c'`" in row


def test_the_search_knows_bodies_in_either_script_and_without_what_they_are(job):
    write_words(job)
    words = {line.split()[0] for line in (job.source / "words.txt").read_text(encoding="utf-8").splitlines()}
    assert {"临平区", "臨平區", "临平", "龙港", "汉阴县"} <= words
    assert all(len(word) > 1 for word in words)


def test_a_name_of_endless_length_is_no_word_of_the_search(job):
    long = dataclasses.replace(job.data, issuers=job.data.issuers.assign(place="很长的名字" * 200))
    write_words(dataclasses.replace(job, data=long))
    words = [line.split()[0] for line in (job.source / "words.txt").read_text(encoding="utf-8").splitlines()]
    assert "汉阴县" in words and max(map(len, words)) <= LONGEST


def test_checks_have_their_names_in_chinese(job, monkeypatch):
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    write_index(dataclasses.replace(job, own="x"), [RUN])
    page = (job.source / "index.md").read_text(encoding="utf-8")
    assert "| 申请情况表各行：六类申请人之和等于总计 | 94 |" in page and "row_sum" not in page
