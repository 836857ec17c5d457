"""One table of the form in its printed rows, or in a shape that came before.

In: the rows, or the section, of a table. Out: a `Match`. Next: `match`.

The shape of a section is all that it prints, but of plain numbers only that they are such; a plan says which
text is which cell. It is made when a shape comes again, if matching finds nothing odd and looks at no number
(`LOOKS`), and serves from the third report on if it gives what matching gives for other numbers, too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import chain, count, cycle

from govtables.extract.disputes import match_results
from govtables.extract.labelled_tables import match_labelled
from govtables.extract.ledger import CELL, line_of, spend
from govtables.extract.row_matching import MatchedRows
from govtables.extract.rows import LOOKS, Row, is_short
from govtables.extract.table_rows import rows_by_table, tell_generation_of
from govtables.forms import GENERATIONS, Form, Wording, tables
from govtables.language import read_value
from govtables.readers import Cell, Grid, Section
from govtables.records import CellRow, Finding, Token

MOST_SHAPES = 1 << 13
PLAIN = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?|[增减減][0-9]{1,9}")  # what a shape leaves open
NOWHERE = Cell(None, None)  # where a cell stands that is not printed
Matched = tuple["Match", MatchedRows]  # what was found, and how


@dataclass(slots=True)
class Match:
    """What matching found in a document, or in one table."""

    generation: str | None = None
    cells: list[CellRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)  # by a plan: all texts outside of grids, a blank a layout
    ledger: list[Token] = field(default_factory=list)  # what each text of a table is spent as, as printed
    known_labels: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What matching finds in a shape, and where, by the numbers of the printed texts."""

    found: Match  # but for its cells and its ledger
    cells: list[tuple]  # columns, without places, and what is open
    spent: list[tuple]  # columns of what texts are spent as
    places: list[list[int]]  # of cells, tokens, labels and values outside of grids
    numbers: list[int]  # the cells that are open
    lines: list[int]  # which tokens that are no cells stand in one line

    def fill(self, printed: Sequence[Cell]) -> Match | None:
        """What matching finds in texts of the shape; `None` where others than planned share a line."""
        texts = [*printed, NOWHERE]
        of_cells, of_tokens, *outside = [[texts[n] for n in own] for own in self.places]
        said, where = zip(*of_tokens, strict=True)
        if _lines_of(where, self.spent[0]) != self.lines:
            return None
        tokens = map(_token, zip(where, said, *self.spent, strict=True))
        *of, values, statuses, raws, reasons, _, units = map(list, self.cells)
        for n in self.numbers:
            raws[n] = of_cells[n].text
            values[n], _, reasons[n], _ = read_value(raws[n])
        where = [cell.place for cell in of_cells]
        cells = map(_cell, zip(*of, values, statuses, raws, reasons, where, units, strict=True))
        rows = [Row(0, *map(tuple, outside), (), ()), *self.found.rows]
        return replace(self.found, cells=list(cells), rows=rows, ledger=list(tokens))


_cell, _token = partial(tuple.__new__, CellRow), partial(tuple.__new__, Token)


def _lines_of(places: Sequence[str], spent: Sequence[str]) -> list[int]:
    """By number, the lines of grids that tokens stand in, but for those of cells."""
    lines = {"": 0}
    named = [line_of(place) for place, one in zip(places, spent, strict=True) if one != CELL]
    return [lines.setdefault(line, len(lines)) for line in named]


@dataclass(slots=True)
class Shape:
    """How often a shape came, its plan if it has one, and whether that was tried on other numbers."""

    key: bytes
    came: int = 0
    plan: Plan | None = None
    tried: bool = False


shape_of = lru_cache(maxsize=MOST_SHAPES)(Shape)  # new where a key never came, or long ago
_kept = lru_cache(maxsize=1 << 11)(lambda column: column)  # codes are the same for many shapes
_leave_open = lru_cache(maxsize=1 << 14)(lambda text: "0" if PLAIN.fullmatch(text) else text)


def recall(wording: Wording, sections: Sequence[Section]) -> dict[str, Match]:
    """What matching finds in sections, by table, where a plan tells it."""
    own = {section.chapter: section for section in sections}
    asked = {table: own[at] for table, at in tables().items() if at in own and len(own) == len(sections)}
    found = {table: _recall_one(wording, section, table) for table, section in asked.items()}
    return {table: one for table, one in found.items() if one}


def _recall_one(wording: Wording, section: Section, table: str) -> Match | None:
    key, printed = read_shape(section)
    if key is None:
        return None
    shape = shape_of(key)
    shape.came += 1
    if shape.came == 2:
        found = _find(wording, section, table)
        shape.plan = found and _plan_of(*found, printed)
        return found and found[0]
    if shape.plan and not shape.tried:
        other = _renumber(section)
        found, made = _find(wording, other, table), shape.plan.fill(read_shape(other)[1])
        shape.tried, same = True, found and made and made == replace(found[0], rows=made.rows)
        shape.plan = shape.plan if same else None
    return shape.plan and shape.plan.fill(printed)


