"""Tables in text: with commas between fields, drawn with rules, of TeX, and flows that only blanks part.

In: decoded text; lines from a rule on, as pandoc writes grid tables: +---+---+; a line without any mark of a
table. Out: lines of prose, and grids that keep what the text does, each cell with its place. Next: `plain`.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from govtables.language import is_label, join_spoken, unescape
from govtables.readers.document import Cell, Grid, make_cells

FEWEST_LINES, FEWEST_COMMAS = 5, 2
MOST_OF = 0.9  # share of the rows of several fields that have a neighbour with as many
RULE = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
TEX_ROW = re.compile(
    r"^(?!\s*\\)[^&\n]*&(?:[^\\\n]|\\(?!\\)|\n(?!\n)){0,2000}\\\\|^\s*\\multi[^\n]*\\\\", re.MULTILINE
)
TEX_SPAN = re.compile(r"\\multi(?:column|row)\{[^{}]*\}\{[^{}]*\}\{([^{}]*)\}")
PART = re.compile("[-=:]+")
WIDTHS = ("WF", "WFA")  # of characters as wide as two; for some programs the ambiguous ones are
Lines = Sequence[tuple[int, str]]
Parts = list[tuple[int, str]]  # first column, text
HEADING = re.compile(r"[\s#]*[一二三四五六七八]、.{2}")
PROSE_END = ("。", ":", "：", ";", "；")
FLOW_NUMBER = re.compile(r"(?:^|\s)[\dOoОо○〇./—-]+\w{0,2}(?=\s|$)")
FLOW_BREAK = re.compile(r"(?<=。)(?=[一二三四五六]、)")
SHORT = 24  # a broken label has at most this many characters before the break
LONG_LABEL = 90  # no label of the form is longer
LONGEST_LINE, FLOW_NUMBERS = 200_000, 5  # a longer line is kept as prose; a flow has so many numbers


def read_commas(text: str) -> tuple[Cell | Grid, ...] | None:
    """Read a text as comma-separated; `None` unless nearly all its rows have as many fields as a neighbour.

    A row of one field is a line; rows of several make a grid, whose columns are kept.

    >>> title, grid = read_commas("二、情况\\n规章,3,2,52\\n规范性文件,2,8,77\\n" + "行政许可,8737,,\\n" * 8)
    >>> title.place, [cell.place for cell in grid.rows[1]][:2], grid.rows[2][2].text
    ('L1', ['L3:C1', 'L3:C2'], '')
    """
    lines = text.count("\n") + 1
    if lines < FEWEST_LINES or text.count(",") < lines:  # which costs nothing to see
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[Cell, ...]] = []
    line = 1
    try:
        for fields in reader:
            cells = tuple(make_cells(map(str.strip, fields), f"L{line}:C"))
            rows += [cells] if cells else []
            line = reader.line_num + 1
    except csv.Error:
        return None
    return tuple(_blocks(rows)) if _is_table(rows) else None


def _is_table(rows: list[tuple[Cell, ...]]) -> bool:
    """Tell a table from prose with commas: tables of several widths may follow one another."""
    widths = [0, *map(len, rows), 0]
    beside = zip(widths, widths[1:], widths[2:], strict=False)
    even = sum(here > FEWEST_COMMAS and here in (before, after) for before, here, after in beside)
    return even >= max(FEWEST_LINES, MOST_OF * sum(len(row) > 1 for row in rows))


def _blocks(rows: list[tuple[Cell, ...]]) -> Iterator[Cell | Grid]:
    for alone, some in groupby(rows, key=lambda row: len(row) == 1):
        if alone:
            yield from (Cell(cell.text, cell.place.partition(":")[0]) for (cell,) in some if cell.text)
        else:
            yield Grid(tuple(some), "columns", "comma-grid")


def read_drawn(lines: Lines, at: int) -> tuple[int, list[Cell | Grid]]:
    """Read the table that begins with a rule here; none if the edges of a line do not meet its corners."""
    end = at
    while end < len(lines) and lines[end][1].strip().startswith(("+", "|")):
        end += 1
    rules = [line for _, line in lines[at:end] if RULE.fullmatch(line)]
    edges = sorted({n for line in rules for n, sign in enumerate(line) if sign == "+"})
    parts = [(n, _cut(line.rstrip(), edges)) for n, line in lines[at:end]]
    if len(rules) < 2 or not all(found for _, found in parts):
        return at, []
    rows = tuple(_rows(parts, len(edges) - 1))
    if any(cell and "\n" in cell.text for row in rows for cell in row):  # no rule parts its rows
        rows = tuple(_rows([one for line in parts for one in (line, parts[0])], len(edges) - 1))
    return end, [Grid(rows, "columns", "markdown")]


def _cut(line: str, edges: Sequence[int]) -> Parts:
    """Cut a line at the table's edges; nothing where it does not reach from the first to the last."""
    for wide in WIDTHS:
        met: dict[int, int] = {}  # edge: place of its sign in the line
        width = 0
        for n, sign in enumerate(line):
            if sign in "+|" and width in edges:
                met[edges.index(width)] = n
            width += 2 if unicodedata.east_asian_width(sign) in wide else 1
        cuts = [*met.values()]
        if {0, len(edges) - 1} <= met.keys() and cuts[-1] == len(line) - 1:
            return [(a, line[m + 1 : n].strip()) for a, m, n in zip(met, cuts, cuts[1:], strict=False)]
    return []


