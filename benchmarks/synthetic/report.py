"""One report: a form drawn, damaged, laid out and encoded.

In: a seed, a generation of the form, a layout and whether to damage it. Out: a `Sample`. Next: `accuracy.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from synthetic.boxes import Block, Code, Form, Printed, Sample, boxes_of, read_labels, read_truth
from synthetic.label_noises import split_labels
from synthetic.layouts import INVISIBLE, LAYOUTS, Layout, lay_text
from synthetic.noises import Noise, damage_form, pick_noises, reword, word_noises
from synthetic.official import GENERATIONS
from synthetic.tables import build_form
from synthetic.web import lay_page
from synthetic.words import draw_blocks, make_writer, punctuate

HTML_CHARSETS = (("utf-8", "utf-8"), ("utf-8", ""))
HTML_CHARSETS += (("gb18030", "gb2312"), ("gb18030", "gbk"), ("gb18030", ""))
HTML_CHARSET_WEIGHTS = (60, 10, 14, 8, 8)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is laid out, its layout of text, and who wrote its words."""

    form: Form
    blocks: list[Block]
    truth: dict[Code, Printed]
    labels: dict[tuple[str, str], str]
    noises: tuple[str, ...]
    base: Layout | None = None
    write: Callable[[str], str] | None = None


def encode(text: str, codec: str) -> tuple[bytes, str]:
    """Encode with a byte-order mark where UTF-16 needs one; what the codec cannot write stays UTF-8."""
    mark = "\ufeff" if codec.startswith("utf-16") else ""
    try:
        return (mark + text).encode(codec), codec
    except UnicodeEncodeError:
        return text.encode(), "utf-8"


def choose_codec(noises: list[Noise], layout: str, rng: random.Random) -> tuple[str, str]:
    """Return the codec of the document and the charset that an HTML page declares."""
    codecs = [str(noise.change) for noise in noises if noise.stage == "bytes"]
    if codecs:
        return codecs[0], ""
    return rng.choices(HTML_CHARSETS, HTML_CHARSET_WEIGHTS)[0] if layout == "html" else ("utf-8", "")


def draw_draft(
    layout: str, generation: str, noises: list[Noise], rng: random.Random,
    figures: random.Random | None = None,
) -> Draft:
    """Draw a report with its noises, but for those of the bytes; the draft names the ones of its form.

    `figures` draws the numbers by themselves, so that reports differ in nothing else.
    """
    mixed = any(noise.stage == "build" for noise in noises)
    form = build_form(figures or rng, generation, GENERATIONS[GENERATIONS.index(generation) - mixed])
    official = {box.code: box.value for box in boxes_of(form) if box.role == "value"}
    base = rng.choice(LAYOUTS[layout]) if LAYOUTS[layout] else None
    write = make_writer(rng, generation)
    blocks = draw_blocks(form, write, bool(base and base.instruction), rng)
    form, blocks = punctuate(form, blocks, wide=rng.random() < 0.4)
    form, names = damage_form(form, noises, rng)
    form = split_labels(form, rng) if layout in {"html", "L5"} and rng.random() < 0.5 else form
    for change in word_noises(noises):
        form, blocks = reword(form, blocks, change, rng)
    return Draft(form, blocks, read_truth(form, official), read_labels(form), tuple(names), base, write)


def make_report(seed: int, generation: str, layout: str, noise: bool, figures: int | None = None) -> Sample:
    """Make one report; the same arguments always give the same bytes.

    Those with one `seed` and other seeds for their `figures` differ in their numbers alone, as reports do
    that a site prints by one template.
    """
    rng = random.Random(seed)
    noises = pick_noises(layout, generation, rng) if noise else []
    own = None if figures is None else random.Random(figures)
    draft = draw_draft(layout, generation, noises, rng, own)
    form, blocks, base = draft.form, draft.blocks, draft.base
    codec, charset = choose_codec(noises, layout, rng)
    text = lay_text(form, blocks, base, rng) if base else lay_page(form, blocks, draft.write, charset, rng)
    data, written = encode(text, codec)
    said = [one for one in noises if one.stage in {"words", "prose"}]
    said += [one for one in noises if one.stage == "build" or (one.stage, one.change) == ("bytes", written)]
    invisible = [renderer in INVISIBLE for renderer in base.tables] if base else [False] * 3
    return Sample(
        name=f"synthetic-{seed}.{'txt' if base else 'html'}",
        data=data,
        layout=layout,
        generation=generation,
        noises=(*draft.noises, *(one.name for one in said)),
        truth=draft.truth,
        labels=draft.labels,
        encoding=written,
        invisible=frozenset(table for table, hidden in zip(form, invisible, strict=True) if hidden),
    )
