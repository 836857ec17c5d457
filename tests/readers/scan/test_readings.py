"""Readings of lines, and what two of them amount to."""

import os
import socket
import subprocess
import sys

import pytest

from tests.readers.scan.extra import skip_without_extra

skip_without_extra()

from govtables.language import DOUBT, list_readings
from govtables.readers.document import Unreadable
from govtables.readers.scan import read_scan
from govtables.readers.scan.readings import LOST, NEEDED, Reading, Strokes, settle
from govtables.records import Status
from tests.readers.scan.drawing import ROWS, draw_table, grid_of, save, status_of

PLAIN = Strokes(digits=2, dashes=0, tails=0, gaps=0, slant=0.0, covered=False, cut=False, bar=False)


def test_a_missing_library_is_named_with_the_extra(monkeypatch):
    monkeypatch.setitem(NEEDED, "no_such_library", "a library")
    with pytest.raises(Unreadable, match=r"needs a library; install it with: pip install 'govtables\[ocr\]'"):
        read_scan(save(draw_table(ROWS)))


def test_nothing_is_fetched(monkeypatch):
    def refuse(*arguments, **named):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert grid_of(save(draw_table(ROWS))) == ROWS


def test_nothing_is_told_to_the_maker_of_onnxruntime(tmp_path):
    """It opens no socket of Python's; what it would send it keeps in the user's cache first."""
    home, picture = tmp_path / "home", tmp_path / "scan.png"
    home.mkdir()
    picture.write_bytes(save(draw_table(ROWS)))
    told = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    program = "import pathlib, sys, govtables.readers.scan as scan; print(len(scan.read_scan(pathlib.Path(sys.argv[1]).read_bytes())[0]))"
    command = [sys.executable, "-c", program, str(picture)]
    done = subprocess.run(command, env=told | {"HOME": str(home), "XDG_CACHE_HOME": str(home)}, capture_output=True, text=True, check=True)
    assert (done.stdout, list(home.rglob("*"))) == ("3\n", [])


@pytest.mark.parametrize(
    ("first", "second", "strokes", "status"),
    [
        (("12", 0.99), ("12", 0.99), {}, Status.REPORTED),
        (("12", 0.99), ("17", 0.99), {}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.40), {}, Status.UNREADABLE),
        (("1", 0.99), ("1", 0.99), {}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"digits": 3}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"gaps": 1}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"dashes": 1}, Status.UNREADABLE),
        (("-12", 0.99), ("-12", 0.99), {"dashes": 1}, Status.REPORTED),
        (("12", 0.99), ("12", 0.99), {"covered": True}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"cut": True}, Status.UNREADABLE),
        (("12.", 0.99), ("12", 0.99), {}, Status.REPORTED),
        (("1,200", 0.99), ("1,200", 0.99), {"digits": 4, "tails": 1, "gaps": 1}, Status.REPORTED),
        (("1,200", 0.99), ("1,200", 0.99), {"digits": 4}, Status.UNREADABLE),
        (("1.200", 0.99), ("1.200", 0.99), {"digits": 4}, Status.REPORTED),
        (("1.200", 0.99), ("1.200", 0.99), {"digits": 4, "tails": 1}, Status.UNREADABLE),
        (("减12", 0.99), ("减12", 0.99), {"digits": 4, "dashes": 1}, Status.REPORTED),
        (("1", 0.99), ("1", 0.99), {"digits": 1, "slant": 0.4}, Status.UNREADABLE),
        (("/", 0.99), ("/", 0.99), {"digits": 1, "slant": 0.4}, Status.NOT_APPLICABLE),
        (("/", 0.99), ("/", 0.99), {"digits": 1, "slant": 0.0}, Status.UNREADABLE),
        (("-", 0.60), ("-", 0.99), {"digits": 0}, Status.NOT_APPLICABLE),
        (("-", 0.40), ("--", 0.60), {"digits": 9, "bar": True}, Status.NOT_APPLICABLE),
        (("-", 0.40), ("1", 0.60), {"digits": 9, "bar": True}, Status.UNREADABLE),
        (("?", 0.99), ("?", 0.99), {"digits": 9, "bar": True}, Status.UNREADABLE),
        (("?", 0.99), ("?", 0.99), {"digits": 1}, Status.UNREADABLE),
        (("", 0.0), ("", 0.0), {}, Status.UNREADABLE),
    ],
)
def test_a_number_stands_only_if_readings_and_strokes_agree(first, second, strokes, status):
    text = settle(Reading(*first[:1], *first, 1.0), Reading(*second[:1], *second, 1.0), PLAIN._replace(**strokes))
    assert status_of(text) == status
    assert (DOUBT in text or LOST in text) == (status == Status.UNREADABLE)


@pytest.mark.parametrize(
    ("first", "second", "strokes", "readings"),
    [
        (("13", 0.99), ("18", 0.99), {}, (13, 18)),
        (("13", 0.99), ("13", 0.40), {}, (13,)),
        (("13", 0.99), ("?", 0.99), {}, (13,)),
        (("13", 0.99), ("1", 0.99), {}, (13, 1)),
        (("13", 0.99), ("13", 0.99), {"digits": 3}, ()),
        (("13", 0.99), ("18", 0.99), {"covered": True}, ()),
        (("13", 0.99), ("18", 0.99), {"cut": True}, ()),
    ],
)
def test_readings_are_of_all_the_ink_or_none(first, second, strokes, readings):
    """What is read of a number under a stamp or over a rule may be a part of it, which says nothing about the whole."""
    text = settle(Reading(*first[:1], *first, 1.0), Reading(*second[:1], *second, 1.0), PLAIN._replace(**strokes))
    assert list_readings(text) == readings
