"""Findings: each leads to its cells and its printed place, and stands with its severity and message."""

from site_pages import page_of, parse, text_of

from publish.pages import markup



def test_findings_lead_to_cells(data, pages):
    found = data.findings[data.findings["report_id"] == "contradiction-stays-as-printed.txt"]
    page = parse(pages[page_of("contradiction-stays-as-printed.txt")])
    for row, finding in zip(page.css(".findings tr[id]"), found.itertuples(), strict=True):
        cells = {f"#cell-{'-'.join(code.split('.'))}" for code in finding.cells}
        led = {link.attributes["href"] for link in row.css("td")[2].css("a")}
        assert cells | {f"#{markup.place_anchor(finding.place)}"} == led
        assert [text_of(row.css_first("th")), text_of(row.css("td")[1])] == [finding.severity, finding.message]
    assert page.css(".proposals tbody td")
