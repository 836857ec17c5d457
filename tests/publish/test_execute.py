"""What `make report` does with data and notebooks of one's own."""

import shutil
from pathlib import Path

import nbformat
import pytest

from publish import adapt, execute

TOP = Path(__file__).parents[2]

PARQUET = TOP / "data" / "parquet"
SAMPLE_NAMES = ("汉阴", "花街", "济源", "临平", "龙港", "Hanyin", "Huajie", "Jiyuan", "Linping", "Longgang")

MOST_OF_IT = {"05": 0.8, "06": 0.8}  # 03 and 04 show much on single reports of the sample


@pytest.mark.parametrize("path", [path for path in sorted((TOP / "notebooks").glob("*.ipynb")) if execute.takes_parameters(path)], ids=lambda path: path.stem)
def test_prose_for_other_data_names_no_report_of_the_sample(path):
    notebook = nbformat.read(path, as_version=4)
    whole = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    adapt.drop_prose_of_the_sample(notebook)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert [name for name in (*SAMPLE_NAMES, "five reports") if name in prose] == []
    assert any(name in whole for name in (*SAMPLE_NAMES, "five reports"))
    assert len(prose) > MOST_OF_IT.get(path.stem[:2], 0.2) * len(whole)


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


def test_a_chinese_copy_says_in_chinese_what_its_code_writes(tmp_path):
    path = tmp_path / "any.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('import govtables as gt\nprint("Denials by ground", gt.options.language)')]), path)
    (tmp_path / "out").mkdir()
    for lang, said in {"en": "Denials by ground en\n", "zh": "不予公开的理由 zh\n"}.items():
        execute.run_copy(path, tmp_path / "out", None, lang=lang)
        assert nbformat.read(tmp_path / "out/any.ipynb", as_version=4).cells[0].outputs[0].text == said


def test_reports_to_compare_are_chosen_by_name_or_number():
    assert execute.choose_reports(PARQUET, "linping-2022.txt, hanyin-2022.txt", "2") == {
        "reports": ["linping-2022.txt", "hanyin-2022.txt"], "most_reports": 2,
    }
    assert execute.choose_reports(PARQUET, "", None) == {}
    with pytest.raises(ValueError, match="no report 'nowhere.txt'"):
        execute.choose_reports(PARQUET, "nowhere.txt", None)
