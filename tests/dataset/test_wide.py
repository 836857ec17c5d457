"""The wide form: every cell of the form once, a row a report."""

import dataclasses

import pandas as pd
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from govtables.dataset.schema import SCHEMAS
from govtables.dataset.wide import form_cells
from govtables.exports.formats import export


def test_wide_holds_every_cell_of_the_form_once(data, exported):
    wide = pd.read_parquet(exported["wide"] / "wide.parquet").set_index("report_id")
    cells = data.cells[~data.cells["row"].str.startswith("extra.")]
    found = {(cell.report_id, f"{cell.table}__{cell.row}__{cell.column}"): (cell.value, cell.status) for cell in cells.itertuples()}
    assert len(found) == 1000
    for (report, column), (value, status) in found.items():
        assert wide.at[report, f"{column}__status"] == status
        assert wide.at[report, column] == value or (pd.isna(value) and pd.isna(wide.at[report, column]))
    assert wide[[f"{column}__status" for column in form_cells()]].notna().sum().sum() == 1000


def test_wide_begins_with_the_facts_and_has_the_same_columns_always(data, exported, tmp_path):
    columns = pd.read_parquet(exported["wide"] / "wide.parquet").columns.tolist()
    behind = [f"{column}__{name}" for name in ("status", "flag") for column in form_cells()]
    assert columns == [*SCHEMAS["reports"].names, "flag", "flagged", *form_cells(), *behind]
    none = dataclasses.replace(data, cells=data.cells.iloc[:0])
    without = pd.read_parquet(export(none, "wide", tmp_path / "none") / "wide.parquet")
    assert without.columns.tolist() == columns[: len(SCHEMAS["reports"]) + 2 + len(form_cells())]
    assert len(without) == 6


def test_wide_refuses_a_cell_with_two_rows(data, tmp_path):
    twice = dataclasses.replace(data, cells=pd.concat([data.cells, data.cells.iloc[7:8]], ignore_index=True))
    with pytest.raises(ValueError, match="two rows for disclosure__penalty__decisions of hanyin-2022.txt; keep one row a cell"):
        export(twice, "wide", tmp_path / "out")


def test_wide_is_the_same_as_csv(exported):
    expected = pq.read_table(exported["wide"] / "wide.parquet")
    convert = pa_csv.ConvertOptions(
        column_types=expected.schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    assert pa_csv.read_csv(exported["wide"] / "wide.csv", convert_options=convert).to_pylist() == expected.to_pylist()
    assert [field.type for field in expected.schema][: len(SCHEMAS["reports"])] == SCHEMAS["reports"].types


def test_wide_says_of_each_report_the_worst_flag_and_which_cells_have_one(data, tmp_path):
    place = (data.cells["row"] == "granted") & (data.cells["column"] == "total")
    flags = data.cells["flag"].astype("str").mask(place & (data.cells["report_id"] == "linping-2022.txt"), "located")
    flags = flags.mask((data.cells["row"] == "received") & (data.cells["report_id"] == "huajie-2023.txt"), "doubted")
    changed = dataclasses.replace(data, cells=data.cells.assign(flag=flags))
    wide = pd.read_parquet(export(changed, "wide", tmp_path / "out", status=True) / "wide.parquet").set_index("report_id")
    assert wide["flag"].to_dict() == {
        "hanyin-2022.txt": "clean", "huajie-2023.txt": "doubted", "jiyuan-hitech-2022.txt": "clean",
        "linping-2022.txt": "located", "longgang-2021.txt": "clean", "hard.txt": "contradicted",
    }
    assert wide.at["linping-2022.txt", "flagged"] == "requests__granted__total"
    assert wide.at["linping-2022.txt", "requests__granted__total__flag"] == "located"
    assert len(wide.at["huajie-2023.txt", "flagged"].split()) == 7
