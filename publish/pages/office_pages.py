"""A page for each issuer: its years side by side, what changed, whether its years agree; and their list.

In: `Office`s. Out: `issuers/*.md` in a folder. Next: Sphinx renders them; `edition` calls it.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from govtables.dataset import Dataset
from govtables.forms import find_terms
from publish.interactive import sortable
from publish.pages.cells import cell_anchor, row_anchor
from publish.pages.evidence import flag_class, write_flag, write_value
from publish.pages.gather import Page
from publish.pages.markup import anchor, chinese, join, link, plain, raw, table, tag
from publish.pages.names import Record, name_level
from publish.pages.office_changes import REPORTS, head_year, write_agreement, write_changes, write_row
from publish.pages.offices import Office, Year, make_offices, read_totals
from publish.pages.pinyin import spell_for_readers
from publish.words import say, tell

FOLDER = "issuers"
MOST_IN_NAVIGATION = 40  # pages in the side bar
MOST = 3_000  # issuers that the list has, which is to stay below 3 MB
ORPHAN = "---\norphan: true\n---\n"
NOT_ASKED = "not_asked"  # why a total is missing: the form has no such cell
WIDEST = "*"  # in a formula: all parts of a group
GROUPS = ("came", "decided", "disputes", "disclosure")
HEADS = ("slip_office", "level_and_place", "office_years", "reports_of", "slips_of")


def write_offices(data: Dataset, pages: Sequence[Page], slips: Mapping[str, int], out: Path) -> list[str]:
    """Write the pages of the issuers of reports that have a page, and their list, into ``out/issuers``;
    return their names. `slips` are how many are to be mended, by report.
    """
    offices = make_offices(data, pages)
    unplaced = sum(page.office is None for page in pages)
    folder = Path(out) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    many = len(offices) > MOST_IN_NAVIGATION
    head = ORPHAN if many else ""
    texts = {one.slug: head + "\n".join(write_office(one, slips)) for one in offices}
    texts["index"] = "\n".join(_write_list(offices, slips, unplaced, not many))
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    return [f"{FOLDER}/{name}" for name in texts]


# -- one issuer ---------------------------------------------------------------------------------------------


def write_office(office: Office, slips: Mapping[str, int]) -> Iterator[str]:
    """Write the page of one issuer."""
    yield f"# {plain(office.name)}\n"
    if latin := spell_for_readers(office.name):
        yield raw(tag("p", latin))
    yield f"[{say('all_issuers')}](index.md) · [{say('all_reports')}](../reports/index.md)\n"
    yield raw(tag("p", join(_place(office), say("between"))))
    yield f"## {say('office_side_by_side')}\n"
    yield say("office_side_by_side_what") + "\n"
    yield raw(_write_years(office, slips))
    if earlier := len(office.ids) - len(office.years):
        yield say("office_earlier", n=earlier) + "\n"
    if any(year.left_out for year in office.years):
        yield say("office_left_out") + "\n"
    yield f"## {say('office_changes')}\n"
    yield from write_changes(office)
    yield f"## {say('office_agrees')}\n"
    yield from write_agreement(office)


def _place(office: Office) -> Iterator[Markup]:
    facts = office.facts
    yield Markup(name_level(facts["level"]))
    if facts["place"]:
        yield chinese(facts["place"], "hans")
    if facts["parent"]:
        yield join([say("office_parent"), chinese(facts["parent"], "hans")], "")


def _write_years(office: Office, slips: Mapping[str, int]) -> Markup:
    """Write a column a report and a row a total."""
    heads = [say("office_total"), *map(head_year, office.years)]
    forms = [tag("td", year.report["generation"] or "–") for year in office.years]
    first = [write_row(say("form"), forms)]
    first.append(write_row(say("slips_of"), [_write_slips(year, slips) for year in office.years]))
    if any(year.left_out for year in office.years):
        first.append(write_row(say("office_counts"), [*map(_write_counts, office.years)]))
    bodies = [first]
    for group in GROUPS:
        head = tag("th", say(f"totals_{group}"), colspan=len(heads), scope="rowgroup")
        rows = [tag("tr", head, class_="group")]
        rows += [_write_total(office, one) for one in read_totals() if one["group"] == group]
        bodies.append(rows)
    name = say("office_side_by_side")
    return table(name, heads, *bodies, kind="statutory years", name=name, repeats=True)


def _write_counts(year: Year) -> Markup:
    """Say whether a report counts for its year."""
    why = (year.left_out or "").replace(",", "").replace(" ", "_")
    return tag("td", say(f"not_counted_{why}") if why else "✓")


def _write_slips(year: Year, slips: Mapping[str, int]) -> Markup:
    many = slips.get(year.report["report_id"], 0)
    if not (many and year.page and year.page.findings):
        return tag("td", many)
    there = f"{REPORTS}/{year.page.slug}.html#{anchor('finding', '1')}"
    return tag("td", link(there, many, f"{many}{say('between')}{say('slips_of')}"))


def _write_total(office: Office, total: Record) -> Markup:
    return write_row(tell(total), [_write_cell(year, total) for year in office.years])


def _write_cell(year: Year, total: Record) -> Markup:
    """Write a total of one report: never without the flag of a number that it is made of."""
    line = year.totals.get(total["indicator"])
    if line is None or line["missing"] == NOT_ASKED:
        return tag("td", "–" if line is None else tag("small", say("not_asked")))
    shown = f"{write_value(line, 'count')} {line['signs']}".rstrip()
    if line["value"] is None:
        shown = f"{say('unknown')}{say('colon')}{shown}" if line["value_low"] is not None else say("unknown")
    flag = write_flag(line, "count")
    mark = [tag("small", flag, class_="flag")] if flag else []
    target = year.page and _find_cell(year.page, total["numerator"])
    label = f"{shown}{say('colon')}{tell(total)}{say('between')}{year.report['year'] or say('no_year')}"
    inside = link(f"{REPORTS}/{year.page.slug}.html#{target}", shown, label) if target else shown
    return tag("td", inside, *mark, class_=flag_class(line))


def _find_cell(page: Page, formula: str) -> str | None:
    """Find where the page of a report shows the first cell of a sum, or its group."""
    first = find_terms(formula)[0]
    row = first.row.partition(f".{WIDEST}")[0]
    if WIDEST in first.row:
        shown = any(key[:2] in {(first.table, row)} or key[1].startswith(f"{row}.") for key in page.cells)
        return row_anchor(first.table, row) if shown else None
    key = (first.table, row, first.column)
    return cell_anchor(key) if key in page.cells else None


# -- all issuers --------------------------------------------------------------------------------------------


def _write_list(
    offices: Sequence[Office], slips: Mapping[str, int], unplaced: int, named: bool
) -> Iterator[str]:
    """Write the list of issuers that have a page."""
    yield f"# {say('all_issuers')}\n"
    yield say("all_issuers_what", n=len(offices)) + "\n"
    if unplaced:
        yield say("all_issuers_unplaced", n=unplaced) + "\n"
    if len(offices) > MOST:
        yield say("first_issuers", n=MOST) + "\n"
    if offices:
        rows = (_list_office(one, slips) for one in offices[:MOST])
        yield raw(sortable(say("all_issuers"), HEADS, rows, "offices", HEADS[1:2]))
    if named and offices:
        names = "\n".join(one.slug for one in offices)
        yield f"```{{toctree}}\n:hidden:\n\n{names}\n```\n"


def _list_office(office: Office, slips: Mapping[str, int]) -> Markup:
    latin = spell_for_readers(office.name)
    there = link(f"{office.slug}.html", chinese(office.name, "hans"))
    head = tag("th", there, tag("small", latin) if latin else "", scope="row")
    years = dict.fromkeys(str(year.report["year"] or say("no_year")) for year in office.years)
    counts = len(office.ids), sum(slips.get(one, 0) for one in office.ids)
    where = tag("td", join(_place(office), " "), class_="text")
    numbers = (tag("td", n, class_="number") for n in counts)
    return tag("tr", head, where, tag("td", ", ".join(years)), *numbers)
