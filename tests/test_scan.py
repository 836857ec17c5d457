"""Scans and pictures: what stands is read, what is doubtful is marked, what is harmful is refused.

Pictures are drawn here or by `benchmarks/relay/scans.py`. What needs no reading is tested in `test_pictures.py`, without the extra `ocr`.
"""

import io
import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("cv2", reason="scans need OpenCV: pip install 'govtables[ocr]'")
pytest.importorskip("onnxruntime", reason="scans need onnxruntime: pip install 'govtables[ocr]'")
pytest.importorskip("rapidocr", reason="scans need rapidocr: pip install 'govtables[ocr]'")
pytest.importorskip("pylopdf_fonts_zh_cn", reason="pictures are drawn with a packaged font: pip install 'govtables[notebooks]'")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from govtables.language.numerals import DOUBT, list_readings, read_number
from govtables.readers.document import Grid, Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.scan import MEDIA_TYPES, find_kind, read_scan
from govtables.readers.scan.agreement import LOST, Strokes, settle
from govtables.readers.scan.ocr import NEEDED, Reading
from govtables.records import Status

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("benchmarks", "fuzz")]
import harness
import scan
from relay.scans import load_font
from relay.score import Job, score

WIDE, HIGH = 170, 60  # pixels of a drawn cell
PLAIN = Strokes(digits=2, dashes=0, tails=0, gaps=0, slant=0.0, covered=False, cut=False, bar=False)


def draw_table(rows: list[list[str]], walls: bool = True, font: ImageFont.FreeTypeFont | None = None, high: int = HIGH, rule: int = 2) -> Image.Image:
    """Draw a ruled table at 200 dpi, between two lines of prose; without `walls` no rule parts the last two columns."""
    across, down = len(rows[0]) * WIDE, len(rows) * high
    picture = Image.new("RGB", (across + 200, down + 300), "white")
    pen, font = ImageDraw.Draw(picture), font or load_font("", 27)
    pen.text((100, 40), "收到和处理政府信息公开申请情况如下", font=font, fill="black")
    pen.text((100, down + 200), "以上数字均由各股室提供并经本机关核对", font=font, fill="black")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            pen.text((100 + c * WIDE + WIDE / 2, 120 + r * high + high / 2), text, font=font, fill="black", anchor="mm")
    for r in range(len(rows) + 1):
        pen.line((100, 120 + r * high, 100 + across, 120 + r * high), fill="black", width=rule)
    for c in range(len(rows[0]) + 1):
        if walls or c != len(rows[0]) - 1:
            pen.line((100 + c * WIDE, 120, 100 + c * WIDE, 120 + down), fill="black", width=rule)
    return picture


def save(picture: Image.Image, kind: str = "PNG", **more) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def grid_of(data: bytes) -> list[list[str]]:
    """Texts of the only table of a picture."""
    [grid] = [block for block in read_scan(data)[0] if isinstance(block, Grid)]
    assert (grid.keeps, grid.layout) == ("columns", "scan")
    return [[cell.text for cell in row if cell] for row in grid.rows]


def status_of(text: str) -> str:
    return read_number(text).status


ROWS = [["自然人", "商业企业", "科研机构"], ["12", "305", "0"], ["7", "11", "46"]]


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


def test_a_page_aslant_is_straightened():
    assert grid_of(save(draw_table(ROWS).rotate(1.7, Image.Resampling.BICUBIC, fillcolor="white"))) == ROWS


# -- what is doubtful ---------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("line", [{100: "予以公开", 350: "12", 550: "305", 750: "0"}, {100: "予以公开  12  305  0"}], ids=["apart", "close"])
def test_numbers_without_ruling_are_doubtful(line):
    picture = Image.new("RGB", (900, 400), "white")
    for x, text in line.items():
        ImageDraw.Draw(picture).text((x, 150), text, font=load_font("", 27), fill="black")
    ImageDraw.Draw(picture).text((100, 250), "以上数字均由各股室提供并经本机关核对", font=load_font("", 27), fill="black")
    lines, _ = read_scan(save(picture))
    assert [read_number(word).reason for word in lines[0].text.split()[1:]] == [f"read as {number}, but not surely" for number in (12, 305, 0)]


