"""What one document may cost, in one place.

In: nothing. Out: `LIMITS`, `check_limit`, `time_limit`, `end_late`. Next: every module that reads a format;
what hits a limit raises `Unreadable`, which names it.
"""

import faulthandler
import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from govtables.language import tell
from govtables.readers.document import Unreadable


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no report on the form comes near, and that harmful input hits before it does harm."""

    megabytes: int = 32  # of a file, or of a file in an archive
    unpacked_megabytes: int = 128  # of all that a container unpacks to
    archive_megabytes: int = 2_048  # of all that an archive unpacks to; its files are read one by one
    members: int = 2_000  # files in a container or archive
    ratio: int = 200  # of what a container or a file of an archive unpacks to, to its packed size
    tags: int = 300_000  # of a page; long ones have some ten thousand
    marks: int = 1_000_000  # tags and attributes of one XML part
    depth: int = 200  # of tables, blocks or elements inside one another
    rows: int = 20_000  # of the tables of a document
    columns: int = 100  # of a table
    cell_characters: int = 300  # of a table; a cell with more holds a page, not a label
    cell_lines: int = 20
    pages: int = 400
    scans: int = 60  # pages of a scan, each read by OCR
    scan_cells: int = 2_000  # of the tables of one page of a scan; a whole report has some three hundred
    scan_lines: int = 2_000  # to be read on one page of a scan, in its cells and between its tables
    pieces: int = 30_000  # of ink that may be letters, on one page of a scan; a full page has some thousand
    specks: int = 300_000  # of ink of any size; a page that a copier has dithered has half of that
    megapixels: int = 40  # of one picture; A3 at 300 dpi has 17
    seconds: float = 120.0  # of work for one document, whatever else the machine does
    wall_seconds: float = 1_800.0  # for one document, its waiting counted


LIMITS = Limits()
GRACE = 5  # seconds of work that Python has to give a document up, before its process is ended
LATE = (1, -getattr(signal, "SIGXCPU", 24))  # with what status `end_late` ends a process


def check_limit(count: float, most: float, message: str, **facts: object) -> None:
    """Refuse a document that has more of something than it may; the message says of what."""
    if count > most:
        raise Unreadable(tell(message, count=count, most=most, **facts))


class TooLong(BaseException):
    """Reading took longer than its limit; no `Exception`, so that no library takes it for one of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in what works longer: between two steps of Python, not within a library.

    Where a system or thread has no such timer, or one is set already, nothing is limited: there the other
    limits bound the work, and in worker processes `end_late`.
    """
    timer = getattr(signal, "ITIMER_PROF", None)
    if (
        timer is None
        or threading.current_thread() is not threading.main_thread()
        or signal.getitimer(timer)[0]
    ):
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(*_: object) -> None:
    raise TooLong


def end_late(limits: Limits, log: IO) -> None:
    """End this process if it works or waits longer from now on, within a library too, on any thread.

    The system counts its work, where it can; a thread of C that asks nothing of Python counts all time.
    """
    faulthandler.dump_traceback_later(limits.wall_seconds, exit=True, file=log)
    with suppress(ImportError):  # on Windows
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        bound = math.ceil(time.process_time() + limits.seconds + GRACE)
        resource.setrlimit(resource.RLIMIT_CPU, (bound if most < 0 else min(bound, most), most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def too_long(limits: Limits) -> str:
    """Say that a document takes too long."""
    return tell("readers.too_long", seconds=limits.seconds)
