"""Score the reader on synthetic reports, and pandas.read_html on the same pages.

In: `synthetic.make_report`, or `relay` for the formats but text and HTML (`--format`). Out: aligned tables of right, missing, flagged and
silently wrong cells by layout and by noise. Exit status 1 if a cell is silently wrong or a bar is missed. `--show N` prints cells to reproduce.
"""

from __future__ import annotations

import argparse
import functools
import io
import math
import sys
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from synthetic import GENERATIONS, LAYOUTS, MOST_NOISES, NOISES, Code, Printed, Sample, make_report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the package need not be installed

BAR_CLEAN = 0.999  # right cells of each layout without noise
BAR_NOISY = 0.99  # right cells of all layouts with noise
SEED_STEP = 1_000_000  # reports of different --seed never share a seed
REPORTS = 2000
FORMATS = {"docx": 200, "xlsx": 200, "pdf": 200, "scan": 24, "scan150": 8, "scan300": 8}  # number of reports, half of them with noise
FORMATS |= dict.fromkeys(("doc", "rtf", "odt", "xls", "ods"), 40)  # these need LibreOffice
VERDICTS = ("right", "missing", "flagged", "other", "wrong")

Read = dict[Code, tuple[float | None, str]]


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


# ---------------------------------------------------------------------------------------------------------------------------
# One cell


def same(value: float | None, figure: float | None) -> bool:
    """Tell whether two numbers are equal up to rounding in the last bits."""
    return value is not None and figure is not None and math.isclose(value, figure, rel_tol=1e-9, abs_tol=1e-9)


def judge_number(truth: Printed, value: float, status: str) -> str:
    """Judge a cell for which the reader gives a number."""
    if status == "reported":
        return "right" if truth.kind == "number" and same(value, truth.value) else "wrong"
    if status == "inferred" and same(value, truth.figure):
        return "flagged" if truth.kind == "number" else "right"
    return "wrong"


def judge(truth: Printed, value: float | None, status: str, invisible: bool) -> str:
    """Judge one cell; `invisible` says that the layout prints nothing for a blank.

    `other` is a cell without a number that the reader says is another kind of cell without a number.
    """
    if value is not None:
        return judge_number(truth, value, status)
    if truth.kind == "number":
        return "missing" if status in {"absent", "blank"} else "flagged"
    if truth.kind in {"lost", "absent"} or status == truth.kind or (invisible and truth.kind == "blank"):
        return "right"
    return "other"


# ---------------------------------------------------------------------------------------------------------------------------
# One report


def read_cells(sample: Sample) -> tuple[Read, int, str | None]:
    """Read a sample; return its cells by code, the number of numbers given twice, and the error."""
    from govtables.pipeline import read_bytes

    try:
        result = read_bytes(sample.data, sample.name)
    except Exception as error:  # a document never raises: the benchmark counts it and goes on
        return {}, 0, f"raised {type(error).__name__}: {error}"
    cells = [cell for cell in result.cells if not any(code.startswith("extra.") for code in cell[:3])]
    read = {tuple(cell[:3]): (number(cell[3]), str(cell[4])) for cell in cells}
    return read, len(cells) - len(read), result.error


def number(value: float | None) -> float | None:
    """Read a missing number in either of its spellings as None."""
    return None if value is None or math.isnan(value) else float(value)


def judge_report(sample: Sample, read: Read) -> Iterator[tuple[Code, str]]:
    """Judge every statutory cell, and every number under a code that the form of this report does not have."""
    for code, truth in sample.truth.items():
        value, status = read.get(code, (None, "absent"))
        yield code, judge(truth, value, status, code[0] in sample.invisible)
    for code, (value, _) in read.items():
        if code not in sample.truth and value is not None:
            yield code, "wrong"


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


# ---------------------------------------------------------------------------------------------------------------------------
# pandas.read_html on the same pages


def fold(text: object) -> str:
    """Fold width and drop blanks, so that only words and digits are compared."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def to_number(text: str) -> float | str:
    """Read a cell of a frame as a number where it plainly is one."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text


def truth_rows(sample: Sample) -> Iterator[tuple[str | None, list[float | str]]]:
    """Yield each printed row of the form: its label (none in table C) and its printed cells in order, without blanks."""
    rows = groupby(sample.truth.items(), key=lambda item: "disputes" if item[0][0] == "disputes" else item[0][:2])
    for row, cells in rows:
        printed = [to_number(fold(truth.raw)) for _, truth in cells if truth.raw]
        if printed:
            yield (None if row == "disputes" else fold(sample.labels.get(row, ""))), printed


