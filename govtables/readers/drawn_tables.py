"""Tables drawn in text with corners and rules, as pandoc writes grid tables: +---+---+. Those of TeX, too.

In: lines from such a rule on. Out: a grid that keeps its columns, spans and blanks. Next: `plain`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from govtables.readers.document import Cell, Grid

RULE = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
TEX_ROW = re.compile(
    r"^(?!\s*\\)[^&\n]*&(?:[^\\\n]|\\(?!\\)|\n(?!\n)){0,2000}\\\\|^\s*\\multi[^\n]*\\\\", re.MULTILINE
)
TEX_SPAN = re.compile(r"\\multi(?:column|row)\{[^{}]*\}\{[^{}]*\}\{([^{}]*)\}")
PART = re.compile("[-=:]+")
WIDTHS = ("WF", "WFA")  # of characters as wide as two; for some programs the ambiguous ones are
Lines = Sequence[tuple[int, str]]
Parts = list[tuple[int, str]]  # first column, text


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
