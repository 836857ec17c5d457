"""Issuers: which reports are whose, and what they come to year by year.

In: a dataset, the pages of its reports. Out: an `Office` for each issuer that has a page. Next:
`office_pages`, `places`.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from govtables.analysis.changes import compare_forms, count_false_alarms, find_steps
from govtables.dataset import Dataset, choose_reports, name_issuers
from govtables.declared import declared
from govtables.forms import find_terms
from govtables.indicators import compute, definitions
from govtables.records import Status
from publish.pages.addresses import address_issuers
from publish.pages.cells import SIGNS
from publish.pages.gather import Page, to_records
from publish.pages.names import Record

TOTALS = Path(__file__).with_name("year_totals.csv")  # what a page of an issuer adds up, and its names
RATES = ("completion_rate", "disclosure_rate", "refusal_rate", "unavailable_rate", "not_processed_rate")
RATES += ("review_correction_rate",)
MADE = (Status.INFERRED, Status.DECIDED)
MOST_REPORTS = 400  # of one issuer, so that its page stays below 3 MB: the latest
ACROSS = ("carry_over", "stock", "items")  # checks of a report against the one of the year before


@dataclass(frozen=True, slots=True)
class Year:
    """One report of an issuer; `left_out` says why it does not count for its year."""

    report: Record
    page: Page | None
    left_out: str | None
    totals: dict[str, Record]
    checks: list[Record]


@dataclass(frozen=True, slots=True)
class Office:
    """What the page of one issuer shows."""

    slug: str
    name: str
    facts: Record
    ids: list[str]  # of all its reports
    years: list[Year]  # of those that the page shows
    steps: list[Record]
    by_chance: float  # how many steps would stand out if nothing had changed


@cache
def read_totals() -> tuple[Record, ...]:
    """Read what is added up, a dict a line."""
    with TOTALS.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def make_offices(data: Dataset, pages: Sequence[Page]) -> list[Office]:
    """Gather the issuers of the reports that have a page, each with all its reports in the dataset."""
    by_id = {page.facts["report_id"]: page for page in pages}
    who = name_issuers(data.reports, data.issuers)
    who = who[who["issuer"].isin(who["issuer"][who["report_id"].isin(by_id)].dropna())]
    who = choose_reports(who, data).sort_values("year", kind="stable")
    ids = who["report_id"]
    reports = {one["report_id"]: one for one in to_records("reports", data.select("reports", report_id=ids))}
    totals, checks = _add_up(data, ids), _find_checks(data, ids)
    steps = _find_steps(data, who)
    alarms = {name: count_false_alarms(some) for name, some in steps.groupby("issuer")}
    known = _by_office("issuers", data.select("issuers", report_id=ids), who)
    slugs, taken = address_issuers(data), _by_issuer(steps)
    return [
        Office(
            slugs[name], name, known[name][0], some["report_id"].tolist(),
            [
                Year(reports[one.report_id], by_id.get(one.report_id), _told(one.left_out),
                     totals[one.report_id], checks[one.report_id])
                for one in some.tail(MOST_REPORTS).itertuples()
            ],
            taken[name], alarms.get(name, 0.0),
        )
        for name, some in who.groupby("issuer", sort=True)
    ]


def _told(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _add_up(data: Dataset, ids: Sequence[str]) -> dict[str, dict[str, Record]]:
    """Add up what a page shows, by report and total, with what the audit says against it."""
    wanted = pd.DataFrame(read_totals()).assign(kind="count", denominator="")
    cells, bounds = (data.select(name, report_id=ids) for name in ("cells", "bounds"))
    found: dict[str, dict[str, Record]] = defaultdict(dict)
    if len(cells):
        made = _find_made(cells)
        for line in to_records("", compute(cells, bounds, wanted)):
            signs = made.get((line["report_id"], line["indicator"]), "")
            found[line["report_id"]][line["indicator"]] = line | {"signs": signs}
    return found


def _find_made(cells: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Find the totals with a number that is not printed as such, by report and total: signs of what it is."""
    made = cells[cells["status"].isin(MADE)].astype({"table": "str", "row": "str", "column": "str"})
    codes = made["table"] + "." + made["row"] + "." + made["column"]
    terms = {one["indicator"]: find_terms(one["numerator"]) for one in read_totals()}
    named = {
        code: [total for total, some in terms.items() if any(term.names(code) for term in some)]
        for code in codes.unique()
    }
    signs: dict[tuple[str, str], str] = {}
    for report, code, status in zip(made["report_id"], codes, made["status"], strict=True):
        for total in named[code]:
            sign = SIGNS[status]
            known = signs.get((report, total), "")
            signs[report, total] = known if sign in known else known + sign
    return signs


def _find_checks(data: Dataset, ids: Sequence[str]) -> dict[str, list[Record]]:
    found = defaultdict(list)
    for check in to_records("checks", data.select("checks", check=ACROSS, report_id=ids)):
        found[check["report_id"]].append(check)
    return found


def _find_steps(data: Dataset, who: pd.DataFrame) -> pd.DataFrame:
    """Find what changed from a year to the next, of the reports that count for their year."""
    forms = compare_forms(definitions(), pd.DataFrame(declared("forms", "crosswalk")))
    panel = who[who["left_out"].isna()][["report_id", "issuer", "year", "generation"]]
    values = data.select("indicators", report_id=panel["report_id"], indicator=RATES)
    return find_steps(values.merge(panel, on="report_id"), forms.index[forms["comparable"]])


def _by_issuer(steps: pd.DataFrame) -> dict[str, list[Record]]:
    found = defaultdict(list)
    for step in to_records("", steps):
        found[step["issuer"]].append(step)
    return found


def _by_office(name: str, frame: pd.DataFrame, who: pd.DataFrame) -> dict[str, list[Record]]:
    whose, found = dict(zip(who["report_id"], who["issuer"], strict=True)), defaultdict(list)
    for one in to_records(name, frame):
        found[whose[one["report_id"]]].append(one)
    return found


def list_years(office: Office) -> Iterator[tuple[int, int]]:
    """List the pairs of years that follow one another, among those of an issuer's reports."""
    years = sorted({year.report["year"] for year in office.years} - {None})
    yield from ((one, other) for one, other in zip(years, years[1:], strict=False) if other == one + 1)
