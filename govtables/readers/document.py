"""The nouns of a document: cells, grids of cells, and the document that holds both in reading order.

In: nothing. Out: `Cell`, `Grid`, `Document`, which every format module makes. Next: `extract`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LONGEST_NUMBER = 40  # characters around the number of a page
MARKED_NUMBER = re.compile(r"\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|第\s*\d{1,3}\s*页(?:[,，/\s]*共\s*\d{1,3}\s*页)?)\s*")
EDGE_NUMBER = re.compile(
    r"\W*(?:第\s*)?\d{1,3}(?:\s*页)?(?:[\s/,，、]*(?:共\s*)?\d{1,3}(?:\s*页)?)?\W*"
    r"|(?i:page)\s*\d+.{0,20}"
    r"|\W*第\s*页(?:\W*共\s*页)?\W*"  # a field that was never filled in
)


class Unreadable(ValueError):
    """A document that cannot be read; the message says why and what to do."""


class Cell(NamedTuple):
    """A printed text and its place: a table cell, or a line of prose that stands by itself."""

    text: str
    place: str

    def extended(self, text: str) -> "Cell":
        """The cell with one more line; digits of two lines are never one number."""
        between = "\n" if self.text[-1:].isdigit() and text[:1].isdigit() else ""
        return Cell(self.text + between + text, self.place)


def make_cells(texts: Iterable[str], place: str, first: int = 1) -> list[Cell]:
    """Cells that follow each other at a place, which is as far as the number of each.

    >>> make_cells(["规章", "0"], "L1:C")
    [Cell(text='规章', place='L1:C1'), Cell(text='0', place='L1:C2')]
    """
    new = tuple.__new__  # takes half the time of a name
    return [new(Cell, (text, f"{place}{number}")) for number, text in enumerate(texts, first)]


Row = tuple[Cell | None, ...]
Place = tuple[int, int]  # row, column
Spanned = tuple[Cell | None, tuple[int, int]]  # columns and rows of its span; `None` is covered already
ONE = (1, 1)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells as printed, empty cells kept.

    `keeps` says how much of the table's shape the print preserves:

    - ``"columns"``: a cell stands under its header; `None` fills places that a neighbour's span covers
    - ``"rows"``: cells in order, row ends known, column positions not
    - ``"cells"``: cells in order only; where a row ends cannot be seen

    A picture among the text, perhaps of a table, is a grid without rows whose layout is ``"picture"``.
    """

    rows: tuple[tuple[Cell | None, ...], ...]
    keeps: str
    layout: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: prose lines (`Cell`) and tables (`Grid`) in reading order."""

    name: str
    sha256: str
    media_type: str
    blocks: tuple[Cell | Grid, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its number (0 before the first), its heading as printed and what follows."""

    chapter: int
    heading: Cell | None
    blocks: tuple[Cell | Grid, ...]


def expand_spans(rows: Iterable[Iterable[Spanned]], most: int) -> Iterator[Row]:
    """Put each cell at the first free place of its row; the other places of its span hold `None`.

    Spans count columns and rows. From the column `most` on they count no more.

    >>> rows = [[(Cell("a", ""), (1, 2)), (Cell("b", ""), (2, 1))], [(Cell("c", ""), (1, 1))]]
    >>> [[cell and cell.text for cell in row] for row in expand_spans(rows, 1000)]
    [['a', 'b', None], [None, 'c']]
    """
    covered: dict[int, int] = {}  # by column, the rows that a cell from above still covers
    for cells in rows:
        row: list[Cell | None] = []
        own: dict[int, int] = {}
        for cell, span in cells:
            while len(row) in covered:
                row.append(None)
            row.append(cell)
            if span is not ONE and len(row) < most:
                own |= dict.fromkeys(range(len(row) - 1, len(row) - 1 + span[0]), span[1] - 1)
                row += [None] * (span[0] - 1)
        while len(row) in covered:
            row.append(None)
        yield tuple(row)
        if covered or own:
            below = {column: count - 1 for column, count in covered.items()} | own
            covered = {column: count for column, count in below.items() if count > 0}


def lay_out(cells: Mapping[Place, Cell], rows: Sequence[int], columns: Sequence[int]) -> tuple[Row, ...]:
    """Rows of cells whose places are known, by row and column; the other places hold `None`."""
    return tuple(tuple(cells.get((row, column)) for column in columns) for row in rows)


def is_page_number(line: str, at_edge: bool) -> bool:
    """Tell the number of a page; at the edge of one it needs no mark, elsewhere a bare number may be a cell.

    >>> is_page_number("— 4 —", False), is_page_number("4", False), is_page_number("4", True)
    (True, False, True)
    """
    pattern = EDGE_NUMBER if at_edge else MARKED_NUMBER
    return len(line) < LONGEST_NUMBER and pattern.fullmatch(line) is not None
