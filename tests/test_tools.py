"""What `make report` does with data and notebooks of one's own."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

TOP = Path(__file__).parents[1]
sys.path.insert(0, str(TOP))

from publish import dataset, execute  # noqa: E402

PARQUET = TOP / "data" / "parquet"
SAMPLE_NAMES = ("汉阴", "花街", "济源", "临平", "龙港", "Hanyin", "Huajie", "Jiyuan", "Linping", "Longgang")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_dataset_that_lies_where_it_is_wanted_stays(tmp_path):
    here = tmp_path / "report" / "data"
    shutil.copytree(PARQUET, here)
    dataset.copy(here, here)
    assert files(here) == files(PARQUET)


def test_a_dataset_is_copied_over_an_older_one(tmp_path):
    out = tmp_path / "report" / "data"
    (out / "cells").mkdir(parents=True)
    (out / "cells" / "old").write_text("old", encoding="utf-8")
    dataset.copy(PARQUET, out)
    assert files(out) == files(PARQUET)
    assert [path.name for path in out.parent.iterdir()] == ["data"]


@pytest.mark.parametrize("inside", ["report", "report/data/more"])
def test_folders_in_one_another_are_refused_and_stay(tmp_path, inside):
    data = tmp_path / inside
    shutil.copytree(PARQUET, data)
    done = subprocess.run([sys.executable, "-m", "publish.dataset", data, tmp_path / "report/data"], cwd=TOP, capture_output=True, text=True)
    assert (done.returncode, "lie in one another" in done.stderr) == (2, True)
    assert files(data) == files(PARQUET)


def test_a_wrong_folder_leaves_nothing_behind(tmp_path):
    done = subprocess.run([sys.executable, "-m", "publish.dataset", tmp_path / "none", tmp_path / "report/data"], cwd=TOP, capture_output=True, text=True)
    assert (done.returncode, "no such folder" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", [path for path in sorted((TOP / "notebooks").glob("*.ipynb")) if execute.takes_parameters(path)], ids=lambda path: path.stem)
def test_prose_for_other_data_names_no_report_of_the_sample(path):
    notebook = nbformat.read(path, as_version=4)
    whole = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    execute.drop_prose_of_the_sample(notebook)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert [name for name in (*SAMPLE_NAMES, "five reports") if name in prose] == []
    assert "five reports" in whole
    assert len(prose) > 0.8 * len(whole)


def test_a_notebook_that_stops_says_where(tmp_path):
    cells = [nbformat.v4.new_code_cell(source) for source in ("1", "1 / 0", "2")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert execute.run(notebook, tmp_path) == "stopped at cell [2]: ZeroDivisionError: division by zero"


def test_a_notebook_for_other_data_runs_on_them_and_names_no_folder_of_its_maker(tmp_path):
    parameters = nbformat.v4.new_code_cell("folder = 'none'", metadata={"tags": ["parameters"]})
    counting = nbformat.v4.new_code_cell("import pathlib\nlen([*pathlib.Path(folder).glob('cells/*.parquet')])")
    shutil.copytree(PARQUET, tmp_path / "secret")
    (tmp_path / "notebooks").mkdir()
    path = tmp_path / "notebooks" / "any.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[parameters, counting]), path)
    run = execute.run_copy(path, tmp_path, tmp_path / "secret")
    written = tmp_path / "any.ipynb"
    assert (run.result, "secret" in written.read_text(encoding="utf-8")) == ("runs", False)
    cells = nbformat.read(written, as_version=4).cells
    assert cells[1].source.startswith("folder = 'govtables-parquet'")
    assert cells[2].outputs[0]["data"]["text/plain"] == "1"
