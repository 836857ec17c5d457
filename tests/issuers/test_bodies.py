"""What the name of a body tells by itself."""

import pytest

from govtables.declared import declared
from govtables.issuers.bodies import everyday_words, may_make_rules, read_body, take_places, zone_in
from govtables.issuers.resolve import resolve_issuer


@pytest.mark.parametrize(("key", "level", "codes", "tail", "bare"), [
    ("永康市教育局", "department", ["330784"], "教育局", False),
    ("教育局", "department", [], "教育局", True),
    ("永康市", "county", ["330784"], "", False),
    ("永康市花街镇", "township", ["330784104"], "", False),
    ("花街镇", "township", ["330784104"], "", True),
    ("永康市花街镇财政所", "department", ["330784104"], "财政所", False),
    ("永康市古山工业区", "development_zone", ["330784"], "古山工业区", False),
    ("阿里地区行政公署", "prefecture", ["542500"], "", False),
    ("无此县", "county", [], "无此县", True),
    ("合肥学院", "unknown", [], "合肥学院", True),
], ids=lambda value: value if isinstance(value, str) else "")
def test_a_name_tells_level_place_and_tail(key, level, codes, tail, bare):
    body = read_body(key, 2021)
    assert (body.level, [one.code for one in body.places], body.tail, body.bare) == (level, codes, tail, bare)


@pytest.mark.parametrize(("key", "name", "level", "owner"), [
    ("国务院", "国务院", "central", None),
    ("教育部", "教育部", "central", "国务院"),
    ("国家税务总局永康市税务局", "国家税务总局永康市税务局", "department", "国家税务总局"),
])
def test_central_bodies_own_their_branches(key, name, level, owner):
    body = read_body(key, 2021)
    assert (body.name, body.level, body.owner) == (name, level, owner)


@pytest.mark.parametrize(("key", "words", "rest"), [
    ("浙江省金华市永康市教育局", "浙江省金华市永康市", "教育局"),
    ("浙江永康教育局", "浙江永康", "教育局"),
    ("干县教育局", "乾县", "教育局"),
    ("城区街道", "", "城区街道"),
    ("", "", ""),
], ids=["each in the last", "short", "folded", "an everyday word", "nothing"])
def test_places_are_taken_off_the_front(key, words, rest):
    places, tail, shown = take_places(key, 2021)
    assert (shown, tail, bool(places)) == (words, rest, bool(words))


def test_of_several_places_all_are_candidates():
    assert len(read_body("鼓楼区教育局", 2021).places) > 1


def test_a_branch_works_where_its_name_says():
    assert [one.code for one in read_body("上海市公安局浦东分局", 2021).places] == ["310115"]


def test_endings_that_fit_first_stand_first():
    words = [line["word"] for line in declared("issuers", "words") if line["level"]]
    levels = {line["word"]: line["level"] for line in declared("issuers", "words")}
    pairs = ((a, b) for n, a in enumerate(words) for b in words[n + 1 :] if b.endswith(a))
    assert [(a, b) for a, b in pairs if levels[a] != levels[b]] == []


@pytest.mark.parametrize(("tail", "zone"), [
    ("经济开发区管委会", "经济开发区"), ("工业园区新区财政局", "工业园区新区"), ("管委会", ""), ("", ""),
])
def test_zones_end_with_a_zone_s_word(tail, zone):
    assert zone_in(tail) == zone


def test_districts_named_like_everyday_words():
    assert "城区" in everyday_words() and "永康市" not in everyday_words()


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("浙江省人民政府", True), ("温州市人民政府", True), ("永康市人民政府", False), ("花街镇人民政府", False),
        ("永康市公安局", False), ("温州市公安局", None), ("", None),
    ],
)  # fmt: skip
def test_counties_and_what_is_below_make_no_rules(name, may):
    assert may_make_rules(resolve_issuer(name, 2023)) is may
