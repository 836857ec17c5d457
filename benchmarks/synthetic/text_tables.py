"""Tables as text: from rows of boxes to lines, in the ways that crawlers leave them.

In: rows of boxes. Out: lines. Next: `layouts`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from synthetic.boxes import Box, Placed, Rows, count_columns, place


def shown(row: Iterable[Box]) -> list[str]:
    """Return the texts of a row where positions do not count: what is gone leaves no trace."""
    return [box.text for box in row if not box.gone and box.role != "filler"]


def in_line(texts: Iterable[str]) -> list[str]:
    """Write each text on one line."""
    return [text.replace("\n", " ") for text in texts]


def lay_pipes(
    rows: Rows, rng: random.Random, before: str = "", pad: bool = True, width: int = 0
) -> list[str]:
    """L1: a row a line, a pipe behind each cell, rows padded with pipes to the width of the grid."""
    width = max(width, count_columns(rows)) if pad else 0
    texts = [in_line(shown(row)) for row in rows if shown(row)]
    pads = [*("|" * (width - len(row)) for row in texts[:-1]), ""]  # the crawler strips the table's end
    return [f"{before}{' | '.join(row)} | {end}".rstrip(" ") for row, end in zip(texts, pads, strict=True)]


def lay_pipes_broken(rows: Rows, rng: random.Random) -> list[str]:
    """L1d: a leading pipe, and a line break inside each cell."""
    cells = ["".join(f"\n {text}  | " for text in in_line(shown(row))) for row in rows if shown(row)]
    return [line for row in cells for line in f"| {row}".split("\n")]


def lay_cell_lines(rows: Rows, rng: random.Random, remnants: bool = True) -> list[str]:
    """L2: a cell a line with a pipe behind it; the pipes of a spanned row stand on their own line."""
    width, alone, lines = count_columns(rows), remnants and rng.random() < 0.15, []
    for row in rows:
        for box in row:
            for text in shown([box]):
                lines += [*text.split("\n"), "|"] if alone and box.role == "row" else f"{text} |".split("\n")
        lines += ["|" * (width - len(shown(row)))] if remnants and len(shown(row)) < width else []
    return lines


def lay_pipe_lines(rows: Rows, rng: random.Random) -> list[str]:
    """L3: a cell a line, and the pipe alone on the next one."""
    return [line for row in rows for text in in_line(shown(row)) for line in (text, "|")]


def lay_cells(rows: Rows, rng: random.Random) -> list[str]:
    """L4: a cell a line, a blank line behind each; blank cells leave nothing, a split label is two cells."""
    joint = rng.choice(("\n", "\n\n"))
    texts = [text.replace("\n", joint) for row in rows for text in shown(row) if text]
    return [line for text in texts for line in f"{text}\n".split("\n")]


def lay_tabs(rows: Rows, rng: random.Random) -> list[str]:
    """L5: a tab and a cell a line, empty ones too, a blank line behind each row."""
    lines: list[str] = []
    for row in place(rows):
        lines += [line for _, box, _ in row for line in f"\t{box.text}".split("\n")]
        lines.append("")
    return lines


def lay_grid(rows: Rows, rng: random.Random) -> list[str]:
    """L6: a tab-separated grid of fixed width, empty columns at its right."""
    placed = place(rows)
    width = count_columns(rows)
    width += 0 if width == 15 else rng.choice((0, 1, 3, 7))
    return ["\t".join(in_line(spread(row, width))) for row in placed]


def spread(row: list[Placed], width: int, repeat: bool = False) -> list[str]:
    """Put texts at their columns; `repeat` copies labels over the columns that they span."""
    texts = [""] * width
    for column, box, _ in row:
        again = box.across if repeat and box.role not in {"value", "extra"} else 1
        texts[column : column + again] = [box.text] * again
    return texts


def lay_flow(rows: Rows, rng: random.Random) -> list[str]:
    """L7: everything in one line, cells parted by a blank."""
    return [" ".join(text for row in rows for text in in_line(shown(row)) if text)]


def markdown_rows(rows: list[list[str]]) -> list[str]:
    """Write rows of texts as a Markdown table, the first one as its header."""
    lines = [f"| {' | '.join(in_line(row))} |" for row in rows]
    return [lines[0], f"|{'---|' * len(rows[0])}", *lines[1:], ""]


def lay_markdown(rows: Rows, rng: random.Random) -> list[str]:
    """L14: a Markdown table a table; table C, known by its fifteen numbers, in three."""
    if len([box for box in rows[-1] if box.role == "value"]) == 15:
        return lay_markdown_disputes(rows)
    placed, repeat = place(rows), rng.random() < 0.5
    width = count_columns(rows)
    return ["", *markdown_rows([spread(row, width, repeat) for row in placed])]


def lay_markdown_disputes(rows: Rows) -> list[str]:
    """L14: table C in three short tables, each below its own title."""
    review, suits = rows[1][:5], rows[1][5:]
    titles = ["行政复议", *(f"行政诉讼（{text}）" for text in in_line(shown(suits)))]
    headers = [box.text for box in (*review, *rows[2])]
    values = [box.text for box in rows[-1]]
    lines: list[str] = []
    for index, title in enumerate(titles):
        part = slice(5 * index, 5 * index + 5)
        lines += ["", f"### {title}", "", *markdown_rows([headers[part], values[part]])]
    return lines
