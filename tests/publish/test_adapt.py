"""Notebooks for other data and other readers: what is of the sample goes, parameters are set, texts are translated."""

import csv
from pathlib import Path

import nbformat

from publish import adapt

TOP = Path(__file__).parents[2]


def test_every_text_that_is_translated_stands_in_a_notebook():
    codes = [cell.source for path in (TOP / "notebooks").glob("*.ipynb") for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    with adapt.CODE_WORDS.open(encoding="utf-8", newline="") as lines:
        assert [line["en"] for line in csv.DictReader(lines) if not any(line["en"] in code for code in codes)] == []


def test_what_every_figure_shows_is_told_in_chinese():
    alts = adapt.read_words(adapt.ALT_WORDS)
    told = [image["alt"] for path in sorted((TOP / "notebooks").glob("*.ipynb")) for cell in nbformat.read(path, as_version=4).cells
            if (image := cell.metadata.get("mystnb", {}).get("image"))]
    assert sorted(told) == sorted(alts) and all(alts.values())
    cell = nbformat.v4.new_code_cell("1", metadata={"mystnb": {"image": {"alt": told[0]}}})
    notebook = nbformat.v4.new_notebook(cells=[cell, nbformat.v4.new_code_cell("2")])
    adapt.translate(notebook)
    assert cell.metadata["mystnb"]["image"]["alt"] == alts[told[0]] != told[0]


def test_cells_for_the_sample_alone_are_left_out():
    cells = [nbformat.v4.new_code_cell("1", metadata={"tags": ["sample"]}), nbformat.v4.new_code_cell("2")]
    cells += [nbformat.v4.new_markdown_cell(f"{adapt.OF_THE_SAMPLE}\nAll of it.")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    adapt.drop_prose_of_the_sample(notebook)
    assert [cell.source for cell in notebook.cells] == ["2"]


def test_a_notebook_is_given_the_parameters_that_it_has():
    parameters = nbformat.v4.new_code_cell('folder = "a"\nmost_reports = 30', metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[parameters])
    adapt.inject(notebook, {"folder": "b", "most_reports": 3, "reports": ["c"]})
    assert notebook.cells[1].source == "folder = 'b'\nmost_reports = 3"
    adapt.name_download(notebook)
    assert notebook.cells[1].source.splitlines()[1] == "most_reports = 3"
