"""Printed rows as label and values, whatever the layout.

In: a `Section`. Out: `Row`s: labels, and the values that stand after them. Next: `table_rows`.
"""

import re
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, groupby, zip_longest
from typing import NamedTuple

from govtables.extract.odd_cells import find_odd, find_odd_items, names_of_rows, says_nothing
from govtables.forms import Wording
from govtables.language import fold, is_label, is_spoken
from govtables.readers import Cell, Grid, Section

# Layouts that keep empty cells and add none.
EXACT = ("tab-cells", "tab-grid", "markdown", "comma-grid", "html", "docx", "pdf", "scan")
LONGEST_LABEL = 120
SHORTEST_RUN = 4  # numbers of a row without its label; fewer may be one number with blanks in it
SHORTEST_SENTENCE = 3  # words; a label, a number and its unit may end in a mark
WIDE_BLANK = re.compile(r"\s{2,}")
LONGEST_JOIN = 4  # a label is broken into at most this many cells
LOOKS = threading.local()  # `at_numbers`: whether a step asked more of a number than that it is one


class Row(NamedTuple):
    """Labels and values of one printed row, and what its labels say."""

    chapter: int
    labels: tuple[Cell, ...]
    values: tuple[Cell, ...]
    keys: tuple[str, ...]  # folded labels that say something, in order
    names: tuple[str, ...]  # keys that may name the row: its last label, then its last labels joined
    grid: Grid | None = None
    columns: tuple[int, ...] = ()  # grid columns of the values, where columns are kept
    label_column: int = -1  # grid column of the last label
    index: int = -1  # number of the grid's row
    parts: tuple[Cell, ...] = ()  # of the last label, where it is broken into some

    def keeps_blanks(self) -> bool:
        """Tell whether its layout keeps empty cells and adds none."""
        return self.grid is not None and self.grid.layout in EXACT

    def texts(self) -> list[str]:
        """The values that are not blank."""
        LOOKS.at_numbers = True
        return [cell.text for cell in self.values if cell.text]

    def numbers(self) -> int:
        """Count them."""
        return len([1 for cell in self.values if cell.text])


def make_row(
    chapter: int, labels: Sequence[Cell], values: Sequence[Cell], grid: Grid | None,
    *where: tuple[int, ...] | int,
) -> Row:
    """Make a row, its labels folded."""
    keys, names = _fold_labels(tuple([cell.text for cell in labels]))
    return Row(chapter, tuple(labels), tuple(values), keys, names, grid, *where)


