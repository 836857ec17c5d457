"""What was there stays until the new is whole, and after any error; nothing is left behind."""

import pytest

from govtables.dataset.swap import replace_files, replace_folder


def listed(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_files_move_in_when_all_are_complete_and_others_stay(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").write_text("old")
    (out / "mine").write_text("mine")
    with replace_files(out, ["a", "b"], "writing") as room:
        (room / "a").write_text("new")
        assert (out / "a").read_text() == "old"
        (room / "b").write_text("new")
    assert listed(out) == ["a", "b", "mine"]
    assert (out / "a").read_text() == "new"


def test_after_an_error_the_old_files_stand_and_nothing_is_left(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").write_text("old")
    (out / ".writing-1").mkdir()  # of a dead run
    with pytest.raises(ZeroDivisionError), replace_files(out, ["a"], "writing") as room:
        (room / "a").write_text("half")
        1 / 0
    assert (listed(out), (out / "a").read_text()) == (["a"], "old")
    assert [path.name for path in out.iterdir()] == ["a"]


def test_a_new_folder_that_gets_nothing_is_not_left(tmp_path):
    with pytest.raises(ZeroDivisionError), replace_files(tmp_path / "out", ["a"], "writing"):
        1 / 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [True, False], ids=["over an old one", "anew"])
def test_a_folder_is_replaced_as_a_whole(tmp_path, there):
    out = tmp_path / "deep" / "out"
    if there:
        out.mkdir(parents=True)
        (out / "old").write_text("old")
    with replace_folder(out) as room:
        (room / "new").mkdir()
        (room / "new" / "a").write_text("new")
        assert listed(out) == (["old"] if there else [])
    assert listed(out) == ["a"]
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("fails", [True, False], ids=["an error", "nothing made"])
def test_a_folder_stays_if_the_new_one_is_not_made(tmp_path, fails):
    out = tmp_path / "out"
    out.mkdir()
    (out / "old").write_text("old")
    if fails:
        with pytest.raises(ZeroDivisionError), replace_folder(out) as room:
            (room / "new").mkdir()
            1 / 0
    else:
        with replace_folder(out):
            pass
    assert listed(tmp_path) == ["out/old"]
