"""The extra that reads letters: named where it is missing, and silent."""

import os
import socket
import subprocess
import sys

import pytest

from tests.readers.scan.extra import skip_without_extra

skip_without_extra()

from govtables.readers.document import Unreadable
from govtables.readers.scan import read_scan
from govtables.readers.scan.ocr import NEEDED
from tests.readers.scan.drawing import ROWS, draw_table, grid_of, save


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
