"""Publish a dataset and its notebooks as a site: `python tools/publish.py EXECUTED DATASET SITE [--own [TITLE]] [--most N]`.

In: notebooks as executed by `execute.py`, a dataset, the pages in docs/. Out: SITE, complete and for use without a server or a network,
or an error and the site as it was. With --own the dataset is a reader's: pages that speak of the sample or the package are left out.
"""

import argparse
import hashlib
import os
import re
import shutil
import sys
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import pandas as pd
from bs4 import BeautifulSoup
from opencc import OpenCC
from PIL import Image
from sphinx.cmd.build import main as sphinx_build

import govtables as gt
from publish.execute import Run, find_title, read_status
from govtables.exports import formats
from publish.pages.codebook import write_codebook, write_dictionary
from publish.pages.command_line import write_command_line
from publish.pages.gather import make_pages
from publish.pages.icons import SCRIPT, draw_icons
from publish.pages.markup import count
from publish.pages.reports import write_reports
from publish.pages.sources import Sources, find_sources, link_sources
from publish.printable import write_printable
from publish.printable_tables import BREAK, arrange_table
from publish.quick import nbformat

TOP = Path(__file__).parents[1]
DOCS = TOP / "docs"
EXTRA = "_extra"  # goes into the site as it is
ABOUT_THE_PACKAGE = ("how-to", "reference", "other-tools.md", "index.md")
EXPORTED = {
    "csv": "CSV files with `datapackage.json`, `dataset.jsonld` and `CITATION.cff`",
    "xlsx": "Excel workbook with the codebook",
    "dta": "Stata files (format 118)",
    "duckdb": "DuckDB database with views",
    "wide": "one row a report, as CSV and Parquet",
}
HANZI = re.compile(r"[\u3400-\u9fff]+")
ENDING = re.compile("人?民?政府$")
KIND = re.compile("(?:(?<![开開][发發])[区區]|[县縣市镇鎮乡鄉]|街道)$")
PIECE = re.compile(r'(?<=<span class="pre">)[^<]+')
TOGGLE = re.compile(r"(>([^<>]+)</a><details[^>]*><summary)>")
COMMON = 100_000  # occurrences, so that a word is preferred to its parts
AUDIT = """## The audit in brief

| check | holds | fails | undecided |
|---|--:|--:|--:|
{rows}

What each check compares is in the [codebook](codebook.md); what fails stands on the pages of the [reports](reports/index.md).
"""
WHERE_OURS = "in the folder <code>notebooks</code> of the repository, from where it finds the package and the data"
WHERE_OWN = 'with govtables installed, and <a href="../downloads/govtables-parquet.zip" download>govtables-parquet.zip</a> unpacked'
MARKER = ".inputs"  # in the site: what it was made of, so that it is made again only when that changes
OWN_TITLE = "Information disclosure reports"
# The reports and notebooks of a reader are not ours.
MADE_WITH = ["-D", "author=", "-D", "copyright=", "-D", f"html_theme_options.extra_footer=Made with govtables {version('govtables')}"]
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


@dataclass(frozen=True, slots=True)
class Job:
    """What is published, and where its pages are put together."""

    notebooks: Path
    data: gt.Dataset
    source: Path
    own: str  # title of the site of a reader's own, else nothing
    most: int

    @property
    def extra(self) -> Path:
        """The folder of what goes into the site as it is."""
        return self.source / EXTRA


def assemble(job: Job) -> None:
    """Put all pages together as Sphinx wants them."""
    left_out = shutil.ignore_patterns(*(ABOUT_THE_PACKAGE if job.own else ()), "__pycache__", "figure.png" if job.own else "")
    shutil.copytree(DOCS, job.source, ignore=left_out, dirs_exist_ok=True)
    pages = make_pages(job.data, job.most)
    write_reports(job.data, pages, job.source)
    sources = find_sources(job.data, pages)
    runs = list_runs(job.notebooks)
    for run in runs:
        add_notebook(job, run, sources)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(partial(write_printable, out=job.extra / "print"), [job.notebooks / run.notebook for run in runs]))
    write_codebook(job.data, job.source)
    write_dictionary(job.data, job.source)
    if not job.own:
        write_command_line(job.source)
    write_words(job)
    write_downloads(job)
    write_status(job, runs)
    write_index(job, runs)


def list_runs(folder: Path) -> list[Run]:
    """List the notebooks of a folder, each with how it ran where that is known."""
    known = read_status(folder)
    return [known.get(path.name) or describe_notebook(path) for path in sorted(folder.glob("*.ipynb"))]


def describe_notebook(path: Path) -> Run:
    """Describe a notebook that is published with the outputs it was committed with."""
    notebook = nbformat.read(path, as_version=4)
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    return Run(path.name, find_title(notebook), cells, 0.0, "stored", "", "")


