"""Where reports are from: counts that add up, every report in a table, tables that a page holds."""

import pytest
from site_pages import parse, text_of

from publish.pages import places
from publish.pages.tile_map import UNTOLD


def test_every_report_stands_in_the_table_of_its_province(data, pages):
    shown = [text_of(row.css("td")[-1]) for name, page in pages.items() if name.startswith("places/")
             for row in parse(page).css("table.placed tbody tr")]
    assert sorted(shown) == sorted(data.reports["report_id"])
    assert "hanyin-2022.txt" in pages["places/shaanxi"] and "huajie-2023.txt" in pages["places/zhejiang"]


def test_the_map_and_the_table_of_levels_count_the_same(data, pages):
    page = parse(pages["places/index"])
    tiles = {a.attributes["href"]: int(text_of(a.css_first(".count"))) for a in page.css("ul a")}
    rows = {row.css_first("a").attributes["href"]: [text_of(td) for td in row.css("td")] for row in page.css("table.places tbody tr")}
    assert tiles == {href: int(cells[-1]) for href, cells in rows.items()}
    assert sum(tiles.values()) == len(data.reports)
    assert all(sum(int(n) for n in cells[:-1] if n != "–") == int(cells[-1]) for cells in rows.values())


def test_what_cannot_be_read_is_said(pages):
    rows = {text_of(row.css("td")[-1]): text_of(row.css("td")[3]) for row in parse(pages["places/untold"]).css("table.placed tbody tr")}
    assert rows["empty-file.txt"].startswith("✗ ") and rows["damaged-numbers.txt"].startswith("✗ ")


def report(n: int, level: str | None) -> dict:
    facts = {"report_id": f"{n}.txt", "name": f"县{n}", "issuer": None, "year": 2020 + n % 5, "level": level, "place": f"浙江省县{n}"}
    return facts | {"n_unreadable": 0, "error": None, "error_zh": None}


@pytest.mark.parametrize("counts", [{"county": 5}, {"county": 2, "township": 9}, {"county": 12, None: 3, "development_zone": 1}])
def test_more_reports_than_a_page_holds_are_split_by_level_and_number(counts):
    reports = [report(n, level) for level, many in counts.items() for n in range(many)]
    parts = list(places.split(reports, 5))
    assert all(len(some) <= 5 for *_, some in parts)
    assert sorted(map(id, reports)) == sorted(id(one) for *_, some in parts for one in some)
    assert len({end for _, end, _ in parts}) == len(parts) == len({title for title, *_ in parts})
    assert all(len({one["level"] for one in some}) == 1 for *_, some in parts) or len(parts) == 1


def test_a_full_table_is_light_and_all_parts_are_listed(monkeypatch, tmp_path):
    reports = [report(n, "township") for n in range(places.MOST + 1)]
    written = dict(places._write_province("330000", reports, {}, {}))
    assert [*written] == ["zhejiang", "zhejiang-township-1", "zhejiang-township-2"]
    assert all(f"({name}.md)" in written["zhejiang"] for name in [*written][1:])
    assert len(written["zhejiang-township-1"].encode()) < 1_500_000  # the scripts and styles of a page are the same again
    assert UNTOLD not in written


def test_of_very_many_reports_the_search_is_left_to_the_tables(data, pages, tmp_path, monkeypatch):
    assert ":class: no-search" not in pages["places/zhejiang"] and "does not know them all" not in pages["places/index"]
    monkeypatch.setattr(places, "MOST_SEARCHED", len(data.reports) - 1)
    places.write_places(data, [], {}, tmp_path)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "places").iterdir()}
    assert "search of the site does not know them all" in texts["index"]
    assert [name for name, text in texts.items() if ":class: no-search" not in text] == ["index"]
