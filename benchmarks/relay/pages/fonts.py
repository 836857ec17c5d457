"""Fonts of printed reports, and how wide they are.

In: letters, a text. Out: fonts that reportlab knows, lines of a width. Next: `bands`, `press`.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
from pathlib import Path

import synthetic
from relay.areas import wrap
from relay.pages.look import FONTS

POSTSCRIPT = 6  # the number of that name in a font
PIECES = re.compile(r"[\d.,]+|.")  # a number is never broken


@functools.cache
def load_font(name: str) -> str:
    """Register a font once; the embedded one, of TrueType outlines, is cut to the letters of a report."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    known = name in FONTS[1:]
    font = UnicodeCIDFont(name) if known else TTFont(name, io.BytesIO(make_truetype(_letters())))
    pdfmetrics.registerFont(font)
    return name


def _letters() -> str:
    """All letters that a report may print."""
    folder = Path(synthetic.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in (*folder.glob("*.py"), folder / "prose.csv")]
    chinese = "".join(sorted({c for text in texts for c in text if c > "\x7f"}))
    return "".join(map(chr, range(32, 127))) + chinese + "０１２３４５６７８９．，－＋"


def make_truetype(letters: str) -> bytes:
    """Cut the Noto font to some letters and give it the outlines that reportlab embeds."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, newTable
    from pylopdf_fonts_zh_cn import sans_path

    font = TTFont(sans_path(), recalcTimestamp=False)
    options = Options(layout_features=[], notdef_outline=True, hinting=False)
    options.drop_tables = ["VORG", "BASE", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    glyphs, outlines = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphs, font["glyf"].glyphOrder = outlines, font.getGlyphOrder()
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for name in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(font["maxp"], name, 1)
    for name in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth"):
        setattr(font["maxp"], name, 0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    font.sfntVersion = "\x00\x01\x00\x00"
    for record in font["name"].names:  # reportlab takes fonts of one PostScript name for the same
        if record.nameID == POSTSCRIPT:
            record.string = f"Cut-{hashlib.sha256(letters.encode()).hexdigest()[:8]}"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def wrap_line(text: str, font: str, size: float, width: float, indent: float = 0) -> list[str]:
    """Break text into lines of a width, as wide as a font prints it."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return wrap(text, PIECES, lambda line: stringWidth(line, font, size), width, indent)
