"""One edition of a site: its pages put together, rendered and mended.

In: a `Job`. Out: a folder of HTML in the language of the job, or Sphinx's exit status. Next: `site`.
"""

import os
import re
import shutil
from base64 import b64encode
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from sphinx.cmd.build import main as sphinx_build

from govtables.exports import find_slips
from publish.collection import write_dataset, write_footer, write_head
from publish.downloads import write_list
from publish.front import write_index, write_status, write_words
from publish.interactive import add_library
from publish.job import DOCS, Job
from publish.notebooks import add_notebook, list_runs
from publish.pages.codebook import write_codebook, write_dictionary
from publish.pages.command_line import write_command_line
from publish.pages.gather import make_pages
from publish.pages.office_pages import write_offices
from publish.pages.places import write_places
from publish.pages.reports import write_reports
from publish.pages.slips import write_csv
from publish.pages.sources import find_sources
from publish.tables import break_codes
from publish.words import say

ABOUT_THE_PACKAGE = ("how-to", "reference", "other-tools.md", "index.md")
PIECE = re.compile(r'(?<=<span class="pre">)[^<]+')
TOGGLE = re.compile(r"(>([^<>]+)</a><details[^>]*><summary)>")
ICON_SCRIPT = re.compile(r'<script[^>]*fontawesome\.js[^>]*></script>\n?')
SEARCH_SCRIPT = re.compile(r'<script src="[^"]*(?:searchtools|language_data|searchindex)\.js"></script>\n?')
SEARCH_PAGE = "search.html"
ICON_FONT = "../vendor/fontawesome/webfonts/fa-solid-900.woff2"


def render(job: Job, out: Path) -> int:
    """Render an edition into `out`; return Sphinx's exit status."""
    assemble(job)
    options = ["-b", "html", "-n", "-W", "--keep-going", "-q", "-j", "auto", "-d", f"{job.source}-doctrees"]
    if job.own:  # the reports and notebooks of a reader are not ours
        options += ["-D", "author=", "-D", "copyright="]
    footer = write_footer(job, say("made_with", version=version("govtables"))) if job.own else ""
    # as they are: an option would be taken apart at commas
    os.environ.update(SITE_TITLE=job.own, SITE_LANGUAGE=job.lang, SITE_FIRST=job.first)
    os.environ.update(SITE_FOOTER=footer, SITE_HEAD="\n".join(write_head(job)))
    os.environ["SITE_DATASET"] = write_dataset(job)
    os.environ["SITE_FOUND"] = say("search_found", n="${resultCount}")  # which Sphinx says in English alone
    os.environ["SITE_CODE"] = f"{say('code_show_one')}|{say('code_hide_one')}"
    status = sphinx_build([*options, str(job.source), str(out)])
    finish(out)
    return status


def assemble(job: Job) -> None:
    """Put all pages together as Sphinx wants them."""
    left_out = shutil.ignore_patterns(
        *(ABOUT_THE_PACKAGE if job.own else ()), "__pycache__", "figure*.png" if job.own else ""
    )
    shutil.copytree(DOCS, job.source, ignore=left_out, dirs_exist_ok=True)
    pages = make_pages(job.data, job.most)
    slips = find_slips(job.data)
    to_mend = Counter(slip.report_id for slip in slips)
    write_reports(job.data, pages, slips, job.source)
    write_offices(job.data, pages, to_mend, job.source)
    write_places(job.data, pages, to_mend, job.source)
    sources = find_sources(job.data, pages)
    runs = list_runs(job.notebooks)
    for run in runs:
        add_notebook(job, run, sources)
    write_codebook(job.data, job.source)
    write_dictionary(job.data, job.source)
    if not job.own:
        write_command_line(job.source)
    write_words(job)
    write_list(job)
    job.extra.joinpath("downloads").mkdir(parents=True, exist_ok=True)
    write_csv(job.data, slips, job.extra / "downloads")
    add_library(job.source / "_static")
    write_status(job, runs)
    write_index(job, runs)


def finish(site: Path) -> None:
    """Mend what Sphinx and its theme leave in a site."""
    for page in site.rglob("*.html"):
        text = ICON_SCRIPT.sub("", name_toggles(page.read_text(encoding="utf-8")))
        if page.name != SEARCH_PAGE:  # of many reports, the index weighs more than a page
            text = SEARCH_SCRIPT.sub("", text)
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
    return TOGGLE.sub(lambda found: f'{found[1]} aria-label="{say("pages_below", of=found[2])}">', page)
