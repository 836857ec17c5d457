"""Tables that a page of paper holds whole: the widths of their columns decide on the size of their type.

In: the cells of a notebook as rendered, parsed. Out: the same, in which each table fits the page, repeats its header on the next page and
scrolls by itself on a narrow screen. Next: `printable`.
"""

import re
import unicodedata
from collections.abc import Callable
from html import escape

from bs4 import BeautifulSoup, NavigableString, Tag
from publish.pages.markup import QUOTED

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]

# In points: the width of a page without its margins, and the sizes of type for tables in the style sheet. A character is as wide as
# `WIDE` or `NARROW` of its size, a cell has `PADDING` besides, and a column of prose should have `COLUMN`.
PAGE, SIZES = 496, (8.5, 7.5, 6.5, 5.5)
WIDE, NARROW, PADDING, COLUMN = 1, 0.6, 0.9, 8
LONG = 30  # characters: a cell with more is prose, and its lines may break

NUMBER = re.compile(r"[-+−]?[\d,]*\.?\d+ ?%?|<NA>|NaN|")
BREAK = re.compile(r"(?<=[A-Za-z][_./])(?=[A-Za-z])")  # where a code may go on in the next line
PIECE = re.compile(r"[⺀-鿿＀-￯]|[^\s⺀-鿿＀-￯]+")


def arrange_tables(soup: BeautifulSoup) -> None:
    """Make all tables fit for paper and screen."""
    for n, table in enumerate(soup.find_all("table"), 1):
        columns = arrange_table(table)
        table["class"] = [*table.get_attribute_list("class", []), *fit(columns)]
        label = f"Table {n}, in the section “{find_section(table)}”"
        table.wrap(soup.new_tag("div", attrs={"class": "table", "tabindex": "0", "role": "region", "aria-label": label}))


def arrange_table(table: Tag) -> list[list[Tag]]:
    """Give a table of pandas one row of headers, aligned with what they head; return its columns."""
    del table["border"]
    for row in table.find_all("tr"):
        del row["style"]
    merge_headers(table)
    columns = list_columns(table)
    align_numbers(columns)
    for cell in table.find_all(["th", "td"]):
        name_cell(cell)
    return columns


def merge_headers(table: Tag) -> None:
    """Put the two rows of pandas' header, columns and index, into one where they leave room for each other."""
    rows = [row.find_all("th") for row in table.select("thead tr")]
    if len(rows) != 2 or len(rows[0]) != len(rows[1]) or any(upper.get_text() and lower.get_text() for upper, lower in zip(*rows)):
        return
    for upper, lower in zip(*rows):
        upper.string = upper.get_text() or lower.get_text()
    rows[1][0].parent.decompose()


def list_columns(table: Tag) -> list[list[Tag]]:
    """List the cells of each column, counted from the right: a row below a tall cell lacks it on the left."""
    rows = [row.find_all(["th", "td"]) for row in table.find_all("tr") if not row.find(colspan=True)]
    most = max(map(len, rows), default=0)
    return [[row[-n] for row in rows if len(row) >= n] for n in range(most, 0, -1)]


def align_numbers(columns: list[list[Tag]]) -> None:
    """Mark columns that hold numbers alone."""
    for column in columns:
        values = [cell.get_text().strip() for cell in column if cell.name == "td"]
        if any(map(str.isdigit, "".join(values))) and all(map(NUMBER.fullmatch, values)):
            for cell in column:
                cell["class"] = "number"


def fit(columns: list[list[Tag]]) -> list[str]:
    """Choose the largest type with which the columns fit the page; where none does, words break anywhere in the smallest."""
    tries = [(0, measure_whole), *((step, measure_roomy) for step in (0, 1, 2)), (2, measure_broken), (3, measure_broken)]
    for step, measure in tries:
        needed = sum(max(map(measure, column)) + PADDING for column in columns)
        if needed * SIZES[step] <= PAGE:
            return [f"fit-{step}", "whole"] if measure is measure_whole else [f"fit-{step}"]
    return [f"fit-{len(SIZES) - 1}", "tight"]


def measure_whole(cell: Tag) -> float:
    """Estimate the width that a cell needs, in the size of its type, if only prose breaks."""
    return max(measure_broken(cell), 2 * COLUMN) if is_long(cell) else width(cell.get_text())


def measure_roomy(cell: Tag) -> float:
    """Estimate the width that a cell needs if all breaks, but not into a column of single words."""
    return max(measure_broken(cell), min(width(cell.get_text()), COLUMN))


def measure_broken(cell: Tag) -> float:
    """Estimate the width of the longest piece of a cell that cannot break."""
    return max(map(width, PIECE.findall(BREAK.sub(" ", cell.get_text()))), default=0)


def width(text: str) -> float:
    """Estimate the width of a text in the size of its type."""
    return sum(WIDE if unicodedata.east_asian_width(character) in "WF" else NARROW for character in text)


def is_long(cell: Tag) -> bool:
    """Tell prose from values and codes."""
    return len(cell.get_text()) > LONG


def name_cell(cell: Tag) -> None:
    """Say what a header cell heads, mark prose, and let codes break between their words."""
    if cell.name == "th" and cell.get_text().strip():
        cell["scope"] = "col" if cell.find_parent("thead") else "row"
    elif cell.name == "th" and cell.find_parent("thead"):
        cell.name = "td"
    if is_long(cell):
        cell["class"] = [*cell.get_attribute_list("class", []), "long"]
    for string in cell.find_all(string=BREAK):
        replace(string, BREAK, lambda found: "<wbr>")
    for string in cell.find_all(string=QUOTED):
        replace(string, QUOTED, lambda found: f"<code>{escape(found[1])}</code>")


def find_section(tag: Tag) -> str:
    """Return the heading that something stands under."""
    heading = tag.find_previous(HEADINGS)
    return heading.get_text() if heading else ""


def replace(string: NavigableString, pattern: re.Pattern[str], make: Callable[[re.Match[str]], str]) -> None:
    """Put markup in the place of what a pattern finds in a text."""
    parts, at = [], 0
    for found in pattern.finditer(string):
        parts += [escape(string[at : found.start()], quote=False), make(found)]
        at = found.end()
    markup = "".join([*parts, escape(string[at:], quote=False)])
    string.replace_with(*list(BeautifulSoup(markup, "html.parser").contents))
