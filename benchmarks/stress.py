"""Kills, readers and rivals while folders are written: `python benchmarks/stress.py [--kills N] [--loads N]
[--pairs N] [--seed N] [--site]`.

In: data/raw. Out: a line for each way of writing: runs ended at their steps, from the first to the last, or
at chance moments; how often something else than the old or the new whole was found, how often the next run
failed or left something behind. Then loads beside publications, and pairs of builds. Exit status 1 if any
of that happened. Next: `govtables.dataset.swap`.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP)]
import pandas as pd  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

import govtables as gt  # noqa: E402
from govtables.dataset import PART, SCHEMAS, complete, replace_folder, write_table  # noqa: E402
from govtables.pipeline import BUILT  # noqa: E402
from publish.dataset import copy  # noqa: E402
from publish.site import publish as publish_site  # noqa: E402

EVENTS = ("open", "os.", "shutil.", "ctypes.dlsym")  # what Python tells of that touches files
SIGNS = (signal.SIGKILL, signal.SIGINT)
FAILED, HELD = 1, 2  # how a run ends that neither succeeds nor is ended
OVER = "of them over a publication"
FINE = ("steps", "ended at steps", "at chance moments", "loads", OVER, "pairs", "built", "told who holds it")
WAY = ("exchanged", "beside others", "within")  # in which a folder is replaced
Write = Callable[[str, Path], object]  # writes the old or the new version into a folder


class Known(NamedTuple):
    """Two versions of what is written, as folders of reports and as datasets: `old`, `new`."""

    raw: dict[str, Path]
    data: dict[str, Path]


def make_known(top: Path) -> Known:
    """Two folders of reports that differ in every table but the codebook, and their datasets."""
    reports = sorted((TOP / "data" / "raw").glob("*.txt"))
    known = Known({}, {})
    for version, some in (("old", reports[:2]), ("new", reports[2:5])):
        known.raw[version], known.data[version] = top / f"raw-{version}", top / f"data-{version}"
        known.raw[version].mkdir()
        for report in some:
            shutil.copy(report, known.raw[version])
        gt.build(known.raw[version], known.data[version], processes=1, progress=False)
    return known


def list_writers(known: Known, with_site: bool) -> dict[str, Write]:
    """All that writes folders, by name."""
    writers = {f"build, {way}": partial(build, known, way) for way in WAY}
    writers |= {f"export {to}": partial(export, known, to) for to in ("csv", "xlsx", "dta", "wide")}
    writers["report: data"] = lambda version, out: copy(known.data[version], out)
    if with_site:
        given = TOP / "notebooks", TOP / "data" / "parquet"
        writers["report: site"] = lambda version, out: publish_site(*given, out, version)
    return writers


def build(known: Known, way: str, version: str, out: Path) -> None:
    """Build a dataset alone in its folder, beside another file, or from within the folder."""
    if way != WAY[0]:
        out.mkdir(exist_ok=True)
        (out / "mine").touch()
    if way == WAY[2]:
        os.chdir(out)
    gt.build(known.raw[version], out, processes=1, progress=False)


def export(known: Known, to: str, version: str, out: Path) -> None:
    """Export a dataset."""
    gt.export(known.data[version], to, out)


def digest(out: Path) -> dict[str, str]:
    """Hashes of all files of a folder, those of rooms apart."""
    files = {path.relative_to(out).as_posix(): path for path in sorted(out.rglob("*")) if path.is_file()}
    hashes = {name: hashlib.sha256(path.read_bytes()) for name, path in files.items() if name[0] != "."}
    return {name: known.hexdigest() for name, known in hashes.items()}


def list_left(out: Path) -> list[Path]:
    """What lies there that no run should leave."""
    return [*out.parent.glob(".*"), *({*out.glob(".*")} - {out / BUILT})]


def start(do: Callable[[], object], place: Path | None = None, die_at: int = 0, sign: int = 0) -> int:
    """Do something in a process of its own; let a signal end it at its n-th step that touches a place."""
    if child := os.fork():
        os.setpgid(child, child)
        return child
    status = FAILED
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a job in the background ignores
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        if place:
            _watch(place, die_at, sign)
        do()
        status = 0
    except ValueError as problem:
        status = HELD if "writes there" in str(problem) else FAILED
    finally:
        os._exit(status)


def _watch(place: Path, die_at: int, sign: int) -> None:
    """End this process at a step; log all, if there is none to end it at."""
    owner, steps = os.getpid(), 0

    def see(event: str, args: tuple) -> None:
        nonlocal steps
        touches = event.startswith(EVENTS) and any(f"{place}/" in str(arg) for arg in args)
        if os.getpid() == owner and (touches or "renameat2" in args):
            steps += 1
            if steps == die_at:
                os.kill(owner, sign)
            if not die_at:
                place.with_suffix(".steps").write_text(str(steps))

    sys.addaudithook(see)


def end_of(child: int) -> int:
    """The status with which a process ended, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_runs(write: Write, place: Path, kills: int, rng: random.Random, loses: bool) -> Counter[str]:
    """End runs that write the new version over the old one; count what is found then, and by the next run."""
    out, counts, whole = place / "out", Counter(), {}
    for version in ("new", "old", "new", "old"):
        began = time.monotonic()
        assert end_of(start(partial(write, version, out), place if version == "new" and whole else None)) == 0
        whole[version], lasts = digest(out), time.monotonic() - began
    counts["steps"] = int(place.with_suffix(".steps").read_text())
    for at in _spread(counts["steps"], kills):
        sign = rng.choice(SIGNS)
        child = start(partial(write, "new", out), place if at else None, at, sign)
        if not at:
            time.sleep(rng.random() * lasts)
            os.killpg(child, sign)
        counts["ended at steps" if at else "at chance moments"] += end_of(child) != 0
        found = digest(out) if out.exists() else {}
        is_part = any(found.items() <= files.items() for files in whole.values())
        counts["mixed"] += not is_part
        counts["not whole"] += found not in whole.values() and not (is_part and loses)
        counts["next run failed"] += end_of(start(partial(write, "old", out))) != 0
        counts["next run wrong"] += digest(out) != whole["old"]
        counts["left behind"] += len(list_left(out))
    return counts


