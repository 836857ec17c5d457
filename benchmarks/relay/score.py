"""Score the readers of the formats but text and HTML on made reports, beside plain readers of the same files.

In: a format, a number of documents, a seed. Out: a table of right, missing, flagged and silently wrong cells,
rows that the plain reader holds, and documents a second. Next: `python benchmarks/accuracy.py --format NAME`
prints it.
"""

from __future__ import annotations

import functools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from unittest import mock

from govtables.pipeline import read_bytes
from govtables.readers import Document, open_document
from relay.pages import count_pages, make_pages, read_with_pdfplumber
from relay.saved import NAMES, SHEETS, make_saved
from relay.scans import make_scan
from relay.sheets import make_xlsx, read_with_pandas
from relay.words import make_words, read_with_python_docx
from scoring import (
    SEED_STEP, VERDICTS, Read, by_code, fold, holds, judge_report, print_aligned, share, truth_rows,
)
from synthetic import GENERATIONS, Sample

Plain = Callable[[bytes], list[list[str]]]
MAKERS: dict[str, tuple[Callable[[int, str, bool], Sample], str, Plain]] = {
    "docx": (make_words, "python-docx", read_with_python_docx),
    "xlsx": (make_xlsx, "pandas.read_excel", read_with_pandas),
    "pdf": (make_pages, "pdfplumber", read_with_pdfplumber),
    "ofd": (functools.partial(make_pages, kind="ofd"), "-", lambda data: []),
    "scan": (make_scan, "-", lambda data: []),
    "scan150": (functools.partial(make_scan, dpi=150), "-", lambda data: []),
    "scan300": (functools.partial(make_scan, dpi=300), "-", lambda data: []),
}
MAKERS |= {
    kind: (functools.partial(make_saved, kind), *MAKERS["xlsx" if kind in SHEETS else "docx"][1:])
    for kind in NAMES
}
BARS = 0.999, 0.99  # right cells of those that print something, without noise and with
BARS_OF_SCANS = 0.99, 0.95
MOST_SECONDS = 5.0  # to read a page of a scan


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make."""

    kind: str
    seed: int
    generation: str
    noise: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What came out of one document."""

    job: Job
    noises: tuple[str, ...]
    verdicts: Counter[str]  # of all cells
    printed: Counter[str]  # of the cells that print something
    error: str | None
    plain: Counter[str]
    seconds: tuple[float, float]
    pages: int
    examples: tuple[str, ...]


def read_file(data: bytes, name: str) -> tuple[Read, int, str | None, tuple[float, float]]:
    """Read a document; its cells, those that came twice, the error, seconds of the format and of the rest."""
    spent = 0.0

    def open_timed(*arguments: object) -> Document:
        nonlocal spent
        start = time.process_time()
        try:
            return open_document(*arguments)
        finally:
            spent = time.process_time() - start

    start = time.process_time()
    with mock.patch("govtables.pipeline.steps.open_document", open_timed):
        result = read_bytes(data, name)
    return *by_code(result.cells), result.error, (spent, time.process_time() - start - spent)


def score(job: Job) -> Score:
    """Make a document, read it and judge it."""
    maker, _, plain = MAKERS[job.kind]
    sample = maker(job.seed, job.generation, job.noise)
    read, twice, error, seconds = read_file(sample.data, sample.name)
    judged = list(judge_report(sample, read))
    call = f"{job.kind} {job.seed} {job.generation} {job.noise} {'+'.join(sample.noises) or 'clean'}"
    return Score(
        job=job,
        noises=sample.noises,
        verdicts=Counter(verdict for _, verdict in judged) + Counter(wrong=twice),
        printed=Counter(
            verdict for code, verdict in judged if code in sample.truth and sample.truth[code].raw
        ),
        error=error,
        plain=compare(sample, plain),
        seconds=seconds,
        pages=count_pages(sample.data),
        examples=tuple(
            f"{v:8} {call} {'/'.join(c)}: {sample.truth.get(c)} read {read.get(c)}"
            for c, v in judged
            if v != "right"
        ),
    )


