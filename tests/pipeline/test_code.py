"""What documents are read with is one hash, which any change of it changes."""

import pytest

from govtables.pipeline import code


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two files."""
    monkeypatch.setattr(code, "PACKAGE", tmp_path)
    (tmp_path / "a.py").write_text("1\n")
    (tmp_path / "b.csv").write_text("1\n")
    return tmp_path


def tell() -> str:
    return code.tell_code.__wrapped__()


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
    assert "selectolax" in code._list_needed()
    monkeypatch.setattr(code, "version", lambda name: "0.0")
    monkeypatch.setattr(code.shutil, "which", lambda name: None)
    found = {tell()}
    monkeypatch.setattr(code.shutil, "which", lambda name: "/usr/bin/" + name)
    found.add(tell())
    monkeypatch.setattr(code, "version", lambda name: "0.1")
    assert len(found | {tell()}) == 3
