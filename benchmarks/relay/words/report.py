"""A whole report as a Word document.

In: a seed, a generation of the form, and whether to damage it. Out: a `Sample` with the bytes of a DOCX file.
Next: `score`.
"""

from __future__ import annotations

import io
import random
import re

from relay import Draft, draft_report, table_pieces
from relay.words.container import pack
from relay.words.habits import Habits, draw_habits
from relay.words.paragraphs import write_box, write_numbered, write_paragraph
from relay.words.tables import write_table
from synthetic import Block, Sample

CHAPTER = re.compile("^[\u3000 ]*[一二三四五六]、(?=.)")


def make_words(seed: int, generation: str, noise: bool) -> Sample:
    """Make one report as DOCX; the same arguments always give the same document."""
    rng = random.Random(seed)
    draft = draft_report(seed, generation, noise, rng)
    data = write_words(draft, draw_habits(rng), rng)
    return Sample(f"words-{seed}.docx", data, "docx", generation, draft.noises, draft.truth, draft.labels)


def write_words(draft: Draft, habits: Habits, rng: random.Random) -> bytes:
    """Write a draft as DOCX."""
    body = "".join(write_block(block, draft, habits, rng) for block in draft.blocks)
    return pack(f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>" if habits.framed else body)


def write_block(block: Block, draft: Draft, habits: Habits, rng: random.Random) -> str:
    """Write one block of the document."""
    if block.kind == "table":
        pieces = table_pieces(draft.form[block.text], rng)
        return "".join(write_table(piece, habits, rng) + write_paragraph("") for piece in pieces)
    if block.kind == "title" and habits.boxed:
        return write_box(block.text)
    if block.kind == "heading" and habits.headings == "list" and CHAPTER.match(block.text):
        return write_numbered(CHAPTER.sub("", block.text), 90)
    style = '<w:pStyle w:val="Heading1"/>' if block.kind == "heading" and habits.headings == "style" else ""
    return write_paragraph(block.text, style)


def read_with_python_docx(data: bytes) -> list[list[str]]:
    """Rows of all tables as python-docx gives them."""
    from docx import Document

    tables = Document(io.BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]
