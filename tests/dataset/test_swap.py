"""What was there stays until the new is whole, and after any error; one writer at a time; nothing is left behind."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from govtables.dataset import replace_folder, swap


def listed(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def write(folder: Path, keep: bool = False, **files: str) -> None:
    with replace_folder(folder, keep) as room:
        (room / "new").mkdir()
        for name, text in files.items():
            (room / "new" / name).write_text(text)


@pytest.fixture(params=["exchange", "two steps", "within", "mounted"])
def out(request, tmp_path, monkeypatch) -> Path:
    """A folder with files, to be replaced in each of the ways."""
    out = tmp_path / "deep" / "out"
    out.mkdir(parents=True)
    (out / "a").write_text("old")
    if request.param == "two steps":
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    if request.param == "within":
        monkeypatch.chdir(out)
    if request.param == "mounted":
        monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == out)
    return out


def test_files_move_in_when_all_are_complete_and_others_stay(out):
    (out / "mine").write_text("mine")
    (out / "folder").mkdir()
    (out / "folder" / "also").write_text("mine")
    (out / "folder" / "link").symlink_to("also")
    with replace_folder(out, keep=True) as room:
        (room / "new").mkdir()
        (room / "new" / "a").write_text("new")
        assert (out / "a").read_text() == "old"
        (room / "new" / "b").write_text("new")
    assert listed(out) == ["a", "b", "folder/also", "folder/link", "mine"]
    assert ((out / "a").read_text(), (out / "folder" / "link").read_text()) == ("new", "mine")
    assert os.readlink(out / "folder" / "link") == "also"
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_file_is_not_replaced(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ValueError, match="out: is a file; name a folder"):
        write(tmp_path / "out", a="new")
    assert listed(tmp_path) == ["out"]


def test_who_may_look_into_a_folder_stays(out):
    out.chmod(0o700)
    write(out, a="new")
    assert ((out / "a").read_text(), out.stat().st_mode & 0o777) == ("new", 0o700)


def test_after_an_error_the_old_files_stand_and_nothing_is_left(out):
    with pytest.raises(ZeroDivisionError), replace_folder(out) as room:
        (room / "new").mkdir()
        1 / 0
    assert (listed(out.parent), (out / "a").read_text()) == (["out/a"], "old")


def test_where_nothing_is_made_all_stays(out):
    with replace_folder(out):
        pass
    assert listed(out.parent) == ["out/a"]


def test_rooms_of_dead_runs_are_removed(out):
    for top in (out, out.parent):
        (top / ".out.making" / "dead" / "new").mkdir(parents=True)
        (top / ".out.making" / "dead" / "new" / "a").write_text("half")
    (out.parent / ".out.lock").write_text("process 1 of nowhere")
    write(out, a="new")
    assert (out / "a").read_text() == "new"
    assert list(out.parent.rglob(".out.making")) == []


def test_what_outlives_a_dead_run_writes_into_no_room_of_another(out):
    with pytest.raises(KeyboardInterrupt), replace_folder(out) as dead:
        raise KeyboardInterrupt  # as a process that is killed, but for what it has started
    with replace_folder(out) as room:
        (dead / "new").mkdir(parents=True)
        (dead / "new" / "a").write_text("half")
        (room / "new").mkdir()
        (room / "new" / "b").write_text("new")
    assert {path.read_text() for path in out.iterdir() if path.is_file()} <= {"old", "new"}
    assert list(out.parent.rglob(".out.making")) == []


@pytest.mark.parametrize("moved", range(6), ids=["nothing moved", "one out", "all out", "one in", "all in", "half removed"])
def test_what_a_dead_run_had_begun_to_move_moves_in(tmp_path, monkeypatch, moved):
    """Every moment between the steps of moving within a folder, and the next run fails."""
    out = tmp_path / "out"
    out.mkdir()
    for name in ("a", "b"):
        (out / name).write_text("old")
    monkeypatch.chdir(out)
    room = out / ".out.making" / "dead"
    (room / "old").mkdir(parents=True)
    (room / "new").mkdir()
    for name in ("a", "b"):
        (room / "new" / name).write_text("new")
    moves = [(out / "a", room / "old" / "a"), (out / "b", room / "old" / "b"), (room / "new" / "a", out / "a"), (room / "new" / "b", out / "b")]
    for source, target in moves[:moved]:
        source.rename(target)
    if moved > len(moves):
        (room / "new").rmdir()
    assert len({(out / name).read_text() for name in ("a", "b") if (out / name).exists()}) <= 1
    with pytest.raises(ZeroDivisionError), replace_folder(out):
        1 / 0
    assert [(out / name).read_text() for name in ("a", "b")] == ["new", "new"]
    assert listed(tmp_path) == ["out/a", "out/b"]


def test_an_interrupt_while_folders_move_completes_the_move(tmp_path, monkeypatch):
    out, moves = tmp_path / "out", []
    write(out, a="old")
    monkeypatch.setattr(swap, "_exchange", lambda *_: moves.append(1) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(out, a="half")
    assert (listed(tmp_path), (out / "a").read_text()) == (["out/a"], "old")


def test_a_new_folder_that_gets_nothing_is_not_left(tmp_path):
    with pytest.raises(ZeroDivisionError), replace_folder(tmp_path / "out"):
        1 / 0
    assert list(tmp_path.iterdir()) == []


def test_what_a_link_leads_to_is_replaced(tmp_path):
    write(tmp_path / "disk" / "out", a="old")
    (tmp_path / "link").symlink_to(tmp_path / "disk" / "out")
    write(tmp_path / "link", a="new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "disk" / "out" / "a").read_text() == "new"


@pytest.mark.parametrize("other", [True, False], ids=["with another file", "alone"])
def test_a_folder_is_exchanged_as_a_whole_if_it_holds_nothing_else(tmp_path, other):
    """Or its other files would have to be moved, which may be a mounted disk, or a million."""
    out = tmp_path / "out"
    write(out, a="old", **{"mine": "mine"} if other else {})
    before = out.stat().st_ino
    write(out, keep=True, a="new")
    assert (out.stat().st_ino == before) == other
    assert listed(out) == (["a", "mine"] if other else ["a"])


HOLD = """
import sys, time
from pathlib import Path
from govtables.dataset import replace_folder
with replace_folder(Path(sys.argv[1])) as room:
    print(flush=True)
    time.sleep(60)
