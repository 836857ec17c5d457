"""Rows that are neither absent nor blank, for their numbers may stand beside them."""

import pytest

from extract.lossy_tables import FORM, ROWS
from govtables.extract.row_doubts import doubt_rows
from govtables.extract.row_matching import MatchedRows, match_rows
from govtables.extract.rows import make_row, split_rows
from govtables.forms import form
from govtables.readers import Cell, Grid, Section

LABELS = [row.label for row in ROWS]
CODES = [row.code for row in ROWS]


def doubt(rows: list[tuple[list[str], str]]) -> MatchedRows:
    """Match rows of labels, each with seven cells of one text, or with none."""
    cells = [([Cell(label, f"L{n}") for label in labels], number) for n, (labels, number) in enumerate(rows, 1)]
    made = [make_row(3, labels, [Cell(number, "")] * 7, None) for labels, number in cells]
    matched = match_rows(FORM, "requests", made)
    doubt_rows(matched, made)
    return matched


def full() -> list[tuple[list[str], str]]:
    return [([label], "1") for label in LABELS]


def test_plain_rows_are_in_no_doubt():
    assert doubt(full()).problems == {}


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("at", range(2, len(ROWS) - 2))
def test_a_blank_row_beside_numbers_without_a_label_is_doubted(at, before):
    rows = full()
    rows[at : at + 1] = [([], "1"), ([LABELS[at]], "")][:: 1 if before else -1]
    assert CODES[at] in doubt(rows).problems


@pytest.mark.parametrize("odd", ["约12", "12待核", "十二三"])
def test_a_number_that_reads_like_a_label_hides_no_row(odd):
    rows = full()
    rows[2:4] = [([LABELS[2], odd, odd, odd, LABELS[3]], "1")]
    assert CODES[2] in doubt(rows).problems


@pytest.mark.parametrize("number", ["1", "2"])
@pytest.mark.parametrize("at", range(2, len(ROWS) - 2))
def test_a_label_printed_twice_may_stand_for_its_neighbour(at, number):
    rows = full()
    rows[at] = ([LABELS[at - 1]], number)
    assert CODES[at] in doubt(rows).problems


@pytest.mark.parametrize(
    ("below", "doubted"),
    [
        pytest.param(["18428", "", ""], True, id="under the label"),
        pytest.param(["", "", "18428"], True, id="under the last number"),
        pytest.param(["", "", ""], False, id="nothing"),
        pytest.param(["合计", "", "2"], False, id="a label"),
    ],
)
def test_a_number_that_may_go_on_below_is_doubted_where_no_sum_guards_it(below, doubted):
    known = form("2019")
    rows = (("政府集中采购", "5", "4"), tuple(below))
    cells = tuple(tuple(Cell(text, "T1") for text in row) for row in rows)
    section = Section(2, None, (Grid(cells, "columns", "html"),))
    printed = list(split_rows(section, False))
    matched = match_rows(known, "disclosure", printed)
    doubt_rows(matched, printed)
    assert ("procurement" in matched.problems) is doubted
