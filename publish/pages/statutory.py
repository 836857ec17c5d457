"""The statutory tables of a report as the form prints them, each number a link to where it is printed.

In: a `Page`. Out: HTML of its tables, of the legend, and of local rows and columns. Next: `reports`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from govtables.forms import tables
from govtables.records import CONTRADICTED, DOUBTED, EXTRA, LOCATED, Status
from publish.pages.cells import SIGNS, row_anchor, write_cell
from publish.pages.gather import Page, is_local
from publish.pages.markup import chinese, link, plain, raw, table, tag
from publish.pages.names import CODEBOOK, Record, code_anchor, lines_of_form
from publish.pages.reasons import write_reasons
from publish.words import say

FLAGS = {LOCATED: "!→7", CONTRADICTED: "!→7–9", DOUBTED: "?"}


def write_tables(page: Page) -> Iterator[str]:
    """Write the legend, the three tables, what is beside the form, and the reasons."""
    yield raw(write_legend(page), searched=False)
    for name in tables():
        some = [cell for cell in page.cells.values() if cell["table"] == name]
        form = [cell for cell in some if not is_local(cell)]
        said, label = page.names.call("table", None, name), page.names.chinese("table", None, name)
        yield f"### {plain(said)}{f' ({plain(label)})' if said != label else ''}\n"
        blocks = [_write_block(page, name, rows) for rows in _blocks(name, form)]
        yield raw(*blocks, write_local(page, name, [cell for cell in some if is_local(cell)]), searched=False)
    if page.local_left_out:
        yield raw(tag("p", say("local_left_out", n=page.local_left_out)))
    yield from write_reasons(page)


def write_legend(page: Page) -> Markup:
    """Explain signs and colours, those that the report has."""
    counts = {status: page.facts[f"n_{status}"] for status in Status}
    said = [
        tag(
            "li",
            tag("span", SIGNS.get(status, "7"), class_=f"sign s-{status}"),
            " ",
            link(f"{CODEBOOK}#{code_anchor('status', None, status)}", say(f"status_{status}")),
            say("legend_cells", n=count, what=page.names.call("status", None, status)),
        )
        for status, count in counts.items()
        if count
    ]
    said += [
        tag("li", tag("span", mark, class_=f"sign f-{flag}"), " ", say(f"legend_{flag}"))
        for flag, mark in FLAGS.items()
        if any(cell["flag"] == flag for cell in page.cells.values())
    ]
    return Markup("{}{}").format(tag("p", say("legend_reading")), tag("ul", *said, class_="legend"))


# -- the form -----------------------------------------------------------------------------------------------


def _blocks(name: str, cells: Iterable[Record]) -> list[dict[str, dict[str, Record]]]:
    """Cells by row and column, the rows of each block of the form together."""
    blocks: dict[str, dict[str, dict[str, Record]]] = defaultdict(lambda: defaultdict(dict))
    for cell in cells:
        blocks[lines_of_form(name)[cell["row"]]["block"]][cell["row"]][cell["column"]] = cell
    return list(blocks.values())


def _write_block(page: Page, name: str, rows: dict[str, dict[str, Record]]) -> Markup:
    """Write the rows that share their columns as one table; a group that has them all is its caption."""
    parents = {lines_of_form(name)[row]["parent"] for row in rows}
    columns = list(dict.fromkeys(column for cells in rows.values() for column in cells))
    whole = next(iter(parents)) if len(parents) == 1 else ""
    about = ("row", name, whole) if whole else ("table", None, name)
    heads = [say("row"), *(_write_column(page, name, column) for column in columns)]
    bodies = list(_write_bodies(page, name, rows, columns, whole))
    said = page.names.call(*about)
    return table(page.names.link(*about), heads, *bodies, kind="statutory", name=said)


def _write_column(page: Page, name: str, column: str) -> Markup:
    unit = page.names.unit("column", name, column)
    beside = tag("small", " (", chinese(unit, "hans"), ")") if unit else ""
    return page.names.link("column", name, column) + beside


def _write_bodies(
    page: Page, name: str, rows: dict, columns: Sequence[str], whole: str
) -> Iterator[list[Markup]]:
    """Write groups of rows, each under the names of the groups of the form that it opens."""
    body: list[Markup] = []
    opened, last = {"", whole}, whole
    for row, cells in rows.items():
        above = list(_groups_above(name, row))
        if above[-1] != last and body:
            yield body
            body = []
        last = above[-1]
        for depth, group in enumerate(above):
            if group not in opened:
                opened.add(group)
                body.append(_write_group(page, name, group, len(columns) + 1, depth))
        depth = len(above) - 1 - (whole != "")
        body.append(_write_row(page, name, row, [cells.get(column) for column in columns], depth))
    yield body


def _groups_above(name: str, row: str) -> Sequence[str]:
    """Return the groups of the form that hold a row, the widest first, from '' on."""
    found = [lines_of_form(name)[row]["parent"]]
    while found[0]:
        found.insert(0, lines_of_form(name)[found[0]]["parent"])
    return found


def _write_group(page: Page, name: str, group: str, width: int, depth: int) -> Markup:
    label = page.names.link("row", name, group)
    head = tag("th", label, colspan=width, scope="rowgroup", class_=f"depth-{max(depth - 1, 0)}")
    return tag("tr", head, id=row_anchor(name, group), class_="group")


def _write_row(page: Page, name: str, row: str, cells: Sequence[Record | None], depth: int) -> Markup:
    label = page.names.link("row", name, row, lines_of_form(name)[row]["parent"])
    head = tag("th", label, scope="row", class_=f"depth-{depth}")
    shown = [write_cell(page, cell) if cell else tag("td") for cell in cells]
    return tag("tr", head, *shown, id=row_anchor(name, row))


# -- what is beside the form --------------------------------------------------------------------------------


def write_local(page: Page, name: str, cells: Sequence[Record]) -> Markup:
    """Write the cells of rows and columns that the report has and the form has not, one a row."""
    if not cells:
        return Markup("")
    caption = say("local_caption", table=page.names.call("table", None, name))
    known: set[str] = set()
    rows = [_write_local_row(page, cell, known) for cell in cells]
    return table(caption, [say("row"), say("column"), say("number")], rows, kind="local", name=caption)


def _write_local_row(page: Page, cell: Record, known: set[str]) -> Markup:
    row = row_anchor(cell["table"], cell["row"])
    first = row if cell["row"].startswith(EXTRA) and row not in known else None
    known.add(row)
    heads = [_write_name(page, axis, cell["table"], cell[axis]) for axis in ("row", "column")]
    return tag("tr", tag("th", heads[0], scope="row"), tag("td", heads[1]), write_cell(page, cell), id=first)


def _write_name(page: Page, axis: str, name: str, code: str) -> Markup:
    said = code.removeprefix(EXTRA)
    printed = code.startswith(EXTRA) and said and not said.isdigit()
    return chinese(said, page.facts["script"]) if printed else page.names.link(axis, name, code)
