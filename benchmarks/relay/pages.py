"""Synthetic annual reports as PDF, whose every cell is known.

In: a seed and a generation of the form. Out: a `Sample`, its bytes printed through reportlab with ruled
tables that pages break. Next: `score` lets the package read them. The geometry is made here, not by the
reader: rows get heights, cells spans, and rules are drawn between cells that differ.
"""

from __future__ import annotations

import functools
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import synthetic
from relay import WIDTHS, draft_paper
from synthetic import Block, Box, Form, Rows, Sample, place

RULES = ("lines", "rects", "boxes", "segments", "dashes", "double")
FOOTERS = ("- {} -", "— {} —", "{}", "第 {} 页 共 {} 页", "")
FONTS = ("embedded", "STSong-Light")
PAD = 2.5
BODY = 12.0  # size of prose
INK = (0.1, 0.1, 0.1)


@dataclass(frozen=True, slots=True)
class Look:
    """How one office prints its reports."""

    font: str
    size: float  # of the tables
    landscape: bool
    turned: bool  # landscape by the page's own /Rotate
    rules: str
    weight: float  # of a rule, in points
    repeat: bool  # the header of a table again on each page
    cut: bool  # a page may end inside a row
    closed: bool  # a rule where a page cuts a table
    upright: str  # the tall group label: stacked, or turned
    shade: str  # of the header: none, grey, dark
    bold: bool  # titles and headers drawn twice
    open_sides: bool  # no outer border left and right
    lost: int  # borders of cells that are missing
    shift: float  # of texts in their cells, in points
    header: bool  # a running header
    footer: str
    left: bool  # labels to the left, not centred


def draw_look(rng: random.Random, noise: bool) -> Look:
    """Choose an office's habits; with `noise` its rows may be cut by pages, and borders may be missing."""
    landscape = rng.random() < 0.15
    return Look(
        font=rng.choice(FONTS),
        size=rng.choice((7.5, 8, 9, 9, 10.5)),
        landscape=landscape,
        turned=landscape and rng.random() < 0.5,
        rules=rng.choices(RULES, (8, 4, 3, 2, 1, 1))[0],
        weight=rng.choice((0.25, 0.5, 0.75, 1)),
        repeat=rng.random() < 0.4,
        cut=noise and rng.random() < 0.5,
        closed=not noise or rng.random() < 0.5,
        upright=rng.choice(("stacked", "stacked", "turned")),
        shade=rng.choices(("none", "grey", "dark"), (7, 2, 1))[0],
        bold=rng.random() < 0.25,
        open_sides=noise and rng.random() < 0.12,
        lost=rng.choice((1, 1, 2)) if noise and rng.random() < 0.2 else 0,
        shift=rng.choice((0, 0, 0, 0.8, 1.5)),
        header=rng.random() < 0.3,
        footer=rng.choice(FOOTERS),
        left=rng.random() < 0.5,
    )


# ----------------------------------------------------------------------------------------
# Fonts


