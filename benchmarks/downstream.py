"""What reading a large dataset costs, step by step: `python benchmarks/downstream.py DATASET [STEP ...]`.

In: a published dataset; steps by name, or all. Out: a line a step, each in a process of its own: CPU time,
wall time and peak memory; a step that is refused says why. It only prints: machines differ, so the reader
judges. Next: who changes what reads a dataset.
"""

import argparse
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

TOP = Path(__file__).resolve().parents[1]
FORMATS = ("csv", "wide", "panel", "xlsx", "dta")
STEPS = ("load", "cells", "audit", "source", "indicators", "choose_reports", *FORMATS, "compare")
STEPS += ("notebook-05", "notebook-06", "site")


def do(step: str, folder: Path) -> str:
    """Do one step; return what it made of the dataset, in brief."""
    import govtables as gt
    from govtables.analysis import indicators, panels

    data = gt.load(folder)
    if step == "load":
        return f"{data.count('reports'):,} reports"
    if step == "cells":
        return f"{len(data.cells):,} rows"
    if step == "audit":
        return f"{gt.audit(data).verdicts.to_numpy().sum():,} checks"
    if step == "source":
        report = data.select("cells", ["report_id"])["report_id"].iloc[-1]
        start = time.process_time()
        gt.source(folder, report, "requests", "received", "total")
        return f"one cell in {time.process_time() - start:.3f} s CPU"
    if step == "indicators":
        return f"{len(indicators.compute(data)):,} values"
    if step == "choose_reports":
        who = panels.choose_reports(panels.name_issuers(data.reports, data.issuers), data)
        return f"{who['left_out'].isna().sum():,} in the panel"
    if step == "compare":
        return f"{len(gt.compare(data, gt.load(folder)))} differences"
    with TemporaryDirectory() as room:
        return publish(step, folder, Path(room))


def publish(step: str, folder: Path, room: Path) -> str:
    """Export the dataset, run a notebook on it, or make its site; return how large that is."""
    if step in FORMATS:
        import govtables as gt

        gt.export(folder, step, room / step)
    elif step == "site":
        from publish.site import main

        (room / "notebooks").mkdir()
        sys.argv = ["site", str(room / "notebooks"), str(folder), str(room / "site"), "--own", "Measured"]
        if status := main():
            return f"ended with {status}"
    else:
        from publish.execute import run_copy

        path = next(TOP.glob(f"notebooks/{step.removeprefix('notebook-')}-*.ipynb"))
        said = run_copy(path, room, folder.resolve())
        return f"{said.result} {said.message}"
    sizes = [path.stat().st_size for path in room.rglob("*") if path.is_file()]
    return f"{sum(sizes) / 1e6:,.0f} MB in {len(sizes)} files, the largest {max(sizes) / 1e6:,.1f} MB"


def measure(step: str, folder: Path) -> str:
    """Do a step in this process; write the line on it."""
    sys.path[:0] = [str(TOP)]
    start = time.perf_counter()
    try:
        said = do(step, folder)
    except ValueError as problem:
        said = f"refused: {problem}"
    wall = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    peak = max(one.ru_maxrss for one in used) / 1e6
    return f"{step:15} {cpu:8.1f} s CPU {wall:8.1f} s {peak:6.2f} GB peak   {said}"


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description="Measure what reading a large dataset costs.")
    parser.add_argument("data", type=Path)
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"of {', '.join(STEPS)} (default: all)")
    chosen = parser.parse_args()
    for step in chosen.steps or STEPS:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            print(alone.submit(partial(measure, step, chosen.data)).result(), flush=True)


if __name__ == "__main__":
    main()
