"""The registry: whole lines, whatever killed the run before.

A build says where each document comes from, and what is not as the registry has it; it stops for none of it.
"""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from building import RAW, build_beside, write

import govtables as gt
from govtables.pipeline.registry import (
    REGISTRY, Entry, Origin, add_entries, compare_origin, read_origins, read_registry, write_registry,
)

ONE = Entry("a.html", "http://a", "fetched", sha256="0" * 64, note='said "so", 甲\nand more')
TWO = Entry("b.html", "http://b", "failed")
REPORT = (RAW / "huajie-2023.txt").read_bytes()
URL = "https://www.example.gov.cn/report.html"
TIME = "2026-03-01T10:00:00+00:00"


def test_entries_come_back_as_they_were_added(tmp_path):
    for entry in (ONE, TWO):
        add_entries(tmp_path, [entry])
    assert read_registry(tmp_path) == [ONE, TWO]


def test_half_a_last_line_is_left_out_and_a_whole_one_kept(tmp_path):
    plain = ONE._replace(note="")
    add_entries(tmp_path, [TWO, plain])
    path = tmp_path / REGISTRY
    data = path.read_bytes()
    path.write_bytes(data[:-1])  # as editors do
    assert read_registry(tmp_path) == [TWO, plain]
    path.write_bytes(data[:-20])
    assert read_registry(tmp_path) == [TWO]
    assert path.read_bytes() == data[:-20]  # who reads changes nothing


