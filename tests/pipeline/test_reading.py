"""What a worker reads: pieces, and one hash of what it reads with."""

import pytest
from building import RAW

from govtables.dataset import open_tables
from govtables.pipeline import reading
from govtables.pipeline.listing import Listed
from govtables.readers import digest

NAME = "huajie-2023.txt"
DATA = (RAW / NAME).read_bytes()


def test_a_document_with_the_hash_that_it_had_is_not_read():
    assert reading.read_file(RAW, Listed(NAME, NAME), sha256=digest(DATA)) is None
    assert reading.read_file(RAW, Listed(NAME, NAME), sha256="0" * 64).error is None


def test_a_piece_holds_tables_and_tells_hashes(tmp_path):
    items = [reading.Item(Listed(NAME, NAME)), reading.Item(Listed(NAME, NAME), (), digest(DATA)), reading.Item(Listed("x", "x"))]
    begun = []
    piece = reading.read_piece(RAW, tmp_path, reading.tell_code(), (), frozenset(), items, {}, 1, begun.append)
    assert (begun, piece.is_same, piece.sha256) == ([1, 2, 0], [False, True, False], [digest(DATA), digest(DATA), ""])
    tables = dict(open_tables(tmp_path / reading.PIECES / piece.file))
    assert next(iter(tables)) == "fingerprints"  # which is read alone, too
    assert tables["reports"]["report_id"].to_pylist() == [NAME, "x"] == tables["fingerprints"]["report_id"].to_pylist()


def test_a_worker_with_other_code_reads_nothing(tmp_path):
    with pytest.raises(ValueError, match="other code than this process; install the same versions of govtables"):
        reading.read_piece(RAW, tmp_path, "0", (), frozenset(), [], {}, 0, print)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two files."""
    monkeypatch.setattr(reading, "PACKAGE", tmp_path)
    (tmp_path / "a.py").write_text("1\n")
    (tmp_path / "b.csv").write_text("1\n")
    return tmp_path


def tell() -> str:
    return reading.tell_code.__wrapped__()


def test_it_is_the_same_for_the_same_files(package):
    assert tell() == tell()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert tell() == tell()


@pytest.mark.parametrize("name", ["a.py", "b.csv", "new.gz"])
def test_a_file_of_the_package_changes_it(package, name):
    before = tell()
    (package / name).write_text("2\n")
    assert tell() != before


def test_a_library_or_a_program_changes_it(package, monkeypatch):
    assert "selectolax" in reading._list_needed()
    monkeypatch.setattr(reading, "version", lambda name: "0.0")
    monkeypatch.setattr(reading.shutil, "which", lambda name: None)
    found = {tell()}
    monkeypatch.setattr(reading.shutil, "which", lambda name: "/usr/bin/" + name)
    found.add(tell())
    monkeypatch.setattr(reading, "version", lambda name: "0.1")
    assert len(found | {tell()}) == 3
