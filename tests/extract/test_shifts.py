import pytest

from govtables.extract.shifts import doubted_rows, told_despite_loss
from govtables.extract.sums import equations_along
from govtables.readers import Cell

REQUESTS, DISPUTES = equations_along("2021", "requests"), equations_along("2021", "disputes")


def placed(texts: str) -> tuple[Cell, ...]:
    return tuple(Cell("" if text == "." else text, f"L1:C{n}") for n, text in enumerate(texts.split(), 1))


@pytest.mark.parametrize(
    ("rows", "doubted"),
    [
        pytest.param(["58 5 1 2 2 68 ."], [0], id="the last is the sum of the others"),
        pytest.param(["58 5 1 2 2 68 136"], [], id="a total is printed"),
        pytest.param(["58 5 1 2 2 0 ."], [], id="a total left out"),
        pytest.param(["0 0 0 0 0 0 ."], [], id="zeros are zeros wherever they stood"),
        pytest.param(["5 1 2 2 0 68 .", "0 0 0 0 0 3 ."], [0, 1], id="the last may be the total in all rows"),
        pytest.param(["5 1 2 2 0 68 .", "9 0 0 0 0 3 ."], [], id="one row shows that totals are left out"),
        pytest.param(["9 . . . . . ."], [], id="one number far from the total"),
    ],
)
def test_a_row_that_may_have_lost_a_cell_is_doubted(rows, doubted):
    assert doubted_rows({str(n): [placed(row)] for n, row in enumerate(rows)}, REQUESTS) == set(map(str, doubted))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("2 0 0 1 3 4 0 1 5 .", "2 0 0 1 3 ? ? ? ? ?", id="a cell deleted in the last group"),
        pytest.param("2 0 0 1 3 4 0 0 0 .", "2 0 0 1 3 4 0 0 0 .", id="a total left out"),
        pytest.param("0 0 0 0 0 0 0 0 0 .", "0 0 0 0 0 0 0 0 0 .", id="zeros are zeros wherever they stood"),
        pytest.param("2 0 0 . 3 4 0 0 1 5", "2 0 0 . 3 4 0 0 1 5", id="the sums deny that numbers moved"),
        pytest.param("0 0 0 0 0 . 4 0 0 4", "0 0 0 0 0 ? ? 0 ? ?", id="a cell put in"),
        pytest.param("2 0 . . 3 4 0 0 1 .", "2 0 . . 3 4 0 0 1 .", id="several blanks"),
    ],
)
def test_a_line_of_results_tells_what_holds_wherever_a_cell_was_lost(line, told):
    found = told_despite_loss(placed(line), 5, DISPUTES)
    assert " ".join("?" if cell is None else cell.text or "." for cell in found) == told
