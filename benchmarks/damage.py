"""Feed the reader reports with one realistic damage each, and judge what it makes of every cell.

In: a number of reports, a seed. Out: cells by kind of damage and by layout, and totals. Exit status 1 if a
number outside the class below is silently wrong or wrongly inferred. Next: who mends the reader.

The truth is what the undamaged report says, wherever the damaged print still shows it. A verdict on a cell:
right           the true number, reported; or reported by a reader who saw through the damage
inferred right  the true number, inferred
unknown         no number; where a digit stands in the cell's place it is unreadable, or a finding names it
flagged         another number, or one whose place is lost or contended, and a finding names the row or table
silent          the same without such a finding; or a digit stands in its place, and the reader says without
                a finding that nothing is printed
wrong inferred  another number than the true one, inferred, with or without a finding
unseen          what is printed in its place, plainly, is another number, and nothing in the print can show it
A number is lost when its place is gone from the print, contended when it is printed twice with different
numbers: then also the true number needs a finding. A cell with an odd spelling, in another unit, or moved
under another column still has its true number, for a print shows the oddity. *Keeps every sum* are tables of
requests and disputes with another number in at least one place, where every place shows a plain count and all
identities hold: this is computed from the print, case by case. *Keeps them by blanks* are those where some
places are empty, and all identities hold once these are filled; they have a total of their own, and count for
the exit status, since such a print shows its gaps. The table disclosure has no identity, so a plain number
there is unseen, too, and has its own total. Findings that compare a table with the prose do not
count: the prose of these reports is drawn by chance.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from damaged import BUCKETS, FORMATS, KINDS, VERDICTS, Flagged, judge_cells, make_damaged
from govtables.pipeline import read_bytes
from govtables.records import Finding
from scoring import SEED_STEP, by_code, print_aligned
from synthetic import LAYOUTS

REPORTS = 2000
STRICT = (BUCKETS[0], BUCKETS[3])
BAD = ("wrong inferred", "silent")
AT_LARGE = "contradiction"  # without cells it says to compare the whole table with its source
BY_CHANCE = "statement"  # findings that compare with the prose


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make: the arguments of `make_damaged`."""

    seed: int
    kind: str
    layout: str
    generation: str


@dataclass(frozen=True, slots=True)
class Score:
    """What came out of one document: cells by where they count and verdict, and the worst of them."""

    job: Job
    verdicts: Counter[tuple[str, str]]
    worst: tuple[str, ...]
    size: int
    error: str | None


def flagged_rows(findings: Iterable[Finding]) -> Flagged:
    """Return the rows and whole tables that findings name."""
    named: Flagged = set()
    for finding in findings:
        if finding.kind == BY_CHANCE or finding.table is None:
            continue
        rows: set[str | None] = {code.split(".", 1)[1].rpartition(".")[0] for code in finding.cells}
        if not rows:
            rows = {finding.row, None} if finding.kind == AT_LARGE else {finding.row}
        elif finding.row:
            rows.add(finding.row)
        named |= {(finding.table, row) for row in rows}
    return named


def score(job: Job) -> Score:
    """Make a document, read it and judge it."""
    made = make_damaged(job.seed, job.kind, job.layout, job.generation)
    try:
        result = read_bytes(made.data, made.name)
    except Exception as problem:  # a document never raises: it is counted
        raised = f"raised {type(problem).__name__}: {problem}"
        return Score(job, Counter({(BUCKETS[0], "silent"): 1}), (raised,), len(made.data), raised)
    read, _ = by_code(result.cells)
    refused = {(table, None) for table in ("disclosure", "requests", "disputes") if result.error}
    judged = list(judge_cells(made.cells, read, flagged_rows(result.findings) | refused, job.generation))
    bad = sorted(
        (BAD.index(verdict), bucket not in STRICT, code) for code, bucket, verdict in judged if verdict in BAD
    )
    worst = tuple(
        f"{BAD[order]:14} {'/'.join(code)}: {made.cells.get(code)} read {read.get(code)}"
        for order, _, code in bad
    )
    counts = Counter((bucket, verdict) for _, bucket, verdict in judged)
    return Score(job, counts, worst[:3], len(made.data), result.error)


def plan(reports: int, seed: int, kinds: list[str], layouts: list[str]) -> list[Job]:
    """Deal the reports over the kinds, each over its layouts, and over the generations."""
    fitting = {kind: [one for one in layouts if one in KINDS[kind].layouts] for kind in kinds}
    kinds = [kind for kind in kinds if fitting[kind]]
    jobs = []
    for index in range(reports if kinds else 0):
        turn, place = divmod(index, len(kinds))
        kind = kinds[place]
        layout = fitting[kind][(turn + place) % len(fitting[kind])]
        generation = KINDS[kind].generations[turn % 4 == 3 and len(KINDS[kind].generations) > 1]
        jobs.append(Job(seed * SEED_STEP + index, kind, layout, generation))
    return jobs


