"""The nouns of a document: cells, grids of cells, and the document that holds both in reading order.

In: nothing. Out: `Cell`, `Grid`, `Document`, which every format module makes. Next: `extract`.
"""

import re
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
        return self._replace(text=self.text + between + text)


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


def is_page_number(line: str, at_edge: bool) -> bool:
    """Tell the number of a page; at the edge of one it needs no mark, elsewhere a bare number may be a cell.

    >>> is_page_number("— 4 —", False), is_page_number("4", False), is_page_number("4", True)
    (True, False, True)
    """
    pattern = EDGE_NUMBER if at_edge else MARKED_NUMBER
    return len(line) < LONGEST_NUMBER and pattern.fullmatch(line) is not None
