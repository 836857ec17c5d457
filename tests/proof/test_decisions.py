"""Decisions of a person: what the file may say, when a decision holds, and what the audit leaves for the cell as printed."""

import time
from pathlib import Path

import pytest
from building import RAW, build_beside
from building import write as write_documents

import govtables as gt
from govtables.proof.decisions import Decision, apply_decisions, read_decisions
from govtables.records import CellRow

HEAD = "report_id,table,row,column,printed,value,reason,who,date\n"
BLANK = "hanyin-2022.txt,requests,carried_in,total,,0,no request was open,A. Reader,2023-05-04\n"
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


@pytest.mark.parametrize("text", ["2023/5/4", "2023-5-4", "2023/05/04", "2023年5月4日"])
def test_dates_are_read_as_spreadsheets_write_them(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, LINE.format(value="4", date=text))
    assert read_decisions(path) == {"a.txt": (DECISION,)}


@pytest.mark.parametrize("text", ["2023/13/4", "2023/2/30", "4/5/2023", "2023-05"])
def test_what_is_no_date_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="is no date; write it as 2023-01-31"):
        read_decisions(write(tmp_path, LINE.format(value="4", date=text)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_file_as_excel_writes_it_is_read_and_blank_lines_are_not(tmp_path, encoding):
    path = tmp_path / "decisions.csv"
    lines = HEAD.replace("\n", ",note,\n") + "\n" + BLANK.replace("0,no", "-0.5,no").replace("\n", ",,\n") + "  \n"
    path.write_bytes(lines.replace("\n", "\r\n").encode(encoding))
    [decision] = read_decisions(path)["hanyin-2022.txt"]
    assert (decision.value, decision.printed, decision.date) == (-0.5, "", "2023-05-04")


def test_many_decisions_are_read_quickly(tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text(HEAD + "".join(BLANK.replace("hanyin", f"{n}") for n in range(20_000)), encoding="utf-8")
    start = time.process_time()
    assert len(read_decisions(path)) == 20_000
    assert time.process_time() - start < 10  # comparing each with all took minutes


@pytest.mark.parametrize(
    ("status", "raw", "printed", "others"),
    [
        ("reported", "3", "3", ["", "<reported>", "<absent>"]),
        ("blank", "", "", ["<blank>", "<absent>", "<unreadable>"]),
        ("absent", None, "<absent>", ["", "<unreadable>"]),
        ("unreadable", None, "<unreadable>", ["", "<absent>"]),
        ("unreadable", "3O", "3O", ["", "<unreadable>"]),
    ],
)
def test_blank_absent_and_unreadable_are_three_things_to_a_decision(status, raw, printed, others):
    cell = CellRow("requests", "carried_in", "total", None, status, raw, None, "L1")

    def decide(text: str) -> tuple:
        decision = Decision("a.txt", *cell[:3], text, 4.0, "seen on paper", "A. Reader", "2023-05-04")
        [decided], findings = apply_decisions([cell], [decision])
        return decided.status, [finding.message for finding in findings]

    assert decide(printed) == ("decided", [])
    for other in others:
        kept, [message] = decide(other)
        assert (kept, printed in message, repr(other) in message) == (status, True, True)


def test_a_decision_on_a_document_without_tables_tells_why_it_has_none(tmp_path):
    decision = Decision("a.txt", "requests", "carried_in", "total", "", 4.0, "seen on paper", "A. Reader", "2023-05-04")
    [finding] = apply_decisions([], [decision], "the tables are pictures")[1]
    assert "was not applied: the document gave no tables: the tables are pictures; look again" in finding.message
    assert "the report has no such cell" in apply_decisions([], [decision])[1][0].message


SEEN = "{},requests,{},total,{},{},seen on paper,A. Reader,2026-03-01\n"


def build(tmp_path, documents: dict[str, bytes], *lines: str) -> gt.Dataset:
    return gt.load(build_beside(write_documents({**documents, "decisions.csv": (HEAD + "".join(lines)).encode()}, tmp_path / "raw")))


def wrong_total() -> bytes:
    """A report in which one total is wrong and only one number can stand there."""
    text = (RAW / "linping-2022.txt").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("一、本年新收"))
    return text.replace(line, line[::-1].replace("0601", "1601", 1)[::-1]).encode()


def test_the_proposal_stays_beside_the_decision_that_it_led_to(tmp_path):
    data = build(tmp_path, {"a.txt": wrong_total()}, SEEN.format("a.txt", "received", "1061", "1060"))
    assert data.proposals.empty and not (data.checks["verdict"] == "fails").any()
    [one] = data.decisions.to_dict("records")
    assert (one["applied"], one["printed"], one["value"], one["low"], one["high"]) == (True, "1061", 1060.0, 1060.0, 1060.0)
    assert (one["who"], one["date"], one["reason"]) == ("A. Reader", "2026-03-01", "seen on paper")
    cell = data.cells.query("row == 'received' and column == 'total'").iloc[0]
    assert one["place"] == cell["place"] and cell["status"] == "decided"
    assert one["typing"] and one["typing_zh"]


def test_a_blank_has_what_the_identities_leave(tmp_path):
    report = (RAW / "hanyin-2022.txt").read_bytes()
    data = build(tmp_path, {"a.txt": report}, SEEN.format("a.txt", "carried_in", "", "0"))
    [one] = data.decisions.to_dict("records")
    bound = gt.read(RAW / "hanyin-2022.txt").bounds.query("row == 'carried_in' and column == 'total'").iloc[0]
    assert one["applied"] and one["low"] == bound["low"] and (one["high"] == bound["high"] or one["high"] != one["high"])


def test_what_holds_no_more_is_there_and_not_applied(tmp_path):
    report = (RAW / "huajie-2023.txt").read_bytes()
    lines = [SEEN.format("a.txt", "received", "no such text", "5"), SEEN.format("none.txt", "received", "1", "5"),
             SEEN.format("a.txt#2", "received", "1", "5")]
    data = build(tmp_path, {"a.txt": report, "none.txt": b"nothing"}, *lines)
    assert data.decisions[["report_id", "applied"]].values.tolist() == [["a.txt", False], ["a.txt", False], ["none.txt", False]]
    assert (data.findings["kind"] == "decision_not_applied").sum() == 3


def test_without_decisions_there_is_no_row():
    assert gt.load("data/parquet").decisions.empty