def _rows(lines: Sequence[tuple[int, Parts]], width: int) -> Iterator[tuple[Cell | None, ...]]:
    """Rows of cells; what no rule ends goes on beside the next row, in the one where it began."""
    rows: list[dict[int, Cell | None]] = []
    home: dict[int, dict[int, Cell | None]] = {}  # first column: the row that its cell began in
    for n, parts in lines:
        ruled = [a for a, text in parts if PART.fullmatch(text)]
        if ruled:
            home = {a: home[a] for a, _ in parts if a not in ruled and a in home}
            rows.append(dict.fromkeys(home))
        for a, text in parts:
            if a not in ruled:
                row = home.setdefault(a, rows[-1])
                row[a] = (row.get(a) or Cell("", f"L{n}:C{a + 1}")).extended(text)
    for row in filter(None, rows):
        yield tuple(row.get(at) for at in range(width))


def untex(text: str) -> str:
    """Put pipes behind the cells of tables in TeX, one or more lines a row."""
    return TEX_ROW.sub(_untex_row, text) if "\\begin{" in text else text


def _untex_row(row: re.Match[str]) -> str:
    """A row in one line, with pipes behind its cells; the lines below keep their numbers."""
    text = TEX_SPAN.sub(r"\1", row[0]).replace("&", "|").replace(r"\\", "|")
    return text.replace("\n", " ") + "\n" * text.count("\n")


def ends_cell(text: str) -> bool:
    """Tell a text that is no first part of a cell."""
    return len(text) > SHORT or is_prose(text) or HEADING.match(text) is not None


def is_prose(text: str) -> bool:
    """Tell a line of prose, which no label of the form is."""
    return len(text) > LONG_LABEL or (text.endswith(PROSE_END) and is_label(text))


def read_line(number: int, text: str) -> list[Cell | Grid]:
    """A line of prose, or a flow of labels and numbers that only blanks part."""
    few = text.count(" ") <= FLOW_NUMBERS and "&" not in text and len(text.split()) < FLOW_NUMBERS
    if few or not SHORT <= len(text) <= LONGEST_LINE or not _is_flow(joined := join_spoken(unescape(text))):
        return [Cell(text, f"L{number}")]
    words = FLOW_BREAK.sub(" ", joined).split()
    return [Grid((tuple(make_cells(words, f"L{number}:C")),), "cells", "flow")]


def _is_flow(text: str) -> bool:
    """Tell a chapter, or several rows, in one line; a row in a line may have its label around it."""
    chapter = HEADING.match(text) and text.count(" ") > FLOW_NUMBERS and not text.endswith(PROSE_END)
    if not chapter and len(FLOW_NUMBER.findall(text)) < FLOW_NUMBERS:
        return False
    labels = list(map(is_label, text.split()))
    return bool(chapter) or (False, True) in zip(labels, labels[1:], strict=False)