def _renumber(section: Section) -> Section:
    """A section of the same shape with a number of its own, never zero, wherever the shape leaves it open."""
    signs, numbers = cycle(("", "-", "1.", "", "增", "", "减")), count(101, 7)

    def change(one: Cell | Grid | None) -> Cell | Grid | None:
        if isinstance(one, Grid):
            return replace(one, rows=tuple(tuple(map(change, row)) for row in one.rows))
        is_open = one and PLAIN.fullmatch(one.text)
        return one._replace(text=f"{next(signs)}{next(numbers)}") if is_open else one

    return replace(section, blocks=tuple(map(change, section.blocks)))


def read_shape(section: Section) -> tuple[bytes | None, list[Cell]]:
    """A key of all that matching looks at in a section, if it has one, and the texts that may be cells."""
    shape: list = [section.chapter, section.heading and section.heading.text]
    printed: list[Cell] = []
    for block in section.blocks:
        if isinstance(block, Cell):
            shape.append(is_short(block))
            printed += [block] if shape[-1] else []
        else:
            shape += block.keeps, block.layout, [len(r) if all(r) else [*map(bool, r)] for r in block.rows]
            printed += [cell for row in block.rows for cell in row if cell]
    said, places = zip(*printed, strict=True) if printed else ((), ())
    texts = "\0".join(map(_leave_open, said))
    whole = texts.count("\0") == len(said) - 1 and all(places)
    key = f"{shape}{texts}".encode(errors="surrogatepass")
    return blake2b(key, digest_size=16).digest() if whole else None, printed


def _find(wording: Wording, section: Section, table: str) -> Matched | None:
    """What matching finds in a section, and how, if that hangs on its shape alone."""
    LOOKS.at_numbers = False
    by_table, seen = rows_by_table(wording, [section], tables().keys() - {table})
    rows = by_table.pop(table)
    told = tell_generation_of(wording, table, rows)
    known = [wording.forms[generation] for generation in ([told] if told else GENERATIONS)]
    (found, matched), *others = [match_table(form, table, rows, [section]) for form in known]
    odd = any(by_table.values()) or found.findings or any(one != found for one, _ in others)
    if odd or not found.ledger or LOOKS.at_numbers:
        return None
    return replace(found, generation=told, known_labels=seen), matched


def _plan_of(found: Match, matched: MatchedRows, printed: Sequence[Cell]) -> Plan | None:
    """The plan of what is found; `None` where words of a line, or labels joined, are cells."""
    spots = {id(cell): n for n, cell in enumerate([*printed, NOWHERE])}
    spent = {one[4:]: cell for one, cell in matched.spent.values()}
    of_cells = [spent.get(one[1:3], NOWHERE) for one in found.cells]
    rows = [(*row.labels[:-1], *(row.parts or row.labels[-1:]), *row.values) for row in found.rows]
    of_tokens = [cell for row in rows for cell in row if cell.text or id(cell) in matched.spent]
    outside = [[cell for row in found.rows if row.grid is None for cell in row[n]] for n in (1, 2)]
    places = [[spots.get(id(cell)) for cell in own] for own in (of_cells, of_tokens, *outside)]
    if None in chain.from_iterable(places) or len(spots) <= len(printed):
        return None
    layouts = sorted({row.grid.layout for row in found.rows if row.grid and row.values})
    blanks = [Row(0, (), (NOWHERE,), (), (), Grid((), "cells", layout)) for layout in layouts]
    numbers = {n for n, cell in enumerate(of_cells) if PLAIN.fullmatch(cell.text or "")}
    cells, (where, _, *said) = [list(zip(*some, strict=True)) for some in (found.cells, found.ledger)]
    for column in (3, 5, 6):  # value, text and what reading says of it
        cells[column] = tuple([None if n in numbers else own for n, own in enumerate(cells[column])])
    cells[7], bare = (), replace(found, cells=[], rows=blanks, ledger=[])
    cells[:3], said = map(_kept, cells[:3]), [*map(_kept, said)]
    return Plan(bare, cells, said, places, [*numbers], _lines_of(where, said[0]))


def match_table(known: Form, table: str, rows: Sequence[Row], sections: Sequence[Section]) -> Matched:
    """Find the cells of a table in its rows, and say what each text is spent as."""
    titles = [one.heading for one in sections if one.heading and one.chapter == tables()[table]]
    match = match_results if table == "disputes" else match_labelled
    cells, matched = match(known, table, rows, titles)
    cells, tokens = spend(matched, rows, cells) if rows else (cells, [])
    return Match(None, cells, matched.findings, [*rows], tokens), matched
