"""Findings: each leads to its cells and its printed place, and stands with its severity and message."""

from site_pages import parse, text_of, write

import govtables as gt
from publish.pages import markup
from tests.whole import made_panels
from tests.whole.made_panels import requests


def test_findings_lead_to_cells(data, pages):
    found = data.findings[data.findings["report_id"] == "contradiction-stays-as-printed.txt"]
    page = parse(pages.of("contradiction-stays-as-printed.txt"))
    found = found.assign(later=found["kind"] != "contradiction").sort_values("later", kind="stable")
    assert page.css_first(".findings .entry") and page.css(".findings .explained")
    for row, finding in zip(page.css(".findings tr[id]"), found.itertuples(), strict=True):
        cells = {f"#cell-{'-'.join(code.split('.'))}" for code in finding.cells}
        led = {link.attributes["href"] for link in row.css("td")[2].css("a")}
        assert cells | {f"#{markup.place_anchor(finding.place)}"} == led
        assert [text_of(row.css_first("th")), text_of(row.css("td")[1])] == [finding.severity, finding.message]
    assert page.css(".proposals tbody td")


def test_a_slip_is_one_entry_with_what_other_reports_say_of_the_same_cells(tmp_path):
    """A township's slip: its sums, the report of the year after and that of its county stand beneath it."""
    county, town = "永康市", "永康市花街镇"
    for name, body, year, numbers in (
        ("county", county, 2021, requests(9, 20, 0, 2)), ("town", town, 2021, requests(9, 20, 0, 2)),
        ("town", town, 2022, requests(5, 12, 2, 0)),
    ):
        made_panels.write(tmp_path / "raw" / f"{name}-{year}.txt", f"{body}人民政府{year}年政府信息公开工作年度报告", numbers)
    (tmp_path / "raw" / "hierarchy.csv").write_text(f"parent,child\n{county}人民政府,{town}人民政府\n", encoding="utf-8")
    path = tmp_path / "raw" / "town-2021.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if "结转下年度" in line)
    first, number, last = lines[at].rpartition("2")
    path.write_text("\n".join([*lines[:at], f"{first}5{last}", *lines[at + 1 :]]), encoding="utf-8")
    data = gt.load(gt.build(tmp_path / "raw", tmp_path / "out", processes=1, progress=False))
    cells = data.cells[(data.cells["flag"] != "clean") & (data.cells["report_id"] == "town-2021.txt")]
    assert cells[cells["flag"] == "located"][["row", "column", "value", "implied_low"]].to_numpy().tolist() == [
        ["carried_over", "total", 5.0, 2.0]
    ]
    page = parse(write(data, tmp_path / "site").of("town-2021.txt"))
    first, *beneath = page.css(".findings tbody")[0].css("tr")
    assert "should be 2" in text_of(first) and "entry" in first.attributes["class"]
    assert all("explained" in row.attributes["class"] for row in beneath)
    kinds = [text_of(row.css("td")[0]) for row in beneath]
    meanings = data.codebook[data.codebook["axis"] == "kind"].set_index("code")["en"]
    assert sorted(kinds) == sorted(meanings[["row_sum", "balance", "children_sum", "carry_over"]])
    other = data.cells[(data.cells["report_id"] == "town-2022.txt") & (data.cells["flag"] != "clean")]
    assert other[["row", "column", "flag", "flagged_by"]].to_numpy().tolist() == [["carried_in", "total", "doubted", "carry_over"]]
