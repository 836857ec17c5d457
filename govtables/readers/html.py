"""Web pages.

In: decoded HTML. Out: prose lines and grids in reading order, spans expanded, and notes. Next: `detect`.

Only tables without a table inside are data; those around them are layout, and their text flows like the
page's. A table of one cell inside a cell is a text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from govtables.language import tell
from govtables.readers.document import ONE, Cell, Grid, Spanned, Unreadable, expand_spans, make_cells
from govtables.readers.limits import LIMITS
from govtables.readers.seen import BREAK, CELLS, MARKED, show

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

INLINE = "a, b, em, font, i, label, small, span, strong, u"
OPENED = re.compile("<(?:table|div)")  # which is found faster than each is counted
BLOCKS = re.compile(r"<(/?)(?:table|div)\b", re.IGNORECASE)
# Elements that last until they are closed; a tree of thousands of them takes the square of its depth.
LASTING = re.compile(
    r"<(/?)(?!br|col|dd|dt|hr|img|input|li|link|meta|option|p\b|t[dhr]\b)[a-z]", re.IGNORECASE
)
UNSEEN = ["script", "style", "noscript", "template", "title", "select"]
SPACES = re.compile(r"[ \t\r\n\xa0\u3000]+")
NUMBER = re.compile(r"\d+")
MARK = re.compile(r"\x02(\d+)\x02")


def parse(page: str) -> "LexborHTMLParser":
    """The tree of a page; `Unreadable` for one that would take long."""
    from selectolax.lexbor import LexborHTMLParser

    if (tags := page.count("<")) > LIMITS.tags:
        raise Unreadable(tell("readers.many_tags", most=LIMITS.tags))
    blocks = len(OPENED.findall(page))
    for count, opened, deepest in (blocks, BLOCKS, LIMITS.depth), (tags / 2, LASTING, 10 * LIMITS.depth):
        if count > deepest and _depth(opened, page) > deepest:
            raise Unreadable(tell("readers.deep", most=deepest))
    return LexborHTMLParser(page)


def read_html(page: str) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Turn a page into prose lines and grids, in reading order, and notes; the page's title comes first.

    >>> [grid], _ = read_html("<table><tr><td colspan=2>规章<td>0<tr><td>a<td>b<td>1</table>")
    >>> [cell and cell.text for cell in grid.rows[0]]
    ['规章', None, '0']
    """
    tree = parse(page.replace(BREAK, " ").replace("\x02", " "))
    title = tree.css_first("title")
    title_text = _lines(title.text()) if title else []
    notes = show(tree)
    tree.strip_tags(UNSEEN)
    for node in tree.css(INLINE):
        node.unwrap()
    if "<!--" in page:
        _drop_comments(tree)
    tree.merge_text_nodes()
    grids = {0: Grid((), "columns", "picture")}
    tables = tree.css("table")
    for n in range(len(tables), 0, -1):  # inner tables come after the tables around them
        if grid := _read_table(tables[n - 1], n):
            grids[n] = grid
            text = _only_text(grid, tables[n - 1])
            tables[n - 1].replace_with(f"{BREAK}{text or MARKED.format(n)}{BREAK}")
    body = tree.body.text(separator=BREAK) if tree.body else ""
    return (*(Cell(line, "title") for line in title_text), *_blocks(body, grids)), notes


def _depth(tags: re.Pattern[str], page: str) -> int:
    return max(accumulate(-1 if found[1] else 1 for found in tags.finditer(page)), default=0)


def _drop_comments(tree: "LexborHTMLParser") -> None:
    """A comment inside a number would part its digits."""
    for cell in tree.css("td, th"):
        if "<!--" in cell.html:
            for node in [node for node in cell.traverse(include_text=True) if node.tag == "-comment"]:
                node.decompose()


def _blocks(text: str, grids: dict[int, Grid]) -> Iterator[Cell | Grid]:
    for number, line in enumerate(_lines(text), 1):
        if found := MARK.fullmatch(line):
            yield grids[int(found[1])]
        else:
            yield Cell(line, f"L{number}")


def _lines(text: str) -> list[str]:
    if text.isalnum():
        return [text]
    return list(filter(None, map(str.strip, SPACES.sub(" ", text).split(BREAK))))


def _read_table(table: "LexborNode", number: int) -> Grid | None:
    """Expand one table; `None` when it is layout."""
    rows: list[Iterable[Spanned]] = []
    printed = False
    spanned = ((node.mem_id, node.attributes) for node in table.css("[colspan], [rowspan]"))
    spans = {key: _spans(said.get("colspan"), said.get("rowspan")) for key, said in spanned}
    for r, row in enumerate(table.css("tr"), 1):
        nodes = [node for node in row.iter() if node.tag in CELLS]
        texts = [_text(node.text(separator=BREAK)) for node in nodes]
        if None in texts:
            return None
        own = [spans.get(node.mem_id, ONE) for node in nodes] if spans else [ONE] * len(nodes)
        rows.append(zip(make_cells(texts, f"T{number}:R{r}:C"), own, strict=True))
        printed = printed or any(texts)
    return Grid(tuple(expand_spans(rows, LIMITS.columns)), "columns", "html") if printed else None


def _only_text(grid: Grid, table: "LexborNode") -> str:
    """The text of a table of one cell, if it stands in a cell that has others beside it."""
    around = table.parent if [len(row) for row in grid.rows] == [1] else None
    while around is not None:
        if around.tag in CELLS and around.parent.css_first("td + td, th + td, td + th, th + th"):
            return grid.rows[0][0].text.replace("\n", BREAK)
        around = around.parent
    return ""


@lru_cache(maxsize=1 << 14)
def _text(text: str) -> str | None:
    """A cell's text, a line break where the page has one; `None` when it is a piece of page."""
    lines = _lines(text)
    if len(lines) > LIMITS.cell_lines or "\x02" in text or sum(map(len, lines)) > LIMITS.cell_characters:
        return None
    return "\n".join(lines)


@lru_cache(maxsize=1 << 8)
def _spans(*said: str | None) -> tuple[int, int]:
    """Columns and rows that a cell covers, from attributes such as ``"2;"``; 0 rows are all that are left."""
    wide, high = ((found := NUMBER.match((text or "").strip())) and int(found[0][:6]) for text in said)
    return min(wide or 1, LIMITS.columns), 1 if high is None else high or LIMITS.rows
