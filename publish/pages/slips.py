"""What is to be mended in all reports: a line a slip, and a score a report.

In: a dataset, the pages of its reports. Out: `reports/findings.md`, and the same as CSV for download. Next:
`reports`, `site`.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
from markupsafe import Markup, escape

from govtables.dataset import Dataset
from govtables.exports import (
    Doubtful, Slip, score_reports, tell_cell, tell_implied, tell_why,
)
from govtables.language import Said, to_chinese
from publish.interactive import sortable, take
from publish.pages.cells import cell_anchor
from publish.pages.gather import Page
from publish.pages.markup import chinese, join, link, mixed, place_words, raw, shorten, tag
from publish.pages.names import Record
from publish.words import LANGUAGES, edition, say

CSV, SCORES = "findings.csv", "scorecard.csv"
MOST_SLIPS, MOST_SCORES = 500_000, 200_000  # bytes of the tables: the page stays below 3 MB with all it loads
MOST_CELLS = 6  # of a slip that are shown
MERITS = {  # of a report: what heads its column, and what says how often it is lacking
    "readable": ("score_readable", "score_unreadable"), "complete": ("score_complete", "score_empty"),
    "consistent": ("score_consistent", "score_fails"),
    "prose_agrees": ("score_prose_agrees", "score_said_otherwise"),
    "last_year_agrees": ("score_last_year_agrees", "score_not_carried"),
}
WEIGHTS = {"located": "slip_located", "unread": "slip_unread", "error": "slip_error"}
WEIGHTS |= {"warning": "slip_warning"}
HEADS = ("slip_weight", "slip_office", "slip_year", "slip_cell", "slip_printed", "slip_implied", "slip_why")
HEADS += ("slip_source",)
CHOSEN = ("slip_weight", "slip_office", "slip_year")  # columns that a list filters


def write_slips(data: Dataset, pages: Sequence[Page], slips: Sequence[Slip]) -> Iterator[str]:
    """Write the page of all slips and scores."""
    who, by_id = name_reports(data), {page.facts["report_id"]: page for page in pages}
    slips = [slip for slip in slips if slip.report_id in who]
    located, reports = sum(slip.located for slip in slips), len({slip.report_id for slip in slips})
    yield f"# {say('slips_title')}\n"
    yield say("slips_intro", n=len(slips), located=located, reports=reports) + "\n"
    file = Markup('<a href="../downloads/{}" download>{}</a>').format(CSV, CSV)
    yield raw(tag("p", say("slips_file", file=file)))
    if slips:
        lines = (_write_slip(slip, who[slip.report_id], by_id.get(slip.report_id)) for slip in slips)
        rows = take(lines, MOST_SLIPS)
        if len(rows) < len(slips):
            yield say("slips_left_out", n=len(slips) - len(rows), of=len(slips)) + "\n"
        yield raw(sortable(say("slips_caption"), HEADS, rows, "slips", CHOSEN))
    yield f"## {say('scores_title')}\n"
    yield say("scores_intro") + "\n"
    rows = take(_score_rows(data, slips, who, by_id), MOST_SCORES)
    if len(rows) < len(who):
        yield say("scores_left_out", n=len(who) - len(rows)) + "\n"
    file = Markup('<a href="../downloads/{}" download>{}</a>').format(SCORES, SCORES)
    yield raw(tag("p", say("slips_file", file=file)))
    heads = ("slip_office", "slip_year", *(head for head, _ in MERITS.values()), "score_slips")
    yield raw(sortable(say("scores_title"), heads, rows, "scores", heads[:2]))


def name_reports(data: Dataset) -> dict[str, Record]:
    """Name the issuer and year of each report; without an issuer it is called as its document."""
    called = data.issuers.set_index("report_id")["name"].dropna()
    facts = data.reports.set_index("report_id")
    names = called.reindex(facts.index).fillna(facts["issuer"]).fillna(pd.Series(facts.index, facts.index))
    years = facts["year"].astype("Int64").astype(object).where(facts["year"].notna(), None)
    known = pd.DataFrame({"name": names, "year": years}).astype(object)
    return known.where(known.notna(), None).to_dict("index")


def weigh(slip: Slip) -> str:
    """Name how sure a slip is: located, unread, or by the severity of its first finding."""
    kind = slip.findings[0]["kind"]
    return WEIGHTS["located" if slip.located else kind if kind in WEIGHTS else slip.severity]


def _write_slip(slip: Slip, who: Record, page: Page | None) -> Markup:
    shown = slip.cells[:MOST_CELLS]
    names = [_name_cell(cell, page) for cell in shown]
    more = [say("more", n=len(slip.cells) - len(shown))] if len(slip.cells) > len(shown) else []
    printed = [say("slip_empty") if cell.printed == "" else cell.printed or "–" for cell in shown]
    implied = [_say(tell_implied(cell)) or "–" for cell in shown]
    office = link(f"{page.slug}.html", chinese(who["name"])) if page else chinese(who["name"])
    why = [mixed(shorten(_say(tell_why(slip))))]
    if others := len(slip.findings) - 1:
        why.append(tag("small", say("slip_follows", n=others)))
    severity = tag(
        "th", say(weigh(slip)), scope="row", class_=f"severity-{slip.severity}",
        data_order=list(WEIGHTS.values()).index(weigh(slip)),
    )
    cells = [_list([*names, *more]), _list(printed), _list(implied)]
    return tag(
        "tr", severity, tag("td", office), tag("td", who["year"] or "–"),
        *(tag("td", one) for one in cells), tag("td", join(why), class_="text"),
        tag("td", _write_source(slip, page)),
    )


def _list(some: Sequence[object]) -> object:
    """Number what is more than one, so that columns can be read beside one another."""
    return tag("ol", *(tag("li", one) for one in some)) if len(some) > 1 else join(some)


def _say(said: Said | None) -> str:
    return "" if said is None else str(said) if edition() == "en" else said.zh


def _name_cell(cell: Doubtful, page: Page | None) -> Markup:
    label = chinese(tell_cell(cell).zh, "hans")
    said = join([tell_cell(cell), tag("small", label)]) if edition() == "en" else label
    key = (cell.table, cell.row, cell.column)
    return link(f"{page.slug}.html#{cell_anchor(key)}", said) if page and key in page.cells else escape(said)


def _write_source(slip: Slip, page: Page | None) -> Markup:
    """Lead to where the first number of a slip is printed, or its finding."""
    place = slip.findings[0]["place"]
    if page is None:
        return escape(place or "–")
    keys = [(cell.table, cell.row, cell.column) for cell in slip.cells[:1]]
    home = page.cells[keys[0]]["place"] if keys and keys[0] in page.cells else place
    target = page.target(home, *(keys[0] if keys else ()))
    shown = place_words(home) if home else say("slip_report")
    return link(f"{page.slug}.html{f'#{target}' if target else ''}", shown)


def _score_rows(data: Dataset, slips: Sequence[Slip], who: Mapping, pages: Mapping) -> Iterator[Markup]:
    """Write the score of each report, those with most to mend first."""
    many = Counter(slip.report_id for slip in slips)
    scores = score_reports(data)
    for report_id in sorted(scores.index, key=lambda name: -many[name]):
        told, page = who[report_id], pages.get(report_id)
        name = chinese(told["name"])
        head = tag("th", link(f"{page.slug}.html", name) if page else name, scope="row")
        merits = [_write_merit(merit, scores.at[report_id, merit]) for merit in MERITS]
        slips_of = tag("td", many[report_id], class_="number")
        yield tag("tr", head, tag("td", told["year"] or "–"), *merits, slips_of)


def _write_merit(merit: str, bad: object) -> Markup:
    """Write how often a report lacks a merit: never by colour alone."""
    if bad is pd.NA:
        return tag("td", say("score_untold"), data_order=-1, class_="score-untold")
    if bad == 0:
        return tag("td", say("score_fine"), data_order=0, class_="score-fine")
    return tag("td", say(MERITS[merit][1], n=bad), data_order=bad, class_="score-mend")


# -- for download --------------------------------------------------------------------------------------------


def write_csv(data: Dataset, slips: Sequence[Slip], folder: Path) -> None:
    """Write all slips in both languages, and the scores of all reports, as CSV with the mark by which Excel
    knows UTF-8.
    """
    who = name_reports(data)
    scores = score_reports(data).join(pd.DataFrame.from_dict(who, "index"))
    many = Counter(slip.report_id for slip in slips)
    scores["to_mend"] = [many[name] for name in scores.index]
    told = scores[["name", "year", *MERITS, "to_mend"]]
    told.to_csv(folder / SCORES, encoding="utf-8-sig", lineterminator="\r\n", index_label="report_id")
    with (folder / CSV).open("w", encoding="utf-8-sig", newline="") as out:
        lines = csv.writer(out)
        told = [f"{name}_{lang}" for name in ("cells", "implied", "why") for lang in LANGUAGES]
        facts = ["report_id", "issuer", "year", "severity", "located", "kinds", "printed"]
        lines.writerow([*facts, *told, "place"])
        for slip in slips:
            lines.writerow(_list_slip(slip, who[slip.report_id]))


def _list_slip(slip: Slip, who: Record) -> list[object]:
    told = [[make(cell) for cell in slip.cells] for make in (tell_cell, tell_implied)]
    texts = ["; ".join(map(to, filter(None, some))) for some in told for to in (str, to_chinese)]
    why, kinds = tell_why(slip), dict.fromkeys(found["kind"] for found in slip.findings)
    head = [slip.report_id, who["name"], who["year"], slip.severity, slip.located, " ".join(kinds)]
    printed = "; ".join(cell.printed or "" for cell in slip.cells)
    return [*head, printed, *texts, why, why.zh, slip.findings[0]["place"]]
