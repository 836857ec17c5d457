"""The sample with rows of what is hard to write, as a dataset and in every format."""

import dataclasses
from pathlib import Path

import pyarrow as pa
import pytest
from hard import hard_rows

import govtables as gt
from govtables.dataset import SCHEMAS, Dataset
from govtables.exports.formats import export, formats, published_tables

RAW = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Dataset:
    """The sample, with rows of what is hard to write."""
    data = gt.load(gt.build(RAW, tmp_path_factory.mktemp("export") / "out", processes=1, progress=False))
    tables, hard = published_tables(data), hard_rows()
    frames = {name: pa.concat_tables([tables[name], rows], promote_options="permissive") for name, rows in hard.items()}
    return dataclasses.replace(data, **{name: table.cast(SCHEMAS[name]).to_pandas() for name, table in frames.items()})


@pytest.fixture(scope="session")
def exported(data, tmp_path_factory) -> dict[str, Path]:
    """The dataset in every format."""
    top = tmp_path_factory.mktemp("exported")
    return {to: export(data, to, top / to, status=to == "wide") for to in formats()}
