"""Panels: who reports when, and which issuers are known in each year."""


import pytest

from govtables.analysis.panels import (
    count_balanced, find_nested, find_window, lay_out_known, lay_out_years, make_sets,
)
from tests.analysis.made import KNOWN, frame


def test_years_of_issuers():
    who = frame("""
        issuer, year, generation, left_out
        a,      2019, 2019,       -
        a,      2022, 2021,       -
        b,      2020, -,          -
        b,      2021, 2021,       differing versions
        b,      2021, 2021,       differing versions
        c,      2020, 2019,       copy of another
    """)
    table = lay_out_years(who)
    expected = {"a": ["2019", "gap", "gap", "2021"], "b": ["", "no table read", "differing versions", ""]}
    assert table.columns.tolist() == [2019, 2020, 2021, 2022]
    assert {name: line.tolist() for name, line in table.iterrows()} == expected
    assert lay_out_years(who.head(0)).shape == (0, 0)


@pytest.mark.parametrize(
    ("report", "nested"),
    [
        pytest.param("township, 330784104, 330784, -", True, id="a town below the county"),
        pytest.param("township, 330113104, 330113, -", False, id="a town elsewhere"),
        pytest.param("township, 330784, 330784, -", True, id="a town that is not in the list"),
        pytest.param("department, 330784, 330784, -", True, id="a bureau of the county"),
        pytest.param("department, 330799, -, -", False, id="a bureau whose city speaks for its own body"),
        pytest.param("county, 330784, 330700, aggregate", False, id="the county itself"),
        pytest.param("county, 120101, 120000, -", True, id="a district below its municipality"),
        pytest.param("central, -, -, -", False, id="a ministry"),
    ],
)
def test_whose_figures_another_may_hold(report, nested):
    above = "county, 330784, 330700, aggregate\nprefecture, 330700, 330000, own\nprovince, 120000, -, -"
    who = frame(f"level, code, parent_code, scope\n{above}\n{report}")
    assert find_nested(who).tolist() == [False, False, False, nested]


def test_a_balanced_panel():
    known = lay_out_known(KNOWN)
    assert known.columns.tolist() == [2020, 2021, 2022, 2023]
    assert known.loc["a"].tolist() == [True, True, False, True]  # nothing of nothing is known
    counts = count_balanced(known)
    assert [
        [int(n) for n in line.dropna()] for _, line in counts.iterrows()
    ] == [[3, 2, 0, 0], [2, 0, 0], [0, 0], [1]]
    assert find_window(known) == (2020, 2021)
    sets = make_sets(KNOWN, (2020, 2021))
    assert sets.groupby("set").size().to_dict() == {"all issuers": 7, "the same 2": 4}
    assert set(sets.loc[sets["set"] == "the same 2", "issuer"]) == {"a", "b"}


@pytest.mark.parametrize(
    "which", ["issuer == 'a'", "year == 2020", "year == 1999"], ids=["one issuer", "one year", "none"]
)
def test_no_balanced_panel(which):
    values = KNOWN.query(which)
    assert find_window(lay_out_known(values)) is None
    assert set(make_sets(values, None)["set"]) <= {"all issuers"}
