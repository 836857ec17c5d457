"""Scans and pictures: what stands is read, what is doubtful is marked, what is harmful is refused."""

import time
from dataclasses import replace

import harness
from tests.readers.scan.extra import skip_without_extra

skip_without_extra()

import numpy as np
import pytest
import scan
from PIL import Image, ImageDraw
from relay.scans import load_font
from relay.score import Job, score

from govtables.language import read_number
from govtables.readers.document import Grid, Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.scan import MEDIA_TYPES, find_kind, read_scan
from tests.readers.scan.drawing import ROWS, draw_table, grid_of, save


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_every_kind_of_picture_is_told_and_read(kind):
    data = save(draw_table(ROWS), kind)
    assert find_kind(data) == kind.lower()
    assert MEDIA_TYPES[find_kind(data)] == f"image/{kind.lower()}"
    assert grid_of(data) == ROWS


def test_places_name_page_table_row_and_cell():
    blocks, notes = read_scan(save(draw_table(ROWS), "TIFF", save_all=True, append_images=[draw_table(ROWS[::-1])]))
    prose, grids = [b for b in blocks if not isinstance(b, Grid)], [b for b in blocks if isinstance(b, Grid)]
    assert [grid.rows[1][2].place for grid in grids] == ["P1:T1:R2:C3", "P2:T1:R2:C3"]
    assert [grid.rows[0][0].text for grid in grids] == ["自然人", "7"]
    assert [line.place.partition(":")[0] for line in prose] == ["P1", "P1", "P2", "P2"]
    assert prose[0].text == "收到和处理政府信息公开申请情况如下"
    assert any("OCR" in note for note in notes)


@pytest.mark.parametrize("noise", [False, True], ids=["clean", "noisy"])
def test_made_scans_are_read_and_never_silently_wrong(noise):
    found = score(Job("scan", 2_000_002 + noise, "2021", noise))
    assert found.error is None
    assert found.verdicts["wrong"] == 0, found.examples
    assert found.printed["right"] >= (0.95 if noise else 0.99) * found.printed.total(), found.examples


def test_a_pdf_of_pictures_is_drawn_and_read():
    assert grid_of(save(draw_table(ROWS), "PDF", resolution=200)) == ROWS


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_turned(turns):
    assert grid_of(save(draw_table(ROWS).rotate(90 * turns, expand=True))) == ROWS


@pytest.mark.parametrize("line", [{100: "予以公开", 350: "12", 550: "305", 750: "0"}, {100: "予以公开  12  305  0"}], ids=["apart", "close"])
def test_numbers_without_ruling_are_doubtful(line):
    picture = Image.new("RGB", (900, 400), "white")
    for x, text in line.items():
        ImageDraw.Draw(picture).text((x, 150), text, font=load_font("", 27), fill="black")
    ImageDraw.Draw(picture).text((100, 250), "以上数字均由各股室提供并经本机关核对", font=load_font("", 27), fill="black")
    lines, _ = read_scan(save(picture))
    assert [read_number(word).reason for word in lines[0].text.split()[1:]] == [f"read as {number}, but not surely" for number in (12, 305, 0)]


def test_a_page_without_text_is_refused():
    with pytest.raises(Unreadable, match="no text"):
        read_scan(save(Image.new("RGB", (800, 800), "white")))


def draw_noise(side: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (side, side), np.uint8))


def draw_net(side: int, step: int) -> Image.Image:
    pixels = np.full((side, side), 255, np.uint8)
    pixels[::step] = pixels[:, ::step] = 0
    return Image.fromarray(pixels)


def draw_dots(side: int, step: int, wide: int) -> Image.Image:
    one = np.full((step, step), 255, np.uint8)
    one[:wide, :wide] = 0
    return Image.fromarray(np.tile(one, (side // step, side // step)))


def draw_frames(side: int) -> Image.Image:
    picture = Image.new("L", (side, side), "white")
    for inset in range(4, side // 2 - 40, 24):
        ImageDraw.Draw(picture).rectangle((inset, inset, side - inset, side - inset), outline="black", width=2)
    return picture


@pytest.mark.parametrize(
    "picture, why",
    [
        pytest.param(draw_noise(3000), r"page 1: a table of \d+ columns, the limit is 100", id="noise"),
        pytest.param(draw_net(1600, 30), r"page 1: a page with tables of [\d,]+ cells, the limit is 2,000", id="net"),
        pytest.param(draw_dots(3000, 14, 10), r"page 1: [\d,]+ specks of ink as large as letters, the limit is 30,000", id="dots"),
        pytest.param(draw_dots(3000, 5, 3), r"page 1: [\d,]+ specks of ink on a page, the limit is 300,000", id="specks"),
        pytest.param(draw_frames(2000), r"page 1: frames inside one another", id="frames"),
    ],
)
def test_a_page_that_is_no_report_is_refused_at_once(picture, why):
    start = time.process_time()
    with pytest.raises(Unreadable, match=why):
        read_scan(save(picture))
    assert time.process_time() - start < 10


def test_harmful_pictures_are_read_or_refused():
    endings = harness.try_inputs(scan.TARGETS, "scan", 0, len(scan.HARMS))
    assert [ending for ending in endings if ending.failed()] == []
    assert {ending.words for ending in endings} == {"read", "unreadable"}


def test_a_page_of_too_many_lines_is_refused(monkeypatch):
    lines = sum(len(row) for row in ROWS) + 2
    monkeypatch.setattr("govtables.readers.scan.page.LIMITS", replace(LIMITS, scan_lines=lines))
    assert grid_of(save(draw_table(ROWS))) == ROWS
    monkeypatch.setattr("govtables.readers.scan.page.LIMITS", replace(LIMITS, scan_lines=lines - 1))
    with pytest.raises(Unreadable, match=f"{lines} lines on a page, the limit is {lines - 1}"):
        read_scan(save(draw_table(ROWS)))


@pytest.mark.parametrize("kind", ["BMP", "GIF", "WEBP"])
def test_pictures_of_other_kinds_are_read_like_png(kind):
    more = {"lossless": True} if kind == "WEBP" else {}
    assert grid_of(save(draw_table(ROWS), kind, **more)) == ROWS