@functools.cache
def load_font(name: str) -> str:
    """Register a font once; the embedded one is cut to the letters of the form and its prose, with TrueType outlines."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(UnicodeCIDFont(name) if name in FONTS[1:] else TTFont(name, io.BytesIO(make_truetype(_letters()))))
    return name


def _letters() -> str:
    """All letters that a report may print."""
    paths = [path for path in Path(synthetic.__file__).parent.iterdir() if path.name == "prose.csv" or path.suffix == ".py"]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return "".join(map(chr, range(32, 127))) + "".join(sorted({c for text in texts for c in text if c > "\x7f"})) + "０１２３４５６７８９．，－＋"


def make_truetype(letters: str) -> bytes:
    """Cut the Noto font to some letters and give it the outlines that reportlab embeds."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, newTable
    from pylopdf_fonts_zh_cn import sans_path

    font = TTFont(sans_path())
    subsetter = Subsetter(Options(layout_features=[], notdef_outline=True, hinting=False, drop_tables=["VORG", "BASE", "vhea", "vmtx"]))
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
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def wrap(text: str, font: str, size: float, width: float, indent: float = 0) -> list[str]:
    """Break text into lines of a width; the first is indented."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines: list[str] = []
    for part in text.split("\n"):
        line, left = "", width - indent
        for piece in re.findall(r"[\d.,]+|.", part):  # a number is never broken
            if line and stringWidth(line + piece, font, size) > left:
                lines.append(line)
                line, left = "", width
            line += piece
        lines.append(line)
    return lines


# ----------------------------------------------------------------------------------------
# A table: bands of some height, and cells that span bands and columns


@dataclass(slots=True)
class Area:
    """One printed cell: bands `top` to `end`, columns `left` to `right` (both ends excluded), its lines."""

    box: Box
    top: int
    end: int
    left: int
    right: int
    lines: list[str]
    split: int = -1  # lines above the page break, when its row is cut
    shown: int = 0  # lines that earlier pages show, when it spans several


@dataclass(slots=True)
class Table:
    """Cells over bands; `edges` are where columns begin and end."""

    name: str
    areas: list[Area]
    heights: list[float]
    edges: list[float]
    header: int
    cut: list[int] = field(default_factory=list)  # bands after which a row goes on


def lay_table(name: str, rows: Rows, look: Look, left: float, width: float, rng: random.Random) -> Table:
    """Give every cell its bands, columns and lines, and every band its height."""
    edges = [left]
    for part in WIDTHS[name]:
        edges.append(edges[-1] + part * width)
    areas = [
        Area(box, r, r + box.down, c, c + box.across, wrap(box.text, look.font, look.size, edges[c + box.across] - edges[c] - 2 * PAD))
        for r, line in enumerate(place(rows))
        for c, box, _ in line
        if box.role != "filler"
    ]
    for area in areas:
        if is_turned(area, look):
            area.lines = [area.box.text.replace("\n", "")]
    lead, pad = look.size * 1.25, rng.choice((3, 5, 8))
    heights = [max((len(a.lines) for a in areas if (a.top, a.end) == (r, r + 1)), default=1) * lead + pad for r in range(len(rows))]
    for area in areas:
        missing = len(area.lines) * lead + pad - sum(heights[area.top : area.end])
        if area.end - area.top > 1 and missing > 0 and not is_turned(area, look):
            heights[area.end - 1] += missing
    header = 3 if name == "requests" else 0
    return Table(name, areas, heights, edges, header)


def cut_band(table: Table, band: int, room: float, look: Look, rng: random.Random) -> bool:
    """Cut a band where a page ends inside its row, if some of its lines fit; numbers stay whole on one side."""
    lead = look.size * 1.25
    own = [area for area in table.areas if (area.top, area.end) == (band, band + 1)]
    fits = int((room - 3) // lead)
    if not own or not 0 < fits < max(len(area.lines) for area in own) or band < table.header:
        return False
    above = rng.random() < 0.5
    for area in table.areas:
        if area in own:
            one = len(area.lines) == 1
            area.split = (1 if above or area.box.role != "value" else 0) if one else min(fits, len(area.lines))
            area.end += 1
        else:
            area.top += area.top > band
            area.end += area.end > band
    rest = table.heights[band] - fits * lead
    table.heights[band : band + 1] = [fits * lead + 3, max(rest, lead + 3)]
    table.cut.append(band)
    return True


# ----------------------------------------------------------------------------------------
# Pages


@dataclass(slots=True)
class Press:
    """The canvas, how to print on it, and how far down its page is."""

    canvas: object
    look: Look
    rng: random.Random
    width: float
    height: float
    title: str
    margin: float = 62.0
    down: float = 0.0
    page: int = 0

    def room(self) -> float:
        """Return the height that is left on the page."""
        return self.height - self.margin - self.down


def start_page(press: Press) -> None:
    """Open a page with its running header and number."""
    canvas, look = press.canvas, press.look
    if press.page:
        canvas.showPage()
    press.page += 1
    if look.turned:
        canvas.setPageRotation(90)
        canvas.translate(press.height, 0)
        canvas.rotate(90)
    canvas.setFillColorRGB(*INK)
    canvas.setFont(look.font, 9)
    if look.header:
        canvas.drawString(press.margin, press.height - 40, press.title)
    if look.footer:
        canvas.drawCentredString(press.width / 2, 34, look.footer.format(press.page, 9))
    press.down = press.margin


def write_text(press: Press, x: float, down: float, text: str, size: float, bold: bool = False) -> None:
    """Write one line, twice for a bold one."""
    press.canvas.setFont(press.look.font, size)
    for step in (0, 0.3) if bold else (0,):
        press.canvas.drawString(x + step, press.height - down, text)


def write_paragraph(press: Press, block: Block) -> None:
    """Write a title, a heading or a paragraph."""
    look, title = press.look, block.kind == "title"
    size = 18.0 if title else BODY
    indent = 0.0 if title or block.kind == "heading" else 2 * size
    lines = wrap(block.text.strip(), look.font, size, press.width - 2 * press.margin, indent)
    for n, line in enumerate(lines):
        if press.room() < 1.6 * size:
            start_page(press)
        press.down += 1.6 * size
        x = press.margin + (indent if n == 0 else 0)
        if title:
            x = (press.width - press.canvas.stringWidth(line, look.font, size)) / 2
        write_text(press, x, press.down, line, size, look.bold and block.kind in {"title", "heading"})


def write_table(press: Press, table: Table) -> None:
    """Print a table, over as many pages as it takes."""
    press.down += press.rng.choice((8, 8, 20, 60, 140))
    if press.room() < sum(table.heights[: table.header + 1]) + 4:
        start_page(press)
    first, band = 0, 0
    room = press.room()
    while band < len(table.heights):
        if table.heights[band] > room:
            if press.look.cut and cut_band(table, band, room, press.look, press.rng):
                band += 1
            print_bands(press, table, first, band)
            start_page(press)
            if press.look.repeat and table.header:
                print_bands(press, table, 0, table.header)
            first, room = band, press.room()
        room -= table.heights[band]
        band += 1
    print_bands(press, table, first, band)
    press.down += 10


def print_bands(press: Press, table: Table, first: int, end: int) -> None:
    """Print the part of a table that stands on one page."""
    if first == end:
        return
    areas = [area for area in table.areas if area.top < end and area.end > first]
    make_room(table, areas, end, press.look)
    tops = [press.down]
    for band in range(first, end):
        tops.append(tops[-1] + table.heights[band])
    shade_header(press, table, areas, first, tops)
    press.canvas.setStrokeColorRGB(*INK)
    press.canvas.setFillColorRGB(*INK)
    if press.look.rules == "boxes":
        for area in areas:
            top, bottom = tops[max(area.top, first) - first], tops[min(area.end, end) - first]
            draw_box(press, table.edges[area.left], table.edges[area.right], top, bottom)
    else:
        for x0, y0, x1, y1 in find_rules(press, table, areas, first, end, tops):
            draw_rule(press, x0, y0, x1, y1)
    for area in areas:
        print_area(press, table, area, first, end, tops)
    press.down = tops[-1]


def shade_header(press: Press, table: Table, areas: list[Area], first: int, tops: list[float]) -> None:
    """Paint the background of header cells."""
    shades = {"grey": (0.85, 0.88, 0.92), "dark": (0.12, 0.25, 0.5)}
    for area in areas:
        if press.look.shade in shades and is_header(area, table):
            top, bottom = tops[area.top - first], tops[min(area.end - first, len(tops) - 1)]
            press.canvas.setFillColorRGB(*shades[press.look.shade])
            x0, x1 = table.edges[area.left], table.edges[area.right]
            press.canvas.rect(x0, press.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)


def is_header(area: Area, table: Table) -> bool:
    """Tell whether a cell is part of the header."""
    return area.end <= table.header


def find_rules(press: Press, table: Table, areas: list[Area], first: int, end: int, tops: list[float]) -> list[tuple[float, ...]]:
    """List the rules between cells that differ, as long as they can be; some are lost."""
    across, down = len(table.edges) - 1, end - first
    owner = {(r, c): id(a) for a in areas for r in range(a.top - first, a.end - first) for c in range(a.left, a.right)}
    levels = {(r, c) for r in range(down + 1) for c in range(across) if owner.get((r - 1, c)) != owner.get((r, c))}
    for level in (0, down) if not press.look.closed else ():
        if (first if level == 0 else end) not in (0, table.header, len(table.heights)):
            levels -= {(level, c) for c in range(across)}
    walls = {(r, c) for r in range(down) for c in range(across + 1) if owner.get((r, c - 1)) != owner.get((r, c))}
    for cut in table.cut:
        if first <= cut < end - 1:
            levels -= {(cut + 1 - first, c) for c in range(across)}
    if press.look.open_sides:
        walls -= {(r, c) for r in range(down) for c in (0, across)}
    for _ in range(press.look.lost if table.name == "requests" and down > 6 else 0):
        some = walls if press.rng.random() < 0.5 else levels
        some.discard(press.rng.choice(sorted(edge for edge in some if edge[0] > 3 and edge[1] > 0)))
    rules = [(table.edges[c0], tops[r], table.edges[c1], tops[r]) for r, c0, c1 in runs(levels)]
    return rules + [(table.edges[c], tops[r0], table.edges[c], tops[r1]) for c, r0, r1 in runs({(c, r) for r, c in walls})]


def runs(edges: set[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Join neighbouring edges of a line."""
    for line, group in groupby(sorted(edges), key=lambda edge: edge[0]):
        places = [place for _, place in group]
        for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
            joined = [place for _, place in run]
            yield line, joined[0], joined[-1] + 1


