"""Tables on pages: which bands stand on one, and the texts of their cells.

In: a `Table`, a `Press`. Out: its pages. Next: `report`.
"""

from __future__ import annotations

from relay.areas import Area
from relay.pages.bands import PAD, Table, choose_lines, cut_band, is_header, is_turned, make_room
from relay.pages.press import INK, Press, start_page, write_text
from relay.pages.rules import draw_box, draw_rule, find_rules, shade_header



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
        long = canvas.stringWidth(line, look.font, look.size)
        canvas.translate(x + look.size / 3, press.height - down - long / 2)
        canvas.rotate(90)
        canvas.setFont(look.font, look.size)
        canvas.drawString(0, 0, line)
        canvas.restoreState()
