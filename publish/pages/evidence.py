"""What is made of the numbers of a report: indicators, statements of its prose, findings.

In: a `Page`. Out: HTML in which each number and each message leads to the cells that it is made of. Next:
`reports`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from govtables.analysis.indicators import definitions
from govtables.forms import TERM, find_terms
from publish.pages.gather import Page, key_of
from publish.pages.markup import (
    anchor, breakable, chinese, join, link, mixed, number, place_words, shorten, table, tag,
)
from publish.pages.names import Record
from publish.pages.statutory import SIGNS, cell_anchor, row_anchor

KINDS = {
    "count": "Counts", "rate": "Rates", "share": "Shares", "per_100": "Numbers per 100", "ratio": "Ratios",
}
HEADS = ["Indicator", "Value, and its 95 % interval", "Numerator", "Denominator"]
MOST_PROPOSALS = 100
SHARE = ".share"


# -- formulas ------------------------------------------------------------------------------------------------


def cells_of(page: Page, term: str) -> list[Record]:
    """Find the cells of a term such as ``requests.denied.*.total``; ``other.*`` fits rows of a group, or the
    row ``other``.
    """
    if "*" not in term:
        return [page.codes[term]] if term in page.codes else []
    [parsed] = find_terms(term)
    return [cell for code, cell in page.codes.items() if parsed.names(code)]


def _split(text: str) -> list[str]:
    """Cut a text around the cells that it names: every second piece is the code of one."""
    found = list(TERM.finditer(text))
    starts, ends = [term.start(2) for term in found], [0, *(term.end() for term in found)]
    between = [text[a:b] for a, b in zip(ends, [*starts, len(text)], strict=True)]
    named = [text[a:b] for a, b in zip(starts, ends[1:], strict=True)]
    return [piece for pair in zip(between, [*named, ""], strict=True) for piece in pair][:-1]


def write_formula(page: Page, formula: str) -> Markup:
    """Write a formula in the numbers of its cells, each with a link to its cell."""
    pieces = _split(formula)
    return join((_write_term(page, piece) if n % 2 else piece for n, piece in enumerate(pieces)), "")


def _write_term(page: Page, term: str) -> Markup:
    cells = cells_of(page, term)
    return join((_write_operand(page, cell) for cell in cells), " + ") if cells else tag("code", term)


def _write_operand(page: Page, cell: Record) -> Markup:
    shown = number(cell["value"]) or SIGNS[cell["status"]]
    return link(f"#{cell_anchor(key_of(cell))}", shown, f"{shown}: {page.names.cell(*key_of(cell))}")


def write_message(page: Page, message: str) -> Markup:
    """Write a message, the codes of cells in it as links, its Chinese marked."""
    pieces = _split(message)
    return join(
        (
            _write_code(page, piece) if n % 2 else mixed(piece, page.facts["script"])
            for n, piece in enumerate(pieces)
        ),
        "",
    )


def _write_code(page: Page, code: str) -> Markup:
    shown = breakable(code)
    return link(f"#{cell_anchor(key_of(page.codes[code]))}", shown) if code in page.codes else shown


# -- indicators ----------------------------------------------------------------------------------------------


def write_indicators(page: Page) -> Markup:
    """Write the indicators of a report, by kind."""
    known = definitions().to_dict("index")
    by_kind = {
        kind: [line for line in page.indicators if known[line["indicator"]]["kind"] == kind] for kind in KINDS
    }
    bodies = [
        [_write_kind(kind), *(_write_indicator(page, line, known[line["indicator"]]) for line in some)]
        for kind, some in by_kind.items()
        if some
    ]
    return table(
        "Indicators, with the numbers that they are made of", HEADS, *bodies, kind="indicators",
        name="Indicators",
    )


def _write_kind(kind: str) -> Markup:
    return tag("tr", tag("th", KINDS[kind], colspan=len(HEADS), scope="rowgroup"), class_="group")


def _write_indicator(page: Page, line: Record, told: Record) -> Markup:
    code = line["indicator"]
    about = link(f"indicators.html#{anchor('about', code)}", told["en"])
    head = tag(
        "th", about, " ", chinese(told["zh"], "hans"), tag("small", told["formula"], class_="formula"),
        scope="row",
    )
    sides = [_write_side(page, told[side], line[side]) for side in ("numerator", "denominator")]
    beside = write_message(page, line["reason"]) if line["reason"] else write_interval(line, told["kind"])
    value = tag("td", write_value(line, told["kind"]), tag("small", beside))
    return tag("tr", head, value, *sides, id=anchor("indicator", code))


def _write_side(page: Page, formula: str, total: float | None) -> Markup:
    if not formula:
        return tag("td", "none")
    written, shown = write_formula(page, formula), number(total)
    return tag("td", written, f" = {shown}" if shown and _is_sum(formula) else "")


def _is_sum(formula: str) -> bool:
    return len(find_terms(formula)) > 1 or "*" in formula


def scale(value: float, kind: str) -> str:
    """Write a value in the unit of its kind, rates and shares in per cent."""
    if kind in ("rate", "share"):
        return f"{100 * value:.1f}\N{NO-BREAK SPACE}%"
    return number(value) if kind == "count" else f"{value:.2f}"


def write_value(line: Record, kind: str) -> str:
    """Write the value of an indicator, or what unknown cells leave of it."""
    if line["value"] is not None:
        return scale(line["value"], kind)
    least, most = line["value_low"], line["value_high"]
    if least is None:
        return "–"
    return f"{scale(least, kind)} or more" if most is None else f"{scale(least, kind)} to {scale(most, kind)}"


def write_interval(line: Record, kind: str) -> str:
    """Write the interval of an indicator; ratios and counts have none."""
    return "" if line["low"] is None else f"{scale(line['low'], kind)} to {scale(line['high'], kind)}"


# -- statements of the prose ---------------------------------------------------------------------------------


def write_statements(page: Page) -> Iterator[Markup]:
    """Write what the prose states, sentence by sentence, against the tables."""
    heads = ["Quantity", "As printed", "In the tables", "Verdict", "What the comparison rests on"]
    numbered = list(enumerate(page.statements, 1))
    bodies = [
        [
            _write_sentence(page, sentence, place, len(heads)),
            *(_write_statement(page, n, said) for n, said in some),
        ]
        for (place, sentence), some in groupby(numbered, lambda one: (one[1]["place"], one[1]["sentence"]))
    ]
    yield table(
        "Statements of the prose, compared with the tables", heads, *bodies, kind="statements",
        name="Statements of the prose",
    )
    if page.statements_left_out:
        yield tag(
            "p", f"{page.statements_left_out} more statements are in the table statements of the dataset."
        )


def _write_sentence(page: Page, sentence: str, place: str, width: int) -> Markup:
    where = tag("small", f" {place_words(place)} of the document")
    return tag(
        "tr",
        tag("th", chinese(shorten(sentence), page.facts["script"]), where, colspan=width, scope="rowgroup"),
        class_="group",
    )


def _write_statement(page: Page, n: int, said: Record) -> Markup:
    stated = said["table_value"]
    per_cent = " %" if said["quantity"].endswith(SHARE) else ""
    total = f" = {round(stated, 2):.15g}{per_cent}" if _is_sum(said["cells"]) and stated is not None else ""
    return tag(
        "tr", tag("th", _write_quantity(page, said["quantity"]), scope="row"),
        tag("td", chinese(said["printed"], page.facts["script"])),
        tag("td", write_formula(page, said["cells"]), total),
        tag("td", said["verdict"], class_=f"v-{said['verdict']}"),
        tag("td", write_message(page, said["reason"] or "–"), class_="text"), id=anchor("statement", str(n)),
    )


def _write_quantity(page: Page, quantity: str) -> Markup:
    code = quantity.removesuffix(SHARE)
    share = ", per cent of requests" if code != quantity else ""
    return page.names.link("quantity", None, code) + share


# -- findings ------------------------------------------------------------------------------------------------


def write_findings(page: Page) -> Iterator[Markup]:
    """Write what the audit found, and where contradicting numbers may be wrong."""
    heads = ["Severity", "Kind", "Message", "Where"]
    rows = [_write_finding(page, n, found) for n, found in enumerate(page.findings, 1)]
    yield table("Findings of the audit", heads, rows, kind="findings", name="Findings")
    if page.findings_left_out:
        yield tag(
            "p",
            f"{page.findings_left_out} more findings on this report are in the table findings of the "
            f"dataset.",
        )
    if page.proposals:
        yield _write_proposals(page)


def _write_finding(page: Page, n: int, found: Record) -> Markup:
    severity = tag("th", found["severity"], scope="row", class_=f"severity-{found['severity']}")
    kind = tag("td", page.names.link("kind", None, found["kind"]), class_="text")
    message = tag("td", write_message(page, found["message"]), class_="text")
    where = tag("td", join(_where(page, found), Markup("<br>")), class_="text")
    return tag("tr", severity, kind, message, where, id=anchor("finding", str(n)))


def _where(page: Page, found: Record) -> Iterator[Markup]:
    """Name the cells of a finding, or else its row, and its printed place."""
    cells: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for cell in (cell for code in found["cells"] for cell in cells_of(page, code)):
        cells[cell["table"], cell["row"]].append(cell)
    for row, some in cells.items():
        yield Markup("{}: {}").format(
            page.names.english("row", *row), join((_write_column(page, cell) for cell in some), ", ")
        )
    if (
        not cells
        and found["row"]
        and any(found["row"] == row for name, row, _ in page.cells if name == found["table"])
    ):
        yield link(
            f"#{row_anchor(found['table'], found['row'])}",
            page.names.english("row", found["table"], found["row"]),
        )
    if place := page.target(found["place"]):
        yield link(f"#{place}", f"printed in {place_words(found['place'])}")
    elif found["place"]:
        yield escape(f"{place_words(found['place'])} of the document")


def _write_column(page: Page, cell: Record) -> Markup:
    name = page.names.english("column", cell["table"], cell["column"])
    return link(
        f"#{cell_anchor(key_of(cell))}",
        name,
        f"{name}: {page.names.english('row', cell['table'], cell['row'])}",
    )


def _write_proposals(page: Page) -> Markup:
    """List the changes that would satisfy the identities, each with its cells."""
    found: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for line in page.proposals[:MOST_PROPOSALS]:
        found[line["table"], line["proposal"]].append(line)
    heads = ["Cell", "Printed", "Should be", "Typing error that explains it"]
    bodies = [
        [_head_proposal(page, lines, len(heads)), *(_write_proposal(page, line) for line in lines)]
        for lines in found.values()
    ]
    caption = "Where contradicting numbers may be wrong: changes that would satisfy the identities"
    return table(caption, heads, *bodies, kind="proposals", name="Proposals")


def _head_proposal(page: Page, lines: Sequence[Record], width: int) -> Markup:
    first = lines[0]
    name = page.names.english("table", None, first["table"])
    only = "the only smallest set" if first["unique"] else "one of several"
    text = f"{name}, proposal {first['proposal']} ({str(first['kind']).replace('_', ' ')}, {only})"
    return tag("tr", tag("th", text, colspan=width, scope="rowgroup"), class_="group")


def _write_proposal(page: Page, line: Record) -> Markup:
    ends = [number(line[end]) for end in ("low", "high")]
    should = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}" if ends[1] else f"{ends[0]} or more"
    cell = link(f"#{cell_anchor(key_of(line))}", page.names.cell(*key_of(line)))
    told = number(line["printed"]), should, line["typing"] or "none"
    return tag("tr", tag("th", cell, scope="row"), *(tag("td", text) for text in told))
