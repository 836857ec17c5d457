"""The page of decisions: each with its evidence, what holds no more first."""

import dataclasses

from site_pages import parse, text_of

from publish.pages import gather
from publish.pages.decided import write_decisions


def test_every_decision_stands_there_with_its_evidence(data, pages):
    page = parse(pages["reports/decisions"])
    rows = [[text_of(cell) for cell in row.css("th, td")] for row in page.css(".decisions tbody tr")]
    assert [row[-1] for row in rows] == ["not applied", "not applied", "applied"]
    applied = rows[-1]
    assert applied[2:4] == ["(empty)", "0"] and applied[5] == "A. Reader2026-03-01" and applied[6] == "none in 2021"
    assert applied[4] == "0"
    assert "<b>seen</b> on paper" in rows[0][6] + rows[1][6]
    assert "2 of them not applied" in pages["reports/decisions"]


def test_a_cell_leads_to_its_report_and_to_its_print(pages):
    page = f"{pages.slugs['disputes-blank-cells.txt']}.html"
    last = parse(pages["reports/decisions"]).css(".decisions tbody tr")[-1]
    links = [link.attributes["href"] for link in last.css("a")]
    assert links[0] == page and links[1].startswith(f"{page}#cell-disputes-review-upheld") and len(links) == 3


def test_a_report_without_a_page_is_named_all_the_same(data):
    page = parse("\n".join(write_decisions(data, [])))
    assert page.css(".decisions a") == [] and "disputes-blank-cells.txt" in page.body.text()


def test_nothing_decided_is_said(data):
    none = dataclasses.replace(data, decisions=data.decisions.head(0))
    assert "Nothing is decided." in "".join(write_decisions(none, gather.make_pages(none, 1)))
