"""How an office writes its documents.

In: chance. Out: `Habits`. Next: `tables`, `report`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass



@dataclass(frozen=True, slots=True)
class Habits:
    """How one office writes its documents."""

    headings: str  # plain, style, list (numbered automatically)
    lines: str  # break or paragraph, inside a cell
    blank: str  # what an empty cell holds
    torn: bool  # runs cut anywhere, as editing leaves them
    tracked: bool  # some numbers changed with changes tracked
    items: bool  # item labels numbered automatically
    controls: bool  # some cells in content controls
    fine: int  # grid columns a printed column takes
    ragged: bool  # numbers stand a little beside their headers, as programs leave it that turn PDF into Word
    legacy: bool  # spans written with hMerge
    framed: bool  # the whole document in a table of one cell
    boxed: bool  # the title in a text box


def draw_habits(rng: random.Random) -> Habits:
    """Choose an office's habits; most are plain."""
    ragged = rng.random() < 0.1
    return Habits(
        headings=rng.choice(("plain", "plain", "style", "list")),
        lines=rng.choice(("break", "paragraph")),
        blank=rng.choice(("", "", " ", "\u3000")),
        torn=rng.random() < 0.3,
        tracked=rng.random() < 0.15,
        items=rng.random() < 0.15,
        controls=rng.random() < 0.1,
        fine=10 if ragged else rng.choice((1, 1, 2, 3)),
        ragged=ragged,
        legacy=rng.random() < 0.1,
        framed=rng.random() < 0.1,
        boxed=rng.random() < 0.15,
    )
