"""Indicators side by side: each value leads to its report."""

import pytest
from site_pages import SAMPLE, parse

from govtables.indicators import definitions
from publish.pages import gather, side_by_side


def test_a_value_leads_to_the_report_that_it_is_of(pages):
    page = parse(pages["reports/indicators"])
    known = {f"{slug}.html" for slug in pages.slugs.values()}
    links = [link.attributes["href"].partition("#") for link in page.css("td a")]
    assert {path for path, _, anchor in links if anchor.startswith("indicator-")} <= known
    assert len(links) > 100


@pytest.mark.parametrize("report_id", SAMPLE)
def test_every_indicator_of_a_report_stands_beside_those_of_others(pages, report_id):
    own = {node.attributes["id"] for node in parse(pages.of(report_id)).css(".indicators tr[id]")}
    name = f"{pages.slugs[report_id]}.html#"
    linked = {link.attributes["href"].removeprefix(name) for link in parse(pages["reports/indicators"]).css("td a")
              if link.attributes["href"].startswith(name)}
    assert linked <= own and linked


def test_of_more_than_a_page_holds_those_with_most_requests_are_shown(data, monkeypatch):
    pages, known = gather.make_pages(data, 200), definitions().to_dict("index")
    some = [page for page in pages if page.indicators]
    sizes = {page.slug: next(line["value"] or 0 for line in page.indicators if line["indicator"] == side_by_side.SIZE) for page in some}
    assert {*side_by_side.choose_shown(some, known)} == {*sizes}
    monkeypatch.setattr(side_by_side, "MOST", 40_000)
    shown = side_by_side.choose_shown(some, known)
    assert 0 < len(shown) < len(some)
    assert min(sizes[slug] for slug in shown) >= max(size for slug, size in sizes.items() if slug not in shown)
    text = "\n".join(side_by_side.write_side_by_side(pages))
    assert f"Only {len(shown)} reports are shown, those with most requests" in text and len(text.encode()) < 4 * 40_000
