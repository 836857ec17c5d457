"""The summary of an audit, and the exit status of the command."""

import pytest
from building import build_beside, contradict, write_sample

import govtables as gt
from govtables.cli import main


def test_sound_tables_pass(tmp_path, capsys):
    out = build_beside(write_sample(tmp_path / "raw"))
    found = gt.audit(out)
    assert not found.failed
    assert found.verdicts["fails"].sum() == 0
    assert main(["audit", str(out)]) == 0
    assert "2 reports" in capsys.readouterr().out


def test_a_contradiction_fails_and_names_the_cell_and_the_value(tmp_path, capsys):
    out = build_beside(contradict(write_sample(tmp_path / "raw")))
    found = gt.audit(gt.load(out))
    assert found.failed
    assert found.verdicts["fails"].to_dict() | {"row_sum": 1, "outcome_total": 1} == found.verdicts["fails"].to_dict()
    assert main(["audit", str(out)]) == 1
    said = capsys.readouterr().out
    assert "error: huajie-2023.txt, L" in said
    assert "requests.granted.natural_person is 7, should be 1" in said
    assert found.findings["severity"].iloc[0] == "error"


def test_strict_fails_on_a_document_without_tables(tmp_path):
    raw = write_sample(tmp_path / "raw")
    (raw / "empty.txt").write_bytes(b"")
    out = str(build_beside(raw))
    assert main(["audit", out]) == 0
    assert main(["audit", out, "--strict"]) == 1


def test_the_summary_lists_all_findings_on_demand(tmp_path):
    found = gt.audit(build_beside(contradict(write_sample(tmp_path / "raw"))))
    assert found.text(1).count("error: ") == 1
    assert "more in" in found.text(1)
    assert found.text().count("error: ") == found.count("error")
    assert "row_sum" in found._repr_html_()


def test_undecided_statements_are_listed_on_demand(tmp_path):
    found = gt.audit(build_beside(write_sample(tmp_path / "raw")))
    assert "undecided: " not in found.text(1)
    assert found.text().count("undecided: ") == found.statements.get("undecided", 0) == len(found.undecided)


def test_an_unknown_severity_is_a_mistake(tmp_path):
    with pytest.raises(ValueError, match="'fatal'; choose one of error, warning, note"):
        gt.audit(build_beside(write_sample(tmp_path / "raw"))).count("fatal")


def test_the_summary_is_told_in_the_language_of_choice(tmp_path, capsys):
    out = str(build_beside(contradict(write_sample(tmp_path / "raw"))))
    assert main(["audit", out, "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert "错误：huajie-2023.txt、L" in said and "“予以公开·自然人”现为7，应为1" in said
    assert "成立  不成立  无法判定" in said and "error" not in said
    assert gt.options.language == "en", "the flag is for one command"