def frame_rows(page: str) -> list[list[str]]:
    """Return the folded cells of all rows of all frames that pandas finds, missing ones left out."""
    import pandas as pd

    frames = pd.read_html(io.StringIO(page))
    rows = [row for frame in frames for row in frame.astype(object).where(frame.notna(), "").to_numpy().tolist()]
    return [[fold(cell) for cell in row if fold(cell)] for row in rows]


def without_repeats(cells: Iterable[object]) -> list[object]:
    """Collapse runs of equal cells: pandas repeats a spanned cell, and that is no error here."""
    return [cell for cell, _ in groupby(cells)]


def holds(row: list[str], label: str | None, printed: list[float | str]) -> bool:
    """Tell whether a frame's row holds exactly the printed cells in order behind the label."""
    if label is None:
        cells = row
    elif label in row:
        cells = row[len(row) - row[::-1].index(label) :]
    else:
        return False
    return len(cells) >= len(printed) and without_repeats(map(to_number, cells)) == without_repeats(printed)


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


# ---------------------------------------------------------------------------------------------------------------------------
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


def share(part: int, whole: int) -> str:
    """Write a percentage."""
    return f"{100 * part / whole:.2f}" if whole else "-"


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


def print_aligned(header: list[str], rows: list[list[str]], words: int) -> None:
    """Print rows in columns; the first `words` columns to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    for row in (header, *rows):
        left = [text.ljust(width) for text, width in zip(row[:words], widths, strict=False)]
        right = [text.rjust(width) for text, width in zip(row[words:], widths[words:], strict=True)]
        print("  ".join((*left, *right)))
    print()


COUNTS = ["reports", "errors", "cells", "printed", "right %", "missing %", "flagged %", "other %", "silently wrong"]


def print_layouts(scores: list[Score]) -> None:
    """Print the score of each layout, clean and noisy, and the totals."""
    rows = []
    for layout in (*LAYOUTS, "all"):
        for noise, name in ((False, "no"), (True, "yes")):
            chosen = [item for item in scores if item.job.noise == noise and layout in (item.job.layout, "all")]
            rows += [summarize((layout, name), chosen)] if chosen else []
    print_aligned(["layout", "noise", *COUNTS], rows, 2)


def print_noises(scores: list[Score]) -> None:
    """Print the score of the documents that have each noise."""
    noisy = [(noise, [item for item in scores if noise.name in item.noises]) for noise in NOISES]
    rows = [summarize((noise.name, f"{noise.rate:.3f}"), chosen) for noise, chosen in noisy if chosen]
    print(f"Noise: each is drawn with its rate, a document keeps at most {MOST_NOISES}")
    print_aligned(["noise", "rate", *COUNTS], rows, 1)


def print_pandas(scores: list[Score]) -> None:
    """Print what pandas.read_html gets from the pages that this run made."""
    rows = []
    for noise, name in ((False, "no"), (True, "yes")):
        counts = sum((item.page for item in scores if item.job.noise == noise), Counter())
        shares = [share(counts["held"], counts["rows"]), share(counts["whole"], counts["pages"])]
        rows += [[name, str(counts["pages"]), *shares, share(counts["raised"], counts["pages"])]] if counts["pages"] else []
    if rows:
        print("pandas.read_html on the same pages, decoded for it: printed rows that a frame holds under their label")
        print_aligned(["noise", "pages", "rows held %", "whole pages %", "pages that raise %"], rows, 1)


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
            misses.append(f"{layout} without noise: {right_share(clean):.4%} right, the bar is {BAR_CLEAN:.1%}")
    noisy = [item for item in scores if item.job.noise]
    if noisy and right_share(noisy) < BAR_NOISY:
        misses.append(f"with noise: {right_share(noisy):.4%} right, the bar is {BAR_NOISY:.1%}")
    return misses


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Score the reader on synthetic reports with known truth.")
    parser.add_argument("--format", choices=list(FORMATS), nargs="+", default=[], help="score these instead of text and HTML; scans at 200 dpi")
    parser.add_argument("--reports", type=int, help=f"number of reports, half of them with noise; by default {REPORTS}, of a format fewer")
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
        miss for kind in arguments.format for miss in print_scores(kind, arguments.reports or FORMATS[kind], arguments.seed, arguments.show)
    ]


def print_texts(arguments: argparse.Namespace) -> list[str]:
    """Score the layouts of text and HTML, and return the bars that they miss."""
    scores = run(plan(arguments.reports or REPORTS, arguments.seed, arguments.layout), keep=3 if arguments.show else 0)
    print_layouts(scores)
    print_noises(scores)
    print_pandas(scores)
    if arguments.show:
        print_examples(scores, arguments.show)
    return find_misses(scores)


if __name__ == "__main__":
    sys.exit(main())
