"""What every fuzz target does: make inputs from a seed, let the package read them, count how that ended.

In: a `Target` for each kind, `--inputs`, `--seed`. Out: what came of each kind, and exit status 1 if reading
stopped by anything but `Unreadable`, killed its process, took too long or over 1 GB, or gave blocks that are
not sound. A seed always makes the same inputs.
"""

import argparse
import os
import pickle
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP / "benchmarks"), str(TOP)]

from govtables.pipeline import audit_report, read_printed  # noqa: E402
from govtables.proof import TooLarge  # noqa: E402
from govtables.readers import Cell, Document, Grid  # noqa: E402

MEGABYTES = 1024
SHOWN = 20
EVEN = ("pdf", "scan")  # layouts that are drawn as a net

Make = Callable[[random.Random, int], bytes]  # from what chance gives, or from the number of the input


class Target(NamedTuple):
    """Inputs of one kind."""

    make: Make
    audited: float = 1.0  # share of the inputs that are also audited
    apart: bool = False  # native code reads it and may take the process with it: each input gets its own
    seconds: int = 10  # of work for one input
    most: int | None = None  # inputs there are, where they are listed


class Ending(NamedTuple):
    """How one input ended: kind, words, seconds of work, and megabytes of the process at its highest."""

    kind: str
    words: str
    seconds: float
    megabytes: int

    def failed(self) -> bool:
        """Tell whether the input did harm."""
        return self.words.startswith("FAILED") or self.megabytes > MEGABYTES


class TooSlow(BaseException):
    """Reading takes too long; no `Exception`, so that no step of the package takes it for one of its own."""


def read(data: bytes, audited: bool = True) -> str:
    """Read an input through all steps; say how that ended."""
    result = read_printed(data, "input")
    if result.document:
        check(result.document)
    if (result.error or "").startswith("reading stopped"):
        return f"FAILED: {result.error}"
    if audited:
        with suppress(TooLarge):  # which is a finding of the report
            audit_report(result)
    return "unreadable" if result.error else "read"


def check(document: Document) -> None:
    """Check that blocks are what later steps rely on: texts, each at a place of its own."""
    assert all(isinstance(note, str) for note in document.notes)
    for block in document.blocks:
        cells = (
            [block]
            if isinstance(block, Cell)
            else [cell for row in block.rows for cell in row if cell is not None]
        )
        assert all(isinstance(cell, Cell) and isinstance(cell.text, str) and cell.place for cell in cells)
        printed = [cell.place for cell in cells if cell.text]
        assert len(set(printed)) == len(printed), "two cells at one place"
        if isinstance(block, Grid) and block.layout in EVEN:
            assert len({len(row) for row in block.rows}) <= 1, "rows of different lengths"


def try_input(targets: Mapping[str, Target], job: tuple[str, int, int]) -> Ending:
    """Make and read one input."""
    kind, seed, number = job
    target = targets[kind]
    rng = random.Random(f"{kind} {seed} {number}")
    data, audited = target.make(rng, number), rng.random() < target.audited
    words, seconds, megabytes = (_read_apart if target.apart else _read_here)(data, audited, target.seconds)
    words += f" (--only {kind} {number} --seed {seed})" if words.startswith("FAILED") else ""
    return Ending(kind, words, seconds, megabytes)


def try_inputs(targets: Mapping[str, Target], kind: str, seed: int, count: int) -> list[Ending]:
    """Make and read the first inputs of a kind in a new process, where memory counts from nothing."""
    jobs = [(kind, seed, number) for number in range(count)]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return list(pool.map(partial(try_input, targets), jobs))


def _read_here(data: bytes, audited: bool, seconds: int) -> tuple[str, float, int]:
    """Read an input in this process."""
    signal.signal(signal.SIGVTALRM, _too_slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    start = time.process_time()
    try:
        words = read(data, audited)
    except BaseException as problem:
        words = f"FAILED: {type(problem).__name__}: {str(problem)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return words, time.process_time() - start, _peak()


def _peak() -> int:
    """Megabytes that this process took at most; getrusage may tell those of the process that started it."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    told = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return (told or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss])[0] >> 10


def _too_slow(*_: object) -> None:
    raise TooSlow


def _read_apart(data: bytes, audited: bool, seconds: int) -> tuple[str, float, int]:
    """Read an input in a process of its own, with limits that the system keeps, and see how that ends."""
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(20 * seconds)  # where it waits and does not work
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.write(sink, pickle.dumps(_read_here(data, audited, seconds)))
        os._exit(0)
    os.close(sink)
    with os.fdopen(source, "rb") as pipe:
        answer = pipe.read()
    _, status, usage = os.wait4(child, 0)
    words = pickle.loads(answer)[0] if answer else f"FAILED: its process ended with {_name_end(status)}"
    return words, usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> 10


def _name_end(status: int) -> str:
    return (
        signal.Signals(os.WTERMSIG(status)).name
        if os.WIFSIGNALED(status)
        else f"status {os.waitstatus_to_exitcode(status)}"
    )


def main(targets: Mapping[str, Target], words: str) -> int:
    """Run what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--inputs", type=int, default=1000, help="of each kind (default: 1000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", choices=list(targets), default=list(targets))
    parser.add_argument("--only", nargs=2, metavar=("KIND", "NUMBER"), help="one input again, here and now")
    parser.add_argument("--keep", type=Path, help="with --only: write the input to this file")
    chosen = parser.parse_args()
    if chosen.only:
        return _repeat(
            targets[chosen.only[0]], f"{chosen.only[0]} {chosen.seed} {chosen.only[1]}", int(chosen.only[1]),
            chosen.keep,
        )
    harm = 0
    with ProcessPoolExecutor() as pool:
        for kind in chosen.kinds:
            count = min(chosen.inputs, targets[kind].most or chosen.inputs)
            jobs = [(kind, chosen.seed, number) for number in range(count)]
            harm += _count(
                kind, pool.map(partial(try_input, targets), jobs, chunksize=max(1, min(20, count // 8)))
            )
    print(f"{harm} inputs did harm." if harm else "No input did harm.")
    return int(harm > 0)


def _count(kind: str, endings: Iterable[Ending]) -> int:
    """Print what came of a kind, harm at once; return how many inputs did any."""
    counts: Counter[str] = Counter()
    slowest, highest, harm, start = 0.0, 0, 0, time.monotonic()
    for ending in endings:
        counts[ending.words.partition(":")[0]] += 1
        slowest, highest = max(slowest, ending.seconds), max(highest, ending.megabytes)
        harm += ending.failed()
        if ending.failed() and harm <= SHOWN:
            print(f"{ending.words} {ending.seconds:.1f} s, {ending.megabytes} MB", flush=True)
    rate = counts.total() / (time.monotonic() - start)
    most = f"slowest {slowest:.1f} s, most {highest} MB, {rate:.0f} inputs/s"
    ends = ", ".join(f"{count} {words}" for words, count in sorted(counts.items()))
    print(f"{kind:11} {counts.total()} tried, {harm} failed ({ends}), {most}", flush=True)
    return harm


def _repeat(target: Target, seed: str, number: int, keep: Path | None) -> int:
    rng = random.Random(seed)
    data = target.make(rng, number)
    if keep:
        keep.write_bytes(data)
    print(read(data, rng.random() < target.audited))
    return 0