"""


def test_who_writes_there_already_is_named_and_a_dead_one_holds_nothing(tmp_path):
    out = tmp_path / "out"
    write(out, a="old")
    with subprocess.Popen([sys.executable, "-c", HOLD, out], stdout=subprocess.PIPE) as rival:
        rival.stdout.readline()
        with pytest.raises(ValueError, match=rf"out: process {rival.pid} \(.*\) writes there; wait for its end"):
            write(out, a="new")
        rival.kill()
    write(out, a="new")
    assert (listed(tmp_path), (out / "a").read_text()) == (["out/a"], "new")


def test_a_lock_that_was_removed_while_it_was_taken_is_no_lock(tmp_path, monkeypatch):
    """Who opens the file before its holder removes it, and locks it after, asks again."""
    real, once = os.path.samestat, []
    monkeypatch.setattr(os.path, "samestat", lambda *both: bool(once or once.append(1)) and real(*both))
    write(tmp_path / "out", a="new")
    assert (listed(tmp_path), once) == (["out/a"], [1])


FILL = """
import sys
from pathlib import Path
from govtables.dataset import replace_folder
out = Path(sys.argv[1]) / "out"
for size in (1, 10_000_000):
    try:
        with replace_folder(out) as room:
            (room / "new").mkdir()
            (room / "new" / "a").write_bytes(b"x" * size)
    except ValueError as problem:
        print(problem)
print(*(path.relative_to(out.parent) for path in sorted(out.parent.rglob("*"))), (out / "a").stat().st_size)
"""


def test_a_full_disk_is_one_sentence_and_no_space_is_held(tmp_path):
    mount = f"mount -t tmpfs -o size=100k tmpfs {tmp_path} && exec {sys.executable} -c '{FILL}' {tmp_path}"
    apart = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*apart, f"mount -t tmpfs tmpfs {tmp_path}"], capture_output=True).returncode:
        pytest.skip("no small disk can be made here")
    done = subprocess.run([*apart, mount], capture_output=True, text=True)
    said = "its disk is full; make room there or choose another one; what was there is as it was"
    assert (done.stdout.splitlines(), done.stderr) == ([f"{tmp_path / 'out'}: {said}", "out out/a 1"], "")


def test_other_errors_of_the_disk_are_told_as_they_are(tmp_path):
    with pytest.raises(OSError, match="no such thing"), replace_folder(tmp_path / "out"):
        raise OSError("no such thing")
