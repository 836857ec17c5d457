"""Table (e): slips that offices make.

In: a number of reports, a seed. Out: a table on standard output, and the bars missed. Next: `errors.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from planted.judging import Result, score_wrong, spread
from planted.realistic import CLASSES
from planted.trials import make_wrong
from scoring import print_aligned, share

HABITS_HEADER = ["slip", "class", "reports", "detected %", "proved right %", "named right %", "listed %"]
HABITS_HEADER += ["wrong %", "named wrong %", "median s", "99 % s"]
LEAST_LINES, LEAST_LISTED = 0.88, 0.99


def run_habits(reports: int, seed: int, show: int) -> list[str]:
    """Print what is made of the slips that offices make; return the bars missed."""
    print("(e) Slips that offices make. Consistent: no sum breaks, so that no arithmetic can tell.")
    print("Proved: the one proposal that is unique; named: that, or the one of a slip; listed: the truth is")
    print("one of the proposals.")
    rows, misses = [], []
    for name, kinds in CLASSES.items():
        held: list[Result] = []
        for kind, change in kinds.items():
            names = [f"{kind} {seed} {at}" for at in range(reports)]
            scored = [score_wrong(make_wrong(one, seed, [change], 1)) for one in names]
            rows.append([kind, name, *summarize(scored)])
            held += scored
            for result in [r for r in scored if is_to_show(r, name)][:show]:
                print(f"{result.judgement:12} {result.trial.describe()}")
        rows.append([f"{name}, all", name, *summarize(held)])
        misses += find_misses(name, held)
    print_aligned(HABITS_HEADER, rows, "<<>")
    return misses


def is_to_show(result: Result, name: str) -> bool:
    """Tell whether a report is worth a look."""
    return name != "consistent" and (result.judgement not in ("right", "typed right") or not result.listed)


def summarize(results: Sequence[Result]) -> list[str]:
    """Write a line of the table."""
    number, words = len(results), [r.judgement for r in results]
    right, typed = words.count("right"), words.count("typed right")
    wrong = sum(words.count(word) for word in ("wrong", "false"))
    counts = (sum(r.detected for r in results), right, right + typed, sum(r.listed for r in results), wrong)
    counts += (words.count("typed wrong"),)
    return [str(number), *(share(count, number) for count in counts), *spread([r.seconds for r in results])]


def find_misses(name: str, results: Sequence[Result]) -> list[str]:
    """Say which bars a class of slips misses."""
    right = sum(r.judgement in ("right", "typed right") for r in results)
    listed, seen = sum(r.listed for r in results), sum(r.detected for r in results)
    bars = {
        f"{right} of {len(results)} are located right": name == "line" and right < LEAST_LINES * len(results),
        f"the truth is listed for {listed} of {len(results)}": name == "sums anew"
        and listed < LEAST_LISTED * len(results),
        f"{seen} of {len(results)} are detected": name != "consistent" and seen < len(results),
        f"{seen} of {len(results)} are said to be wrong": name == "consistent" and seen > 0,
    }
    return [f"habits: {name}: {said}" for said, missed in bars.items() if missed]
