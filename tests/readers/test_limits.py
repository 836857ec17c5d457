"""Documents that take too long are given up."""

import signal
import time
from pathlib import Path

import pytest

from govtables.pipeline import steps as run
from govtables.readers import limits

RAW = Path(__file__).parents[2] / "data" / "raw"
HUAJIE = (RAW / "huajie-2023.txt").read_bytes()


def test_a_document_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(run, "LIMITS", limits.Limits(seconds=0.2))
    monkeypatch.setattr(run, "open_document", lambda *_: time.sleep(60))
    started = time.monotonic()
    assert (
        run.read_bytes(HUAJIE, "huajie.txt").error
        == "takes over 0.2 seconds to read; split it, or save it as text"
    )
    assert time.monotonic() - started < 10
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_no_library_can_hold_the_alarm_back():
    with pytest.raises(limits.TooLong), limits.time_limit(0.05):
        try:
            time.sleep(60)
        except Exception:
            pass
