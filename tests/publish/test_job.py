"""What a run publishes knows where its files go."""

from pathlib import Path

from publish.job import DOCS, EXTRA, TOP, Job


def test_what_goes_into_the_site_as_it_is_lies_below_the_pages():
    job = Job(Path("notebooks"), None, Path("source"), "", 5)
    assert job.extra == Path("source") / EXTRA


def test_the_downloads_lie_at_the_top_of_the_site_whichever_edition_stands_there():
    jobs = [Job(Path("notebooks"), None, Path("room/source"), "", 5, *languages) for languages in (("en", "en"), ("zh", "en"), ("zh", "zh"))]
    assert [job.top for job in jobs] == ["", "../", ""]
    assert jobs[0].packed == jobs[1].packed == Path("room/downloads")


def test_sphinx_copies_that_folder():
    assert f'html_extra_path = ["{EXTRA}"]' in (DOCS / "conf.py").read_text(encoding="utf-8")
    assert DOCS.parent == TOP
