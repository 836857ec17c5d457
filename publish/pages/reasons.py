"""Why cells of a report have no printed number, or how their numbers were read.

In: a `Page`. Out: HTML of the reasons, each with its cells and their printed places. Next: `statutory`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from publish.pages.cells import SIGNS, reason_anchor, row_anchor
from publish.pages.gather import Page, key_of
from publish.pages.markup import join, link, mixed, place_words, raw, tag
from publish.pages.names import Record

INTRODUCTION = (
    "Why a cell has no printed number, or how its number was read. A column leads to its place in print, if "
    "it has one.\n"
)


def write_reasons(page: Page) -> Iterator[str]:
    """Write why cells have no printed number, cells that share a reason together."""
    if reasons := _by_reason(page):
        yield "### Reasons\n"
        yield INTRODUCTION
        told = tag("ul", *(_write_reason(page, *one) for one in reasons.items()), class_="reasons")
        yield raw(told, searched=False)


def _by_reason(page: Page) -> dict[tuple[str, str], list[Record]]:
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for cell in page.cells.values():
        if cell["reason"] is not None:
            found[cell["status"], cell["reason"]].append(cell)
    return found


def _write_reason(page: Page, told: tuple[str, str], cells: Sequence[Record]) -> Markup:
    status, reason = told
    rows: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for cell in cells:
        rows[cell["table"], cell["row"]].append(cell)
    listed = tag("ul", *(_write_cells_of_row(page, *row, some) for row, some in rows.items()))
    sign = tag("span", SIGNS.get(status, "7"), class_=f"sign s-{status}")
    text = tag("strong", mixed(reason, page.facts["script"]))
    return tag("li", sign, f" {status.replace('_', ' ')}: ", text, listed, id=reason_anchor(page, cells[0]))


def _write_cells_of_row(page: Page, name: str, row: str, cells: Sequence[Record]) -> Markup:
    """Name the cells of one row that share a reason, each with its printed place."""
    heading = link(f"#{row_anchor(name, row)}", page.names.english("row", name, row))
    if all(cell["place"] is None for cell in cells):
        return tag("li", heading, f": {len(cells)} {'cell' if len(cells) == 1 else 'cells'}")
    return tag("li", heading, ": ", join((_write_place(page, cell) for cell in cells), ", "))


def _write_place(page: Page, cell: Record) -> Markup:
    name = page.names.english("column", cell["table"], cell["column"])
    place = page.target(cell["place"], *key_of(cell))
    if not place:
        return escape(name)
    row = page.names.english("row", cell["table"], cell["row"])
    return link(f"#{place}", name, f"{name}: {row}, {place_words(cell['place'] or '')}")
