"""A small share of the stress: writing is ended at its steps, read beside and rivalled; and harm is seen."""

import random
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

import stress
from govtables.dataset import swap


@pytest.fixture(scope="module")
def known(tmp_path_factory) -> stress.Known:
    """Two versions of a dataset."""
    return stress.make_known(tmp_path_factory.mktemp("known"))


def harm(counts: Counter[str]) -> dict[str, int]:
    return {what: count for what, count in counts.items() if count and what not in stress.FINE}


@pytest.mark.parametrize("name", ["build, exchanged", "build, beside others", "build, within", "export xlsx", "report: data"])
def test_what_is_ended_while_it_writes_leaves_the_old_or_the_new(known, tmp_path, name):
    write = stress.list_writers(known, False)[name]
    counts = stress.kill_runs(write, tmp_path, 4, random.Random(name), loses="," in name)
    assert harm(counts) == {}
    assert counts["ended at steps"] == 2 < counts["steps"]


def test_a_reader_beside_publications_gets_the_old_or_the_new(known, tmp_path):
    counts = stress.load_beside(known, tmp_path, 25)
    assert harm(counts) == {}
    assert counts["of them over a publication"] > 0


def test_two_builds_into_one_folder(known, tmp_path):
    counts = stress.build_in_pairs(known, tmp_path, 2, random.Random(1))
    assert harm(counts) == {}
    assert counts["built"] + counts["told who holds it"] == 4


def test_old_and_new_side_by_side_are_seen(known, tmp_path, monkeypatch):
    """The stress itself can fail: tables that move in one by one are mixed after a kill."""

    def move_one_by_one(rooms: Path, folder: Path) -> None:
        for path in sorted(rooms.glob("*/new/*")) if [*rooms.glob("*/old")] else ():
            if (folder / path.name).exists():
                (folder / path.name).rename(path.parents[1] / "old" / path.name)
            path.rename(folder / path.name)
        swap.shutil.rmtree(rooms, ignore_errors=True)

    monkeypatch.setattr(swap, "_clear", move_one_by_one)
    write = partial(stress.build, known, "within")
    assert harm(stress.kill_runs(write, tmp_path, 16, random.Random(1), loses=True))["mixed"] > 0


def test_kills_are_spread_from_the_first_step_to_the_last():
    assert stress._spread(10, 6) == [1, 5, 10, 0, 0, 0]
    assert stress._spread(3, 8) == [1, 2, 3, 0, 0, 0, 0, 0]
    assert stress._spread(7, 1) == [1]
