"""Indicators and statements: every kind has its place, and each number leads to what it is made of."""

from site_pages import parse, text_of

from govtables.analysis.indicators import definitions
from publish.pages import evidence
from publish.words import read_words


def test_every_kind_of_indicator_and_code_has_its_place(data):
    assert set(definitions()["kind"]) == set(evidence.KINDS)
    assert {f"axis_{axis}" for axis in data.codebook["axis"]} <= set(read_words())


def test_statements_lead_to_cells(data, pages):
    page = parse(pages.of("longgang-2021.txt"))
    said = data.statements[data.statements["report_id"] == "longgang-2021.txt"]
    rows = page.css(".statements tr[id]")
    assert [text_of(row.css("td")[0]) for row in rows] == list(said["printed"])
    assert [text_of(row.css("td")[2]) for row in rows] == list(said["verdict"])
    share = next(row for row in rows if text_of(row.css("td")[0]) == "80.7%")
    assert text_of(share.css("td")[1]) == "(103 + 31) / (166) = 80.72 %"
