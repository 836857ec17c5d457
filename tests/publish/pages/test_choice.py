"""Reports that have a page: the gravest of many, or those that are named."""

import dataclasses

import pytest
from building import PARQUET

import govtables as gt
from publish.pages.choice import choose_pages

NAMES = ["a", "b/1", "b/2", "c, d", "e"]


@pytest.fixture(scope="module")
def made() -> gt.Dataset:
    """Five reports: `b/2` has an error and `e` two, `b/1` a warning, `a` a note."""
    data = gt.load(PARQUET)
    found = {"b/2": ["error"], "e": ["error", "error"], "b/1": ["warning", "warning", "warning"], "a": ["note"] * 9}
    reports, severities = zip(*((report, one) for report, some in found.items() for one in some), strict=True)
    findings = data.findings.iloc[[0] * len(reports)].assign(report_id=reports, severity=severities)
    return dataclasses.replace(data, reports=data.reports.assign(report_id=NAMES), findings=findings)


@pytest.mark.parametrize("wanted, chosen", [
    (200, NAMES), ("5", NAMES), (1, ["e"]), (2, ["b/2", "e"]), ("3", ["b/1", "b/2", "e"]), (4, ["a", "b/1", "b/2", "e"]), (0, []),
    ("e", ["e"]), ("b/*", ["b/1", "b/2"]), (" b/[2-9] , a,", ["a", "b/2"]), ("*", NAMES),
])  # fmt: skip
def test_reports_are_chosen(made, wanted, chosen):
    assert choose_pages(made, wanted) == chosen


def test_reports_are_chosen_by_a_file(made, tmp_path):
    path = tmp_path / "chosen"
    path.write_text("c, d\n\nb/*\n", encoding="utf-8")
    assert choose_pages(made, str(path)) == ["b/1", "b/2", "c, d"]


def test_a_name_that_no_report_has_is_a_mistake(made):
    with pytest.raises(ValueError, match="PAGES: no report 'b/9'; write a number, ids such as a, patterns or a file"):
        choose_pages(made, "b/1, b/9")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_of_names_may_be_saved_by_a_spreadsheet(made, tmp_path, encoding):
    path = tmp_path / "名单.txt"
    named = dataclasses.replace(made, reports=made.reports.assign(report_id=["汉阴县.html", "b", "c", "d", "e"]))
    path.write_text("汉阴县.html\r\n", encoding=encoding)
    assert choose_pages(named, str(path)) == ["汉阴县.html"]


def test_more_names_than_a_file_can_be_called_are_no_file(made):
    assert choose_pages(made, "b/1," * 2_000) == ["b/1"]


def test_a_mistake_is_told_in_chinese(made, monkeypatch):
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    with pytest.raises(ValueError, match="PAGES：没有报告“b/9”；请写份数、报告编号（如a）"):
        choose_pages(made, "b/9")
