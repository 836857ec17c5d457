"""How an office prints its reports.

In: chance. Out: a `Look`. Next: `bands`, `press`, `rules`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

RULES = ("lines", "rects", "boxes", "segments", "dashes", "double")
FOOTERS = ("- {} -", "— {} —", "{}", "第 {} 页 共 {} 页", "")
FONTS = ("embedded", "STSong-Light")


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


def traits(look: Look) -> tuple[str, ...]:
    """Name what a document's look has to be read through."""
    habits = ("landscape", "turned", "repeat", "cut", "bold", "open_sides", "lost")
    told = [name for name in habits if getattr(look, name)] + ([] if look.closed else ["open_break"])
    return (look.font, look.rules, f"group {look.upright}", f"header {look.shade}", *told)
