"""Whose each report is, and which report counts for a year."""

import numpy as np
import pandas as pd
import pytest

from govtables.dataset import choose_reports, name_issuers
from tests.analysis.made import frame

ISSUERS = frame("""
    report_id, name,         level,      code,      place,                    parent_code, scope
    a,         花街镇,       township,   330784104, 浙江省金华市永康市花街镇, 330784,      -
    b,         永康市花街镇, township,   330784104, 浙江省金华市永康市花街镇, 330784,      own
    c,         教育局,       department, 330784,    浙江省金华市永康市,       330784,      -
    d,         教育局,       department, 330113,    浙江省杭州市临平区,       330113,      -
    e,         太平镇,       township,   -,         -,                        -,           -
    f,         生态环境部,   central,    -,         -,                        -,           -
    g,         花街镇,       township,   330784104, 浙江省金华市永康市花街镇, 330784,      -
    h,         -,            unknown,    -,         -,                        -,           -
""")
REPORTS = frame("""
    report_id, year, generation
    a,         2021, 2021
    b,         2022, 2021
    c,         2021, 2021
    d,         2021, 2021
    e,         2022, 2021
    f,         2022, 2021
    g,         -,    2021
    h,         2022, 2021
    i,         -,    -
""").assign(year=lambda lines: lines["year"].astype(float))


def test_an_issuer_is_a_place_or_a_body_in_a_place():
    who = name_issuers(REPORTS, ISSUERS).set_index("report_id")
    town = "花街镇"
    assert who["issuer"].fillna("").to_dict() == {
        **{"a": town, "b": town, "g": town, "e": "", "f": "生态环境部", "h": "", "i": ""},
        **{"c": "教育局 (浙江省金华市永康市)", "d": "教育局 (浙江省杭州市临平区)"},
    }
    reasons = {"e": "place not told", "g": "year not told", "h": "issuer not told", "i": "issuer not told"}
    assert who["left_out"].dropna().to_dict() == reasons


def test_a_name_alone_may_do():
    who = name_issuers(REPORTS, ISSUERS, by_name=True).set_index("report_id")
    assert who.loc["e", "issuer"] == "太平镇"
    assert who["left_out"].dropna().to_dict() == {
        "g": "year not told", "h": "issuer not told", "i": "issuer not told"
    }


def versions(**numbers: float | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reports of one issuer and year, each with a number and a local row of its own, or without cells."""
    names = list(numbers)
    who = pd.DataFrame(
        {
            "report_id": names, "issuer": "花街镇", "year": 2022,
            "left_out": pd.Series(None, range(len(names)), "str")
        }
    )
    printed = [name for name in names if numbers[name] is not None]
    cells = [(name, "requests", "received", "total", numbers[name]) for name in printed]
    cells += [(name, "requests", "extra.x", "total", n) for n, name in enumerate(printed)]
    return who, pd.DataFrame(cells, columns=["report_id", "table", "row", "column", "value"])


@pytest.mark.parametrize(
    ("numbers", "chosen", "expected"),
    [
        pytest.param({"a": 1}, [], {}, id="one"),
        pytest.param({"a": 1, "b": 1}, [], {"b": "copy of another"}, id="a copy"),
        pytest.param(
            {"a": 1, "b": np.nan}, [], dict.fromkeys("ab", "differing versions"),
            id="a blank is not the number"
        ),
        pytest.param({"a": 1, "b": 2}, [], dict.fromkeys("ab", "differing versions"), id="a correction"),
        pytest.param({"a": 1, "b": 2}, ["b"], {"a": "another is chosen"}, id="chosen"),
        pytest.param({"a": None, "b": 2}, [], {"a": "no table read, another is taken"}, id="no tables"),
        pytest.param(
            {"a": None, "b": None}, [], {"b": "no table read, another is taken"}, id="no tables at all"
        ),
        pytest.param(
            {"a": 1, "b": 1, "c": 2}, [], {
                "a": "differing versions", "b": "copy of another", "c": "differing versions"
            }, id="a copy of one"
        ),
    ],
)
def test_one_report_of_an_issuer_and_year(numbers, chosen, expected):
    who = choose_reports(*versions(**numbers), chosen)
    assert who.set_index("report_id")["left_out"].dropna().to_dict() == expected


@pytest.mark.parametrize(
    ("chosen", "error"), [
        (["x"], "no report x to choose; the reports are a, b"),
        (["a", "b"], "a, b: chosen, but of one issuer and year")
    ]
)
def test_a_wrong_choice(chosen, error):
    with pytest.raises(ValueError, match=error):
        choose_reports(*versions(a=1, b=2), chosen)


@pytest.mark.parametrize(
    ("told", "which", "expected"),
    [
        pytest.param({"url": "u", "version": [1, 2]}, "latest", {"a": "a later version is taken"}, id="an address published both"),
        pytest.param({"url": "u", "version": [1, 2]}, "first", {"b": "an earlier version is taken"}, id="the first of them"),
        pytest.param({"url": ["u", "v"], "version": 1, "published_on": ["2023-03-02", "2023-01-05"]}, "latest", {"b": "a later version is taken"}, id="two addresses, by what they print"),
        pytest.param({"url": ["u", "v"], "version": [1, 2], "published_on": "2023-01-05"}, "latest", dict.fromkeys("ab", "differing versions"), id="nothing tells which is later"),
        pytest.param({"url": None, "version": None, "published_on": [None, "2023-01-05"]}, "latest", dict.fromkeys("ab", "differing versions"), id="one is not dated"),
    ],
)
def test_one_of_differing_versions_is_taken_where_it_is_told_which_is_later(told, which, expected):
    who, cells = versions(a=1, b=2)
    assert left_out(who.assign(**told), cells, which) == expected
    assert left_out(who.assign(**told), cells, None) == dict.fromkeys("ab", "differing versions")


def test_a_correction_that_was_taken_back_leaves_what_was_first():
    """The latest is a copy of the first: the number between them is that of neither end."""
    who, cells = versions(a=1, b=2, c=1)
    dated = who.assign(url="u", version=[1, 2, 3])
    assert left_out(dated, cells, "latest") == dict.fromkeys("ab", "a later version is taken")


def left_out(who: pd.DataFrame, cells: pd.DataFrame, which: str | None) -> dict[str, str]:
    found = choose_reports(who, cells, versions=which)
    return found.set_index("report_id")["left_out"].dropna().to_dict()


def test_another_word_for_a_version_is_a_mistake():
    with pytest.raises(ValueError, match="no versions 'newest'; choose one of latest, first"):
        choose_reports(*versions(a=1, b=2), versions="newest")