def compare(sample: Sample, plain: Plain) -> Counter[str]:
    """Count the printed rows that a plain reader holds under their label, in order."""
    truth = list(truth_rows(sample))
    try:
        rows = [[fold(cell) for cell in row if fold(cell)] for row in plain(sample.data)]
    except Exception as problem:  # whatever it raises, the document is not read
        return Counter({"rows": len(truth), "raised": 1, f"raised {type(problem).__name__}": 1})
    return Counter(
        rows=len(truth), held=sum(any(holds(row, label, printed) for row in rows) for label, printed in truth)
    )


def plan(kind: str, documents: int, seed: int) -> list[Job]:
    """Deal the documents over generations, and clean and noisy ones."""
    return [Job(kind, seed * SEED_STEP + n, GENERATIONS[n // 2 % 2], bool(n % 2)) for n in range(documents)]


def summarize(kind: str, noise: bool, scores: list[Score]) -> list[str]:
    """Write one line of the result."""
    cells = sum((item.verdicts for item in scores), Counter())
    printed = sum((item.printed for item in scores), Counter())
    plain = sum((item.plain for item in scores), Counter())
    reading, matching = (sum(item.seconds[at] for item in scores) for at in (0, 1))
    return [
        kind, "yes" if noise else "no", str(len(scores)),
        str(sum(item.error is not None for item in scores)),
        *(share(printed[verdict], printed.total()) for verdict in VERDICTS[:-2]),
        share(cells["right"], cells.total()), str(cells["wrong"]), MAKERS[kind][1],
        share(plain["held"], plain["rows"]), f"{len(scores) / max(reading, 1e-9):.3g}",
        f"{len(scores) / max(reading + matching, 1e-9):.3g}",
    ]


HEADER = [
    "format", "noise", "files", "errors", "right %", "missing %", "flagged %", "all right %",
    "silently wrong", "plain reader",
]
HEADER += ["its rows %", "read/s", "with audit/s"]


def find_misses(scores: list[Score]) -> Iterator[str]:
    """Say which bars are missed."""
    for noise in (False, True):
        chosen = [item for item in scores if item.job.noise == noise]
        kind = chosen[0].job.kind
        printed = sum((item.printed for item in chosen), Counter())
        if wrong := sum(item.verdicts["wrong"] for item in chosen):
            yield f"{kind}: {wrong} cells are silently wrong"
        if printed["right"] < (BARS_OF_SCANS if "scan" in kind else BARS)[noise] * printed.total():
            right = printed["right"] / printed.total()
            yield f"{kind} {'with' if noise else 'without'} noise: {right:.4%} right"
        slow = sum(item.seconds[0] for item in chosen) / max(sum(item.pages for item in chosen), 1)
        if "scan" in kind and slow > MOST_SECONDS:
            yield f"{kind}: {slow:.1f} CPU seconds a page"


def print_scores(kind: str, documents: int, seed: int, show: int) -> list[str]:
    """Score a format, half of it with noise; print the table and `show` cells, return the missed bars."""
    with ProcessPoolExecutor(max_workers=2) as pool:
        scores = list(pool.map(score, plan(kind, documents, seed)))
    by_noise = [(noise, [item for item in scores if item.job.noise == noise]) for noise in (False, True)]
    print_aligned(HEADER, [summarize(kind, noise, found) for noise, found in by_noise], "<<>")
    examples = sorted(
        (example for item in scores for example in item.examples), key=lambda one: not one.startswith("wrong")
    )
    errors = [f"error    {item.job}: {item.error}" for item in scores if item.error]
    print("\n".join([*examples[:show], *errors[:show]]))
    if pages := sum(item.pages for item in scores):
        reading, matching = (sum(item.seconds[at] for item in scores) for at in (0, 1))
        whole = pages / (reading + matching)
        print(f"{pages} pages: {pages / reading:.2f} read a second by one core, {whole:.2f} with audit")
    return list(find_misses(scores))
