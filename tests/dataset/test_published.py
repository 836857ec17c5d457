"""What is read is of one build, of the reports and columns that were asked for; nothing is changed by reading."""

import shutil
from pathlib import Path

import pytest
from building import RAW, make_documents, split, write
from pandas.testing import assert_frame_equal

import govtables as gt
from govtables.dataset import SCHEMAS, published, replace_folder, stored


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Path:
    """`data/raw`, built."""
    return gt.build(RAW, tmp_path_factory.mktemp("dataset") / "out", processes=1, progress=False)


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Path:
    """More reports than a batch holds, of several years and issuers."""
    folder = tmp_path_factory.mktemp("many")
    return gt.build(write(make_documents(), folder / "raw"), folder / "out", progress=False)


def put(dataset: Path, out: Path) -> None:
    with replace_folder(out) as room:
        shutil.copytree(dataset, room / "new")


def test_load_changes_nothing(tmp_path, dataset):
    out = tmp_path / "out"
    shutil.copytree(dataset, out)
    (tmp_path / ".out.making" / "dead" / "old").mkdir(parents=True)
    shutil.copytree(dataset, tmp_path / ".out.making" / "dead" / "new")
    before = sorted(tmp_path.rglob("*"))
    assert len(gt.load(out).cells) == 1000
    assert sorted(tmp_path.rglob("*")) == before


def watch(monkeypatch) -> list[str]:
    """Name the tables whose files are opened from now on."""
    opened, real = [], stored.Stored._open

    def open_file(self: stored.Stored, path: Path) -> object:
        opened.append(path.parent.name)
        return real(self, path)

    monkeypatch.setattr(stored.Stored, "_open", open_file)
    return opened


def test_a_table_is_read_when_it_is_asked_for_and_kept(dataset, monkeypatch):
    opened = watch(monkeypatch)
    data = gt.load(dataset)
    assert opened == [] and repr(data) == f"Dataset({str(dataset)!r})"
    first = data.issuers
    assert {*opened} == {"issuers"}
    opened.clear()
    assert data.issuers is first and opened == []


def test_a_dataset_that_is_replaced_while_it_is_opened_is_read_again(tmp_path, dataset, monkeypatch):
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    out, real, read = tmp_path / "out", stored.Stored.batches, []
    shutil.copytree(dataset, out)

    def read_and_replace(*given: object) -> list:
        found = [*real(*given)]
        if not read:
            put(other, out)
        read.append(given)
        return found

    monkeypatch.setattr(stored.Stored, "batches", read_and_replace)
    assert gt.load(out, reports=["a.txt"]).reports["report_id"].tolist() == ["a.txt"]


def test_tables_are_never_read_of_two_builds(tmp_path, dataset, monkeypatch):
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    out = tmp_path / "out"
    shutil.copytree(dataset, out)
    held = gt.load(out)
    monkeypatch.setattr(stored, "MOST_HELD", len(SCHEMAS) - 1)
    data = gt.load(out)
    reports = data.reports
    put(other, out)
    assert_frame_equal(held.cells, gt.load(dataset).cells)
    with pytest.raises(ValueError, match="another dataset took its place while it was read; load it again"):
        _ = data.cells
    assert data.reports is reports and len(gt.load(out).reports) == 1


@pytest.mark.parametrize("asked, rows", [
    ({"years": 2022}, "year == 2022"), ({"years": range(2021, 2023)}, "year in (2021, 2022)"),
    ({"issuers": ["龙港市"]}, "name == '龙港市'"),
    ({"reports": ["1/1.txt", "6/132.txt"]}, "report_id in ('1/1.txt', '6/132.txt')"),
    ({"years": [2022, 2023], "reports": {"1/1.txt", "6/132.txt", "3/3.txt"}, "issuers": ["花街镇"]},
     "year in (2022, 2023) and report_id in ('1/1.txt', '6/132.txt', '3/3.txt') and name == '花街镇'"),
])  # fmt: skip
def test_filters_give_what_filtering_afterwards_gives(many, asked, rows):
    whole, few = gt.load(many), gt.load(many, **asked)
    told = whole.reports.merge(whole.issuers[["report_id", "name"]], on="report_id").query(rows)["report_id"]
    assert 0 < len(told) < len(whole.reports)
    for name in SCHEMAS:
        frame = getattr(whole, name)
        frame = frame[frame["report_id"].isin(told)].reset_index(drop=True) if "report_id" in frame else frame
        # whole numbers without one that is missing are read as such
        assert_frame_equal(getattr(few, name), frame, check_categorical=False, check_dtype=False)


