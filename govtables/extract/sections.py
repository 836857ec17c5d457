"""The chapters of a report.

In: a `Document`. Out: `Section`s; chapter 0 stands before the first heading; each as it is published. Next:
`rows`, `facts`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from govtables.forms import headings
from govtables.language import fold, strip_annotations
from govtables.readers import Cell, Document, Grid, Section
from govtables.records import SectionText

LEAD = "#*?？。ū\ufffd \u3000"  # marks of Markdown, debris of lost characters
NUMBERED = re.compile(r"(?:[一二三四五六七八]\s*[、.．,，]|第[一二三四五六七八](?:部分|章)|表[一二三四])")
PARENTHESISED = re.compile(r"[(（]")
LONGEST_HEADING = 60
LONGEST_LINE = 4 * LONGEST_HEADING  # with annotations


def read_heading(text: str) -> int | None:
    """Tell the chapter that a line opens, or `None`.

    >>> read_heading("三、收到和处理政府信息公开申请情况"), read_heading("（一）主动公开政府信息情况")
    (3, None)
    """
    text = text if len(text) < LONGEST_LINE else text.strip(LEAD)
    return _read_heading(text) if len(text) < LONGEST_LINE else None


@lru_cache(maxsize=1 << 12)
def _read_heading(text: str) -> int | None:
    text = text.strip(LEAD)
    if len(text) > LONGEST_HEADING:
        text = strip_annotations(text)
    if not 1 < len(text) <= LONGEST_HEADING or PARENTHESISED.match(text):
        return None
    exact, loose = headings()
    key = fold(text)
    if key in exact:
        return exact[key]
    if not NUMBERED.match(text) or text.endswith(("。", ";", "；")):
        return None
    return next((chapter for pattern, chapter in loose if pattern.search(key)), None)


def split_sections(document: Document) -> tuple[Section, ...]:
    """Cut a document at its chapter headings; of a repeated heading the last counts."""
    pieces = list(_pieces(document))
    cuts: list[tuple[int, int]] = []
    for at in range(len(pieces) - 1, -1, -1):
        chapter = read_heading(pieces[at].text) if isinstance(pieces[at], Cell) else None
        if chapter and (not cuts or chapter < cuts[-1][1]):
            cuts.append((at, chapter))
    cuts.reverse()
    ends = [at for at, _ in cuts] + [len(pieces)]
    front = Section(0, None, tuple(pieces[: ends[0]]))
    spans = zip(cuts, ends[1:], strict=True)
    return (front, *(Section(c, pieces[at], tuple(pieces[at + 1 : end])) for (at, c), end in spans))


def _pieces(document: Document) -> Iterator[Cell | Grid]:
    """Blocks of the document, a grid being cut where one of its cells is a chapter heading."""
    for block in document.blocks:
        yield from [block] if isinstance(block, Cell) else _cut_grid(block)


def lone_cell(row: Iterable[Cell | None]) -> Cell | None:
    """The cell that alone has a text in a row."""
    found = None
    for cell in row:
        if cell and cell.text:
            if found:
                return None
            found = cell
    return found


def _cut_grid(grid: Grid) -> Iterator[Cell | Grid]:
    rows: list[tuple[Cell | None, ...]] = []
    for row in grid.rows:
        start = 0
        # a heading stands alone in its row, or in a table whose rows cannot be seen
        for cell in row if grid.keeps == "cells" else (lone_cell(row),):
            if cell and len(cell.text) > 3 and read_heading(cell.text):
                at = row.index(cell, start)
                rows.append(row[start:at])
                yield Grid(tuple(filter(any, rows)), grid.keeps, grid.layout)
                yield cell
                rows, start = [], at + 1
        rows.append(row[start:] if start else row)
    yield Grid(tuple(rows), grid.keeps, grid.layout)


def section_row(section: Section) -> SectionText:
    """Give a chapter as a row of the table `sections`."""
    lines = [block.text if isinstance(block, Cell) else _grid_text(block) for block in section.blocks]
    return SectionText(section.chapter, section.heading.text if section.heading else "", "\n".join(lines))


def _grid_text(grid: Grid) -> str:
    rows = [[cell.text for cell in row if cell] for row in grid.rows]
    return "\n".join([" | ".join(texts).replace("\n", " ") for texts in rows])
