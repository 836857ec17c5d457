"""Pages made ready, and tables by their ruling: straight, without red ink, whole where a stamp or a page cuts them."""

from tests.readers.scan.extra import skip_without_extra

skip_without_extra()

import numpy as np
import pytest
from PIL import Image, ImageDraw

from govtables.readers.document import Grid, Unreadable
from govtables.readers.scan import read_scan
from govtables.records import Status
from tests.readers.scan.drawing import HIGH, ROWS, WIDE, draw_table, grid_of, save, status_of


def test_a_page_aslant_is_straightened():
    assert grid_of(save(draw_table(ROWS).rotate(1.7, Image.Resampling.BICUBIC, fillcolor="white"))) == ROWS


def test_letters_too_small_to_tell_are_refused():
    picture = draw_table(ROWS)
    small = picture.resize((picture.width // 4, picture.height // 4), Image.Resampling.LANCZOS)
    with pytest.raises(Unreadable, match=r"pixels high|too small|no text"):
        read_scan(save(small))


def test_a_number_under_a_stamp_is_doubtful_and_others_are_not():
    picture = draw_table(ROWS)
    seal = Image.new("RGB", picture.size, "white")
    ImageDraw.Draw(seal).ellipse((150, 170, 230, 250), outline=(205, 30, 35), width=12)
    under = Image.fromarray(np.minimum(np.asarray(picture), np.asarray(seal)))
    ImageDraw.Draw(under).line((160, 215, 220, 215), fill=(205, 30, 35), width=6)
    blocks, notes = read_scan(save(under))
    [grid] = [block for block in blocks if isinstance(block, Grid)]
    texts = [[cell.text for cell in row] for row in grid.rows]
    assert status_of(texts[1][0]) == Status.UNREADABLE
    assert texts[1][1:] == ROWS[1][1:]
    assert any("red ink on pages 1" in note for note in notes)
    assert any("P1:T1:R2:C1" in note for note in notes)


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
