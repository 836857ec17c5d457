"""Notebooks changed for other data, or for readers of Chinese, before they are run.

In: a notebook as edited. Out: the same, changed. Next: `execute`.
"""

import csv
from pathlib import Path

from nbformat import NotebookNode

from publish.quick import nbformat

OF_THE_SAMPLE = "<!-- sample only -->"  # begins a paragraph of prose that is true of no other dataset
PARAMETERS, INJECTED = "parameters", "injected-parameters"
DOWNLOADED = "govtables-parquet"
# Texts in the code of notebooks, and what a Chinese copy says
CODE_WORDS = Path(__file__).with_name("code_words.csv")
ALT_WORDS = Path(__file__).with_name("alt_words.csv")  # what figures show, for who cannot see them
SAMPLE = "sample"  # tag of a cell that is of use with no other dataset


def inject(notebook: NotebookNode, parameters: dict[str, object]) -> None:
    """Put a cell that sets `parameters`, those that the notebook has, behind the one tagged so."""
    at = next(n for n, cell in enumerate(notebook.cells) if PARAMETERS in cell.metadata.get("tags", ()))
    known = {line.partition(" = ")[0] for line in notebook.cells[at].source.splitlines()}
    lines = "\n".join(f"{name} = {value!r}" for name, value in parameters.items() if name in known)
    cell = nbformat.v4.new_code_cell(lines, metadata={"tags": [INJECTED]}, id=INJECTED)
    notebook.cells.insert(at + 1, cell)


def name_download(notebook: NotebookNode) -> None:
    """Name the dataset as readers of a published notebook have it, not where its maker keeps it."""
    cell = next(cell for cell in notebook.cells if cell.get("id") == INJECTED)
    _, *others = cell.source.splitlines()
    folder = f"folder = {DOWNLOADED!r}  # where you unpacked govtables-parquet.zip of the downloads"
    cell.source = "\n".join([folder, *others])


def drop_prose_of_the_sample(notebook: NotebookNode) -> None:
    """Leave out the paragraphs and cells that speak of the sample."""
    notebook.cells = [cell for cell in notebook.cells if SAMPLE not in cell.metadata.get("tags", ())]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            paragraphs = cell.source.split("\n\n")
            cell.source = "\n\n".join(text for text in paragraphs if not text.startswith(OF_THE_SAMPLE))
    notebook.cells = [cell for cell in notebook.cells if cell.source]


def translate(notebook: NotebookNode) -> None:
    """Say in Chinese what the code of a notebook writes into its outputs and figures, and what they show."""
    words, alts = read_words(CODE_WORDS), read_words(ALT_WORDS)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for said, chinese in words.items():
                cell.source = cell.source.replace(said, chinese)
            if image := cell.metadata.get("mystnb", {}).get("image"):
                image["alt"] = alts.get(image.get("alt"), image.get("alt"))


def read_words(path: Path) -> dict[str, str]:
    """Read English texts of notebooks with their Chinese."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {line["en"]: line["zh"] for line in csv.DictReader(lines)}
