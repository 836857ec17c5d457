"""The rules of a table, and the shade of its header.

In: a `Table`, where its bands stand on the page. Out: what the canvas draws under its texts. Next: `tables`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from relay.areas import Area
from relay.pages.bands import Table, is_header
from relay.pages.press import Press



def shade_header(press: Press, table: Table, areas: list[Area], first: int, tops: list[float]) -> None:
    """Paint the background of header cells."""
    shades = {"grey": (0.85, 0.88, 0.92), "dark": (0.12, 0.25, 0.5)}
    for area in areas:
        if press.look.shade in shades and is_header(area, table):
            top, bottom = tops[area.top - first], tops[min(area.end - first, len(tops) - 1)]
            press.canvas.setFillColorRGB(*shades[press.look.shade])
            x0, x1 = table.edges[area.left], table.edges[area.right]
            press.canvas.rect(x0, press.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)


def find_rules(
    press: Press, table: Table, areas: list[Area], first: int, end: int, tops: list[float]
) -> list[tuple[float, ...]]:
    """List the rules between cells that differ, as long as they can be; some are lost."""
    across, down = len(table.edges) - 1, end - first
    spans = [(id(a), range(a.top - first, a.end - first), range(a.left, a.right)) for a in areas]
    owner = {(r, c): area for area, bands, columns in spans for r in bands for c in columns}
    edges = [(r, c) for r in range(down + 1) for c in range(across + 1)]
    levels = {(r, c) for r, c in edges if c < across and owner.get((r - 1, c)) != owner.get((r, c))}
    for level in (0, down) if not press.look.closed else ():
        if (first if level == 0 else end) not in (0, table.header, len(table.heights)):
            levels -= {(level, c) for c in range(across)}
    walls = {(r, c) for r, c in edges if r < down and owner.get((r, c - 1)) != owner.get((r, c))}
    for cut in table.cut:
        if first <= cut < end - 1:
            levels -= {(cut + 1 - first, c) for c in range(across)}
    if press.look.open_sides:
        walls -= {(r, c) for r in range(down) for c in (0, across)}
    for _ in range(press.look.lost if table.name == "requests" and down > 6 else 0):
        some = walls if press.rng.random() < 0.5 else levels
        some.discard(press.rng.choice(sorted(edge for edge in some if edge[0] > 3 and edge[1] > 0)))
    rules = [(table.edges[c0], tops[r], table.edges[c1], tops[r]) for r, c0, c1 in runs(levels)]
    upright = runs({(c, r) for r, c in walls})
    return rules + [(table.edges[c], tops[r0], table.edges[c], tops[r1]) for c, r0, r1 in upright]


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
        right, down = off * (not flat), off * flat
        canvas.line(x0 + right, high - y0 - down, x1 + right, high - y1 - down)


def draw_box(press: Press, x0: float, x1: float, top: float, bottom: float) -> None:
    """Draw a cell as one stroked rectangle."""
    press.canvas.setLineWidth(press.look.weight)
    press.canvas.rect(x0, press.height - bottom, x1 - x0, bottom - top, stroke=1, fill=0)
