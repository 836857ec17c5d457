"""Workers in order, and what kills, hangs or outlasts one of them: an error row, and all else is read."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import govtables as gt
from govtables.language import tell
from govtables.pipeline import folder, steps, workers
from govtables.pipeline.listing import Listed
from govtables.readers import limits

RAW = Path(__file__).parents[2] / "data" / "raw"
HUAJIE = (RAW / "huajie-2023.txt").read_bytes()
SHORT = limits.Limits(seconds=0.5, wall_seconds=60)
WAITING = limits.Limits(seconds=0.5, wall_seconds=2)


def compute_for_ever() -> None:
    """Hold Python's lock in a loop of C, as a library does; no signal is looked at."""
    sum(range(10**15))


def wait_for_ever() -> None:
    """Wait, which is no work."""
    time.sleep(600)


def work_for_ever() -> None:
    while True:
        pass


ENDS = {
    "killed": (lambda: os.kill(os.getpid(), signal.SIGKILL), tell("pipeline.deadly")),
    "left": (lambda: os._exit(3), tell("pipeline.deadly")),
    "in Python": (work_for_ever, limits.too_long(SHORT)),
    "in a library": (compute_for_ever, limits.too_long(SHORT)),
    "waiting": (wait_for_ever, limits.too_long(SHORT)),
}


@pytest.fixture
def raw(tmp_path) -> Path:
    """Seven reports."""
    (tmp_path / "raw").mkdir()
    for n in range(7):
        (tmp_path / "raw" / f"{n}.txt").write_bytes(HUAJIE)
    return tmp_path / "raw"


def shorten(monkeypatch, bounds: limits.Limits = SHORT) -> None:
    for module in (limits, steps, workers):
        monkeypatch.setattr(module, "LIMITS", bounds)
    monkeypatch.setattr(limits, "GRACE", 0)


def errors(raw: Path, processes: int) -> dict[str, str]:
    out = gt.build(raw, raw.parent / "out", processes=processes, progress=False)
    reports = gt.load(out).reports
    assert reports["report_id"].tolist() == [f"{n}.txt" for n in range(7)]
    return reports.dropna(subset="error").set_index("report_id")["error"].to_dict()


def let_read(monkeypatch, harm, *names: str) -> None:
    """Let reading these documents do harm: once they are opened, as their readers would."""
    whole = steps.open_document

    def read_or_harm(data: bytes, name: str):
        return harm() if name in names else whole(data, name)

    monkeypatch.setattr(steps, "open_document", read_or_harm)


@pytest.mark.parametrize(
    "harm, processes, batch",
    [*((harm, 1, 200) for harm in ENDS), ("killed", 2, 2), ("left", 2, 2), ("in a library", 2, 2)],
)
def test_a_document_that_does_harm_is_an_error_and_the_others_are_read(monkeypatch, raw, harm, processes, batch):
    do, said = ENDS[harm]
    shorten(monkeypatch, WAITING if harm == "waiting" else SHORT)
    let_read(monkeypatch, do, "2.txt", "5.txt")
    monkeypatch.setattr(folder, "BATCH", batch)
    assert errors(raw, processes) == {"2.txt": said, "5.txt": said}


@pytest.mark.parametrize("harm", ["killed", "in a library"])
def test_the_audit_is_bounded_too(monkeypatch, raw, harm):
    shorten(monkeypatch)
    whole, (do, said) = steps.audit_report, ENDS[harm]
    monkeypatch.setattr(steps, "audit_report", lambda one, *rest: do() if one.name == "3.txt" else whole(one, *rest))
    assert errors(raw, 1) == {"3.txt": said}


def test_an_audit_in_python_is_given_up_and_what_was_read_stands(monkeypatch, raw):
    shorten(monkeypatch)
    whole = steps.audit_report
    monkeypatch.setattr(steps, "audit_report", lambda one, *rest: work_for_ever() if one.name == "3.txt" else whole(one, *rest))
    assert errors(raw, 1) == {}
    data = gt.load(raw.parent / "out")
    assert data.findings.query("report_id == '3.txt'")["kind"].tolist()[0] == "audit_stopped"
    assert (data.cells["report_id"] == "3.txt").any()


