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
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0


def test_waiting_is_no_work():
    with limits.time_limit(0.2):
        time.sleep(0.5)


def test_no_library_can_hold_the_alarm_back():
    with pytest.raises(limits.TooLong), limits.time_limit(0.05):
        try:
            work(60)
        except Exception:
            pass


HARD = """
import sys, time, threading
from govtables.readers import limits
limits.GRACE = 0
limits.end_late(limits.Limits(seconds=1, wall_seconds=float(sys.argv[1])), open("/dev/null", "w"))
thread = threading.Thread(target=lambda: {})
thread.start()
thread.join()
"""


@pytest.mark.parametrize("wall, harm", [("60", "sum(range(10**15))"), ("1", "time.sleep(60)")], ids=["work", "waiting"])
def test_a_process_ends_at_its_limit_on_any_thread_and_says_nothing(wall, harm):
    done = subprocess.run([sys.executable, "-c", HARD.format(harm), wall], capture_output=True, text=True, timeout=60)
    assert done.returncode in limits.LATE
    assert (done.stdout, done.stderr) == ("", "")


def test_a_process_that_works_for_many_documents_is_not_ended(monkeypatch):
    code = "from govtables.readers import limits; limits.GRACE = 0; import time\n" + (
        "for _ in range(4):\n    limits.end_late(limits.Limits(seconds=1), open(\"/dev/null\", \"w\"))\n    end = time.process_time() + 0.6\n"
        "    while time.process_time() < end: pass"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
