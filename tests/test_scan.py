"""Scans and pictures: what stands is read, what is doubtful is marked, what is harmful is refused.

Pictures are drawn here or by `benchmarks/relay/scans.py`; without the extra `ocr` only what needs no reading is tested.
"""

import io
import socket
import struct
import sys
import zlib
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="pictures need Pillow: pip install 'govtables[ocr]'")
pytest.importorskip("cv2", reason="scans need OpenCV: pip install 'govtables[ocr]'")
pytest.importorskip("onnxruntime", reason="scans need onnxruntime: pip install 'govtables[ocr]'")
pytest.importorskip("rapidocr", reason="scans need rapidocr: pip install 'govtables[ocr]'")
pytest.importorskip("pypdfium2", reason="PDF files of pictures need pypdfium2: pip install 'govtables[ocr]'")
pytest.importorskip("pylopdf_fonts_zh_cn", reason="pictures are drawn with a packaged font: pip install 'govtables[notebooks]'")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from govtables.forms import Status
from govtables.grid import Grid, Unreadable
from govtables.labels import read_number
from govtables.limits import LIMITS
from govtables.scan import MEDIA_TYPES, find_kind, read_scan
from govtables.scan.recognise import NEEDED, Reading
from govtables.scan.words import DOUBT, Strokes, settle

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from relay.scans import Job, load_font, score

WIDE, HIGH = 170, 60  # pixels of a drawn cell
PLAIN = Strokes(digits=2, dashes=0, gaps=0, slant=0.0, covered=False, cut=False)


def draw_table(rows: list[list[str]], walls: bool = True, font: ImageFont.FreeTypeFont | None = None) -> Image.Image:
    """Draw a ruled table at 200 dpi, between two lines of prose; without `walls` no rule parts the last two columns."""
    across, down = len(rows[0]) * WIDE, len(rows) * HIGH
    picture = Image.new("RGB", (across + 200, down + 300), "white")
    pen, font = ImageDraw.Draw(picture), font or load_font("", 27)
    pen.text((100, 40), "收到和处理政府信息公开申请情况如下", font=font, fill="black")
    pen.text((100, down + 200), "以上数字均由各股室提供并经本机关核对", font=font, fill="black")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            pen.text((100 + c * WIDE + WIDE / 2, 120 + r * HIGH + HIGH / 2), text, font=font, fill="black", anchor="mm")
    for r in range(len(rows) + 1):
        pen.line((100, 120 + r * HIGH, 100 + across, 120 + r * HIGH), fill="black", width=2)
    for c in range(len(rows[0]) + 1):
        if walls or c != len(rows[0]) - 1:
            pen.line((100 + c * WIDE, 120, 100 + c * WIDE, 120 + down), fill="black", width=2)
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


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"GIF89a", "规章".encode(), b"PK\3\4"])
def test_other_files_are_no_pictures(data):
    assert find_kind(data) is None


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
    found = score(Job(2_000_002 + noise, "2021", 200, noise))
    assert found.error is None
    assert found.verdicts["wrong"] == found.alone["wrong"] == 0, found.examples
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


def test_numbers_without_a_wall_between_them_are_not_one_number():
    texts = grid_of(save(draw_table(ROWS, walls=False)))
    assert [status_of(row[-1]) for row in texts[1:]] == [Status.UNREADABLE] * 2


def test_numbers_without_ruling_are_doubtful():
    picture = Image.new("RGB", (900, 400), "white")
    for x, text in ((100, "予以公开"), (350, "12"), (550, "305"), (750, "0")):
        ImageDraw.Draw(picture).text((x, 150), text, font=load_font("", 27), fill="black")
    ImageDraw.Draw(picture).text((100, 250), "以上数字均由各股室提供并经本机关核对", font=load_font("", 27), fill="black")
    lines, _ = read_scan(save(picture))
    assert [status_of(word) for word in lines[0].text.split("  ")[1:]] == [Status.UNREADABLE] * 3


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
        (("1,200", 0.99), ("1,200", 0.99), {"digits": 4, "gaps": 1}, Status.REPORTED),
        (("1", 0.99), ("1", 0.99), {"digits": 1, "slant": 0.4}, Status.UNREADABLE),
        (("/", 0.99), ("/", 0.99), {"digits": 1, "slant": 0.4}, Status.NOT_APPLICABLE),
        (("/", 0.99), ("/", 0.99), {"digits": 1, "slant": 0.0}, Status.UNREADABLE),
        (("-", 0.60), ("-", 0.99), {"digits": 0}, Status.NOT_APPLICABLE),
        (("?", 0.99), ("?", 0.99), {"digits": 1}, Status.UNREADABLE),
        (("", 0.0), ("", 0.0), {}, Status.UNREADABLE),
    ],
)
def test_a_number_stands_only_if_readings_and_strokes_agree(first, second, strokes, status):
    text = settle(Reading(*first[:1], *first, 1.0), Reading(*second[:1], *second, 1.0), PLAIN._replace(**strokes))
    assert status_of(text) == status
    assert (DOUBT in text) == (status == Status.UNREADABLE)


# -- what is refused ----------------------------------------------------------------------------------------------


def png_header(wide: int, high: int) -> bytes:
    """A PNG that says it is large and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (png_header(40_000, 40_000), f"the limit is {LIMITS.megapixels} million"),
        (save(Image.new("RGB", (20, 20))), "too small"),
        (save(Image.new("RGB", (800, 800), "white")), "no text"),
        (save(draw_table(ROWS))[:2000], "damaged picture"),
        (save(Image.new("1", (300, 300)), "TIFF", save_all=True, append_images=[Image.new("1", (300, 300))] * LIMITS.scans), f"{LIMITS.scans}; keep"),
        (b"%PDF-1.4 nothing", "damaged or encrypted"),
        (b"\xff\xd8\xff", "damaged picture"),
    ],
    ids=["bomb", "tiny", "empty", "cut", "many", "pdf", "jpeg"],
)
def test_what_is_no_scan_of_a_report_is_refused_with_a_remedy(data, message):
    with pytest.raises(Unreadable, match=message):
        read_scan(data)


def test_letters_too_small_to_tell_are_refused():
    picture = draw_table(ROWS)
    small = picture.resize((picture.width // 4, picture.height // 4), Image.Resampling.LANCZOS)
    with pytest.raises(Unreadable, match=r"pixels high|too small|no text"):
        read_scan(save(small))


def test_a_missing_library_is_named_with_the_extra(monkeypatch):
    monkeypatch.setitem(NEEDED, "no_such_library", "a library")
    with pytest.raises(Unreadable, match=r"needs a library; install it with: pip install 'govtables\[ocr\]'"):
        read_scan(save(draw_table(ROWS)))


def test_nothing_is_fetched(monkeypatch):
    def refuse(*arguments, **named):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert grid_of(save(draw_table(ROWS))) == ROWS
