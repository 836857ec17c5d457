"""The sample, built."""

from pathlib import Path

import pytest
from building import RAW

import govtables as gt


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Path:
    """`data/raw`, built."""
    return gt.build(RAW, tmp_path_factory.mktemp("dataset") / "out", processes=1, progress=False)