def run(jobs: list[Job]) -> list[Score]:
    """Score all jobs on two processes, in order."""
    with ProcessPoolExecutor(max_workers=2) as pool:
        return list(pool.map(score, jobs, chunksize=16))


# ----------------------------------------------------------------------------------------
# What is printed


def count(scores: Iterable[Score], bucket: str | None = None) -> Counter[str]:
    """Count the verdicts, of one bucket or of all."""
    counts: Counter[str] = Counter()
    for item in scores:
        for (where, verdict), cells in item.verdicts.items():
            counts[verdict] += cells if bucket in (None, where) else 0
    return counts


def print_groups(scores: list[Score], name: str, group: Callable[[Score], str]) -> None:
    """Print a line for each group of reports, the worst first."""
    groups: dict[str, list[Score]] = {}
    for item in scores:
        groups.setdefault(group(item), []).append(item)
    counts = {key: count(found) for key, found in groups.items()}
    bad = {key: sum(is_bad(item) for item in found) for key, found in groups.items()}
    lines = [
        [key, str(len(groups[key])), *(str(counts[key][verdict]) for verdict in VERDICTS), str(bad[key])]
        for key in sorted(groups, key=lambda key: (-bad[key], -sum(counts[key][one] for one in BAD), key))
    ]
    print_aligned([name, "reports", *VERDICTS, "bad reports"], lines, "<>")


def is_bad(item: Score) -> bool:
    """Tell whether a report breaks the promise: silent or wrongly inferred cells where sums could show it."""
    return any(item.verdicts[bucket, verdict] for bucket in STRICT for verdict in BAD)


def print_totals(scores: list[Score]) -> None:
    """Print the totals by where a cell counts."""
    lines = []
    for bucket in BUCKETS:
        counts = count(scores, bucket)
        touched = sum(any(where == bucket for where, _ in item.verdicts) for item in scores)
        bad = sum(any(item.verdicts[bucket, verdict] for verdict in BAD) for item in scores)
        lines.append([bucket, str(touched), *(str(counts[verdict]) for verdict in VERDICTS), str(bad)])
    print_aligned(["cells of", "reports", *VERDICTS, "bad reports"], lines, "<>")


def rank(scores: list[Score]) -> list[Score]:
    """Return the reports with bad cells: those that break the promise first, the shortest first."""
    found = [item for item in scores if item.worst]
    return sorted(found, key=lambda item: (not is_bad(item), item.size))


def show(scores: list[Score], limit: int) -> None:
    """Print the worst cases with the calls that make them again."""
    for item in rank(scores)[:limit]:
        job = item.job
        print(
            f"make_damaged({job.seed}, {job.kind!r}, {job.layout!r}, {job.generation!r})",
            *item.worst,
            sep="\n    ",
        )


def write(scores: list[Score], folder: Path, limit: int) -> None:
    """Write the worst documents."""
    folder.mkdir(parents=True, exist_ok=True)
    for item in rank(scores)[:limit]:
        made = make_damaged(item.job.seed, item.job.kind, item.job.layout, item.job.generation)
        (folder / made.name).write_bytes(made.data)


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Judge the reader on reports with one realistic damage each."
    )
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--seed", type=int, default=1, help="another seed, other reports")
    parser.add_argument(
        "--kind", choices=list(KINDS), nargs="+", metavar="K", help="these damages only; --kinds lists them"
    )
    parser.add_argument("--kinds", action="store_true", help="list the damages and stop")
    parser.add_argument(
        "--layout", choices=[*LAYOUTS, *FORMATS], metavar="L", help="one layout or format only"
    )
    parser.add_argument("--formats", action="store_true", help="workbooks, word processing and PDF as well")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the N worst cases")
    parser.add_argument(
        "--write", type=Path, metavar="FOLDER", help="write the documents that are shown, or 20"
    )
    return parser.parse_args()


def main() -> int:
    """Run the benchmark and return its exit status."""
    arguments = parse_arguments()
    if arguments.kinds:
        print_aligned(["kind", "damage"], [[one.name, one.sentence] for one in KINDS.values()], "<")
        return 0
    layouts = [arguments.layout] if arguments.layout else [*LAYOUTS, *(FORMATS if arguments.formats else ())]
    scores = run(plan(arguments.reports, arguments.seed, arguments.kind or list(KINDS), layouts))
    print_groups(scores, "kind", lambda item: item.job.kind)
    print_groups(scores, "layout", lambda item: item.job.layout)
    print_totals(scores)
    show(scores, arguments.show)
    if arguments.write:
        write(scores, arguments.write, arguments.show or 20)
    return int(any(is_bad(item) for item in scores))


if __name__ == "__main__":
    sys.exit(main())
