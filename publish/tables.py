"""Tables of notebooks as the site shows them: one row of headers, numbers to the right, codes that may break.

In: the HTML of an output. Out: the same, arranged. Next: `notebooks`.
"""

import re
from collections.abc import Callable
from html import escape

from bs4 import BeautifulSoup, NavigableString, Tag

from publish.interactive import words
from publish.labels import label
from publish.pages.markup import QUOTED
from publish.words import edition

MANY = 15  # rows, from which on a table can be sorted and searched
LONG = 30  # characters: a cell with more is prose, and its lines may break
NUMBER = re.compile(r"[-+−]?[\d,]*\.?\d+ ?%?|<NA>|NaN|")
BREAK = re.compile(r"(?<=[A-Za-z][_./])(?=[A-Za-z])")  # where a code may go on in the next line


def arrange_html(html: str) -> str:
    """Arrange the tables of an output; the style sheet says what the style that pandas adds would say."""
    soup = BeautifulSoup(html, "html.parser")
    for style in soup.select("style[scoped]"):
        style.decompose()
    for table in soup.find_all("table"):
        _arrange(table)
    return str(soup)


def break_codes(text: str) -> str:
    """Let a line end between the words of a code."""
    return BREAK.sub("<wbr>", text)


def _arrange(table: Tag) -> None:
    """Give a table of pandas one row of headers, aligned with what they head."""
    del table["border"]
    for row in table.find_all("tr"):
        del row["style"]
    _merge_headers(table)
    _align_numbers(_list_columns(table))
    heads = [(cell, label(cell.get_text().strip())) for cell in table.select("thead th")]
    for cell in table.find_all(["th", "td"]):
        _name_cell(cell)
    for cell, told in heads:
        _label_head(cell, told)
    rows = table.select("tbody tr")
    if len(rows) >= MANY and not table.select("tbody [rowspan], tbody [colspan]"):
        table["class"], table["data-words"] = [*table.get("class", []), "sortable"], words()


def _merge_headers(table: Tag) -> None:
    """Put the two rows of pandas' header, columns and index, into one where they leave room for each other.
    """
    rows = [row.find_all("th") for row in table.select("thead tr")]
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        return
    if any(upper.get_text() and lower.get_text() for upper, lower in zip(*rows, strict=True)):
        return
    for upper, lower in zip(*rows, strict=True):
        upper.string = upper.get_text() or lower.get_text()
    rows[1][0].parent.decompose()


def _list_columns(table: Tag) -> list[list[Tag]]:
    """List the cells of each column, counted from the right: a row below a tall cell lacks it on the left."""
    rows = [row.find_all(["th", "td"]) for row in table.find_all("tr") if not row.find(colspan=True)]
    most = max(map(len, rows), default=0)
    return [[row[-n] for row in rows if len(row) >= n] for n in range(most, 0, -1)]


def _align_numbers(columns: list[list[Tag]]) -> None:
    """Mark columns that hold numbers alone."""
    for column in columns:
        values = [cell.get_text().strip() for cell in column if cell.name == "td"]
        if any(map(str.isdigit, "".join(values))) and all(map(NUMBER.fullmatch, values)):
            for cell in column:
                cell["class"] = "number"


def _name_cell(cell: Tag) -> None:
    """Say what a header cell heads, mark prose, and let codes break between their words."""
    if cell.name == "th" and cell.get_text().strip():
        cell["scope"] = "col" if cell.find_parent("thead") else "row"
    elif cell.name == "th" and cell.find_parent("thead"):
        cell.name = "td"
    if len(cell.get_text()) > LONG:
        cell["class"] = [*cell.get_attribute_list("class", []), "long"]
    for string in cell.find_all(string=BREAK):
        _replace(string, BREAK, lambda found: "<wbr>")
    for string in cell.find_all(string=QUOTED):
        _replace(string, QUOTED, lambda found: f"<code>{escape(found[1])}</code>")


def _label_head(cell: Tag, told: str | None) -> None:
    """Say what the code at the head of a column means: Chinese readers see it above the code, which stays
    what one types; readers of English see it when they point at the code.
    """
    if told is None:
        return
    if edition() == "en":
        cell["title"] = told
        return
    code = BeautifulSoup('<small class="code" lang="en"></small>', "html.parser").small
    code.extend(list(cell.contents))
    cell.append(told)
    cell.append(code)


def _replace(string: NavigableString, pattern: re.Pattern[str], make: Callable[[re.Match[str]], str]) -> None:
    """Put markup in the place of what a pattern finds in a text."""
    parts, at = [], 0
    for found in pattern.finditer(string):
        parts += [escape(string[at : found.start()], quote=False), make(found)]
        at = found.end()
    markup = "".join([*parts, escape(string[at:], quote=False)])
    string.replace_with(*list(BeautifulSoup(markup, "html.parser").contents))
