"""Addresses that a person can read: whose report, of which year; never one for two, none taken by what is added."""

import doctest
import re

import pandas as pd
import pytest

from publish.pages import addresses
from publish.pages.addresses import LONGEST, TAKEN, address_issuers, address_reports, name_body, spell, tell_apart


def test_a_report_is_addressed_by_place_and_year(data):
    slugs = address_reports(data)
    assert slugs["hanyin-2022.txt"] == "shaanxi-sheng-ankang-shi-hanyin-xian-2022"
    assert slugs["huajie-2023.txt"] == "zhejiang-sheng-jinhua-shi-yongkang-shi-huajie-zhen-2023"
    assert slugs["empty-file.txt"] == "empty-file"  # which tells no issuer
    assert address_issuers(data)["汉阴县"] == "shaanxi-sheng-ankang-shi-hanyin-xian"


@pytest.mark.parametrize(("name", "level", "place", "body"), [
    ("陕西省公安厅", "department", "陕西省", "陕西省公安厅"), ("安吉县公安局", "department", "浙江省湖州市安吉县", "浙江省湖州市安吉县公安局"),
    ("济源高新区", "development_zone", "河南省济源市", "河南省济源市济源高新区"), ("临平区人民政府", "county", "浙江省杭州市临平区", "浙江省杭州市临平区"),
    ("某局", "department", None, "某局"), (None, None, None, None),
])
def test_a_body_is_named_from_its_province_down(name, level, place, body):
    assert name_body(name, level, place) == body


HARD = ["a/b.txt", "汉阴", "漢陰", "A", "index", "con", "", "../x", "a b", "x" * 300, "浙江省" * 60, "-", "🙂", "陕西省", "山西省", "吕梁·县'"]


@pytest.mark.parametrize("text", HARD)
def test_an_address_is_a_file_name_everywhere(text):
    for parts in ([text], [text, "2022"]):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", spell(*parts))
        assert len(spell(*parts)) <= LONGEST
    assert spell(text, "2022").endswith("2022")


def test_names_that_would_be_alike_are_told_apart_by_what_they_are():
    wanted = {one: spell(one) for one in HARD} | {"other": "x-2022", "another": "x-2022"}
    names = tell_apart(wanted)
    assert len(set(names.values())) == len(wanted)
    assert not {*names.values()} & {*TAKEN}
    assert names["陕西省"] == "shaanxi-sheng" and names["山西省"] == "shanxi-sheng"
    assert names == dict(sorted(tell_apart(dict(reversed(wanted.items()))).items(), key=lambda pair: [*wanted].index(pair[0])))


def test_what_is_added_takes_no_address_of_another():
    """An address is that of the same report, or of none."""
    one = tell_apart({"a": "x-2022", "c": "x-2023"})
    more = tell_apart({"a": "x-2022", "b": "x-2022", "c": "x-2023"})
    third = tell_apart({"a": "x-2022", "b": "x-2022", "c": "x-2023", "d": "x-2022"})
    assert one["a"] not in more.values() and more["c"] == one["c"]
    assert more.items() <= third.items()


def test_a_name_that_is_another_with_its_digest_is_told_apart():
    digest = tell_apart({"a": "x", "b": "x"})["a"]
    names = tell_apart({"a": "x", "b": "x", "c": digest})
    assert len(set(names.values())) == 3


def test_many_of_one_name(data):
    wanted = dict.fromkeys(map(str, range(2000)), "same")
    assert len(pd.unique(pd.Series(tell_apart(wanted)))) == 2000
    assert doctest.testmod(addresses).failed == 0
