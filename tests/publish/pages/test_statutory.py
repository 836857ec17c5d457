"""Statutory tables of a page: each number stands once, and leads to its print or to the reason why it has none."""

import dataclasses
import re

import pandas as pd
import pytest
from site_pages import HARD, SAMPLE, TOP, by_id, follow, page_of, parse, text_of, write

import govtables as gt
from publish.pages import markup, statutory

STYLE = TOP / "docs" / "_static" / "reports.css"


@pytest.mark.parametrize("report_id", [*SAMPLE, *HARD])
def test_every_number_stands_once_and_leads_to_its_print(data, pages, report_id):
    page = pages[page_of(report_id)]
    cells = data.cells[(data.cells["report_id"] == report_id) & data.cells["value"].notna()]
    for cell in cells.itertuples():
        found = by_id(page)[markup.anchor("cell", cell.table, cell.row, cell.column)]
        assert found.tag == "td"
        shown = text_of(found).split()
        assert float(shown[0]) == cell.value
        assert ("∴" in shown) == (cell.status == "inferred")
        target = follow(page, found)
        if cell.status == "inferred":
            assert cell.reason in target.text()
        else:
            assert target.text().strip() == cell.raw
            assert target.attributes["class"] == "cell"
    shown = [td for td in parse(page).css("td[id]") if re.match(r"[-\d]", text_of(td))]
    assert len(shown) == len(cells)


def test_unknown_cells_say_why_and_what_is_left(data, pages):
    unknown = data.cells[data.cells["value"].isna()]
    assert set(unknown["status"]) == {"blank", "absent", "unreadable", "not_applicable"}
    for cell in unknown.itertuples():
        found = by_id(pages[page_of(cell.report_id)])[markup.anchor("cell", cell.table, cell.row, cell.column)]
        assert text_of(found).startswith(statutory.SIGNS[cell.status])
        assert not found.css("a") if cell.status == "absent" else found.css("a") or pd.isna(cell.place)
    assert text_of(by_id(pages[page_of("hanyin-2022.txt")])["cell-requests-carried_in-total"]) == "· ≥ 0"


def test_a_decided_number_says_so_and_leads_to_what_is_printed(data, tmp_path):
    cells = data.cells[data.cells["report_id"] == "hanyin-2022.txt"].astype({"status": str})
    decided = (cells["row"] == "carried_in") & (cells["column"] == "total")
    cells.loc[decided, ["status", "value", "reason"]] = ["decided", 3.0, "by a person"]
    one = data.reports[data.reports["report_id"] == "hanyin-2022.txt"].assign(n_decided=1)
    page = write(dataclasses.replace(data, cells=cells, reports=one), tmp_path)[page_of("hanyin-2022.txt")]
    found = by_id(page)["cell-requests-carried_in-total"]
    assert text_of(found) == "3 †"
    assert follow(page, found).attributes["id"] == "L100-C1"
    assert "by a person" in text_of(parse(page).css_first(".reasons"))


def test_a_unit_is_that_of_the_form(pages):
    heads = {page: text_of(parse(pages[page_of(page)]).body) for page in ("form-of-2019.txt", "huajie-2023.txt")}
    assert "Total amount procured (no unit in the form) 采购总金额 Centralised" in heads["form-of-2019.txt"]
    assert "Amount charged in the year 本年收费金额(单位:万元) (万元)" in heads["huajie-2023.txt"]


def test_colours_are_those_of_the_theme():
    style = STYLE.read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", style)
    assert all(f".s-{status}" in style for status in gt.Status if status != "reported")
