"""The printed lines of a report's tables and chapters, as they are published.

In: rows and sections. Out: rows of the tables `lines` and `sections`. Next: `pipeline`.
"""

from collections.abc import Iterator, Sequence

from govtables.extract.match import Match
from govtables.extract.rows import Row
from govtables.readers import Cell, Grid, Section
from govtables.records import PrintedLine, SectionText


def section_row(section: Section) -> SectionText:
    """Give a chapter as a row of the table `sections`."""
    lines = [block.text if isinstance(block, Cell) else _grid_text(block) for block in section.blocks]
    return SectionText(section.chapter, section.heading.text if section.heading else "", "\n".join(lines))


def _grid_text(grid: Grid) -> str:
    rows = [[cell.text for cell in row if cell] for row in grid.rows]
    return "\n".join([" | ".join(texts).replace("\n", " ") for texts in rows])


def tell_layout(found: Match) -> str:
    """Name the layouts of the rows that have values, joined by ``+``."""
    return "+".join(sorted({row.grid.layout if row.grid else "lines" for row in found.rows if row.values}))


def printed_lines(rows: Sequence[Row]) -> list[PrintedLine]:
    """Printed lines of the tables, in order."""
    lines: list[PrintedLine] = []
    open_line, texts = None, []
    for text, place in _printed_cells(rows):
        if open_line and place.startswith(open_line):
            texts.append(text)
            continue
        line, _, number = place.partition(":C")
        texts = [text]
        lines.append(PrintedLine(line, int(number or 1), texts))
        open_line = f"{line}:C" if number else None
    return lines


def _printed_cells(rows: Sequence[Row]) -> Iterator[Cell]:
    grids = {id(row.grid): row.grid for row in rows if row.grid}
    for row in rows:
        if row.grid is None:
            yield from row.labels + row.values
        elif grid := grids.pop(id(row.grid), None):
            yield from (cell for cells in grid.rows for cell in cells if cell)
