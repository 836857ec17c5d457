"""The audit of a folder: decisions of a person, a declared hierarchy, the summary and the command's exit status."""

import re
import time
from pathlib import Path

import pytest

import govtables as gt
from govtables.cli import main
from govtables.dataset.dictionary import severities
from govtables.declared import declared
from govtables.pipeline.folder import read_hierarchy
from govtables.proof.decisions import Decision, apply_decisions, read_decisions
from govtables.records import CellRow

RAW = Path(__file__).parents[1] / "data" / "raw"
HEAD = "report_id,table,row,column,printed,value,reason,who,date\n"
BLANK = "hanyin-2022.txt,requests,carried_in,total,,0,no request was open,A. Reader,2023-05-04\n"
QUOTED = "no request was open"


def write(folder: Path, **texts: str) -> Path:
    """A copy of two reports of the sample, and the given files."""
    folder.mkdir()
    for name in ("hanyin-2022.txt", "huajie-2023.txt"):
        (folder / name).write_bytes((RAW / name).read_bytes())
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def build(raw: Path) -> Path:
    return gt.build(raw, raw.parent / "out", processes=1, progress=False)


def contradict(folder: Path) -> Path:
    """Let a report contradict itself."""
    path = folder / "huajie-2023.txt"
    before = path.read_text(encoding="utf-8")
    line = next(line for line in before.splitlines() if "(一)予以公开" in line)
    path.write_text(before.replace(line, line.replace("| 1 |", "| 7 |", 1)), encoding="utf-8")
    return folder


# -- decisions ----------------------------------------------------------------------------------------------------


def cell_of(data: gt.Dataset, *codes: str) -> dict:
    cells = data.cells
    [cell] = cells[(cells["table"] == codes[1]) & (cells["row"] == codes[2]) & (cells["column"] == codes[3])].query(
        "report_id == @codes[0]"
    ).to_dict("records")
    return cell


def test_a_decision_counts_as_known_and_shows_who_decided(tmp_path):
    data = gt.load(build(write(tmp_path / "raw", decisions=HEAD + BLANK)))
    cell = cell_of(data, "hanyin-2022.txt", "requests", "carried_in", "total")
    assert (cell["value"], cell["status"], cell["raw"]) == (0.0, "decided", "")
    assert cell["reason"] == "decided by A. Reader on 2023-05-04: no request was open"
    left = data.cells[(data.cells["report_id"] == "hanyin-2022.txt") & (data.cells["table"] == "requests")]
    assert left["status"].astype(str).value_counts().to_dict() == {"inferred": 158, "reported": 16, "decided": 1}
    assert data.reports.set_index("report_id").loc["hanyin-2022.txt", "n_decided"] == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(BLANK.replace(",,0,", ",3,0,"), "'' is printed, not '3'", id="printed text changed"),
        pytest.param(BLANK.replace("carried_in,total", "other,total"), "the report has no such cell", id="cell of the other generation"),
        pytest.param(BLANK.replace(",,0,", ",<absent>,0,"), "'' is printed, not '<absent>'", id="the row is printed by now"),
    ],
)
def test_a_decision_that_does_not_fit_the_print_changes_nothing_and_is_told(tmp_path, line, said):
    data = gt.load(build(write(tmp_path / "raw", decisions=HEAD + line)))
    assert "decided" not in set(data.cells["status"])
    [finding] = data.findings[data.findings["kind"] == "decision_not_applied"].to_dict("records")
    assert (finding["severity"], said in finding["message"]) == ("warning", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("report_id,table\n", ["decisions.csv", "'row' is missing", "report_id,table,row"], id="columns"),
        pytest.param((HEAD + BLANK).replace(",", ";"), ["'report_id' is missing", "with commas between"], id="semicolons"),
        pytest.param("", ["decisions.csv", "'report_id' is missing"], id="nothing"),
        pytest.param(HEAD + BLANK * 2, ["line 3", "two decisions on hanyin-2022.txt requests carried_in total"], id="twice"),
        pytest.param(HEAD + BLANK.replace(",0,", ",none,"), ["line 2", "'none' is no number"], id="value"),
        pytest.param(HEAD + BLANK.replace(",0,", ",inf,"), ["line 2", "'inf' is no number"], id="infinite"),
        pytest.param(HEAD + BLANK.replace(",0,", "," + "9" * 400 + ","), ["line 2", "is no number"], id="too large"),
        pytest.param(HEAD + BLANK.replace(",0,", ",1_000,"), ["line 2", "'1_000' is no number"], id="underscore"),
        pytest.param(HEAD + BLANK.replace(",0,", ",1e3,"), ["line 2", "'1e3' is no number"], id="exponent"),
        pytest.param(HEAD + "\n" + BLANK + ",,,,,,,,\n", ["line 4", "nothing but commas"], id="only commas"),
        pytest.param(HEAD + BLANK.replace("no request", "no, request"), ["line 2", "10 values for 9 columns", "quotation"], id="comma"),
        pytest.param(HEAD + BLANK.replace(",no request", ',"no request'), ["line 2", "close each quotation mark"], id="open quote"),
        pytest.param(HEAD + BLANK.replace(",no", ',"no') + BLANK * 2000, ["line 2", "close each quotation mark"], id="long quote"),
        pytest.param(HEAD + BLANK.replace(QUOTED, f'"{QUOTED}\n"') + "x\n", ["line 4", "table is empty"], id="two lines in one"),
        pytest.param(HEAD + BLANK.replace("2023-05-04", "May 2023"), ["line 2", "'May 2023' is no date", "2023-01-31"], id="date"),
        pytest.param(HEAD + BLANK.replace("A. Reader", " "), ["line 2", "who is empty"], id="who"),
        pytest.param(HEAD + BLANK.replace("carried_in", "carried"), ["line 2", "requests carried total", "govtables codebook"], id="code"),
        pytest.param(HEAD + BLANK.replace("hanyin-2022", "hanyin"), ["'hanyin.txt'", "write its path"], id="document"),
    ],
)
def test_a_mistake_in_the_decisions_stops_the_build_with_the_line_and_the_remedy(tmp_path, text, said):
    with pytest.raises(ValueError) as problem:
        build(write(tmp_path / "raw", decisions=text))
    assert [words for words in said if words not in str(problem.value)] == []


