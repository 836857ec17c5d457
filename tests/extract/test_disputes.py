"""The line of results: what is told of it, and what is not."""

import pytest

from govtables.extract.disputes import match_results
from govtables.extract.rows import make_row
from govtables.forms import form
from govtables.readers import Cell

FULL = [1, 0, 0, 2, 3, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4]


def values_of(numbers: list[int]) -> list[float | None]:
    row = make_row(4, [], [Cell(str(number), "L1") for number in numbers], None)
    return [cell.value for cell in match_results(form("2021"), "disputes", [row])[0]]


def test_a_full_line_is_read():
    assert values_of(FULL) == FULL


@pytest.mark.parametrize("at", [0, 3, 4, 11, 14])
def test_of_a_line_that_lost_a_value_nothing_told_is_wrong(at):
    told = values_of(FULL[:at] + FULL[at + 1 :])
    assert [(a, b) for a, b in zip(told, FULL, strict=True) if a not in (None, b)] == []


def test_disputes_without_rows_are_absent():
    cells, matched = match_results(form("2021"), "disputes", [])
    assert {(cell.status, cell.reason) for cell in cells} == {("absent", "table not printed")}
    assert (len(cells), matched.findings) == (15, [])