@pytest.mark.parametrize(
    ("first", "second", "strokes", "status"),
    [
        (("12", 0.99), ("12", 0.99), {}, Status.REPORTED),
        (("12", 0.99), ("17", 0.99), {}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.40), {}, Status.UNREADABLE),
        (("1", 0.99), ("1", 0.99), {}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"digits": 3}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"gaps": 1}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"dashes": 1}, Status.UNREADABLE),
        (("-12", 0.99), ("-12", 0.99), {"dashes": 1}, Status.REPORTED),
        (("12", 0.99), ("12", 0.99), {"covered": True}, Status.UNREADABLE),
        (("12", 0.99), ("12", 0.99), {"cut": True}, Status.UNREADABLE),
        (("12.", 0.99), ("12", 0.99), {}, Status.REPORTED),
        (("1,200", 0.99), ("1,200", 0.99), {"digits": 4, "tails": 1, "gaps": 1}, Status.REPORTED),
        (("1,200", 0.99), ("1,200", 0.99), {"digits": 4}, Status.UNREADABLE),
        (("1.200", 0.99), ("1.200", 0.99), {"digits": 4}, Status.REPORTED),
        (("1.200", 0.99), ("1.200", 0.99), {"digits": 4, "tails": 1}, Status.UNREADABLE),
        (("减12", 0.99), ("减12", 0.99), {"digits": 4, "dashes": 1}, Status.REPORTED),
        (("1", 0.99), ("1", 0.99), {"digits": 1, "slant": 0.4}, Status.UNREADABLE),
        (("/", 0.99), ("/", 0.99), {"digits": 1, "slant": 0.4}, Status.NOT_APPLICABLE),
        (("/", 0.99), ("/", 0.99), {"digits": 1, "slant": 0.0}, Status.UNREADABLE),
        (("-", 0.60), ("-", 0.99), {"digits": 0}, Status.NOT_APPLICABLE),
        (("-", 0.40), ("--", 0.60), {"digits": 9, "bar": True}, Status.NOT_APPLICABLE),
        (("-", 0.40), ("1", 0.60), {"digits": 9, "bar": True}, Status.UNREADABLE),
        (("?", 0.99), ("?", 0.99), {"digits": 9, "bar": True}, Status.UNREADABLE),
        (("?", 0.99), ("?", 0.99), {"digits": 1}, Status.UNREADABLE),
        (("", 0.0), ("", 0.0), {}, Status.UNREADABLE),
    ],
)
def test_a_number_stands_only_if_readings_and_strokes_agree(first, second, strokes, status):
    text = settle(Reading(*first[:1], *first, 1.0), Reading(*second[:1], *second, 1.0), PLAIN._replace(**strokes))
    assert status_of(text) == status
    assert (DOUBT in text or LOST in text) == (status == Status.UNREADABLE)


@pytest.mark.parametrize(
    ("first", "second", "strokes", "readings"),
    [
        (("13", 0.99), ("18", 0.99), {}, (13, 18)),
        (("13", 0.99), ("13", 0.40), {}, (13,)),
        (("13", 0.99), ("?", 0.99), {}, (13,)),
        (("13", 0.99), ("1", 0.99), {}, (13, 1)),
        (("13", 0.99), ("13", 0.99), {"digits": 3}, ()),
        (("13", 0.99), ("18", 0.99), {"covered": True}, ()),
        (("13", 0.99), ("18", 0.99), {"cut": True}, ()),
    ],
)
def test_readings_are_of_all_the_ink_or_none(first, second, strokes, readings):
    """What is read of a number under a stamp or over a rule may be a part of it, which says nothing about the whole."""
    text = settle(Reading(*first[:1], *first, 1.0), Reading(*second[:1], *second, 1.0), PLAIN._replace(**strokes))
    assert list_readings(text) == readings


# -- what is refused ----------------------------------------------------------------------------------------------


def test_a_page_without_text_is_refused():
    with pytest.raises(Unreadable, match="no text"):
        read_scan(save(Image.new("RGB", (800, 800), "white")))


def test_letters_too_small_to_tell_are_refused():
    picture = draw_table(ROWS)
    small = picture.resize((picture.width // 4, picture.height // 4), Image.Resampling.LANCZOS)
    with pytest.raises(Unreadable, match=r"pixels high|too small|no text"):
        read_scan(save(small))


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
    endings = [harness.try_input(scan.TARGETS, ("scan", 0, number)) for number in range(len(scan.HARMS))]
    assert [ending for ending in endings if ending.failed()] == []
    assert {ending.words for ending in endings} == {"read", "unreadable"}


def test_a_page_of_too_many_lines_is_refused(monkeypatch):
    lines = sum(len(row) for row in ROWS) + 2
    monkeypatch.setattr("govtables.scan.texts.LIMITS", replace(LIMITS, scan_lines=lines))
    assert grid_of(save(draw_table(ROWS))) == ROWS
    monkeypatch.setattr("govtables.scan.texts.LIMITS", replace(LIMITS, scan_lines=lines - 1))
    with pytest.raises(Unreadable, match=f"{lines} lines on a page, the limit is {lines - 1}"):
        read_scan(save(draw_table(ROWS)))


def test_a_missing_library_is_named_with_the_extra(monkeypatch):
    monkeypatch.setitem(NEEDED, "no_such_library", "a library")
    with pytest.raises(Unreadable, match=r"needs a library; install it with: pip install 'govtables\[ocr\]'"):
        read_scan(save(draw_table(ROWS)))


def test_nothing_is_fetched(monkeypatch):
    def refuse(*arguments, **named):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert grid_of(save(draw_table(ROWS))) == ROWS


def test_nothing_is_told_to_the_maker_of_onnxruntime(tmp_path):
    """It opens no socket of Python's; what it would send it keeps in the user's cache first."""
    home, picture = tmp_path / "home", tmp_path / "scan.png"
    home.mkdir()
    picture.write_bytes(save(draw_table(ROWS)))
    told = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    program = "import pathlib, sys, govtables.scan as scan; print(len(scan.read_scan(pathlib.Path(sys.argv[1]).read_bytes())[0]))"
    command = [sys.executable, "-c", program, str(picture)]
    done = subprocess.run(command, env=told | {"HOME": str(home), "XDG_CACHE_HOME": str(home)}, capture_output=True, text=True, check=True)
    assert (done.stdout, list(home.rglob("*"))) == ("3\n", [])
