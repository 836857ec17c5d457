"""What one document may cost, in one place.

In: nothing. Out: `LIMITS`, `time_limit`. Next: every module that reads a format; what hits a limit raises
`Unreadable`, which names it.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


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
    seconds: float = 120.0  # of reading one document


LIMITS = Limits()


class TooLong(BaseException):
    """Reading took longer than its limit; no `Exception`, so that no library takes it for one of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in what runs longer; where a system or thread has no alarm, or one is set already,
    nothing is limited."""
    alarm = getattr(signal, "setitimer", None)
    if (
        alarm is None
        or threading.current_thread() is not threading.main_thread()
        or signal.getitimer(signal.ITIMER_REAL)[0]
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    alarm(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        alarm(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(*_: object) -> None:
    raise TooLong
