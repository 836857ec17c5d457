"""What changed between two datasets."""

import hashlib

import pytest
from building import PARQUET, RAW, build_beside, contradict, write, write_sample

import govtables as gt
from govtables.exports import tell
from govtables.pipeline.registry import Entry, write_registry


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A dataset of two reports, and one in which a number of the second is another and the first is not there."""
    folder = tmp_path_factory.mktemp("differences")
    for name in ("one", "two"):
        (folder / name).mkdir()
    before = build_beside(write_sample(folder / "one" / "raw"))
    raw = contradict(write_sample(folder / "two" / "raw"))
    (raw / "hanyin-2022.txt").unlink()
    (raw / "jiyuan-hitech-2022.txt").write_bytes((RAW / "jiyuan-hitech-2022.txt").read_bytes())
    return before, build_beside(raw)


def test_the_same_data_differ_in_nothing():
    changes = gt.compare(PARQUET, gt.load(PARQUET))
    assert changes.empty and tell(changes) == ["no difference in reports and cells"]
    assert list(changes) == ["report_id", "table", "row", "column", "what", "before", "after"]


def test_reports_and_cells_that_changed_are_listed(two):
    changes = gt.compare(*two)
    reports = changes[changes["what"] == "report"].set_index("report_id")
    assert [*reports.index] == ["hanyin-2022.txt", "huajie-2023.txt", "jiyuan-hitech-2022.txt"]
    assert reports["after"].isna().tolist() == [True, False, False]
    assert reports["before"].isna().tolist() == [False, False, True]
    cells = changes[~changes["what"].isin(["report", "issuer", "year", "generation", "error"])]
    assert {*cells["report_id"]} == {"huajie-2023.txt"}
    said = cells.loc[cells["row"] == "granted", ["column", "what", "before", "after"]].values.tolist()
    assert ["natural_person", "value", "1", "7"] in said and ["natural_person", "raw", "1", "7"] in said


def test_the_way_back_is_the_same_turned_round(two):
    there, back = gt.compare(*two), gt.compare(*reversed(two))
    turned = back.rename(columns={"before": "after", "after": "before"})[[*there]]
    assert turned.fillna("").equals(there.fillna(""))


def test_it_is_told_in_words(two):
    said = tell(gt.compare(*two))
    assert said[0] == "reports: 1 came, 1 went, 1 have another document"
    assert "报告：新增1份" in said[0].zh
    assert "huajie-2023.txt requests.granted.natural_person: value '1' → '7'" in said


def test_a_report_that_is_about_another_one_is_told(tmp_path):
    """The same numbers under another issuer and year are another row of every panel."""
    text = (RAW / "huajie-2023.txt").read_text(encoding="utf-8")
    old, new = (build_beside(write({"a.txt": said.encode()}, tmp_path / name / "raw")) for name, said in
                (("old", text), ("new", text.replace("2023年", "2022年").replace("2023 年", "2022 年"))))
    changes = gt.compare(old, new)
    years = changes[changes["what"] == "year"]
    assert years[["report_id", "before", "after"]].values.tolist() == [["a.txt", "2023", "2022"]]
    assert "a.txt: year '2023' → '2022'" in tell(changes)
    assert gt.compare(old, old).empty


def test_a_dataset_without_reports_in_common_lists_no_more_than_these(tmp_path):
    one, other = (build_beside(write({f"{name}.txt": (RAW / "huajie-2023.txt").read_bytes()}, tmp_path / name / "raw")) for name in "ab")
    assert gt.compare(one, other)[["report_id", "what"]].values.tolist() == [["a.txt", "report"], ["b.txt", "report"]]


def test_versions_of_an_address_are_compared_each_with_the_one_before(tmp_path):
    """Two of the same address, one of another address, and an own file in between."""
    raw = contradict(write_sample(tmp_path / "raw"))
    (raw / "huajie-2023~2.txt").write_bytes((RAW / "huajie-2023.txt").read_bytes())
    (raw / "huajie-2023~3.txt").write_bytes((RAW / "huajie-2023.txt").read_bytes() + b"\n")
    entries = [Entry(path.name, "http://a" if "huajie" in path.name else "http://b", "fetched",
                     sha256=hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(raw.glob("*.txt"))]
    write_registry(raw, entries)
    changes = gt.compare(build_beside(raw))
    assert changes[["report_id", "earlier"]].drop_duplicates().values.tolist() == [
        ["huajie-2023~2.txt", "huajie-2023.txt"], ["huajie-2023~3.txt", "huajie-2023~2.txt"]
    ]
    assert changes[changes["report_id"] == "huajie-2023~3.txt"]["what"].tolist() == ["report"]
    assert "huajie-2023~2.txt requests.granted.natural_person: value '7' → '1'" in tell(changes)
    assert tell(changes)[0] == "reports: 0 came, 0 went, 2 have another document"


def test_many_reports_are_compared_some_at_a_time(two, monkeypatch):
    whole = gt.compare(*two)
    monkeypatch.setattr("govtables.exports.differences.MANY", 1)
    assert gt.compare(*two).equals(whole)


def test_without_versions_nothing_differs():
    assert gt.compare(PARQUET).empty


def test_what_is_told_names_reports_and_cells_in_both_languages(two):
    told = tell(gt.compare(*two))
    assert "hanyin-2022.txt: went" in told and "jiyuan-hitech-2022.txt: came" in told and "huajie-2023.txt: another document" in told
    chinese = [one.zh for one in told]
    assert "hanyin-2022.txt：移除" in chinese and "jiyuan-hitech-2022.txt：新增" in chinese
    changed = [one for one in told if one.startswith("huajie-2023.txt requests.granted.")]
    assert changed and all("予以公开·" in one.zh and "变为" in one.zh and "requests" not in one.zh for one in changed)
