"""Score the audit on reports with known truth that are damaged in known ways.

In: `synthetic.draw_*` and `govtables.proof.prove`. Out: tables of errors found and located, of removed
numbers inferred, of both at once, of speed, of the slips that offices make, of two documented algorithms on
the same reports, and of reports beside each other. Exit status 1 if a bar is missed. `--show N` prints cases
to reproduce.

What could be told at best comes from an oracle in `planted`: the form's sums written down once more, one
linear program over all cells, and one of whole numbers. Errors hit tables B and C; no identity reaches table
A. Speed is printed as met or missed, it never fails the run.
"""

from __future__ import annotations

import argparse
import sys
import time

from govtables.proof import prove
from planted.across import run_across
from planted.both import run_both
from planted.compared import run_compared
from planted.habits import run_habits
from planted.removed import run_removed
from planted.speed_of_audit import run_speed
from planted.trials import Trial, true_report
from planted.wrong import run_errors
from synthetic import GENERATIONS

STEPS = {"errors": run_errors, "removed": run_removed, "both": run_both, "speed": run_speed}
STEPS |= {"habits": run_habits, "compared": run_compared, "across": run_across}


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Score the audit on reports with known truth and known damage."
    )
    parser.add_argument(
        "--reports",
        type=int,
        default=60,
        help="reports in each line of a table; a third where errors are two or three",
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed, other reports")
    parser.add_argument(
        "--only", choices=list(STEPS), nargs="+", default=list(STEPS), help="some of the tables only"
    )
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print N cases of each kind of trouble"
    )
    return parser.parse_args()


def main() -> int:
    """Run the benchmark and return its exit status."""
    arguments = parse_arguments()
    for generation in GENERATIONS:
        prove(Trial("", generation, true_report("warm", generation)).cells())
    misses: list[str] = []
    for step in arguments.only:
        start = time.perf_counter()
        misses += STEPS[step](arguments.reports, arguments.seed, arguments.show)
        print(f"{step}: {time.perf_counter() - start:.0f} s\n", file=sys.stderr)
    print("\n".join(misses) or "All bars are met.")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
