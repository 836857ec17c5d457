"""A page for each report, on which every number leads to its printed line, and the overview of all reports.

In: a dataset. Out: `reports/*.md` in a folder. Next: Sphinx renders them; `site` calls it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from govtables.dataset import SEVERITIES, Dataset, fields
from govtables.exports import Slip
from govtables.records import Status
from publish.interactive import words
from publish.pages.decided import write_decisions
from publish.pages.evidence import write_indicators, write_statements
from publish.pages.findings import write_findings
from publish.pages.gather import Page
from publish.pages.markup import chinese, join, link, plain, raw, table, tag
from publish.pages.printed import write_printed
from publish.pages.ranking import write_ranking
from publish.pages.side_by_side import write_side_by_side
from publish.pages.slips import write_slips
from publish.pages.statutory import write_tables
from publish.words import say, tell

FOLDER = "reports"
MOST_IN_NAVIGATION = (
    40  # pages in the side bar; each page lists them all, so that time and size grow with the square
)
ORPHAN = "---\norphan: true\n---\n"
FACTS = {
    "title": "reports", "issuer": "reports", "year": "reports", "level": "issuers", "place": "issuers",
    "parent": "issuers", "scope": "issuers", "published_on": "reports", "generation": "reports",
    "url": "reports", "fetched_at": "reports", "version": "reports",
}
TECHNICAL = ("report_id", "layout", "script", "media_type", "sha256")
OF_THE_WEB = ("http://", "https://")  # what else a registry holds is no link
PRINTED = ("title", "issuer")
IN_CHINESE = ("place", "parent")


def write_reports(data: Dataset, pages: Sequence[Page], slips: Sequence[Slip], out: Path) -> list[str]:
    """Write the pages of reports and those about all of them into ``out/reports``; return their names."""
    folder = Path(out) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    head = ORPHAN if len(pages) > MOST_IN_NAVIGATION else ""
    texts = {page.slug: head + "\n".join(write_page(page)) for page in pages}
    texts |= {
        "index": "\n".join(write_overview(data, pages)), "indicators": "\n".join(write_side_by_side(pages)),
        "decisions": "\n".join(write_decisions(data, pages)),
        "findings": "\n".join(write_slips(data, pages, slips)),
        "ranking": "\n".join(write_ranking(data, pages)),
    }
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    return [f"{FOLDER}/{name}" for name in texts]


# -- one report ----------------------------------------------------------------------------------------------


def write_page(page: Page) -> Iterator[str]:
    """Write the page of one report."""
    yield f"# {plain(page.title)}\n"
    if page.latin:
        yield raw(tag("p", page.latin))
    yield " · ".join(_list_around(page)) + "\n"
    yield raw(write_facts(page))
    if page.facts["error"]:
        yield f"## {say('why_no_tables')}\n"
        yield raw(tag("p", str(tell(page.facts, "error"))))
    if page.cells:
        yield f"## {say('tables')}\n"
        yield from write_tables(page)
        yield f"## {say('indicators')}\n"
        yield raw(write_indicators(page), searched=False)  # words that every report has
        yield f"## {say('what_the_prose_states')}\n"
        yield raw(*write_statements(page)) if page.statements else say("no_statements") + "\n"
    yield f"## {say('findings_title')}\n"
    yield raw(*write_findings(page)) if page.findings else say("no_findings") + "\n"
    if page.printed:
        yield f"## {say('as_printed')}\n"
        yield raw(*write_printed(page), searched=False)


def _list_around(page: Page) -> Iterator[str]:
    """Link what else there is of the issuer, and of all reports."""
    yield f"[{say('all_reports')}](index.md)"
    if page.office:
        yield f"[{say('of_this_issuer')}](../issuers/{page.office}.md)"
    yield f"[{say('side_by_side')}](indicators.md)"


def write_facts(page: Page) -> Markup:
    """Write what is known of a report as a whole, and what each fact is."""
    known = page.issuer | page.facts
    rows = [
        _write_fact(name, _fact_text(page, name, known[name]), source)
        for name, source in FACTS.items()
        if known.get(name)
    ]
    counts = [f"{say(f'status_{status}')} {n}" for status in Status if (n := known[f"n_{status}"])]
    verdicts = Counter(check["verdict"] for check in page.checks)
    rows += [_write_row("cells", say("between").join(counts), say("cells_by_status"))] if counts else []
    checked = [f"{say(f'verdict_{verdict}')} {count}" for verdict, count in sorted(verdicts.items())]
    rows += [_write_row("checks", say("between").join(checked), say("checks_by_verdict"))] if verdicts else []
    technical = [_write_fact(name, str(known[name]), "reports") for name in TECHNICAL if known.get(name)]
    hidden = tag(
        "details", tag("summary", say("how_it_was_read")),
        _write_table(say("facts_of_the_document"), technical, "facts technical"),
    )
    return _write_table(say("facts_of_the_report"), rows, "facts") + hidden


def _write_table(caption: str, rows: Sequence[Markup], kind: str) -> Markup:
    return table(caption, [say("fact"), say("value"), say("what_it_is")], rows, kind=kind, name=caption)


def _write_fact(name: str, value: object, source: str) -> Markup:
    return _write_row(name, value, next(tell(line) for line in fields(source) if line["field"] == name))


def _write_row(name: str, value: object, meaning: str) -> Markup:
    return tag("tr", tag("th", say(f"fact_{name}"), scope="row"), tag("td", value), tag("td", meaning))


def _fact_text(page: Page, name: str, value: object) -> object:
    if name == "level":
        return page.names.link("level", None, str(value))
    if name == "url" and str(value).startswith(OF_THE_WEB):
        return link(str(value), str(value))
    if name in (*PRINTED, *IN_CHINESE):
        return chinese(str(value), page.facts["script"] if name in PRINTED else "hans")
    return str(value)


# -- all reports ---------------------------------------------------------------------------------------------


def write_overview(data: Dataset, pages: Sequence[Page]) -> Iterator[str]:
    """Write the table of all reports that have a page."""
    left_out = len(data.reports) - len(pages)
    yield f"# {say('all_reports')}\n"
    without = data.reports["error"].notna().sum()
    less = say("without_tables", n=without) if without else ""
    yield say("overview", documents=say("documents", n=len(data.reports)), without=less) + "\n"
    if left_out:
        yield say("pages_left_out", n=len(pages), left=left_out) + "\n"
    yield raw(_write_list(pages))
    if len(pages) <= MOST_IN_NAVIGATION:
        names = "\n".join(page.slug for page in pages)
        yield f"```{{toctree}}\n:hidden:\n\n{names}\n```\n"


def _write_list(pages: Sequence[Page]) -> Markup:
    used = [status for status in Status if any(page.facts[f"n_{status}"] for page in pages)]
    counted = [tag("span", say(f"cells_{status}"), class_="number") for status in used]
    heads = [
        say("report"), tag("span", say("year"), class_="number", data_choose=say("year")),
        tag("span", say("level_and_place"), data_choose=say("level_and_place")), say("form"),
        *counted, say("findings_title"),
    ]
    heads += [say("why_no_tables")] if (broken := any(page.facts["error"] for page in pages)) else []
    rows = [_list_report(page, used, broken) for page in pages]
    return table(
        say("overview_caption"), heads, rows, kind="overview sortable", name=say("all_reports"),
        words=words(),
    )


def _list_report(page: Page, used: Sequence[Status], broken: bool) -> Markup:
    facts = page.facts
    level, place = (page.issuer.get(name) for name in ("level", "place"))
    where = [
        page.names.call("level", None, level) if level else "", chinese(place, "hans") if place else "",
    ]
    counts = [facts[f"n_{status}"] for status in used]
    told = [facts["year"], join(filter(None, where)) or None, facts["generation"], *counts]
    document = tag("small", facts["report_id"]) if page.title != facts["report_id"] else ""
    latin = tag("small", page.latin) if page.latin else ""
    there = link(f"{page.slug}.html", chinese(page.title, page.script))
    head = tag("th", there, latin, document, scope="row")
    error = [tag("td", str(tell(facts, "error") or "–"), class_="text")] if broken else []
    return tag("tr", head, *map(_write_told, told), _write_count(page), *error)


def _write_told(value: object) -> Markup:
    return tag("td", "–" if value is None else value, class_="number" if isinstance(value, int) else None)


def _write_count(page: Page) -> Markup:
    return tag("td", _count_findings(page), data_order=len(page.findings) + page.findings_left_out)


def _count_findings(page: Page) -> str:
    found = Counter(finding["severity"] for finding in page.findings)
    counts = [say(f"{severity}s", n=found[severity]) for severity in SEVERITIES if found[severity]]
    more = [say("more", n=page.findings_left_out)] if page.findings_left_out else []
    return say("between").join([*counts, *more]) or "–"
