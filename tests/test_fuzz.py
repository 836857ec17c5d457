"""A small share of the fuzz inputs, and what fuzzing found."""

import random
import sys
import time
from pathlib import Path

import pytest

from govtables.pipeline.report import read_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

import harness  # noqa: E402
import office  # noqa: E402
import pdf  # noqa: E402
import texts  # noqa: E402

TARGETS = {**texts.TARGETS, **office.TARGETS, **pdf.TARGETS}
INPUTS = {"txt": 80, "html": 80, "docx": 25, "xlsx": 25, "pdf": 4, "pdf_attack": 3}


@pytest.mark.parametrize("kind", TARGETS)
def test_harmful_inputs_are_read_or_refused(kind):
    endings = [harness.try_input(TARGETS, (kind, 0, number)) for number in range(INPUTS[kind])]
    assert [ending for ending in endings if ending.failed()] == []
    assert {ending.words for ending in endings} == ({"unreadable"} if kind == "pdf_attack" else {"read", "unreadable"})


@pytest.mark.parametrize("kind", TARGETS)
def test_the_same_seed_makes_the_same_input(kind):
    first, again, other = (TARGETS[kind].make(random.Random(f"{kind} {seed}"), seed) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("harm, words", [("os._exit(3)", "status 3"), ("os.kill(os.getpid(), 9)", "SIGKILL"), ("len(b'x' * (1100 << 20))", "")])
def test_what_ends_a_process_or_fills_memory_is_harm(monkeypatch, harm, words):
    monkeypatch.setattr(harness, "read", lambda *_: str(eval(harm))[:9])
    target = harness.Target(lambda rng, number: b"", apart=True)
    ending = harness.try_input({"any": target}, ("any", 1, 1))
    assert ending.failed() and words in ending.words


@pytest.mark.parametrize("piece", ["<b><i>", "<ul><li>", "<section>", "<div>"])
def test_deep_nesting_is_refused_at_once(piece):
    started = time.process_time()
    error = read_bytes(f"<html><body>{piece * 30_000}<table><tr><td>1</table>".encode(), "deep.html").error
    assert "nested more than" in error
    assert time.process_time() - started < 5


def test_a_page_of_a_million_cells_is_refused_at_once():
    page = "<table><tr>" + "<td>1" * 1_000_000 + "</table>"
    assert "300,000 tags" in read_bytes(page.encode(), "wide.html").error
    assert len(read_bytes(page[:10_000].encode(), "narrow.html").document.blocks[0].rows[0]) > 1_000


def test_tags_that_nobody_closes_are_no_nesting():
    report = (Path(__file__).parents[1] / "tests/documents/value-merged-over-rows.html").read_text(encoding="utf-8")
    harmless = report.replace("<body>", "<body>" + "<p><br><img><li>" * 3_000)
    assert harmless != report
    assert len(read_bytes(harmless.encode(), "a.html").cells) == len(read_bytes(report.encode(), "a.html").cells) > 0
