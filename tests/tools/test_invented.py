"""The invented panel is what its script makes, says that it is invented, and is wrong where it says so alone."""

import pytest
from building import TOP

import govtables as gt
from govtables.dataset import SCHEMAS
from tools import invented

DATA = TOP / "data/invented"


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> gt.Dataset:
    return gt.load(gt.build(invented.OUT, tmp_path_factory.mktemp("invented") / "out", processes=1, progress=False))


def test_the_script_makes_the_published_files(tmp_path):
    invented.make(tmp_path)
    made, kept = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (tmp_path, invented.OUT))
    assert made == kept


def test_every_report_and_issuer_says_that_it_is_invented(data):
    assert set(data.reports["issuer"]) == {"虚构县人民政府", *invented.BODIES}
    assert set(data.reports["year"]) == set(invented.YEARS)
    assert all(path.read_text(encoding="utf-8").count(invented.NOTE) == 3 for path in invented.OUT.glob("*.txt"))


def test_the_planted_slips_alone_are_wrong_and_located(data):
    located = data.cells[data.cells["flag"] == "located"]
    found = {(one.report_id, (str(one.table), str(one.row), str(one.column))) for one in located.itertuples()}
    assert found == {(f"{name}-{year}.txt", code) for (name, year), (code, _) in invented.SLIPS.items()}
    errors = data.findings[data.findings["severity"] == "error"]
    assert set(errors["report_id"]) == {f"{name}-{year}.txt" for name, year in invented.SLIPS}
    assert len(data.cells) == len(data.reports) * 200 and data.cells["value"].notna().all()


def test_the_published_tables_are_those_of_the_reports(data):
    published = gt.load(DATA / "parquet")
    assert all(getattr(published, name).equals(getattr(data, name)) for name in SCHEMAS)
