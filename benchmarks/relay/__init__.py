"""Known figures laid out in the formats that offices publish.

In: a seed, a generation of the form, and whether to damage it. Out: `Draft`: form, words around it, and what
is printed. Next: `words`, `sheets`, `pages` and `scans` make documents of it, `score` lets the package read
them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from synthetic import (
    GENERATIONS, Block, Box, Code, Form, Printed, Rows, blanks, boxes_of, break_rows, build_form, damage_form,
    draw_blocks, full_width, label_spaces, make_writer, not_applicable, pick_noises, punctuate, read_labels,
    read_truth, reword, split_labels, thousands, word_noises,
)

WIDTHS = {  # of the columns on paper, as shares of the table
    "disclosure": (0.28, 0.24, 0.24, 0.24),
    "requests": (0.045, 0.1, 0.275, *[0.0829] * 6, 0.0826),
    "disputes": (1 / 15,) * 15,
}
CHANGES = {
    "blanks": blanks,
    "not_applicable": not_applicable,
    "thousands": thousands,
    "full_width": full_width,
    "spaces": label_spaces,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is laid out."""

    form: Form
    blocks: list[Block]
    truth: dict[Code, Printed]
    labels: dict[tuple[str, str], str]
    noises: tuple[str, ...]


def draft_report(seed: int, generation: str, noise: bool, rng: random.Random) -> Draft:
    """Draw a report as for a page of a site, which keeps its columns; encodings have no part in it."""
    noises = [one for one in pick_noises("html", generation, rng) if one.stage != "bytes"] if noise else []
    mixed = any(one.stage == "build" for one in noises)
    form = build_form(rng, generation, GENERATIONS[GENERATIONS.index(generation) - mixed])
    official = {box.code: box.value for box in boxes_of(form) if box.role == "value"}
    blocks = draw_blocks(form, make_writer(rng, generation), False, rng)
    form, blocks = punctuate(form, blocks, wide=rng.random() < 0.4)
    form, names = damage_form(form, noises, rng)
    form = split_labels(form, rng) if rng.random() < 0.5 else form
    for change in word_noises(noises):
        form, blocks = reword(form, blocks, change, rng)
    names += [one.name for one in noises if one.stage != "form"]
    return Draft(form, blocks, read_truth(form, official), read_labels(form), tuple(names))


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
    held: dict[int, tuple[Box, int]] = {}
    placed: list[list[tuple[int, Box, bool]]] = []
    for row in rows:
        waiting, line, column = list(row), [], 0
        while waiting or any(start >= column for start in held):
            box, left = held.pop(column, (None, 0))
            goes_on = box is not None
            if box is None and not waiting:
                column += 1
                continue
            if box is None:
                box = waiting.pop(0)
                left = box.down
            line.append((column, box, goes_on))
            if left > 1:
                held[column] = (box, left - 1)
            column += box.across
        placed.append(line)
    return placed


def table_pieces(rows: Rows, rng: random.Random) -> Iterator[Rows]:
    """A table, a long one sometimes cut in two as by a page; the second piece may go without a header."""
    if len(rows) < 25 or rng.random() > 0.3:
        yield rows
    else:
        yield from break_rows(rows, rng.randint(7, len(rows) - 4), rng.random() < 0.4)
