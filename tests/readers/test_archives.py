"""Archives of reports: read as folders, and no harm comes of one."""

import struct
import zipfile
from pathlib import Path

import pytest

import govtables as gt
from govtables.readers import archives, limits
from govtables.readers.archives import is_locked, list_members, path_of, read_member
from govtables.readers.document import Unreadable

RAW = Path(__file__).parents[2] / "data" / "raw"
HUAJIE = (RAW / "huajie-2023.txt").read_bytes()


def pack(path: Path, files: dict[str, bytes]) -> Path:
    """Write a ZIP file; names go in as they are, bad ones too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def build(raw: Path, processes: int = 1):
    return gt.load(gt.build(raw, raw.parent / "out", processes=processes, progress=False))


def errors(raw: Path) -> dict[str, str]:
    return build(raw).reports.set_index("report_id")["error"].fillna("").to_dict()


def test_reports_in_an_archive_are_read_as_if_they_lay_in_a_folder(tmp_path):
    raw = tmp_path / "raw"
    pack(
        raw / "county.zip",
        {"2023/huajie.txt": HUAJIE, "README.md": b"about", "__MACOSX/x": b"", ".hidden": b"", "empty/": b""},
    )
    (raw / "huajie.txt").write_bytes(HUAJIE)
    data = build(raw)
    assert list(data.reports["report_id"]) == ["county.zip/2023/huajie.txt", "huajie.txt"]
    inside, beside = (
        data.cells[data.cells["report_id"] == one].drop(columns="report_id")
        for one in data.reports["report_id"]
    )
    assert len(inside) > 100
    assert inside.reset_index(drop=True).equals(beside.reset_index(drop=True))
    assert "【6】" in str(gt.source(data, "county.zip/2023/huajie.txt", "requests", "received", "total"))


@pytest.mark.parametrize(
    "name, told",
    [
        pytest.param("../../../etc/passwd", "etc/passwd", id="a way up"),
        pytest.param("/etc/passwd", "etc/passwd", id="absolute"),
        pytest.param("a\\..\\..\\b.txt", "a/b.txt", id="backslashes"),
        pytest.param("./a//b.txt", "a/b.txt", id="nothing between"),
        pytest.param("a\x1b[31m.txt", "a\ufffd[31m.txt", id="a sign that no terminal should see"),
        pytest.param("汉阴.txt", "汉阴.txt", id="UTF-8"),
    ],
)
def test_names_lead_nowhere(tmp_path, name, told):
    path = pack(tmp_path / "a.zip", {name: b"text"})
    assert list_members(path) == [told]
    assert read_member(path, told) == b"text"


def test_names_in_gb18030_are_read_as_such(tmp_path):
    path = pack(tmp_path / "a.zip", {"xxxx.txt": b"text"})
    path.write_bytes(path.read_bytes().replace(b"xxxx", "汉阴".encode("gb18030")))
    assert list_members(path) == ["汉阴.txt"]
    assert read_member(path, "汉阴.txt") == b"text"


def test_of_two_files_of_one_name_none_is_lost(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("a.txt", b"one")
            archive.writestr("a.txt", b"two")
    assert [read_member(tmp_path / "a.zip", name) for name in list_members(tmp_path / "a.zip")] == [
        b"one",
        b"two",
    ]


def test_too_many_files(tmp_path):
    raw = tmp_path / "raw"
    pack(raw / "many.zip", {f"{n}.txt": b"" for n in range(limits.LIMITS.members + 1)})
    assert errors(raw) == {
        "many.zip": "holds 2001 files, over the limit of 2000; unpack the archive into the folder"
    }


def test_a_bomb_does_not_go_off(tmp_path):
    raw = tmp_path / "raw"
    pack(raw / "bomb.zip", {"bomb.txt": b"0" * (8 << 20), "huajie.txt": HUAJIE})
    found = errors(raw)
    assert found["bomb.zip/bomb.txt"].startswith("unpacks to 8 MB, over 32 MB or 200 times")
    assert found["bomb.zip/huajie.txt"] == ""


def test_a_size_that_is_a_lie_reads_no_more(tmp_path):
    path = pack(tmp_path / "a.zip", {"a.txt": b"0" * (8 << 20)})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="cannot be unpacked"):
        read_member(path, "a.txt")


def test_damaged_protected_nested_and_empty_archives_are_errors(tmp_path):
    raw = tmp_path / "raw"
    inner = pack(tmp_path / "inner.zip", {"huajie.txt": HUAJIE})
    pack(raw / "outer.zip", {"inner.zip": inner.read_bytes()})
    whole = pack(raw / "damaged.zip", {"huajie.txt": HUAJIE}).read_bytes()
    (raw / "damaged.zip").write_bytes(whole.replace(whole[200:260], bytes(60)))
    (raw / "cut.zip").write_bytes(whole[:400])
    pack(raw / "none.zip", {"folder/": b""})
    pack(raw / "locked.zip", {"huajie.txt": HUAJIE})
    locked = bytearray((raw / "locked.zip").read_bytes())
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    (raw / "locked.zip").write_bytes(locked)
    found = errors(raw)
    assert found.pop("outer.zip/inner.zip").startswith("a ZIP")
    assert found.pop("damaged.zip/huajie.txt").startswith("cannot be unpacked from its archive")
    assert found.pop("cut.zip").startswith("a ZIP")
    assert found.pop("none.zip") == "an archive without a file; fetch it again"
    assert found.pop("locked.zip/huajie.txt").startswith("protected by a password")
    assert all(found.values())


def test_documents_in_zip_containers_are_no_archives(tmp_path):
    assert not archives.is_archive(
        pack(tmp_path / "a.docx", {"[Content_Types].xml": b"", "word/document.xml": b""})
    )
    assert not archives.is_archive(pack(tmp_path / "a.ods", {"mimetype": b""}))
    assert not archives.is_archive(RAW / "huajie-2023.txt")


def test_a_locked_member_is_told():
    member = zipfile.ZipInfo("a.txt")
    assert not is_locked(member)
    member.flag_bits = 0x801
    assert is_locked(member)
    member.flag_bits = 0x800
    assert not is_locked(member)


def test_slashes_go_one_way():
    assert path_of(zipfile.ZipInfo("a\\..\\b/c.txt")) == "a/../b/c.txt"