def add_notebook(job: Job, run: Run, sources: Sources) -> None:
    """Add a notebook as a page, for download, and as a page to print."""
    path = job.notebooks / run.notebook
    notebook = nbformat.read(path, as_version=4)
    name = path.stem
    links = f'<a href="../print/{name}.html">Version to print</a> · <a href="../downloads/{name}.ipynb" download>Notebook to run</a>'
    links += f" {WHERE_OWN if job.own else WHERE_OURS}"
    links += " · Underlined numbers in tables lead to where they are printed"
    at = next((n + 1 for n, cell in enumerate(notebook.cells) if cell.cell_type == "markdown"), 0)
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        shown = output.get("data", {})
        if "text/html" in shown:
            shown["text/html"] = arrange_html(link_sources(shown["text/html"], sources))
        if "image/png" in shown:
            shown["image/png"] = shrink_picture(shown["image/png"])
    notebook.cells.insert(at, nbformat.v4.new_markdown_cell(f'<p class="page-links">{links}</p>', id="page-links"))
    for folder in (job.source / "notebooks", job.extra / "downloads", job.extra / "print"):
        folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, job.source / "notebooks" / path.name)
    shutil.copyfile(path, job.extra / "downloads" / path.name)


def arrange_html(html: str) -> str:
    """Arrange the tables of an output; the style sheet says what the style that pandas adds would say."""
    soup = BeautifulSoup(html, "html.parser")
    for style in soup.select("style[scoped]"):
        style.decompose()
    for table in soup.find_all("table"):
        arrange_table(table)
    return str(soup)


def shrink_picture(encoded: str) -> str:
    """Write a figure with a palette of 256 colours, which are more than figures have, but for the edges of letters."""
    out = BytesIO()
    picture = Image.open(BytesIO(b64decode(encoded))).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(out, "PNG", compress_level=7)  # 4 % larger than at 9, in a sixth of the time
    return b64encode(out.getvalue()).decode()


def write_words(job: Job) -> None:
    """Write what the search must find as one word: a browser does not cut the words of a query apart."""
    data = job.data
    words = find_hanzi(data.issuers["place"], data.codebook["label_2019"], data.codebook["label_2021"])
    words |= name_bodies(find_hanzi(data.reports["issuer"], data.issuers["name"]))
    lines = "".join(f"{word} {COMMON} n\n" for word in sorted(words) if len(word) > 1)
    (job.source / "words.txt").write_text(lines, encoding="utf-8")


def find_hanzi(*columns: pd.Series) -> set[str]:
    """Find runs of Chinese characters."""
    return {word for text in pd.concat(columns).dropna() for word in HANZI.findall(text)}


def name_bodies(printed: set[str]) -> set[str]:
    """Name bodies as readers may: without what they are, in either script."""
    bodies = {ENDING.sub("", name) for name in printed}
    names = "\n".join(printed | bodies | {KIND.sub("", name) for name in bodies})
    return {name for way in ("s2t", "t2s") for text in (names, OpenCC(way).convert(names)) for name in text.split("\n")}


def write_downloads(job: Job) -> None:
    """Write the dataset in each format into a ZIP file, and the page that lists them."""
    out = job.extra / "downloads"
    out.mkdir(parents=True, exist_ok=True)
    tables = sorted(job.data.folder.glob("*/*.parquet"))
    rows = [describe_zip(out / "govtables-parquet.zip", tables, job.data.folder, "Parquet files, a folder a table: the dataset itself")]
    for to, words in EXPORTED.items():
        with TemporaryDirectory() as room:
            folder = gt.export(job.data, to, Path(room) / to)
            rows.append(describe_zip(out / f"govtables-{to}.zip", [folder / name for name in formats()[to].files], folder, words))
    page = Template((DOCS / "_templates/downloads.md").read_text(encoding="utf-8"))
    text = page.substitute(files="\n".join(rows), reports=count(len(job.data.reports), "report"), cells=f"{len(job.data.cells):,}")
    (job.source / "downloads.md").write_text(text, encoding="utf-8")


