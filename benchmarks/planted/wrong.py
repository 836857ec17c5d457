"""Table (a): wrong numbers.

In: a number of reports, a seed. Out: a table on standard output, and the bars missed. Next: `errors.py`.
"""

from __future__ import annotations

from govtables.proof import prove
from planted.damage import KINDS, ONE_CELL
from planted.judging import find_misses, found_trouble, is_missed, score_wrong, show_cases, summarize_wrong
from planted.trials import make_wrong, remove
from scoring import print_aligned

WRONG_HEADER = ["error", "n", "reports", "break %", "detected %", "determined %", "unique %"]
WRONG_HEADER += ["right %", "beside %", "wrong %", "typed right %", "typed wrong %", "median s", "99 % s"]


def run_errors(reports: int, seed: int, show: int) -> list[str]:
    """Print the table of errors; return the bars missed."""
    print(
        "(a) Errors in tables B and C, all else printed. Break: an identity fails or a count is "
        "negative; the shares behind it are"
    )
    print(
        "of these. Determined: one wrong cell, and the oracle finds no other that could be it. "
        "Right, wrong: the one smallest set"
    )
    print(
        "proposed; beside: it is wrong, but a slip beside it is right. Typed: several sets, but "
        "one typing error only."
    )
    rows, results = [], []
    for number in (1, 2, 3):
        for kind, change in (*KINDS.items(), *([("mixed", None)] if number > 1 else [])):
            kinds = [change] if change else list(ONE_CELL.values())
            names = [
                f"{kind} {number} {seed} {at}" for at in range(reports if number == 1 else -(-reports // 3))
            ]
            scored = [score_wrong(make_wrong(name, seed, kinds, number)) for name in names]
            rows.append([kind, str(number), *summarize_wrong(scored)])
            results += scored
    print_aligned(WRONG_HEADER, rows, "<>")
    show_cases([r for r in results if is_missed(r)], show)
    for word in ("wrong", "beside", "typed wrong"):
        show_cases([r for r in results if r.judgement == word and not is_missed(r)], show)
    return [*find_misses("errors", results), *check_blank_is_no_error(reports, seed)]


def check_blank_is_no_error(reports: int, seed: int) -> list[str]:
    """A number that is left out is no error: nothing may be said to be wrong."""
    trials = [remove(f"blank {seed} {at}", seed, 0.01) for at in range(reports)]
    told = [trial for trial in trials if found_trouble(prove(trial.cells()))]
    print(
        f"A blank is no error: {len(told)} of {len(trials)} reports with blanks alone are said to be wrong.\n"
    )
    return [f"blanks: {len(told)} reports are said to be wrong, as {told[0].describe()}"] if told else []
