"""What every fuzz target does: make inputs from a seed, let the package read them, count how that ended.

In: a maker of harmful inputs for each kind, `--inputs`, `--seed`. Out: what came of each kind, and exit status 1 if reading stopped by
anything but `Unreadable`, took over 10 seconds, or a process came over 1 GB. The same seed always makes the same inputs.
"""

import argparse
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from govtables.run import read_bytes  # noqa: E402

SECONDS, MEGABYTES = 10, 1024
SHOWN = 20

Make = Callable[[random.Random], bytes]


class Ending(NamedTuple):
    """How one input ended: kind, words, seconds of work, and megabytes of the process at its highest."""

    kind: str
    words: str
    seconds: float
    megabytes: int


def read(data: bytes) -> str:
    """Read an input through all steps; say how that ended."""
    result = read_bytes(data, "input")
    stopped = [finding.message for finding in result.findings if finding.kind == "audit_stopped"]
    if stopped or (result.error or "").startswith("reading stopped"):
        return f"FAILED: {stopped[0] if stopped else result.error}"
    return "unreadable" if result.error else "read"


def try_input(makers: Mapping[str, Make], job: tuple[str, int, int]) -> Ending:
    """Make and read one input."""
    kind, seed, number = job
    data = makers[kind](random.Random(f"{kind} {seed} {number}"))
    signal.signal(signal.SIGVTALRM, _too_slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    start = time.process_time()
    try:
        words = read(data)
    except BaseException as problem:
        words = f"FAILED: {type(problem).__name__}: {str(problem)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    if words.startswith("FAILED"):
        words += f" (--only {kind} {number})"
    return Ending(kind, words, time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)


def _too_slow(*_: object) -> None:
    raise KeyboardInterrupt(f"more than {SECONDS} seconds")  # as no step of the package catches it


def main(makers: Mapping[str, Make], words: str) -> int:
    """Run what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--inputs", type=int, default=1000, help="of each kind (default: 1000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", choices=list(makers), default=list(makers))
    parser.add_argument("--only", nargs=2, metavar=("KIND", "NUMBER"), help="one input again, here and now")
    parser.add_argument("--keep", type=Path, help="with --only: write the input to this file")
    chosen = parser.parse_args()
    if chosen.only:
        return _repeat(makers[chosen.only[0]], f"{chosen.only[0]} {chosen.seed} {chosen.only[1]}", chosen.keep)
    jobs = [(kind, chosen.seed, number) for kind in chosen.kinds for number in range(chosen.inputs)]
    with ProcessPoolExecutor() as pool:
        endings = list(pool.map(partial(try_input, makers), jobs, chunksize=20))
    for kind in chosen.kinds:
        own = [ending for ending in endings if ending.kind == kind]
        counts = Counter(ending.words.partition(":")[0] for ending in own)
        print(f"{kind:5} {dict(sorted(counts.items()))}, slowest {max(ending.seconds for ending in own):.1f} s")
    highest = max(ending.megabytes for ending in endings)
    failed = [ending.words for ending in endings if ending.words.startswith("FAILED")]
    print(f"memory of a process at its highest: {highest} MB")
    print("\n".join(failed[:SHOWN]) or "Nothing but Unreadable stopped a reading.")
    return 1 if failed or highest > MEGABYTES else 0


def _repeat(make: Make, seed: str, keep: Path | None) -> int:
    data = make(random.Random(seed))
    if keep:
        keep.write_bytes(data)
    print(read(data))
    return 0
