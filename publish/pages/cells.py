"""A cell of a report's tables: its number or its sign, linked to its printed place or to the reason.

In: a `Page`, a cell. Out: HTML, and the ids by which links find cells, rows and reasons. Next: `statutory`,
`reasons`, `formulas`, `findings`.
"""

from markupsafe import Markup

from govtables.dataset import tell_flag
from govtables.declared import declared
from govtables.records import Status
from publish.pages.gather import Key, Page, key_of
from publish.pages.markup import anchor, link, number, place_words, tag
from publish.pages.names import Record
from publish.words import say

SIGNS = {line["status"]: line["sign"] for line in declared("forms", "statuses") if line["sign"]}
LEFT = "≥ {}", "{}–{}"  # what the identities leave of an unknown cell: without and with a greatest value


def cell_anchor(key: Key) -> str:
    """Make the id of a cell of the tables."""
    return anchor("cell", *key)


def row_anchor(name: str, row: str) -> str:
    """Make the id of a row of the tables."""
    return anchor("row", name, row)


def reason_anchor(page: Page, cell: Record) -> str | None:
    """Make the id of the text of a cell's reason."""
    return None if cell["reason"] is None else anchor("reason", cell["status"], cell["reason"])


def write_cell(page: Page, cell: Record) -> Markup:
    """Write a cell: its number or the sign of its status, linked to its printed place, or to the reason why
    it has none.
    """
    shown = shown_text(page, cell)
    name = page.names.cell(*key_of(cell))
    place, told = page.target(cell["place"], *key_of(cell)), [say(f"status_{cell['status']}")]
    if cell["status"] == Status.INFERRED:
        place = reason_anchor(page, cell)
        told.append(say("reason_below"))
    elif place:
        told.append(place_words(cell["place"]))
    flag = tell_flag(cell)
    said = say("cell_label", shown=shown, name=name, told=say("between").join(told))
    if flag:
        kinds = page.names.call_kinds(cell["flagged_by"])
        said += say("cell_flag", flag=say(f"flag_{cell['flag']}"), kinds=kinds)
    inside = link(f"#{place}", shown, said) if place else tag("span", shown)
    beside = tag("small", f" {flag}", class_="flag") if flag else ""
    kinds = f"s-{cell['status']}" + (f" f-{cell['flag']}" if flag else "")
    return tag("td", inside, beside, id=cell_anchor(key_of(cell)), class_=kinds)


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
