"""What `make report` does with data and notebooks of one's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from publish import dataset

TOP = Path(__file__).parents[2]

PARQUET = TOP / "data" / "parquet"
SAMPLE_NAMES = ("汉阴", "花街", "济源", "临平", "龙港", "Hanyin", "Huajie", "Jiyuan", "Linping", "Longgang")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_dataset_that_lies_where_it_is_wanted_stays(tmp_path):
    here = tmp_path / "report" / "data"
    shutil.copytree(PARQUET, here)
    dataset.copy(here, here)
    assert files(here) == files(PARQUET)


def test_a_dataset_is_copied_over_an_older_one(tmp_path):
    out = tmp_path / "report" / "data"
    (out / "cells").mkdir(parents=True)
    (out / "cells" / "old").write_text("old", encoding="utf-8")
    dataset.copy(PARQUET, out)
    assert files(out) == files(PARQUET)
    assert [path.name for path in out.parent.iterdir()] == ["data"]


def test_a_dataset_that_is_replaced_while_it_is_copied_is_told_and_the_old_copy_stays(tmp_path, monkeypatch):
    out = tmp_path / "data"
    dataset.copy(PARQUET, out)

    def copy_and_lose(data: Path, new: Path) -> None:
        shutil.copytree(data, new)
        (new / "cells" / "part-0.parquet").unlink()

    monkeypatch.setattr(dataset, "shutil", SimpleNamespace(copytree=copy_and_lose))
    with pytest.raises(ValueError, match="was replaced while it was copied; run this again"):
        dataset.copy(PARQUET, out)
    assert files(out) == files(PARQUET)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("inside", ["report", "report/data/more"])
def test_folders_in_one_another_are_refused_and_stay(tmp_path, inside):
    data = tmp_path / inside
    shutil.copytree(PARQUET, data)
    done = subprocess.run([sys.executable, "-m", "publish.dataset", data, tmp_path / "report/data"], cwd=TOP, capture_output=True, text=True)
    assert (done.returncode, "lie in one another" in done.stderr) == (2, True)
    assert files(data) == files(PARQUET)


def test_a_wrong_folder_leaves_nothing_behind(tmp_path):
    done = subprocess.run([sys.executable, "-m", "publish.dataset", tmp_path / "none", tmp_path / "report/data"], cwd=TOP, capture_output=True, text=True)
    assert (done.returncode, "no such folder" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang, options, said", [
    ("xx", [], "no LANG 'xx'; choose one of en, zh"), ("zh", ["--most=some"], "MOST：“some”不是报告份数"), ("en", ["--most=0"], "MOST: '0' is no number"),
    ("en", ["--pages=-1"], "PAGES: no report '-1'; write a number, ids such as hanyin-2022.txt"), ("zh", ["--reports=x.txt"], "中没有报告“x.txt”"), ("zh", ["--no-data"], "请指定报告或数据集所在的文件夹：make report DATA=my-reports"),
])  # fmt: skip
def test_what_is_asked_for_in_vain_is_told_before_notebooks_run(tmp_path, lang, options, said):
    data = "" if options == ["--no-data"] else str(PARQUET)
    command = [sys.executable, "-m", "publish.dataset", data, str(tmp_path / "data"), *filter("--no-data".__ne__, options)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, env=os.environ | {"GOVTABLES_LANG": lang})
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