def test_limits_hold_where_a_build_runs_in_a_thread(monkeypatch, raw):
    shorten(monkeypatch)
    let_read(monkeypatch, compute_for_ever, "4.txt")
    found = []
    thread = threading.Thread(target=lambda: found.append(errors(raw, 1)))
    thread.start()
    thread.join(60)
    assert found == [{"4.txt": limits.too_long(SHORT)}]


def test_a_process_that_somebody_else_ends_costs_no_document(monkeypatch, raw, tmp_path):
    mark = tmp_path / "ended once"

    def end_once() -> bytes:
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    whole = folder.read_file
    monkeypatch.setattr(folder, "read_file", lambda *rest: (end_once(), whole(*rest))[1])
    assert errors(raw, 1) == {}
    assert mark.exists()


def test_no_document_is_read_again_for_each_that_does_harm(monkeypatch, raw, tmp_path):
    log, whole = tmp_path / "log", folder.read_file

    def read_or_die(raw: Path, one: Listed, *rest):
        with log.open("a") as file:
            file.write(one.name[0])
        if one.name in ("1.txt", "3.txt", "5.txt"):
            os._exit(3)
        return whole(raw, one, *rest)

    monkeypatch.setattr(folder, "read_file", read_or_die)
    assert [*errors(raw, 1)] == ["1.txt", "3.txt", "5.txt"]
    assert max(map(log.read_text().count, "0246")) == 2


def test_an_error_of_the_package_is_raised_and_no_process_stays(monkeypatch, raw):
    monkeypatch.setattr(folder, "to_tables", lambda results: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        errors(raw, 2)
    assert workers.multiprocessing.active_children() == []


ORPHANS = """
import os, sys
from govtables.pipeline import workers
def work(batch, deadly, first, begin):
    for item in range(len(batch)):
        begin(item)
        print(os.getpid(), flush=True)
        time.sleep(0.05)
import time
for _ in workers.do_all(work, [[0] * int(sys.argv[1])] * 4, 2):
    time.sleep(60)
"""


@pytest.mark.parametrize("items", ["1", "1000"], ids=["idle", "at work"])
def test_no_process_outlives_the_one_that_it_works_for(items):
    with subprocess.Popen([sys.executable, "-c", ORPHANS, items], stdout=subprocess.PIPE, text=True) as run:
        children = set()
        while len(children) < 2:
            children.add(int(run.stdout.readline()))
        time.sleep(0.5)
        run.kill()
    until = time.monotonic() + 20
    while (left := [child for child in children if is_there(child)]) and time.monotonic() < until:
        time.sleep(0.05)
    assert left == []


def is_there(process: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def test_processes_that_end_before_they_open_anything_stop_the_run(monkeypatch, raw):
    monkeypatch.setattr(folder, "_read_batch", lambda *_: os._exit(3))
    with pytest.raises(OSError, match="end at once"):
        errors(raw, 1)


def test_batches_come_in_order_and_few_wait():
    given = []

    class Batches(list):
        def __getitem__(self, at):
            given.append(at)
            return super().__getitem__(at)

    done = workers.do_all(_double, Batches([["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]), 2)
    assert next(done) == "aa"
    assert max(given) <= 2
    assert list(done) == ["bb", "cc", "dd", "ee", "ff"]
    assert given == list(range(6))


def test_where_a_process_may_have_no_children_it_reads_by_itself(monkeypatch):
    monkeypatch.setitem(workers.multiprocessing.current_process()._config, "daemon", True)
    assert list(workers.do_all(_double, [["a"], ["b"]], 2)) == ["aa", "bb"]


def _double(batch, *_):
    return batch[0] * 2