@pytest.mark.parametrize("name", ["decisions", "hierarchy"])
@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-16-le"])
def test_another_encoding_is_told_with_the_remedy(tmp_path, name, encoding):
    raw = write(tmp_path / "raw")
    (raw / f"{name}.csv").write_bytes("parent,child\n汉阴县,花街镇\n".encode(encoding))
    with pytest.raises(ValueError, match=f'{name}.csv: not UTF-8; save it as "CSV UTF-8"'):
        build(raw)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
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


def test_a_decision_on_a_file_that_cannot_be_opened_is_told(tmp_path):
    raw = write(tmp_path / "raw", decisions=HEAD + BLANK)
    (raw / "hanyin-2022.txt").unlink()
    (raw / "hanyin-2022.txt").symlink_to(tmp_path / "nowhere")
    findings = gt.load(build(raw)).findings
    [message] = findings[findings["kind"] == "decision_not_applied"]["message"]
    assert "the document gave no tables: cannot be opened" in message


@pytest.mark.parametrize("name", ["decisions.csv", "hierarchy.csv"])
def test_a_file_that_is_read_at_the_top_alone_is_not_overlooked_below(tmp_path, name):
    raw = write(tmp_path / "raw")
    for folder in (".git", "county"):
        (raw / folder).mkdir()
    (raw / ".git" / name).write_text("", encoding="utf-8")
    build(raw)
    (raw / "county" / name).write_text("", encoding="utf-8")
    with pytest.raises(ValueError) as problem:
        build(raw)
    assert str(problem.value) == f"{raw / 'county' / name}: is not read there; put it at the top, as {raw / name}"


# -- hierarchy ----------------------------------------------------------------------------------------------------


def test_a_declared_hierarchy_is_compared(tmp_path):
    raw = write(tmp_path / "raw", hierarchy="parent,child\n汉阴县,花街镇人民政府\n")
    (raw / "huajie-2023.txt").unlink()
    data = gt.load(build(raw))
    [check] = data.checks[data.checks["check"] == "children_sum"].to_dict("records")
    assert (check["report_id"], check["verdict"]) == ("hanyin-2022.txt", "undecided")
    assert "花街镇" in check["message"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("county,town\n", ["hierarchy.csv", "'parent' is missing", "are parent,child"], id="columns"),
        pytest.param("parent,child\n汉阴县,\n", ["hierarchy.csv, line 2", "a name is empty"], id="name"),
        pytest.param("parent;child\n汉阴县;花街镇\n", ["'parent' is missing", "with commas between"], id="semicolons"),
        pytest.param("parent,child\n\n,\n", ["hierarchy.csv, line 3", "nothing but commas"], id="only commas"),
        pytest.param(
            "parent,child\n甲县,甲镇\n汉阴县人民政府,汉阴县\n",
            ["hierarchy.csv, line 3: '汉阴县' is the same body as its parent '汉阴县人民政府'; name two bodies"],
            id="one body",
        ),
        pytest.param(
            "parent,child\n甲县,甲镇\n甲镇人民政府,乙村\n丙县,丙镇\n乙村,甲县人民政府\n",
            ["hierarchy.csv, lines ", "a body stands above itself", "甲县 > 甲镇人民政府 > 乙村"],
            id="cycle",
        ),
    ],
)
def test_a_mistake_in_the_hierarchy_stops_the_build(tmp_path, text, said):
    with pytest.raises(ValueError) as problem:
        build(write(tmp_path / "raw", hierarchy=text))
    assert [words for words in said if words not in str(problem.value)] == []


