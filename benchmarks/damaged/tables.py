"""Damages of the tables' build, by a word processor or a content management system.

In: a page. Out: the page with rows, columns or headers lost, merged or exchanged. Next: `document`.
"""

from __future__ import annotations

import random
from dataclasses import replace

from damaged.kinds import (
    ALL, PIECE, SECOND, UNPRINTED, Page, code_rows, draw_row, draw_table, has_digits, kind, labelled_rows,
    put, texts_of, with_row, with_rows,
)
from synthetic import Block, Box, Form, Rows, break_rows, edit


@kind(ALL - {"L7"})
def cells_merged(page: Page, rng: random.Random) -> Page | None:
    """Neighbouring cells of a row were merged, and their numbers stand in one."""
    row = draw_row(page, rng)
    if not row:
        return None
    at, texts = rng.randrange(len(row) - 1), texts_of(page)
    joined = put(page, {row[at]: f"{texts[row[at]]}{rng.choice((chr(10), ' '))}{texts[row[at + 1]]}"})
    return replace(widen(joined, row[at], row[at + 1]), moved=frozenset({row[at + 1]}))


@kind()
def zeros_merged(page: Page, rng: random.Random) -> Page | None:
    """Two neighbouring zeros were merged into one cell with one zero."""
    texts = texts_of(page)
    rows = [row for table in page.form for row in code_rows(page, table)]
    pairs = [pair for row in rows for pair in zip(row, row[1:], strict=False)]
    pairs = [pair for pair in pairs if texts[pair[0]] == texts[pair[1]] == "0"]
    return widen(page, *rng.choice(pairs)) if pairs else None


def widen(page: Page, kept: tuple[str, str, str], gone: tuple[str, str, str]) -> Page:
    """Let a cell stand over its neighbour's place too."""

    def keep(row: list[Box]) -> list[Box]:
        more = sum(box.across for box in row if box.role == "value" and box.code == gone)
        left = [box for box in row if box.role != "value" or box.code != gone]
        return [
            replace(box, across=box.across + more) if box.role == "value" and box.code == kept else box
            for box in left
        ]

    return replace(page, form={table: [keep(row) for row in rows] for table, rows in page.form.items()})


@kind()
def label_split(page: Page, rng: random.Random) -> Page | None:
    """A row was split at a page's end: the rest of its label stands in a row without numbers."""
    rows = page.form["requests"]
    at = rng.choice([i for i in labelled_rows(rows) if i + 1 < len(rows)])
    label = next(box for box in rows[at] if box.role == "row")
    half = len(label.text) // 2
    upper = [replace(box, text=box.text[:half]) if box.role == "row" else box for box in rows[at]]
    lower = [Box(label.text[half:], label.across, role="header"), *[Box("", role="header")] * 7]
    lines = [*rows[:at], upper, *rows[at + 1 :]]
    return with_rows(page, "requests", with_row(lines, at + 1, lower))


def with_pieces(page: Page, table: str, first: Rows, second: Rows) -> Page:
    """Print a table in two pieces."""
    name = table + PIECE
    at = next(i for i, block in enumerate(page.blocks) if block.kind == "table" and block.text == table)
    blocks = [*page.blocks[: at + 1], Block("table", name), *page.blocks[at + 1 :]]
    return replace(page, form={**page.form, table: first, name: second}, blocks=blocks)


@kind(UNPRINTED)
def header_repeated(page: Page, rng: random.Random) -> Page | None:
    """The header is repeated in the middle of the table, on the next page."""
    rows = page.form["requests"]
    return with_pieces(page, "requests", *break_rows(rows, rng.randint(6, len(rows) - 3), True))


@kind(UNPRINTED, keeps=True)
def header_lost(page: Page, rng: random.Random) -> Page | None:
    """The header of the second table is lost, or one of its lines."""
    rows = page.form["requests"]
    start = rng.choice((0, 2))
    return with_rows(page, "requests", [row for i, row in enumerate(rows) if not start <= i < 3])


@kind()
def half_lost(page: Page, rng: random.Random) -> Page | None:
    """What stood before or behind a page break is lost."""
    rows = page.form["requests"]
    upper, lower = break_rows(rows, rng.randint(6, len(rows) - 3), rng.random() < 0.5)
    return with_rows(page, "requests", rng.choice((upper, lower)))


@kind()
def cut_off(page: Page, rng: random.Random) -> Page | None:
    """The document ends in the middle of a table."""
    table = rng.choice(("disclosure", "requests", "requests"))
    at = next(i for i, block in enumerate(page.blocks) if block.kind == "table" and block.text == table)
    rows = page.form[table]
    names = [name for name in page.form if page.form[name] is not rows][: list(page.form).index(table)]
    form = {name: page.form[name] for name in names} | {
        table: break_rows(rows, rng.randint(3, len(rows) - 2), False)[0]
    }
    return replace(page, form=form, blocks=page.blocks[: at + 1])


