"""The lines of the tables as printed, character for character, each line and each cell with an id.

In: a `Page`. Out: HTML, cells in boxes that wrap, in rows as the print gives them. Next: `reports`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from govtables.language import is_label
from publish.pages.gather import Page, Printed
from publish.pages.markup import join, language, place_anchor, place_words, shorten, table, tag

HEADS = ["Place", "Cells as printed"]


def write_printed(page: Page) -> Iterator[Markup]:
    """Write the lines in order; of a very long document, those that something leads to."""
    left_out = page.printed_in_all - len(page.printed)
    if left_out:
        text = (
            f"{left_out} of {page.printed_in_all} printed cells are left out, because nothing on this "
            f"page leads to them; "
        )
        yield tag("p", text, "the table lines of the dataset has them all.")
    rows = [_write_row(page, row) for row in rows_of(page.printed)]
    yield table("Lines of the tables as printed", HEADS, rows, kind="printed", name="Lines as printed")


def rows_of(printed: Iterable[Printed]) -> Iterator[list[list[Printed]]]:
    """Put lines together to rows: a line of several cells is one, lines of one cell go on until a label
    follows a value.
    """
    row: list[list[Printed]] = []
    for _, group in groupby(printed, lambda cell: cell.line):
        line = list(group)
        if row and (len(line) > 1 or len(row[-1]) > 1 or line[0].left_out or _opens_row(line[0], row[-1][0])):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _opens_row(cell: Printed, before: Printed) -> bool:
    return is_label(cell.text) and not is_label(before.text)


def _write_row(page: Page, row: Sequence[Sequence[Printed]]) -> Markup:
    """Write a row: where it stands, and its cells, numbered by cell, or by line where a line is one cell."""
    first, last = row[0][0].line, row[-1][0].line
    where = (
        place_words(first)
        if first == last
        else f"{place_words(first)} to {place_words(last).removeprefix('line ')}"
    )
    single = all(len(line) == 1 for line in row)
    lines = join((_write_line(line, single) for line in row), "\n")
    cells = tag("div", lines, class_="cells", lang=language(page.facts["script"]))
    return tag("tr", tag("th", where, scope="row"), tag("td", cells))


def _write_line(line: Sequence[Printed], single: bool) -> Markup:
    cells = join((_write_cell(cell, single) for cell in line), " ")
    return tag("span", cells, id=place_anchor(line[0].line), class_="line")


def _write_cell(cell: Printed, single: bool) -> Markup:
    gap = tag("small", f"… {cell.left_out} cells left out …", lang="en") if cell.left_out else ""
    number = cell.line if single else cell.number
    return Markup("{}{}").format(
        gap, tag("span", shorten(cell.text), id=cell.anchor, class_="cell", data_n=number)
    )
