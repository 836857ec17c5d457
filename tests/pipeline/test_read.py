"""A report as a notebook reads it, and cells changed by hand."""

import pytest
from building import RAW

import govtables as gt


def test_a_defect_of_a_document_is_no_mistake_of_the_caller(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    report = gt.read(tmp_path / "empty.txt")
    assert "empty" in report.facts["error"]
    assert report.cells.empty


def test_cells_as_read_are_proved_as_they_were():
    report = gt.read(RAW / "longgang-2021.txt")
    proved = gt.prove(report.cells)
    assert proved.cells["value"].equals(report.cells["value"])
    assert proved.table("requests").equals(report.table("requests"))


def test_a_changed_cell_fails_the_sums_it_stands_in():
    cells = gt.read(RAW / "longgang-2021.txt").cells
    cells.loc[(cells["row"] == "granted") & (cells["column"] == "total"), "value"] += 1
    checks = gt.prove(cells).checks
    assert {"row_sum", "outcome_total"} <= set(checks[checks["verdict"] == "fails"]["check"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda cells: cells.drop(columns="value"), "the column 'value' is missing"),
        (lambda cells: cells.loc[[0, 0]], "a cell stands twice"),
    ],
)
def test_a_frame_that_is_not_the_cells_of_one_report_is_a_mistake(change, said):
    with pytest.raises(ValueError, match=said):
        gt.prove(change(gt.read(RAW / "longgang-2021.txt").cells))
