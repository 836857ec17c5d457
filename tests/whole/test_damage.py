"""The benchmark of damages: every kind damages, and every cell is judged by what the print still shows."""

import pytest

from damage import Job, flagged_rows, is_bad, plan, score
from damaged import BUCKETS, FORMATS, KINDS, VERDICTS, Seen, judge, judge_cells, keeps_sums, make_damaged
from govtables.pipeline import read_bytes
from govtables.records import Finding
from scoring import by_code
from synthetic import LAYOUTS

CODE = "requests", "granted", "total"


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_says_what_it_does_and_does_it(kind):
    assert kind.sentence.endswith(".") and "\n" not in kind.sentence
    for layout in sorted(kind.layouts - {*FORMATS})[:2]:
        made = make_damaged(1, kind.name, layout, kind.generations[0])
        assert made.data != made.whole


@pytest.mark.parametrize("layout", FORMATS)
def test_formats_of_offices_are_damaged_too(layout):
    fitting = [kind for kind in KINDS.values() if layout in kind.layouts]
    assert len(fitting) > 60
    assert make_damaged(1, fitting[0].name, layout, "2021").name.endswith(f".{layout}")


def test_every_kind_and_every_layout_is_used():
    jobs = plan(3000, 1, list(KINDS), list(LAYOUTS))
    assert {job.kind for job in jobs} == {*KINDS}
    assert {(job.kind, job.layout) for job in jobs} >= {("full_stop", layout) for layout in LAYOUTS}
    assert all(job.generation in KINDS[job.kind].generations for job in jobs)


# What stands in the place of a cell whose figure is 5, what is read, whether a finding names its row, whether
# nothing in the print could show another number: the verdict.
JUDGED = {
    "read": (Seen(5, "5"), 5, "reported", False, False, "right"),
    "read, and flagged": (Seen(5, "5"), 5, "reported", True, False, "right"),
    "odd spelling read": (Seen(5, "5。"), 5, "reported", False, False, "right"),
    "proven": (Seen(5, "5。"), 5, "inferred", False, False, "inferred right"),
    "proven wrongly": (Seen(5, "5。"), 6, "inferred", True, False, "wrong inferred"),
    "not told": (Seen(5, "5。"), None, "unreadable", False, False, "unknown"),
    "printed, called absent": (Seen(5, "5。"), None, "absent", False, False, "silent"),
    "printed, called blank": (Seen(5, "五"), None, "blank", False, False, "silent"),
    "called absent, flagged": (Seen(5, "5。"), None, "absent", True, False, "unknown"),
    "a mark, called blank": (Seen(0, "×"), None, "blank", False, False, "unknown"),
    "moved away, called blank": (Seen(5, ""), None, "blank", False, False, "unknown"),
    "moved away, found": (Seen(5, ""), 5, "reported", False, False, "right"),
    "lost, called absent": (Seen(5, None), None, "absent", False, False, "unknown"),
    "lost, claimed": (Seen(0, None), 0, "reported", False, False, "silent"),
    "lost, claimed and flagged": (Seen(0, None), 0, "reported", True, False, "right"),
    "wrong digit": (Seen(5, "6"), 6, "reported", False, False, "silent"),
    "wrong digit, flagged": (Seen(5, "6"), 6, "reported", True, False, "flagged"),
    "wrong digit, unseen": (Seen(5, "6"), 6, "reported", False, True, "unseen"),
    "neither printed nor true": (Seen(5, "6"), 7, "reported", False, True, "silent"),
    "printed twice": (Seen(5, "5", contended=True), 5, "reported", False, False, "silent"),
    "printed twice, flagged": (Seen(5, "5", contended=True), 5, "reported", True, False, "right"),
    "unit not read": (Seen(5, "50000", sure=True), 50000, "reported", False, False, "silent"),
    "perhaps not printed": (Seen(5, "5", unclear=True), None, "absent", False, False, "unknown"),
}


@pytest.mark.parametrize("name", JUDGED)
def test_cells_are_judged_by_what_is_still_shown(name):
    *given, verdict = JUDGED[name]
    assert judge(*given) == verdict
    assert verdict in VERDICTS


