"""The words around the tables.

In: a source of chance, a generation. Out: the blocks of a document. Next: `report`.
"""

from __future__ import annotations

import csv
import functools
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from synthetic.boxes import Block, Form, edit


@functools.cache
def load_csv(name: str) -> tuple[tuple[str, ...], ...]:
    """Read one of the small tables beside this file, without its header."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return tuple(tuple(row) for row in csv.reader(stream))[1:]


CHAPTERS = "一二三四五六"
WIDE = str.maketrans("(),:;", "（），：；")
NARROW = str.maketrans("（），：；", "(),:;")


def make_writer(rng: random.Random, generation: str) -> Callable[[str], str]:
    """Return a function from a kind of text to one such text, its numbers drawn anew each time."""
    year = rng.randint(2021, 2025) if generation == "2021" else rng.randint(2019, 2020)
    choices: dict[str, list[str]] = {}
    for kind, text in load_csv("prose.csv"):
        choices.setdefault(kind, []).append(text)
    facts = {"issuer": rng.choice(choices["issuer"]), "year": str(year), "next": str(year + 1)}
    draws = {
        "n": lambda: str(rng.choice((rng.randint(1, 30), rng.randint(1, 2_000)))),
        "d": lambda: str(rng.randint(1, 9)),
    }

    def fill(match: re.Match[str]) -> str:
        return facts.get(match[1]) or draws[match[1]]()

    return lambda kind: re.sub(r"\{(issuer|year|next|n|d)\}", fill, rng.choice(choices[kind]))


def draw_headings(write: Callable[[str], str], rng: random.Random) -> list[str]:
    """Write the six chapter headings in one style, seldom without numbers."""
    style = rng.choices(("{}、{}", "\u3000\u3000{}、{}", "{}、{}。", " {}、{}", "{1}"), (10, 3, 2, 1, 1.5))[0]
    headings = [style.format(number, write(f"heading{i}")) for i, number in enumerate(CHAPTERS, 1)]
    return ["一、", *headings[1:]] if rng.random() < 0.03 else headings


def draw_titles(write: Callable[[str], str], rng: random.Random) -> list[str]:
    """Write the title once, twice, over two lines or not at all."""
    title = write("title")
    shapes = ([title], [title, title], re.split(r"(?=政府信息公开|政务公开)", title, maxsplit=1), [])
    return rng.choices(shapes, (14, 3, 2, 2))[0]


def draw_overview(write: Callable[[str], str], rng: random.Random) -> list[str]:
    """Write chapter one, full of numbers that belong to no table."""
    paragraphs = [
        [write("subheading")] * (rng.random() < 0.6) + [write("overview")] for _ in range(rng.randint(1, 5))
    ]
    return [text for pair in paragraphs for text in pair]


def draw_words(kinds: dict[str, float], write: Callable[[str], str], rng: random.Random) -> list[str]:
    """Write one text of each kind, each with its probability."""
    return [write(kind) for kind, chance in kinds.items() if rng.random() < chance]


def draw_blocks(
    form: Form, write: Callable[[str], str], instruction: bool, rng: random.Random
) -> list[Block]:
    """Write the document around the tables, in order."""
    before = {"lead": 0.25} | ({"instruction": 1.0} if instruction else {})
    tables = [draw_words(before, write, rng) for _ in form]
    notes = [draw_words({"note": 0.08}, write, rng) for _ in form]
    chapters = [
        ("text", draw_overview(write, rng)),
        *(("table", [*words, table, *note]) for words, table, note in zip(tables, form, notes, strict=True)),
        ("text", draw_words({"problem": 1.0, "overview": 0.3}, write, rng)),
        ("text", draw_words({"other": 1.0}, write, rng)),
    ]
    blocks = [Block("furniture", write("before")) for _ in range(rng.randint(0, 4))]
    blocks += [Block("title", title) for title in draw_titles(write, rng)]
    blocks += [Block("text", text) for text in draw_words({"preamble": 0.9}, write, rng)]
    for heading, (_, texts) in zip(draw_headings(write, rng), chapters, strict=True):
        blocks.append(Block("heading", heading))
        blocks += [Block("table" if text in form else "text", text) for text in texts]
    return blocks + [Block("furniture", write("after")) for _ in range(rng.randint(0, 4))]


def punctuate(form: Form, blocks: list[Block], wide: bool) -> tuple[Form, list[Block]]:
    """Give the whole document full-width or half-width punctuation."""
    marks = WIDE if wide else NARROW
    words = [
        block if block.kind == "table" else replace(block, text=block.text.translate(marks))
        for block in blocks
    ]
    return edit(
        form, lambda box: box if box.role == "value" else replace(box, text=box.text.translate(marks))
    ), words