def test_columns_and_values_of_a_table_are_chosen(many, monkeypatch):
    whole, few = gt.load(many), gt.load(many, columns={"cells": ["report_id", "value"]})
    assert_frame_equal(few.cells, whole.cells[["report_id", "value"]])
    assert list(few.bounds) == SCHEMAS["bounds"].names
    chosen = whole.select("checks", ["report_id", "check"], verdict=["undecided"], table=["requests"])
    checks = whole.checks
    here = (checks["verdict"] == "undecided") & (checks["table"] == "requests")
    assert_frame_equal(chosen, checks.loc[here, ["report_id", "check"]].reset_index(drop=True), check_categorical=False)


def test_tables_are_read_together_some_reports_at_a_time(dataset, tmp_path):
    data = gt.load(split(dataset, tmp_path / "out"))
    assert_frame_equal(data.cells, gt.load(dataset).cells, check_categorical=False)
    cells, bounds = zip(*data.pieces(cells=["report_id", "value"], bounds=None), strict=True)
    assert [*map(len, cells)] == [0] + [200] * 5
    assert sum(map(len, cells)) == len(data.cells) and sum(map(len, bounds)) == len(data.bounds)
    for one, other in zip(cells, bounds, strict=True):
        assert {*other["report_id"].to_pylist()} <= {*one["report_id"].to_pylist()}


@pytest.mark.parametrize("asked, said", [
    ({"years": 1999}, r"no report has years=\[1999\]; years are 20\d\d to 20\d\d"),
    ({"issuers": "x"}, r"no report has issuers=\['x'\]"),
    ({"reports": ["x.txt"]}, "no report 'x.txt' in .*; the first are hanyin-2022.txt"),
    ({"columns": {"cell": []}}, "no table 'cell'; choose one of cells, "),
    ({"columns": {"cells": ["number"]}}, "no column of cells 'number'; choose one of report_id, "),
])  # fmt: skip
def test_a_filter_that_nothing_answers_is_a_mistake(dataset, asked, said):
    with pytest.raises(ValueError, match=said):
        gt.load(dataset, **asked)


def test_more_than_the_memory_is_refused_before_it_is_read(dataset, monkeypatch):
    data = gt.load(dataset)
    need = data.stored.need("cells", SCHEMAS["cells"].names)
    monkeypatch.setattr(published, "machine_memory", lambda: need * 1.01)
    assert len(data.cells) == 1000
    opened = watch(monkeypatch)
    with pytest.raises(ValueError, match=r"with ledger .* GB would be needed.*; name fewer in gt.load\(…, years="):
        _ = data.ledger
    assert "ledger" not in data.frames and {*opened} == {"cells", "ledger"}  # their footers
    few = gt.load(dataset, reports=["hanyin-2022.txt"])
    assert len(few.cells) == 200 and len(few.ledger)


@pytest.mark.parametrize("name, harm", [("cells", b""), ("ledger", None), ("reports", b"PAR1 and no more")])
def test_a_table_that_is_damaged_or_gone_is_named(tmp_path, dataset, name, harm):
    out = tmp_path / "out"
    shutil.copytree(dataset, out)
    part = out / name / "part-0.parquet"
    part.unlink() if harm is None else part.write_bytes(harm)
    with pytest.raises(ValueError, match=f"{part}: missing or damaged .*; run govtables build RAW {out} again"):
        gt.load(out)


def test_tables_of_different_builds_are_not_mixed(tmp_path, dataset):
    out = gt.build(RAW, tmp_path / "out", progress=False)
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    (other / "reports" / "part-0.parquet").replace(out / "reports" / "part-0.parquet")
    with pytest.raises(ValueError, match="reports.*its size is not the one written.*run govtables build"):
        gt.load(out)


def test_no_report_is_a_choice_too(dataset):
    none = gt.load(dataset, reports=[])
    assert (len(none.reports), len(none.cells), len(none.codebook) > 0) == (0, 0, True)
