"""The page of all slips: a line each, links to the print, the same as CSV."""

import csv

import pandas as pd
import pytest

import govtables as gt
from govtables.exports import find_slips
from county import BODIES, SLIPS, write_county
from publish.pages import slips
from publish.pages.gather import make_pages
from publish.pages.reports import write_reports
from publish.pages.slips import write_csv, write_slips
from site_pages import by_id, parse, text_of


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple:
    room = tmp_path_factory.mktemp("county")
    data = gt.load(gt.build(write_county(room / "raw", BODIES[:7]), room / "out", progress=False))
    names = write_reports(data, make_pages(data, 200), find_slips(data), room / "pages")
    return data, {name: (room / "pages" / f"{name}.md").read_text(encoding="utf-8") for name in names}


def test_each_slip_is_a_line_that_leads_to_its_cell_and_its_print(made):
    _, texts = made
    page = parse(texts["reports/findings"])
    rows = page.css("table.slips tbody tr")
    assert len(rows) == len(SLIPS) + 2  # the prose, and the archive
    targets = [link.attributes["href"] for link in rows[0].css("a")]
    for href in targets:
        name, _, anchor = href.partition("#")
        there = texts[f"reports/{name.removesuffix('.html')}"]
        assert not anchor or anchor in by_id(there), href
    assert len([href for href in targets if "#" in href]) == 2
    body, year, _, change = SLIPS["located"]
    told = [text_of(node) for node in rows[0].css("th, td")]
    assert told[:3] == ["located", body, str(year)]
    assert int(told[4]) - change == int(told[5].split()[0])


def test_the_scorecard_has_a_line_for_each_report(made):
    data, texts = made
    rows = parse(texts["reports/findings"]).css("table.scores tbody tr")
    assert len(rows) == len(data.reports)
    assert sum(int(text_of(row.css("td")[-1])) for row in rows) == len(SLIPS) + 2


def test_the_file_has_the_same_lines_in_both_languages(made, tmp_path):
    data, _ = made
    write_csv(data, find_slips(data), tmp_path)
    with (tmp_path / "findings.csv").open(encoding="utf-8-sig", newline="") as lines:
        told = list(csv.DictReader(lines))
    assert len(told) == len(SLIPS) + 2
    assert "予以公开" in told[0]["cells_zh"] and "Granted" in told[0]["cells_en"]


def test_words_are_those_of_the_edition(made, monkeypatch):
    data, _ = made
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    page = "\n".join(write_slips(data, [], find_slips(data)))
    assert "已定位" in page and "located" not in parse(page).css_first("table.slips tbody").text()


def test_of_more_than_a_page_holds_the_gravest_stand_there_and_the_files_have_all(made, monkeypatch, tmp_path):
    data, _ = made
    found = find_slips(data)
    monkeypatch.setattr(slips, "MOST_SLIPS", 2_500)
    monkeypatch.setattr(slips, "MOST_SCORES", 1_500)
    text = "\n".join(write_slips(data, [], found))
    page = parse(text)
    shown = [text_of(row.css_first("th")) for row in page.css("table.slips tbody tr")]
    assert 0 < len(shown) < len(found) and shown[0] == "located"
    assert shown == [slips.say(slips.weigh(slip)) for slip in found[: len(shown)]]
    assert f"{len(found) - len(shown)} of {len(found)} are left out" in text
    scored = len(page.css("table.scores tbody tr"))
    assert 0 < scored < len(data.reports) and f"{len(data.reports) - scored} more reports" in text
    write_csv(data, found, tmp_path)
    scores = pd.read_csv(tmp_path / "scorecard.csv", index_col="report_id")
    assert len(scores) == len(data.reports) and scores["to_mend"].sum() == len(found)
