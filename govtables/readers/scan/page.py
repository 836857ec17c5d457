"""The text of scans, page by page.

In: a picture, or a PDF of pictures. Out: prose lines and grids in reading order, each cell with its place;
notes. Next: `detect`.
"""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

import numpy as np

from govtables.language import DOUBT, join, read_number, tell
from govtables.readers.document import Cell, Grid, Unreadable, is_page_number
from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.ruled import Table, make_grid, place_cells
from govtables.readers.scan.lines import Line, find_lines, prose_lines, split_layers
from govtables.readers.scan.pictures import draw_pages
from govtables.readers.scan.readings import LOST, Reading, check_extra, is_word, recognise, settle
from govtables.readers.scan.settings import SCAN
from govtables.readers.scan.tables import Page, brighten, clean_page, find_rules, find_tables

NUMBERS_ONLY = re.compile(r"[\d\s.,/—-]*\d[\d\s.,/—-]*")
Readings = dict[int, tuple[Line, Reading]]  # by the id of the line
Rows = Sequence[Sequence[Line]]  # of prose


def read_scan(data: bytes) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read a picture, or an image-only PDF, into prose lines and grids; the notes name what is doubtful."""
    check_extra()
    until = time.monotonic() + LIMITS.seconds
    blocks: list[Cell | Grid] = []
    stamped = []
    for number, picture in enumerate(draw_pages(data), 1):
        check_limit(time.monotonic(), until, "readers.scan_slow", seconds=LIMITS.seconds)
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


def read_page(page: Page, number: int, better_than: float = 0.0) -> tuple[list[Cell | Grid], float]:
    """Read a page: tables by their ruling, the rest line by line; also how much its words make sense, 0 to 1.

    It is not read where some of its lines make no more sense than `better_than`.
    """
    across, down = find_rules(page)
    tables = find_tables(page, across, down)
    page = brighten(page, tables)
    layers = split_layers(page, across, down, tables)
    areas = [(table, area) for table in tables for area in table.areas]
    held = [find_lines(layers, table.box_of(area)) for table, area in areas]
    prose = prose_lines(layers, tables)
    lines = [line for cell in (*held, *prose) for line in cell or ()]
    check_limit(len(lines), LIMITS.scan_lines, "readers.many_lines")
    sample = lines[:: max(1, len(lines) // SCAN.sample)]
    if better_than and (sense := _sense(_recognise(sample))) <= better_than:
        return [], sense
    first = _recognise(lines)
    texts = _cell_texts(held, first)
    blocks: list[tuple[float, Cell | Grid]] = []
    for n, table in enumerate(tables, 1):
        blocks.append((table.ys[0], _grid(table, islice(texts, len(table.areas)), f"P{number}:T{n}")))
    blocks += _prose(prose, first, page.grey.shape[0], number)
    return [block for _, block in sorted(blocks, key=lambda pair: pair[0])], _sense(first)


def _sense(first: Readings) -> float:
    """Share of a page that is words which make sense; on a page that lies on its side, lines are letters."""
    read = [(line.wide(), reading.sense) for line, reading in first.values() if not line.strokes.bar]
    words = sum(wide * sense for wide, sense in read if wide > SCAN.words)
    return words / max(sum(wide for wide, _ in read), 1)


def _recognise(lines: Sequence[Line]) -> Readings:
    """Read lines once, long ones squeezed."""
    found: Readings = {}
    for long, stretch in ((False, 1.0), (True, SCAN.squeeze)):
        some = [line for line in lines if (line.wide() > SCAN.long) == long]
        readings = recognise([line.crop for line in some], stretch)
        found |= {id(line): (line, reading) for line, reading in zip(some, readings, strict=True)}
    return found


def _cell_texts(held: Sequence[Sequence[Line] | None], first: Readings) -> Iterator[str]:
    """The text of each cell: words as read, numbers read again; ink that is no line cannot be told."""
    once = {n: [first[id(line)][1] for line in cell] for n, cell in enumerate(held) if cell}
    again = {n: held[n] for n, read in once.items() if not is_word("".join(reading.text for reading in read))}
    second = iter(recognise([line.again for cell in again.values() for line in cell], SCAN.stretch_again))
    for n, cell in enumerate(held):
        if n in again:
            pairs = zip(cell, once[n], strict=True)
            yield "\n".join(settle(reading, next(second), line.strokes) for line, reading in pairs)
        else:
            yield LOST if cell is None else "".join(reading.text.strip() for reading in once.get(n, ()))


def _grid(table: Table, texts: Iterable[str], name: str) -> Grid:
    """The grid of a table; cells that lost walls may hold more than their text. Rows without cells go."""
    pairs = zip(table.areas, texts, strict=True)
    areas = [area._replace(text=text if area.whole else text + LOST) for area, text in pairs]
    grid = make_grid(place_cells(replace(table, areas=tuple(areas)), name), "scan")
    return replace(grid, rows=tuple(row for row in grid.rows if any(row)))


def _prose(lines: Rows, first: Readings, high: int, number: int) -> Iterator[tuple[float, Cell]]:
    """Lines outside the tables; numbers among them are read once only, so a line of numbers is doubtful."""
    for n, row in enumerate(lines, 1):
        text = "  ".join(filter(None, (_once(first[id(line)][1].text.strip()) for line in row)))
        top = row[0].top
        margin = min(top, high - top) < SCAN.margin * high
        if text and not (margin and is_page_number(text.replace(DOUBT, "").replace(" ", ""), at_edge=True)):
            yield top, Cell(text, f"P{number}:L{n}")


def _once(text: str) -> str:
    """Mark the numbers of a line that ends in one, which may be a row without ruling."""
    words = text.split(" ")
    if not (NUMBERS_ONLY.fullmatch(text) or (text and read_number(words[-1]))):
        return text
    return " ".join(word + DOUBT if word and read_number(word) else word for word in words)
