"""Batches of items done in order, in worker processes; an item that kills or outlasts its process is told.

In: what to do with a batch, and the batches. Out: the results in order. Next: `folder`.
"""

import ctypes
import faulthandler
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait

from govtables.language import tell
from govtables.readers import LATE, LIMITS, end_late, too_long

# What does a batch: it, those of its items that must not be touched with the reason, the item to begin with,
# and what to call with an item before it is touched.
Work = Callable[[Sequence, Mapping[int, str], int, Callable[[int], None]], object]
NONE = -1  # no item
CRASHES = 2  # over one item until it is to blame, and not somebody who ended the process
AT_ONCE = (
    "the processes that read documents end at once: see that memory is left, and in a script of your own "
    "build below the line: if __name__ == '__main__':"
)


def do_all(work: Work, batches: Sequence[Sequence], processes: int | None) -> Iterator:
    """Do the batches in that many processes (all cores, if none are named), with few waiting at any time.

    A process that may have no children, as one of a `multiprocessing.Pool`, does them itself, unprotected.
    """
    if multiprocessing.current_process().daemon:
        yield from (work(batch, {}, 0, lambda _: None) for batch in batches)
        return
    workers = [Worker(work) for _ in range(min(processes or os.cpu_count() or 1, len(batches)))]
    done: dict[int, object] = {}
    given = 0
    try:
        for number in range(len(batches)):
            while number not in done:
                for worker in workers:
                    if worker.number is None and given < min(len(batches), number + len(workers) + 1):
                        worker.give(given, batches[given])
                        given += 1
                busy = {worker.connection: worker for worker in workers if worker.number is not None}
                for connection in wait(list(busy)):
                    done |= busy[connection].hear()
            yield done.pop(number)
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.join()


class Worker:
    """A process that does batches, and what is known of the one that it has."""

    def __init__(self, work: Work) -> None:
        self.work, self.number = work, None
        self.open = multiprocessing.RawValue("i", NONE)  # the item that was touched last
        self._start()

    def _start(self) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        given = (self.work, theirs, self.connection, self.open)
        self.process = multiprocessing.Process(target=_serve, args=given, daemon=True)
        self.process.start()
        theirs.close()  # so that its end is seen

    def give(self, number: int, batch: Sequence) -> None:
        """Begin with a batch."""
        self.number, self.batch, self.deadly, self.crashes = number, batch, {}, Counter()
        self._send(0)

    def _send(self, first: int) -> None:
        self.open.value = NONE
        with suppress(BrokenPipeError):  # it has ended, which is heard next
            self.connection.send((self.batch, self.deadly, first))

    def hear(self) -> dict[int, object]:
        """Take what the process made of its batch, by its number; nothing, if it ended over it."""
        try:
            failed, made = self.connection.recv()
        except (EOFError, ConnectionResetError):
            self._begin_again()
            return {}
        if failed:
            raise made
        number, self.number = self.number, None
        return {number: made}

    def _begin_again(self) -> None:
        """Take a new process, which begins behind what ended the last, so that little is read twice."""
        self.process.join()
        item, is_late = self.open.value, self.process.exitcode in LATE
        self.crashes[item] += 1
        if item != NONE and (is_late or self.crashes[item] == CRASHES):
            self.deadly[item] = too_long(LIMITS) if is_late else tell("pipeline.deadly")
            item = (item + 1) % len(self.batch)
        elif self.crashes[item] == CRASHES:
            raise OSError(AT_ONCE)
        self._start()
        self._send(max(item, 0))


def _serve(work: Work, connection: Connection, other_end: Connection, touched: ctypes.c_int) -> None:
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
            given = connection.recv()
            try:
                answer = (False, work(*given, begin))
            except Exception as problem:
                answer = (True, problem)
            faulthandler.cancel_dump_traceback_later()
            connection.send(answer)
