"""A whole report, printed and scanned.

In: a seed, a generation of the form, whether to damage the picture, dots an inch. Out: a `Sample`, its bytes
a TIFF of several pages or a PDF of pictures. Next: `score`.
"""

from __future__ import annotations

import io
import random

from PIL import Image

from relay import WIDTHS, draft_paper
from relay.areas import Area, lay_areas
from relay.scans.damage import NOISES
from relay.scans.press import A4, MARGIN, Look, Press, draw_look, width_of, wrap_line, write
from synthetic import Block, Form, Rows, Sample



def write_paragraph(press: Press, block: Block) -> None:
    """Write a title, a heading or a paragraph."""
    size = 18.0 if block.kind == "title" else press.look.body
    indent = 0 if block.kind in {"title", "heading"} else press.point(2 * size)
    wide = press.inch(A4[0] - 2 * MARGIN)
    for n, line in enumerate(wrap_line(press, block.text.strip(), size, wide, indent)):
        if press.room() < press.point(1.7 * size):
            press.turn()
        press.down += press.point(1.6 * size)
        x = press.inch(MARGIN) + (indent if n == 0 else 0)
        x = (press.inch(A4[0]) - width_of(press, line, size)) / 2 if block.kind == "title" else x
        write(press, x, press.down, line, size)


def write_table(press: Press, name: str, rows: Rows) -> None:
    """Print a table, over as many pages as it takes."""
    size, wide = press.look.size, press.inch(A4[0] - 2 * MARGIN)
    edges = [press.inch(MARGIN)]
    for part in WIDTHS[name]:
        edges.append(edges[-1] + round(part * wide))
    areas = lay_areas(
        rows, edges, lambda text, wide: wrap_line(press, text, size, wide - press.point(5))
    )
    heights = find_heights(press, areas, len(rows))
    header = 3 if name == "requests" else 0
    press.down += press.point(8)
    if press.room() < sum(heights[:4]):  # no page ends inside a header
        press.turn()
    first = 0
    for band in range(len(heights) + 1):
        if band == len(heights) or sum(heights[first : band + 1]) > press.room():
            print_bands(press, areas, heights, edges, first, band)
            if band < len(heights):
                press.turn()
                if press.look.repeat and header:
                    print_bands(press, areas, heights, edges, 0, header)
                first = band
    press.down += press.point(10)


def find_heights(press: Press, areas: list[Area], bands: int) -> list[int]:
    """Give every band the height that its cells need."""
    lead, pad = press.point(press.look.size * 1.25), press.point(press.rng.choice((4, 6, 9)))
    heights = [
        max((len(a.lines) for a in areas if (a.top, a.end) == (r, r + 1)), default=1) * lead + pad
        for r in range(bands)
    ]
    for area in areas:
        heights[area.end - 1] += max(0, len(area.lines) * lead + pad - sum(heights[area.top : area.end]))
    return heights


def print_bands(
    press: Press, areas: list[Area], heights: list[int], edges: list[int], first: int, end: int
) -> None:
    """Print the part of a table that stands on one page."""
    tops = [round(press.down)]
    for height in heights[first:end]:
        tops.append(tops[-1] + height)
    rule = press.point(press.look.rule)
    for area in areas:
        if area.top >= end or area.end <= first:
            continue
        top, bottom = tops[max(area.top, first) - first], tops[min(area.end, end) - first]
        shade = (225,) * 3 if press.look.grey and area.box.role == "header" else None
        corners = (edges[area.left], top, edges[area.right] + rule - 1, bottom + rule - 1)
        press.pen().rectangle(corners, fill=shade, outline=(press.look.ink,) * 3, width=rule)
        if area.top >= first:
            print_lines(press, area, edges, top, bottom)
    press.down = tops[-1]


def print_lines(press: Press, area: Area, edges: list[int], top: int, bottom: int) -> None:
    """Print the lines of a cell, in its middle."""
    size = press.look.size
    lead = press.point(size * 1.25)
    lines = area.lines[: (bottom - top) // lead]  # what a page break leaves room for
    y = (top + bottom - lead * len(lines)) / 2 + press.point(size * 1.0)
    for line in lines:
        middle = (edges[area.left] + edges[area.right] - width_of(press, line, size)) / 2
        x = edges[area.left] + press.point(3) if press.look.left and area.box.role == "row" else middle
        write(press, x, y, line, size)
        y += lead


def print_report(form: Form, blocks: list[Block], look: Look, rng: random.Random) -> list[Image.Image]:
    """Print a report to pages."""
    press = Press(look, rng, [])
    press.turn()
    for block in blocks:
        if block.kind == "table":
            write_table(press, block.text, form[block.text])
        elif block.kind != "furniture":
            write_paragraph(press, block)
    return press.pages


def save_scan(pages: list[Image.Image], dpi: int, rng: random.Random) -> tuple[str, bytes]:
    """Save pages as one file."""
    kind = rng.choice(("TIFF", "PDF"))
    file = io.BytesIO()
    undated = {"creationDate": None, "modDate": None}
    more = {"compression": "tiff_deflate"} if kind == "TIFF" else undated
    pages[0].save(file, kind, save_all=True, append_images=pages[1:], resolution=dpi, **more)
    return kind.lower(), file.getvalue()


def make_scan(seed: int, generation: str, noise: bool, dpi: int = 200) -> Sample:
    """Make one report, with `noise` of a damaged picture; the same arguments always give the same bytes."""
    rng = random.Random(seed)
    draft = draft_paper(generation, 0.12, rng)
    look = draw_look(rng, dpi)
    pages = print_report(draft.form, draft.blocks, look, rng)
    damage = [name for name, (rate, _) in NOISES.items() if noise and rng.random() < rate]
    for name in damage:
        pages = [NOISES[name][1](page, rng) for page in pages]
    kind, data = save_scan(pages, dpi, rng)
    traits = (*draft.noises, *damage, look.digits.partition(".")[0] or "Noto", f"{look.size} pt", kind)
    return Sample(f"scan-{seed}.{kind}", data, "scan", generation, traits, draft.truth, draft.labels)
