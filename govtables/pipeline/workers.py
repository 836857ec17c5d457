"""Batches of items done in order, in worker processes; an item that kills or outlasts its process is told.

In: what to do with a batch, and the batches. Out: the results in order. Next: `folder`.
"""

import ctypes
import faulthandler
import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from multiprocessing.connection import Connection, wait
from pathlib import Path
from uuid import uuid4

from govtables.declared import mistake, say
from govtables.language import join, tell
from govtables.readers import LATE, LIMITS, end_late, too_long

# What does a batch: it, those of its items that must not be touched with the reason, the item to begin with,
# and what to call with an item before it is touched.
Work = Callable[[Sequence, Mapping[int, str], int, Callable[[int], None]], object]
Do = Callable[[Work, Iterable[Sequence]], Iterator]  # gives what was made of each batch, in order
NONE = -1  # no item
CRASHES = 2  # over one item until it is to blame, and not somebody who ended the process
WAITING = 200  # batches that an executor is given ahead
_starting = threading.Lock()  # or a process started at the same time would hold the end of another's pipe
_own = threading.local()  # of a thread of a worker of an executor: the process that works for it


@contextmanager
def hire(processes: int | None, executor: Executor | None = None) -> Iterator[Do]:
    """Give what does batches: in that many processes (all cores, if none are named), or by an executor.

    A process that may have no children, as one of a `multiprocessing.Pool`, does them itself, unprotected.
    """
    workers: list[Worker] = []
    if executor is not None:
        yield partial(_do_elsewhere, executor)
    elif multiprocessing.current_process().daemon:
        yield lambda work, batches: (work(batch, {}, 0, lambda _: None) for batch in batches)
    else:
        try:
            yield partial(_do_here, workers, processes or os.cpu_count() or 1)
        finally:
            for worker in workers:
                worker.end()


def do_each(
    out: Path, each: Callable, items: Sequence, deadly: Mapping[int, str], first: int,
    begin: Callable[[int], None],
) -> list:
    """Do a batch of items none of which may fail: one that ends its process ends the build of `out`."""
    if deadly:
        raise OSError(say("pipeline.writer_ended", folder=out, why=join(deadly.values())))
    made = []
    for at, item in enumerate(items):
        begin(at)
        made.append(each(item))
    return made


@contextmanager
def connect(scheduler: str | None) -> Iterator[Executor | None]:
    """Give the executor of the Dask scheduler at an address, if one is named."""
    if not scheduler:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise mistake("pipeline.needs_dask") from None
    with Client(scheduler) as client:
        yield client.get_executor(pure=False)


def _do_here(workers: list["Worker"], most: int, work: Work, batches: Iterable[Sequence]) -> Iterator:
    """Do batches in processes that stay for the next ones, with few waiting at any time."""
    coming, given = iter(batches), 0
    done: dict[int, object] = {}
    for number in count():
        while number not in done:
            while given <= number + most and (worker := _find_free(workers, most)):
                if (batch := next(coming, None)) is None:
                    break
                worker.give(given, work, batch)
                given += 1
            busy = {worker.connection: worker for worker in workers if worker.number is not None}
            if not busy:
                return
            for connection in wait(list(busy)):
                done |= busy[connection].hear()
        yield done.pop(number)


def _find_free(workers: list["Worker"], most: int) -> "Worker | None":
    """A worker without a batch, which may be new."""
    free = next((worker for worker in workers if worker.number is None), None)
    if free is None and len(workers) < most:
        workers.append(free := Worker())
    return free


def _do_elsewhere(executor: Executor, work: Work, batches: Iterable[Sequence]) -> Iterator:
    """Do batches by an executor; a batch whose worker is lost says so, whatever kind of executor it is."""
    waiting: deque[Future] = deque()
    try:
        for batch in batches:
            # The number keeps an executor that remembers what it did from giving an older answer.
            waiting.append(executor.submit(do_protected, work, batch, uuid4().hex))
            if len(waiting) >= WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except Exception as problem:
        if isinstance(problem, BrokenExecutor) or type(problem).__name__ == "KilledWorker":  # of Dask
            raise OSError(say("pipeline.worker_lost", kind=type(problem).__name__)) from problem
        raise
    finally:
        for future in waiting:
            future.cancel()


def do_protected(work: Work, batch: Sequence, _: str = "") -> object:
    """Do a batch in a process of this thread's own, so that no document can end or hold up the worker."""
    config = multiprocessing.current_process()._config
    was, config["daemon"] = config.get("daemon"), False  # Dask's workers may have no children otherwise
    worker = _own.worker = getattr(_own, "worker", None) or Worker()
    try:
        worker.give(0, work, batch)
        while not (done := worker.hear()):
            pass
    except BaseException:
        del _own.worker
        worker.end()
        raise
    finally:
        config["daemon"] = was
    return done[0]


class Worker:
    """A process that does batches, and what is known of the one that it has."""

    def __init__(self) -> None:
        self.number: int | None = None
        self.open = multiprocessing.RawValue("i", NONE)  # the item that was touched last
        self.process: multiprocessing.Process | None = None  # until it has its first batch

    def _start(self) -> None:
        with _starting:
            self.connection, theirs = multiprocessing.Pipe()
            given = (theirs, self.connection, self.open)
            self.process = multiprocessing.Process(target=_serve, args=given, daemon=True)
            self.process.start()
            theirs.close()  # so that its end is seen

    def give(self, number: int, work: Work, batch: Sequence) -> None:
        """Begin with a batch."""
        self.number, self.work, self.batch, self.deadly, self.crashes = number, work, batch, {}, Counter()
        if self.process is None:
            self._start()
        self._send(0)

    def _send(self, first: int) -> None:
        self.open.value = NONE
        with suppress(BrokenPipeError):  # it has ended, which is heard next
            self.connection.send((self.work, self.batch, self.deadly, first))

    def hear(self) -> dict[int, object]:
        """Take what the process made of its batch, by its number; nothing, if it ended over it."""
        try:
            failed, made = self.connection.recv()
        except (EOFError, ConnectionResetError):
            self._begin_again()
            return {}
        number, self.number = self.number, None
        if failed:
            raise made
        return {number: made}

    def end(self) -> None:
        """End its process, whatever it does."""
        if self.process:
            self.process.kill()
            self.process.join()

    def _begin_again(self) -> None:
        """Take a new process, which begins behind what ended the last, so that little is read twice."""
        self.process.join()
        item, is_late = self.open.value, self.process.exitcode in LATE
        self.crashes[item] += 1
        if item != NONE and (is_late or self.crashes[item] == CRASHES):
            self.deadly[item] = too_long(LIMITS) if is_late else tell("pipeline.deadly")
            item = (item + 1) % len(self.batch)
        elif self.crashes[item] == CRASHES:
            raise OSError(say("pipeline.at_once"))
        self._start()
        self._send(max(item, 0))


def _serve(connection: Connection, other_end: Connection, touched: ctypes.c_int) -> None:
    """Do what comes, until nothing more can come; the terminal's Ctrl-C is for the process that gave it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other_end.close()  # or the end of who holds it would not be seen
    parent = os.getppid()

    def begin(item: int) -> None:
        if os.getppid() != parent:  # it has ended
            os._exit(0)
        touched.value = item
        end_late(LIMITS, log)

    with suppress(EOFError, OSError), open(os.devnull, "w") as log:
        while True:
            work, *given = connection.recv()
            try:
                answer = (False, work(*given, begin))
            except Exception as problem:
                answer = (True, problem)
            faulthandler.cancel_dump_traceback_later()
            connection.send(answer)
