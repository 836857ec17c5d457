"""Plain text in any of its layouts.

In: decoded text. Out: prose lines and grids, each cell with its line and cell number. Next: `detect`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from govtables.language import is_label
from govtables.readers.document import Cell, Grid, is_page_number, make_cells
from govtables.readers.text_tables import (
    FLOW_NUMBER, HEADING, LONGEST_LINE, RULE, SHORT, ends_cell, is_prose, read_drawn, read_line, untex,
)
from govtables.readers.limits import LIMITS

PIPE, LINE_END = re.compile("[｜│┃]"), re.compile("\r\n?")
ITEM = re.compile(r"\d{1,2}[.、．]|[(（][一二三四五六七]")
SEPARATOR = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|){2,}(?:\s*:?-{3,}:?)?\s*")  # of a Markdown table
UNDERLINE = re.compile(r"(?=.*-{5}|.*={5}|.*─{5})[\s=─-]{10,}")  # of a header, or around a table
EDGES = frozenset("-–—第=─")  # how both, and the number of a page, begin
REVERSED, WORD = re.compile("\u202e[^\u202c\n]*"), re.compile(r"(?<=[|\s])(?=[^|\s])")  # to the line's end
PADDING = re.compile(r"\s*\|{2,}\s*")  # what a cell that spans columns leaves
WIDEST = 24  # cells; the widest row of the form has 16, more are padding
MOST_BLANK = 50  # lines; more end a table

Lines = list[tuple[int, str]]
Layout = Callable[[Lines, int], tuple[int, list[Cell | Grid]]]


def read_text(text: str) -> tuple[Cell | Grid, ...]:
    """Turn text into prose lines and grids, in reading order.

    >>> [grid] = read_text("规章 | 0 | 0 | 6 |")
    >>> [(cell.text, cell.place) for cell in grid.rows[0]]
    [('规章', 'L1:C1'), ('0', 'L1:C2'), ('0', 'L1:C3'), ('6', 'L1:C4')]
    """
    blocks: list[Cell | Grid] = []
    text = LINE_END.sub("\n", PIPE.sub("|", untex(text)))
    text = REVERSED.sub(lambda line: WORD.sub("\u202e", line[0]), text)
    numbered = enumerate(text.split("\n"), 1)
    lines = [(n, s) for n, s in numbered if not (s.lstrip()[:1] in EDGES and _is_furniture(s))]
    at, piped = 0, "|" in text
    while at < len(lines):
        end, found = _pick_layout(lines[at][1], piped)(lines, at)
        at = max(end, at + 1)
        blocks += found
    return tuple(blocks)


def _is_furniture(line: str) -> bool:
    return is_page_number(line, at_edge=False) or UNDERLINE.fullmatch(line) is not None


def _pick_layout(line: str, piped: bool) -> Layout:
    """Choose the reader for the run of lines that starts here."""
    if "\t" in line:
        return _read_tab_cells if _is_tab_cell(line) else _read_tab_grid
    if line.lstrip().startswith("+-") and RULE.fullmatch(line):
        return read_drawn
    return _read_pipes if piped else _read_lines


# -- tabs ------------------------------------------------------------------------------------------


def _is_tab_cell(line: str) -> bool:
    return line.startswith("\t") and "\t" not in line[1:].rstrip(" ")


def _read_tab_grid(lines: Lines, at: int) -> tuple[int, list[Cell | Grid]]:
    """A line is a row, a tab an edge: columns are kept."""
    rows = []
    while at < len(lines) and ("\t" in lines[at][1] or not lines[at][1].strip()):
        number, line = lines[at]
        if line.strip():
            rows.append(tuple(make_cells(map(str.strip, line.split("\t")), f"L{number}:C")))
        elif rows and _run_ends(lines, at):
            break
        at += 1
    return at, [Grid(tuple(rows), "columns", "tab-grid")] if rows else []


def _run_ends(lines: Lines, at: int) -> bool:
    ahead = (lines[n][1] for n in range(at, min(at + MOST_BLANK, len(lines))))
    following = next(filter(str.strip, ahead), "")
    return "\t" not in following or _is_tab_cell(following)


def _read_tab_cells(lines: Lines, at: int) -> tuple[int, list[Cell | Grid]]:
    """A tab opens a cell, a blank line ends the row; lines without a tab continue the cell."""
    rows: list[list[Cell]] = [[]]
    while at < len(lines):
        number, line = lines[at]
        if _is_tab_cell(line):
            rows[-1].append(Cell(line.strip(), f"L{number}"))
        elif not line.strip():
            if rows[-1]:
                rows.append([])
        elif "\t" in line or not rows[-1] or HEADING.match(line) or len(rows[-1][-1].text) > SHORT:
            break
        else:
            rows[-1][-1] = rows[-1][-1].extended(line.strip())
        at += 1
    return at, [Grid(tuple(tuple(row) for row in rows if row), "rows", "tab-cells")]


# -- pipes, and lines without any mark -------------------------------------------------------------


def _read_lines(lines: Lines, at: int) -> tuple[int, list[Cell | Grid]]:
    """Lines up to another layout, in a text without pipes: prose, cells in their order, flows of words."""
    blocks: list[Cell | Grid] = []
    while at < len(lines) and _pick_layout(lines[at][1], piped=False) is _read_lines:
        number, line = lines[at]
        if text := line.strip():
            blocks += read_line(number, text)
        at += 1
    return at, blocks


def _read_pipes(lines: Lines, at: int) -> tuple[int, list[Cell | Grid]]:
    """Lines up to another layout: pipe rows, pipe cells over many lines, flows of words, prose."""
    blocks, pipes = list[Cell | Grid](), _Pipes()
    for at in range(at, len(lines) + 1):
        number, line = lines[at] if at < len(lines) else (0, "\t")
        if ("\t" in line or "+-" in line) and _pick_layout(line, piped=True) is not _read_pipes:
            break
        if "|" in line and _is_piped(line):
            blocks += pipes.take(number, line)
        elif text := line.replace("|", " ").strip():
            part = pipes.open or _may_open_cell(lines, at)
            blocks += pipes.take_plain(number, text) if part else [*pipes.close(), *read_line(number, text)]
    blocks += pipes.close()
    return at, blocks


def _is_piped(line: str) -> bool:
    """Tell cells between pipes from a page in one line that holds a few."""
    return len(line) <= LIMITS.cell_characters or (
        len(line) <= LONGEST_LINE and max(map(len, line.split("|"))) <= LIMITS.cell_characters
    )


def _may_open_cell(lines: Lines, at: int) -> bool:
    """Tell whether a pipe ends the text of this line, or of a few short ones from here on."""
    length = len(lines[at][1])
    for _, line in lines[at + 1 : at + 2 + SHORT]:
        if "|" in line:
            return True
        length += len(line)
        if length > SHORT or not line.strip():
            return False
    return False


@dataclass(slots=True)
class _Pipes:
    """The open grid, and the open text of which the next line tells whether it is a cell."""
    rows: list[list[Cell]] = field(default_factory=list)
    row_lines: list[list[Cell]] = field(default_factory=list)
    in_cells: bool = False
    ruled: bool = False  # by the line that parts the header of a Markdown table from its rows
    open: Cell | None = None

    def take(self, number: int, line: str) -> list[Cell | Grid]:
        """A line with pipes: a whole row of cells, or the end of one cell."""
        cell, _, more = line.partition("|")
        if self.in_cells and not self.open and not more.strip():
            self.rows[-1].append(Cell(cell.strip(), f"L{number}"))
            return []
        parts = "---" in line and len(line) < 500 and SEPARATOR.fullmatch(line)
        self.ruled |= bool(parts)
        if parts or ("||" in line and PADDING.fullmatch(line)):
            return []
        text = [piece.strip() for piece in line.split("|")]
        while len(text) > WIDEST and not (text[-1] or text[-2]):
            text.pop()
        is_row = any(text) if len(text) > 2 else all(text)
        whole = self.open and (ends_cell(self.open.text) or not self.rows or ITEM.match(text[0]))
        alone = whole and (is_row or text[0])
        ended = self.close() if alone else []
        if is_row:
            self._add_row(number, text)
        else:
            self._add_cells(number, text)
        return ended

    def take_plain(self, number: int, text: str) -> list[Cell | Grid]:
        """A line without a pipe: part of a cell, or prose."""
        if self.open and self.rows and not (ends_cell(self.open.text) or ends_cell(text) or ITEM.match(text)):
            self.open = self.open.extended(text)
            return []
        if is_prose(text):
            return [*self.close(), *read_line(number, text)]
        ended, self.open = self.close() if self.open else [], Cell(text, f"L{number}")
        return ended

    def close(self) -> list[Cell | Grid]:
        """End the grid; the open text was no cell of it but a line of its own."""
        grid, lines, line = self.rows, self.row_lines, self.open
        if lines and not any(row[0].text for row in lines):
            for row in lines:
                del row[0]  # every line opens with a pipe
        keeps, layout = ("rows", "pipe-rows") if len(lines) * 2 > len(grid) else ("cells", "pipe-cells")
        even = lines and len(lines) == len(grid) and len(set(map(len, grid))) == 1
        if even and (self.ruled or _prints_all_cells(grid)):
            keeps, layout = "columns", "markdown"
        self.rows, self.row_lines, self.in_cells, self.ruled, self.open = [], [], False, False, None
        ended = [Grid(tuple(map(tuple, grid)), keeps, layout)] if grid else []
        return ended + (read_line(int(line.place[1:]), line.text) if line else [])

    def _add_row(self, number: int, text: list[str]) -> None:
        cells = make_cells(text if text[-1] else text[:-1], f"L{number}:C", 1 if text[0] else 0)
        if self.open:
            cells[0] = self.open.extended(cells[0].text)
        if self.in_cells and FLOW_NUMBER.fullmatch(text[0]):
            self.rows[-1] += cells  # under its label, with the rest of a span
        else:
            self.rows.append(cells)
            self.row_lines.append(cells)
        self.in_cells, self.open = False, None

    def _add_cells(self, number: int, text: list[str]) -> None:
        if not self.in_cells:
            self.rows.append([])
            self.in_cells = True
        row = self.rows[-1]
        row.append(self.open.extended(text[0]) if self.open else Cell(text[0], f"L{number}"))
        if len(text) > 2:
            row += [Cell(t, f"L{number}") for t in text[1:-1]]
        self.open = Cell(text[-1], f"L{number}") if text[-1] else None


def _prints_all_cells(grid: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether no row of numbers is filled up to the width of the others by blanks at its end."""
    numbered = [row for row in grid if any(cell.text and not is_label(cell.text) for cell in row)]
    gaps = any(a.text.isdigit() and not b.text for row in numbered for a, b in pairwise(row))
    return gaps and all(row[-1].text for row in numbered)
