"""Cells between walls: boxes, what is no box, places and grids."""

import pytest

from govtables.readers.ruled import Area, Table, find_areas, make_grid, part, place_cells


def cut(places):
    return [Area(r, r + 1, c, c + 1, whole=False) for r, c in sorted(places)]


def spans(areas):
    return [area[:4] for area in areas]


ALL_WALLS = {(edge, row) for edge in range(3) for row in range(2)}
ALL_FLOORS = {(edge, column) for edge in range(3) for column in range(2)}


@pytest.mark.parametrize(
    ("walls", "floors", "expected"),
    [
        pytest.param(ALL_WALLS, ALL_FLOORS, [(0, 1, 0, 1), (0, 1, 1, 2), (1, 2, 0, 1), (1, 2, 1, 2)], id="four cells"),
        pytest.param(ALL_WALLS - {(1, 0)}, ALL_FLOORS, [(0, 1, 0, 2), (1, 2, 0, 1), (1, 2, 1, 2)], id="over columns"),
        pytest.param(ALL_WALLS, ALL_FLOORS - {(1, 1)}, [(0, 1, 0, 1), (0, 2, 1, 2), (1, 2, 0, 1)], id="over rows"),
        pytest.param({(1, 0), (1, 1)}, {(1, 0), (1, 1)}, [(0, 1, 0, 1), (0, 1, 1, 2), (1, 2, 0, 1), (1, 2, 1, 2)], id="open sides"),
        pytest.param(set(), set(), [(0, 2, 0, 2)], id="one cell"),
    ],
)
def test_places_that_no_wall_parts_are_one_cell(walls, floors, expected):
    areas = list(find_areas(walls, floors, cut, 2, 2))
    assert spans(areas) == expected
    assert all(area.whole for area in areas)


def test_what_is_no_box_is_cut():
    areas = list(find_areas(ALL_WALLS - {(1, 0)}, ALL_FLOORS - {(1, 0)}, cut, 2, 2))
    assert spans(areas) == [(0, 1, 0, 1), (0, 1, 1, 2), (1, 2, 0, 1), (1, 2, 1, 2)]
    assert [area.whole for area in areas] == [False, False, False, True]


def test_a_wall_that_ends_inside_parts_nothing():
    assert spans(find_areas({(1, 0)}, set(), cut, 2, 2)) == [(0, 2, 0, 2)]


MERGED = Table((0, 10, 30), (5, 15, 25), (Area(1, 2, 1, 2, text="2"), Area(0, 2, 0, 1, text="甲"), Area(0, 1, 1, 2, text="1")))


def test_outlines_are_those_of_the_edges():
    assert MERGED.box() == (0, 5, 30, 25)
    assert [MERGED.box_of(area) for area in MERGED.areas] == [(10, 15, 30, 25), (0, 5, 10, 25), (10, 5, 30, 15)]


def test_cells_are_counted_in_their_row():
    placed = place_cells(MERGED, "P1:T2")
    assert [(area.text, area.place) for area in placed.areas] == [("甲", "P1:T2:R1:C1"), ("1", "P1:T2:R1:C2"), ("2", "P1:T2:R2:C1")]


def test_a_span_stands_at_its_first_place():
    grid = make_grid(place_cells(MERGED, "P1:T1"), "pdf")
    assert (grid.keeps, grid.layout) == ("columns", "pdf")
    assert [[cell and cell.text for cell in row] for row in grid.rows] == [["甲", "1"], [None, "2"]]


@pytest.mark.parametrize(
    ("items", "runs"),
    [([], []), ([1], [[1]]), ([1, 2, 3, 7, 8, 20], [[1, 2, 3], [7, 8], [20]]), ([1, 3, 5], [[1, 3, 5]])],
)
def test_a_run_ends_where_an_item_is_apart(items, runs):
    assert list(part(items, lambda run, item: item - run[-1] > 2)) == runs
