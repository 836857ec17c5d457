"""What the audit found in a report, and where contradicting numbers may be wrong.

In: a `Page`. Out: HTML in which each finding leads to its cells. Next: `reports`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from publish.pages.cells import cell_anchor, row_anchor
from publish.pages.formulas import cells_of, write_message
from publish.pages.gather import Page, key_of
from publish.pages.markup import anchor, join, link, number, place_words, span, table, tag
from publish.pages.names import Record
from publish.words import say, tell

MOST_PROPOSALS = 100
MOST_PLACES = 6  # of a finding that are shown at once
CONTRADICTION = "contradiction"  # the kind of finding that says where numbers may be wrong


def write_findings(page: Page) -> Iterator[Markup]:
    """Write what the audit found, a slip with all that follows from it together, and what may be wrong."""
    heads = [say("severity"), say("kind"), say("finding"), say("where")]
    bodies = [[*_write_entry(page, entry)] for entry in _group(page)]
    yield table(say("findings_caption"), heads, *bodies, kind="findings", name=say("findings_title"))
    if page.findings_left_out:
        yield tag("p", say("findings_left_out", n=page.findings_left_out))
    if page.proposals:
        yield _write_proposals(page)


def _group(page: Page) -> list[list[tuple[int, Record]]]:
    """Put what may be wrong first, and behind it the findings on the same cells; then what is left."""
    left = dict(enumerate(page.findings, 1))
    entries = []
    for n in [n for n, found in left.items() if found["kind"] == CONTRADICTION]:
        slip = left.pop(n)
        mine = [m for m, found in left.items() if found["kind"] != CONTRADICTION and _follows(found, slip)]
        entries.append([(n, slip), *((m, left.pop(m)) for m in mine)])
    return [*entries, [*left.items()]] if left else entries


def _follows(found: Record, slip: Record) -> bool:
    """Tell whether a finding is on a cell that may be wrong, or on that table if none is named."""
    if not len(slip["cells"]):
        return found["table"] == slip["table"]
    return not {*found["cells"]}.isdisjoint(slip["cells"])


def _write_entry(page: Page, entry: Sequence[tuple[int, Record]]) -> Iterator[Markup]:
    """Write findings that belong together, with those of other reports on the same cells."""
    is_slip = entry[0][1]["kind"] == CONTRADICTION
    for at, (n, found) in enumerate(entry):
        yield _write_finding(page, n, found, ("explained" if at else "entry") if is_slip else None)
    if is_slip:
        cells = {code for _, found in entry[:1] for code in found["cells"]}
        yield from (_write_joined(page, check) for check in page.joined if cells & {*check["cells"]})


def _write_joined(page: Page, check: Record) -> Markup:
    """Write the check of another report that fails on a number of this one."""
    kind = tag("td", page.names.link("kind", None, check["check"]), class_="text")
    message = tag("td", check["operands"], say("colon"), str(tell(check, "message")), class_="text")
    told = say("reported_by", report=check["report_id"])
    there = link(f"{check['slug']}.html", told) if check["slug"] else told
    return tag(
        "tr", tag("th", say("severity_warning"), scope="row", class_="severity-warning"), kind, message,
        tag("td", there, class_="text"), class_="explained joined",
    )


def _write_finding(page: Page, n: int, found: Record, place: str | None) -> Markup:
    code = f"severity_{found['severity']}"
    severity = tag("th", say(code), scope="row", class_=code.replace("_", "-"))
    kind = tag("td", page.names.link("kind", None, found["kind"]), class_="text")
    message = tag("td", write_message(page, str(tell(found, "message"))), class_="text")
    places = list(_where(page, found))
    where = join(places, Markup("<br>"))
    if len(places) > MOST_PLACES:
        where = tag("details", tag("summary", say("places", n=len(places))), where)
    where = tag("td", where, class_="text")
    return tag("tr", severity, kind, message, where, id=anchor("finding", str(n)), class_=place)


def _where(page: Page, found: Record) -> Iterator[Markup]:
    """Name the cells of a finding, or else its row, and its printed place."""
    cells: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for cell in (cell for code in found["cells"] for cell in cells_of(page, code)):
        cells[cell["table"], cell["row"]].append(cell)
    for place, some in cells.items():
        columns = join((_write_column(page, cell) for cell in some), say("between"))
        yield Markup("{}{}{}").format(page.names.call("row", *place), say("colon"), columns)
    row = found["table"], found["row"]
    if not cells and found["row"] and any(key[:2] == row for key in page.cells):
        yield link(f"#{row_anchor(*row)}", page.names.call("row", *row))
    if place := page.target(found["place"]):
        yield link(f"#{place}", say("printed_in", place=place_words(found["place"])))
    elif found["place"]:
        yield escape(say("of_the_document", place=place_words(found["place"])))


def _write_column(page: Page, cell: Record) -> Markup:
    name = page.names.call("column", cell["table"], cell["column"])
    said = f"{name}{say('colon')}{page.names.call('row', cell['table'], cell['row'])}"
    return link(f"#{cell_anchor(key_of(cell))}", name, said)


def _write_proposals(page: Page) -> Markup:
    """List the changes that would satisfy the identities, each with its cells."""
    found: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for line in page.proposals[:MOST_PROPOSALS]:
        found[line["table"], line["proposal"]].append(line)
    heads = [say("cell"), say("printed"), say("should_be"), say("typing_error")]
    bodies = [
        [_head_proposal(page, lines, len(heads)), *(_write_proposal(page, line) for line in lines)]
        for lines in found.values()
    ]
    return table(say("proposals_caption"), heads, *bodies, kind="proposals", name=say("proposals"))


def _head_proposal(page: Page, lines: Sequence[Record], width: int) -> Markup:
    first = lines[0]
    name = page.names.call("table", None, first["table"])
    only = say("only_proposal" if first["unique"] else "one_of_several")
    kind = say(f"proposal_{first['kind']}")
    text = say("proposal", table=name, n=first["proposal"], kind=kind, only=only)
    return tag("tr", tag("th", text, colspan=width, scope="rowgroup"), class_="group")


def _write_proposal(page: Page, line: Record) -> Markup:
    ends = [number(line[end]) for end in ("low", "high")]
    should = ends[0] if ends[0] == ends[1] else span(*ends)
    cell = link(f"#{cell_anchor(key_of(line))}", page.names.cell(*key_of(line)))
    told = number(line["printed"]), should, tell(line, "typing") or say("none")
    return tag("tr", tag("th", cell, scope="row"), *(tag("td", text) for text in told))
