"""Web pages.

In: decoded HTML. Out: prose lines and grids in reading order, spans expanded. Next: `read`.

Only tables without a table inside are data; those around them are layout, and their text flows like the page's.
"""

import re
from collections.abc import Iterator

from govtables.grid import Cell, Grid

# a form feed is white space to HTML and stands in no page: it marks where a line ends on screen
BREAK = re.compile(r"(?=</?(?:p|div|br|li|h[1-6]|td|th|tr|table|ul|ol|dl|dd|dt|section|article|caption|pre)\b)", re.I)
SPACES = re.compile(r"[ \t\r\n\xa0\u3000]+")
NUMBER = re.compile(r"\d+")
MARK = re.compile(r"\x02(\d+)\x02")
LONGEST_CELL = 300  # a cell with more text holds a page, not a label
MOST_LINES = 20
WIDEST = 100  # cells; no statutory table comes near


def read_html(page: str) -> tuple[Cell | Grid, ...]:
    """Turn a page into prose lines and grids, in reading order; the page's title comes first.

    >>> [grid] = read_html("<table><tr><td colspan=2>规章<td>0<tr><td>a<td>b<td>1</table>")
    >>> [cell and cell.text for cell in grid.rows[0]]
    ['规章', None, '0']
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(BREAK.sub("\f", page.replace("\f", " ").replace("\x02", " ")))
    title = tree.css_first("title")
    title_text = _lines(title.text()) if title else []
    tree.strip_tags(["script", "style", "noscript", "template", "title", "select"])
    grids: dict[int, Grid] = {}
    tables = tree.css("table")
    for n in range(len(tables), 0, -1):  # inner tables come after the tables around them
        if grid := _read_table(tables[n - 1], n):
            grids[n] = grid
            tables[n - 1].replace_with(f"\f\x02{n}\x02\f")
    body = tree.body.text() if tree.body else ""
    return tuple([*(Cell(line, "title") for line in title_text), *_blocks(body, grids)])


def _blocks(text: str, grids: dict[int, Grid]) -> Iterator[Cell | Grid]:
    for number, line in enumerate(_lines(text), 1):
        if found := MARK.fullmatch(line):
            yield grids[int(found[1])]
        else:
            yield Cell(line, f"L{number}")


def _lines(text: str) -> list[str]:
    return [line for piece in text.split("\f") if (line := SPACES.sub(" ", piece).strip())]


def _read_table(table, number: int) -> Grid | None:
    """Expand one table; `None` when it is layout."""
    printed = []
    for row in table.css("tr"):
        cells = [(_text(node.text()), node) for node in row.iter() if node.tag in ("td", "th")]
        if any(text is None for text, _ in cells):
            return None
        printed.append(cells)
    return Grid(tuple(_expand(printed, number)), "columns", "html") if any(map(any, printed)) else None


def _text(text: str) -> str | None:
    """A cell's text, a line break where the page has one; `None` when it is a piece of page."""
    lines = _lines(text)
    if len(lines) > MOST_LINES or "\x02" in text or sum(map(len, lines)) > LONGEST_CELL:
        return None
    return "\n".join(lines)


def _expand(printed: list, number: int) -> Iterator[tuple[Cell | None, ...]]:
    """Put each cell at its first place; the other places of its span hold `None`."""
    covered: dict[int, int] = {}  # column -> rows that a cell from above still covers
    for r, cells in enumerate(printed, 1):
        row: list[Cell | None] = []
        below: dict[int, int] = {}
        for c, (text, node) in enumerate(cells, 1):
            while covered.get(len(row), 0):
                row.append(None)
            wide, high = _spans(node, len(printed) - r + 1)
            below |= dict.fromkeys(range(len(row), len(row) + wide), high - 1)
            row += [Cell(text, f"T{number}:R{r}:C{c}"), *[None] * (wide - 1)]
        while covered.get(len(row), 0):
            row.append(None)
        yield tuple(row)
        covered = {at: high - 1 for at, high in covered.items() if high > 1} | {at: h for at, h in below.items() if h > 0}


def _spans(node, rows_left: int) -> tuple[int, int]:
    attributes = node.attributes
    if not attributes:
        return 1, 1
    wide, high = _span(attributes.get("colspan"), 1), _span(attributes.get("rowspan"), 1)
    return min(max(wide, 1), WIDEST), min(high or rows_left, rows_left)


def _span(text: str | None, default: int) -> int:
    found = NUMBER.match(text.strip()) if text else None
    return int(found[0][:6]) if found else default
