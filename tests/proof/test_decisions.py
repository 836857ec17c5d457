"""Decisions of a person: what the file may say, and when a decision holds."""

from pathlib import Path

import pytest

from govtables.proof.decisions import Decision, apply_decisions, read_decisions
from govtables.records import CellRow

HEAD = "report_id,table,row,column,printed,value,reason,who,date\n"
LINE = "a.txt,requests,carried_in,total,,{value},seen on paper,A. Reader,{date}\n"
CELL = CellRow("requests", "carried_in", "total", None, "blank", "", None, "L1")
DECISION = Decision("a.txt", *CELL[:3], "", 4.0, "seen on paper", "A. Reader", "2023-05-04")


def write(folder: Path, *lines: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def test_no_file_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.csv") == {}


def test_decisions_are_read_by_report(tmp_path: Path) -> None:
    path = write(tmp_path, LINE.format(value="4", date="2023-05-04"))
    assert read_decisions(path) == {"a.txt": (DECISION,)}


@pytest.mark.parametrize(("value", "date", "said"), [("1e3", "2023-05-04", "no number"), ("1", "May", "no date")])
def test_a_mistake_names_its_line(tmp_path: Path, value: str, date: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"line 2: .* is {said}"):
        read_decisions(write(tmp_path, LINE.format(value=value, date=date)))


def test_a_decision_takes_the_place_of_the_print_and_says_who_took_it() -> None:
    [cell], findings = apply_decisions([CELL], [DECISION])
    assert (cell.value, cell.status, cell.raw, findings) == (4.0, "decided", "", [])
    assert cell.reason == "decided by A. Reader on 2023-05-04: seen on paper"


def test_a_decision_on_other_print_is_told_and_changes_nothing() -> None:
    cell = CELL._replace(raw="3", value=3.0, status="reported")
    cells, [finding] = apply_decisions([cell], [DECISION])
    assert (cells, finding.kind, finding.place) == ([cell], "decision_not_applied", "L1")
    assert "'3' is printed, not ''" in finding.message
