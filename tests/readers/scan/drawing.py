"""Pictures of tables, drawn here or by `benchmarks/relay/scans/`, and what is read from them.

Who imports this calls `extra.skip_without_extra` first; pictures alone are tested in `test_pictures.py`.
"""

import io

from PIL import Image, ImageDraw, ImageFont
from relay.scans import load_font

from govtables.language import read_number
from govtables.readers.document import Grid
from govtables.readers.scan import read_scan

WIDE, HIGH = 170, 60  # pixels of a drawn cell
ROWS = [["自然人", "商业企业", "科研机构"], ["12", "305", "0"], ["7", "11", "46"]]


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