def move_columns(page: Page, order: list[int]) -> Page:
    """Print the second table's columns in another order, headers and all; the five bodies stay together."""
    rows = page.form["requests"]
    middle = [box for box in rows[1] if box.role == "header"]
    named = {0: middle[0], 6: middle[2]}
    line, low = [], [box for box in rows[2]]
    for at in order:
        line += [named[at]] if at in named else [middle[1]] * (middle[1] not in line)
    bodies = [low[at - 1] for at in order if 0 < at < 6]
    moved = [rows[0], line, bodies]
    for row in rows[3:]:
        values = [box for box in row if box.role == "value"]
        moved.append([*(box for box in row if box.role != "value"), *(values[at] for at in order)])
    return with_rows(page, "requests", moved)


@kind()
def columns_exchanged(page: Page, rng: random.Random) -> Page | None:
    """Two columns have changed places, headers and all."""
    order, (left, right) = list(range(7)), rng.sample(range(1, 6), 2)
    order[left], order[right] = right, left
    return move_columns(page, order)


@kind()
def total_first(page: Page, rng: random.Random) -> Page | None:
    """The column of totals stands first, header and all."""
    return move_columns(page, [6, 0, 1, 2, 3, 4, 5])


@kind(keeps=True)
def headers_exchanged(page: Page, rng: random.Random) -> Page | None:
    """Two headers have changed places, their columns not."""
    rows = [list(row) for row in page.form["requests"]]
    left, right = rng.sample(range(5), 2)
    rows[2][left], rows[2][right] = rows[2][right], rows[2][left]
    pairs = [(row[left + 1], row[right + 1]) for row in code_rows(page, "requests")]
    texts = texts_of(page)
    shown = {one: texts[other] for pair in pairs for one, other in (pair, pair[::-1])}
    codes = {one: other for pair in pairs for one, other in (pair, pair[::-1])}
    swapped = with_rows(page, "requests", rows)
    form = edit(
        swapped.form,
        lambda box: replace(box, code=codes[box.code]) if box.role == "value" and box.code in codes else box,
    )
    return replace(swapped, form=form) if shown != {code: texts[code] for code in shown} else None


@kind(UNPRINTED)
def rows_numbered(page: Page, rng: random.Random) -> Page | None:
    """A column with the rows' numbers stands before the table."""
    rows, number, lines = page.form["requests"], 0, []
    for at, row in enumerate(rows):
        number += at >= 3
        before = [Box("序号", 1, 3)] if at == 0 else [Box(str(number), role="extra")] if at >= 3 else []
        lines.append([*before, *row])
    return with_rows(page, "requests", lines)


@kind(UNPRINTED)
def subtotal_column(page: Page, rng: random.Random) -> Page | None:
    """A column of subtotals stands before the totals, without a header."""
    rows = []
    for row in page.form["requests"]:
        values = [box for box in row if box.role == "value"]
        more = str(sum(int(box.text) for box in values[1:6])) if len(values) == 7 else ""
        rows.append([*row[:-1], Box(more, role="extra"), row[-1]] if more else row)
    return with_rows(page, "requests", rows)


@kind(ALL - {"L7"})
def blanks_dropped(page: Page, rng: random.Random) -> Page | None:
    """Zeros are blank, and a content management system has dropped the blank cells."""
    rows = page.form[table := draw_table(rng)]
    return with_rows(
        page, table, [[box for box in row if box.role != "value" or box.text != "0"] for row in rows]
    )


@kind()
def articles_lost(page: Page, rng: random.Random) -> Page | None:
    """The lines that name the articles of the first table are lost."""
    return with_rows(page, "disclosure", [row for row in page.form["disclosure"] if row[0].role != "article"])


@kind()
def groups_lost(page: Page, rng: random.Random) -> Page | None:
    """The tall labels of the groups are lost."""
    lines = [[box for box in row if box.role != "group"] for row in page.form["requests"]]
    return with_rows(
        page,
        "requests",
        [[replace(box, across=3) if box.role == "row" else box for box in row] for row in lines],
    )


@kind()
def headings_lost(page: Page, rng: random.Random) -> Page | None:
    """The headings of the chapters are lost."""
    return replace(page, blocks=[block for block in page.blocks if block.kind != "heading"])


@kind()
def tables_exchanged(page: Page, rng: random.Random) -> Page | None:
    """Two tables stand in each other's chapter."""
    one, other = rng.sample(list(page.form), 2)
    names = {one: other, other: one}
    return replace(
        page,
        blocks=[
            replace(block, text=names.get(block.text, block.text)) if block.kind == "table" else block
            for block in page.blocks
        ],
    )
