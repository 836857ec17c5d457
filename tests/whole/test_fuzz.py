"""A small share of the fuzz inputs, and what fuzzing found."""

import io
import os
import random
import time
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

import harness
import office
import pdf
import texts
from govtables.pipeline import read_bytes
from relay.pages import make_truetype

TARGETS = {**texts.TARGETS, **office.TARGETS, **pdf.TARGETS}
INPUTS = {"txt": 80, "html": 80, "docx": 25, "xlsx": 25, "ofd": 8, "pdf": 4, "pdf_attack": 3}


@pytest.mark.parametrize("kind", TARGETS)
def test_harmful_inputs_are_read_or_refused(kind):
    endings = harness.try_inputs(TARGETS, kind, 0, INPUTS[kind])
    assert [ending for ending in endings if ending.failed()] == []
    assert {ending.words for ending in endings} == ({"unreadable"} if kind == "pdf_attack" else {"read", "unreadable"})


@pytest.mark.parametrize("kind", TARGETS)
def test_the_same_seed_makes_the_same_input(kind):
    first, again, other = (TARGETS[kind].make(random.Random(f"{kind} {seed}"), seed) for seed in (1, 1, 2))
    assert first == again != other


def test_fonts_cut_to_other_letters_have_other_names():
    """Or the one registered first would print what the other should, and inputs depend on what ran before."""
    faces = [TTFont(letters, io.BytesIO(make_truetype(letters))).face.name for letters in ("01", "012", "01")]
    assert faces[0] == faces[2] != faces[1]


ENDS = {
    "status 3": lambda: os._exit(3),
    "SIGKILL": lambda: os.kill(os.getpid(), 9),
    "": lambda: len(b"x" * (1100 << 20)),  # fills memory, and goes on
}


@pytest.mark.parametrize("words", ENDS)
def test_what_ends_a_process_or_fills_memory_is_harm(monkeypatch, words):
    monkeypatch.setattr(harness, "read", lambda *_: str(ENDS[words]())[:9])
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
    report = (Path(__file__).parents[2] / "tests/documents/value-merged-over-rows.html").read_text(encoding="utf-8")
    harmless = report.replace("<body>", "<body>" + "<p><br><img><li>" * 3_000)
    assert harmless != report
    assert len(read_bytes(harmless.encode(), "a.html").cells) == len(read_bytes(report.encode(), "a.html").cells) > 0


def test_each_kind_says_how_many_inputs_were_tried_and_failed(capsys):
    endings = [harness.Ending("a", words, 0.1, megabytes) for words, megabytes in (("read", 9), ("unreadable", 9), ("FAILED: x", 9), ("read", 2000))]
    assert harness._count("a", endings) == 2
    assert "a           4 tried, 2 failed (1 FAILED, 2 read, 1 unreadable)" in capsys.readouterr().out
