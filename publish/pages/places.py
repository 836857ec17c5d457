"""Where reports are from: a map of tiles, and all reports in tables by province and level.

In: a dataset, the pages of its reports and issuers. Out: `places/*.md` in a folder. Next: Sphinx renders
them; `edition` calls it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from govtables.dataset import Dataset
from govtables.declared import declared
from publish.interactive import sortable
from publish.pages.gather import Page, to_records
from publish.pages.markup import chinese, link, raw, table, tag
from publish.pages.names import Record, name_level
from publish.pages.tile_map import (
    UNTOLD, draw_map, find_province, name_province, provinces, slug_of, title_of,
)
from publish.words import say, tell

FOLDER = "places"
REPORTS = "../reports"
MOST = 2_000  # reports that a table has, so that its page stays below 3 MB
MOST_SEARCHED = 40_000  # reports whose names the search of the site knows, so that its page does, too
ORPHAN = "---\norphan: true\n---\n"
HEADS = ("slip_office", "slip_year", "level", "place_below", "score_readable", "slips_of", "slip_source")
CHOSEN = ("slip_year", "level")
FACTS = ["report_id", "issuer", "year", "n_unreadable", "error", "error_zh"]
WHO = ["report_id", "name", "level", "place"]


def write_places(data: Dataset, pages: Sequence[Page], slips: Mapping[str, int], out: Path) -> list[str]:
    """Write the map and the tables of all reports into ``out/places``; return the names of the pages. `slips`
    are what is to be mended, by report.
    """
    folder = Path(out) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    by_id = {page.facts["report_id"]: page for page in pages}
    groups = group_reports(data)
    searched = sum(map(len, groups.values())) <= MOST_SEARCHED
    texts = {"index": "\n".join(_write_index(groups, searched))}
    for code, reports in groups.items():
        texts |= dict(_write_province(code, reports, slips, by_id, searched))
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    return [f"{FOLDER}/{name}" for name in texts]


def group_reports(data: Dataset) -> dict[str, list[Record]]:
    """Group the reports of a dataset by the code of their province, in the order of the codes; those of
    central bodies, and those whose place is not told, come last.
    """
    known = data.select("reports", FACTS).merge(data.select("issuers", WHO), on="report_id", how="left")
    groups: dict[str, list[Record]] = {code: [] for code in provinces()}
    for one in to_records("reports", known):
        groups.setdefault(find_province(one["place"], one["level"]), []).append(one)
    return {code: some for code, some in groups.items() if some}


# -- the map ------------------------------------------------------------------------------------------------


def _write_index(groups: Mapping[str, Sequence[Record]], searched: bool) -> Iterator[str]:
    """Write the page of the map, and below it how many reports there are, by province and level."""
    yield f"# {say('places_title')}\n"
    yield say("places_what") + "\n"
    if not searched:
        yield say("places_not_searched", n=MOST_SEARCHED) + "\n"
    yield raw(draw_map({code: _count(some) for code, some in groups.items()}))
    yield f"## {say('places_by_level')}\n"
    levels = [line["level"] for line in declared("issuers", "levels")]
    there = {report["level"] for some in groups.values() for report in some}
    used = [one for one in levels if one in there]
    named = [say("province"), *map(name_level, used), say("untold_level"), say("reports_of")]
    rows = [_count_levels(code, some, used) for code, some in groups.items()]
    title = say("places_by_level")
    yield raw(table(title, named, rows, kind="places", name=title, repeats=True))


def _count(reports: Sequence[Record]) -> tuple[int, int]:
    """Count reports, and those that could be read."""
    return len(reports), sum(_is_readable(one) for one in reports)


def _is_readable(report: Record) -> bool:
    return report["error"] is None and not report["n_unreadable"]


def _count_levels(code: str, reports: Sequence[Record], levels: Sequence[str]) -> Markup:
    counts = Counter(report["level"] for report in reports)
    numbers = [*(counts[one] for one in levels), sum(n for one, n in counts.items() if one not in levels)]
    there = link(f"{slug_of(code)}.html", name_province(code))
    cells = (tag("td", n or "–", class_="number", data_order=n) for n in (*numbers, len(reports)))
    return tag("tr", tag("th", there, scope="row"), *cells)


# -- tables of a province -----------------------------------------------------------------------------------


def _write_province(
    code: str, reports: Sequence[Record], slips: Mapping[str, int], pages: Mapping[str, Page],
    searched: bool = True,
) -> Iterator[tuple[str, str]]:
    """Write the page of a province; of more reports than a page holds, a page a level, in parts if need be.
    """
    slug, name = slug_of(code), title_of(code)
    parts = list(split(reports))
    around = f"[{say('places_title')}](index.md) · [{say('all_reports')}](../reports/index.md)\n"
    lines = [f"# {name}\n", around]
    lines.append(say("place_reports", n=len(reports), readable=_count(reports)[1]) + "\n")
    if len(parts) == 1:
        table = raw(_write_table(name, reports, slips, pages), searched=searched)
        yield slug, ORPHAN + "\n".join([*lines, table])
        return
    lines.append(say("place_split", n=len(parts)) + "\n")
    lines += [f"- [{title} ({len(some):,})]({slug}-{end}.md)" for title, end, some in parts]
    yield slug, ORPHAN + "\n".join([*lines, ""])
    for title, end, some in parts:
        up = f"[{name}]({slug}.md) · [{say('places_title')}](index.md)\n"
        table = raw(_write_table(f"{name}{say('colon')}{title}", some, slips, pages), searched=searched)
        yield f"{slug}-{end}", ORPHAN + "\n".join([f"# {name}{say('colon')}{title}\n", up, table])


def split(reports: Sequence[Record], most: int = MOST) -> Iterator[tuple[str, str, Sequence[Record]]]:
    """Split reports into parts that a page holds, each with its title and the end of its address: by level,
    and those of a level by number.
    """
    if len(reports) <= most:
        yield "", "", reports
        return
    levels = {line["level"]: [] for line in declared("issuers", "levels")}
    for report in reports:
        levels.setdefault(report["level"] or UNTOLD, []).append(report)
    for level, some in levels.items():
        title = say("untold_level") if level == UNTOLD else name_level(level)
        for at in range(0, len(some), most):
            part, several = some[at : at + most], len(some) > most
            told = say("place_part", title=title, first=at + 1, last=at + len(part)) if several else title
            yield told, f"{level.replace('_', '-')}{f'-{at // most + 1}' if several else ''}", part


def _write_table(
    name: str, reports: Sequence[Record], slips: Mapping[str, int], pages: Mapping[str, Page]
) -> Markup:
    ids = [one["report_id"] for one in reports]
    beside = [(slips.get(report_id, 0), pages.get(report_id)) for report_id in ids]
    rows = (_write_report(one, *told) for one, told in zip(reports, beside, strict=True))
    return sortable(name, HEADS, rows, "placed", CHOSEN)


def _write_report(report: Record, to_mend: int, page: Page | None) -> Markup:
    name = report["name"] or report["issuer"] or report["report_id"]
    office = link(f"{REPORTS}/{page.slug}.html", chinese(name)) if page else chinese(name)
    place = (report["place"] or "").removeprefix(name_first(report["place"]))
    return tag(
        "tr", tag("th", office, scope="row"), tag("td", report["year"] or "–"),
        tag("td", name_level(report["level"]), class_="level"),
        tag("td", chinese(place, "hans") if place else "–", class_="text"),
        _write_readable(report), tag("td", to_mend, class_="number"),
        tag("td", tag("small", report["report_id"])),
    )


def name_first(place: str | None) -> str:
    """Return the name of the province that a place begins with."""
    return next((name for name in provinces().values() if (place or "").startswith(name)), "")


def _write_readable(report: Record) -> Markup:
    if report["error"]:
        return tag("td", f"✗ {tell(report, 'error')}", class_="score-mend")
    if report["n_unreadable"]:
        return tag("td", say("score_unreadable", n=report["n_unreadable"]), class_="score-mend")
    return tag("td", say("score_fine"))
