"""A whole report, printed.

In: a seed and a generation of the form. Out: a `Sample`, its bytes a PDF or an OFD file. Next: `score`.
"""

from __future__ import annotations

import io
import random

from relay import draft_paper
from relay.pages.bands import lay_table
from relay.pages.fonts import load_font
from relay.pages.look import Look, draw_look, traits
from relay.pages.ofd import Habits, OfdCanvas
from relay.pages.press import Press, start_page, write_paragraph
from relay.pages.tables import write_table
from synthetic import Block, Form, Sample



def print_report(
    form: Form, blocks: list[Block], look: Look, rng: random.Random, habits: Habits | None = None
) -> bytes:
    """Print a whole report, with `habits` as OFD."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    load_font(look.font)
    file = io.BytesIO()
    width, height = A4[::-1] if look.landscape else A4
    canvas = Canvas(file, pagesize=(width, height), invariant=1, pageCompression=1)
    canvas = OfdCanvas(file, (width, height), habits) if habits else canvas
    title = next((block.text for block in blocks if block.kind == "title"), "")
    press = Press(canvas, look, rng, width, height, title)
    start_page(press)
    for block in blocks:
        if block.kind == "table":
            table = lay_table(block.text, form[block.text], look, press.margin, width - 2 * press.margin, rng)
            write_table(press, table)
        elif block.kind != "furniture":
            write_paragraph(press, block)
    canvas.save()
    return file.getvalue()


def make_pages(seed: int, generation: str, noise: bool, kind: str = "pdf") -> Sample:
    """Make one report, with `noise` one with defects; the same arguments always give the same bytes."""
    rng = random.Random(seed)
    draft = draft_paper(generation, 0.2 if noise else 0, rng)
    look = draw_look(rng, noise)
    chance = random.Random(-seed)
    flags = [chance.random() < share for share in (0.2, 0.3, 0.4, 0.4, 0.8)]
    habits = Habits(*flags, slack=chance.choice((0.0, 0.0, 0.5))) if kind == "ofd" else None
    data = print_report(draft.form, draft.blocks, look, rng, habits)
    noises = (*draft.noises, *traits(look))
    return Sample(f"pages-{seed}.{kind}", data, kind, generation, noises, draft.truth, draft.labels)
