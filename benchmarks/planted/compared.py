"""Table (f): the audit beside two documented algorithms, on the same damaged reports.

In: a number of reports, a seed. Out: a table on standard output, and the bars missed. Next: `errors.py`.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from planted.baselines import correct_typos, fellegi_holt
from planted.damage import KINDS, ONE_CELL
from planted.judging import Result, score_wrong, spread
from planted.trials import Trial, make_wrong
from scoring import print_aligned, share

MOST_WRONG, LEAST_RIGHT = 0.005, 0.80  # of the reports that break: called unique and wrong, located right
COMPARED_HEADER = ["method", "answers", "reports", "right", "right %", "wrong", "wrong %"]
COMPARED_HEADER += ["abstained", "listed", "median s", "99 % s"]
RIGHT, WRONG = "right", "wrong"
PROVED = {"right": RIGHT, "false": WRONG, "wrong": WRONG}  # by judgement; all else is nothing said
NAMED = PROVED | {"typed right": RIGHT, "typed wrong": WRONG}


@dataclass(frozen=True, slots=True)
class Compared:
    """What three methods say of one damaged report: right, wrong, or nothing."""

    ours: Result
    judged: tuple[str, str]  # of the two others
    seconds: tuple[float, float]
    other_size: bool  # the smallest sets are of another size than the program's


def run_compared(reports: int, seed: int, show: int) -> list[str]:
    """Print what each method locates; return the bars missed."""
    print("(f) The same damaged reports to three methods: ten kinds of one error, and two or three errors in")
    print("one report. Right: exactly the wrong cells are named. Of the audit, proved: the one proposal that")
    print("is unique; named: that, or the one proposal that a slip explains; listed: abstained, but the")
    print("truth is among its proposals. Fellegi-Holt never abstains unless time runs out.")
    scored = [one for trial in draw_trials(reports, seed) if (one := compare(trial, seed)).ours.breaks]
    ours = [one.ours for one in scored]
    proved, named = ([words.get(r.judgement, "") for r in ours] for words in (PROVED, NAMED))
    seconds, told = [r.seconds for r in ours], {"proved": proved, "named": named}
    rows = [_row("govtables", answers, words, seconds, ours) for answers, words in told.items()]
    for at, name in enumerate(("Fellegi-Holt, MILP", "correctTypos")):
        rows.append(_row(name, "", [one.judged[at] for one in scored], [one.seconds[at] for one in scored]))
    print_aligned(COMPARED_HEADER, rows, "<<>")
    for result in [r for r, word in zip(ours, named, strict=True) if word == "wrong"][:show]:
        print(f"{result.judgement:12} {result.trial.describe()}")
    sizes = [one.ours.trial for one in scored if one.other_size]
    misses = [f"compared: {len(sizes)} smallest sets are not, as {sizes[0].describe()}"] if sizes else []
    return misses + _find_misses(proved, named)


def _find_misses(proved: list[str], named: list[str]) -> list[str]:
    wrong, right = proved.count("wrong"), named.count("right")
    bars = {
        f"compared: of {len(proved)} reports {wrong} have a unique proposal that is wrong": wrong
        > MOST_WRONG * len(proved),
        f"compared: {right} of {len(named)} are located right": right < LEAST_RIGHT * len(named),
    }
    return [said for said, missed in bars.items() if missed]


def draw_trials(reports: int, seed: int) -> Iterator[Trial]:
    """Each kind of error as often, and a sixth more with two or three errors."""
    for kind, change in KINDS.items():
        yield from (make_wrong(f"compared {kind} {seed} {at}", seed, [change], 1) for at in range(reports))
    for number in (2, 3):
        names = (f"compared {number} {seed} {at}" for at in range(reports))
        yield from (make_wrong(name, seed, list(ONE_CELL.values()), number) for name in names)


def compare(trial: Trial, seed: int) -> Compared:
    """Put a damaged report to each method."""
    known, ours = trial.known(), score_wrong(trial)
    start = time.process_time()
    chosen = fellegi_holt(trial.generation, known, random.Random(f"{trial.name} {seed}"))
    between = time.process_time()
    typos, whole = correct_typos(trial.generation, known)
    took = between - start, time.process_time() - between
    truth = {code: trial.truth[code] for code in trial.wrong}
    judged = (
        "" if chosen is None else "right" if chosen == truth.keys() else "wrong",
        "" if not whole else "right" if typos == truth else "wrong",
    )
    return Compared(ours, judged, took, None not in (chosen, ours.size) and len(chosen) != ours.size)


def _row(
    name: str, answers: str, judged: list[str], seconds: list[float], ours: list[Result] | None = None
) -> list[str]:
    counts, number = Counter(judged), len(judged)
    listed = sum(not word and r.listed for word, r in zip(judged, ours, strict=True)) if ours else "-"
    line = [name, answers, str(number)]
    for word in (RIGHT, WRONG):
        line += [str(counts[word]), share(counts[word], number)]
    return [*line, str(counts[""]), str(listed), *spread(seconds)]
