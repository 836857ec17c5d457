"""Score the reader on synthetic reports, and pandas.read_html on the same pages.

In: `synthetic.make_report`, or `relay` for the formats but text and HTML (`--format`). Out: aligned tables of
right, missing, flagged and silently wrong cells by layout and by noise. Exit status 1 if a cell is silently
wrong or a bar is missed. `--show N` prints cells to reproduce.
"""

from __future__ import annotations

import argparse
import functools
import io
import sys
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from scoring import (
    SEED_STEP, VERDICTS, Read, fold, holds, judge_report, print_aligned, read_cells, share, truth_rows,
)
from synthetic import GENERATIONS, LAYOUTS, MOST_NOISES, NOISES, Code, Sample, make_report

BAR_CLEAN = 0.999  # right cells of each layout without noise
BAR_NOISY = 0.99  # right cells of all layouts with noise
REPORTS = 2000
FORMATS = {
    "docx": 200,
    "xlsx": 200,
    "pdf": 200,
    "scan": 24,
    "scan150": 8,
    "scan300": 8,
}  # number of reports, half of them with noise
FORMATS |= dict.fromkeys(("doc", "rtf", "odt", "xls", "ods"), 40)  # these need LibreOffice


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


# ----------------------------------------------------------------------------------------
# pandas.read_html on the same pages


def frame_rows(page: str) -> list[list[str]]:
    """Return the folded cells of all rows of all frames that pandas finds, missing ones left out."""
    import pandas as pd

    frames = pd.read_html(io.StringIO(page))
    rows = [
        row for frame in frames for row in frame.astype(object).where(frame.notna(), "").to_numpy().tolist()
    ]
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


# ----------------------------------------------------------------------------------------
# Many reports


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


def summarize(names: tuple[str, ...], scores: list[Score]) -> list[str]:
    """Write one line of a result table."""
    counts = sum((item.verdicts for item in scores), Counter())
    cells = counts.total()
    shares = [share(counts[verdict], cells) for verdict in VERDICTS[:-1]]
    errors = sum(item.error is not None for item in scores)
    printed = sum(item.printed for item in scores)
    return [*names, str(len(scores)), str(errors), str(cells), str(printed), *shares, str(counts["wrong"])]


def right_share(scores: list[Score]) -> float:
    """Return the share of cells that are right."""
    counts = sum((item.verdicts for item in scores), Counter())
    return counts["right"] / counts.total() if counts else 1.0


COUNTS = [
    "reports", "errors", "cells", "printed", "right %", "missing %", "flagged %", "other %",
    "silently wrong",
]


def print_layouts(scores: list[Score]) -> None:
    """Print the score of each layout, clean and noisy, and the totals."""
    rows = []
    for layout in (*LAYOUTS, "all"):
        for noise, name in ((False, "no"), (True, "yes")):
            chosen = [
                item for item in scores if item.job.noise == noise and layout in (item.job.layout, "all")
            ]
            rows += [summarize((layout, name), chosen)] if chosen else []
    print_aligned(["layout", "noise", *COUNTS], rows, "<<>")


def print_noises(scores: list[Score]) -> None:
    """Print the score of the documents that have each noise."""
    noisy = [(noise, [item for item in scores if noise.name in item.noises]) for noise in NOISES]
    rows = [summarize((noise.name, f"{noise.rate:.3f}"), chosen) for noise, chosen in noisy if chosen]
    print(f"Noise: each is drawn with its rate, a document keeps at most {MOST_NOISES}")
    print_aligned(["noise", "rate", *COUNTS], rows, "<>")


def print_pandas(scores: list[Score]) -> None:
    """Print what pandas.read_html gets from the pages that this run made."""
    rows = []
    for noise, name in ((False, "no"), (True, "yes")):
        counts = sum((item.page for item in scores if item.job.noise == noise), Counter())
        shares = [share(counts["held"], counts["rows"]), share(counts["whole"], counts["pages"])]
        rows += (
            [[name, str(counts["pages"]), *shares, share(counts["raised"], counts["pages"])]]
            if counts["pages"]
            else []
        )
    if rows:
        print(
            "pandas.read_html on the same pages, decoded for it: printed rows that a frame holds under "
            "their label"
        )
        print_aligned(["noise", "pages", "rows held %", "whole pages %", "pages that raise %"], rows, "<>")


def print_examples(scores: list[Score], limit: int) -> None:
    """Print examples of trouble, the silently wrong ones first, and the errors."""
    examples = [example for item in scores for example in item.examples]
    examples.sort(key=lambda example: not example.startswith("wrong"))
    errors = [f"error    {item.job}: {item.error}" for item in scores if item.error is not None]
    print("\n".join([*examples[:limit], *errors[:limit]]))


def find_misses(scores: list[Score]) -> list[str]:
    """Say which promises and bars this run breaks."""
    wrong = sum(item.verdicts["wrong"] for item in scores)
    misses = [f"{wrong} cells are silently wrong"] if wrong else []
    for layout in LAYOUTS:
        clean = [item for item in scores if item.job.layout == layout and not item.job.noise]
        if clean and right_share(clean) < BAR_CLEAN:
            misses.append(
                f"{layout} without noise: {right_share(clean):.4%} right, the bar is {BAR_CLEAN:.1%}"
            )
    noisy = [item for item in scores if item.job.noise]
    if noisy and right_share(noisy) < BAR_NOISY:
        misses.append(f"with noise: {right_share(noisy):.4%} right, the bar is {BAR_NOISY:.1%}")
    return misses


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Score the reader on synthetic reports with known truth.")
    parser.add_argument(
        "--format",
        choices=list(FORMATS),
        nargs="+",
        default=[],
        help="score these instead of text and HTML; scans at 200 dpi",
    )
    parser.add_argument(
        "--reports",
        type=int,
        help=f"number of reports, half of them with noise; by default {REPORTS}, of a format fewer",
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed, other reports")
    parser.add_argument("--layout", choices=list(LAYOUTS), help="one layout only")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N cells that are not right")
    return parser.parse_args()


def main() -> int:
    """Run the benchmark and return its exit status."""
    arguments = parse_arguments()
    misses = print_formats(arguments) if arguments.format else print_texts(arguments)
    print("\n".join(misses) or "All bars are met.")
    return 1 if misses else 0


def print_formats(arguments: argparse.Namespace) -> list[str]:
    """Score formats by what is only needed for them, and return the bars that they miss."""
    from relay.score import print_scores

    return [
        miss
        for kind in arguments.format
        for miss in print_scores(kind, arguments.reports or FORMATS[kind], arguments.seed, arguments.show)
    ]


def print_texts(arguments: argparse.Namespace) -> list[str]:
    """Score the layouts of text and HTML, and return the bars that they miss."""
    scores = run(
        plan(arguments.reports or REPORTS, arguments.seed, arguments.layout), keep=3 if arguments.show else 0
    )
    print_layouts(scores)
    print_noises(scores)
    print_pandas(scores)
    if arguments.show:
        print_examples(scores, arguments.show)
    return find_misses(scores)


if __name__ == "__main__":
    sys.exit(main())
