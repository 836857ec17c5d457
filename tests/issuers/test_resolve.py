"""Issuers met in published reports: level, place and superior."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from govtables.declared import declared
from govtables.issuers.divisions import find_division, find_divisions, find_townships, path_of
from govtables.issuers.resolve import resolve_issuer

REMEDY = "name the province or county in hierarchy/aliases"

with (Path(__file__).parent / "issuers.csv").open(encoding="utf-8", newline="") as lines:
    CASES = [pytest.param(case, id=f"{case['n']}-{case['name']}") for case in csv.DictReader(lines)]


@pytest.mark.parametrize("case", CASES)
def test_issuers_met_in_reports(case):
    alone, told = (resolve_issuer(case["name"], int(case["year"]), context) for context in ("", case["note"]))
    assert (alone.level, alone.place or "") == (case["level"], case["alone"])
    assert (told.level, told.place or "", told.parent or "") == (case["level"], case["place"], case["parent"])
    for one in (alone, told):
        assert one.place or one.level == "central" or one.reason, "what is not known has a reason"
        assert (one.code is None) == (one.place is None)


CODES = {
    ("临平区人民政府", 2022): ("330113", "330100"),
    ("花街镇人民政府", 2023): ("330784104", "330784"),
    ("拖市镇", 2020): ("429006101", "429006"),
    ("清原满族自治县", 2022): ("210423", "210400"),
    ("上海市", 2012): ("310000", None),
    ("温州市公安局鹿城区分局", 2021): ("330302", "330300"),
    ("重庆市公安局渝中区分局", 2021): ("500103", "500000"),
    ("宜城市教育局", 2022): ("420684", "420684"),
    ("湛江市人民政府地方志办公室", 2023): ("440800", "440800"),
    ("东莞市教育局", 2022): ("441900", "441900"),
    ("福建省公安廳", 2021): ("350000", "350000"),
    ("国家税务总局温州市税务局", 2022): ("330300", None),
}


@pytest.mark.parametrize(("name", "year"), CODES, ids=lambda value: str(value))
def test_codes(name, year):
    one = resolve_issuer(name, year)
    assert (one.code, one.parent_code) == CODES[name, year]


YEARS = [
    ("龙港市", 2018, None, "龙港市: a division (330383) from 2019; none of this name in 2018"),
    ("龙港市", 2019, "330383", None),
    ("临平区", 2020, None, "临平区: a division (330113) from 2021; none of this name in 2020"),
    ("临平区", 2021, "330113", None),
    ("浙江省临平区", 2020, None, "临平区: a division (330113) from 2021; none of this name in 2020"),
    ("襄樊市", 2009, "420600", None),
    ("襄阳市", 2010, "420600", None),
    ("襄樊市", 2012, None, "襄樊市: a division (420600) from 2000 to 2009; none of this name in 2012"),
    ("开县", 2015, "500234", None),
    ("开州区", 2016, "500154", None),
    ("临平区", None, "330113", None),
    ("余杭区", 2025, "330110", None),
]


@pytest.mark.parametrize(("name", "year", "code", "reason"), YEARS, ids=lambda value: str(value))
def test_a_name_counts_in_the_years_of_its_division(name, year, code, reason):
    one = resolve_issuer(name, year)
    assert (one.code, one.reason) == (code, reason)
    assert one.level == ("unknown" if reason else one.level)


def test_a_township_of_a_younger_county_has_no_code():
    one = resolve_issuer("余杭区临平街道", 2019)
    assert (one.level, one.code, one.parent_code, one.place) == ("township", None, "330110", "浙江省杭州市余杭区临平街道")
    assert "临平街道: not in the list of townships of 2026" in one.reason


CONTEXTS = [
    ("太平镇", "", None, f"太平镇: 50 townships of this name; {REMEDY}"),
    ("太平镇", "西咸新区太平镇", "610423111", "told by 西咸新区太平镇 in the text"),
    ("太平镇", "2023年,太平镇服从江油市安排", "510781101", "told by 江油市 in the text"),
    ("太平镇", "data/浙江/太平镇.txt", None, f"太平镇: 50 townships of this name; {REMEDY}"),
    ("花街镇", "", "330784104", "the only township of this name in the list of 2026"),
    ("花街镇", "永康/花街镇2023.txt", "330784104", "told by 永康市 in the text"),
    ("花街镇", "学习龙游县的做法", None, f"花街镇: in 永康市 by the list, but the text names 龙游县; {REMEDY}"),
    ("鼓楼区", "江苏省徐州市的一个区", "320302", "told by 徐州市 in the text"),
    ("区教育局", "武昌区教育局编制", "420106", "told by 武昌区教育局 in the text"),
    ("区教育局", "武昌区教育局与洪山区教育局", None, f"区教育局: no place in the name; {REMEDY}"),
    ("农业农村局", "按抚州市农业农村局要求", None, f"农业农村局: no place in the name; {REMEDY}"),
    ("市场监督管理局", "首页\n资溪县\n信息公开", "361028", "told by 资溪县 in the text"),
    ("水务局", "黑龙江", None, f"水务局: no place in the name; {REMEDY}"),
    ("东街街道", "打造新城区", None, f"东街街道: 9 townships of this name; {REMEDY}"),
    ("五华科技产业园", "五华区信息公开", "530102", "told by 五华区 in the text"),
    ("长沙高新区", "长沙市政务公开", None, f"长沙: 2 divisions of this name; {REMEDY}"),
    ("五华科技产业园", "", None, f"五华: 2 divisions of this name; {REMEDY}"),
]


@pytest.mark.parametrize(("name", "context", "code", "reason"), CONTEXTS, ids=lambda value: str(value)[:16])
def test_of_several_places_none_is_guessed(name, context, code, reason):
    one = resolve_issuer(name, 2022, context)
    assert (one.code, one.reason) == (code, reason)


WORDINGS = [
    ("漢陰縣 人民政府", "610921"),
    ("乾县教育局", "610424"),
    ("乾縣教育局", "610424"),
    ("甘南州卫生健康委", "623000"),
    ("恩施州", "422800"),
    ("前郭县教育局", "220721"),
    ("杨凌区", "610403"),
    ("阿里地区行政公署", "542500"),
    ("中共龙港市委龙港市人民政府办公室", "330383"),
    ("内蒙古呼伦贝尔市鄂伦春旗", "150723"),
    ("上海市公安局浦东分局", "310115"),
    ("永康花街镇", "330784104"),
    ("温州市鹿城公安分局", "330302"),
    ("平潭综合实验区管委会", "350128"),
    ("新兴街道", None),
    ("城东经济开发区", None),
    ("合肥学院", None),
]


@pytest.mark.parametrize(("name", "code"), WORDINGS)
def test_wordings_of_a_place(name, code):
    assert resolve_issuer(name, 2022).code == code


def test_a_name_keeps_the_tables_writing():
    assert resolve_issuer("乾縣教育局", 2022).name == "乾县教育局"
    assert resolve_issuer("國家機關事務管理局", 2021).name == "国家机关事务管理局"


def test_a_zone_owns_its_departments():
    one = resolve_issuer("亳州高新区财政局", 2022)
    assert (one.level, one.code, one.parent_code, one.parent) == ("department", "341600", None, "亳州高新区")


@pytest.mark.parametrize("name", [None, "", "某公司", "2022年"])
def test_what_is_no_issuer_has_a_reason(name):
    one = resolve_issuer(name, 2022)
    assert (one.level, one.code, bool(one.reason)) == ("unknown", None, True)


@pytest.mark.parametrize("year", [2008, 2016, 2024])
def test_every_division_is_found_by_its_full_name(year):
    codes = {line["code"] for line in declared("issuers", "divisions")}
    standing = [one for code in codes if (one := find_division(code, year))]
    assert len(standing) > 3000
    for one in standing:
        found = resolve_issuer(path_of(one, year), year)
        assert (found.code, found.level, found.place) == (one.code, one.level, path_of(one, year))


def test_tables_refer_to_what_is_declared():
    codes = {line["code"] for line in declared("issuers", "divisions")}
    assert {line["code"] for name in ("aliases", "zones") for line in declared("issuers", name)} <= codes
    assert {line["level"] for line in declared("issuers", "words")} <= {"", "government", *(line["level"] for line in declared("issuers", "levels"))}
    assert all(find_townships(line["name"], 2024) for line in declared("issuers", "entrusted"))
    assert all(line["source"] for name in ("central", "zones") for line in declared("issuers", name))
    everyday = [line["word"] for line in declared("issuers", "everyday")]
    assert all(find_divisions(word, None) for word in everyday if word != "开发区")


def test_no_table_is_read_at_import():
    code = "import govtables.issuers, govtables.declared as d; print(d.declared.cache_info().currsize)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "0"