def test_a_line_that_was_spoilt_by_hand_is_named(tmp_path):
    for spoilt in (ONE._replace(sha256="1e5"), TWO._replace(status="done")):
        write_registry(tmp_path, [spoilt, TWO])
        with pytest.raises(ValueError, match=r"registry.csv, line 2: status is one of .* mend the line"):
            read_registry(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_registry_that_a_spreadsheet_saved_is_the_same(tmp_path, encoding):
    entry = TWO._replace(note="政府信息公开年度报告")
    write_registry(tmp_path, [entry])
    path = tmp_path / REGISTRY
    path.write_bytes(path.read_bytes().decode().replace("\n", "\r\n").encode(encoding))
    assert read_registry(tmp_path) == [entry]


def test_a_registry_is_replaced_whole(tmp_path):
    add_entries(tmp_path, [ONE])
    write_registry(tmp_path, [TWO, ONE])
    assert read_registry(tmp_path) == [TWO, ONE]
    assert [path.name for path in tmp_path.iterdir()] == [REGISTRY]


def test_no_file_no_entries(tmp_path):
    assert read_registry(tmp_path) == []
    (tmp_path / REGISTRY).touch()
    assert read_registry(tmp_path) == []


def entry(name: str, data: bytes, url: str = URL, time: str = TIME, status: str = "fetched") -> Entry:
    return Entry(name, url, status, fetched_at=time, sha256=hashlib.sha256(data).hexdigest())


def build(folder: Path, documents: dict[str, bytes], *entries: Entry) -> gt.Dataset:
    raw = write(documents, folder / "raw")
    write_registry(raw, entries)
    return gt.load(build_beside(raw))


def origins(data: gt.Dataset) -> dict[str, tuple]:
    frame = data.reports.set_index("report_id")[["url", "fetched_at", "version"]].astype(object)
    return {name: tuple(None if value != value else value for value in row) for name, *row in frame.itertuples()}


def told(data: gt.Dataset) -> dict[str, str]:
    return data.findings.query("kind == 'registry'").set_index("report_id")["message"].to_dict()


def test_address_time_and_version_stand_beside_each_report(tmp_path):
    later = REPORT + b"\n"
    data = build(tmp_path, {"a.txt": REPORT, "a~2.txt": later, "b.txt": REPORT},
                 entry("a~2.txt", later, time="2026-04-01T00:00:00+00:00"), entry("a.txt", REPORT), entry("b.txt", REPORT, "", "", "given"))
    assert origins(data) == {"a.txt": (URL, TIME, 1), "a~2.txt": (URL, "2026-04-01T00:00:00+00:00", 2), "b.txt": (None, None, None)}
    assert told(data) == {}
    shown = str(gt.source(data, "a.txt", "requests", "received", "total"))
    assert shown.splitlines()[-1] == f"    url={URL} fetched_at={TIME}"
    assert "url=" not in str(gt.source(data, "b.txt", "requests", "received", "total"))


def test_what_is_not_as_the_registry_has_it_is_told_and_stops_nothing(tmp_path):
    data = build(tmp_path, {"good.txt": REPORT, "changed.txt": REPORT + b"\n", "extra.txt": REPORT},
                 entry("good.txt", REPORT), entry("changed.txt", REPORT, f"{URL}?1"), entry("gone.txt", REPORT, f"{URL}?2"),
                 Entry("failed", f"{URL}?3", "failed"))
    assert [*told(data)] == ["changed.txt", "extra.txt", "gone.txt"]
    said = told(data)["changed.txt"]
    assert f"{URL}?1" in said and hashlib.sha256(REPORT + b"\n").hexdigest() in said and hashlib.sha256(REPORT).hexdigest() in said
    assert "no line for this document" in told(data)["extra.txt"]
    assert origins(data)["changed.txt"] == origins(data)["extra.txt"] == (None, None, None)
    gone = data.reports.set_index("report_id").loc["gone.txt"]
    assert "文件不在" in gone["error_zh"]
    assert gone["error"] == told(data)["gone.txt"] and "not there" in gone["error"] and gone["url"] == f"{URL}?2"


def test_documents_of_an_archive_have_its_line_or_their_own(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.txt", REPORT)
        archive.writestr("two.txt", REPORT)
    own = entry("all.zip/two.txt", REPORT, f"{URL}?two")
    data = build(tmp_path, {"all.zip": packed.getvalue()}, entry("all.zip", packed.getvalue()), own)
    assert origins(data) == {"all.zip/one.txt": (URL, TIME, 1), "all.zip/two.txt": (f"{URL}?two", TIME, 1)}
    other = build(tmp_path / "other", {"all.zip": packed.getvalue()}, entry("all.zip", b""))
    assert [*told(other)] == ["all.zip/one.txt", "all.zip/two.txt"]
    assert all("its bytes differ" in message for message in told(other).values())


def test_every_report_of_a_document_has_its_origin(tmp_path):
    both = REPORT + b"\n" + (RAW / "linping-2022.txt").read_bytes()
    data = build(tmp_path, {"both.txt": both}, entry("both.txt", both))
    assert len(data.reports) == 2 and set(origins(data).values()) == {(URL, TIME, 1)}


def test_a_line_that_leads_out_of_the_folder_reads_nothing(tmp_path):
    (tmp_path / "secret.txt").write_bytes(REPORT)
    data = build(tmp_path, {"a.txt": REPORT}, entry("a.txt", REPORT), entry("../secret.txt", REPORT), entry("../none.txt", REPORT))
    assert data.reports.set_index("report_id")["error"].notna().to_dict() == {"../none.txt": True, "a.txt": False}


def test_bytes_that_nobody_read_are_not_called_the_same(tmp_path):
    large = REPORT + b"\n" * (34 << 20)
    assert "were not read" in told(build(tmp_path, {"large.txt": large}, entry("large.txt", large)))["large.txt"]


def test_without_a_registry_nothing_is_said(tmp_path):
    assert read_origins(tmp_path) is None
    assert compare_origin(None, "0" * 64) == (Origin(), [])


def test_a_registry_of_another_form_is_a_mistake_and_named(tmp_path):
    raw = write({"a.txt": REPORT, "registry.csv": b"file,sha256\na.txt,0\n"}, tmp_path / "raw")
    with pytest.raises(ValueError, match=r"registry.csv: the column 'name' is missing"):
        build_beside(raw)
