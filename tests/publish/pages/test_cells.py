"""Cells of a page: each number stands once, and leads to its print or to the reason why it has none."""

import re

import pandas as pd
import pytest
from site_pages import HARD, SAMPLE, by_id, follow, parse, text_of

from publish.pages import markup
from publish.pages.cells import SIGNS



@pytest.mark.parametrize("report_id", [*SAMPLE, *HARD])
def test_every_number_stands_once_and_leads_to_its_print(data, pages, report_id):
    page = pages.of(report_id)
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
            assert target.attributes["class"] == "cell k-cell"
    shown = [td for td in parse(page).css("td[id]") if re.match(r"[-\d]", text_of(td))]
    assert len(shown) == len(cells)


def test_unknown_cells_say_why_and_what_is_left(data, pages):
    unknown = data.cells[data.cells["value"].isna()]
    assert set(unknown["status"]) == {"blank", "absent", "unreadable", "not_applicable"}
    for cell in unknown.itertuples():
        found = by_id(pages.of(cell.report_id))[markup.anchor("cell", cell.table, cell.row, cell.column)]
        assert text_of(found).startswith(SIGNS[cell.status])
        assert not found.css("a") if cell.status == "absent" else found.css("a") or pd.isna(cell.place)
    assert text_of(by_id(pages.of("hanyin-2022.txt"))["cell-requests-carried_in-total"]) == "· ≥ 0"
