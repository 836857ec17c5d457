"""The sample, and documents with what is hard to show, as a dataset and as pages."""

import hashlib
import shutil

import pytest
from site_pages import ADDRESSES, DECISIONS, DOCUMENTS, HARD, RAW, SAMPLE, Pages, write

import govtables as gt
from county import BODIES, printed, write_county
from govtables.dataset import Dataset
from govtables.pipeline.registry import Entry, write_registry
from whole.made_panels import title, write_cells


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Dataset:
    """The sample and documents with what is hard to show."""
    folder = tmp_path_factory.mktemp("pages")
    raw = folder / "raw"
    shutil.copytree(RAW, raw)
    for name in HARD:
        shutil.copy(DOCUMENTS / name, raw / name)
    (raw / "decisions.csv").write_text(DECISIONS, encoding="utf-8")
    known = {name: hashlib.sha256((raw / name).read_bytes()).hexdigest() for name in (*SAMPLE, *HARD)}
    write_registry(raw, [Entry(name, ADDRESSES.get(name, ""), "given", sha256=digest) for name, digest in known.items()])
    return gt.load(gt.build(raw, folder / "out", processes=1, progress=False))


@pytest.fixture(scope="session")
def pages(data, tmp_path_factory) -> Pages:
    """All pages of that dataset, by name."""
    return write(data, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def years(tmp_path_factory) -> Dataset:
    """Ten bodies of a county in three years; one of them has a second version of a year, with other numbers."""
    room = tmp_path_factory.mktemp("years")
    raw = write_county(room / "raw")
    other = printed(BODIES[6], 2022)
    for column in ("pending", "total"):
        other["disputes", "review", column] += 1
    write_cells(raw / "second-version.html", title(BODIES[6], 2022), other)
    return gt.load(gt.build(raw, room / "out", progress=False))
