"""A table on paper: bands of some height, and cells that span bands and columns.

In: rows of boxes, a `Look`. Out: a `Table`, its bands cut where pages end. Next: `tables`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from relay import WIDTHS
from relay.areas import Area, lay_areas
from relay.pages.fonts import wrap_line
from relay.pages.look import Look
from synthetic import Rows

PAD = 2.5


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
    areas = lay_areas(
        rows, edges, lambda text, wide: wrap_line(text, look.font, look.size, wide - 2 * PAD)
    )
    for area in areas:
        if is_turned(area, look):
            area.lines = [area.box.text.replace("\n", "")]
    lead, pad = look.size * 1.25, rng.choice((3, 5, 8))
    heights = [
        max((len(a.lines) for a in areas if (a.top, a.end) == (r, r + 1)), default=1) * lead + pad
        for r in range(len(rows))
    ]
    for area in areas:
        missing = len(area.lines) * lead + pad - sum(heights[area.top : area.end])
        if area.end - area.top > 1 and missing > 0 and not is_turned(area, look):
            heights[area.end - 1] += missing
    header = 3 if name == "requests" else 0
    return Table(name, areas, heights, edges, header)


def cut_band(table: Table, band: int, room: float, look: Look, rng: random.Random) -> bool:
    """Cut a band where a page ends in its row, if some of its lines fit; numbers stay whole on one side."""
    lead = look.size * 1.25
    own = [area for area in table.areas if (area.top, area.end) == (band, band + 1)]
    fits = int((room - 3) // lead)
    if not own or not 0 < fits < max(len(area.lines) for area in own) or band < table.header:
        return False
    above = rng.random() < 0.5
    for area in table.areas:
        if area in own:
            shown = int(above or area.box.role != "value") if len(area.lines) == 1 else fits
            area.split = min(shown, len(area.lines))
            area.end += 1
        else:
            area.top += area.top > band
            area.end += area.end > band
    rest = table.heights[band] - fits * lead
    table.heights[band : band + 1] = [fits * lead + 3, max(rest, lead + 3)]
    table.cut.append(band)
    return True


def make_room(table: Table, areas: list[Area], end: int, look: Look) -> None:
    """Give the end of a label that earlier pages began the height it needs."""
    for area in areas:
        if area.shown and area.end <= end:
            missing = (len(area.lines) - area.shown) * look.size * 1.25 + 3 - table.heights[area.end - 1]
            table.heights[area.end - 1] += max(missing, 0)


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


def is_header(area: Area, table: Table) -> bool:
    """Tell whether a cell is part of the header."""
    return area.end <= table.header
