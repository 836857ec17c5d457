"""Documents that take too long are given up: work is counted, whatever the machine does beside."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govtables.pipeline import steps
from govtables.readers import limits

RAW = Path(__file__).parents[2] / "data" / "raw"
HUAJIE = (RAW / "huajie-2023.txt").read_bytes()
TIMERS = (signal.ITIMER_PROF, signal.ITIMER_REAL)


def work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_document_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(steps, "LIMITS", limits.Limits(seconds=0.2))
    monkeypatch.setattr(steps, "open_document", lambda *_: work(60))
    assert (
        steps.read_bytes(HUAJIE, "huajie.txt").error
        == "takes over 0.2 seconds to read; split it, or save it as text"
    )
    assert [signal.getitimer(timer)[0] for timer in TIMERS] == [0, 0]


def test_waiting_is_no_work(monkeypatch):
    with limits.time_limit(limits.Limits(seconds=0.2)):
        time.sleep(0.5)


@pytest.mark.parametrize(
    "bound, do",
    [
        pytest.param(limits.Limits(seconds=0.05), work, id="work"),
        pytest.param(limits.Limits(wall_seconds=0.05), time.sleep, id="waiting"),
    ],
)
def test_no_library_can_hold_the_alarm_back(bound, do):
    with pytest.raises(limits.TooLong), limits.time_limit(bound):
        try:
            do(60)
        except Exception:
            pass


HARD = """
import sys, time, threading
from govtables.readers import limits
limits.GRACE = 0
limits.end_late(limits.Limits(seconds=1, wall_seconds=float(sys.argv[1])))
thread = threading.Thread(target=lambda: {})
thread.start()
thread.join()
"""


@pytest.mark.parametrize(
    "wall, harm, said",
    [
        pytest.param("60", "sum(range(10**15))", limits.too_long(limits.LIMITS), id="work"),
        pytest.param("1", "time.sleep(60)", "is not read within 1800 seconds; fetch it again", id="waiting"),
    ],
)
def test_a_process_ends_at_its_limit_on_any_thread_and_says_nothing(wall, harm, said):
    done = subprocess.run([sys.executable, "-c", HARD.format(harm), wall], capture_output=True, text=True, timeout=60)
    assert (limits.name_limit(done.returncode), done.stdout, done.stderr) == (said, "", "")


def test_a_process_that_works_for_many_documents_is_not_ended(monkeypatch):
    code = "from govtables.readers import limits; limits.GRACE = 0; import time\n" + (
        "for _ in range(4):\n    limits.end_late(limits.Limits(seconds=1))\n    end = time.process_time() + 0.6\n"
        "    while time.process_time() < end: pass"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


@pytest.mark.parametrize("status", [0, 3, -signal.SIGKILL, None])
def test_other_ends_are_no_limit(status):
    assert limits.name_limit(status) is None
