"""Indicators, statements and findings: each leads to the cells that it is made of."""

import re

import pytest
from site_pages import SAMPLE, by_id, page_of, parse, text_of

from govtables.analysis.indicators import definitions
from publish.pages import codebook, evidence, markup


def test_sums_are_made_of_their_cells(pages):
    for report_id in SAMPLE:
        page = pages[page_of(report_id)]
        sums = [td for td in parse(page).css(".indicators tbody tr[id] td") if "=" in td.text()]
        assert len(sums) > 10
        for td in sums:
            written, total = text_of(td).split(" = ")
            terms = re.findall(r"(^|[+-]) ?([\d.]+)", written)
            assert sum(float(sign.strip("+") + digits) for sign, digits in terms) == pytest.approx(float(total))
            for link in td.css("a"):
                cell = by_id(page)[link.attributes["href"].removeprefix("#")]
                assert text_of(cell).split()[0] == text_of(link)


def test_every_kind_of_indicator_and_code_has_its_place(data):
    assert set(definitions()["kind"]) == set(evidence.KINDS)
    assert list(dict.fromkeys(data.codebook["axis"])) == list(codebook.AXES)


def test_statements_and_findings_lead_to_cells(data, pages):
    page = parse(pages[page_of("longgang-2021.txt")])
    said = data.statements[data.statements["report_id"] == "longgang-2021.txt"]
    rows = page.css(".statements tr[id]")
    assert [text_of(row.css("td")[0]) for row in rows] == list(said["printed"])
    assert [text_of(row.css("td")[2]) for row in rows] == list(said["verdict"])
    share = next(row for row in rows if text_of(row.css("td")[0]) == "80.7%")
    assert text_of(share.css("td")[1]) == "(103 + 31) / (166) = 80.72 %"
    found = data.findings[data.findings["report_id"] == "contradiction-stays-as-printed.txt"]
    page = parse(pages[page_of("contradiction-stays-as-printed.txt")])
    for row, finding in zip(page.css(".findings tr[id]"), found.itertuples(), strict=True):
        cells = {f"#cell-{'-'.join(code.split('.'))}" for code in finding.cells}
        assert cells | {f"#{markup.place_anchor(finding.place)}"} == {link.attributes["href"] for link in row.css("td")[2].css("a")}
        assert [text_of(row.css_first("th")), text_of(row.css("td")[1])] == [finding.severity, finding.message]
    assert page.css(".proposals tbody td")
