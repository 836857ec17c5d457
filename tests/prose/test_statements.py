"""What is prose in a report, and what whole reports state."""

import os
import re
from pathlib import Path

import pytest

from govtables.declared import declared
from govtables.pipeline import read_bytes
from govtables.prose.claims import find_claims
from govtables.prose.statements import find_statements
from govtables.readers import Cell, Grid
from tests.prose.saying import in_prose, state

RAW = Path(__file__).parents[2] / "data" / "raw"
REPORTS = os.environ.get("GOVTABLES_REPORTS")

TRUTHS = {
    "linping-2022.txt": {
        "requests.received": 1080,
        "requests.concluded": 1048,
        "requests.carried_over": 32,
        "disputes.review": 35,
        "disputes.litigation": 17,
    },
    "huajie-2023.txt": {"requests.received": 6, "requests.carried_over": 1},
    "jiyuan-hitech-2022.txt": {"requests.received": 0},
    "longgang-2021.txt": {
        "disclosure.normative_document.published": 42,
        "requests.received": 166,
        "requests.granted": 103,
        "requests.partially_granted": 31,
        "requests.disclosed.share": 80.7,
        "requests.denied": 3,
        "requests.denied.share": 1.8,
        "requests.unavailable": 21,
        "requests.unavailable.share": 12.7,
        "requests.not_processed": 3,
        "requests.not_processed.share": 1.8,
        "requests.other": 4,
        "requests.other.share": 2.4,
        "requests.carried_over": 1,
        "requests.carried_over.share": 0.6,
        "disputes.review": 9,
        "disputes.litigation": 3,
    },
    "hanyin-2022.txt": {"requests.concluded": 19, "disputes.review": 0, "disputes.litigation": 0},
}
OWN_PART = [("requests.handled", 15)]  # of Hanyin's 19, as the verbatim report words it
VERBATIM = {name: f"{n:03}" for n, name in enumerate(TRUTHS)}
VERBATIM["longgang-2021.txt"], VERBATIM["hanyin-2022.txt"] = "003", "004"


def check_truths(path: Path, name: str) -> None:
    result = read_bytes(path.read_bytes(), name)
    found = find_statements(result.chapters, result.cells, result.facts.year)
    statements = [s for s in found if s.verdict != "part"]
    parts = [(s.quantity, s.value) for s in found if s.verdict == "part"]
    assert parts == (OWN_PART if path.name.startswith("004") else [])
    assert {s.quantity: s.value for s in statements} == TRUTHS[name] and len(statements) == len(TRUTHS[name])
    differing = [(s.quantity, s.value, s.table_value) for s in statements if s.verdict != "agrees"]
    known = [("disclosure.normative_document.published", 42, 41)]
    assert differing == (known if name.startswith("longgang") else [])
    lines = re.split(r"\r?\n", path.read_text(encoding="utf-8"))
    assert all(s.sentence in " ".join(lines[int(s.place.removeprefix("L")) - 1].split()) for s in statements)


@pytest.mark.parametrize("name", TRUTHS)
def test_report(name):
    check_truths(RAW / name, name)


@pytest.mark.skipif(not REPORTS, reason="GOVTABLES_REPORTS names no folder of verbatim reports")
@pytest.mark.parametrize("name", TRUTHS)
def test_verbatim_report(name):
    [path] = Path(REPORTS).glob(f"{VERBATIM[name]}_*.txt")
    check_truths(path, name)


def test_a_number_on_a_line_of_its_own_is_joined():
    lines = ("2022年，全县共收到政府信息公开申请", "74", "件，办结", "75", "件。")
    found = find_statements(in_prose(*lines), [], 2022)
    received, concluded = ("requests.received", 74, "L1"), ("requests.concluded", 75, "L1")
    assert [(s.quantity, s.value, s.place) for s in found] == [received, concluded]


def test_no_year_is_the_report_s_own_when_several_are_named():
    assert state("2021年收到申请10件。2022年收到申请12件。", year=None) == []


def test_lines_of_a_table_state_nothing():
    """In texts without marks a table's labels and numbers are lines like any other."""
    labels = [line["label"] for name in ("rows", "columns") for line in declared("forms", name)]
    lines = [text for label in labels for text in (label, "12", "0")] + [f"{label} 12" for label in labels]
    assert find_statements(in_prose(*lines, chapter=3), [], 2022) == []


def test_cells_of_a_grid_state_nothing():
    grid = Grid(((Cell("收到申请6件。", "L1:C1"), Cell("6", "L1:C2")),), "rows", "pipe-rows")
    assert find_statements(in_prose(grid), [], 2022) == []


def test_a_page_in_one_line_keeps_the_topic_of_its_sentences():
    page = "一、总体情况 2022年推进公开。（二）依申请公开。全年收到21件；办结20件。（三）管理。县长信箱收到81件，办结81件。"
    stated = [("requests.received", 21), ("requests.concluded", 20)]
    assert [(s.quantity, s.value) for s in state(page)] == stated


def test_a_sentence_broken_over_lines_is_read_as_one():
    lines = ("2022年，我局共收到公民、法人和其他组织提出的政府信息公开申请", "12件，其中予以公开8", "件，不予公开4件。")
    [first, *_] = find_statements(in_prose(*lines), [], 2022)
    assert (first.quantity, first.value, first.place) == ("requests.received", 12, "L1")


def test_a_heading_tells_what_the_verbs_below_it_speak_of():
    below = ("2022年共收到19件，办结19件。",)
    assert len(find_statements(in_prose("（二）依申请公开情况", *below), [], 2022)) == 2
    assert find_statements(in_prose("（三）建议提案办理情况", *below), [], 2022) == []


def test_a_year_is_the_report_s_own_when_none_is_known():
    assert [s.value for s in state("2021年收到申请10件。", year=None)] == [10]
    assert state("2021年收到申请10件。", year=2022) == []


@pytest.mark.parametrize("sentence", [
    "", "。", "9" * 500 + "件", "收到申请" + "9" * 500 + "件", "(（占%", "零件", "未", "分别各占，其中",
])
def test_odd_sentences_do_no_harm(sentence):
    assert all(statement.verdict == "undecided" for statement in state(sentence))


SPACED = "全县共受理政府信息公开申请 749 件，其中自然人申请 741 件；共办理 718 件，结转 31 件，行政许可 5 件。"


def test_a_sentence_whose_numbers_stand_between_blanks():
    lines = f"甲县2022年政府信息公开工作年度报告\n一、总体情况\n{SPACED}\n二、主动公开政府信息情况\n行政许可\n5"
    said = read_bytes(lines.encode(), "a.txt").statements
    assert [(one.quantity, one.value) for one in said][:2] == [
        ("requests.received", 749), ("requests.received.natural_person", 741),
    ]


@pytest.mark.parametrize(("issuer", "scope"), [("甲县财政局", ""), ("乙县财政局", "unsure"), ("", "unsure")])
def test_the_name_of_the_issuer_is_no_other_body(issuer, scope):
    [claim] = find_claims("2022年，甲县财政局收到政府信息公开申请3件。", 2022, issuer=issuer)
    assert (claim.quantity, claim.scope) == ("requests.received", scope)
