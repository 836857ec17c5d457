"""Notebooks as pages of the site.

In: executed notebooks. Out: the same with links, arranged tables and small pictures, as pages and for
download. Next: `site`.
"""

import re
import shutil
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po
from PIL import Image

from publish.execute import Run, find_title, read_status
from publish.job import DOCS, Job
from publish.pages.markup import tag
from publish.pages.sources import Sources, link_sources
from publish.quick import nbformat
from publish.tables import arrange_html
from publish.words import edition, say

PACKED = "govtables-parquet.zip"
CATALOGUES = DOCS / "locale/zh_CN/LC_MESSAGES/notebooks"
# Where a paragraph begins, or a cell of a table, and where it ends
HEAD, END = r"(?m)(^[ \t]*(?:#+ |[-*+] |\d+\. |> )?|\| ?)", r"(?=[ \t]*(?:$|\|))"


def list_runs(folder: Path) -> list[Run]:
    """List the notebooks of a folder, each with how it ran where that is known."""
    known = read_status(folder)
    return [known.get(path.name) or _describe_notebook(path) for path in sorted(folder.glob("*.ipynb"))]


def _describe_notebook(path: Path) -> Run:
    """Describe a notebook that is published with the outputs it was committed with."""
    notebook = nbformat.read(path, as_version=4)
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    return Run(path.name, find_title(notebook), cells, 0.0, "stored", "", "")


def add_notebook(job: Job, run: Run, sources: Sources) -> None:
    """Add a notebook as a page, and for download."""
    path = job.notebooks / run.notebook
    notebook = nbformat.read(path, as_version=4)
    packed = tag("a", PACKED, href=f"../{job.top}downloads/{PACKED}", download="")
    where = say("run_own", packed=packed) if job.own else say("run_ours", folder=tag("code", "notebooks"))
    link = tag("a", say("notebook_to_run"), href=f"../downloads/{path.name}", download="")
    links = say("notebook_links", link=link, where=where)
    at = next((n + 1 for n, cell in enumerate(notebook.cells) if cell.cell_type == "markdown"), 0)
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        shown = output.get("data", {})
        if "text/html" in shown:
            shown["text/html"] = arrange_html(link_sources(shown["text/html"], sources))
        if "image/png" in shown:
            shown["image/png"] = _shrink_picture(shown["image/png"])
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]  # on the page, not in the file
    switch = tag("button", say("code_show"), type="button", data_other=say("code_hide"), class_="code-switch")
    links = f'<p class="page-links">{links} {switch}</p>'
    cell = nbformat.v4.new_markdown_cell(links, id="page-links")
    notebook.cells.insert(at, cell)
    for folder in (job.source / "notebooks", job.extra / "downloads"):
        folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, job.source / "notebooks" / path.name)
    shutil.copyfile(path, copy := job.extra / "downloads" / path.name)
    if edition() == "zh":
        notebook = nbformat.read(copy, as_version=4)
        translate_prose(notebook, path.stem)
        nbformat.write(notebook, copy)


def translate_prose(notebook: nbformat.NotebookNode, name: str) -> None:
    """Put in Chinese what the catalogue knows of the prose of a notebook; Sphinx does so on pages alone."""
    if not (path := CATALOGUES / f"{name}.po").is_file():  # of a notebook that is not ours
        return
    with path.open("rb") as file:
        known = {message.id: message.string for message in read_po(file) if message.id and message.string}
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    for said in sorted(known, key=len, reverse=True):
        paragraph = re.compile(HEAD + r"\s+".join(map(re.escape, said.split())) + END)
        for cell in prose:
            cell.source = paragraph.sub(lambda found, text=known[said]: found[1] + text, cell.source)


def _shrink_picture(encoded: str) -> str:
    """Write a figure with a palette of 256 colours, which are more than figures have, but for the edges of
    letters.
    """
    out = BytesIO()
    picture = Image.open(BytesIO(b64decode(encoded))).convert("RGB")
    # level 7: 4 % larger than at 9, in a sixth of the time
    picture.quantize(256, dither=Image.Dither.NONE).save(out, "PNG", compress_level=7)
    return b64encode(out.getvalue()).decode()
