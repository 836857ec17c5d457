"""The front page, the status page, and the words that the search must know.

In: a dataset, how notebooks ran. Out: pages. Next: `site`.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from string import Template

import pandas as pd
from opencc import OpenCC

import govtables as gt
from govtables.language import HAN
from publish.execute import Run
from publish.job import DOCS, Job
from publish.words import say

HANZI = re.compile(f"[{HAN}]+")
ENDING = re.compile("人?民?政府$")
KIND = re.compile("(?:(?<![开開][发發])[区區]|[县縣市镇鎮乡鄉]|街道)$")
COMMON = 100_000  # occurrences, so that a word is preferred to its parts
AUDIT = """## The audit in brief

| check | holds | fails | undecided |
|---|--:|--:|--:|
{rows}

What each check compares is in the [codebook](codebook.md); what fails stands on the pages of the
[reports](reports/index.md).
"""
SAID = {
    "runs": "runs, outputs as committed", "differs": "runs, other outputs", "stops": "stops with an error",
    "stored": "not run here",
}


def write_words(job: Job) -> None:
    """Write what the search must find as one word: a browser does not cut the words of a query apart."""
    data = job.data
    words = _find_hanzi(data.issuers["place"], data.codebook["label_2019"], data.codebook["label_2021"])
    words |= _name_bodies(_find_hanzi(data.reports["issuer"], data.issuers["name"]))
    lines = "".join(f"{word} {COMMON} n\n" for word in sorted(words) if len(word) > 1)
    (job.source / "words.txt").write_text(lines, encoding="utf-8")


def _find_hanzi(*columns: pd.Series) -> set[str]:
    """Find runs of Chinese characters."""
    return {word for text in pd.concat(columns).dropna() for word in HANZI.findall(text)}


def _name_bodies(printed: set[str]) -> set[str]:
    """Name bodies as readers may: without what they are, in either script."""
    bodies = {ENDING.sub("", name) for name in printed}
    names = "\n".join(printed | bodies | {KIND.sub("", name) for name in bodies})
    return {
        name
        for way in ("s2t", "t2s")
        for text in (names, OpenCC(way).convert(names))
        for name in text.split("\n")
    }


def write_status(job: Job, runs: Iterable[Run]) -> None:
    """Write the page that says how each notebook ran."""
    said = SAID | ({"runs": "runs"} if job.own else {})
    page = Template((DOCS / "_templates/status.md").read_text(encoding="utf-8"))
    rows = "\n".join(_status_row(run, said[run.result]) for run in runs)
    (job.source / "status.md").write_text(page.substitute(rows=rows), encoding="utf-8")


def _status_row(run: Run, said: str) -> str:
    seconds = f"{run.seconds:.1f} s" if run.seconds else "–"
    title, message = f"[{run.title}](notebooks/{run.notebook})", _escape_cell(run.message)
    return f"| {title} | {run.cells} | {seconds} | {said} | {message} |"


def _escape_cell(text: str) -> str:
    """Show a text in a cell of a Markdown table as it is."""
    return "`" + text.replace("`", "'").replace("|", "/").replace("\n", " ") + "`" if text else ""


def write_index(job: Job, runs: Iterable[Run]) -> None:
    """Write the front page: what is published, in numbers counted from the dataset."""
    name = "report-index.md" if job.own else "index.md"
    page = Template((DOCS / "_templates" / name).read_text(encoding="utf-8"))
    audit = gt.audit(job.data)
    numbers = {
        "notebooks": "\n".join(f"notebooks/{Path(run.notebook).stem}" for run in runs),
        "reports": say("reports", n=len(job.data.reports)),
        "without": f", {audit.without_tables} of them without tables" if audit.without_tables else "",
        "cells": f"{len(job.data.cells):,}", "printed": f"{audit.statuses.get('reported', 0):,}",
        "inferred": f"{audit.statuses.get('inferred', 0):,}",
        "checks": f"{audit.verdicts.to_numpy().sum():,}", "fails": f"{audit.verdicts['fails'].sum():,}",
        "findings": say("findings", n=len(audit.findings)), "audit": _write_audit(audit.verdicts),
    }
    (job.source / "index.md").write_text(page.substitute(numbers), encoding="utf-8")


def _write_audit(verdicts: pd.DataFrame) -> str:
    """Write how many checks of each kind hold; nothing where none was made."""
    if verdicts.empty:
        return ""
    rows = [f"| {check} | {' | '.join(f'{n:,}' for n in counts)} |" for check, counts in verdicts.iterrows()]
    return AUDIT.format(rows="\n".join(rows))
