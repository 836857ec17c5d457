"""Tables of the form as a notebook shows them."""

import pandas as pd
import pytest

from govtables.dataset.display import lay_out, tables_to_html

CELLS = pd.DataFrame(
    [("requests", "new", "total", 3.0, "reported", "3"), ("requests", "new", "other", None, "blank", "<b>"),
     ("requests", "carried_in", "total", 0.5, "inferred", None)],
    columns=["table", "row", "column", "value", "status", "raw"],
).assign(flag="clean", flagged_by=None, implied_low=None, implied_high=None)
FINDINGS = pd.DataFrame([("error", "1 < 2")], columns=["severity", "message"])


def test_a_table_is_laid_out_in_the_order_of_its_cells():
    table = lay_out(CELLS, "requests")
    assert (list(table.index), list(table.columns)) == (["new", "carried_in"], ["total", "other"])
    assert table["total"].tolist() == [3.0, 0.5] and table["other"].isna().all()


def test_an_unknown_table_is_a_mistake():
    with pytest.raises(ValueError, match="no table 'sums'; choose one of disclosure, requests, disputes"):
        lay_out(CELLS, "sums")


def test_print_and_findings_are_escaped_and_a_cell_that_is_not_there_is_empty():
    html = tables_to_html(CELLS, FINDINGS)
    assert "blank: &lt;b&gt;" in html and "<li>error: 1 &lt; 2</li>" in html
    assert html.count("<td></td>") == 1 and ">0.5</td>" in html


@pytest.mark.parametrize(("flag", "low", "high", "said"), [
    ("clean", None, None, "3<"), ("doubted", None, None, "3?<"), ("located", 4.0, 4.0, "3!→4<"),
    ("contradicted", 0.0, None, "3!→0–∞<"), ("contradicted", 2.0, 3.0, "3!→2–3<"),
])
def test_a_flagged_number_has_its_mark_and_what_the_proposals_leave(flag, low, high, said):
    html = tables_to_html(CELLS.assign(flag=flag, flagged_by="row_sum", implied_low=low, implied_high=high), FINDINGS)
    assert said in html and (f"{flag}: row_sum" in html) == (flag != "clean")
    assert ("border:2px" in html) == (flag != "clean")