def test_a_body_may_have_two_parents_and_a_pair_may_stand_twice(tmp_path):
    path = tmp_path / "hierarchy.csv"
    pairs = [("甲市", "甲县"), ("甲市", "甲局"), ("甲县", "乙局"), ("甲局", "乙局"), ("甲市", "甲县")]
    path.write_text("parent,child\n" + "".join(f"{parent},{child}\n" for parent, child in pairs), encoding="utf-8")
    assert read_hierarchy(path) == pairs


def test_a_parent_without_a_report_is_told_on_its_child(tmp_path):
    data = gt.load(build(write(tmp_path / "raw", hierarchy="parent,child\n永康县,花街镇\n")))
    [check] = data.checks[data.checks["check"] == "children_sum"].to_dict("records")
    assert (check["report_id"], check["verdict"]) == ("huajie-2023.txt", "undecided")
    assert check["message"] == "a child of 永康县: no report of 2023 by 永康县 in the dataset"


def test_a_finding_on_the_sum_of_children_counts_the_cells(tmp_path):
    raw = write(tmp_path / "raw", hierarchy="parent,child\n汉阴县,花街镇\n")
    child = (raw / "huajie-2023.txt").read_text(encoding="utf-8")
    (raw / "huajie-2023.txt").write_text(child.replace("2023", "2022"), encoding="utf-8")
    findings = gt.load(build(raw)).findings
    messages = findings[findings["kind"] == "children_sum"]["message"].tolist()
    assert re.fullmatch(r"each cell = its sum over huajie-2023\.txt: \d+ of \d+ cells differ", messages[0])


# -- the summary --------------------------------------------------------------------------------------------------


def test_sound_tables_pass(tmp_path, capsys):
    out = build(write(tmp_path / "raw"))
    found = gt.audit(out)
    assert not found.failed
    assert found.verdicts["fails"].sum() == 0
    assert main(["audit", str(out)]) == 0
    assert "2 reports" in capsys.readouterr().out


def test_a_contradiction_fails_and_names_the_cell_and_the_value(tmp_path, capsys):
    out = build(contradict(write(tmp_path / "raw")))
    found = gt.audit(gt.load(out))
    assert found.failed
    assert found.verdicts["fails"].to_dict() | {"row_sum": 1, "outcome_total": 1} == found.verdicts["fails"].to_dict()
    assert main(["audit", str(out)]) == 1
    said = capsys.readouterr().out
    assert "error: huajie-2023.txt, L" in said
    assert "requests.granted.natural_person is 7, should be 1" in said
    assert found.findings["severity"].iloc[0] == "error"


def test_strict_fails_on_a_document_without_tables(tmp_path):
    raw = write(tmp_path / "raw")
    (raw / "empty.txt").write_bytes(b"")
    out = str(build(raw))
    assert main(["audit", out]) == 0
    assert main(["audit", out, "--strict"]) == 1


def test_the_summary_lists_all_findings_on_demand(tmp_path):
    found = gt.audit(build(contradict(write(tmp_path / "raw"))))
    assert found.text(1).count("error: ") == 1
    assert "more in" in found.text(1)
    assert found.text().count("error: ") == found.count("error")
    assert "row_sum" in found._repr_html_()


def test_an_unknown_severity_is_a_mistake(tmp_path):
    with pytest.raises(ValueError, match="'fatal'; choose one of error, warning, note"):
        gt.audit(build(write(tmp_path / "raw"))).count("fatal")


def test_findings_of_a_report_are_counted_with_those_across_reports(tmp_path):
    raw = write(tmp_path / "raw")
    (raw / "copy.txt").write_bytes((raw / "huajie-2023.txt").read_bytes())
    data = gt.load(build(raw))
    counts = data.findings["report_id"].value_counts()
    assert data.reports.set_index("report_id")["n_findings"].to_dict() == {n: counts.get(n, 0) for n in data.reports["report_id"]}
    assert counts["huajie-2023.txt"] == 1  # a copy of copy.txt


# -- declarations -------------------------------------------------------------------------------------------------


def test_every_failing_check_has_a_kind_of_finding():
    hypotheses = {"blank_is_zero"}
    assert {line["check"] for line in declared("proof", "checks")} - hypotheses <= severities().keys()
    assert set(severities().values()) == {"error", "warning", "note"}
