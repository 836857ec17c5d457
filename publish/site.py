"""Publish a dataset and its notebooks as a site: `python -m publish.site EXECUTED DATASET SITE [--own
[TITLE]] [--most N]`.

In: notebooks as executed by `execute`, a dataset, the pages in docs/. Out: SITE, complete and for use without
a server or a network, or an error and the site as it was. With --own the dataset is a reader's: pages that
speak of the sample or the package are left out.
"""

import argparse
import hashlib
import os
import re
import shutil
import sys
from base64 import b64encode
from importlib.metadata import version
from pathlib import Path

from sphinx.cmd.build import main as sphinx_build

import govtables as gt
from govtables.dataset import replace_folder
from publish.downloads import write_downloads
from publish.front import write_index, write_status, write_words
from publish.interactive import add_library
from publish.job import DOCS, TOP, Job
from publish.notebooks import add_notebook, list_runs
from publish.pages.codebook import write_codebook, write_dictionary
from publish.pages.command_line import write_command_line
from publish.pages.gather import make_pages
from publish.pages.reports import write_reports
from publish.pages.slips import CSV, write_csv
from publish.pages.sources import find_sources
from publish.tables import break_codes

ABOUT_THE_PACKAGE = ("how-to", "reference", "other-tools.md", "index.md")
PIECE = re.compile(r'(?<=<span class="pre">)[^<]+')
TOGGLE = re.compile(r"(>([^<>]+)</a><details[^>]*><summary)>")
ICON_SCRIPT = re.compile(r'<script[^>]*fontawesome\.js[^>]*></script>\n?')
ICON_FONT = "../vendor/fontawesome/webfonts/fa-solid-900.woff2"
MARKER = ".inputs"  # in the site: what it was made of, so that it is made again only when that changes
OWN_TITLE = "Information disclosure reports"
# The reports and notebooks of a reader are not ours.
FOOTER = f"html_theme_options.extra_footer=Made with govtables {version('govtables')}"
MADE_WITH = ["-D", "author=", "-D", "copyright=", "-D", FOOTER]


def assemble(job: Job) -> None:
    """Put all pages together as Sphinx wants them."""
    left_out = shutil.ignore_patterns(
        *(ABOUT_THE_PACKAGE if job.own else ()), "__pycache__", "figure.png" if job.own else ""
    )
    shutil.copytree(DOCS, job.source, ignore=left_out, dirs_exist_ok=True)
    pages = make_pages(job.data, job.most)
    write_reports(job.data, pages, job.source)
    sources = find_sources(job.data, pages)
    runs = list_runs(job.notebooks)
    for run in runs:
        add_notebook(job, run, sources)
    write_codebook(job.data, job.source)
    write_dictionary(job.data, job.source)
    if not job.own:
        write_command_line(job.source)
    write_words(job)
    write_downloads(job)
    write_csv(job.data, job.extra / "downloads" / CSV)
    add_library(job.source / "_static")
    write_status(job, runs)
    write_index(job, runs)


def publish(notebooks: Path, data: Path, site: Path, own: str = "", most: int = 200) -> int:
    """Render everything beside the site and put it in place; return Sphinx's exit status."""
    inputs = hash_inputs(notebooks, data, own, most)
    marker = site / MARKER
    if marker.exists() and marker.read_text(encoding="utf-8") == inputs:
        return 0
    with replace_folder(site) as room:
        job = Job(notebooks, gt.load(data), room / "source", own, most)
        assemble(job)
        made = room / "site"
        options = [
            "-b", "html", "-n", "-W", "--keep-going", "-q", "-j", "auto", "-d", str(room / "doctrees"),
        ]
        options += MADE_WITH if own else []
        os.environ["SITE_TITLE"] = own  # as it is: an option would be taken apart at commas
        if status := sphinx_build([*options, str(job.source), str(made)]):
            return status
        finish(made)
        (made / MARKER).write_text(inputs, encoding="utf-8")
        made.rename(room / "new")
    return 0


def finish(site: Path) -> None:
    """Mend what Sphinx and its theme leave in a site."""
    for page in site.rglob("*.html"):
        text = ICON_SCRIPT.sub("", name_toggles(page.read_text(encoding="utf-8")))
        page.write_text(PIECE.sub(lambda code: break_codes(code[0]), text), encoding="utf-8")
    carry_icons(site)
    for file in [site / ".buildinfo", *site.glob("_static/*macros.html"), *site.rglob("*.map")]:
        file.unlink(missing_ok=True)  # of use to Sphinx alone, or to nobody any more


def carry_icons(site: Path) -> None:
    """Put the font of the icons into the style sheet, since some browsers take no font from a file; the
    theme's script, which draws each icon anew, weighs more than all else.
    """
    for style in site.glob("_static/styles/pydata-sphinx-theme.css"):
        text = style.read_text(encoding="utf-8")
        font = b64encode((style.parent / ICON_FONT).read_bytes()).decode()
        style.write_text(text.replace(ICON_FONT, f"data:font/woff2;base64,{font}"), encoding="utf-8")
        (site / "_static/scripts/fontawesome.js").unlink()


def name_toggles(page: str) -> str:
    """Say to readers of the screen what the arrows beside the contents show; the theme leaves them without a
    name.
    """
    return TOGGLE.sub(r'\1 aria-label="Pages below: \2">', page)


def hash_inputs(notebooks: Path, data: Path, *options: object) -> str:
    """Hash all that the site depends on."""
    known = hashlib.sha256(repr(options).encode())
    parts = [
        (top, part)
        for top in (notebooks, data, DOCS, TOP / "publish", TOP / "govtables")
        for part in sorted(top.rglob("*"))
        if part.is_file() and "__pycache__" not in part.parts
    ]
    for top, part in [
        *parts, *((TOP, TOP / name) for name in ("requirements.lock", "pyproject.toml", "CITATION.cff")),
    ]:
        known.update(hashlib.sha256(part.relative_to(top).as_posix().encode() + part.read_bytes()).digest())
    return known.hexdigest()


def main() -> int:
    """Publish what the command line names; return 1 if it cannot be rendered or a notebook failed."""
    parser = argparse.ArgumentParser(description="Publish a dataset and its notebooks as a site.")
    parser.add_argument("notebooks", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("site", type=Path)
    own = "the dataset is not the sample; the title of its site"
    parser.add_argument("--own", metavar="TITLE", nargs="?", const="", help=own)
    parser.add_argument(
        "--most", type=int, default=200, help="reports that have a page of their own (default: 200)"
    )
    chosen = parser.parse_args()
    title = "" if chosen.own is None else chosen.own or OWN_TITLE
    try:
        return publish(chosen.notebooks, chosen.data, chosen.site, title, chosen.most)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
