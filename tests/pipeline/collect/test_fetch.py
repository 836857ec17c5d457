"""A list of addresses becomes files: nothing lost, nothing fetched that must not be, and the same each time."""

import hashlib
import os
import resource
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

import govtables as gt
from govtables import cli
from govtables.pipeline.collect import Fetched, read_registry
from govtables.dataset import hold
from govtables.declared import options
from govtables.readers.limits import Limits
from tests.pipeline.collect.serving import Server, serve


@pytest.fixture
def server():
    with serve() as one:
        yield one


def write(folder: Path, server: Server, *paths: str) -> Path:
    path = folder / "sources.csv"
    path.write_text("\n".join(("url", *(f"{server.url}/{one}" for one in paths))) + "\n", encoding="utf-8")
    return path


def fetch(folder: Path, server: Server, *paths: str, **options: object) -> Fetched:
    return gt.fetch(write(folder, server, *paths), folder / "raw", allow_local=True, pause=0.0, **options)


def files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if name != "registry.csv"}


MIXED = ["page/1", "page/2", "secret/1", "none", "shaky/1", "to/page/3", "round/1", "broken/1", "drawn/1", "attached/1"]


def test_every_address_has_a_line_with_what_came_of_it(tmp_path, server):
    found = fetch(tmp_path, server, *MIXED)
    assert [entry.url.removeprefix(f"{server.url}/") for entry in found.entries if not entry.page] == MIXED
    states = {entry.url.removeprefix(f"{server.url}/"): entry.status for entry in found.entries}
    assert {path for path, status in states.items() if status == "fetched"} == {
        "page/1", "page/2", "shaky/1", "to/page/3", "drawn/1", "attached/1"
    }
    assert (states["secret/1"], states["none"], states["files/a.pdf"]) == ("refused", "failed", "linked")
    assert read_registry(tmp_path / "raw") == list(found.entries)
    assert {entry.name for entry in found.entries if entry.status == "fetched"} == {*files(tmp_path / "raw")}
    said = str(found)
    assert "6 files fetched, 0 kept, 3 failed, 1 refused" in said and "2 attachments are linked" in said
    assert "the server answers 404" in said and "save the page as a browser shows it" in said


def test_what_is_there_is_not_asked_for_again(tmp_path, server):
    first = fetch(tmp_path, server, *MIXED)
    server.asked.clear()
    again = fetch(tmp_path, server, *MIXED)
    assert not {"/page/1", "/shaky/1", "/drawn/1"} & server.asked.keys()
    assert (again.entries, again.new) == (first.entries, 0)
    (tmp_path / "raw" / first.entries[0].name).unlink()
    assert fetch(tmp_path, server, *MIXED).new == 1


def test_other_bytes_become_a_version_beside_the_old_one(tmp_path, server):
    paths = ["tagged/a", "page/b"]
    [old, same] = fetch(tmp_path, server, *paths).entries
    before = files(tmp_path / "raw")
    assert fetch(tmp_path, server, *paths, again=True).new == 0
    server.edition = 2
    assert fetch(tmp_path, server, *paths).new == 0
    found = fetch(tmp_path, server, *paths, again=True)
    assert [entry.name for entry in found.entries] == [old.name, old.name.replace(".html", "~2.html"), same.name]
    after = files(tmp_path / "raw")
    assert {name: after[name] for name in before} == before and len(after) == 3
    assert fetch(tmp_path, server, *paths, again=True).entries == found.entries


def test_a_file_of_ones_own_is_not_written_over(tmp_path, server):
    mine = tmp_path / "raw" / "127.0.0.1-{}".format(server.server_port) / "page-1.html"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    [entry] = fetch(tmp_path, server, "page/1").entries
    assert mine.read_bytes() == b"mine" and entry.name.endswith("page-1~2.html")


def test_attachments_are_fetched_on_demand(tmp_path, server):
    assert [entry.status for entry in fetch(tmp_path, server, "attached/1").entries] == ["fetched", "linked", "linked"]
    found = fetch(tmp_path, server, "attached/1", attachments=True)
    names = [entry.name.partition("/")[2] for entry in found.entries]
    assert names == ["attached-1.html", "attached-1-attachment-1.pdf", "attached-1-attachment-2.docx"]
    assert {entry.page for entry in found.entries[1:]} == {found.entries[0].name}
    assert [entry.status for entry in fetch(tmp_path, server, "attached/1").entries] == ["fetched"] * 3


