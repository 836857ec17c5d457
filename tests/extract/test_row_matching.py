"""Rows by their labels, then by order between matched neighbours; never by likeness alone."""

import pytest

from extract.lossy_tables import FORM, ROWS
from govtables.extract.row_matching import MatchedRows, match_rows
from govtables.extract.rows import make_row, split_rows
from govtables.forms import form
from govtables.readers import Cell, Grid, Section

LABELS = {row.code: row.label for row in ROWS}


def match(*labels: str, certain: frozenset[str] = frozenset(), number: str = "1") -> MatchedRows:
    values = [Cell(number, "")] * 7
    rows = [make_row(3, [Cell(label, f"L{n}")], values, None) for n, label in enumerate(labels, 1)]
    return match_rows(FORM, "requests", rows, certain)


def test_exact_labels():
    codes = [row.code for row in ROWS]
    assert list(match(*LABELS.values()).rows) == codes


@pytest.mark.parametrize("at", range(1, len(ROWS) - 1))
def test_a_damaged_label_between_neighbours_is_placed_by_order(at):
    labels = list(LABELS.values())
    damaged = match(*labels[:at], labels[at][:-1] + "口", *labels[at + 1 :])
    assert ROWS[at].code in damaged.rows or ROWS[at].code in damaged.problems


def test_a_label_unlike_the_missing_one_is_not_taken_for_it():
    labels = list(LABELS.values())
    found = match(*labels[:2], "完全不同的标签", *labels[3:])
    assert ROWS[2].code not in found.rows
    assert found.doubted.keys() == found.problems.keys() == {ROWS[2].code}


def test_a_row_whose_numbers_are_certain_needs_no_label():
    labels = list(LABELS.values())
    code = ROWS[2].code
    found = match(*labels[:2], "完全不同的标签", *labels[3:], certain=frozenset([code]))
    assert found.reasons[code].endswith("as the sums leave zeros")


def test_a_repeat_with_the_same_numbers_is_no_problem():
    labels = list(LABELS.values())
    assert match(*labels, labels[2]).repeated == set()