def describe_zip(path: Path, files: Iterable[Path], folder: Path, words: str) -> str:
    """Pack files, and return a row of the table of downloads."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files:
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, file.read_bytes())
    size = f"{path.stat().st_size / 1000:,.0f} kB"
    return f'| <a href="downloads/{path.name}" download>{path.name}</a> | {words} | {size} |'


def write_status(job: Job, runs: Iterable[Run]) -> None:
    """Write the page that says how each notebook ran."""
    said = {"runs": "runs, outputs as committed", "differs": "runs, other outputs", "stops": "stops with an error", "stored": "not run here"}
    said |= {"runs": "runs"} if job.own else {}
    rows = [
        f"| [{run.title}](notebooks/{run.notebook}) | {run.cells} | {f'{run.seconds:.1f} s' if run.seconds else '–'} | {said[run.result]} | {escape_cell(run.message)} |"
        for run in runs
    ]
    page = Template((DOCS / "_templates/status.md").read_text(encoding="utf-8"))
    (job.source / "status.md").write_text(page.substitute(rows="\n".join(rows)), encoding="utf-8")


def escape_cell(text: str) -> str:
    """Show a text in a cell of a Markdown table as it is."""
    return "`" + text.replace("`", "'").replace("|", "/").replace("\n", " ") + "`" if text else ""


def write_index(job: Job, runs: Iterable[Run]) -> None:
    """Write the front page: what is published, in numbers counted from the dataset."""
    name = "report-index.md" if job.own else "index.md"
    page = Template((DOCS / "_templates" / name).read_text(encoding="utf-8"))
    audit = gt.audit(job.data)
    numbers = {
        "notebooks": "\n".join(f"notebooks/{Path(run.notebook).stem}" for run in runs),
        "reports": count(len(job.data.reports), "report"),
        "without": f", {audit.without_tables} of them without tables" if audit.without_tables else "",
        "cells": f"{len(job.data.cells):,}",
        "printed": f"{audit.statuses.get('reported', 0):,}",
        "inferred": f"{audit.statuses.get('inferred', 0):,}",
        "checks": f"{audit.verdicts.to_numpy().sum():,}",
        "fails": f"{audit.verdicts['fails'].sum():,}",
        "findings": count(len(audit.findings), "finding"),
        "audit": write_audit(audit.verdicts),
    }
    (job.source / "index.md").write_text(page.substitute(numbers), encoding="utf-8")


def write_audit(verdicts: pd.DataFrame) -> str:
    """Write how many checks of each kind hold; nothing where none was made."""
    if verdicts.empty:
        return ""
    rows = [f"| {check} | {' | '.join(f'{n:,}' for n in counts)} |" for check, counts in verdicts.iterrows()]
    return AUDIT.format(rows="\n".join(rows))


def publish(notebooks: Path, data: Path, site: Path, own: str = "", most: int = 200) -> int:
    """Render everything beside the site and put it in place; return Sphinx's exit status."""
    inputs = hash_inputs(notebooks, data, own, most)
    marker = site / MARKER
    if marker.exists() and marker.read_text(encoding="utf-8") == inputs:
        return 0
    site.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=site.parent, prefix=".site-") as room:
        job = Job(notebooks, gt.load(data), Path(room) / "source", own, most)
        assemble(job)
        made = Path(room) / "site"
        options = ["-b", "html", "-n", "-W", "--keep-going", "-q", "-j", "auto", "-d", str(Path(room) / "doctrees")]
        options += [*MADE_WITH, "-D", f"html_title={own}"] if own else []
        if status := sphinx_build([*options, str(job.source), str(made)]):
            return status
        finish(made)
        (made / MARKER).write_text(inputs, encoding="utf-8")
        shutil.rmtree(site, ignore_errors=True)
        os.replace(made, site)
    return 0


def finish(site: Path) -> None:
    """Mend what Sphinx and its theme leave in a site."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(draw_icons(break_codes(name_toggles(text)), site), encoding="utf-8")
    for file in [site / ".buildinfo", site / SCRIPT, *site.glob("_static/*macros.html"), *site.rglob("*.map")]:
        file.unlink(missing_ok=True)  # of use to Sphinx alone, or to nobody any more


def name_toggles(page: str) -> str:
    """Say to readers of the screen what the arrows beside the contents show; the theme leaves them without a name."""
    return TOGGLE.sub(r'\1 aria-label="Pages below: \2">', page)


def break_codes(page: str) -> str:
    """Let a line end between the words of a code."""
    return PIECE.sub(lambda code: BREAK.sub("<wbr>", code[0]), page)


def hash_inputs(notebooks: Path, data: Path, *options: object) -> str:
    """Hash all that the site depends on."""
    known = hashlib.sha256(repr(options).encode())
    tops = (notebooks, data, DOCS, TOP / "tools", TOP / "govtables")
    parts = [(top, part) for top in tops for part in sorted(top.rglob("*")) if part.is_file() and "__pycache__" not in part.parts]
    for top, part in [*parts, *((TOP, TOP / name) for name in ("requirements.lock", "pyproject.toml", "CITATION.cff"))]:
        known.update(hashlib.sha256(part.relative_to(top).as_posix().encode() + part.read_bytes()).digest())
    return known.hexdigest()


def main() -> int:
    """Publish what the command line names; return 1 if it cannot be rendered or a notebook failed."""
    parser = argparse.ArgumentParser(description="Publish a dataset and its notebooks as a site.")
    parser.add_argument("notebooks", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("site", type=Path)
    parser.add_argument("--own", metavar="TITLE", nargs="?", const=OWN_TITLE, default="", help="the dataset is not the sample; the title of its site")
    parser.add_argument("--most", type=int, default=200, help="reports that have a page of their own (default: 200)")
    chosen = parser.parse_args()
    return publish(chosen.notebooks, chosen.data, chosen.site, chosen.own, chosen.most)


if __name__ == "__main__":
    sys.exit(main())
