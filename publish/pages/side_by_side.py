"""Indicators of all reports side by side.

In: `Page`s. Out: `reports/indicators.md`, a table a kind of indicator, each value a link to its report. Next:
`reports`.
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from govtables.indicators import NOTHING, definitions
from publish.interactive import words
from publish.pages.evidence import KINDS, flag_class, write_flag, write_name, write_value
from publish.pages.gather import Page
from publish.pages.markup import anchor, chinese, link, number, raw, table, tag
from publish.pages.names import Record
from publish.words import say, tell

WHOLES = ("outcomes", "denials", "applicants", "")
UNKNOWN = "unknown: "
MOST = 600_000  # bytes of all cells, so that the page stays below 3 MB with all that it loads
SIZE = "requests_to_handle"  # indicator by which reports are shown first, where there are too many

Cells = dict[str, Markup]  # of one report, by indicator


def write_side_by_side(pages: Sequence[Page]) -> Iterator[str]:
    """Write the page of all indicators."""
    known = definitions().to_dict("index")
    cells = choose_shown([page for page in pages if page.indicators], known)
    shown = [page for page in pages if page.slug in cells]
    yield f"# {say('side_by_side')}\n"
    yield say("side_by_side_what") + "\n"
    if len(shown) < sum(bool(page.indicators) for page in pages):
        yield say("first_reports", n=len(shown)) + "\n"
    for kind in KINDS:
        title = say(f"kind_{kind}")
        yield f"## {title}\n"
        of_kind = {code: told for code, told in known.items() if told["kind"] == kind}
        yield from (
            raw(_write_table(shown, cells, some, caption, title))
            for caption, some in _split_by_whole(of_kind, title)
        )
    yield f"## {say('what_they_are')}\n"
    yield raw(_write_definitions(known))


def choose_shown(pages: Sequence[Page], known: dict[str, Record]) -> dict[str, Cells]:
    """Write the cells of as many reports as the page holds, by the name of their page: those with most
    requests first.
    """
    lines = {page.slug: {line["indicator"]: line for line in page.indicators} for page in pages}
    written, size = {}, 0
    for page in sorted(pages, key=lambda one: -(lines[one.slug][SIZE]["value"] or 0)):
        cells = {code: _write_value(page, lines[page.slug][code], told) for code, told in known.items()}
        if (size := size + sum(len(cell.encode()) for cell in cells.values())) > MOST:
            break
        written[page.slug] = cells
    return written


def _split_by_whole(known: dict[str, Record], title: str) -> Iterator[tuple[str, dict[str, Record]]]:
    """Put indicators that are parts of one whole together, under a caption."""
    for whole in WHOLES:
        if chosen := {code: told for code, told in known.items() if told["whole"] == whole}:
            words = say(f"whole_{whole or 'none'}", kind=title, of=title.lower())
            yield title if len(chosen) == len(known) else words, chosen


def _write_table(
    pages: Sequence[Page], cells: dict[str, Cells], known: dict[str, Record], caption: str, title: str
) -> Markup:
    heads = [say("report"), *(link(f"#{anchor('about', code)}", tell(told)) for code, told in known.items())]
    rows = [_write_report(page, [cells[page.slug][code] for code in known]) for page in pages]
    kind = "side-by-side sortable"
    return table(caption, heads, rows, kind=kind, name=caption, repeats=caption == title, words=words())


def _write_report(page: Page, cells: Sequence[Markup]) -> Markup:
    latin = tag("small", page.latin) if page.latin else ""
    head = tag("th", link(f"{page.slug}.html", chinese(page.title, page.script)), latin, scope="row")
    return tag("tr", head, *cells)


def _write_value(page: Page, line: Record, told: Record) -> Markup:
    shown = write_value(line, told["kind"])
    why = say("between") + str(tell(line, "reason")) if line["reason"] == NOTHING else ""
    label = f"{shown}{say('colon')}{tell(told)}{say('between')}{page.title}{why}"
    there = f"{page.slug}.html#{anchor('indicator', line['indicator'])}"
    flag = write_flag(line, told["kind"])
    mark = [tag("small", flag, class_="flag")] if flag else []
    parts = tag("small", _write_parts(line, told["kind"]))
    order = -1 if line["value"] is None else line["value"]
    return tag("td", link(there, shown, label), *mark, parts, class_=flag_class(line), data_order=order)


def _write_parts(line: Record, kind: str) -> str:
    """Say in small print what a value is made of, or why it is missing."""
    if line["reason"] == NOTHING:
        return ""  # the introduction says so once
    if reason := line["reason"]:
        names = reason.removeprefix(UNKNOWN)
        return str(tell(line, "reason")) if names == reason else say("n_unknown", n=names.count(",") + 1)
    return "" if kind == "count" else f"{number(line['numerator'])} / {number(line['denominator'])}"


def _write_definitions(known: dict[str, Record]) -> Markup:
    rows = [
        tag(
            "tr", tag("th", write_name(told), scope="row"),
            *(tag("td", tell(told, name) or "–", class_="text") for name in ("formula", "caveat", "source")),
            id=anchor("about", code),
        )
        for code, told in known.items()
    ]
    heads = [say("indicator"), say("formula"), say("what_to_mind"), say("source")]
    return table(say("definitions_caption"), heads, rows, kind="definitions", name=say("definitions"))
