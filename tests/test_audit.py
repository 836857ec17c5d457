"""The audit of a folder: decisions of a person, a declared hierarchy, the summary and the command's exit status."""

from pathlib import Path

import pytest

import govtables as gt
from govtables.cli import main
from govtables.dataset import severities
from govtables.forms import declared

RAW = Path(__file__).parents[1] / "data" / "raw"
HEAD = "report_id,table,row,column,printed,value,reason,who,date\n"
BLANK = "hanyin-2022.txt,requests,carried_in,total,,0,no request was open,A. Reader,2023-05-04\n"


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
        pytest.param(HEAD + BLANK * 2, ["two decisions on hanyin-2022.txt requests carried_in total"], id="twice"),
        pytest.param(HEAD + BLANK.replace(",0,", ",none,"), ["line 2", "'none' is no number"], id="value"),
        pytest.param(HEAD + BLANK.replace(",0,", ",inf,"), ["line 2", "'inf' is no number"], id="infinite"),
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
        pytest.param("county,town\n", ["hierarchy.csv", "parent and child"], id="columns"),
        pytest.param("parent,child\n汉阴县,\n", ["hierarchy.csv, line 2", "a name is empty"], id="name"),
    ],
)
def test_a_mistake_in_the_hierarchy_stops_the_build(tmp_path, text, said):
    with pytest.raises(ValueError) as problem:
        build(write(tmp_path / "raw", hierarchy=text))
    assert [words for words in said if words not in str(problem.value)] == []


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
    assert {line["check"] for line in declared("checks")} - hypotheses <= severities().keys()
    assert set(severities().values()) == {"error", "warning", "note"}
