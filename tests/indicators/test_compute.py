"""The published table of indicators is what `compute` makes of the published cells."""

import pandas as pd
from building import split

import govtables as gt
from govtables.dataset import SCHEMAS
from govtables.forms import write_share
from govtables.indicators import NOTHING, compute, definitions
from tests.analysis.made import PARQUET


def test_the_published_table_is_what_the_cells_give():
    data = gt.load(PARQUET)
    found = compute(data.cells, data.bounds).astype({"indicator": "str"})
    known = data.indicators.astype(dict.fromkeys(("indicator", "flag", "flagged_by", "reason", "reason_zh", "formula"), "str"))
    assert list(known) == SCHEMAS["indicators"].names
    missing = found.pop("missing")
    assert (missing.isna() == found["reason"].isna()).all() and missing[found["reason"] == NOTHING].eq("nothing").all()
    pd.testing.assert_frame_equal(known[list(found)], found, check_dtype=False)
    formulas = known.drop_duplicates("indicator").set_index("indicator")["formula"]
    book = definitions()
    for code, formula in formulas.items():
        sides = [book.at[code, side] for side in ("numerator", "denominator") if book.at[code, side]]
        assert formula == (write_share(*sides) if sides[1:] else sides[0])


def test_every_report_with_tables_has_every_indicator_once():
    data = gt.load(PARQUET)
    pairs = data.indicators[["report_id", "indicator"]]
    assert not pairs.duplicated().any() and len(pairs) == data.cells["report_id"].nunique() * len(definitions())


def test_of_a_dataset_a_part_is_read_at_a_time(tmp_path):
    data = gt.load(split(PARQUET, tmp_path / "many"))
    found = compute(data, which=["refusal_rate"], level=0.9, flagged="implied")
    assert not data.frames
    pd.testing.assert_frame_equal(found, compute(data.cells, data.bounds, ["refusal_rate"], 0.9, "implied"))
