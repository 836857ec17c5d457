"""Score the reader on synthetic reports, and pandas.read_html on the same pages.

In: `text_scores`, or `relay` for the formats but text and HTML (`--format`). Out: aligned tables of right,
missing, flagged and silently wrong cells by layout and by noise. Exit status 1 if a cell is silently wrong or
a bar is missed. `--show N` prints cells to reproduce.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from govtables.declared import declared
from govtables.pipeline import read_bytes
from govtables.records import Finding
from scoring import VERDICTS, print_aligned, share
from synthetic import LAYOUTS, MOST_NOISES, NOISES, make_report
from text_scores import Job, Score, plan, run

BAR_CLEAN = 0.999  # right cells of each layout without noise
BAR_NOISY = 0.99  # right cells of all layouts with noise
REPORTS = 2000
# number of reports, half of them with noise; the last ones need LibreOffice
FORMATS = {"docx": 200, "xlsx": 200, "pdf": 200, "ofd": 200, "scan": 24, "scan150": 8, "scan300": 8}
FORMATS |= dict.fromkeys(("doc", "rtf", "odt", "xls", "ods", "fodt", "fods"), 40)
COUNTS = ["reports", "errors", "cells", "printed", "right %", "missing %", "flagged %", "other %"]
COUNTS += ["silently wrong"]


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


def print_layouts(scores: list[Score]) -> None:
    """Print the score of each layout, clean and noisy, and the totals."""
    rows = []
    for layout in (*LAYOUTS, "all"):
        for noise, name in ((False, "no"), (True, "yes")):
            some = [item for item in scores if layout in (item.job.layout, "all")]
            chosen = [item for item in some if item.job.noise == noise]
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
        line = [name, str(counts["pages"]), *shares, share(counts["raised"], counts["pages"])]
        rows += [line] if counts["pages"] else []
    if rows:
        print("pandas.read_html on the same pages, decoded for it:", end=" ")
        print("printed rows that a frame holds under their label")
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
            right = f"{right_share(clean):.4%} right"
            misses.append(f"{layout} without noise: {right}, the bar is {BAR_CLEAN:.1%}")
    noisy = [item for item in scores if item.job.noise]
    if noisy and right_share(noisy) < BAR_NOISY:
        misses.append(f"with noise: {right_share(noisy):.4%} right, the bar is {BAR_NOISY:.1%}")
    return misses


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Score the reader on synthetic reports with known truth.")
    about = "score these instead of text and HTML; scans at 200 dpi"
    parser.add_argument("--format", choices=list(FORMATS), nargs="+", default=[], help=about)
    about = f"number of reports, half of them with noise; by default {REPORTS}, of a format fewer"
    parser.add_argument("--reports", type=int, help=about)
    parser.add_argument("--seed", type=int, default=1, help="another seed, other reports")
    parser.add_argument("--layout", choices=list(LAYOUTS), help="one layout only")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N cells that are not right")
    about = "count the findings above a note in reports without noise instead; those on prose do not count"
    parser.add_argument("--alarms", action="store_true", help=about)
    return parser.parse_args()


def main() -> int:
    """Run the benchmark and return its exit status."""
    arguments = parse_arguments()
    score = print_alarms if arguments.alarms else print_formats if arguments.format else print_texts
    misses = score(arguments)
    print("\n".join(misses) or "All bars are met.")
    return 1 if misses else 0


def print_formats(arguments: argparse.Namespace) -> list[str]:
    """Score formats by what is only needed for them, and return the bars that they miss."""
    from relay.score import print_scores

    misses: list[str] = []
    for kind in arguments.format:
        misses += print_scores(kind, arguments.reports or FORMATS[kind], arguments.seed, arguments.show)
    return misses


def print_alarms(arguments: argparse.Namespace) -> list[str]:
    """Print the false alarms in reports whose tables are as the form has them; say if there are any."""
    jobs = plan(arguments.reports or REPORTS, arguments.seed, arguments.layout)
    jobs = [replace(job, noise=False) for job in jobs]
    with ProcessPoolExecutor(max_workers=2) as pool:
        found = list(pool.map(find_alarms, jobs, chunksize=16))
    kinds = Counter(finding.kind for alarms in found for finding in alarms)
    print_aligned(["kind", "findings"], [[kind, str(count)] for kind, count in kinds.most_common()], "<>")
    alarmed = [(job, alarms[0]) for job, alarms in zip(jobs, found, strict=True) if alarms]
    print(*(f"{job}: {finding.message}" for job, finding in alarmed[: arguments.show]), sep="\n")
    return [f"{len(alarmed)} of {len(jobs)} reports raise a false alarm"] if alarmed else []


def find_alarms(job: Job) -> list[Finding]:
    """Read a report as it should be, and return the findings that are more than notes."""
    sample = make_report(job.seed, job.generation, job.layout, job.noise)
    notes = {line["kind"] for line in declared("proof", "findings") if line["severity"] == "note"}
    found = read_bytes(sample.data, sample.name).findings
    return [finding for finding in found if finding.kind not in notes | {"statement"}]


def print_texts(arguments: argparse.Namespace) -> list[str]:
    """Score the layouts of text and HTML, and return the bars that they miss."""
    jobs = plan(arguments.reports or REPORTS, arguments.seed, arguments.layout)
    scores = run(jobs, keep=3 if arguments.show else 0)
    print_layouts(scores)
    print_noises(scores)
    print_pandas(scores)
    if arguments.show:
        print_examples(scores, arguments.show)
    return find_misses(scores)


if __name__ == "__main__":
    sys.exit(main())
