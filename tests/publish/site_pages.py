"""What the tests of pages share: how pages are written, read and followed."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from govtables.dataset import Dataset
from govtables.exports import find_slips
from publish.pages import codebook, gather, office_pages, places, reports
from publish.pages.addresses import address_reports

TOP = Path(__file__).parents[2]
RAW, DOCUMENTS = TOP / "data" / "raw", TOP / "tests" / "documents"
SAMPLE = sorted(path.name for path in RAW.glob("*-*.txt"))
HARD = [
    "form-of-2019.txt", "contradiction-stays-as-printed.txt", "unknown-row-in-table-three.txt",
    "value-merged-over-rows.html", "damaged-numbers.txt", "index-page.html", "empty-file.txt",
    "slash-dash-and-no.txt", "row-printed-empty-in-lines.txt", "two-rows-lost-a-value-each.txt",
    "bare-page-number-inside-table.txt", "disputes-blank-cells.txt",
]
ADDRESSES = {"hanyin-2022.txt": "https://www.example.gov.cn/a.html?b=1&c=2", "huajie-2023.txt": "javascript:alert(1)"}
DECISIONS = """report_id,table,row,column,printed,value,reason,who,date
disputes-blank-cells.txt,disputes,review,upheld,,0,none in 2021,A. Reader,2026-03-01
disputes-blank-cells.txt,requests,received,total,no such text,5,<b>seen</b> on paper,B. Reader,2026-03-02
empty-file.txt,requests,received,total,1,5,guessed,B. Reader,2026-03-02
"""
BLOCK = re.compile(r"^```\{raw\} html\n(?::class: no-search\n\n)?(.*?)\n```$", re.S | re.M)

class Pages(dict[str, str]):
    """Pages by name; `slugs` are the addresses of reports by id."""

    slugs: dict[str, str]

    def of(self, report_id: str) -> str:
        """The page of a report."""
        return self[f"reports/{self.slugs[report_id]}"]


def write(data: Dataset, out: Path, most: int = 200) -> Pages:
    """Write all pages; return those of reports in the order in which they are named, then the others."""
    made, slips = gather.make_pages(data, most), find_slips(data)
    to_mend = Counter(slip.report_id for slip in slips)
    written = reports.write_reports(data, made, slips, out)
    written += [*office_pages.write_offices(data, made, to_mend, out), *places.write_places(data, made, to_mend, out)]
    names = [*written, codebook.write_codebook(data, out), codebook.write_dictionary(data, out)]
    assert {f"{name}.md" for name in names} == {path.relative_to(out).as_posix() for path in out.rglob("*.md")}
    pages = Pages({name: (out / f"{name}.md").read_bytes().decode() for name in names})
    pages.slugs = address_reports(data)
    return pages


@cache
def parse(page: str) -> LexborHTMLParser:
    """Read the HTML of a page, as Sphinx puts it into the site."""
    return LexborHTMLParser("<body>" + "\n".join(BLOCK.findall(page)))


@cache
def by_id(page: str) -> dict:
    """Elements by id, as links find them."""
    nodes = parse(page).css("[id]")
    found = {node.attributes["id"]: node for node in nodes}
    assert len(found) == len(nodes)
    return found


def follow(page: str, node):
    """Return what the one link in an element leads to."""
    [link] = node.css("a")
    return by_id(page)[link.attributes["href"].removeprefix("#")]


def text_of(node) -> str:
    return " ".join(node.text().split())


def check_links(pages: Pages) -> None:
    """Hold that every link within the pages leads to a page and an element that are there."""
    for name, page in pages.items():
        assert by_id(page) or name.startswith(("reports/", "issuers/", "places/")), name
        for link in parse(page).css("a"):
            href = link.attributes["href"]
            if href in ADDRESSES.values() or "/downloads/" in href:  # those, the test of the whole site holds
                continue
            path, _, anchor = href.partition("#")
            there = (Path("/") / name).parent.joinpath(path).with_suffix("") if path else Path("/") / name
            target = pages["/".join(part for part in resolve(there) if part != "/")]
            assert not anchor or anchor in by_id(target), f"{name}: {href}"


def resolve(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return parts
