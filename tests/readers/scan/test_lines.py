"""Ink told from dust, points from commas, blanks from what is faint."""

import pytest
from tests.readers.scan.extra import skip_without_extra

skip_without_extra()

from PIL import ImageDraw
from relay.scans import load_font

from govtables.records import Status
from tests.readers.scan.drawing import HIGH, WIDE, draw_table, grid_of, save, status_of


@pytest.mark.parametrize(("level", "status"), [(255, Status.BLANK), (239, Status.UNREADABLE)], ids=["nothing", "faint"])
def test_a_cell_is_blank_only_without_ink(level, status):
    picture = draw_table([["自然人", "商业企业", "科研机构"], ["12", "", "0"]])
    ImageDraw.Draw(picture).text((100 + 1.5 * WIDE, 120 + 1.5 * HIGH), "8", font=load_font("", 27), fill=(level,) * 3, anchor="mm")
    assert status_of(grid_of(save(picture))[1][1]) == status


def test_dust_in_a_blank_cell_is_no_number():
    picture = draw_table([["自然人", "商业企业", "科研机构"], ["12", "", "0"]])
    for x, y in ((40, 20), (80, 35), (120, 15)):
        ImageDraw.Draw(picture).rectangle((100 + WIDE + x, 120 + HIGH + y, 101 + WIDE + x, 121 + HIGH + y), fill="black")
    assert grid_of(save(picture))[1] == ["12", "", "0"]


@pytest.mark.parametrize(("x", "y", "text"), [(0, -13, "0"), (-3, -13, "0"), (-12, 6, "1")], ids=["above", "aslant", "beside"])
def test_a_speck_beside_a_digit_makes_no_other_letter_of_it(x, y, text):
    picture = draw_table([["自然人", "商业企业", "科研机构"], ["12", text, "0"]])
    at = 100 + 1.5 * WIDE + x, 120 + 1.5 * HIGH + y
    ImageDraw.Draw(picture).rectangle((*at, at[0] + 2, at[1] + 2), fill="black")
    assert grid_of(save(picture))[1] == ["12", text, "0"]


def test_a_comma_is_no_point():
    """Both are specks; what reaches below the digits is a comma."""
    rows = [["自然人", "商业企业", "科研机构"], ["1,949", "46,226.18", "12.345"], ["2,010", "7.125", "0"]]
    assert grid_of(save(draw_table(rows))) == rows
