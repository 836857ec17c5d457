"""What tests share: the browser, hard rows in every format, an order in which workers end at about the same time."""

import dataclasses
import gc
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

import govtables as gt
from browsing import BROWSER, QUIET
from govtables.dataset import SCHEMAS, Dataset
from govtables.exports.formats import export, formats, published_tables
from hard import hard_rows

RAW = Path(__file__).parents[1] / "data" / "raw"
LONGEST = ("test_site.py", "test_notebooks.py", "test_style.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first, or a worker is alone with one of them at the end."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end: all modules and tests, which it would walk again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Headless Chromium that fetches nothing by itself."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        yield chromium
        chromium.close()


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
