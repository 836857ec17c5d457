"""The front page, the status page, and the words that the search must know.

In: a dataset, how notebooks ran. Out: pages. Next: `edition`.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
from opencc import OpenCC

import govtables as gt
from govtables.declared import declared
from govtables.language import HAN
from govtables.records import FAILS, HOLDS, UNDECIDED
from publish.collection import write_about
from publish.execute import Run
from publish.job import DOCS, Job
from publish.words import edition, fill, say

HANZI = re.compile(f"[{HAN}]+")
ENDING = re.compile("人?民?政府$")
KIND = re.compile("(?:(?<![开開][发發])[区區]|[县縣市镇鎮乡鄉]|街道)$")
COMMON = 100_000  # occurrences, so that a word is preferred to its parts
LONGEST = 40  # characters of a name that is a word; time and memory grow with the square


def write_words(job: Job) -> None:
    """Write what the search must find as one word: a browser does not cut the words of a query apart."""
    data = job.data
    words = _find_hanzi(data.issuers["place"], data.codebook["label_2019"], data.codebook["label_2021"])
    words |= _name_bodies(_find_hanzi(data.reports["issuer"], data.issuers["name"]))
    lines = "".join(f"{word} {COMMON} n\n" for word in sorted(words) if 1 < len(word) <= LONGEST)
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
    rows = "\n".join(_status_row(job, run) for run in runs)
    page = fill(DOCS / "_templates/status.md", rows=rows)
    (job.source / "status.md").write_text(page, encoding="utf-8")


def _status_row(job: Job, run: Run) -> str:
    seconds = say("seconds", n=run.seconds) if run.seconds else "–"
    said = say("run_own_runs" if job.own and run.result == "runs" else f"run_{run.result}")
    title, message = f"[](notebooks/{run.notebook})", _escape_cell(run.message)
    return f"| {title} | {run.cells} | {seconds} | {said} | {message} |"


def _escape_cell(text: str) -> str:
    """Show a text in a cell of a Markdown table as it is."""
    return "`" + text.replace("`", "'").replace("|", "/").replace("\n", " ") + "`" if text else ""


def write_index(job: Job, runs: Iterable[Run]) -> None:
    """Write the front page: what is published, in numbers counted from the dataset."""
    name = "report-index.md" if job.own else "index.md"
    audit = gt.audit(job.data)
    page = fill(
        DOCS / "_templates" / name,
        notebooks="\n".join(f"notebooks/{Path(run.notebook).stem}" for run in runs),
        reports=say("reports", n=len(job.data.reports)), cells=f"{audit.statuses.sum():,}",
        without=say("without_tables", n=audit.without_tables) if audit.without_tables else "",
        printed=f"{audit.statuses.get('reported', 0):,}", inferred=f"{audit.statuses.get('inferred', 0):,}",
        checks=f"{audit.verdicts.to_numpy().sum():,}",
        **{verdict: f"{audit.verdicts[verdict].sum():,}" for verdict in (HOLDS, FAILS, UNDECIDED)},
        findings=say("findings", n=len(audit.findings)), about=write_about(job),
        audit="\n".join(_write_audit(audit.verdicts)),
    )
    (job.source / "index.md").write_text(page, encoding="utf-8")


def _write_audit(verdicts: pd.DataFrame) -> Iterator[str]:
    """Write how many checks of each kind hold; nothing where none was made."""
    if not verdicts.empty:
        yield f"## {say('audit_title')}\n"
        heads = [say("check"), *(say(f"verdict_{verdict}") for verdict in verdicts)]
        yield f"| {' | '.join(heads)} |\n|---|--:|--:|--:|"
        called = {line["check"]: line["zh"] for line in declared("proof", "checks")}
        for check, counts in verdicts.iterrows():
            name = called.get(check, check) if edition() == "zh" else check
            yield f"| {name} | {' | '.join(f'{n:,}' for n in counts)} |"
        yield f"\n{say('audit_after')}\n"
