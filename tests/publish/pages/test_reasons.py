"""Reasons: a number that a person decided says so, and its reason is listed."""

import dataclasses

from site_pages import by_id, follow, parse, text_of, write



def test_a_decided_number_says_so_and_leads_to_what_is_printed(data, tmp_path):
    cells = data.cells[data.cells["report_id"] == "hanyin-2022.txt"].astype({"status": str})
    decided = (cells["row"] == "carried_in") & (cells["column"] == "total")
    cells.loc[decided, ["status", "value", "reason"]] = ["decided", 3.0, "by a person"]
    one = data.reports[data.reports["report_id"] == "hanyin-2022.txt"].assign(n_decided=1)
    page = write(dataclasses.replace(data, cells=cells, reports=one), tmp_path).of("hanyin-2022.txt")
    found = by_id(page)["cell-requests-carried_in-total"]
    assert text_of(found) == "3 †"
    assert follow(page, found).attributes["id"] == "L100"
    assert "by a person" in text_of(parse(page).css_first(".reasons"))
