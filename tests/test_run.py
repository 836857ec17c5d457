"""What a run promises: the same bytes whatever the machine does, no document lost, no dataset half written."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import govtables as gt
from govtables.pipeline.folder import BATCH
from govtables.pipeline.report import read_bytes

TOP = Path(__file__).parents[1]
RAW, PARQUET = TOP / "data" / "raw", TOP / "data" / "parquet"
DOCUMENTS = TOP / "tests" / "documents"
MANY = BATCH + 50
BUILD = "import sys, govtables as gt; gt.build(sys.argv[1], sys.argv[2], processes=1, progress=False)"


def is_committed(path: str) -> bool:
    if not shutil.which("git"):
        return False
    return bool(subprocess.run(["git", "ls-files", path], cwd=TOP, capture_output=True, check=False).stdout.strip())


def digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def make_documents() -> dict[str, bytes]:
    """More documents than a batch holds: the published reports and all small ones, each time with another end."""
    known = [path.read_bytes() for folder in (RAW, DOCUMENTS) for path in sorted(folder.glob("*.[th]*"))]
    return {f"{n % 7}/{n}.txt": known[n % len(known)] + b"\n" * (n // len(known)) for n in range(MANY)}


def write(documents: dict[str, bytes], folder: Path) -> Path:
    for name, data in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Path:
    """`data/raw`, built."""
    return gt.build(RAW, tmp_path_factory.mktemp("dataset") / "out", processes=1, progress=False)


# -- promise 3: the same bytes ------------------------------------------------------------------------------------


def test_same_bytes_from_one_process_and_two_and_any_order_of_files(tmp_path):
    documents = make_documents()
    backwards = dict(reversed(documents.items()))
    one = gt.build(write(documents, tmp_path / "a"), tmp_path / "one", processes=1, progress=False)
    two = gt.build(write(backwards, tmp_path / "b"), tmp_path / "two", processes=2, progress=False)
    assert digests(one) == digests(two)
    assert gt.load(one).reports["report_id"].tolist() == sorted(documents)


def test_building_again_changes_no_byte(dataset):
    before = digests(dataset)
    gt.build(RAW, dataset, progress=False)
    assert digests(dataset) == before


@pytest.mark.skipif(not is_committed("data/parquet"), reason="data/parquet is not committed")
def test_committed_dataset_is_the_one_built_from_data_raw(dataset):
    assert digests(dataset) == digests(PARQUET)


def test_documents_are_not_changed(tmp_path):
    raw = write({path.name: path.read_bytes() for path in RAW.glob("*.txt")}, tmp_path / "raw")
    before = digests(raw)
    gt.build(raw, tmp_path / "out", progress=False)
    assert digests(raw) == before


# -- what is published --------------------------------------------------------------------------------------------


def test_every_report_has_every_cell_once(dataset):
    data = gt.load(dataset)
    known = data.cells[~data.cells["row"].astype(str).str.startswith("extra.")]
    assert known.groupby("report_id").size().to_dict() == dict.fromkeys(data.reports["report_id"], 200)
    assert not known.duplicated(["report_id", "table", "row", "column"]).any()
    counts = known.groupby(["report_id", "status"], observed=True).size()
    for report in data.reports.to_dict("records"):
        assert {s: report[f"n_{s}"] for s in gt.Status} == {s: counts.get((report["report_id"], s), 0) for s in gt.Status}


def test_every_code_of_a_cell_is_in_the_codebook(dataset):
    data = gt.load(dataset)
    book = set(data.codebook[["axis", "table", "code"]].itertuples(index=False, name=None))
    for axis in ("row", "column"):
        codes = {(axis, table, code) for table, code in data.cells[["table", axis]].astype(str).itertuples(index=False, name=None)}
        assert {code for code in codes if not code[2].startswith("extra.")} <= book


@pytest.mark.parametrize("name", ["cells", "reports", "sections", "findings", "codebook"])
def test_a_table_reads_with_pandas_alone(dataset, name):
    assert pd.read_parquet(dataset / name).equals(getattr(gt.load(dataset), name))


def test_every_printed_cell_leads_to_its_print(dataset):
    data = gt.load(dataset)
    printed = data.cells[data.cells["raw"].notna()]
    for cell in printed.groupby(["report_id", "table"], observed=True).sample(6, random_state=1).itertuples():
        source = gt.source(data, cell.report_id, cell.table, cell.row, cell.column)
        assert source.cells[source.marked].strip() == cell.raw
        assert f"【{source.cells[source.marked]}】" in str(source)


# -- promise 4: a bad document ------------------------------------------------------------------------------------


def test_bad_documents_are_rows_with_an_error(tmp_path):
    report = (RAW / "longgang-2021.txt").read_bytes()
    bad = {
        "empty.txt": b"",
        "blank.txt": b" \n\n ",
        "broken.txt": bytes((i * 73 + 41) % 251 + 4 for i in range(5000)),
        "binary.txt": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "zeros.txt": bytes(4096),
        "large.txt": report + b"\n" * (34 * 2**20),
        "report.pdf": b"%PDF-1.7\n",
    }
    raw = write({**bad, "good.txt": report, "registry.csv": b"a,b\n", ".hidden.txt": b"x", ".git/a.txt": b"x"}, tmp_path / "raw")
    (raw / "folder.txt").mkdir()
    (raw / "nowhere.txt").symlink_to(tmp_path / "none")
    reports = gt.load(gt.build(raw, tmp_path / "out", progress=False)).reports.set_index("report_id")
    assert sorted(reports.index) == sorted([*bad, "good.txt", "folder.txt", "nowhere.txt"])
    assert sorted(reports.index[reports["error"].isna()]) == ["good.txt"]
    assert reports.loc["good.txt", "n_reported"] == 200
    assert reports.loc[reports["error"].notna(), [f"n_{status}" for status in gt.Status]].sum().sum() == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="every file can be read by root")
def test_a_document_that_may_not_be_read_is_a_row(tmp_path):
    raw = write({"locked.txt": b"x"}, tmp_path / "raw")
    (raw / "locked.txt").chmod(0)
    assert gt.load(gt.build(raw, tmp_path / "out", progress=False)).reports["error"].notna().all()


@pytest.mark.parametrize("seed", range(5))
def test_a_cut_document_never_raises(seed):
    data = sorted(RAW.glob("*.txt"))[seed].read_bytes()
    for cut in range(0, len(data), 997):
        for piece in (data[:cut], data[cut:], data[:cut] + data[cut + 500 :]):
            result = read_bytes(piece, "cut.txt")
            assert result.error is None or not result.cells
            assert "reading stopped" not in (result.error or "")


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.name)
def test_a_lost_or_stray_line_never_stops_reading_and_a_lost_one_makes_no_value_wrong(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    truth = values_of(lines)
    for at in range(0, len(lines), 5):
        values_of([*lines[:at], "12", *lines[at:]])
        lost = values_of(lines[:at] + lines[at + 1 :])
        assert {code: value for code, value in lost.items() if value != truth[code]} == {}, f"without line {at + 1}"


def values_of(lines: list[str]) -> dict[tuple[str, str, str], float]:
    result = read_bytes("\n".join(lines).encode(), "a.txt")
    assert "reading stopped" not in (result.error or "")
    cells = [cell for cell in result.cells if "extra." not in (cell.row[:6], cell.column[:6])]
    return {(cell.table, cell.row, cell.column): cell.value for cell in cells if cell.value is not None}


# -- promise 5: a run that is stopped -----------------------------------------------------------------------------


def test_a_killed_build_leaves_the_dataset_as_it_was(tmp_path, dataset):
    out = gt.build(RAW, tmp_path / "out", processes=1, progress=False)
    raw = write(make_documents(), tmp_path / "raw")
    command = [sys.executable, "-c", BUILD, str(raw), str(out)]
    before = digests(out)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:
        while not list(out.glob(".building-*/cells.parquet")) and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL, "the build ended before it was killed"
    assert {name: digest for name, digest in digests(out).items() if not name.startswith(".")} == before
    assert gt.load(out).cells.equals(gt.load(dataset).cells)
    gt.build(RAW, out, progress=False)
    assert digests(out) == before, "the next build clears what the killed one left"


def test_tables_of_different_builds_are_not_mixed(tmp_path, dataset):
    out = gt.build(RAW, tmp_path / "out", progress=False)
    other = gt.build(write({"a.txt": b"x"}, tmp_path / "raw"), tmp_path / "other", progress=False)
    (other / "reports" / "part-0.parquet").replace(out / "reports" / "part-0.parquet")
    with pytest.raises(ValueError, match="different builds; run govtables build"):
        gt.load(out)


# -- a caller's mistakes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "said"),
    [
        pytest.param(lambda t, d: gt.build(t / "none", t / "out"), ["none", "no such folder", "name the folder"], id="build: no folder"),
        pytest.param(lambda t, d: gt.build(t, t.parent / "out"), ["holds no document", "put reports there"], id="build: empty folder"),
        pytest.param(lambda t, d: gt.build(RAW, RAW / "out"), ["lies inside", "choose a folder outside"], id="build: out inside raw"),
        pytest.param(lambda t, d: gt.build(RAW, RAW), ["lies inside", "choose a folder outside"], id="build: out is raw"),
        pytest.param(lambda t, d: gt.build(RAW, RAW / "README.md" / "x"), ["README.md"], id="build: out below a file"),
        pytest.param(lambda t, d: gt.build(RAW / "README.md", t / "out"), ["README.md", "no such folder"], id="build: a file"),
        pytest.param(lambda t, d: gt.build(RAW, d / "cells" / "part-0.parquet"), ["is a file", "name a folder"], id="build: out is a file"),
        pytest.param(lambda t, d: gt.build(RAW, t.parent / "out", processes=-1), ["processes", "-1"], id="build: processes"),
        pytest.param(lambda t, d: gt.load(t), ["no dataset here", "missing: cells", "govtables build"], id="load: empty folder"),
        pytest.param(lambda t, d: gt.load(t / "none"), ["none", "no dataset here", "govtables build"], id="load: no folder"),
        pytest.param(lambda t, d: gt.read(t / "none.txt"), ["none.txt", "no such file", "name a report"], id="read: no file"),
        pytest.param(lambda t, d: gt.read(t), ["no such file", "name a report"], id="read: a folder"),
        pytest.param(lambda t, d: gt.source(d, "x", "requests", "granted", "total"), ["'x'", "hanyin-2022.txt"], id="source: report"),
        pytest.param(lambda t, d: source(d, "request", "granted", "total"), ["'request'", "disclosure, requests, disputes"], id="source: table"),
        pytest.param(lambda t, d: source(d, "requests", "refused", "total"), ["'refused'", "carried_over"], id="source: row"),
        pytest.param(lambda t, d: source(d, "requests", "granted", "sum"), ["'sum'", "natural_person", "total"], id="source: column"),
        pytest.param(lambda t, d: gt.form("2020"), ["'2020'", "2019, 2021"], id="form"),
        pytest.param(lambda t, d: gt.read(RAW / "hanyin-2022.txt").table("sums"), ["'sums'", "disputes"], id="table of a report"),
    ],
)
def test_a_mistake_is_told_with_the_value_and_the_remedy(call, said, tmp_path, dataset):
    (empty := tmp_path / "empty").mkdir()
    with pytest.raises(ValueError) as problem:
        call(empty, dataset)
    assert [words for words in said if words not in str(problem.value)] == []
    assert "\n" not in str(problem.value)


def source(data: Path, *codes: str) -> gt.Source:
    return gt.source(data, "longgang-2021.txt", *codes)


def test_a_defect_of_a_document_is_no_mistake_of_the_caller(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    report = gt.read(tmp_path / "empty.txt")
    assert "empty" in report.facts["error"]
    assert report.cells.empty
