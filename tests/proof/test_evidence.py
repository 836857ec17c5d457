"""Decisions beside what the audit leaves for the cells as printed."""

from building import RAW, build_beside, write

import govtables as gt

HEAD = "report_id,table,row,column,printed,value,reason,who,date\n"
LINE = "{},requests,{},total,{},{},seen on paper,A. Reader,2026-03-01\n"


def build(tmp_path, documents: dict[str, bytes], *lines: str) -> gt.Dataset:
    return gt.load(build_beside(write({**documents, "decisions.csv": (HEAD + "".join(lines)).encode()}, tmp_path / "raw")))


def wrong_total() -> bytes:
    """A report in which one total is wrong and only one number can stand there."""
    text = (RAW / "linping-2022.txt").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("一、本年新收"))
    return text.replace(line, line[::-1].replace("0601", "1601", 1)[::-1]).encode()


def test_the_proposal_stays_beside_the_decision_that_it_led_to(tmp_path):
    data = build(tmp_path, {"a.txt": wrong_total()}, LINE.format("a.txt", "received", "1061", "1060"))
    assert data.proposals.empty and not (data.checks["verdict"] == "fails").any()
    [one] = data.decisions.to_dict("records")
    assert (one["applied"], one["printed"], one["value"], one["low"], one["high"]) == (True, "1061", 1060.0, 1060.0, 1060.0)
    assert (one["who"], one["date"], one["reason"]) == ("A. Reader", "2026-03-01", "seen on paper")
    cell = data.cells.query("row == 'received' and column == 'total'").iloc[0]
    assert one["place"] == cell["place"] and cell["status"] == "decided"
    assert one["typing"] and one["typing_zh"]


def test_a_blank_has_what_the_identities_leave(tmp_path):
    report = (RAW / "hanyin-2022.txt").read_bytes()
    data = build(tmp_path, {"a.txt": report}, LINE.format("a.txt", "carried_in", "", "0"))
    [one] = data.decisions.to_dict("records")
    bound = gt.read(RAW / "hanyin-2022.txt").bounds.query("row == 'carried_in' and column == 'total'").iloc[0]
    assert one["applied"] and one["low"] == bound["low"] and (one["high"] == bound["high"] or one["high"] != one["high"])


def test_what_holds_no_more_is_there_and_not_applied(tmp_path):
    report = (RAW / "huajie-2023.txt").read_bytes()
    lines = [LINE.format("a.txt", "received", "no such text", "5"), LINE.format("none.txt", "received", "1", "5"),
             LINE.format("a.txt#2", "received", "1", "5")]
    data = build(tmp_path, {"a.txt": report, "none.txt": b"nothing"}, *lines)
    assert data.decisions[["report_id", "applied"]].values.tolist() == [["a.txt", False], ["a.txt", False], ["none.txt", False]]
    assert (data.findings["kind"] == "decision_not_applied").sum() == 3


def test_without_decisions_there_is_no_row():
    assert gt.load("data/parquet").decisions.empty
