"""Indicators side by side: each value leads to its report."""

import pytest
from site_pages import SAMPLE, page_of, parse

from publish.pages import markup


def test_a_value_leads_to_the_report_that_it_is_of(data, pages):
    page = parse(pages["reports/indicators"])
    known = {f"{markup.slug(one)}.html" for one in data.reports["report_id"]}
    links = [link.attributes["href"].partition("#") for link in page.css("td a")]
    assert {path for path, _, anchor in links if anchor.startswith("indicator-")} <= known
    assert len(links) > 100


@pytest.mark.parametrize("report_id", SAMPLE)
def test_every_indicator_of_a_report_stands_beside_those_of_others(pages, report_id):
    own = {node.attributes["id"] for node in parse(pages[page_of(report_id)]).css(".indicators tr[id]")}
    name = f"{markup.slug(report_id)}.html#"
    linked = {link.attributes["href"].removeprefix(name) for link in parse(pages["reports/indicators"]).css("td a")
              if link.attributes["href"].startswith(name)}
    assert linked <= own and linked
