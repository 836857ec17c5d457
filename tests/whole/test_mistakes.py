"""A caller's mistake is told with the value and the remedy, whichever function meets it."""

from pathlib import Path

import pytest
from building import PARQUET, RAW

import govtables as gt


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
        pytest.param(lambda t, d: gt.load(t), ["no dataset here", "missing: parts.csv", "govtables build"], id="load: empty folder"),
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
def test_a_mistake_is_told_with_the_value_and_the_remedy(call, said, tmp_path):
    (empty := tmp_path / "empty").mkdir()
    with pytest.raises(ValueError) as problem:
        call(empty, PARQUET)
    assert [words for words in said if words not in str(problem.value)] == []
    assert "\n" not in str(problem.value)


def source(data: Path, *codes: str) -> gt.Source:
    return gt.source(data, "longgang-2021.txt", *codes)
