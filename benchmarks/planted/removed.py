"""Table (b): numbers taken out.

In: a number of reports, a seed. Out: a table on standard output, and the bars missed. Next: `errors.py`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from govtables.records import CellRow
from planted.judging import audit, spread
from planted.oracle import oracle, whole_oracle
from planted.trials import Trial, remove
from scoring import print_aligned, share
from synthetic import Code

SHARES = (0.02, 0.05, 0.10, 0.20, 0.40)
REMOVED_HEADER = [
    "removed", "reports", "cells", "determined %", "inferred right %", "inferred wrong",
    "left though determined",
]
REMOVED_HEADER += ["other bounds", "other whole bounds", "median s", "99 % s"]


@dataclass(frozen=True, slots=True)
class Filled:
    """How the cells without a number of one report were told; the oracle says what could be."""

    trial: Trial
    counts: Counter[str]
    seconds: float


def run_removed(reports: int, seed: int, show: int) -> list[str]:
    """Print the table of removed numbers; return the bars missed."""
    print(
        f"(b) Numbers taken out of true reports, {reports} of each style, all of them put to the "
        "oracle (2 programs a cell)."
    )
    print("Determined: the identities leave one number. Cells are those of tables B and C. Whole bounds: of")
    print("one cell a report, by a program over whole numbers alone.")
    rows, results = [], []
    for style, name in [
        *((s, f"{s:.0%}") for s in SHARES), ("zeros", "all zeros"), ("leaves", "zeros, totals printed"),
    ]:
        scored = [score_removed(remove(f"{name} {seed} {at}", seed, style)) for at in range(reports)]
        rows.append(
            [
                name, str(reports), *summarize_filled([r.counts for r in scored]),
                *spread([r.seconds for r in scored]),
            ]
        )
        results += scored
    print_aligned(REMOVED_HEADER, rows, "<>")
    for what in ("wrong", "left", "bounds"):
        for result in [r for r in results if r.counts[what]][:show]:
            print(f"{what:8} {result.counts[what]} cells: {result.trial.describe()}")
    total = sum((r.counts for r in results), Counter())
    words = {
        "wrong": "cells are inferred wrong",
        "left": "determined cells are not inferred",
        "bounds": "bounds are not exact",
        "whole": "bounds are not those of whole numbers",
    }
    return [f"removed: {total[what]} {said}" for what, said in words.items() if total[what]]


def summarize_filled(counts: Iterable[Counter[str]]) -> list[str]:
    """Write a line of the table of removed numbers."""
    total = sum(counts, Counter())
    shares = [share(total["determined"], total["cells"]), share(total["right"], total["cells"])]
    counts = [str(total[what]) for what in ("wrong", "left", "bounds", "whole")]
    return [str(total["cells"]), *shares, *counts]


def score_removed(trial: Trial) -> Filled:
    """Audit a true report with numbers taken out, and compare each of them with the oracle."""
    proof, seconds = audit(trial.cells())
    solver = oracle(trial.generation)
    solver.know(trial.known())
    told = {cell[:3]: cell for cell in proof.cells if cell.status == "inferred"}
    published = {bound[:3]: bound[3:] for bound in proof.bounds}
    counts = Counter(wrong=len(told.keys() - trial.removed.keys()))
    for code in trial.removed:
        inferred = told[code].value if code in told else None
        counts["wrong"] += inferred not in (None, trial.truth[code])
        if code in solver.place:
            low, high = solver.bounds(code)
            counts += Counter(cells=1, determined=low == high, right=inferred == trial.truth[code])
            counts += Counter(left=low == high and inferred is None)
            counts += Counter(
                bounds=low < high and published.get(code) != (low, None if high == inf else high)
            )
    counts["whole"] = not _is_whole(trial, told, published)
    return Filled(trial, counts, seconds)


def _is_whole(trial: Trial, told: dict[Code, CellRow], published: dict[Code, tuple]) -> bool:
    """Tell whether what is said of one removed cell is what whole numbers leave of it."""
    solver = whole_oracle(trial.generation)
    codes = [code for code in trial.removed if code in solver.place]
    if not codes:
        return True
    code = random.Random(trial.name).choice(codes)
    solver.know(trial.known())
    low, high = solver.bounds(code)
    value = told[code].value if code in told else None
    said = (value, value) if value is not None else published.get(code)
    return said == (low, None if high == inf else high)
