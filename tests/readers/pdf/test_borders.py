"""Borders that are missing: put back where values stand on both sides, never guessed."""

import pytest

from tests.readers.pdf.printing import MERGED, grids, make, plain, table

ALIKE = {
    "border missing between numbers": (table(MERGED, skip={("v", 2, 2)}), MERGED),
    "border missing between rows": (table(["a | 1", "b | 2", "c | 3"], skip={("h", 1, 1)}), ["a | 1", "b | 2", "c | 3"]),
    "border missing beside a label": (table(["甲 | 1 | 2", "乙 | 3 | 4"], skip={("v", 1, 1)}), ["甲 | 1 | 2", "乙 | 3 | 4"]),
    "border missing between items": (table(["1.甲 | 1", "2.乙 | 3"], skip={("h", 1, 0)}), ["1.甲 | 1", "2.乙 | 3"]),
    "border missing between wide items": (
        table(["1.甲 | < | 1", "2.乙 | < | 3", "a | b | 5"], skip={("h", 1, 0), ("h", 1, 1)}),
        ["1.甲 | < | 1", "2.乙 | < | 3", "a | b | 5"],
    ),
    "wrapped label beside numbers": (table(["1.申请人无/n正当理由 | 1 | 5"], high=40), ["1.申请人无/n正当理由 | 1 | 5"]),
}


@pytest.mark.parametrize("name", ALIKE)
def test_a_border_that_is_missing_is_put_back(name):
    draw, rows = ALIKE[name]
    assert grids(make(draw)) == [plain(rows)]
