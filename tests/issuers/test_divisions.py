"""Divisions by name and year; the packaged tables are as tools/divisions.py makes them."""

import gzip
import runpy
from pathlib import Path

import pytest

from govtables.declared import declared
from govtables.issuers.divisions import (
    find_division, find_divisions, find_townships, innermost, inside, is_lowest, path_of, superiors,
)

TOP = Path(__file__).parents[2]
PACKED = TOP / "govtables" / "issuers" / "townships.csv.gz"


def test_every_superior_stands_as_long_as_what_lies_in_it():
    for line in declared("issuers", "divisions"):
        for year in (int(line["from_year"]), int(line["to_year"] or 2026)):
            assert not line["parent"] or find_division(line["parent"], year), line


def test_townships_are_packed_as_the_tool_packs_them():
    tool = runpy.run_path(str(TOP / "tools" / "divisions.py"))
    lines = [line.split(",") for line in gzip.decompress(PACKED.read_bytes()).decode().splitlines()[1:]]
    counties = {code[:6]: {"townships": {}} for _, code, _ in lines}
    for key, code, name in lines:
        counties[code[:6]]["townships"][name or key] = f"{code}000"
    assert tool["pack"](tool["township_rows"](counties)) == PACKED.read_bytes()
    assert len(lines) > 38_000


def test_keys_of_divisions_are_as_the_tool_folds_them():
    tool = runpy.run_path(str(TOP / "tools" / "divisions.py"))
    lines = [(line["code"], line["name"], line["key"]) for line in declared("issuers", "divisions")]
    assert [tuple(tool["with_key"](code, name)) for code, name, _ in lines] == lines


def test_the_tool_leaves_out_a_township_that_was_abolished_and_made_anew():
    rows = runpy.run_path(str(TOP / "tools" / "divisions.py"))["township_rows"]
    listed = {"330784": {"townships": {"花街镇（已撤销）": "330784104000", "花街镇": "330784105000"}}}
    assert rows(listed) == [["花街镇", "330784105", ""]]


@pytest.mark.parametrize(("word", "year", "codes"), [
    ("太平镇", 2022, 50), ("花街镇", 2022, ["330784104"]), ("于潜镇", 2022, ["330112102"]), ("於潜镇", 2022, []),
    ("临平街道", 2019, []), ("无此镇", 2022, []),
], ids=["many", "one", "folded", "not folded", "its county is younger", "none"])
def test_townships_are_found_by_their_folded_name(word, year, codes):
    found = [one.code for one in find_townships(word, year)]
    assert found == codes or len(found) == codes


def test_a_short_name_is_not_a_full_one():
    assert [one.name for one in find_divisions("永康", 2022, short=True)] == ["永康市"]
    assert find_divisions("永康", 2022) == find_divisions("永康市", 2022, short=True) == ()


def test_levels_are_told_by_the_length_of_codes():
    codes = ["330000", "330700", "330784"]
    assert [find_division(code, 2022).level for code in codes] == ["province", "prefecture", "county"]
    assert find_townships("花街镇", 2022)[0].level == "township"
    assert find_divisions("西咸新区", 2022)[0].level == "development_zone"


@pytest.mark.parametrize(("code", "lowest"), [
    ("330784", True), ("441900", True), ("330700", False), ("330000", False),
])
def test_townships_lie_below_counties_and_some_cities(code, lowest):
    assert is_lowest(find_division(code, 2022)) is lowest


def test_of_nested_divisions_the_innermost_are_kept():
    county, city, other = (find_division(code, 2022) for code in ("330784", "330700", "610921"))
    assert innermost([city, county, other, county], 2022) == (county, other)
    assert inside([county, other], [city], 2022) == (county,)
    assert inside([county, other], None, 2022) == (county, other)
    assert inside([county], [], 2022) == ()
    assert [one.name for one in superiors(county, 2022)] == ["金华市", "浙江省"]
    assert path_of(county, 2022) == "浙江省金华市永康市"
