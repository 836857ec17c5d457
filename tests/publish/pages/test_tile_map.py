"""The map: a tile for each province, no two in one place, told by text and never by shade alone."""

import pytest
from selectolax.lexbor import LexborHTMLParser
from site_pages import text_of

from govtables.declared import declared
from publish.pages.tile_map import draw_map, find_province, name_province, provinces, read_tiles, slug_of, title_of


def test_every_province_has_a_tile_of_its_own():
    codes = {line["code"] for line in declared("issuers", "divisions") if line["code"].endswith("0000")}
    assert {*read_tiles()} == codes
    assert len({(line["row"], line["column"]) for line in read_tiles().values()}) == len(codes)
    assert all(name.startswith(read_tiles()[code]["short"]) for code, name in provinces().items())
    assert len({slug_of(code) for code in codes}) == len(codes)


@pytest.mark.parametrize(("place", "level", "code"), [
    ("浙江省湖州市安吉县", "county", "330000"), ("内蒙古自治区", "province", "150000"), (None, "central", "central"),
    (None, "department", "untold"), ("某地", "county", "untold"),
])
def test_a_place_is_in_a_province(place, level, code):
    assert find_province(place, level) == code


def test_a_tile_says_how_many_and_leads_to_them():
    page = LexborHTMLParser(draw_map({"330000": (250, 200), "untold": (3, 0)}))
    tile, untold = page.css("a")
    assert tile.attributes["href"] == "zhejiang.html" and untold.attributes["href"] == "untold.html"
    assert text_of(tile.css_first(".count")) == "250" and text_of(tile.css_first(".share")) == "80 % readable"
    assert text_of(tile) == "浙江 Zhejiang 250 Reports 80 % readable"
    assert tile.parent.attributes["class"] == "many"
    assert len(page.css("li.none")) == len(provinces()) - 1


def test_a_chinese_map_needs_no_pinyin(monkeypatch):
    assert text_of(LexborHTMLParser(name_province("610000")).body) == title_of("610000") == "Shaanxi Sheng 陕西省"
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    assert text_of(LexborHTMLParser(name_province("610000")).body) == "陕西省"
    assert "Zhejiang" not in draw_map({"330000": (1, 1)}) and "可读100%" in draw_map({"330000": (1, 1)})
