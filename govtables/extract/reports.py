"""Several reports in one document are cut apart.

In: a `Document`. Out: one for each report in it, `NAME#2` and so on behind the first. Next: `sections`.

Another report begins at a title with another issuer or year, or where chapter one returns with other
numbers, if numbers of the form stand before and behind. Links to reports, and titles of pages, begin none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from govtables.extract.rows import split_rows
from govtables.extract.sections import lone_cell, read_heading
from govtables.extract.titles import Title, read_titles
from govtables.forms import Wording
from govtables.language import simplify
from govtables.readers import Cell, Document, Grid, Section

Block = Cell | Grid
Figures = dict[str, set[tuple[str, ...]]]  # folded label: the values printed behind it
Place = tuple[int, int]  # of a block, and of a row in it
GOVERNMENT = re.compile("(?:人民)?政府$")


class Mark(NamedTuple):
    """Where another report may begin: at a title, or at chapter one."""

    at: Place
    title: Title | None


def split_reports(document: Document, wording: Wording) -> list[Document]:
    """Cut a document where another report begins; one that holds a single report is given as it is."""
    marks = list(_marks(document.blocks))
    if len(marks) < 2:
        return [document]
    starts = _starts(document.blocks, marks, wording)
    ends = [*starts[1:], (len(document.blocks), 0)]
    parts = [_between(document.blocks, start, end) for start, end in zip(starts, ends, strict=True)]
    if len(parts) == 1:
        return [document]
    names = [document.name, *(f"{document.name}#{n}" for n in range(2, len(parts) + 1))]
    return [replace(document, name=name, blocks=part) for name, part in zip(names, parts, strict=True)]


def _marks(blocks: Sequence[Block]) -> Iterator[Mark]:
    """Titles with an issuer or a year, and headings of chapter one, in order."""
    lines = list(_lone_lines(blocks))
    titles: dict[int, Title] = {}
    for title in read_titles([text for _, text in lines]):
        last = -title.weight[-1]
        if (title.issuer or title.year) and title > titles.get(last, Title((), "", None, None)):
            titles[last] = title
    for n, (at, text) in enumerate(lines):
        if title := titles.get(n):
            yield Mark(lines[n + title.weight[-2]][0], title)
        elif read_heading(text) == 1:
            yield Mark(at, None)


def _lone_lines(blocks: Sequence[Block]) -> Iterator[tuple[Place, str]]:
    """Lines of prose, and cells that stand alone in their row."""
    for n, block in enumerate(blocks):
        if isinstance(block, Cell):
            yield (n, 0), block.text
            continue
        for at, row in enumerate(block.rows):
            if cell := lone_cell(row):
                yield (n, at), cell.text


def _starts(blocks: Sequence[Block], marks: Sequence[Mark], wording: Wording) -> list[Place]:
    """Where each report begins. Figures are read where they decide: mostly before the last mark alone."""
    starts: list[Place] = [(0, 0)]
    known: list[Title] = []  # titles of this report
    waiting: Mark | None = None  # begins another report if numbers follow
    held, unread = Figures(), [((0, 0), marks[0].at)]  # what this report holds

    def read() -> Figures:
        while unread:
            _add(held, _figures(_between(blocks, *unread.pop()), wording))
        return held

    for mark, after in zip_longest(marks, marks[1:]):
        part = mark.at, after.at if after else (len(blocks), 0)
        differs = not waiting if mark.title is None else all(_differ(mark.title, one) for one in known)
        if differs and read():
            waiting = mark
        elif mark.title and after and not read():
            known.append(mark.title)
        if not waiting:
            unread.append(part)
            continue
        found = _figures(_between(blocks, *part), wording)
        own = {} if waiting.title else read()
        contradict = any(own[label].isdisjoint(found[label]) for label in own.keys() & found.keys())
        if found and (waiting.title or contradict):
            starts.append(waiting.at)
            known, held, unread = [waiting.title] if waiting.title else [], {}, []
        waiting = None if found else waiting
        _add(held, found)
    return starts


def _add(held: Figures, found: Figures) -> None:
    for label, values in found.items():
        held.setdefault(label, set()).update(values)


def _figures(blocks: Sequence[Block], wording: Wording) -> Figures:
    """Values behind labels of the form."""
    found: Figures = {}
    for row in split_rows(Section(0, None, tuple(blocks)), True, wording):
        values = tuple(row.texts())
        label = next((key for key in row.keys[::-1] if key in wording.owners), None)
        if values and label:
            found.setdefault(label, set()).add(values)
    return found


def _differ(one: Title, other: Title) -> bool:
    """Tell whether two titles name two years, or two issuers; part of a name is the same one."""
    if one.year and other.year and one.year != other.year:
        return True
    names = [GOVERNMENT.sub("", simplify(title.issuer or "")) for title in (one, other)]
    return names[0] not in names[1] and names[1] not in names[0]


def _between(blocks: Sequence[Block], start: Place, end: Place) -> tuple[Block, ...]:
    """Blocks from one place to another, grids being cut between rows."""
    found: list[Block] = []
    for n in range(start[0], min(end[0] + 1, len(blocks))):
        block = blocks[n]
        first, last = start[1] if n == start[0] else 0, end[1] if n == end[0] else None
        if isinstance(block, Grid) and (first or last is not None):
            found += [replace(block, rows=rows)] if (rows := block.rows[first:last]) else []
        elif isinstance(block, Grid) or last is None:
            found.append(block)
    return tuple(found)
