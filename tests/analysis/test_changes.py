"""Changes from year to year, and which indicators may be compared over the change of form."""

import pandas as pd
import pytest

from govtables.analysis.changes import compare_forms, count_false_alarms, find_steps
from govtables.analysis.indicators import definitions
from govtables.declared import declared
from tests.analysis.made import KNOWN, RATE, make_values


def test_steps_go_from_year_to_year():
    values = make_values("""
        a, 2019, 2019, 48, 80
        a, 2020, 2019, 56, 70
        a, 2021, 2021, 56, 70
        b, 2020, 2019, 1, 2
        b, 2022, 2021, 1, 2
        c, 2021, 2021, 0, 0
        c, 2022, 2021, 1, 2
    """)
    steps = find_steps(values, [RATE]).set_index(["issuer", "year"])
    assert steps.index.tolist() == [("a", 2020), ("a", 2021)]
    first = steps.loc[("a", 2020)]
    assert first[
        ["difference", "difference_low", "difference_high"]
    ].tolist() == pytest.approx([0.2, 0.0524, 0.3339], abs=6e-5)
    assert steps["stands_out"].tolist() == [True, False]
    assert steps["new_form"].tolist() == [False, True]
    assert (first["numerator_before"], first["denominator_before"], first["year_before"]) == (48, 80, 2019)
    assert find_steps(
        values
    )["year"].tolist() == [2020], "no step over a new form unless the indicator is comparable"


def test_two_values_of_a_year_are_not_paired():
    with pytest.raises(ValueError, match="two values of one indicator and year"):
        find_steps(pd.concat([KNOWN, KNOWN.head(1)]))


CROSSWALK = pd.DataFrame(declared("forms", "crosswalk"))


@pytest.mark.parametrize(
    ("numerator", "denominator", "relation", "comparable"),
    [
        pytest.param("requests.granted.total", "requests.concluded.total", "same", True, id="same"),
        pytest.param("requests.other.*.total", "requests.concluded.total", "sum", True, id="a sum"),
        pytest.param("disclosure.regulation.made", "", "rough", False, id="roughly"),
        pytest.param(
            "disclosure.normative_document.issued", "disclosure.normative_document.in_force", "none", False,
            id="another thing"
        ),
        pytest.param(
            "disclosure.normative_document.repealed", "disclosure.licence.decisions", "new", False, id="new"
        ),
        pytest.param("disclosure.procurement.projects", "", "dropped", False, id="dropped"),
        pytest.param("disclosure.licence.decisions", "", "same", True, id="one column of a row"),
    ],
)
def test_relations_of_forms(numerator, denominator, relation, comparable):
    one = pd.DataFrame({"numerator": [numerator], "denominator": [denominator]}, index=["x"])
    found = compare_forms(one, CROSSWALK).loc["x"]
    assert (found["relation"], bool(found["comparable"])) == (relation, comparable)


def test_what_is_not_comparable_has_no_value_in_the_older_form_or_says_so():
    """An indicator declared for both forms is drawn in one line, so it must be comparable over both."""
    found = compare_forms(definitions(), CROSSWALK)
    assert (found["comparable"] == (definitions()["generations"] == "2019 2021")).all()


def per_100(*lines: tuple[str, int, int, int]) -> pd.DataFrame:
    """Values per 100 of issuers: issuer, year, events, requests."""
    values = pd.DataFrame(lines, columns=["issuer", "year", "numerator", "denominator"]).assign(generation="2021")
    values = values.assign(indicator="reviews_per_100", value=100 * values["numerator"] / values["denominator"])
    return values.assign(low=0.0, high=1.0, value_low=values["value"], value_high=values["value"], flag="clean")


def test_exact_tests_are_those_of_scipy():
    from scipy.stats import binomtest, fisher_exact

    rate = find_steps(make_values("a, 2021, 2021, 200, 200\n a, 2022, 2021, 0, 1\n b, 2021, 2021, 3, 9\n b, 2022, 2021, 50, 61"))
    expected = [fisher_exact([[0, 1], [200, 0]]).pvalue, fisher_exact([[50, 11], [3, 6]]).pvalue]
    assert rate["p_value"].tolist() == pytest.approx(expected, abs=1e-9)
    counts = find_steps(per_100(("a", 2021, 4, 100), ("a", 2022, 19, 150), ("b", 2021, 0, 10), ("b", 2022, 0, 20)))
    assert counts["p_value"].tolist() == pytest.approx([binomtest(19, 23, 150 / 250).pvalue, 1.0], abs=1e-9)


def test_what_is_no_proportion_has_no_interval_even_if_it_is_none():
    steps = find_steps(per_100(("a", 2021, 0, 100), ("a", 2022, 0, 150)))
    assert steps["difference_low"].isna().all() and not steps["stands_out"].any()


def test_false_alarms_are_counted_by_what_the_interval_does():
    """Against all pairs of counts of two offices that share a rate."""
    from itertools import product

    from scipy.stats import binom

    values = make_values("a, 2021, 2021, 8, 9\n a, 2022, 2021, 12, 14")
    rate, expected = 20 / 23, 0.0
    for before, after in product(range(10), range(15)):
        pair = make_values(f"a, 2021, 2021, {before}, 9\n a, 2022, 2021, {after}, 14")
        expected += find_steps(pair)["stands_out"].item() * binom.pmf(before, 9, rate) * binom.pmf(after, 14, rate)
    assert count_false_alarms(find_steps(values)) == pytest.approx(expected, abs=1e-9)
    assert count_false_alarms(find_steps(values).head(0)) == 0


def test_flags_and_what_is_left_go_into_steps():
    values = make_values("a, 2021, 2021, 8, 16\n a, 2022, 2021, 12, 16")
    values = values.assign(flag=["located", "clean"], value_low=[0.25, 0.75], value_high=[0.375, 0.75])
    step = find_steps(values).iloc[0]
    assert (step["flag"], step["difference"]) == ("located", 0.25)
    assert step[["difference_least", "difference_most"]].tolist() == [0.375, 0.5]
