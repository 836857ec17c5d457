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
from publish.words import say, tell


def write_reasons(page: Page) -> Iterator[str]:
    """Write why cells have no printed number, cells that share a reason together."""
    if reasons := _by_reason(page):
        yield f"### {say('reasons')}\n"
        yield say("reasons_what") + "\n"
        told = (_write_reason(page, status, cells) for (status, _), cells in reasons.items())
        yield raw(tag("ul", *told, class_="reasons"), searched=False)


def _by_reason(page: Page) -> dict[tuple[str, str], list[Record]]:
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for cell in page.cells.values():
        if cell["reason"] is not None:
            found[cell["status"], cell["reason"]].append(cell)
    return found


def _write_reason(page: Page, status: str, cells: Sequence[Record]) -> Markup:
    rows: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for cell in cells:
        rows[cell["table"], cell["row"]].append(cell)
    listed = tag("ul", *(_write_cells_of_row(page, *row, some) for row, some in rows.items()))
    sign = tag("span", SIGNS.get(status, "7"), class_=f"sign s-{status}")
    text = tag("strong", mixed(str(tell(cells[0], "reason")), page.facts["script"]))
    said = say("reason_of", status=say(f"status_{status}"))
    return tag("li", sign, said, text, listed, id=reason_anchor(page, cells[0]))


def _write_cells_of_row(page: Page, name: str, row: str, cells: Sequence[Record]) -> Markup:
    """Name the cells of one row that share a reason, each with its printed place."""
    heading = link(f"#{row_anchor(name, row)}", page.names.call("row", name, row))
    if all(cell["place"] is None for cell in cells):
        return tag("li", heading, say("colon"), say("cells", n=len(cells)))
    places = join((_write_place(page, cell) for cell in cells), say("between"))
    return tag("li", heading, say("colon"), places)


def _write_place(page: Page, cell: Record) -> Markup:
    name = page.names.call("column", cell["table"], cell["column"])
    place = page.target(cell["place"], *key_of(cell))
    if not place:
        return escape(name)
    row = page.names.call("row", cell["table"], cell["row"])
    there = say("place_label", name=name, row=row, place=place_words(cell["place"] or ""))
    return link(f"#{place}", name, there)
