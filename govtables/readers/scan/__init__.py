"""Scans and pictures of reports.

In: a picture, or a PDF of pictures. Out: prose lines and grids in reading order, and notes. Next: `detect`.

A number stands only where two readings agree and its strokes bear them out; any other is marked unreadable.
"""

import time
from collections.abc import Iterator
from itertools import chain

import numpy as np

from govtables.language import DOUBT, join, tell
from govtables.readers.document import Cell, Grid, Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.scan.agreement import LOST
from govtables.readers.scan.clean import clean_page
from govtables.readers.scan.ocr import check_extra
from govtables.readers.scan.page import read_page
from govtables.readers.scan.pictures import MEDIA_TYPES, draw_pages, find_kind
from govtables.readers.scan.settings import SCAN

__all__ = ["MEDIA_TYPES", "find_kind", "read_scan"]


def read_scan(data: bytes) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read a picture, or an image-only PDF, into prose lines and grids; the notes name what is doubtful."""
    check_extra()
    until = time.monotonic() + LIMITS.seconds
    blocks: list[Cell | Grid] = []
    stamped = []
    for number, picture in enumerate(draw_pages(data), 1):
        if time.monotonic() > until:
            raise Unreadable(tell("readers.scan_slow", seconds=LIMITS.seconds))
        try:
            found, red = _read_upright(picture, number)
        except Unreadable as problem:
            raise Unreadable(tell("readers.on_page", number=number, why=str(problem))) from problem
        stamped += [number] if red else []
        blocks += found
    if not blocks:
        raise Unreadable(tell("readers.no_text"))
    return tuple(blocks), tuple(_notes(blocks, stamped))


def _read_upright(picture: np.ndarray, number: int) -> tuple[list[Cell | Grid], bool]:
    """Read a page, turned until its words make sense; also tell whether it has red ink."""
    found: list[tuple[float, list[Cell | Grid], bool]] = []
    for turns in (0, 2, 1, 3):
        page = clean_page(np.rot90(picture, turns))
        blocks, sense = read_page(page, number, max((sense for sense, *_ in found), default=0.0))
        empty = not found and not any(cell.text for cell in _list_cells(blocks))  # turned, it has none either
        if sense >= SCAN.least_sense or empty:
            return blocks, bool(page.red.any())
        found.append((sense, blocks, bool(page.red.any())))
    return max(found, key=lambda read: read[0])[1:]


def _list_cells(blocks: list[Cell | Grid]) -> Iterator[Cell]:
    for block in blocks:
        yield from [block] if isinstance(block, Cell) else filter(None, chain.from_iterable(block.rows))


def _notes(blocks: list[Cell | Grid], stamped: list[int]) -> Iterator[str]:
    """Say that this was a scan, and what in it is doubtful."""
    cells = list(_list_cells([block for block in blocks if isinstance(block, Grid)]))
    yield tell("readers.ocr")
    if stamped:
        yield tell("readers.red_ink", pages=join(map(str, stamped), ", "))
    if doubts := [cell.place for cell in cells if DOUBT in cell.text or LOST in cell.text]:
        more = ["…"] if doubts[SCAN.most_places :] else []
        places = join([join(doubts[: SCAN.most_places], ", "), *more], " ")
        yield tell("readers.cells_doubtful", count=len(doubts), places=places)
