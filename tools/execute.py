"""Run notebooks in place, top to bottom: `python tools/execute.py notebooks/*.ipynb`.

In: notebooks as edited. Out: the same files with fresh outputs, counts from 1 and no metadata but
the kernel and what an author sets by hand (tags, hidden inputs). A cell that fails stops it, file unchanged.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# A kernel warns when other users of the machine could listen to it.
CONFIG = Config(KernelManager={"transport_encryption": "auto"})
KEPT = ("tags", "jupyter")


def execute(path: Path) -> None:
    """Run one notebook in its own folder and write it back."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, kernel_name="python3", record_timing=False, resources=place, config=CONFIG).execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in KEPT if key in cell.metadata})
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(f"notebooks: {name}")
        execute(Path(name))
