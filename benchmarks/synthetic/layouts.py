"""Layouts of text documents: how each prints its tables, and what it does to the whole.

In: a form, the words around it. Out: the text. Next: `report`.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from synthetic.boxes import Block, Form, Rows
from synthetic.text_tables import (
    lay_cell_lines, lay_cells, lay_flow, lay_grid, lay_markdown, lay_pipe_lines, lay_pipes, lay_pipes_broken,
    lay_tabs,
)


def keep(lines: list[str], rng: random.Random) -> list[str]:
    """Leave the lines of a document as they are."""
    return lines


def finish_flow(lines: list[str], rng: random.Random) -> list[str]:
    """L7: the whole document on one line, or a line a chapter."""
    text = " ".join(line.strip() for line in lines if line.strip())
    return [text] if rng.random() < 0.5 else re.split(r" (?=[一二三四五六]、(?!本年新收|上年结转|本年度办|结转下))", text)


def finish_pipes(lines: list[str], rng: random.Random) -> list[str]:
    """L10: layout tables leave hundreds of pipes around the text."""
    run = "|" * rng.randint(150, 700)
    wraps = [line and "|" not in line and rng.random() < 0.2 for line in lines]
    wrapped = [
        f"{line} | {run[: rng.randint(1, 200)]}" if wrap else line
        for line, wrap in zip(lines, wraps, strict=True)
    ]
    return ["|", run, *wrapped, run[: rng.randint(10, 150)]]


def number_pages(lines: list[str], rng: random.Random) -> list[str]:
    """L15: leave page numbers of a PDF between the lines of a table."""
    style, page = rng.choice(("- {} -", "— {} —", "-{}-", "- {} -")), rng.randint(2, 6)
    gap = [""] if "" in lines else []
    between = [spot for spot in range(1, len(lines)) if not gap or lines[spot - 1] == ""]
    spots = sorted(rng.sample(between, min(rng.randint(1, 3), len(between))), reverse=True)
    for back, spot in enumerate(spots):
        lines = [*lines[:spot], style.format(page - back + 3), *gap, *lines[spot:]]
    return lines


Renderer = Callable[[Rows, random.Random], list[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text document prints its three tables and joins its paragraphs."""

    tables: tuple[Renderer, Renderer, Renderer]
    gap: bool = False
    indent: str = ""
    finish: Callable[[list[str], random.Random], list[str]] = keep
    paged: bool = False
    instruction: bool = False
    markdown: bool = False


def thrice(renderer: Renderer, **settings: object) -> Layout:
    """Make a layout that prints its three tables alike."""
    return Layout((renderer, renderer, renderer), **settings)


L1 = lay_pipes
L1B = functools.partial(lay_pipes, pad=False)
L2B = functools.partial(lay_cell_lines, remnants=False)
LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "L1": (thrice(L1),),
    "L1b": (thrice(L1B),),
    "L1c": (thrice(functools.partial(lay_pipes, before="| ", pad=False)),),
    "L1d": (thrice(lay_pipes_broken),),
    "L2": (thrice(lay_cell_lines),),
    "L2b": (thrice(L2B),),
    "L3": (thrice(lay_pipe_lines),),
    "L4": (thrice(lay_cells, gap=True),),
    "L5": (thrice(lay_tabs, indent="\u3000\u3000"),),
    "L6": (thrice(lay_grid, gap=True),),
    "L7": (thrice(lay_flow, finish=finish_flow),),
    "L9": (Layout((L2B, L1B, L1B)), Layout((L2B, L1B, lay_cells))),
    "L10": (thrice(functools.partial(lay_pipes, width=90), finish=finish_pipes),),
    "L13": (
        thrice(lay_pipe_lines, instruction=True), thrice(L1, instruction=True),
        thrice(lay_cells, gap=True, instruction=True),
    ),
    "L14": (thrice(lay_markdown, gap=True, markdown=True),),
    "L15": (
        thrice(L1, paged=True), thrice(lay_cell_lines, paged=True), thrice(lay_cells, gap=True, paged=True),
    ),
    "html": (),
}
TEXT = frozenset(LAYOUTS) - {"html"}
ALL = frozenset(LAYOUTS)
INVISIBLE = (lay_cells, lay_flow)  # renderers that print nothing for a blank cell
TABLE_TITLES = {"disclosure": "表一 主动公开情况", "requests": "表二 申请办理情况", "disputes": "表三 复议诉讼情况"}


def lay_table(form: Form, table: str, layout: Layout, rng: random.Random) -> list[str]:
    """Print one table of the form in a text layout."""
    lines = layout.tables[list(form).index(table)](form[table], rng)
    lines = number_pages(lines, rng) if layout.paged else lines
    return [f"## {TABLE_TITLES[table]}", *lines] if layout.markdown else lines


def lay_text(form: Form, blocks: list[Block], layout: Layout, rng: random.Random) -> str:
    """Print the whole document in a text layout."""
    lines: list[str] = []
    for block in blocks:
        if block.kind == "table":
            lines += [*lay_table(form, block.text, layout, rng), *([""] if layout.gap else [])]
            continue
        mark = "# " if layout.markdown and block.kind in {"title", "heading"} else layout.indent
        lines += [f"{mark}{block.text}", ""] if layout.gap else [f"{mark}{block.text}"]
    return "\n".join(layout.finish(lines, rng))
