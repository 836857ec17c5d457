"""Indicators side by side: each value leads to its report."""

import pytest
from site_pages import SAMPLE, parse


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
