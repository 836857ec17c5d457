"""Publish a dataset and its notebooks as a site in Chinese and English: `python -m publish.site EXECUTED
DATASET SITE [--own [TITLE]] [--pages PAGES] [--lang zh]
[--raw RAW]`.

In: notebooks as executed by `execute`, a dataset, the pages in docs/. Out: SITE, complete and for use without
a server or a network, or an error and the site as it was. The edition in the language of --lang stands at the
top, the other below, in a folder of its name. With --own the dataset is a reader's: pages that speak of the
sample or the package are left out.
"""

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import govtables as gt
from govtables.dataset import read_collection, replace_folder
from govtables.language import Said
from publish.downloads import write_downloads
from publish.edition import render
from publish.job import DOCS, TOP, Job
from publish.words import LANGUAGES, edition, say, speak

OWN = " "  # a site of a reader's own that has no title
MANY = 5_000  # reports; the editions of more are made one after the other, to need less memory
MARKER = ".inputs"  # in the site: what it was made of, so that it is made again only when that changes


def publish(
    notebooks: Path, data: Path, site: Path, own: str = "", most: int | str = 200, first: str = "en",
    raw: Path | None = None,
) -> int:
    """Render both editions beside the site and put them in place; return Sphinx's exit status. `raw` is the
    folder of the reports, of which the release keeps what stands beside them.
    """
    read_collection(data)  # a mistake in it is told before all else
    inputs = hash_inputs(notebooks, data, own, most, first, str(raw))
    marker = site / MARKER
    if marker.exists() and marker.read_text(encoding="utf-8") == inputs:
        return 0
    with replace_folder(site) as room:
        left_out = write_downloads(dataset := gt.load(data), room / "downloads", raw)
        languages = sorted(LANGUAGES, key=lambda lang: lang != first)
        make = partial(_make_edition, room, notebooks, data, own, most, first, left_out)
        at_once = 1 if len(dataset.reports) > MANY else len(languages)
        with ProcessPoolExecutor(at_once, get_context("spawn"), max_tasks_per_child=1) as pool:
            if status := max(pool.map(make, languages)):
                return status
        _join(room, languages)
        (room / "new" / MARKER).write_text(inputs, encoding="utf-8")
    return 0


def _make_edition(
    room: Path, notebooks: Path, data: Path, own: str, most: int | str, first: str,
    left_out: Mapping[str, Said], lang: str,
) -> int:
    """Make one edition in a process of its own, with the notebooks that were run in its language if there are
    such.
    """
    speak(lang)
    folder = notebooks / lang if (notebooks / lang).is_dir() else notebooks
    source = room / f"source-{lang}"
    title = read_collection(data).get("title", say("own_title")) if own == OWN else own
    return render(Job(folder, gt.load(data), source, title, most, lang, first, left_out), room / lang)


def _join(room: Path, languages: Sequence[str]) -> None:
    """Put the second edition below the first, and the downloads that they share beside it."""
    first, second = languages
    for packed in (room / "downloads").iterdir():
        packed.rename(room / first / "downloads" / packed.name)
    (room / second).rename(room / first / second)
    (room / first).rename(room / "new")


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
    parser.add_argument("--own", metavar="TITLE", nargs="?", const=OWN, help=own)
    pages = "reports that have a page: how many (default: 200), ids and patterns with commas, or their file"
    parser.add_argument("--pages", default="200", help=pages)
    parser.add_argument("--lang", choices=LANGUAGES, default=edition(), help="the edition at the top")
    parser.add_argument("--raw", type=Path, help="the folder of the reports that the dataset was made of")
    chosen = parser.parse_args()
    raw = None if chosen.raw is None or (chosen.raw / "cells").is_dir() else chosen.raw  # a dataset itself
    title = "" if chosen.own is None else chosen.own or OWN
    try:
        most = chosen.pages or 200
        return publish(chosen.notebooks, chosen.data, chosen.site, title, most, chosen.lang, raw)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
