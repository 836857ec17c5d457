"""Workers in order, and what kills, hangs or outlasts one of them: an error row, and all else is read."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

import govtables as gt
from govtables.language import tell
from govtables.pipeline import making, reading, steps, workers
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
    monkeypatch.setattr(making, "BATCH", batch)
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

    whole = reading.read_file
    monkeypatch.setattr(reading, "read_file", lambda *rest: (end_once(), whole(*rest))[1])
    assert errors(raw, 1) == {}
    assert mark.exists()


def test_no_document_is_read_again_for_each_that_does_harm(monkeypatch, raw, tmp_path):
    log, whole = tmp_path / "log", reading.read_file

    def read_or_die(raw: Path, one: Listed, *rest):
        with log.open("a") as file:
            file.write(one.name[0])
        if one.name in ("1.txt", "3.txt", "5.txt"):
            os._exit(3)
        return whole(raw, one, *rest)

    monkeypatch.setattr(reading, "read_file", read_or_die)
    assert [*errors(raw, 1)] == ["1.txt", "3.txt", "5.txt"]
    assert max(map(log.read_text().count, "0246")) == 2


def test_an_error_of_the_package_is_raised_and_no_process_stays(monkeypatch, raw):
    monkeypatch.setattr(reading, "to_tables", lambda *results: 1 / 0)
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
with workers.hire(2) as do:
    for _ in do(work, [[0] * int(sys.argv[1])] * 4):
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
    monkeypatch.setattr(reading, "tell_code", lambda: os._exit(3))
    with pytest.raises(OSError, match="end at once"):
        errors(raw, 1)


def test_batches_come_in_order_and_few_wait():
    given = []

    def batches():
        for letter in "abcdef":
            given.append(letter)
            yield [letter]

    with workers.hire(2) as do:
        done = do(_double, batches())
        assert next(done) == "aa"
        assert len(given) <= 4
        assert list(done) == ["bb", "cc", "dd", "ee", "ff"]
        assert list(do(_double, [["g"]])) == ["gg"]


def test_where_a_process_may_have_no_children_it_reads_by_itself(monkeypatch):
    monkeypatch.setitem(workers.multiprocessing.current_process()._config, "daemon", True)
    with workers.hire(2) as do:
        assert list(do(_double, [["a"], ["b"]])) == ["aa", "bb"]


def _double(batch, *_):
    return batch[0] * 2


def _die(batch, *_):
    return os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("make", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_does_batches_in_processes_of_its_own(make):
    with make(2) as executor, workers.hire(None, executor) as do:
        assert list(do(_double, [["a"], ["b"], ["c"]])) == ["aa", "bb", "cc"]
        with pytest.raises(OSError, match="end at once"):
            list(do(_die, [["a"]]))
        assert list(do(_double, [["a"]])) == ["aa"]


class Lost(ThreadPoolExecutor):
    """An executor whose workers are lost."""

    problem = BrokenProcessPool("abruptly")

    def submit(self, *_):
        future = Future()
        future.set_exception(self.problem)
        return future


KilledWorker = type("KilledWorker", (Exception,), {})


@pytest.mark.parametrize("problem", [BrokenProcessPool("abruptly"), KilledWorker("twice")])
def test_a_worker_that_is_lost_is_told_alike(problem):
    with Lost(1) as executor, workers.hire(None, executor) as do:
        executor.problem = problem
        with pytest.raises(OSError, match=f"a worker of the executor was lost .{type(problem).__name__}"):
            list(do(_double, [["a"]]))


def test_what_a_document_does_to_a_worker_of_an_executor_is_an_error_there_too(monkeypatch, raw):
    shorten(monkeypatch)
    let_read(monkeypatch, ENDS["killed"][0], "2.txt")
    with ThreadPoolExecutor(1) as executor:
        gt.build(raw, raw.parent / "out", progress=False, executor=executor)
    reports = gt.load(raw.parent / "out").reports.dropna(subset="error").set_index("report_id")["error"]
    assert reports.to_dict() == {"2.txt": tell("pipeline.deadly")}


def test_processes_that_start_at_the_same_time_hold_no_end_of_each_other():
    for _ in range(5):
        hired = [workers.Worker() for _ in range(8)]
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(workers.Worker._start, hired))
        for one in hired:
            one.process.kill()
            assert one.connection.poll(20), "its end is not seen, as another process holds its pipe open"
            one.process.join()


def test_an_item_that_may_not_fail_ends_the_build(tmp_path):
    begun = []
    assert workers.do_each(tmp_path, str, [1, 2], {}, 0, begun.append) == ["1", "2"] and begun == [0, 1]
    with pytest.raises(OSError, match="a process that writes ended: killed"):
        workers.do_each(tmp_path, str, [1], {0: "killed"}, 0, begun.append)
