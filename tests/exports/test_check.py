"""A report before it is published: what its office is asked to mend, in its language, and nothing is left behind."""

import json
import tempfile
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import govtables as gt
from county import BODIES, SLIPS, write_county
from govtables.cli import main

RAW = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture(scope="module")
def raw(tmp_path_factory) -> Path:
    return write_county(tmp_path_factory.mktemp("county"), BODIES[:4])


def path_of(raw: Path, name: str, year: int | None = None) -> Path:
    slip = SLIPS[name]
    [path] = raw.glob(f"{slip.body}-{year or slip.year}.*")
    return path


def test_a_slip_is_told_with_its_cell_and_what_should_stand_there(raw):
    found = gt.check(path_of(raw, "located"), lang="zh")
    assert found.failed and len(found.slips) == 1
    [told] = [line for line in str(found).splitlines() if "予以公开" in line]
    [cell] = found.slips[0].cells
    assert f"填报为{cell.printed}" in told and f"应为{cell.low:.0f}" in told
    assert int(cell.printed) - cell.low == SLIPS["located"].change
    assert "✗ 表内平衡" in str(found) and "? 与上年衔接" in str(found)


def test_the_year_before_is_compared_where_it_is_given(raw):
    path, before = path_of(raw, "years"), path_of(raw, "years", SLIPS["years"].year - 1)
    assert not gt.check(path).failed
    found = gt.check(path, before)
    assert found.scores["last_year_agrees"] == 2 and [cell.by for cell in found.slips[0].cells] == ["years"] * 2
    assert gt.check(before, before.with_stem(f"{BODIES[3]}-2021")).scores["last_year_agrees"] == 0


def test_empty_cells_are_something_to_mend():
    found = gt.check(RAW / "hanyin-2022.txt")
    report = gt.read(RAW / "hanyin-2022.txt").facts
    assert found.failed and found.scores["complete"] == report["n_blank"] + report["n_inferred"]


def test_each_format_says_the_same(raw):
    found = gt.check(path_of(raw, "open"))
    known = json.loads(found.write("json"))
    assert known["scores"] == found.scores and len(known["slips"][0]["cells"]) == len(found.slips[0].cells)
    items = LexborHTMLParser(found.write("html")).css("ol:last-of-type li")
    assert [item.text(separator=" ") for item in items] == [" ".join(slip["told"]) for slip in known["slips"]]
    with pytest.raises(ValueError, match="choose one of text, html, json"):
        found.write("pdf")


@pytest.mark.parametrize(("name", "status"), [("linping-2022.txt", 0), ("longgang-2021.txt", 1), ("nowhere.txt", 2)])
def test_the_command_ends_with_a_status(capsys, name, status):
    assert main(["check", str(RAW / name), "--lang", "zh"]) == status
    shown = capsys.readouterr()
    assert ("公布前应当修改之处" in shown.out) == (status < 2)
    assert ("没有此文件" in shown.err) == (status == 2)


def test_the_language_is_that_of_the_environment_and_no_other_is_taken(monkeypatch):
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    assert gt.check(RAW / "huajie-2023.txt").lang == "zh"
    with pytest.raises(ValueError, match="没有“fr”"):
        gt.check(RAW / "huajie-2023.txt", lang="fr")


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = {path.name for path in RAW.iterdir()}
    gt.check(RAW / "huajie-2023.txt")
    assert not any(tmp_path.iterdir()) and {path.name for path in RAW.iterdir()} == before


def test_several_reports_of_a_document_are_all_checked(raw, tmp_path):
    texts = [path.read_text(encoding="utf-8") for path in (path_of(raw, "years"), RAW / "longgang-2021.txt")]
    both = tmp_path / "both.txt"
    both.write_text("\n".join(texts), encoding="utf-8")
    kinds = [slip.findings[0]["kind"] for slip in gt.check(both).slips]
    assert "statement" in kinds
