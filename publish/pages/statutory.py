"""The statutory tables of a report as the form prints them, each number a link to where it is printed.

In: a `Page`. Out: HTML of its tables, of the legend, of local rows and columns, and of the reasons. Next:
`reports`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup, escape

from govtables.declared import declared
from govtables.forms import tables
from govtables.records import EXTRA, Status
from publish.pages.gather import Key, Page, is_local, key_of
from publish.pages.markup import (
    anchor, chinese, join, link, mixed, number, place_words, plain, raw, table, tag,
)
from publish.pages.names import CODEBOOK, Record, code_anchor, lines_of_form

SIGNS = {line["status"]: line["sign"] for line in declared("forms", "statuses") if line["sign"]}
LEFT = "≥ {}", "{}–{}"  # what the identities leave of an unknown cell: without and with a greatest value
READING = (
    "A number leads to the place where it is printed, an inferred one to the reason why it can be no "
    "other. Colours and signs:"
)


def cell_anchor(key: Key) -> str:
    """Make the id of a cell of the tables."""
    return anchor("cell", *key)


def row_anchor(name: str, row: str) -> str:
    """Make the id of a row of the tables."""
    return anchor("row", name, row)


def write_tables(page: Page) -> Iterator[str]:
    """Write the legend, the three tables, what is beside the form, and the reasons."""
    yield raw(write_legend(page))
    for name in tables():
        some = [cell for cell in page.cells.values() if cell["table"] == name]
        form = [cell for cell in some if not is_local(cell)]
        english, label = page.names.english("table", None, name), page.names.chinese("table", None, name)
        yield f"### {plain(english)} ({plain(label)})\n"
        blocks = [_write_block(page, name, rows) for rows in _blocks(name, form)]
        yield raw(*blocks, write_local(page, name, [cell for cell in some if is_local(cell)]))
    if page.local_left_out:
        yield raw(
            tag(
                "p",
                f"{page.local_left_out} more cells of own rows and columns are in the table cells of "
                f"the dataset.",
            )
        )
    if reasons := _by_reason(page):
        yield "### Reasons\n"
        yield (
            "Why a cell has no printed number, or how its number was read. A column leads to its "
            "place in print, if it has one.\n"
        )
        yield raw(
            tag("ul", *(_write_reason(page, *one) for one in reasons.items()), class_="reasons"),
            searched=False,
        )


def write_legend(page: Page) -> Markup:
    """Explain signs and colours, those that the report has."""
    counts = {status: page.facts[f"n_{status}"] for status in Status}
    said = [
        tag(
            "li",
            tag("span", SIGNS.get(status, "7"), class_=f"sign s-{status}"),
            " ",
            link(f"{CODEBOOK}#{code_anchor('status', None, status)}", status.replace("_", " ")),
            f", {count} {'cell' if count == 1 else 'cells'}: {status.meaning}",
        )
        for status, count in counts.items()
        if count
    ]
    return Markup("{}{}").format(tag("p", READING), tag("ul", *said, class_="legend"))


# -- the form ------------------------------------------------------------------------------------------------


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
    axis, code = ("row", whole) if whole else ("table", name)
    caption = page.names.link(axis, name if whole else None, code)
    heads = ["Row", *(_write_column(page, name, column) for column in columns)]
    bodies = list(_write_bodies(page, name, rows, columns, whole))
    return table(
        caption, heads, *bodies, kind="statutory",
        name=page.names.english(axis, name if whole else None, code),
    )


def _write_column(page: Page, name: str, column: str) -> Markup:
    unit = page.names.unit("column", name, column)
    return page.names.link("column", name, column) + (
        tag("small", " (", chinese(unit, "hans"), ")") if unit else ""
    )


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
        body.append(
            _write_row(
                page, name, row, [cells.get(column) for column in columns], len(above) - 1 - (whole != "")
            )
        )
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
    head = tag(
        "th", page.names.link("row", name, row, lines_of_form(name)[row]["parent"]), scope="row",
        class_=f"depth-{depth}",
    )
    return tag(
        "tr", head, *(write_cell(page, cell) if cell else tag("td") for cell in cells),
        id=row_anchor(name, row),
    )


def write_cell(page: Page, cell: Record) -> Markup:
    """Write a cell: its number or the sign of its status, linked to its printed place, or to the reason why
    it has none.
    """
    shown = shown_text(page, cell)
    name = page.names.cell(*key_of(cell))
    place, where = page.target(cell["place"], cell["raw"]), ""
    if cell["status"] == Status.INFERRED:
        place, where = reason_anchor(page, cell), "the reason is given below"
    elif place:
        where = place_words(cell["place"])
    said = f"{shown}: {name}; {cell['status'].replace('_', ' ')}{f', {where}' if where else ''}"
    inside = link(f"#{place}", shown, said) if place else tag("span", shown)
    return tag("td", inside, id=cell_anchor(key_of(cell)), class_=f"s-{cell['status']}")


def shown_text(page: Page, cell: Record) -> str:
    """Show a cell as its number, as the sign of its status, or both; with what is left where a cell is
    unknown.
    """
    sign = SIGNS.get(cell["status"], "")
    if cell["value"] is not None:
        return f"{number(cell['value'])} {sign}".rstrip()
    bound = page.bounds.get(key_of(cell))
    if bound is None or bound["low"] is None:
        return sign
    ends = number(bound["low"]), number(bound["high"])
    return f"{sign} {LEFT[bool(ends[1])].format(*ends)}"


# -- what is beside the form ---------------------------------------------------------------------------------


def write_local(page: Page, name: str, cells: Sequence[Record]) -> Markup:
    """Write the cells of rows and columns that the report has and the form has not, one a row."""
    if not cells:
        return Markup("")
    caption = f"Rows and columns of the report's own: {page.names.english('table', None, name)}"
    known: set[str] = set()
    rows = [_write_local_row(page, cell, known) for cell in cells]
    return table(caption, ["Row", "Column", "Number"], rows, kind="local", name=caption)


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


# -- reasons -------------------------------------------------------------------------------------------------


def _by_reason(page: Page) -> dict[tuple[str, str], list[Record]]:
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for cell in page.cells.values():
        if cell["reason"] is not None:
            found[cell["status"], cell["reason"]].append(cell)
    return found


def reason_anchor(page: Page, cell: Record) -> str | None:
    """Make the id of the text of a cell's reason."""
    return None if cell["reason"] is None else anchor("reason", cell["status"], cell["reason"])


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
    place = page.target(cell["place"], cell["raw"])
    said = (
        f"{name}: {page.names.english('row', cell['table'], cell['row'])}, {place_words(cell['place'] or '')}"
    )
    return link(f"#{place}", name, said) if place else escape(name)
