"""Notebooks as pages: links first, figures small, the file to run as it was executed."""

import base64
import re
import shutil
from io import BytesIO
from pathlib import Path

import nbformat
import pytest
from PIL import Image

import govtables as gt
from publish.execute import Run
from publish.job import Job
from publish.notebooks import add_notebook, list_runs
from publish.pages.sources import Sources

TOP = Path(__file__).parents[2]
ENGLISH = re.compile("[A-Za-z]{2,}[ ,;]+[A-Za-z]{2,}[ ,;]+[A-Za-z]{2,}")
PASSED_OVER = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|<!--.*?-->|（[^（）]*\d{4}）", re.S)  # code, addresses, and who is cited
LITERATURE = re.compile(r"^[- *]*[A-Za-z].*\(\d{4}[a-z]?\): ")


def picture() -> str:
    """A figure of many colours, in base64."""
    out = BytesIO()
    Image.linear_gradient("L").convert("RGBA").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


@pytest.fixture
def job(tmp_path) -> Job:
    """A job of one notebook with a title, a picture and nothing else."""
    cells = [nbformat.v4.new_markdown_cell("# Any"), nbformat.v4.new_code_cell("1")]
    cells[1].outputs = [nbformat.v4.new_output("display_data", {"image/png": picture()})]
    (tmp_path / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "any.ipynb")
    return Job(tmp_path / "notebooks", gt.load(TOP / "data" / "parquet"), tmp_path / "source", "", 5)


def test_a_notebook_that_was_not_run_here_is_described(job):
    assert list_runs(job.notebooks) == [Run("any.ipynb", "Any", 1, 0.0, "stored", "", "")]


def test_links_stand_behind_the_title_and_the_download_is_the_file(job):
    add_notebook(job, list_runs(job.notebooks)[0], Sources({}, {}, frozenset()))
    page = nbformat.read(job.source / "notebooks" / "any.ipynb", as_version=4)
    assert [cell.cell_type for cell in page.cells] == ["markdown", "markdown", "code"]
    assert 'href="../downloads/any.ipynb"' in page.cells[1].source
    assert (job.extra / "downloads" / "any.ipynb").read_bytes() == (job.notebooks / "any.ipynb").read_bytes()


def test_a_figure_has_a_palette(job):
    add_notebook(job, list_runs(job.notebooks)[0], Sources({}, {}, frozenset()))
    page = nbformat.read(job.source / "notebooks" / "any.ipynb", as_version=4)
    shown = Image.open(BytesIO(base64.b64decode(page.cells[2].outputs[0].data["image/png"])))
    assert (shown.mode, shown.size) == ("P", (256, 256))


@pytest.mark.parametrize("path", sorted((TOP / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_download_of_the_chinese_edition_is_in_chinese_but_for_literature_and_code(job, path, monkeypatch):
    monkeypatch.setattr(gt.options, "chosen", "zh")
    shutil.copyfile(path, job.notebooks / path.name)
    [run] = [run for run in list_runs(job.notebooks) if run.notebook == path.name]
    add_notebook(job, run, Sources({}, {}, frozenset()))
    copy, known = (nbformat.read(one, as_version=4) for one in (job.extra / "downloads" / path.name, path))
    assert [cell for cell in copy.cells if cell.cell_type == "code"] == [cell for cell in known.cells if cell.cell_type == "code"]
    lines = [line for cell in copy.cells if cell.cell_type == "markdown" for line in re.sub(PASSED_OVER, "", cell.source).splitlines()]
    assert [line for line in lines if ENGLISH.search(line) and not (line.startswith("    ") or LITERATURE.search(line))] == []
    assert sum("\u4e00" <= sign <= "\u9fff" for line in lines for sign in line) > 300
