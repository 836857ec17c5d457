"""What each printed text of a table is spent as; numbers that no cell takes are left over, and end absence.

In: the rows of a table, and what was made of them. Out: cells, a `Token` for each text, and a finding on what
is left. Next: `match`.

That a row is not printed, or printed empty where emptiness cannot be seen, holds only if nothing is left that
could be its value.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter

from govtables.extract.candidates import MOST_SURPLUS
from govtables.extract.row_matching import MatchedRows
from govtables.extract.rows import Row
from govtables.extract.units import is_unit
from govtables.language import fold, tell
from govtables.readers import Cell, Section
from govtables.records import CellRow, Finding, Spent, Status, Token

YEAR = re.compile(r"20\d\d年?")  # above a column
GLUED = re.compile(r"(.*?)[\s:：]*\d[\d.,\s]*\D{0,2}")  # numbers behind a label, and their unit
LONGEST_NUMBER = 20  # characters, with what stands around it
As = tuple[str, str | None, str | None]  # with the codes of a row and a column
CELL, LABEL, HEADER, UNIT, NOTE, FURNITURE, LEFT_OVER = map(str, Spent)


def spend(
    matched: MatchedRows, rows: Sequence[Row], cells: Sequence[CellRow]
) -> tuple[list[CellRow], list[Token]]:
    """Say what each printed text is spent as; doubt the absence of what may be left over."""
    doubted = {cell.row for cell in cells if cell.status == Status.UNREADABLE}
    told = {note.place: note.row for note in matched.findings}
    table = _Table(matched, doubted, told, _header_lines(matched, rows))
    tokens = list(chain.from_iterable(map(table.spend_row, rows)))
    if not (left := table.left):
        return list(cells), tokens
    first, owners = left[0][0], {code for _, code in left}
    message = "extract.numbers_left" if left[1:] else "extract.number_left"
    said = tell(message, count=len(left), text=first.text, place=first.place)
    matched.findings.append(Finding("left_over", matched.table, None, first.place, said))
    homes = {label.place for row in rows for label in row.labels}
    why = tell("extract.left_over", said=said)
    return [_doubt(cell, why, homes) if owners & {None, cell.row} else cell for cell in cells], tokens


def in_print_order(tokens: Sequence[Token], sections: Sequence[Section]) -> list[Token]:
    """Sort the texts of all tables as the document prints them."""
    blocks = [block for section in sections for block in section.blocks]
    rows = [row for block in blocks for row in ([[block]] if isinstance(block, Cell) else block.rows)]
    places = [cell.place for row in rows for cell in row if cell][::-1]
    order = dict(zip(places, range(len(places), 0, -1), strict=True))  # a place that is met twice: its first
    # A word of a line has the place of the line, and a number of its own.
    keys = [order.get(one.place) or order.get(line_of(one.place), 0) for one in tokens]
    if keys == sorted(keys):
        return list(tokens)
    return [token for _, token in sorted(zip(keys, tokens, strict=True), key=itemgetter(0))]


def _doubt(cell: CellRow, why: str, homes: set[str]) -> CellRow:
    """A cell whose emptiness is not seen may have its number among those that are left."""
    unseen = cell.status == Status.ABSENT or (cell.status == Status.BLANK and cell.place in homes)
    return cell._replace(status=str(Status.UNREADABLE), raw=None, reason=why) if unseen else cell


@dataclass(slots=True)
class _Table:
    """What tells how the texts of a table are spent, and the numbers that are left."""

    matched: MatchedRows
    doubted: set[str]  # rows with cells that cannot be told
    told: dict[str | None, str | None]  # places of findings, with their rows
    heads: set[str]  # printed rows of heads of columns
    left: list[tuple[Cell, str | None]] = field(default_factory=list)  # with the row that one must belong to
    own: dict[int, str] = field(init=False)  # by identity of a printed row, its code
    values: dict[int, str | None] = field(default_factory=dict)  # by identity, what may be a doubted row's

    def __post_init__(self) -> None:
        known, table = self.matched.known, self.matched.table
        self.own = {id(row): code for code, row in reversed(self.matched.rows.items())}
        own = known.rows[table] if self.doubted else ()
        widths = {row.code: len(known.columns[table, row.block]) for row in own}
        for row in self.matched.rows.values() if self.doubted else ():
            codes = [code for code, one in self.matched.rows.items() if one is row]
            width = sum(widths[code] for code in codes)
            # A wide row may hold a number of a page or a note; with more, it holds those of several rows.
            if self.doubted.intersection(codes) and row.numbers() <= width + min(MOST_SURPLUS, width - 1):
                self.values |= {id(value): codes[0] if len(codes) == 1 else None for value in row.values}

    def spend_row(self, row: Row) -> list[Token]:
        """Spend the texts of a printed row, each once; what a cell was made of is spent on that cell."""
        table, taken, last = self.matched.table, self.matched.spent, len(row.labels) - 1
        codes = self.matched.known.row_codes[table]
        code = self.own.get(id(row))  # of the row that it is, or is again
        code = code or next((codes[key] for key in row.names if codes.get(key) in self.matched.rows), None)
        tokens, start = [], _start_of_name(row, code, codes) if code else 0
        for at, cell in enumerate(row.labels):
            if one := taken.get(id(cell)):
                spent, _, *of = one[0][2:]
            else:
                spent, *of = self._spend_label(row, at, code, start)
            for part in row.parts if row.parts and at == last else (cell,):
                tokens.append(Token(part.place, part.text, spent, table, *of))
        for cell in row.values:
            if one := taken.get(id(cell)):
                tokens.append(one[0])
            elif cell.text:  # a blank is no cell of the table
                spent, *of = self._spend_value(row, cell, code)
                tokens.append(Token(cell.place, cell.text, spent, table, *of))
        return tokens

    def _spend_label(self, row: Row, at: int, code: str | None, start: int) -> As:
        """A label names its row, heads a column, or states a unit; else it is a note, or may be a number."""
        known, table, cell = self.matched.known, self.matched.table, row.labels[at]
        rows, columns, key = known.row_codes[table], known.column_codes[table], fold(cell.text)
        own = key not in columns or self.matched.rows.get(code) is row
        if code and own and at >= start:
            return LABEL, code, None
        if key in rows and key not in columns:
            return LABEL, rows[key], None
        if key in columns or line_of(cell.place) in self.heads:
            return HEADER, None, columns.get(key)
        heads = known.others["header"][table]
        if key in heads or all(fold(word) in columns or fold(word) in heads for word in cell.text.split()):
            return HEADER, None, None
        return (UNIT, None, None) if is_unit(cell.text) else self._spend_words(cell, rows)

    def _spend_words(self, cell: Cell, rows: dict[str, str]) -> As:
        """Words that name nothing: a number glued to the label of a row that is not there is left over."""
        glued = GLUED.fullmatch(cell.text)
        code = rows.get(fold(glued[1])) if glued else None
        if code and code not in self.matched.rows:
            self.left += [] if code in self.doubted else [(cell, code)]
            return LEFT_OVER, code, None
        if self.doubted and len(cell.text) < LONGEST_NUMBER and any(map(str.isnumeric, cell.text)):
            return LEFT_OVER, None, None
        return NOTE if any(map(str.isalnum, cell.text)) else FURNITURE, None, None

    def _spend_value(self, row: Row, cell: Cell, code: str | None) -> As:
        """A number that no cell took is left over; if neither its row nor a finding tells of it, one will."""
        own, first = self.matched.rows.get(code), (row.labels + row.values)[0].place
        years = not row.labels and all(map(YEAR.fullmatch, row.texts()))
        if years or (not row.labels and line_of(cell.place) in self.heads):
            return HEADER, None, None
        if own and own is not row and own.texts() == row.texts():
            return NOTE, code, None
        if id(cell) in self.values:
            return LEFT_OVER, self.values[id(cell)], None
        if code in self.matched.repeated or (own is None and first in self.told):
            return LEFT_OVER, code or self.told[first], None
        if not (any(map(str.isnumeric, cell.text)) or cell.text.startswith("#")):  # as in ####
            return FURNITURE, None, None
        self.left.append((cell, None))
        return LEFT_OVER, code, None


def _start_of_name(row: Row, code: str, codes: dict[str, str]) -> int:
    """Where the labels begin that name a row: the last one, or the last ones joined."""
    count = len(row.labels)
    said = range(count) if len(row.keys) == count else [n for n in range(count) if fold(row.labels[n].text)]
    joined = next((n for n, key in enumerate(row.names, 1) if codes.get(key) == code), 1)
    return said[-joined] if said else len(row.labels)


def _header_lines(matched: MatchedRows, rows: Sequence[Row]) -> set[str]:
    """Rows of grids that print heads of columns: what else stands in one is no number of a row."""
    columns = matched.known.column_codes[matched.table]
    kept = (row for row in rows if row.grid and row.grid.keeps != "cells")
    drawn = [row for row in kept if not columns.keys().isdisjoint(row.keys)]
    return {line_of(label.place) for row in drawn if not row.numbers() for label in row.labels} - {""}


def line_of(place: str) -> str:
    """The line of a grid that a place is in; of other places nothing."""
    return place.rpartition(":C")[0]
