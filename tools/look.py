"""Write the figures of notebooks as files, to be looked at: `python tools/look.py notebooks/*.ipynb --out FOLDER`.

In: executed notebooks. Out: FOLDER/notebook-cell.png for each figure, and the same as a telephone shows it (-400) and a printer without
colours (-grey). Next: the eye.
"""

import argparse
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import nbformat
from PIL import Image

PHONE = 400  # pixels wide


def find_figures(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and PNG of each figure of a notebook; a second one of a cell has its number behind the cell's."""
    for cell, lines in enumerate(nbformat.read(path, as_version=4).cells):
        figures = [output.data["image/png"] for output in lines.get("outputs", []) if "image/png" in output.get("data", {})]
        for n, figure in enumerate(figures, 1):
            yield f"{path.stem}-{cell}" + (f"-{n}" if n > 1 else ""), b64decode(figure)


def write_figure(name: str, figure: bytes, folder: Path) -> None:
    """Write a figure as it is, small, and in grey."""
    image = Image.open(BytesIO(figure)).convert("RGB")
    image.save(folder / f"{name}.png")
    image.resize((PHONE, round(image.height * PHONE / image.width)), Image.Resampling.LANCZOS).save(folder / f"{name}-{PHONE}.png")
    image.convert("L").save(folder / f"{name}-grey.png")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path, help="folder for the files")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for notebook in arguments.notebooks:
        for name, figure in find_figures(notebook):
            write_figure(name, figure, arguments.out)
