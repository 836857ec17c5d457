"""Printed rows as label and values, whatever the layout.

In: a `Section`. Out: `Row`s: the labels that stand before the values, and the values after them. Next: `match`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from govtables.grid import Cell, Grid
from govtables.labels import fold, read_number
from govtables.sections import Section

LONGEST_LABEL = 120
LONGEST_JOIN = 4  # a label is broken into at most this many cells


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Labels and values of one printed row; `columns` are the grid columns of the values where they are kept."""

    chapter: int
    labels: tuple[Cell, ...]
    values: tuple[Cell, ...]
    columns: tuple[int, ...] | None = None
    grid: Grid | None = None

    def keys(self) -> list[str]:
        """Folded labels that say something, in order."""
        return [key for cell in self.labels if (key := fold(cell.text))]

    def numbers(self) -> int:
        """Count the values that are not blank."""
        return sum(1 for cell in self.values if cell.text)


def is_label(text: str) -> bool:
    """Tell a label from a value or a blank."""
    return bool(text) and read_number(text) is None


def name_keys(row: Row) -> Iterator[str]:
    """Keys that may name a row: its last label, then its last labels joined."""
    texts = [cell.text for cell in row.labels if fold(cell.text)][-LONGEST_JOIN:]
    for count in range(1, len(texts) + 1):
        yield fold("".join(texts[-count:]))


def split_rows(section: Section, with_lines: bool) -> Iterator[Row]:
    """List the rows of a section; lines of prose count as cells when `with_lines`."""
    lines: list[Cell] = []
    for block in section.blocks:
        if isinstance(block, Grid):
            yield from _rows_in_order(lines, section.chapter, None)
            lines = []
            yield from _grid_rows(block, section.chapter)
        elif with_lines and len(block.text) <= LONGEST_LABEL:
            lines += _words(block)
    yield from _rows_in_order(lines, section.chapter, None)


def _words(line: Cell) -> Sequence[Cell]:
    """A line is one cell, or label and numbers that blanks part."""
    words = line.text.split()
    if len(words) > 1 and not is_label(words[-1]) and is_label(words[0]):
        return [Cell(word, f"{line.place}:C{c}") for c, word in enumerate(words, 1)]
    return [line]


def _grid_rows(grid: Grid, chapter: int) -> Iterator[Row]:
    for cells in grid.rows:
        if grid.keeps == "columns" and (row := _row_in_columns(cells, chapter, grid)):
            yield row
        else:
            yield from _rows_in_order([cell for cell in cells if cell], chapter, grid)


def _row_in_columns(cells: Sequence[Cell | None], chapter: int, grid: Grid) -> Row | None:
    """One row with the column of each value, or `None` when a label stands behind a value."""
    printed = [(at, cell) for at, cell in enumerate(cells) if cell]
    labels = [(at, cell) for at, cell in printed if is_label(cell.text)]
    last = labels[-1][0] if labels else -1
    if any(cell.text and not is_label(cell.text) for at, cell in printed if at < last):
        return None
    values = [(at, cell) for at, cell in printed if at > last]
    return Row(chapter, tuple(c for _, c in labels), tuple(c for _, c in values), tuple(at for at, _ in values), grid)


def _rows_in_order(cells: Iterable[Cell], chapter: int, grid: Grid | None) -> Iterator[Row]:
    """Cut a run of cells where a label follows a value."""
    labels: list[Cell] = []
    values: list[Cell] = []
    for cell in cells:
        if not is_label(cell.text):
            values.append(cell)
            continue
        if values and (labels or any(value.text for value in values)):
            yield Row(chapter, tuple(labels), tuple(values), None, grid)
            labels = []
        values = []
        labels.append(cell)
    if labels or values:
        yield Row(chapter, tuple(labels), tuple(values), None, grid)