def test_a_hash_that_differs_is_told_and_nothing_kept(tmp_path, server):
    path = tmp_path / "sources.csv"
    path.write_text(f"url,sha256\n{server.url}/page/1,{'0' * 64}\n", encoding="utf-8")
    found = gt.fetch(path, tmp_path / "raw", allow_local=True, pause=0.0)
    assert "not as the list says" in found.entries[0].note
    assert files(tmp_path / "raw") == {}


def test_nothing_is_fetched_that_must_not_be(tmp_path, server, monkeypatch):
    monkeypatch.setattr("govtables.pipeline.collect.ask.LIMITS", Limits(megabytes=1))
    path = write(tmp_path, server, "huge/3", "bomb/3", "secret/1", "to/file:///etc/passwd")
    found = gt.fetch(path, tmp_path / "raw", allow_local=True, pause=0.0)
    assert files(tmp_path / "raw") == {} and len(found.entries) == 4
    refused = gt.fetch(path, tmp_path / "other", pause=0.0)
    assert {entry.status for entry in refused.entries} <= {"refused", "failed"}
    assert all("--allow-local" in entry.note for entry in refused.entries)


def without_times(folder: Path) -> list:
    return [entry._replace(fetched_at="") for entry in read_registry(folder)]


def test_two_runs_give_the_same_and_a_killed_one_goes_on(tmp_path, server):
    paths = [f"page/{number}" for number in range(120)] + MIXED[2:]
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    for folder in (whole, cut):
        folder.mkdir()
    fetch(whole, server, *paths, attachments=True)
    command = [sys.executable, "-m", "govtables.cli", "fetch", write(cut, server, *paths), cut / "raw"]
    command += ["--allow-local", "--attachments", "--pause", "0"]
    for number in range(4):
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        limit, known = time.monotonic() + 30, len([*cut.rglob("*.html")])
        while len([*cut.rglob("*.html")]) < known + 15 and run.poll() is None and time.monotonic() < limit:
            time.sleep(0.005)
        run.send_signal(signal.SIGKILL if number % 2 else signal.SIGINT)
        run.wait(30)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    assert files(cut / "raw") == files(whole / "raw")
    assert without_times(cut / "raw") == without_times(whole / "raw")
    assert not [path for path in (cut / "raw").rglob(".*")]


