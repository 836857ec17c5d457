"""Files for Stata: what comes back is what was published."""

import dataclasses

import pandas as pd
import pytest
from hard import rows_of, table_of, without_missing

import govtables as gt
from govtables.dataset.dictionary import fields
from govtables.dataset.schema import SCHEMAS
from govtables.exports.dta import MOST_LABELS
from govtables.exports.formats import export
from govtables.records import CellRow, SectionText

by_table = pytest.mark.parametrize("name", SCHEMAS)


@by_table
def test_dta_comes_back_with_labels(name, data, exported):
    path = exported["dta"] / f"{name}.dta"
    found = pd.read_stata(path).astype("object")
    with pd.io.stata.StataReader(path) as reader:
        assert reader.variable_labels() == {line["field"]: line["en"] for line in fields(name)}
        assert reader.data_label == f"govtables: {name}"
    assert path.read_bytes()[28:31] == b"118"
    rows = [{n: from_stata(value) for n, value in row.items()} for row in found.to_dict("records")]
    assert rows == without_missing(rows_of(data, name))


def test_labels_of_variables_are_in_the_language_of_the_session(data, tmp_path, monkeypatch):
    monkeypatch.setattr(gt.options, "chosen", "zh")
    with pd.io.stata.StataReader(export(data, "dta", tmp_path / "out") / "cells.dta") as reader:
        assert reader.variable_labels() == {line["field"]: line["zh"][:80] for line in fields("cells")}
        assert reader.value_labels()["status"] == dict(enumerate(gt.Status, 1))


def from_stata(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return "" if pd.isna(value) else value


def test_codes_in_stata_are_numbered_as_in_the_codebook(exported):
    with pd.io.stata.StataReader(exported["dta"] / "cells.dta") as reader:
        labels = reader.value_labels()
    assert labels["status"] == dict(enumerate(gt.Status, 1))
    assert list(labels["row"].values())[:2] == ["article_20_1", "regulation"]
    assert labels["column"][1] == "issued"


def test_codes_are_text_in_stata_if_value_labels_cannot_hold_them(data, tmp_path):
    many = MOST_LABELS // 8
    rows = [CellRow("requests", f"extra.{n}", "total", 1.0, "reported", "1", None, "L1") for n in range(many)]
    some = dataclasses.replace(data, cells=table_of("cells", rows).to_pandas())
    path = export(some, "dta", tmp_path / "out") / "cells.dta"
    with pd.io.stata.StataReader(path) as reader:
        assert "row" not in reader.value_labels()
    assert pd.read_stata(path)["row"].tolist() == [row.row for row in rows]


def test_a_text_that_stata_would_cut_is_refused(data, tmp_path):
    cut = dataclasses.replace(data, sections=table_of("sections", [SectionText(1, "h", "before\0after")]).to_pandas())
    with pytest.raises(ValueError, match="sections, text: a text holds a NUL character.*export to csv"):
        export(cut, "dta", tmp_path / "out")


def test_a_label_longer_than_a_short_text_is_a_value_label(data, tmp_path):
    long = f"extra.{'某项' * 60}"  # 366 bytes
    some = dataclasses.replace(
        data, cells=table_of("cells", [CellRow("requests", long, "total", 1.0, "reported", "1", None, "L1")]).to_pandas()
    )
    path = export(some, "dta", tmp_path / "out") / "cells.dta"
    assert pd.read_stata(path)["row"].tolist() == [long]
