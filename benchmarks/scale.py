"""Build many synthetic reports, and build again: `python benchmarks/scale.py N FOLDER [--dask W]`.

In: how many, and a folder in which they are made once. Out: a line a step: wall time, CPU time of this
process and of its workers, peak memory of either, bytes. A step runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP)]

from relay.score import MAKERS  # noqa: E402
from synthetic import GENERATIONS, LAYOUTS, make_report  # noqa: E402

DRAWN = 2_000  # reports that are drawn; others are these with another issuer, year and numbers of their own
OTHERS = (("docx", 400), ("xlsx", 400), ("pdf", 1_000))  # one in so many is of this format
YEARS = range(2019, 2025)
STEPS = ("build", "nothing changed", "one more", "1 % more", "load", "audit", "compute", "export csv")


def make_all(folder: Path, first: int, end: int) -> None:
    """Make documents with the numbers from `first` to `end`, those that are not there."""
    folder.mkdir(parents=True, exist_ok=True)
    shares = [(at, min(at + 500, end)) for at in range(first, end, 500)]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(make_some, [folder] * len(shares), shares))


def make_some(folder: Path, share: tuple[int, int]) -> None:
    """Make some documents: of text and pages drawn ones, reworded; a few of other formats."""
    for n in range(*share):
        place = folder / f"{n % 97:02}" / f"{n:07}"
        place.parent.mkdir(exist_ok=True)
        kind = next((kind for kind, one_in in OTHERS if n % one_in == one_in - 1), None)
        if kind:
            sample = MAKERS[kind][0](n, GENERATIONS[n % 2], n % 3 > 0)
            place.with_suffix(Path(sample.name).suffix).write_bytes(sample.data)
            continue
        drawn, turn = n % DRAWN, n // DRAWN
        layout = [*LAYOUTS][drawn % len(LAYOUTS)]
        sample = make_report(drawn, GENERATIONS[drawn // 2 % 2], layout, drawn % 3 > 0)
        text = sample.data
        if turn:
            text = reword(text, sample.encoding, random.Random(n))
        place.with_suffix(Path(sample.name).suffix).write_bytes(text)


def reword(data: bytes, encoding: str, rng: random.Random) -> bytes:
    """The same report by another town, of another year, with other figures in the prose."""
    text = data.decode(encoding, "replace")
    town = "".join(rng.choice("东西南北中上下大新石花清白金玉平安和长永") for _ in range(3))
    for old in range(2018, 2026):
        text = text.replace(f"{old}年", f"{rng.choice(YEARS)}年", 1)
    return text.replace("政府信息公开", f"{town}镇政府信息公开", 1).encode(encoding, "replace")


def build(raw: Path, out: Path, processes: int) -> None:
    """Build what is there, and what came."""
    import govtables as gt

    gt.build(raw, out, processes, progress=False)


def with_dask(raw: Path, out: Path, workers: int) -> None:
    """Build on a cluster on this machine; the time of the build alone stands on standard error."""
    from distributed import Client, LocalCluster

    import govtables as gt

    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            began = time.perf_counter()
            gt.build(raw, out, progress=False, executor=client.get_executor(pure=False))
            print(f"  {time.perf_counter() - began:.1f} s without the start of the cluster", file=sys.stderr)


def read(step: str, out: Path) -> None:
    """Read a dataset as notebooks and exports do."""
    import govtables as gt
    from govtables.indicators import compute

    if step == "load":
        data = gt.load(out)
        print(len(data.reports), len(data.select("cells", ["report_id"])), file=sys.stderr)
    elif step == "audit":
        str(gt.audit(out))
    elif step == "compute":
        compute(gt.load(out))
    else:
        gt.export(out, "csv", out.with_name("csv"))


def measure(do: Callable[[], object]) -> dict[str, float]:
    """Do something; tell wall and CPU time, and peak memory in MB, of this process and its children."""
    began = time.perf_counter()
    do()
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    found = {"wall": time.perf_counter() - began}
    for name, used in (("own", own), ("workers", others)):
        found |= {f"{name} CPU": used.ru_utime + used.ru_stime, f"{name} MB": used.ru_maxrss / 1024}
    return found


def run(step: str, options: list[str]) -> None:
    """Do a step in a new process and print its line."""
    command = [sys.executable, __file__, *options, "--step", step]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(f"{step:18} failed", flush=True)
        return
    shown = json.loads(done.stdout.splitlines()[-1])
    cells = "  ".join(f"{name} {value:9,.1f}" for name, value in shown.items())
    print(f"{step:18} {cells}  load {os.getloadavg()[0]:.0f}", flush=True)


def main() -> None:
    """Run all steps, or the one that is named."""
    parser = argparse.ArgumentParser(description="Build many synthetic reports, and build again.")
    parser.add_argument("reports", type=int, metavar="N")
    parser.add_argument("folder", type=Path, help="where documents are made, once, and datasets stand")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--dask", type=int, metavar="WORKERS", help="build on so many Dask workers alone")
    parser.add_argument("--steps", nargs="+", default=STEPS)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    raw, out = chosen.folder / f"raw-{chosen.reports}", chosen.folder / f"out-{chosen.reports}"
    if chosen.step:
        if chosen.dask:
            found = measure(lambda: with_dask(raw, out, chosen.dask))
        elif chosen.step in STEPS[:4]:
            found = measure(lambda: build(raw, out, chosen.processes))
        else:
            found = measure(lambda: read(chosen.step, out))
        print(json.dumps(found))
        return
    options = [str(chosen.reports), str(chosen.folder), "--processes", str(chosen.processes)]
    for n in range(chosen.reports, chosen.reports + chosen.reports // 100 + 1):  # that an earlier run added
        for path in (raw / f"{n % 97:02}").glob(f"{n:07}.*"):
            path.unlink()
    if sum(1 for _ in raw.rglob("*.*")) < chosen.reports:
        make_all(raw, 0, chosen.reports)
    if chosen.dask:
        shutil.rmtree(out, ignore_errors=True)
        run(f"Dask, {chosen.dask}", [*options, "--dask", str(chosen.dask)])
        return
    for step in chosen.steps:
        if step == "build":
            shutil.rmtree(out, ignore_errors=True)
        more = {"one more": 1, "1 % more": chosen.reports // 100}.get(step, 0)
        first = chosen.reports + (step == "1 % more")
        make_all(raw, first, first + more)
        run(step, options)
    files = [path.stat().st_size for path in out.rglob("*.*") if path.is_file()]
    each = f"{sum(files) / chosen.reports:,.0f} bytes a report"
    print(f"{'dataset':18} {sum(files) / 1e6:,.1f} MB in {len(files):,} files, {each}")


if __name__ == "__main__":
    main()
