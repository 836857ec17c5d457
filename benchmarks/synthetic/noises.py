"""The catalogue of noise.

In: a form, the words around it. Out: both with some noises, and the names of these. Next: `report`.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from synthetic.boxes import Block, Box, Form, edit
from synthetic.label_noises import (
    dropped_labels, first_line_only, header_two_rows, label_spaces, lost_characters, numbering, ocr_label,
    split_labels, torn_group,
)
from synthetic.layouts import ALL
from synthetic.number_noises import blanks, full_width, letter_o, not_applicable, padding, thousands, units
from synthetic.official import GENERATIONS
from synthetic.row_noises import extra_column, extra_row, lost_cell, row_omitted, wide_label
from synthetic.word_noises import debris, pinyin_plain, pinyin_toned, to_traditional


@dataclass(frozen=True, slots=True)
class Noise:
    """One kind of damage: how often a document that can have it draws it, where it works and what it does.

    Stage `form` changes boxes, `words` all printed texts, `prose` the paragraphs alone, `bytes` names a
    codec; `build` is handled when the form is drawn. A document has at most one noise of a family.
    """

    name: str
    rate: float
    stage: str
    change: Callable[..., object] | str
    layouts: frozenset[str] = ALL
    generations: tuple[str, ...] = GENERATIONS
    family: str = ""


def dialect(name: str, base: str) -> Noise:
    """Make the noise of one Traditional dialect."""
    return Noise(name, 0.035, "words", functools.partial(to_traditional, name, base), family="script")


NOISES = (
    Noise("mixed_generations", 0.02, "build", ""),
    Noise("first_line_only", 0.06, "form", first_line_only, family="header"),
    Noise("header_two_rows", 0.05, "form", header_two_rows, ALL - {"L14"}, family="header"),
    Noise("split_labels", 0.08, "form", split_labels, family="header"),
    Noise("row_omitted", 0.06, "form", row_omitted), Noise("extra_row", 0.05, "form", extra_row),
    Noise("extra_column", 0.03, "form", extra_column),
    Noise("torn_group", 0.15, "form", torn_group, frozenset({"L6"})),
    Noise("dropped_labels", 0.03, "form", dropped_labels), Noise("numbering", 0.08, "form", numbering),
    Noise("lost_characters", 0.06, "form", lost_characters),
    Noise("ocr_label", 0.05, "form", ocr_label, ALL - {"L7"}),
    Noise("label_spaces", 0.08, "form", label_spaces), Noise("wide_label", 0.02, "form", wide_label),
    Noise("lost_cell", 0.03, "form", lost_cell), Noise("blanks", 0.08, "form", blanks),
    Noise("not_applicable", 0.07, "form", not_applicable), Noise("thousands", 0.05, "form", thousands),
    Noise("units", 0.05, "form", units), Noise("letter_o", 0.05, "form", letter_o),
    Noise("padding", 0.07, "form", padding), Noise("full_width", 0.05, "form", full_width),
    dialect("traditional_naive", "s2t"), dialect("traditional_hk", "s2hk"),
    dialect("traditional_tw", "s2tw"), Noise("pinyin_toned", 0.025, "words", pinyin_toned, family="pinyin"),
    Noise("pinyin_plain", 0.025, "words", pinyin_plain, family="pinyin"),
    Noise("debris", 0.05, "prose", debris), Noise("utf8_bom", 0.03, "bytes", "utf-8-sig", family="encoding"),
    Noise("utf16_le", 0.02, "bytes", "utf-16-le", family="encoding"),
    Noise("utf16_be", 0.02, "bytes", "utf-16-be", family="encoding"),
    Noise("gb18030", 0.04, "bytes", "gb18030", family="encoding"),
    Noise("big5", 0.03, "bytes", "big5hkscs", family="encoding"),
)
MOST_NOISES = 3


def pick_noises(layout: str, generation: str, rng: random.Random) -> list[Noise]:
    """Draw the noises of one document, at most three, in the order of the catalogue."""
    fitting = [noise for noise in NOISES if layout in noise.layouts and generation in noise.generations]
    drawn = [noise for noise in fitting if rng.random() < noise.rate]
    chosen = rng.sample(drawn, min(len(drawn), MOST_NOISES))
    families = {noise.family or noise.name: noise for noise in chosen}
    return [noise for noise in NOISES if noise in families.values()]


def damage_form(form: Form, noises: list[Noise], rng: random.Random) -> tuple[Form, list[str]]:
    """Apply the noises that change boxes, and name those that found something to change."""
    names = []
    for noise in noises:
        damaged = noise.change(form, rng) if noise.stage == "form" else form
        names += [noise.name] if damaged != form else []
        form = damaged
    return form, names


def word_noises(noises: list[Noise]) -> list[Noise]:
    """Return the noises that change words; a Big5 document is Traditional in any case."""
    words = [noise for noise in noises if noise.stage in {"words", "prose"}]
    bare = any(noise.name == "big5" for noise in noises) and not any(
        noise.family == "script" for noise in words
    )
    return [dialect("big5", "s2tw"), *words] if bare else words


def reword(form: Form, blocks: list[Block], noise: Noise, rng: random.Random) -> tuple[Form, list[Block]]:
    """Apply a noise that changes words; annotations leave the numbers alone."""
    spared = {"pinyin": ("value", "extra")}.get(noise.family, ())

    def change(box: Box) -> Box:
        return box if box.role in spared or not box.text else replace(box, text=noise.change(box.text, rng))

    words = [
        block if block.kind == "table" else replace(block, text=noise.change(block.text, rng))
        for block in blocks
    ]
    return (edit(form, change) if noise.stage == "words" else form), words
