"""Table (c): wrong numbers among those that are left.

In: a number of reports, a seed. Out: a table on standard output, and the bars missed. Next: `errors.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planted.damage import KINDS, Damage
from planted.judging import (
    Result, audit, find_misses, found_trouble, has_rivals, is_missed, judge_part, proposals_of, show_cases,
    summarize_wrong,
)
from planted.oracle import oracle
from planted.sums import part_of
from planted.trials import Trial, make_wrong, remove
from scoring import print_aligned

BOTH_HEADER = [
    "error", "reports", "decidable %", "detected %", "determined %", "unique %", "right %", "beside %",
    "wrong %",
]
BOTH_HEADER += ["inferred wrong: decidable", "not decidable", "false alarms", "median s", "99 % s"]


@dataclass(frozen=True, slots=True)
class Both:
    """What came out of a report with one error and numbers removed; `result.breaks` is the oracle's word."""

    result: Result
    inferred_wrong: int


def run_both(reports: int, seed: int, show: int) -> list[str]:
    """Print the table of errors among removed numbers; return the bars missed."""
    print(
        "(c) One error and 10 % of the other numbers taken out. Decidable: the oracle finds no "
        "solution; the shares behind it are"
    )
    print(
        "of these. Where there is one, the damage cannot be seen, and what is inferred from it is "
        "wrong: that is no fault."
    )
    rows, results = [], []
    for kind, change in KINDS.items():
        scored = [score_both(make_both(f"{kind} both {seed} {at}", seed, change)) for at in range(reports)]
        rows.append([kind, str(reports), *summarize_both(scored)])
        results += scored
    print_aligned(BOTH_HEADER, rows, "<>")
    show_cases(
        [r.result for r in results if is_missed(r.result) or (r.result.breaks and r.inferred_wrong)], show
    )
    wrong = [r.result.trial for r in results if r.result.breaks and r.inferred_wrong]
    alarms = [r.result.trial for r in results if not r.result.breaks and r.result.detected]
    misses = find_misses("both", [r.result for r in results])
    misses += (
        [f"both: {len(wrong)} reports are inferred wrong though decidable, as {wrong[0].describe()}"]
        if wrong
        else []
    )
    return misses + ([f"both: {len(alarms)} false alarms, as {alarms[0].describe()}"] if alarms else [])


def make_both(name: str, seed: int, kind: Damage) -> Trial:
    """Damage a report once and take out a tenth of its other numbers."""
    return remove(name, seed, 0.10, make_wrong(name, seed, [kind], 1))


def score_both(trial: Trial) -> Both:
    """Audit a report with an error and numbers taken out, and ask the oracle what could be told."""
    proof, seconds = audit(trial.cells())
    known, solver = trial.known(), oracle(trial.generation)
    solver.know({code: max(value, 0.0) for code, value in known.items()})
    broken = min(known.values()) < 0 or not solver.feasible()
    part = part_of(next(iter(trial.wrong)))
    judgement = judge_part(proposals_of(proof).get(part, []), trial, part) if broken else "none"
    suspects = tuple(solver.suspects(known)) if broken and len(trial.wrong) == 1 else None
    told = [cell for cell in proof.cells if cell.status == "inferred" and cell.value != trial.truth[cell[:3]]]
    result = Result(
        trial, broken, found_trouble(proof), judgement, suspects, seconds, rivals=has_rivals(proof)
    )
    return Both(result, len(told))


def summarize_both(results: Sequence[Both]) -> list[str]:
    """Write a line of the table of errors among removed numbers."""
    line = summarize_wrong([r.result for r in results])
    wrong = [sum(r.inferred_wrong for r in results if r.result.breaks == broken) for broken in (True, False)]
    alarms = sum(r.result.detected for r in results if not r.result.breaks)
    return [*line[1:8], *map(str, wrong), str(alarms), *line[-2:]]
