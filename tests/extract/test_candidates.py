"""Placements that the count of values allows, before any sum is asked. Rows placed together: only what all sums leave,
and nothing where they leave more."""

from collections.abc import Iterator

import pytest

from extract.lossy_tables import FORM, ROWS
from govtables.extract.candidates import (
    agreed, number, place_together, place_with_extra, possible_placements, usual_count,
)
from govtables.extract.rows import make_row
from govtables.extract.sums import equations_along
from govtables.readers import Cell

ALONG = equations_along("2021", "requests")[0]
FLOW = ("received", "carried_in", "concluded", "carried_over")


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, "") for text in texts)


def texts_of(placed: tuple) -> list[str | None]:
    return [cell.text if cell else None for cell in placed]


@pytest.mark.parametrize(
    ("printed", "width", "exact", "placements"),
    [
        pytest.param(("1", "2"), 2, False, [["1", "2"]], id="as many as columns"),
        pytest.param(("", ""), 2, False, [["", ""]], id="blanks alone"),
        pytest.param((), 2, False, [["", ""]], id="nothing"),
        pytest.param(("1", ""), 2, True, [["1", ""]], id="a layout that keeps blanks"),
        pytest.param(("", "1", ""), 2, False, [["", "1"], ["1", ""]], id="the first may be a label's"),
        pytest.param(("1",), 2, False, [["1", None], [None, "1"]], id="one lost"),
        pytest.param(("1", "2", "3"), 2, False, [["1", "2"], ["1", "3"], ["2", "3"]], id="one too many"),
        pytest.param(("1", "2", "3", "4", "5"), 2, False, [], id="far too many"),
        pytest.param(("1", "", "", "2"), 2, False, [["1", "2"]], id="blanks that spans leave"),
    ],
)
def test_possible_placements(printed, width, exact, placements):
    assert list(map(texts_of, possible_placements(cells(*printed), width, exact))) == placements


def test_a_column_of_its_own_is_the_same_in_every_row():
    rows = {"a": make_row(3, [], cells("1", "9", "2"), None), "b": make_row(3, [], cells("3", "4"), None)}
    found = place_with_extra(rows, 2, 3, lambda placed: placed[1].text != "9")
    assert [texts_of(placed) for placed in found["a"]] == [["1", "2"], ["9", "2"]]
    assert found["b"] == []  # which cell is gone cannot be told


def test_usual_count():
    rows = [cells("1", "2", "3"), cells("1", "2", "3"), cells("1", "")]
    assert (usual_count(rows, 2), usual_count(rows, 4), usual_count([], 2)) == (3, 4, 2)


def test_agreed_is_what_all_placements_say():
    assert texts_of(agreed([cells("1", "2"), cells("1", "3")], 2)) == ["1", None]
    assert agreed([], 2) == (None, None)


def test_a_blank_has_no_number():
    assert [number(cell) for cell in (*cells("3", ""), None)] == [3, None, None]


def make_rows(**rows: tuple[int, ...]) -> dict[str, list[int]]:
    """A table whose sums hold: outcomes by applicant are given, the others are zero, concluded and received follow."""
    table = {row.code: [0] * 6 for row in ROWS} | {code: list(row) for code, row in rows.items()}
    outcomes = [row for code, row in table.items() if code not in FLOW]
    table["concluded"] = [sum(column) for column in zip(*outcomes, strict=True)]
    table["received"] = table["concluded"]
    return table


def place(table: dict[str, list[int]], totals: bool, lost: tuple[str, int] | None = None) -> dict[str, list]:
    """Place the numbers above zero; `lost` is one that is not printed."""
    values = {code: [Cell(str(n), code) for n in _print(row, totals) if (code, n) != lost] for code, row in table.items()}
    opened = {code: [(), ()] for code in table}
    found = place_together(opened, values, FORM, "requests", ALONG)
    return {code: [[cell.text for cell in one] for one in placed] for code, placed in found.items()}


def _print(row: list[int], totals: bool) -> Iterator[int]:
    yield from (n for n in row if n)
    yield from [sum(row)] if totals and any(row) else []


@pytest.mark.parametrize("totals", [True, False])
def test_the_one_placement_that_all_sums_leave_is_found(totals):
    table = make_rows(granted=(5, 0, 3, 0, 0, 11), partially_granted=(0, 9, 0, 2, 40, 0))
    found = place(table, totals)
    shown = {code: [str(n or "") for n in row] + [str(sum(row) or "") if totals else ""] for code, row in table.items()}
    assert found == {code: [row] for code, row in shown.items()}


def test_where_more_placements_are_left_all_are_given():
    table = make_rows(granted=(5, 0, 0, 0, 0, 0))
    assert len(place(table, True)["granted"]) > 1


@pytest.mark.parametrize("totals", [True, False])
def test_a_lost_number_leaves_none(totals):
    table = make_rows(granted=(5, 0, 3, 0, 0, 11), partially_granted=(0, 9, 0, 2, 40, 0))
    assert place(table, totals, ("partially_granted", 40)) == {}


def test_a_printed_zero_says_that_zeros_are_not_left_out():
    table = make_rows(granted=(5, 1, 3, 1, 1, 11))
    values = {code: [Cell(str(n), "") for n in row] for code, row in table.items()}
    assert place_together({code: [(), ()] for code in table}, values, FORM, "requests", ALONG) == {}
