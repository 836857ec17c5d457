"""A report as a notebook reads it, and cells changed by hand."""

import pytest
from building import RAW

import govtables as gt
from govtables.forms import form
from govtables.language import fold


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


def test_of_a_row_printed_twice_nothing_is_inferred_either_time(tmp_path):
    """The sums would give its numbers; the frame alone says that they may not."""
    printed = (RAW / "longgang-2021.txt").read_text(encoding="utf-8")
    label = next(row.label for row in form("2021").rows["requests"] if row.code == "granted")
    lines = printed.splitlines()
    at = next(n for n, line in enumerate(lines) if fold(line) == fold(label))
    lines[at + 8 : at + 8] = [lines[at], *["1"] * 6, "6"]
    (tmp_path / "twice.txt").write_text("\n".join(lines), encoding="utf-8")
    report = gt.read(tmp_path / "twice.txt")
    for cells in report.cells, gt.prove(report.cells).cells, gt.prove(gt.prove(report.cells).cells).cells:
        granted = cells[cells["row"] == "granted"]
        assert set(granted["status"]) == {"unreadable"} and set(granted["flagged_by"]) == {"printed_twice"}
    assert "inferred" in set(gt.prove(report.cells.assign(flagged_by=None)).cells["status"])


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
