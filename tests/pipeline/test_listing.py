"""Odd files and folders: none stops a build, hangs it or disappears."""

import os
import socket
import zipfile
from pathlib import Path

import pytest
from building import RAW

import govtables as gt
from govtables.pipeline.listing import list_documents, read_listed
from govtables.readers import LIMITS, Unreadable

HUAJIE = (RAW / "huajie-2023.txt").read_bytes()


@pytest.fixture
def raw(tmp_path) -> Path:
    """A folder with one good report."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "good.txt").write_bytes(HUAJIE)
    return folder


def build(raw: Path) -> gt.Dataset:
    return gt.load(gt.build(raw, raw.parent / "out", processes=1, progress=False))


def names(raw: Path) -> list[str]:
    return [one.name for one in list_documents(raw, raw.parent / "out")]


def test_a_name_that_is_no_utf8_is_escaped_and_the_report_is_read(raw):
    (raw / os.fsdecode(b"\xd7\xd4.txt")).write_bytes(HUAJIE)
    data = build(raw)
    reports = data.reports.set_index("report_id")
    assert list(reports.index) == ["\\xd7\\xd4.txt", "good.txt"]
    assert reports["error"].isna().all() and (reports["n_reported"] > 190).all()
    assert data.findings.query("report_id != 'good.txt'")["message"].str.contains("no UTF-8").any()


def test_a_name_with_a_hash_is_no_odd_name(raw):
    (raw / "a#b.txt").write_bytes(HUAJIE)
    assert [one.note for one in list_documents(raw, raw.parent / "out")] == [None, None]


def test_two_names_that_are_written_alike_are_two_documents(raw):
    (raw / os.fsdecode(b"\xd7.txt")).write_bytes(HUAJIE)
    (raw / "\\xd7.txt").write_bytes(HUAJIE)
    assert names(raw) == ["\\xd7.txt", "\\xd7.txt#2", "good.txt"]


def make_socket(path: Path) -> None:
    """A socket by a short name, since its path may be no longer than 107 bytes."""
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.parametrize(("make", "said"), [
    (lambda path: os.mkfifo(path), "a pipe"),
    (make_socket, "a socket"),
    (lambda path: path.symlink_to("/dev/zero"), "a device"),
    (lambda path: path.symlink_to("nowhere"), "cannot be opened"),
    (lambda path: path.symlink_to(path), "cannot be opened"),
    (lambda path: path.mkdir(), "an empty folder"),
], ids=["pipe", "socket", "device", "dangling link", "link to itself", "folder"])
def test_what_is_no_file_is_a_row_with_its_reason(raw, make, said):
    make(raw / "odd.txt")
    errors = build(raw).reports.set_index("report_id")["error"]
    assert said in errors["odd.txt"] and errors.isna().sum() == 1


def test_a_file_over_the_limit_is_not_read(raw):
    with (raw / "film.mp4").open("wb") as file:
        file.truncate((LIMITS.megabytes << 20) + 1)  # takes no room on the disk
    [film] = [one for one in list_documents(raw, raw.parent / "out") if one.name == "film.mp4"]
    with pytest.raises(Unreadable, match="larger than"):
        read_listed(raw, film)


def test_a_link_to_a_folder_is_followed_once_and_loops_are_cut(raw, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "other.txt").write_bytes(HUAJIE)
    (tmp_path / "elsewhere" / "round").symlink_to(tmp_path / "elsewhere")
    (raw / "linked").symlink_to(tmp_path / "elsewhere")
    (raw / "again").symlink_to(raw)
    assert names(raw) == ["good.txt", "linked/other.txt"]


def test_a_path_longer_than_the_system_takes_stops_nothing(raw):
    here = os.getcwd()
    try:
        os.chdir(raw)
        for _ in range(20):
            os.mkdir("x" * 250)
            os.chdir("x" * 250)
        Path("deep.txt").write_bytes(HUAJIE)
    finally:
        os.chdir(here)
    errors = build(raw).reports.set_index("report_id")["error"]
    assert errors.isna()["good.txt"] and len(errors) == 2 and errors.dropna().str.contains("cannot be opened").all()


def test_files_that_programs_leave_are_no_documents(raw):
    for name in ("~$good.docx", ".~lock.good.odt#", "Thumbs.db", "desktop.ini", ".hidden"):
        (raw / name).write_bytes(b"x")
    assert names(raw) == ["good.txt"]


def test_members_of_one_name_are_each_a_document(raw):
    with zipfile.ZipFile(raw / "a.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        for name in ("b.txt", "b.txt", "b.txt#2"):
            archive.writestr(name, HUAJIE)
    assert sorted(names(raw)) == ["a.zip/b.txt", "a.zip/b.txt#2", "a.zip/b.txt#3", "good.txt"]
    assert build(raw).reports["error"].isna().all()


def test_a_file_that_vanishes_is_a_row(raw):
    [good] = list_documents(raw, raw.parent / "out")
    (raw / "good.txt").unlink()
    with pytest.raises(OSError):
        read_listed(raw, good)