def test_a_file_that_nobody_wrote_down_is_never_left(tmp_path, server):
    """Pages that differ each time: a file without its line would stay, and be built, beside its own next version."""
    paths = [f"changing/{number}" for number in range(60)]
    command = [sys.executable, "-m", "govtables.cli", "fetch", write(tmp_path, server, *paths), tmp_path / "raw"]
    for number in range(1, 5):
        run = subprocess.Popen([*command, "--allow-local", "--pause", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        limit = time.monotonic() + 30
        while len(files(tmp_path / "raw")) < number * 10 and run.poll() is None and time.monotonic() < limit:
            time.sleep(0.002)
        run.kill()
        run.wait(30)
    fetch(tmp_path, server, *paths)
    entries = read_registry(tmp_path / "raw")
    assert {entry.name: entry.sha256 for entry in entries} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files(tmp_path / "raw").items()
    }
    assert [entry.url for entry in entries] == [f"{server.url}/{path}" for path in paths]


def test_a_run_ends_at_once_however_slow_a_server_is(tmp_path, server):
    command = [sys.executable, "-m", "govtables.cli", "fetch", write(tmp_path, server, "slow/4000", "page/1"), tmp_path / "raw"]
    with subprocess.Popen([*command, "--allow-local", "--pause", "0"], stderr=subprocess.PIPE, preexec_fn=interruptible) as run:
        limit = time.monotonic() + 30
        while not server.asked["/slow/4000"] and time.monotonic() < limit:
            time.sleep(0.01)
        before = time.monotonic()
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 130 and time.monotonic() - before < 10
    assert files(tmp_path / "raw") == {} and server.asked["/slow/4000"] == 1
    assert fetch(tmp_path, server, "page/1").new == 1


def interruptible() -> None:
    """Whatever shell started the tests in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_two_runs_at_once_do_not_meet(tmp_path, server):
    (tmp_path / "raw").mkdir()
    with hold(tmp_path / "raw", tmp_path / "raw" / ".fetching-lock"), pytest.raises(ValueError, match=f"process {os.getpid()} .* writes there"):
        fetch(tmp_path, server, "page/1")
    assert fetch(tmp_path, server, "page/1").new == 1
    assert not server.asked["/page/1"] > 1


def test_what_a_user_deleted_comes_again_or_is_gone_from_the_registry(tmp_path, server):
    first = fetch(tmp_path, server, "attached/1", "page/1", attachments=True)
    for entry in first.entries:
        (tmp_path / "raw" / entry.name).unlink()
    found = fetch(tmp_path, server, "attached/1")
    assert [entry.status for entry in found.entries] == ["fetched", "linked", "linked"]
    assert fetch(tmp_path, server, "attached/1", attachments=True).entries[1].status == "fetched"
    (tmp_path / "raw" / first.entries[1].name).unlink()
    server.robots_status = 500  # now nothing comes
    states = [entry.status for entry in fetch(tmp_path, server, "attached/1", attachments=True).entries]
    assert states == ["fetched", "failed", "fetched"]


def test_a_page_that_is_gone_is_told_and_its_file_kept(tmp_path, server):
    fetch(tmp_path, server, "page/1")
    server.robots = "User-agent: *\nDisallow: /page\n"
    found = fetch(tmp_path, server, "page/1", again=True)
    assert [entry.status for entry in found.entries] == ["fetched", "refused"]
    assert "0 files fetched, 1 kept, 0 failed, 1 refused" in str(found)
    assert [entry.status for entry in fetch(tmp_path, server, "page/1").entries] == ["fetched"]


def test_failures_of_addresses_that_left_the_list_leave_the_registry(tmp_path, server):
    fetch(tmp_path, server, "page/1", "none")
    assert [entry.status for entry in fetch(tmp_path, server, "page/2").entries] == ["fetched", "fetched"]


def test_a_hash_that_the_list_gives_later_is_looked_at(tmp_path, server):
    [entry] = fetch(tmp_path, server, "page/1").entries
    path = tmp_path / "sources.csv"
    path.write_text(f"url,sha256\n{server.url}/page/1,{entry.sha256.upper()}\n", encoding="utf-8")
    assert len(gt.fetch(path, tmp_path / "raw", allow_local=True, pause=0.0).entries) == 1
    path.write_text(f"url,sha256\n{server.url}/page/1,{'0' * 64}\n", encoding="utf-8")
    found = gt.fetch(path, tmp_path / "raw", allow_local=True, pause=0.0)
    assert [one.status for one in found.entries] == ["fetched", "failed"] and "not as the list says" in str(found)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_registry_that_a_person_edited_is_gone_on_with(tmp_path, server, encoding):
    before = fetch(tmp_path, server, "attached/1", "page/1").entries
    path = tmp_path / "raw" / "registry.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes("\r\n".join([*lines[:1], *lines[2:]]).replace("no table", "无表").encode(encoding))  # without the page, nor an end
    found = fetch(tmp_path, server, "page/1")
    assert [*found.entries] == [before[3], *before[1:3]]
    assert fetch(tmp_path, server, "attached/1", "page/1", "page/2").new == 2
    path.write_text(path.read_text(encoding="utf-8").replace("fetched,", "had,"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"registry.csv, line 2: .* mend the line"):
        fetch(tmp_path, server, "page/1")


def test_hostile_answers_become_lines_and_stop_nothing(tmp_path, server):
    server.place = b"http://["
    paths = ["moved/1", "empty/1", "status/204", "status/206", "status/403", "status/418", "early/1", "packed/cut",
             "packed/br", "chunks/junk", "named/a.docx", "gbk/1", "many/60", "old/1"]
    found = fetch(tmp_path, server, *paths)
    notes = {entry.url.removeprefix(f"{server.url}/"): entry.note for entry in found.entries if not entry.page}
    assert [*notes] == paths and all(notes[path] for path in paths[:10])
    assert notes["empty/1"] == "the server answers with nothing"
    names = {entry.name.partition("/")[2] for entry in found.entries if entry.status == "fetched"}
    assert names == {"named-a.docx", "gbk-1.html", "many-60.html", "old-1.html"}
    assert notes["gbk/1"] == "" and "files/a.pdf" in "".join(entry.url for entry in found.entries)
    assert sum(entry.page.endswith("many-60.html") for entry in found.entries) == 50
    assert notes["many/60"] == "links 60 attachments; the first 50 are listed"


def test_attachments_of_attachments_are_left_alone(tmp_path, server):
    """What is linked as a file and turns out a page may link a file that turns out a page, and so on."""
    paths = write(tmp_path, server, "chain/1")
    for _ in range(3):
        found = gt.fetch(paths, tmp_path / "raw", allow_local=True, pause=0.0, attachments=True)
        assert [entry.note for entry in found.entries] == ["", "a page came in place of an attachment"]


def test_a_contact_that_no_header_takes_is_a_mistake(tmp_path, server):
    for contact in ("某人", "me\r\nCookie: 1"):
        with pytest.raises(ValueError, match="address of mail"):
            fetch(tmp_path, server, "page/1", contact=contact)


def test_a_folder_that_takes_nothing_is_told_and_gone_on_with(tmp_path, server):
    host = tmp_path / "raw" / f"127.0.0.1-{server.server_port}"
    host.parent.mkdir()
    host.write_text("a file where a folder must be", encoding="utf-8")
    with pytest.raises(ValueError, match=f"{host.name}: .* what was fetched is kept"):
        fetch(tmp_path, server, "page/1")
    host.unlink()
    assert fetch(tmp_path, server, "page/1").new == 1


def test_a_disk_that_is_full_spoils_nothing(tmp_path, server):
    """As a limit on the length of files does; the registry has to be as long as one, too."""
    paths = [f"page/{number}" for number in range(30)]
    command = [sys.executable, "-m", "govtables.cli", "fetch", write(tmp_path, server, *paths), tmp_path / "raw"]
    command += ["--allow-local", "--pause", "0"]
    full = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (3000, 3000))
    run = subprocess.run(command, preexec_fn=full, capture_output=True, text=True, check=False)
    assert run.returncode == 2 and "what was fetched is kept" in run.stderr, run.stderr
    known = read_registry(tmp_path / "raw")
    assert 5 < len(known) < 30
    assert fetch(tmp_path, server, *paths).new >= 30 - len(known)
    assert {entry.name for entry in read_registry(tmp_path / "raw")} == {*files(tmp_path / "raw")}


def test_the_command_tells_what_failed(tmp_path, server, capsys):
    path = write(tmp_path, server, "page/1", "none")
    assert cli.main(["fetch", str(path), str(tmp_path / "raw"), "--allow-local", "--pause", "0"]) == 1
    assert "1 file fetched, 0 kept, 1 failed" in capsys.readouterr().out
    assert cli.main(["fetch", str(tmp_path / "none.csv"), str(tmp_path / "raw")]) == 2


def test_a_build_takes_the_registry_for_no_report(tmp_path, server):
    fetch(tmp_path, server, "page/1")
    reports = gt.load(gt.build(tmp_path / "raw", tmp_path / "out", 1)).reports
    assert [name.endswith("page-1.html") for name in reports["report_id"]] == [True]


def test_what_came_of_a_list_is_told_and_written_down_in_both_languages(tmp_path, server, monkeypatch):
    found = fetch(tmp_path, server, "page/1", "none", "empty/1")
    noted = {entry.url.removeprefix(f"{server.url}/"): entry for entry in read_registry(tmp_path / "raw")}
    assert (noted["empty/1"].note, noted["empty/1"].note_zh) == ("the server answers with nothing", "服务器返回的内容为空")
    assert "the server answers with nothing" in str(found) and "failed" in str(found)
    monkeypatch.setattr(options, "chosen", "zh")
    assert "服务器返回的内容为空" in str(found) and "失败" in str(found) and "failed" not in str(found)
