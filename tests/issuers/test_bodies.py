"""What the name of a body tells by itself."""

import pytest

from govtables.declared import declared
from govtables.issuers.bodies import (
    everyday_words, is_bare_township, issuer_key, may_make_rules, names_no_place, read_body, take_places, zone_in,
)
from govtables.issuers.resolve import resolve_issuer
from govtables.language import plain


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


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("汉阴县", "汉阴县人民政府", True, id="people's government"),
        pytest.param("漢陰縣人民政府", "汉阴县", True, id="traditional"),
        pytest.param("汉阴县 人民\u3000政府", "汉阴县", True, id="blanks"),
        pytest.param("汉(hàn)阴(yīn)县", "汉阴县", True, id="pinyin"),
        pytest.param("高新区（一期）管委会", "高新区(一期)管理委员会", True, id="full-width parentheses"),
        pytest.param("下湿壕镇政府", "下湿壕镇", True, id="government in short"),
        pytest.param("新兴街道办事处", "新兴街道", True, id="street office"),
        pytest.param("新兴街道办", "新兴街道办事处", True, id="street office in short"),
        pytest.param("亳州高新技术产业开发区管理委员会", "亳州高新技术产业开发区", True, id="zone"),
        pytest.param("宜良工业园管委会", "宜良工业园管理委员会", True, id="park"),
        pytest.param("甘南州卫生健康委", "甘南州卫生健康委员会", True, id="health commission"),
        pytest.param("汉阴县教育局", "汉阴县", False, id="department"),
        pytest.param("鼓楼区人民政府华侨路街道办事处", "鼓楼区", False, id="ending within the name"),
        pytest.param("湛江市人民政府地方志办公室", "湛江市", False, id="office of a government"),
        pytest.param("汉阴县人民政府办公室", "汉阴县人民政府", False, id="general office"),
        pytest.param("天河区城市管理委员会", "天河区城市", False, id="city management"),
        pytest.param("高新区(一期)", "高新区(二期)", False, id="parentheses tell bodies apart"),
        pytest.param("人民政府", "办事处", False, id="nothing but an ending"),
    ],
)
def test_same_issuer(one, other, same):
    assert (issuer_key(one) == issuer_key(other)) is same


def test_an_ending_stands_before_those_it_ends_with():
    endings = [line["ending"] for line in declared("issuers", "wordings")]
    assert [(a, b) for n, a in enumerate(endings) for b in endings[n + 1 :] if b.endswith(a)] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, "no place") for name in "教育局 区教育局 水务局 农业农村局 市人民政府 人民政府 县人民政府办公室 街道办事处".split()),
        *((name, "no place") for name in "卫生健康委员会 住房和城乡建设局 市市场监督管理局 漁業局 档案局 供销合作社联合社".split()),
        *((name, "no place") for name in "经济技术开发区管委会 高新技术产业开发区管理办公室 经济技术开发区经济发展局".split()),
        *((name, "a place") for name in "永康市教育局 永康教育局 佳县水务局 汉阴县 亳州高新区 杭州钱江经济开发区 清原满族自治县".split()),
        *((name, "a place") for name in "教育部 国家税务总局 国家卫生健康委 审计署 和平区教育局 城关区教育局".split()),
        *((name, "bare township") for name in "太平镇人民政府 通州街道 红旗镇 城区街道 旧县镇 和平镇 文化街道 木塔乡 茅坪回族镇".split()),
        *((name, "a place") for name in "佳县螅镇 永康市花街镇 荷塘区桂花街道办事处 扎鲁特旗鲁北镇 甘南州某某镇".split()),
    ],
)
def test_what_a_name_says_of_the_place(name, kind):
    key = issuer_key(name)
    bare = "bare township" if is_bare_township(key) else "a place"
    assert ("no place" if names_no_place(key) else bare) == kind


def test_words_of_names_stand_once():
    words = [line["word"] for line in declared("issuers", "words")]
    assert len(words) == len(set(words))
    roles = {line["role"] for line in declared("issuers", "words")}
    assert roles == {"", "place", "township", "body", "topic"}


def test_words_are_written_as_names_are_folded():
    words = [line["word"] for line in declared("issuers", "words")]
    assert words == [plain(word) for word in words]
