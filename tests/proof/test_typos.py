"""Slips of the hand: which one leads from what is implied to what is printed."""

import pytest

from govtables.forms import parts
from govtables.proof.typos import explain, explain_digits, slips_over_cells

GROUP = parts("2021", "disputes")[0]  # upheld, corrected, other, pending, total


@pytest.mark.parametrize(
    ("printed", "implied", "slip"),
    [
        pytest.param(1206, 1026, "two digits swapped", id="swapped"),
        pytest.param(1206, 6201, None, id="swapped, but not neighbours"),
        pytest.param(12, 120, "a digit dropped", id="dropped"),
        pytest.param(120, 12, "a digit added", id="added"),
        pytest.param(7, 1007, "a digit dropped", id="zeros that lead then do not show"),
        pytest.param(14, 1234, None, id="two digits dropped"),
        pytest.param(13, 18, "a digit replaced", id="replaced"),
        pytest.param(3, 8, None, id="any number of one digit could be any other"),
        pytest.param(-5, 5, "a sign added", id="sign"),
        pytest.param(1.5, 15, None, id="no whole number"),
    ],
)
def test_a_slip_in_one_number(printed: float, implied: float, slip: str | None) -> None:
    assert explain_digits(printed, implied) == slip
    assert explain([printed], [implied]) == slip


def test_a_cell_without_one_implied_number_has_no_slip() -> None:
    assert explain([12], [None]) is None


def test_slips_over_several_cells_change_what_they_say() -> None:
    slips = list(slips_over_cells(GROUP, [2.0, 1.0, 1.0, None, 4.0]))
    assert ("two cells swapped", {0: 1.0, 1: 2.0}) in slips
    assert not any({1, 2} == set(changes) for name, changes in slips if name == "two cells swapped")  # equal numbers
    assert ("a row shifted by a cell", {0: 1.0, 2: None, 3: 4.0, 4: None}) in slips