@lru_cache(maxsize=1 << 14)
def _fold_labels(labels: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    said = [label for label in labels if fold(label)]
    joined = ("".join(said[-count:]) for count in range(1, min(LONGEST_JOIN, len(said)) + 1))
    return tuple(map(fold, said)), tuple(map(fold, joined))


def split_rows(section: Section, with_lines: bool, wording: Wording | None = None) -> Iterator[Row]:
    """List the rows of a section; lines of prose count as cells when `with_lines`.

    With the wording of the form, what stands under its headers is a value whatever it says.
    """
    found = list(_all_rows(section, with_lines, wording))
    names = names_of_rows(wording) if wording else frozenset()
    for row, behind in zip_longest(found, found[1:]):
        bare = wording and behind and row.labels and names.isdisjoint(row.names) and row.numbers()
        yield _with_tail(row, behind.labels, names) if bare else row


def _all_rows(section: Section, with_lines: bool, wording: Wording | None) -> Iterator[Row]:
    lines: list[Cell] = []
    for block in section.blocks:
        if isinstance(block, Cell):
            lines += _words(block, wording) if with_lines and is_short(block) else ()
        elif block.layout != "picture":
            yield from _rows_in_order(lines, section.chapter, None, wording)
            lines = []
            yield from _grid_rows(block, section.chapter, wording)
    yield from _rows_in_order(lines, section.chapter, None, wording)


def is_short(line: Cell) -> bool:
    """Tell whether a line may be cells of a table."""
    return len(line.text) <= LONGEST_LABEL or len(WIDE_BLANK.sub(" ", line.text)) <= LONGEST_LABEL


def _with_tail(row: Row, behind: Sequence[Cell], names: frozenset[str]) -> Row:
    """A row of numbers, named by its label and the rest of it that stands below the numbers."""
    texts = [cell.text for cell in behind[:LONGEST_JOIN]]
    tails = ["".join(texts[start:end]) for end in range(1, len(texts) + 1) for start in range(end)]
    for own in range(1, min(LONGEST_JOIN, len(row.labels)) + 1):
        head = "".join(cell.text for cell in row.labels[-own:])
        begun = any(name.startswith(fold(head)) for name in names)
        if begun and (label := next((head + one for one in tails if fold(head + one) in names), None)):
            labels = (*row.labels[:-own], Cell(label, row.labels[-own].place))
            where = row.columns, row.label_column, row.index
            made = make_row(row.chapter, labels, row.values, row.grid, *where)
            return made._replace(parts=row.labels[-own:])
    return row


def _words(line: Cell, wording: Wording | None) -> Sequence[Cell]:
    """A line is one cell, or label and numbers that blanks part; a sentence is one cell."""
    words = line.text.split()
    if len(words) == 1 and "  " not in line.text:
        return [line]
    if len(words) > SHORTEST_RUN and not any(map(is_label, words)):
        return [Cell(word, f"{line.place}:C{c}") for c, word in enumerate(words, 1)]
    named = wording and len(words) > 1 and fold(words[0]) in names_of_rows(wording)
    if is_spoken(line.text) and not (named and len(words) <= SHORTEST_SENTENCE):
        return [line]
    if len(words) > 1 and is_label(words[0]) and (named or not is_label(words[-1])):
        return [Cell(word, f"{line.place}:C{c}") for c, word in enumerate(words, 1)]
    if "  " in line.text:
        return [Cell(text, f"{line.place}:C{c}") for c, text in enumerate(WIDE_BLANK.split(line.text), 1)]
    return [line]


def _grid_rows(grid: Grid, chapter: int, wording: Wording | None) -> Iterator[Row]:
    odd = find_odd(grid, wording) if wording and grid.keeps == "columns" else None
    if grid.keeps == "cells":  # a value may stand on the line after its label
        cells = [cell for row in grid.rows for cell in row if cell]
        yield from _rows_in_order(cells, chapter, grid, wording)
        return
    for at, cells in enumerate(grid.rows):
        under = odd[at] if odd else frozenset()
        if grid.keeps == "columns" and (row := _row_in_columns(cells, chapter, grid, at, under)):
            yield row
        else:
            yield from _rows_in_order([cell for cell in cells if cell], chapter, grid, wording)


def _row_in_columns(
    cells: Sequence[Cell | None], chapter: int, grid: Grid, index: int, odd: frozenset[int]
) -> Row | None:
    """One row with the column of each value, or `None` when a label stands behind a value."""
    labels: list[Cell] = []
    columns: list[int] = []
    last, valued = -1, False
    for at, cell in enumerate(cells):
        if cell is None:
            continue
        if at in odd or not is_label(cell.text):
            columns.append(at)
            valued = valued or cell.text != ""
        elif valued:
            return None
        else:
            labels.append(cell)
            last, columns = at, []
    return make_row(chapter, labels, [cells[at] for at in columns], grid, tuple(columns), last, index)


def _rows_in_order(
    cells: Sequence[Cell], chapter: int, grid: Grid | None, wording: Wording | None
) -> Iterator[Row]:
    """Cut a run of cells where a label follows a value."""
    texts = [cell.text for cell in cells]
    named = list(map(is_label, texts))
    if wording and any(map(says_nothing, compress(texts, named))):
        for at in find_odd_items(cells, wording):
            named[at] = False
    labels: Sequence[Cell] = ()
    end = 0
    for are_labels, some in groupby(named):
        start, end = end, end + len(list(some))
        if are_labels:
            labels = cells[start:end]
        elif labels or end == len(cells) or any(texts[start:end]):
            yield make_row(chapter, labels, cells[start:end], grid)
            labels = ()
    if labels:
        yield make_row(chapter, labels, (), grid)
