"""Known figures laid out in the formats that offices publish.

In: a seed, a generation of the form, and whether to damage it. Out: `Draft`: form, words around it, and what
is printed. Next: `words`, `sheets`, `pages` and `scans` make documents of it, `score` lets the package read
them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from synthetic import (
    Box, Draft, Rows, blanks, boxes_of, break_rows, build_form, carry, draw_blocks, draw_draft, full_width,
    label_spaces, make_writer, not_applicable, pick_noises, punctuate, read_labels, read_truth, split_labels,
    thousands,
)

WIDTHS = {  # of the columns on paper, as shares of the table
    "disclosure": (0.28, 0.24, 0.24, 0.24),
    "requests": (0.045, 0.1, 0.275, *[0.0829] * 6, 0.0826),
    "disputes": (1 / 15,) * 15,
}
CHANGES = {"blanks": blanks, "not_applicable": not_applicable, "thousands": thousands}
CHANGES |= {"full_width": full_width, "spaces": label_spaces}


def draft_report(seed: int, generation: str, noise: bool, rng: random.Random) -> Draft:
    """Draw a report as for a page of a site, which keeps its columns; encodings have no part in it."""
    noises = [one for one in pick_noises("html", generation, rng) if one.stage != "bytes"] if noise else []
    draft = draw_draft("html", generation, noises, rng)
    return replace(draft, noises=(*draft.noises, *(one.name for one in noises if one.stage != "form")))


def draft_paper(generation: str, rate: float, rng: random.Random) -> Draft:
    """Draw a report as for paper; each way to print numbers otherwise is taken at a rate."""
    form = build_form(rng, generation, generation)
    official = {box.code: box.value for box in boxes_of(form) if box.role == "value"}
    blocks = draw_blocks(form, make_writer(rng, generation), False, rng)
    form, blocks = punctuate(form, blocks, wide=rng.random() < 0.4)
    names = tuple(name for name in CHANGES if rate and rng.random() < rate)
    for name in names:
        form = CHANGES[name](form, rng)
    form = split_labels(form, rng) if rng.random() < 0.5 else form
    return Draft(form, blocks, read_truth(form, official), read_labels(form), names)


def place_boxes(rows: Rows) -> list[list[tuple[int, Box, bool]]]:
    """Give every box its column; below its first row a box stands again, marked as going on."""
    return [[(column, box, left < box.down) for column, box, left in line] for line in carry(rows)]


def table_pieces(rows: Rows, rng: random.Random) -> Iterator[Rows]:
    """A table, a long one sometimes cut in two as by a page; the second piece may go without a header."""
    if len(rows) < 25 or rng.random() > 0.3:
        yield rows
    else:
        yield from break_rows(rows, rng.randint(7, len(rows) - 4), rng.random() < 0.4)
