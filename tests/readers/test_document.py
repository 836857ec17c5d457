"""What numbers a page; cells with spans, laid out."""

from random import Random

import pytest

from govtables.readers.document import ONE, Cell, expand_spans, is_page_number, lay_out


@pytest.mark.parametrize(
    ("line", "at_edge", "elsewhere"),
    [
        ("- 4 -", True, True),
        ("第 6 页 共 9 页", True, True),
        ("4", True, False),
        ("3/12", True, False),
        ("《3》", True, False),
        ("page 3 of 9", True, False),
        ("第 页", True, False),
        ("12.5", False, False),
        ("规章", False, False),
        ("", False, False),
    ],
)
def test_page_numbers(line: str, at_edge: bool, elsewhere: bool):
    assert is_page_number(line, at_edge=True) == at_edge
    assert is_page_number(line, at_edge=False) == elsewhere


def test_a_long_line_is_no_page_number():
    assert not is_page_number("-" * 100_000 + "4", at_edge=True)


@pytest.mark.parametrize(("rows", "expected"), [
    (["a12 b21", "c11"], ["a b .", ". c"]),
    (["a11 b13", "c11", "d11 e11"], ["a b", "c .", "d . e"]),
    (["a22", "b11", "c11"], ["a .", ". . b", "c"]),
    (["a19", ""], ["a", "."]),
    (["a91 b91"], ["a . . . . . . . . b"]),
], ids=["down and across", "over two rows", "a block", "longer than the table", "more columns than count"])
def test_spans_are_expanded(rows, expected):
    made = [[(Cell(one[0], ""), (int(one[1]), int(one[2]))) for one in row.split()] for row in rows]
    assert [" ".join(cell.text if cell else "." for cell in row) for row in expand_spans(made, 8)] == expected


def place_one_by_one(rows, most):
    """The same by what each cell takes: it stands at the first free place, and takes its span below it, too."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        columns, placed = {}, set()
        at = 0
        for cell, (wide, high) in row:
            while (r, at) in taken:
                at += 1
            columns[at] = cell
            wide, high = (wide, high) if at + 1 < most else (1, 1)
            taken -= {(below, c) for below in range(r + 1, r + 40) for c in range(at, at + wide)}
            placed |= {(r + down, at + across) for down in range(1, high) for across in range(wide)}
            at += wide
        taken |= placed
        while (r, at) in taken:
            at += 1
        yield tuple(columns.get(column) for column in range(at))


@pytest.mark.parametrize("seed", range(20))
def test_spans_are_expanded_as_each_cell_takes_its_places(seed):
    rng = Random(seed)
    for _ in range(50):
        spans = [(1, 1)] * 5 + [(rng.randint(1, 4), rng.randint(1, 5)) for _ in range(5)]
        rows = [[(Cell("a", f"{r}:{c}"), rng.choice(spans)) for c in range(rng.randint(0, 6))] for r in range(8)]
        given = [[(cell, ONE if span == ONE else span) for cell, span in row] for row in rows]
        assert [*expand_spans(given, 7)] == [*place_one_by_one(rows, 7)]


def test_cells_are_laid_out_where_they_stand():
    one, other = Cell("a", ""), Cell("b", "")
    assert lay_out({(1, 2): one, (3, 4): other, (9, 9): other}, [1, 3], [2, 4]) == ((one, None), (None, other))
