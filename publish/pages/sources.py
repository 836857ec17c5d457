"""Links from the tables of notebooks to the printed cells on the pages of reports.

In: the HTML of a table as pandas writes it, the pages of reports. Out: the same table; numbers, places and
names of reports are links. Next: `notebooks` puts it into the page of the notebook.

Which report a row speaks of is told by its id or name in that row, else by the places: all rows of the table
must stand in one report alone. A number stays as it is where that cannot be told, where no place is shown,
and where another number is printed at the place, as in a notebook that changes one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest
from typing import NamedTuple

from govtables.indicators import definitions
from govtables.dataset import Dataset
from publish.pages.gather import Page, key_of
from publish.pages.markup import PLACE, anchor, link

FOLDER = "../reports"
NUMBERS = ("value", "raw", "printed", "numerator", "denominator")
TABLE = re.compile(r"(<thead>)(.*?)(</thead>\s*<tbody>)(.*?)(</tbody>)", re.S)
ROW = re.compile(r"<tr[^>]*>.*?</tr>", re.S)
CELL = re.compile(r"<(t[hd])([^>]*)>([^<>]*)</\1>")


class Line(NamedTuple):
    """A row of a table: the heads of its cells, its texts by head, and the report it speaks of."""

    heads: Sequence[str]
    texts: dict[str, str]
    page: Page | None


@dataclass(frozen=True, slots=True)
class Sources:
    """Pages by the names that notebooks give to reports, and by the codes and places of cells."""

    by_name: dict[str, Page]
    by_cell: dict[tuple[str, str, str], list[Page]]
    indicators: frozenset[str]


def find_sources(data: Dataset, pages: Sequence[Page]) -> Sources:
    """Index the pages of a dataset."""
    names: dict[str, list[Page]] = defaultdict(list)
    cells: dict[tuple[str, str, str], list[Page]] = defaultdict(list)
    called = data.issuers.set_index("report_id")["name"].dropna().to_dict()
    for page in pages:
        report, year = page.facts["report_id"], page.facts["year"]
        for name in {report, f"{called.get(report)} {year}"} if year else {report}:
            names[name].append(page)
        for cell in page.cells.values():
            cells[cell["row"], cell["column"], cell["place"]].append(page)
    return Sources(
        {name: found[0] for name, found in names.items() if len(found) == 1}, cells,
        frozenset(definitions().index),
    )


def link_sources(html: str, sources: Sources) -> str:
    """Link what a table shows to where it is printed."""
    return TABLE.sub(
        lambda found: "".join((*found.group(1, 2, 3), _link_body(found[2], found[4], sources), found[5])),
        html,
    )


def _link_body(head: str, body: str, sources: Sources) -> str:
    heads = _heads(head)
    rows = ROW.findall(body)
    lines = list(_read_lines(heads, rows, sources))
    only = _only_report([line.texts for line in lines], sources)
    told = [line if line.page else line._replace(page=only) for line in lines]
    linked = iter([_link_row(row, line, sources) for row, line in zip(rows, told, strict=True)])
    return ROW.sub(lambda _: next(linked), body)


def _heads(head: str) -> list[str]:
    """Heads of the columns; pandas names the columns of the index in a row of its own."""
    rows = [[unescape(text) for _, _, text in CELL.findall(row)] for row in ROW.findall(head)]
    return [next(filter(None, texts), "") for texts in zip_longest(*rows, fillvalue="")]


def _read_lines(heads: Sequence[str], rows: Iterable[str], sources: Sources) -> Iterator[Line]:
    """Read the rows; the name of a report that spans several rows counts for each."""
    spanning = None
    for row in rows:
        cells = CELL.findall(row)
        texts = [unescape(text) for _, _, text in cells]
        named = [sources.by_name[text] for text in texts if text in sources.by_name]
        page = named[0] if len(named) == 1 else None
        if "rowspan" in row:
            spanning = page
        elif len(cells) == len(heads):
            spanning = None
        own = heads[-len(texts) :]
        yield Line(own, dict(zip(own, texts, strict=False)), page or (spanning if not named else None))


def _only_report(lines: Sequence[dict[str, str]], sources: Sources) -> Page | None:
    """Find the one report in which all rows stand, by row, column and place."""
    keys = [tuple(line.get(name, "") for name in ("row", "column", "place")) for line in lines]
    found = [{page.slug: page for page in sources.by_cell.get(key, ())} for key in keys]
    common = set.intersection(*map(set, found)) if found else set()
    return found[0][common.pop()] if len(common) == 1 else None


def _link_row(row: str, line: Line, sources: Sources) -> str:
    if line.page is None:
        return row
    own = iter(line.heads)

    def link_cell(found: re.Match[str]) -> str:
        text, head = unescape(found[3]), next(own, "")
        target = _find_target(text, head, line, sources)
        if not text.strip() or target is None:
            return found[0]
        return f"<{found[1]}{found[2]}>{link(f'{FOLDER}/{line.page.slug}.html{target}', text)}</{found[1]}>"

    return CELL.sub(link_cell, row)


def _find_target(text: str, head: str, line: Line, sources: Sources) -> str | None:
    """Find what on the page of its report a cell of a table leads to: an anchor, "" for the page as a whole.
    """
    if text in sources.by_name:
        return ""
    if head != "place" and head not in NUMBERS and text not in sources.indicators:
        return None
    place = line.texts.get("place", "")
    if PLACE.fullmatch(place):
        raw = line.texts.get("raw", "").strip()
        known = (one for one in line.page.cells.values() if one["place"] == place)
        cell = next((key_of(one) for one in known if raw and (one["raw"] or "").strip() == raw), ())
        here = line.page.target(place, *cell)
        return f"#{here}" if here and (head == "place" or cell) else None
    indicator = next((one for one in line.texts.values() if one in sources.indicators), None)
    return f"#{anchor('indicator', indicator)}" if indicator else None
