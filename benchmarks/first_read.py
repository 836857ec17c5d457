"""How long the first `gt.read` of a process takes: `python benchmarks/first_read.py [--runs N] [REPORT]`.

In: a report. Out: medians over fresh processes, in seconds of wall time: importing pandas, the first
`gt.read` with the import of govtables (pandas is loaded by then), the second `gt.read`. Next: who keeps the
first short.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median

REPORT = Path(__file__).parents[1] / "data" / "raw" / "hanyin-2022.txt"
NAMES = ("import pandas", "first gt.read", "second gt.read")
TIMED = """
import json, sys, time
at = [time.perf_counter()]
import pandas
at.append(time.perf_counter())
import govtables as gt
gt.read(sys.argv[1])
at.append(time.perf_counter())
gt.read(sys.argv[1])
at.append(time.perf_counter())
print(json.dumps([after - before for before, after in zip(at, at[1:])]))
"""


def time_once(report: Path) -> list[float]:
    """Seconds of each step in a fresh process, in the order of `NAMES`."""
    return json.loads(subprocess.check_output([sys.executable, "-c", TIMED, str(report)], text=True))


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description="How long the first gt.read of a process takes.")
    parser.add_argument("report", type=Path, nargs="?", default=REPORT, help="default: one of the sample")
    parser.add_argument("--runs", type=int, default=7, help="fresh processes (default: 7)")
    chosen = parser.parse_args()
    runs = [time_once(chosen.report) for _ in range(chosen.runs)]
    for name, seconds in zip(NAMES, zip(*runs, strict=True), strict=True):
        print(f"{name:15} {median(seconds):.3f} s")


if __name__ == "__main__":
    main()
