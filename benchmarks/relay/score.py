"""Score the readers of Word documents and workbooks on made reports, with plain readers of the same files beside them.

In: formats, a number of documents, a seed. Out: a table of right, missing, flagged and silently wrong cells for each format, rows that
the plain reader holds, and documents a second. Exit status 1 if a cell is silently wrong or a bar is missed.
"""

from __future__ import annotations

import argparse
import functools
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[level]) for level in (1, 2)]  # benchmarks, and the package if not installed

from accuracy import (  # noqa: E402
    GENERATIONS,
    SEED_STEP,
    VERDICTS,
    Read,
    fold,
    holds,
    judge_report,
    number,
    print_aligned,
    share,
    truth_rows,
)
from relay.pages import count_pages, make_pages, read_with_pdfplumber  # noqa: E402
from relay.saved import NAMES, SHEETS, make_saved  # noqa: E402
from relay.sheets import make_xlsx, read_with_pandas  # noqa: E402
from relay.words import make_words, read_with_python_docx  # noqa: E402
from synthetic import Sample  # noqa: E402

BAR_CLEAN, BAR_NOISY = 0.999, 0.99  # right cells of those that print a number
MAKERS: dict[str, tuple[Callable[[int, str, bool], Sample], str, Callable[[bytes], list[list[str]]]]] = {
    "docx": (make_words, "python-docx", read_with_python_docx),
    "xlsx": (make_xlsx, "pandas.read_excel", read_with_pandas),
    "pdf": (make_pages, "pdfplumber", read_with_pdfplumber),
}
USUAL = tuple(MAKERS)
for _kind in NAMES:
    MAKERS[_kind] = (functools.partial(make_saved, _kind), *(MAKERS["xlsx"] if _kind in SHEETS else MAKERS["docx"])[1:])


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
    printed: Counter[str]  # of the cells that print a number
    error: str | None
    plain: Counter[str]
    seconds: tuple[float, float]
    pages: int
    examples: tuple[str, ...]


def read_file(data: bytes, name: str) -> tuple[Read, int, str | None, tuple[float, float]]:
    """Read a document; its cells, how many came twice, the error, seconds of the format and of matching and audit."""
    from govtables import run
    from govtables.documents import open_document
    from govtables.grid import Unreadable

    start = time.process_time()
    try:
        document = open_document(data, name)
    except Unreadable as problem:
        return {}, 0, str(problem), (0.0, 0.0)
    middle = time.process_time()
    run.open_document = lambda data, name: document
    result = run.read_bytes(data, name)
    cells = [cell for cell in result.cells if not any(code.startswith("extra.") for code in cell[:3])]
    read = {tuple(cell[:3]): (number(cell[3]), str(cell[4])) for cell in cells}
    return read, len(cells) - len(read), result.error, (middle - start, time.process_time() - middle)


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
        printed=Counter(verdict for code, verdict in judged if code in sample.truth and sample.truth[code].kind == "number"),
        error=error,
        plain=compare(sample, plain),
        seconds=seconds,
        pages=count_pages(sample.data) if job.kind == "pdf" else 0,
        examples=tuple(f"{v:8} {call} {'/'.join(c)}: {sample.truth.get(c)} read {read.get(c)}" for c, v in judged if v != "right"),
    )


def compare(sample: Sample, plain: Callable[[bytes], list[list[str]]]) -> Counter[str]:
    """Count the printed rows that a plain reader holds under their label, in order."""
    truth = list(truth_rows(sample))
    try:
        rows = [[fold(cell) for cell in row if fold(cell)] for row in plain(sample.data)]
    except Exception as problem:  # whatever it raises, the document is not read
        return Counter({"rows": len(truth), "raised": 1, f"raised {type(problem).__name__}": 1})
    return Counter(rows=len(truth), held=sum(any(holds(row, label, printed) for row in rows) for label, printed in truth))


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
        kind,
        "yes" if noise else "no",
        str(len(scores)),
        str(sum(item.error is not None for item in scores)),
        *(share(printed[verdict], printed.total()) for verdict in VERDICTS[:-2]),
        share(cells["right"], cells.total()),
        str(cells["wrong"]),
        MAKERS[kind][1],
        share(plain["held"], plain["rows"]),
        f"{len(scores) / max(reading, 1e-9):.0f}",
        f"{len(scores) / max(reading + matching, 1e-9):.0f}",
    ]


HEADER = ["format", "noise", "files", "errors", "right %", "missing %", "flagged %", "all right %", "silently wrong", "plain reader"]
HEADER += ["its rows %", "read/s", "with audit/s"]


def find_misses(scores: list[Score]) -> list[str]:
    """Say which bars are missed."""
    misses = []
    for kind, noise in sorted({(item.job.kind, item.job.noise) for item in scores}):
        chosen = [item for item in scores if (item.job.kind, item.job.noise) == (kind, noise)]
        printed = sum((item.printed for item in chosen), Counter())
        wrong = sum(item.verdicts["wrong"] for item in chosen)
        misses += [f"{kind}: {wrong} cells are silently wrong"] if wrong else []
        if printed["right"] < (BAR_NOISY if noise else BAR_CLEAN) * printed.total():
            misses.append(f"{kind} {'with' if noise else 'without'} noise: {printed['right'] / printed.total():.4%} right")
    return misses


def main() -> int:
    """Run the benchmark and return its exit status."""
    parser = argparse.ArgumentParser(description="Score the readers of Word documents, workbooks and PDF on made reports.")
    parser.add_argument("--kind", choices=list(MAKERS), help="one format only; those but docx, xlsx and pdf need LibreOffice")
    parser.add_argument("--reports", type=int, default=200, help="of each format, half of them with noise")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N cells that are not right")
    arguments = parser.parse_args()
    kinds = [arguments.kind] if arguments.kind else list(USUAL)
    jobs = [job for kind in kinds for job in plan(kind, arguments.reports, arguments.seed)]
    with ProcessPoolExecutor(max_workers=2) as pool:
        scores = list(pool.map(score, jobs, chunksize=8))
    pairs = [(kind, noise) for kind in kinds for noise in (False, True)]
    chosen = {pair: [item for item in scores if (item.job.kind, item.job.noise) == pair] for pair in pairs}
    print_aligned(HEADER, [summarize(*pair, some) for pair, some in chosen.items() if some], 2)
    examples = sorted((example for item in scores for example in item.examples), key=lambda one: not one.startswith("wrong"))
    errors = [f"error    {item.job}: {item.error}" for item in scores if item.error]
    print("\n".join([*examples[: arguments.show], *errors[: arguments.show]]))
    if pages := sum(item.pages for item in scores):
        reading, matching = (sum(item.seconds[at] for item in scores if item.pages) for at in (0, 1))
        print(f"{pages} pages of PDF: {pages / reading:.1f} read a second by one core, {pages / (reading + matching):.1f} with audit")
    misses = find_misses(scores)
    print("\n".join(misses) or "All bars are met.")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
