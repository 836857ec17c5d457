"""A small share of the fuzz inputs, and what fuzzing found."""

import random
import sys
import time
from pathlib import Path

import pytest

from govtables.run import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

import harness  # noqa: E402
import texts  # noqa: E402

INPUTS = 150


@pytest.mark.parametrize("kind", texts.MAKERS)
def test_harmful_inputs_are_read_or_refused(kind):
    endings = [harness.read(texts.MAKERS[kind](random.Random(f"{kind} 0 {number}"))) for number in range(INPUTS)]
    assert {words for words in endings if words.startswith("FAILED")} == set()
    assert {"read", "unreadable"} <= set(endings)


def test_the_same_seed_makes_the_same_input():
    first, second = (texts.MAKERS["html"](random.Random("html 1 1")) for _ in range(2))
    assert first == second != texts.MAKERS["html"](random.Random("html 1 2"))


@pytest.mark.parametrize("piece", ["<b><i>", "<ul><li>", "<section>", "<div>"])
def test_deep_nesting_is_refused_at_once(piece):
    started = time.process_time()
    error = read_bytes(f"<html><body>{piece * 30_000}<table><tr><td>1</table>".encode(), "deep.html").error
    assert "nested more than" in error
    assert time.process_time() - started < 5


def test_tags_that_nobody_closes_are_no_nesting():
    report = (Path(__file__).parents[1] / "tests/documents/value-merged-over-rows.html").read_text(encoding="utf-8")
    harmless = report.replace("<body>", "<body>" + "<p><br><img><li>" * 3_000)
    assert harmless != report
    assert len(read_bytes(harmless.encode(), "a.html").cells) == len(read_bytes(report.encode(), "a.html").cells) > 0
