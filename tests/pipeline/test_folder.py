"""A folder to a dataset: the same bytes whatever the machine does, no document lost, declared files that are right."""

import os
import shutil
import subprocess

import pytest
from building import PARQUET, RAW, TOP, build_beside, digests, make_documents, write, write_sample

import govtables as gt

HEAD = "report_id,table,row,column,printed,value,reason,who,date\n"
BLANK = "hanyin-2022.txt,requests,carried_in,total,,0,no request was open,A. Reader,2023-05-04\n"


def is_committed(path: str) -> bool:
    if not shutil.which("git"):
        return False
    return bool(subprocess.run(["git", "ls-files", path], cwd=TOP, capture_output=True, check=False).stdout.strip())


def test_same_bytes_from_one_process_and_two_and_any_order_of_files(tmp_path):
    documents = make_documents()
    backwards = dict(reversed(documents.items()))
    one = gt.build(write(documents, tmp_path / "a"), tmp_path / "one", processes=1, progress=False)
    two = gt.build(write(backwards, tmp_path / "b"), tmp_path / "two", processes=2, progress=False)
    assert digests(one) == digests(two)
    names = gt.load(one).reports["report_id"].tolist()
    assert [name for name in names if "#" not in name] == sorted(documents)
    assert len(set(names)) == len(names)


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
    raw = write({**bad, "good.txt": report, ".hidden.txt": b"x", ".git/a.txt": b"x"}, tmp_path / "raw")
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


def cell_of(data: gt.Dataset, *codes: str) -> dict:
    cells = data.cells
    [cell] = cells[(cells["table"] == codes[1]) & (cells["row"] == codes[2]) & (cells["column"] == codes[3])].query(
        "report_id == @codes[0]"
    ).to_dict("records")
    return cell


def test_a_decision_counts_as_known_and_shows_who_decided(tmp_path):
    data = gt.load(build_beside(write_sample(tmp_path / "raw", decisions=HEAD + BLANK)))
    cell = cell_of(data, "hanyin-2022.txt", "requests", "carried_in", "total")
    assert (cell["value"], cell["status"], cell["raw"]) == (0.0, "decided", "")
    assert cell["reason"] == "decided by A. Reader on 2023-05-04: no request was open"
    left = data.cells[(data.cells["report_id"] == "hanyin-2022.txt") & (data.cells["table"] == "requests")]
    assert left["status"].astype(str).value_counts().to_dict() == {"inferred": 158, "reported": 16, "decided": 1}
    assert data.reports.set_index("report_id").loc["hanyin-2022.txt", "n_decided"] == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(BLANK.replace(",,0,", ",3,0,"), "'' is printed, not '3'", id="printed text changed"),
        pytest.param(BLANK.replace("carried_in,total", "other,total"), "the report has no such cell", id="cell of the other generation"),
        pytest.param(BLANK.replace(",,0,", ",<absent>,0,"), "'' is printed, not '<absent>'", id="the row is printed by now"),
    ],
)
def test_a_decision_that_does_not_fit_the_print_changes_nothing_and_is_told(tmp_path, line, said):
    data = gt.load(build_beside(write_sample(tmp_path / "raw", decisions=HEAD + line)))
    assert "decided" not in set(data.cells["status"])
    [finding] = data.findings[data.findings["kind"] == "decision_not_applied"].to_dict("records")
    assert (finding["severity"], said in finding["message"]) == ("warning", True)


def test_a_decision_on_a_file_that_cannot_be_opened_is_told(tmp_path):
    raw = write_sample(tmp_path / "raw", decisions=HEAD + BLANK)
    (raw / "hanyin-2022.txt").unlink()
    (raw / "hanyin-2022.txt").symlink_to(tmp_path / "nowhere")
    findings = gt.load(build_beside(raw)).findings
    [message] = findings[findings["kind"] == "decision_not_applied"]["message"]
    assert "the document gave no tables: cannot be opened" in message


@pytest.mark.parametrize("name", ["decisions.csv", "hierarchy.csv", "links.csv"])
def test_a_file_that_is_read_at_the_top_alone_is_not_overlooked_below(tmp_path, name):
    raw = write_sample(tmp_path / "raw")
    for folder in (".git", "county"):
        (raw / folder).mkdir()
    (raw / ".git" / name).write_text("", encoding="utf-8")
    build_beside(raw)
    (raw / "county" / name).write_text("", encoding="utf-8")
    with pytest.raises(ValueError) as problem:
        build_beside(raw)
    assert str(problem.value) == f"{raw / 'county' / name}: is not read there; put it at the top, as {raw / name}"


def test_findings_of_a_report_are_counted_with_those_across_reports(tmp_path):
    raw = write_sample(tmp_path / "raw")
    (raw / "copy.txt").write_bytes((raw / "huajie-2023.txt").read_bytes())
    data = gt.load(build_beside(raw))
    counts = data.findings["report_id"].value_counts()
    assert data.reports.set_index("report_id")["n_findings"].to_dict() == {n: counts.get(n, 0) for n in data.reports["report_id"]}
    assert counts["huajie-2023.txt"] == 1  # a copy of copy.txt


PAGE = "{}县2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n信息内容 | 本年处理决定数量 |\n行政许可 | {} |\n"
BOTH = "".join(PAGE.format(*one) for one in ("甲1", "乙2")).encode()


def test_decisions_name_one_of_several_reports_by_its_number(tmp_path):
    raw = write({"a.txt": BOTH, "a.txt#3": b""}, tmp_path / "raw")
    line = "{},disclosure,licence,decisions,{},9,telephone,A. Reader,2023-05-04\n"
    lines = HEAD + line.format("a.txt#2", 2) + line.format("a.txt#7", 2)
    (raw / "decisions.csv").write_text(lines, encoding="utf-8")
    data = gt.load(gt.build(raw, tmp_path / "out", progress=False))
    licences = data.cells[data.cells["row"] == "licence"].set_index("report_id")["value"]
    assert licences.to_dict() == {"a.txt": 1, "a.txt#2": 9}
    kinds = data.findings.groupby(["report_id", "kind"], observed=True).size().to_dict()
    assert kinds[("a.txt", "decision_not_applied")] == 1
    assert "【2】" in str(gt.source(data, "a.txt#2", "disclosure", "licence", "decisions"))


def test_a_further_report_whose_name_a_file_has_is_marked_once_more(tmp_path):
    raw = write({"a.txt": BOTH, "a.txt#2": b""}, tmp_path / "raw")
    names = gt.load(gt.build(raw, tmp_path / "out", progress=False)).reports["report_id"].tolist()
    assert sorted(names) == ["a.txt", "a.txt#2", "a.txt#2#"]