def draw_rule(press: Press, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw one rule in the document's way."""
    canvas, look, high = press.canvas, press.look, press.height
    flat = y0 == y1
    if look.rules == "rects":
        half = look.weight / 2
        canvas.rect(x0 - half, high - y1 - half, x1 - x0 + 2 * half, y1 - y0 + 2 * half, stroke=0, fill=1)
        return
    canvas.setLineWidth(look.weight)
    if look.rules == "segments":
        step, at, length = 7.0, 0.0, (x1 - x0) + (y1 - y0)
        while at < length:
            a, b = at, min(at + step, length)
            canvas.line(x0 + a * flat, high - y0 - a * (not flat), x0 + b * flat, high - y0 - b * (not flat))
            at += step
        return
    canvas.setDash([2, 1.5] if look.rules == "dashes" else [])
    for off in (-0.8, 0.8) if look.rules == "double" else (0,):
        canvas.line(x0 + off * (not flat), high - y0 - off * flat, x1 + off * (not flat), high - y1 - off * flat)


def draw_box(press: Press, x0: float, x1: float, top: float, bottom: float) -> None:
    """Draw a cell as one stroked rectangle."""
    press.canvas.setLineWidth(press.look.weight)
    press.canvas.rect(x0, press.height - bottom, x1 - x0, bottom - top, stroke=1, fill=0)


def print_area(press: Press, table: Table, area: Area, first: int, end: int, tops: list[float]) -> None:
    """Print those lines of a cell that belong to this page."""
    look, canvas = press.look, press.canvas
    top, bottom = tops[max(area.top, first) - first], tops[min(area.end, end) - first]
    x0, x1 = table.edges[area.left], table.edges[area.right]
    lines = choose_lines(area, first, end, bottom - top, look)
    header = is_header(area, table)
    white = header and look.shade == "dark"
    canvas.setFillColorRGB(*(1, 1, 1) if white else INK)
    dx, dy = (press.rng.uniform(-look.shift, look.shift) for _ in "xy")
    if is_turned(area, look):
        print_turned(press, lines, (x0 + x1) / 2, (top + bottom) / 2)
        return
    lead = look.size * 1.25
    down = (top + bottom - len(lines) * lead) / 2 + look.size * 1.05 + dy
    for n, line in enumerate(lines):
        wide = canvas.stringWidth(line, look.font, look.size)
        x = x0 + PAD if look.left and area.box.role == "row" else (x0 + x1 - wide) / 2
        write_text(press, x + dx, down + n * lead, line, look.size, look.bold and header)


def print_turned(press: Press, lines: list[str], x: float, down: float) -> None:
    """Write a label from bottom to top."""
    canvas, look = press.canvas, press.look
    for line in lines:
        canvas.saveState()
        canvas.translate(x + look.size / 3, press.height - down - canvas.stringWidth(line, look.font, look.size) / 2)
        canvas.rotate(90)
        canvas.setFont(look.font, look.size)
        canvas.drawString(0, 0, line)
        canvas.restoreState()


def choose_lines(area: Area, first: int, end: int, height: float, look: Look) -> list[str]:
    """Take the lines of a cell that this part of it shows: a label that spans the break may be cut too."""
    starts, ends = area.top >= first, area.end <= end
    if starts and ends:
        return area.lines
    if area.split >= 0:
        return area.lines[: area.split] if starts else area.lines[area.split :]
    needs = 10 * look.size if is_turned(area, look) else look.size * 1.25
    fits = len(area.lines) if ends else area.shown + int((height - 1) // needs)
    lines, area.shown = area.lines[area.shown : fits], min(fits, len(area.lines))
    return lines


def is_turned(area: Area, look: Look) -> bool:
    """Tell whether a label is written from bottom to top."""
    return look.upright == "turned" and area.box.role == "group" and area.left == 0


def make_room(table: Table, areas: list[Area], end: int, look: Look) -> None:
    """Give the end of a label that earlier pages began the height it needs."""
    for area in areas:
        if area.shown and area.end <= end:
            missing = (len(area.lines) - area.shown) * look.size * 1.25 + 3 - table.heights[area.end - 1]
            table.heights[area.end - 1] += max(missing, 0)


def print_report(form: Form, blocks: list[Block], look: Look, rng: random.Random) -> bytes:
    """Print a whole report."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    load_font(look.font)
    file = io.BytesIO()
    width, height = A4[::-1] if look.landscape else A4
    canvas = Canvas(file, pagesize=(width, height), invariant=1, pageCompression=1)
    title = next((block.text for block in blocks if block.kind == "title"), "")
    press = Press(canvas, look, rng, width, height, title)
    start_page(press)
    for block in blocks:
        if block.kind == "table":
            table = lay_table(block.text, form[block.text], look, press.margin, width - 2 * press.margin, rng)
            write_table(press, table)
        elif block.kind != "furniture":
            write_paragraph(press, block)
    canvas.save()
    return file.getvalue()


def make_pages(seed: int, generation: str, noise: bool) -> Sample:
    """Make one report, with `noise` one with defects; the same arguments always give the same bytes."""
    rng = random.Random(seed)
    draft = draft_paper(generation, 0.2 if noise else 0, rng)
    look = draw_look(rng, noise)
    data = print_report(draft.form, draft.blocks, look, rng)
    return Sample(f"pages-{seed}.pdf", data, "pdf", generation, (*draft.noises, *traits(look)), draft.truth, draft.labels)


def traits(look: Look) -> tuple[str, ...]:
    """Name what a document's look has to be read through."""
    named = {name: getattr(look, name) for name in ("landscape", "turned", "repeat", "cut", "bold", "open_sides", "lost")}
    told = [name for name, holds in named.items() if holds] + ([] if look.closed else ["open_break"])
    return (look.font, look.rules, f"group {look.upright}", f"header {look.shade}", *told)


# ----------------------------------------------------------------------------------------
# Beside it


def read_with_pdfplumber(data: bytes) -> list[list[str]]:
    """Take the rows of the tables that pdfplumber finds with its defaults."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return [[cell or "" for cell in row] for table in tables for row in table]


def count_pages(data: bytes) -> int:
    """Count the pages of a PDF or TIFF file; others have none before they are printed."""
    if data.startswith(b"%PDF"):
        import pypdfium2

        with pypdfium2.PdfDocument(data) as document:
            return len(document)
    if data.startswith((b"II*", b"MM")):
        from PIL import Image

        with Image.open(io.BytesIO(data)) as picture:
            return picture.n_frames
    return 0
