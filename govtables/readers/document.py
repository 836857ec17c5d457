"""The nouns of a document: cells, grids of cells, and the document that holds both in reading order.

In: nothing. Out: `Cell`, `Grid`, `Document`, which every format module makes. Next: `sections`.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Unreadable(ValueError):
    """A document that cannot be read; the message says why and what to do."""


class Cell(NamedTuple):
    """A printed text and its place: a table cell, or a line of prose that stands by itself."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells as printed, empty cells kept.

    `keeps` says how much of the table's shape the print preserves:

    - ``"columns"``: a cell stands under its header; `None` fills places that a neighbour's span covers
    - ``"rows"``: cells in order, row ends known, column positions not
    - ``"cells"``: cells in order only; where a row ends cannot be seen
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
