"""What a run publishes knows where its files go."""

from pathlib import Path

from publish.job import DOCS, EXTRA, TOP, Job


def test_what_goes_into_the_site_as_it_is_lies_below_the_pages():
    job = Job(Path("notebooks"), None, Path("source"), "", 5)
    assert job.extra == Path("source") / EXTRA


def test_sphinx_copies_that_folder():
    assert f'html_extra_path = ["{EXTRA}"]' in (DOCS / "conf.py").read_text(encoding="utf-8")
    assert DOCS.parent == TOP
