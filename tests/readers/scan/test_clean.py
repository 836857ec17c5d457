"""Pages made ready: straight, without red ink, with letters large enough."""

from tests.readers.scan.extra import skip_without_extra

skip_without_extra()

import numpy as np
import pytest
from PIL import Image, ImageDraw

from govtables.readers.document import Grid, Unreadable
from govtables.readers.scan import read_scan
from govtables.records import Status
from tests.readers.scan.drawing import ROWS, draw_table, grid_of, save, status_of


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
