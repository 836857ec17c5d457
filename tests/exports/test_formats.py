"""Exports keep their promises: same bytes, whole or not at all, mistakes named."""

import dataclasses
import os
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
from building import PARQUET, split
from hard import digests, table_of

from govtables.exports.formats import export, formats
from govtables.records import SectionText

by_format = pytest.mark.parametrize("to", formats())


def test_same_dataset_same_bytes(data, tmp_path):
    alike = ["csv", "wide", "xlsx", "dta", "panel"]
    code = f"import os, sys, govtables.exports as e; os.umask(0o077); [e.export(sys.argv[1], to, to) for to in {alike}]"
    elsewhere = os.environ | {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1"}
    subprocess.run([sys.executable, "-c", code, data.folder], env=elsewhere, cwd=tmp_path, check=True)
    for to in alike:
        assert digests(export(data.folder, to, tmp_path / f"{to}-here")) == digests(tmp_path / to)


@by_format
def test_many_files_a_table_are_exported_like_one(to, tmp_path):
    many = export(split(PARQUET, tmp_path / "many"), to, tmp_path / "a")
    one = export(PARQUET, to, tmp_path / "b")
    same = {name: digest for name, digest in digests(one).items() if name != "wide.parquet"}  # a row group a file
    assert same.items() <= digests(many).items()
    if to == "wide":
        assert pq.read_table(many / "wide.parquet").equals(pq.read_table(one / "wide.parquet"))


@by_format
def test_an_export_replaces_its_own_and_leaves_nothing_else(to, data, tmp_path):
    folder = export(data, to, tmp_path / "a" / "out")
    (tmp_path / "a" / ".out.making").mkdir()  # of a dead run
    export(data.folder, to, folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(formats()[to].files)
    assert [path.name for path in folder.parent.iterdir()] == ["out"]
    assert str(tmp_path) not in "".join(path.read_bytes().decode("latin-1") for path in folder.iterdir())


@by_format
@pytest.mark.parametrize("foreign", ["thesis.docx", "wide.csv/own.txt", "cells.csv/own.txt"])
def test_a_folder_with_other_files_is_refused(to, foreign, data, tmp_path):
    (tmp_path / foreign).parent.mkdir(exist_ok=True)
    (tmp_path / foreign).write_text("mine")
    with pytest.raises(ValueError, match=rf"{foreign.partition('/')[0]}: is no file of this export; choose another folder than"):
        export(data, to, tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*") if path.is_file()] == [foreign]


def test_a_failed_export_leaves_the_last_one(data, tmp_path):
    folder = export(data, "dta", tmp_path / "out")
    before = digests(folder)
    cut = dataclasses.replace(data, sections=table_of("sections", [SectionText(1, "h", "\0")]).to_pandas())
    with pytest.raises(ValueError, match="NUL"):
        export(cut, "dta", folder)
    assert digests(folder) == before


def test_the_folder_is_beside_the_dataset_if_none_is_named(data):
    assert export(data, "wide") == data.folder.parent / "out-wide"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param({"to": "sas"}, "no format 'sas'; choose one of csv, xlsx, dta, wide, panel", id="format"),
        pytest.param({"to": "csv", "status": True}, "only 'wide' has it", id="status"),
        pytest.param({"to": "csv", "folder": __file__}, "is a file; name a folder", id="file"),
    ],
)
def test_mistakes_are_named(arguments, said, data):
    with pytest.raises(ValueError, match=said):
        export(data, **arguments)


def test_no_dataset_is_named(tmp_path):
    with pytest.raises(ValueError, match="no dataset here"):
        export(tmp_path, "csv", tmp_path / "out")


def test_a_missing_library_is_named_with_its_extra(data, tmp_path, monkeypatch):
    for to, library in (("xlsx", "xlsxwriter"), ("panel", "xlsxwriter")):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(ValueError, match=rf"^{to} needs {library}; install it with: pip install 'govtables\[export\]'$"):
            export(data, to, tmp_path / "out")
    assert not (tmp_path / "out").exists()
