"""The panel: a row an issuer and year, in four formats, with names that every program takes."""

import re

import pandas as pd
import pyarrow.csv as pa_csv
import pytest

from govtables.exports.panel import describe_columns, shorten
from govtables.indicators import definitions
from tests.dataset.test_dictionary import RESERVED

COLUMNS = [line["field"] for line in describe_columns()]


@pytest.fixture(scope="module")
def panel(exported) -> pd.DataFrame:
    return pd.read_parquet(exported["panel"] / "panel.parquet")


def test_names_are_distinct_and_suit_every_program():
    assert len({name.lower() for name in COLUMNS}) == len(COLUMNS) == 10 + 4 * len(definitions()) + 226
    assert [name for name in COLUMNS if not re.fullmatch("[a-z][a-z0-9_]{0,31}", name) or name in RESERVED] == []
    assert [line["field"] for line in describe_columns() if not 0 < len(line["en"]) <= 80] == []
    assert [line["field"] for line in describe_columns() if not re.search("[\u4e00-\u9fff]", line["zh"])] == []


def test_values_are_those_of_the_dataset(data, panel):
    assert len(panel) == 5 and not panel.duplicated(["issuer", "year"]).any()
    rows = panel.set_index("report_id")
    for cell in data.cells[data.cells["report_id"].isin(rows.index)].itertuples():
        shown = rows.at[cell.report_id, shorten(f"{cell.table}__{cell.row}__{cell.column}")]
        assert shown == cell.value or (pd.isna(shown) and pd.isna(cell.value))
    for one in data.indicators[data.indicators["report_id"].isin(rows.index)].itertuples():
        for end, value in (("", one.value), ("_lo", one.value_low), ("_hi", one.value_high), ("_fl", one.flag)):
            shown = rows.at[one.report_id, shorten(one.indicator, end)]
            assert shown == value or (pd.isna(shown) and pd.isna(value))
    assert rows.loc["linping-2022.txt", ["code", "level", "scope", "generation"]].tolist() == ["330113", "county", "aggregate", "2021"]


def test_all_formats_hold_the_same(exported, panel):
    text = pa_csv.read_csv(exported["panel"] / "panel.csv", convert_options=pa_csv.ConvertOptions(column_types={"code": "string", "parent_code": "string", "generation": "string"}))
    stata = pd.read_stata(exported["panel"] / "panel.dta")
    book = pd.read_excel(exported["panel"] / "panel.xlsx", engine="calamine", dtype={"code": str, "parent_code": str, "generation": str})
    for other in (text.to_pandas(), stata, book):
        assert list(other) == COLUMNS
        for name in ("report_id", "issuer", "code", "disclosure_rate", "refusal_rate_hi", shorten("requests__granted__total")):
            pd.testing.assert_series_equal(other[name].replace("", None), panel[name], check_dtype=False, check_names=False)


def test_what_is_left_out_is_said(exported):
    left = pd.read_csv(exported["panel"] / "left_out.csv")
    assert left[["report_id", "left_out"]].to_numpy().tolist() == [["hard.txt", "issuer not told"]]
    columns = pd.read_csv(exported["panel"] / "columns.csv")
    assert columns["field"].tolist() == COLUMNS
    assert columns.set_index("field").at[shorten("requests__granted__total"), "code"] == "requests.granted.total"
