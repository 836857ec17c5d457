"""All that the dataset says of one report, in one place.

In: a dataset. Out: a `Page` a report, with the printed lines that its page shows. Next: the modules that
write parts of it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa

from govtables.dataset import SCHEMAS, Dataset, name_issuers
from govtables.forms import CHILDREN, find_terms
from govtables.records import EXTRA
from publish.pages.choice import choose_pages
from publish.pages.addresses import address_issuers, address_reports
from publish.pages.markup import place_anchor
from publish.pages.names import Names, Record, read_entries, tell_generations
from publish.pages.pinyin import spell_for_readers

TABLES = ("issuers", "cells", "bounds", "checks", "statements", "findings", "proposals", "ledger")
TABLES += ("indicators",)
ACROSS = ("carry_over", "stock", "items", "children_sum")
MOST_CELLS = (
    6_000  # printed cells that a page shows; of more, those that something leads to, with their neighbours
)
MOST_TEXT = 300_000  # characters of them
NEIGHBOURS = 12
MOST_LOCAL = 300  # cells of rows and columns that the form does not have
MOST_FINDINGS = 200
MOST_STATEMENTS = 500

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of one report shows."""

    slug: str
    office: str | None  # the page of the issuer
    facts: Record
    names: Names
    issuer: Record
    cells: dict[Key, Record]
    bounds: dict[Key, Record]
    checks: list[Record]
    statements: list[Record]
    findings: list[Record]
    proposals: list[Record]
    indicators: list[Record]
    joined: list[Record]  # checks of other reports that fail on numbers of this one, with their `slug`
    printed: list[Record]  # rows of the ledger, with an `anchor` each and how many are `left_out` before it
    printed_in_all: int
    local_left_out: int
    findings_left_out: int
    statements_left_out: int
    anchors: dict[Key | str, str] = field(repr=False)  # of printed texts, by codes of cells and by places
    codes: dict[str, Record] = field(repr=False)  # cells by their codes as formulas and findings write them

    @property
    def title(self) -> str:
        """Issuer and year, the issuer as the notebooks call it, else as printed; or what the document is
        called.
        """
        name, year = self.issuer.get("name") or self.facts["issuer"], self.facts["year"]
        return (
            " ".join(str(part) for part in (name, year) if part is not None)
            if name
            else self.facts["report_id"]
        )

    @property
    def latin(self) -> str:
        """The issuer in pinyin, for the English edition."""
        return spell_for_readers(self.issuer.get("name") or self.facts["issuer"])

    @property
    def script(self) -> str | None:
        """The script of the title: names that are looked up are simplified."""
        return "hans" if self.issuer.get("name") else self.facts["script"]

    def target(self, place: str | None, *codes: str) -> str | None:
        """Find what is printed of a cell, by its `codes`, else at a place, else on its line; else `None`."""
        line = (place or "").rpartition(":C")[0]
        return next((self.anchors[key] for key in (codes, place, line) if key in self.anchors), None)


def make_pages(data: Dataset, wanted: int | str) -> list[Page]:
    """Gather the reports of a dataset that have a page: so many, or those that are named."""
    known = {*choose_pages(data, wanted)}
    reports = to_records("reports", data.select("reports", report_id=known))
    tables = {name: _by_report(name, data.select(name, report_id=known)) for name in TABLES}
    slugs = {name: slug for name, slug in address_reports(data).items() if name in known}
    tables["joined"] = _find_joined(data, slugs)
    entries, offices = read_entries(data), _find_offices(data)
    return [
        _make_page(
            (slugs[name], offices.get(name)), report, entries,
            {key: rows[name] for key, rows in tables.items()},
        )
        for report in reports if (name := report["report_id"])
    ]


def _find_offices(data: Dataset) -> dict[str, str]:
    """Find the page of the issuer of each report, where it can be told from others."""
    who, slugs = name_issuers(data.reports, data.issuers).dropna(subset="issuer"), address_issuers(data)
    return dict(zip(who["report_id"], who["issuer"].map(slugs), strict=True))


def to_records(name: str, frame: pd.DataFrame) -> list[Record]:
    """Turn a frame into rows, `None` for what is missing, whole numbers for those that are declared so."""
    declared = [field.name for field in SCHEMAS.get(name, ()) if pa.types.is_integer(field.type)]
    whole = [column for column in declared if column in frame]
    plain = frame.astype(dict.fromkeys(whole, "Int64")).astype(object)
    return plain.where(plain.notna(), None).to_dict("records")


