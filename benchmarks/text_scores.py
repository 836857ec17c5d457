"""Made reports of text and HTML: each read and judged, and its pages given to pandas.read_html.

In: `synthetic.make_report`. Out: a `Score` of each report. Next: `accuracy.py`, `same_tables.py`.
"""

from __future__ import annotations

import functools
import io
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from scoring import SEED_STEP, Read, fold, holds, judge_report, read_cells, truth_rows
from synthetic import GENERATIONS, LAYOUTS, Code, Sample, make_report



@dataclass(frozen=True, slots=True)
class Job:
    """One report to make: the arguments of `make_report`."""

    seed: int
    generation: str
    layout: str
    noise: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What came out of one report."""

    job: Job
    noises: tuple[str, ...]
    verdicts: Counter[str]
    printed: int
    error: str | None
    examples: tuple[str, ...]
    page: Counter[str] = field(default_factory=Counter)


def describe(job: Job, sample: Sample, code: Code, verdict: str, read: Read) -> str:
    """Say what went wrong with one cell and how to make its report again."""
    call = f"make_report({job.seed}, {job.generation!r}, {job.layout!r}, {job.noise})"
    noises = "+".join(sample.noises) or "clean"
    return f"{verdict:8} {call} {noises} {'/'.join(code)}: {sample.truth.get(code)} read {read.get(code)}"


def score(job: Job, keep: int = 0) -> Score:
    """Make a report, read it and judge it; keep at most `keep` examples of trouble."""
    sample = make_report(job.seed, job.generation, job.layout, job.noise)
    read, twice, error = read_cells(sample)
    judged = list(judge_report(sample, read))
    verdicts = Counter(verdict for _, verdict in judged) + Counter(wrong=twice)
    trouble = sorted((pair for pair in judged if pair[1] != "right"), key=lambda pair: pair[1] != "wrong")
    return Score(
        job=job,
        noises=sample.noises,
        verdicts=verdicts,
        printed=sum(truth.kind == "number" for truth in sample.truth.values()),
        error=error,
        examples=tuple(describe(job, sample, code, verdict, read) for code, verdict in trouble[:keep]),
        page=compare_pandas(sample) if job.layout == "html" else Counter(),
    )


def frame_rows(page: str) -> list[list[str]]:
    """Return the folded cells of all rows of all frames that pandas finds, missing ones left out."""
    import pandas as pd

    frames = pd.read_html(io.StringIO(page))
    filled = [frame.astype(object).where(frame.notna(), "") for frame in frames]
    rows = [row for frame in filled for row in frame.to_numpy().tolist()]
    return [[fold(cell) for cell in row if fold(cell)] for row in rows]


def compare_pandas(sample: Sample) -> Counter[str]:
    """Count the printed rows that pandas.read_html holds, and pages that it holds whole or fails on."""
    truth = list(truth_rows(sample))
    counts = Counter(pages=1, rows=len(truth))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = frame_rows(sample.data.decode(sample.encoding).removeprefix("\ufeff"))
    except Exception as error:  # whatever it raises, the page is not read
        return counts + Counter({"raised": 1, f"raised {type(error).__name__}": 1})
    held = sum(any(holds(row, label, printed) for row in rows) for label, printed in truth)
    return counts + Counter(held=held, whole=int(held == len(truth)))


def plan(reports: int, seed: int, layout: str | None) -> list[Job]:
    """Deal the reports over layouts, generations, and clean and noisy documents."""
    layouts = [layout] if layout else list(LAYOUTS)
    jobs = []
    for index in range(reports):
        turn, place = divmod(index, len(layouts))
        jobs.append(Job(seed * SEED_STEP + index, GENERATIONS[turn // 2 % 2], layouts[place], bool(turn % 2)))
    return jobs


def run(jobs: list[Job], keep: int) -> list[Score]:
    """Score all jobs on two processes, in order."""
    with ProcessPoolExecutor(max_workers=2) as pool:
        return list(pool.map(functools.partial(score, keep=keep), jobs, chunksize=16))
