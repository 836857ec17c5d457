"""The page of all decisions of persons, each with its evidence.

In: the table `decisions`, `Page`s. Out: `reports/decisions.md`. Next: `reports`.
"""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from govtables.dataset import Dataset
from publish.pages.cells import cell_anchor
from publish.pages.gather import Page, to_records
from publish.pages.markup import chinese, join, link, number, place_words, raw, table, tag
from publish.pages.names import Record
from publish.words import say, tell

HEADS = ("report", "cell", "printed", "value", "left", "by", "reason", "state")


def write_decisions(data: Dataset, pages: Sequence[Page]) -> Iterator[str]:
    """Write the page: what holds no more comes first."""
    decisions = to_records("decisions", data.decisions.sort_values("applied", kind="stable"))
    known = {page.facts["report_id"]: page for page in pages}
    stale = sum(not one["applied"] for one in decisions)
    yield f"# {say('decisions')}\n"
    yield say("decisions_about") + "\n"
    if not decisions:
        yield say("decisions_none") + "\n"
        return
    if stale:
        yield say("decisions_stale", n=stale) + "\n"
    heads = [say(f"decision_{name}") for name in HEADS]
    rows = [_write_decision(one, known.get(one["report_id"])) for one in decisions]
    yield raw(table(say("decisions"), heads, rows, kind="decisions", name=say("decisions"), repeats=True))


def _write_decision(one: Record, page: Page | None) -> Markup:
    state = say("decision_applied" if one["applied"] else "decision_not_applied")
    report = one["report_id"]
    if page is not None:
        report = link(f"{page.slug}.html", chinese(page.title, page.script))
    printed = chinese(one["printed"], page and page.facts["script"])
    told = [
        printed if one["printed"] else tag("small", say("decision_empty")),
        number(one["value"]), _write_left(one), join([one["who"], one["date"]], Markup("<br>")),
        one["reason"], state,
    ]
    kind = None if one["applied"] else "severity-warning"
    cell = tag("td", _write_cell(one, page), class_="text")
    cells = [cell, *(tag("td", text, class_="text" if text == one["reason"] else None) for text in told)]
    return tag("tr", tag("th", report, scope="row", class_=kind), *cells)


def _write_cell(one: Record, page: Page | None) -> Markup:
    """Name a cell, linked to it in the tables of its report, and its place, linked to the print."""
    key = one["table"], one["row"], one["column"]
    if page is None or key not in page.cells:
        return tag("code", ".".join(key))
    shown = link(f"{page.slug}.html#{cell_anchor(key)}", page.names.cell(*key))
    if (place := page.target(one["place"], *key)) is None:
        return shown
    printed = link(f"{page.slug}.html#{place}", place_words(one["place"]))
    return join([shown, tag("small", printed)], Markup("<br>"))


def _write_left(one: Mapping[str, object]) -> object:
    """What the audit leaves of the cell as printed, and the slip that it sees."""
    if one["low"] is None:
        return "–"
    low, high = number(one["low"]), number(one["high"])
    left = say("or_more", least=low) if not high else low if low == high else f"{low}–{high}"
    slip = [tag("small", str(tell(one, "typing")))] if one["typing"] else []
    return join([left, *slip], Markup("<br>"))
