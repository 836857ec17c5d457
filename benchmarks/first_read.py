"""How long the first `gt.read` of a process takes: `python benchmarks/first_read.py [--runs N] [REPORT]`.

In: a report. Out: medians over fresh processes, in seconds of CPU time: importing pandas, the first
`gt.read` with the import of govtables (pandas is loaded by then), the second `gt.read`. Modules are compiled
beforehand, as they are where the package is installed. Next: who keeps the first short.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

REPORT = Path(__file__).parents[1] / "data" / "raw" / "hanyin-2022.txt"
NAMES = ("import pandas", "first gt.read", "second gt.read")
TIMED = """
import json, sys, time
at = [time.process_time()]
import pandas
at.append(time.process_time())
import govtables as gt
gt.read(sys.argv[1])
at.append(time.process_time())
gt.read(sys.argv[1])
at.append(time.process_time())
print(json.dumps([after - before for before, after in zip(at, at[1:])]))
"""


def time_runs(report: Path, runs: int) -> list[list[float]]:
    """Seconds of each step in fresh processes, in the order of `NAMES`; a run before compiles the modules."""
    with TemporaryDirectory() as room:
        kept = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": room}
        command = [sys.executable, "-c", TIMED, str(report)]
        told = [subprocess.check_output(command, text=True, env=kept) for _ in range(runs + 1)]
    return [*map(json.loads, told[1:])]


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description="How long the first gt.read of a process takes.")
    parser.add_argument("report", type=Path, nargs="?", default=REPORT, help="default: one of the sample")
    parser.add_argument("--runs", type=int, default=9, help="fresh processes (default: 9)")
    chosen = parser.parse_args()
    runs = time_runs(chosen.report, chosen.runs)
    for name, seconds in zip(NAMES, zip(*runs, strict=True), strict=True):
        print(f"{name:15} {median(seconds):.3f} s")


if __name__ == "__main__":
    main()
