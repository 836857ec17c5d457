"""Proposals become lines to accept; what is accepted takes effect at the next build."""

import pytest
from building import PARQUET, RAW, build_beside, write

import govtables as gt
from govtables.proof import read_decisions

RIGHT = "1060"


@pytest.fixture
def raw(tmp_path):
    """A report in which one total is wrong and only one number can stand there."""
    text = (RAW / "linping-2022.txt").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("一、本年新收"))
    wrong = line[::-1].replace(RIGHT[::-1], "1061"[::-1], 1)[::-1]
    assert wrong != line
    return write({"linping.txt": text.replace(line, wrong).encode()}, tmp_path / "raw")


def test_what_is_accepted_takes_effect_and_what_is_not_changes_nothing(raw, tmp_path):
    data = gt.load(build_beside(raw))
    assert (data.checks["verdict"] == "fails").any()
    path, cells = raw / "decisions.csv", data.cells
    assert gt.decide(data, path) == 1
    assert read_decisions(path) == {}
    open_ones = gt.load(build_beside(raw))
    assert open_ones.cells.equals(cells)
    text = path.read_bytes().decode("utf-8-sig")
    assert "linping.txt,requests,received,total,1061,1060,the only way in which the identities hold" in text
    path.write_text(text.replace(",,\r\n", ",A. Reader,2026/3/1\r\n"), encoding="utf-8", newline="")
    decided = gt.load(build_beside(raw))
    cell = decided.cells.query("row == 'received' and column == 'total'").iloc[0]
    assert (cell["value"], cell["status"]) == (1060.0, "decided")
    assert not (decided.checks["verdict"] == "fails").any()


def test_a_file_is_not_written_over(tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="is there already"):
        gt.decide(PARQUET, path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_without_proposals_the_file_holds_its_head_alone(tmp_path):
    assert gt.decide(PARQUET, tmp_path / "proposed.csv") == 0
    assert (tmp_path / "proposed.csv").read_text(encoding="utf-8-sig").startswith("report_id,table,row,column,printed")
