"""Formulas over cells: which cells they name, which forms ask for them, what blanks leave of their sums."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from govtables.indicators.evaluation import (
    add_up, check_formula, lay_out, may_be_negative, name_unknown, read_definitions, weigh,
)
from govtables.analysis.indicators import compute
from tests.analysis.made import CONCLUDED, GRANTED, make


def test_types_of_the_columns_do_not_matter():
    cells = pd.concat(
        [make("a.txt", concluded__total=4, granted__total=1), make("b.txt", "2019")], ignore_index=True
    )
    coded = cells.astype({name: "category" for name in ("table", "row", "column")})
    assert_frame_equal(compute(cells), compute(coded))
    mixed = compute(cells.sample(frac=1, random_state=1)).sort_values(
        ["report_id", "indicator"], ignore_index=True
    )
    assert_frame_equal(mixed, compute(cells))


def test_a_report_is_passed_once():
    with pytest.raises(ValueError, match="a report has a cell twice"):
        compute(pd.concat([make(), make()]))


def test_a_group_that_lacks_a_row_is_refused():
    cells = make()
    short = cells[~((cells["row"] == "denied.administrative_inquiry") & (cells["column"] == "total"))]
    with pytest.raises(ValueError, match="a.txt: lacks cells of requests; pass all cells of a report"):
        compute(short, which=["refusal_rate"])


@pytest.mark.parametrize(("formula", "forms"), [
    (f"{GRANTED} - {CONCLUDED}", {"2019", "2021"}),
    ("requests.other.*.total", {"2019", "2021"}),
    ("requests.other.total", {"2019"}),
    ("requests.other.fee_unpaid.total", {"2021"}),
])
def test_a_formula_is_of_the_forms_that_ask_for_all_its_cells(formula, forms):
    assert check_formula("x", formula) == forms


@pytest.mark.parametrize(
    "formula", [f"*{GRANTED}", f".{GRANTED}", "Requests.granted.total", "requests.granted", "5"]
)
def test_what_only_looks_like_a_cell_is_none(formula):
    with pytest.raises(ValueError, match=r"^x: no cell '.*' in the form; perhaps "):
        check_formula("x", f"{CONCLUDED} - {formula}")


def test_a_change_may_be_negative_and_a_count_may_not():
    assert may_be_negative(f"{GRANTED} + disclosure.licence.change")
    assert not may_be_negative(GRANTED)


def test_sums_have_the_bounds_of_their_cells():
    formula = f"{CONCLUDED} - {GRANTED}"
    array = lay_out(make(concluded__total=9, granted__total=None), None, [formula])
    weights, asked = weigh(array, formula)
    assert asked.all()
    value, low, high = add_up(array, weights)
    assert (np.isnan(value[0]), low[0], high[0]) == (True, -np.inf, 9)
    assert name_unknown(array, sorted(weights)).tolist() == [f"unknown: {GRANTED}"]


@pytest.mark.parametrize(("codes", "said"), [
    (["a", "a"], "'a' stands 2 times; give each line one code of its own"),
    (["a", ""], "'' stands 1 times"),
    ([], "no line; give each line"),
])
def test_each_line_has_a_code_of_its_own(codes, said):
    with pytest.raises(ValueError, match=said):
        read_definitions(pd.DataFrame({"code": codes}), "code", ())
