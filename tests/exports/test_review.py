"""Proposals become lines to accept, which take effect at the next build; in a notebook by widgets, or without."""

import sys
from pathlib import Path

import pytest
from building import PARQUET, RAW, build_beside, write

import govtables as gt
from govtables.exports import Review
from govtables.proof import read_decisions

OWN = "report_id,table,row,column,printed,value,reason,who,date,note\nb.txt,requests,received,total,,1,mine,我,2026/3/1,keep\n"


def wrong(report: str, right: str, other: str) -> bytes:
    """A report in which one total is wrong and only one number can stand there."""
    text = (RAW / report).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("一、本年新收"))
    changed = text.replace(line, line[::-1].replace(right[::-1], other[::-1], 1)[::-1])
    assert changed != text
    return changed.encode()


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("review") / "raw"
    return build_beside(write({"a.txt": wrong("linping-2022.txt", "1060", "1061"), "b.txt": (RAW / "huajie-2023.txt").read_bytes()}, folder))


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "decisions.csv"


def test_what_is_accepted_takes_effect_and_what_is_not_changes_nothing(tmp_path):
    raw = write({"linping.txt": wrong("linping-2022.txt", "1060", "1061")}, tmp_path / "raw")
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


def test_what_is_accepted_is_a_decision_of_today(out, path):
    found = gt.review(out, path)
    assert [one[:6] for one in found.open.values()] == [("a.txt", "requests", "received", "total", "1061", "1060")]
    with pytest.raises(ValueError, match="who decides"):
        found.write(accept=[1])
    assert not path.exists()
    assert "1 accepted, 0 rejected, 0 left" in found.write(accept=[1], who="A. Reader")
    [decision] = read_decisions(path)["a.txt"]
    assert (decision.value, decision.who, len(decision.date)) == (1060.0, "A. Reader", 10)
    assert gt.review(out, path).open == {} and found.open == {}


def test_what_is_rejected_decides_nothing_and_does_not_come_again(out, path):
    assert "0 accepted, 1 rejected" in gt.review(out, path, "A. Reader").write(reject=[1])
    assert read_decisions(path) == {} and "rejected by A. Reader on" in path.read_text(encoding="utf-8-sig")
    assert gt.review(out, path).open == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_lines_that_were_there_stay(out, path, encoding):
    path.write_bytes(OWN.encode(encoding))
    gt.review(out, path, "A. Reader").write(accept=[1])
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[:2] == OWN.splitlines() and lines[2].startswith("a.txt,requests,received,total,1061,1060,") and len(lines) == 3


@pytest.mark.parametrize("chosen", [{"accept": [2]}, {"accept": [1], "reject": [1]}, {"reject": [0]}])
def test_numbers_that_are_none_are_a_mistake(out, path, chosen):
    with pytest.raises(ValueError, match="each once"):
        gt.review(out, path, "A. Reader").write(**chosen)
    assert not path.exists()


def test_a_spoilt_file_is_told_at_once_and_stays(out, path):
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="column 'report_id' is missing"):
        gt.review(out, path)
    assert path.read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_without_widgets_it_is_a_table_that_escapes_what_is_printed(out, path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    monkeypatch.delitem(sys.modules, "govtables.exports.widgets", raising=False)
    found = gt.review(out, path)
    hostile = Review(path, {1: found.open[1]._replace(report_id="<b>")}, {1: "<i>"})
    html = hostile._repr_html_()
    assert "<b>" not in html and "<i>" not in html and "&lt;b&gt;" in html and "【1061】" in found._repr_html_()
    found._ipython_display_()
    assert "IPython.core.display.HTML" in capsys.readouterr().out


def test_it_speaks_the_language_of_the_session(out, path, monkeypatch):
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    assert "待定的修改方案1个" in gt.review(out, path)._repr_html_()