def _by_report(name: str, frame: pd.DataFrame) -> dict[str, list[Record]]:
    rows = defaultdict(list)
    for record in to_records(name, frame):
        rows[record["report_id"]].append(record)
    return rows


def _find_joined(data: Dataset, slugs: Mapping[str, str]) -> dict[str, list[Record]]:
    """Find, by report, the checks of the year after and of the parent that fail on its numbers."""
    joined = defaultdict(list)
    across = data.select("checks", check=ACROSS, verdict=["fails"])
    for report_id, checks in _by_report("checks", across).items():
        summed = [one for one in checks if one["check"] == "children_sum" and one["row"] is None]
        children = {name for one in summed for name, _ in _name_cells(one)}
        for check in (one for one in checks if one["row"] is not None):
            cells = defaultdict(list)
            for name, code in _name_cells(check, children):
                cells[name].append(code)
            for other in cells.keys() & slugs.keys() - {report_id}:
                joined[other].append(check | {"cells": cells[other], "slug": slugs.get(report_id)})
    return joined


def _name_cells(check: Record, children: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """The cells of other reports in an equation: report and code."""
    for term in find_terms(check["operands"] or ""):
        yield from ((name, term.text) for name in (children if term.source == CHILDREN else term.reports))


def _make_page(
    addresses: tuple[str, str | None], report: Record, entries: dict, rows: dict[str, list[Record]]
) -> Page:
    form = [cell for cell in rows["cells"] if not is_local(cell)]
    local = [cell for cell in rows["cells"] if is_local(cell)]
    cells, findings = form + local[:MOST_LOCAL], rows["findings"][:MOST_FINDINGS]
    led_to = {row["place"] for row in (*cells, *findings) if row["place"]}
    printed = choose_printed(rows["ledger"], led_to)
    return Page(
        slug=addresses[0], office=addresses[1], facts=report,
        names=Names(entries, tell_generations(entries, form)),
        issuer=next(iter(rows["issuers"]), {}), cells={key_of(cell): cell for cell in cells},
        bounds={key_of(bound): bound for bound in rows["bounds"]}, printed=printed,
        printed_in_all=len(rows["ledger"]),
        findings=findings, local_left_out=len(local[MOST_LOCAL:]),
        findings_left_out=len(rows["findings"][MOST_FINDINGS:]),
        statements=rows["statements"][:MOST_STATEMENTS],
        statements_left_out=len(rows["statements"][MOST_STATEMENTS:]), anchors=_find_anchors(printed),
        codes={".".join(key_of(cell)): cell for cell in cells},
        **{name: rows[name] for name in ("checks", "proposals", "indicators", "joined")},
    )


def key_of(row: Record) -> Key:
    """Return the codes of a cell."""
    return row["table"], row["row"], row["column"]


def is_local(cell: Record) -> bool:
    """Tell whether a cell stands in a row or column that the form does not have."""
    return cell["row"].startswith(EXTRA) or cell["column"].startswith(EXTRA)


def choose_printed(tokens: Sequence[Record], led_to: set[str]) -> list[Record]:
    """Choose what a page shows: everything, or of a very long document what places lead to, with the texts
    around it.
    """
    again = Counter[str]()
    printed = []
    for token in tokens:
        again[token["place"]] += 1
        number = f"-{again[token['place']]}" if again[token["place"]] > 1 else ""
        printed.append(token | {"anchor": place_anchor(token["place"]) + number, "left_out": 0})
    if len(printed) <= MOST_CELLS and sum(len(token["text"]) for token in tokens) <= MOST_TEXT:
        return printed
    wanted = [n for n, token in enumerate(tokens) if token["place"] in led_to]
    near = sorted(
        {m for n in wanted for m in range(max(n - NEIGHBOURS, 0), min(n + NEIGHBOURS + 1, len(printed)))}
    )
    before = [-1, *near]
    return [printed[n] | {"left_out": n - last - 1} for last, n in zip(before, near, strict=False)]


def _find_anchors(printed: Sequence[Record]) -> dict[Key | str, str]:
    anchors: dict[Key | str, str] = {}
    for token in printed:
        place = token["place"]
        for key in (key_of(token), place, place.rpartition(":C")[0] or place):
            anchors.setdefault(key, token["anchor"])
    return anchors
