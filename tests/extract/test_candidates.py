"""Placements that the count of values allows, before any sum is asked."""

import pytest

from govtables.extract.candidates import agreed, number, place_with_extra, possible_placements, usual_count
from govtables.extract.rows import make_row
from govtables.readers import Cell


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
