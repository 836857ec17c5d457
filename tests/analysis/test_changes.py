"""Changes from year to year, and which indicators may be compared over the change of form."""

import pandas as pd
import pytest

from govtables.analysis.changes import compare_forms, find_steps
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
