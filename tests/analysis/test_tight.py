"""Bounds that all identities together leave: never looser than those of single cells, attained, and true."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from govtables.analysis.indicators import compute
from govtables.analysis.tight import tighten
from tests.analysis.made import make, published


def test_ends_are_those_that_whole_numbers_attain():
    """Two results of three are unknown, their sum is not: tried one by one."""
    cells = make(review__total=10, review__upheld=None, review__corrected=None, review__other=3, review__pending=2, concluded__total=1)
    values = compute(cells, which=["review_correction_rate", "review_corrected_share", "reviews_per_100"])
    tight = tighten(values, cells).set_index("indicator")
    tried = [(upheld, corrected) for upheld, corrected in product(range(11), repeat=2) if upheld + corrected + 3 + 2 == 10]
    rates = [corrected / (upheld + corrected + 3) for upheld, corrected in tried]
    assert tight.loc["review_correction_rate", ["value_low", "value_high"]].tolist() == pytest.approx([min(rates), max(rates)])
    shares = [corrected / 10 for _, corrected in tried]
    assert tight.loc["review_corrected_share", ["value_low", "value_high"]].tolist() == pytest.approx([min(shares), max(shares)])
    loose = values.set_index("indicator").loc["review_correction_rate", ["value_low", "value_high"]].tolist()
    assert loose == [0.0, 1.0], "single cells alone leave everything"


def test_truth_lies_within_and_nothing_gets_looser():
    rng = np.random.default_rng(5)
    full = published("cells")
    full = full[full["report_id"].isin(["linping-2022.txt", "longgang-2021.txt"])]
    truth = compute(full)["value"].to_numpy()
    for share in (0.1, 0.4):
        cells = full.assign(value=full["value"].mask(rng.random(len(full)) < share))
        values = compute(cells)
        tight = tighten(values, cells)
        here = values["value"].isna() & values["value_low"].notna() & ~np.isnan(truth)
        assert (tight["value_low"][here] <= truth[here] + 1e-9).all()
        assert (tight["value_high"][here].fillna(np.inf) >= truth[here] - 1e-9).all()
        assert (tight["value_low"][here] >= values["value_low"][here]).all()
        assert (tight["value_high"][here].fillna(np.inf) <= values["value_high"][here].fillna(np.inf)).all()
        assert (tight["value_low"][here] > values["value_low"][here] + 1e-9).any()
        pd.testing.assert_frame_equal(tight[~here], values[~here])


def test_a_count_has_the_bounds_of_its_cells_together():
    rows = {"concluded": 9, "carried_over": 2, "granted": 9}
    printed = {f"{row}__{column}": n for row, n in rows.items() for column in ("total", "natural_person")}
    unknown = {f"{row}__{column}": None for row in ("received", "carried_in") for column in ("total", "natural_person")}
    cells = make(**printed, **unknown)
    values = tighten(compute(cells, which=["requests_to_handle"]), cells)
    assert values[["value_low", "value_high"]].to_numpy().tolist() == [[11.0, 11.0]]
