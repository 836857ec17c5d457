"""Cells as they stand on paper: their bands, their columns, and their texts broken into lines.

In: rows of boxes, where the columns stand. Out: `Area`s. Next: `pages` and `scans`, which print them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from synthetic import Box, Rows, place


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


def lay_areas(
    rows: Rows, edges: Sequence[float], break_text: Callable[[str, float], list[str]]
) -> list[Area]:
    """Give every cell its bands and columns, and its lines, broken to the width of these."""
    return [
        Area(box, r, r + box.down, c, c + box.across, break_text(box.text, edges[c + box.across] - edges[c]))
        for r, line in enumerate(place(rows))
        for c, box, _ in line
        if box.role != "filler"
    ]


def wrap(
    text: str, pieces: re.Pattern[str], measure: Callable[[str], float], width: float, indent: float = 0
) -> list[str]:
    """Break text into lines of a width, between pieces alone; the first is indented."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, left = "", width - indent
        for piece in pieces.findall(part):
            if line and measure(line + piece) > left:
                lines.append(line)
                line, left = "", width
            line += piece
        lines.append(line)
    return lines