def dispute_cells(**texts):
    """The cells of the last table, all zeros but for those of the first group."""
    columns = ("upheld", "corrected", "other", "pending", "total")
    figures = dict.fromkeys(columns, 0) | {"upheld": 2, "total": 2}
    groups = ("review", "litigation_direct", "litigation_after_review")
    cells = {("disputes", row, column): Seen(0, "0") for row in groups for column in columns}
    first = {column: Seen(figures[column], texts.get(column, str(figures[column]))) for column in columns}
    return cells | {("disputes", "review", column): seen for column, seen in first.items()}


SUMS = {
    "as it was": ({}, False),
    "another place": ({"upheld": "0", "corrected": "2"}, True),
    "sum recomputed": ({"upheld": "3", "total": "3"}, True),
    "sum broken": ({"upheld": "3"}, False),
    "a trace": ({"upheld": "0", "corrected": "2。"}, False),
    "no count": ({"upheld": "-1", "corrected": "3"}, False),
}
GAPS = {
    "total left out": ({"upheld": "3", "total": ""}, True),
    "moved to a blank": ({"upheld": "", "corrected": "2"}, True),
    "nothing wrong shown": ({"upheld": ""}, False),
    "no number fits": ({"upheld": "", "corrected": "3"}, False),
    "another trace": ({"upheld": "", "corrected": "2。"}, False),
}


@pytest.mark.parametrize(("texts", "kept"), SUMS.values(), ids=list(SUMS))
def test_what_keeps_every_sum_is_computed_from_the_print(texts, kept):
    cells = dispute_cells(**texts)
    assert keeps_sums("disputes", cells, "2021") is kept
    read = {code: (seen.shown, "reported") for code, seen in cells.items() if seen.shown is not None}
    judged = list(judge_cells(cells, read, set(), "2021"))
    assert {bucket for _, bucket, _ in judged} == {BUCKETS[2 if kept else 0]}
    assert ("silent" in {verdict for _, _, verdict in judged}) == (not kept and bool(texts))


@pytest.mark.parametrize(("texts", "filled"), GAPS.values(), ids=list(GAPS))
def test_blanks_that_can_be_filled_are_told_apart(texts, filled):
    judged = list(judge_cells(dispute_cells(**texts), {}, set(), "2021"))
    assert {bucket for _, bucket, _ in judged} == {BUCKETS[3 if filled else 0]}


def test_a_number_of_a_cell_that_the_form_has_not_is_silent():
    read = {("disputes", "fourth", "total"): (1.0, "reported")}
    assert [verdict for _, _, verdict in judge_cells({}, read, set(), "2021")] == ["silent"]


NAMED = {
    "row": (Finding("unreadable", "requests", "granted", None, ""), {"granted"}),
    "table": (Finding("unreadable", "requests", None, None, ""), {None}),
    "cells": (Finding("balance", "requests", None, None, "", ("requests.other.fee.total",)), {"other.fee"}),
    "whole table": (Finding("contradiction", "requests", "received", None, ""), {"received", None}),
    "prose by chance": (Finding("statement", "requests", "granted", None, ""), set()),
    "no table": (Finding("facts", None, None, None, ""), set()),
}


@pytest.mark.parametrize(("finding", "rows"), NAMED.values(), ids=list(NAMED))
def test_findings_name_rows_or_tables(finding, rows):
    assert flagged_rows([finding]) == {("requests", row) for row in rows}


def test_the_same_seed_gives_the_same_score():
    job = Job(7, "left_in_every_row", "L6", "2021")
    assert score(job) == score(job)
    assert make_damaged(*astuple(job)) == make_damaged(*astuple(job))


def astuple(job):
    """The arguments that make a document."""
    return job.seed, job.kind, job.layout, job.generation


def test_a_small_sample_runs():
    scores = [score(job) for job in plan(len(KINDS), 1, list(KINDS), list(LAYOUTS))]
    assert not [item.error for item in scores if item.error and item.error.startswith("raised")]
    assert all(sum(item.verdicts.values()) >= 198 for item in scores)
    assert sum(is_bad(item) for item in scores) < len(scores) / 4


@pytest.mark.parametrize("layout", [*LAYOUTS, "xlsx", "docx"])
def test_without_the_damage_every_cell_is_right(layout):
    made = make_damaged(1, "full_stop", layout, "2021")
    read, _ = by_code(read_bytes(made.whole, made.name).cells)
    cells = {code: Seen(seen.figure, f"{seen.figure:f}") for code, seen in made.cells.items()}
    assert {verdict for _, _, verdict in judge_cells(cells, read, set(), "2021")} == {"right"}
