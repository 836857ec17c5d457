"""Tables told from their ruling."""

from tests.readers.scan.extra import skip_without_extra

skip_without_extra()

import numpy as np
import pytest
from PIL import Image, ImageDraw

from govtables.records import Status
from tests.readers.scan.drawing import HIGH, ROWS, WIDE, draw_table, grid_of, save, status_of


def test_a_table_of_one_row_keeps_its_columns():
    """A page may end above the last row of a table."""
    row = ["予以公开", "12", "305", "0"]
    assert grid_of(save(draw_table([row], high=40))) == [row]


@pytest.mark.parametrize(("beside", "radius"), [(0, 40), (17, 24)], ids=["across", "along"])
def test_a_stamp_hides_no_wall(beside, radius):
    picture = draw_table(ROWS, rule=1)
    seal = Image.new("RGB", picture.size, "white")
    x, y = 100 + WIDE + beside, 120 + 1.5 * HIGH
    ImageDraw.Draw(seal).ellipse((x - radius, y - radius, x + radius, y + radius), outline=(205, 30, 35), width=14)
    pressed = Image.fromarray(np.minimum(np.asarray(picture), np.asarray(seal)))
    aslant = pressed.rotate(1.3, Image.Resampling.BICUBIC, fillcolor="white")
    assert grid_of(save(aslant, "JPEG", quality=40)) == ROWS


def test_numbers_without_a_wall_between_them_are_not_one_number():
    texts = grid_of(save(draw_table(ROWS, walls=False)))
    assert [status_of(row[-1]) for row in texts[1:]] == [Status.UNREADABLE] * 2