def _spread(steps: int, kills: int) -> list[int]:
    """Every step if there are kills enough, else some from the first to the last; 0 for the other half."""
    some = min(steps, kills - kills // 2)
    return [1 + n * (steps - 1) // max(some - 1, 1) for n in range(some)] + [0] * (kills - some)


def load_beside(known: Known, place: Path, loads: int) -> Counter[str]:
    """Load a dataset while another process publishes the two versions in turn, as fast as it can."""
    out, counts, names = place / "out", Counter(), [name for name in SCHEMAS if name != "codebook"]
    tables = {v: {name: pq.read_table(data / name) for name in names} for v, data in known.data.items()}
    sizes = [{name: len(table) for name, table in some.items()} for some in tables.values()]
    gt.build(known.raw["old"], out, processes=1, progress=False)
    shutil.rmtree(out / BUILT)  # or the folder would hold something else than what is published
    rival = start(partial(_publish_for_ever, tables, out))
    for counts["loads"] in range(1, loads + 1):
        before = out.stat().st_ino
        try:
            data = gt.load(out)
            counts["mixed"] += {name: len(getattr(data, name)) for name in sizes[0]} not in sizes
            pd.read_parquet(out / "cells")
        except Exception as problem:
            counts[f"failed: {problem}"] += 1
        counts[OVER] += out.stat().st_ino != before
    os.killpg(rival, signal.SIGKILL)
    counts["publications stopped"] += end_of(rival) != -signal.SIGKILL
    return counts


def _publish_for_ever(tables: dict[str, dict], out: Path) -> None:
    while True:
        for some in tables.values():
            with replace_folder(out, keep=True) as room:
                new, part = room / "new", PART.format(0)
                complete(new, [write_table(new / name, part, table) for name, table in some.items()])


def build_in_pairs(known: Known, place: Path, pairs: int, rng: random.Random) -> Counter[str]:
    """Let two processes build into one folder at about the same time."""
    out, counts, whole = place / "out", Counter(), [digest(data) for data in known.data.values()]
    for _ in range(pairs):
        children = []
        for version in ("old", "new"):
            children.append(start(partial(build, known, WAY[0], version, out)))
            time.sleep(rng.random() * 0.3)
        ends = Counter(map(end_of, children))
        counts["pairs"] += 1
        counts["built"] += ends[0]
        counts["told who holds it"] += ends[HELD]
        counts["failed"] += 2 - ends[0] - ends[HELD] + (ends[0] == 0)
        counts["mixed"] += digest(out) not in whole
        counts["left behind"] += len(list_left(out))
    return counts


def main() -> int:
    """Run what the command line asks for; return 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description="Kills, readers and rivals while datasets are written.")
    for name, number in (("kills", 200), ("loads", 500), ("pairs", 50), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=number, help=f"default: {number}")
    parser.add_argument("--site", action="store_true", help="the site, too, which takes a minute a kill")
    chosen = parser.parse_args()
    rng, wrong = random.Random(chosen.seed), 0
    with TemporaryDirectory() as top:
        known = make_known(Path(top))
        writers = list_writers(known, chosen.site)
        ended = partial(kill_runs, kills=-(-chosen.kills // len(writers)), rng=rng)
        jobs = {name: partial(ended, write, loses="," in name) for name, write in writers.items()}
        jobs["loads beside builds"] = partial(load_beside, known, loads=chosen.loads)
        jobs["pairs of builds"] = partial(build_in_pairs, known, pairs=chosen.pairs, rng=rng)
        for number, (name, job) in enumerate(jobs.items()):
            place = Path(top) / f"place-{number}"
            place.mkdir()
            counts = job(place=place)
            wrong += sum(count for what, count in counts.items() if what not in FINE)
            print(f"{name:20} {', '.join(f'{count} {what}' for what, count in counts.items())}", flush=True)
    print(f"{wrong} failures." if wrong else "No failure.")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
