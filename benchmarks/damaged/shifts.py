"""Damages by a spreadsheet: cells deleted or inserted, filled by dragging, columns hidden, other units.

In: a page. Out: the page with numbers in other places. Next: `document`.
"""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from damaged.kinds import PLACED, Page, code_rows, draw_row, kind, put, texts_of, with_rows
from synthetic import APPLICANTS, Box, Code, boxes_of, edit


def shift_left(texts: dict[Code, str], row: list[Code], at: int) -> dict[Code, str]:
    """Delete the cell at a place: what is right of it moves left, the last one is empty."""
    after = [*row[at + 1 :], None]
    return {code: texts[source] if source else "" for code, source in zip(row[at:], after, strict=True)}


def shift_right(page: Page, rows: list[list[Code]], at: int) -> Page:
    """Insert an empty cell in each row: the last number stands beside the table."""
    texts, moved, pushed = texts_of(page), {}, {}
    for row in rows:
        moved |= {code: texts[source] for code, source in zip(row[at + 1 :], row[at:-1], strict=True)}
        moved[row[at]] = ""
        pushed[row[-1]] = texts[row[-1]]
    form = {
        table: [
            [
                *line,
                *(
                    Box(pushed[box.code], role="extra")
                    for box in line
                    if box.role == "value" and box.code in pushed
                ),
            ]
            for line in lines
        ]
        for table, lines in page.form.items()
    }
    return put(replace(page, form=form), moved)


@kind()
def left_in_a_row(page: Page, rng: random.Random) -> Page | None:
    """A cell was deleted, and the rest of its row shifted to the left."""
    row = draw_row(page, rng)
    return put(page, shift_left(texts_of(page), row, rng.randrange(len(row)))) if row else None


@kind()
def left_in_rows(page: Page, rng: random.Random) -> Page | None:
    """A cell was deleted in two to six neighbouring rows, and the rest shifted to the left."""
    rows = code_rows(page, "requests")
    start, at = rng.randrange(len(rows) - 6), rng.randrange(7)
    return shift_rows(page, rows[start : start + rng.randint(2, 6)], at)


@kind(keeps=True)
def left_in_every_row(page: Page, rng: random.Random) -> Page | None:
    """A column of numbers was deleted, its header not, and the rest shifted to the left."""
    return shift_rows(
        page, code_rows(page, rng.choice(("requests", "requests", "disputes"))), rng.randrange(7)
    )


def shift_rows(page: Page, rows: list[list[Code]], at: int) -> Page:
    """Shift rows to the left from one column on."""
    texts = texts_of(page)
    return put(page, {code: text for row in rows for code, text in shift_left(texts, row, at).items()})


@kind(PLACED - {"pdf"})
def right_in_a_row(page: Page, rng: random.Random) -> Page | None:
    """A cell was inserted, and the rest of its row shifted to the right."""
    row = draw_row(page, rng)
    return shift_right(page, [row], rng.randrange(len(row))) if row else None


@kind(PLACED - {"pdf"}, keeps=True)
def right_in_every_row(page: Page, rng: random.Random) -> Page | None:
    """A column of cells was inserted below the headers, and the rest shifted to the right."""
    return shift_right(page, code_rows(page, rng.choice(("requests", "disputes"))), rng.randrange(7))


@kind()
def up_in_a_column(page: Page, rng: random.Random) -> Page | None:
    """A cell was deleted, and the rest of its column shifted up."""
    rows = code_rows(page, "requests")
    codes = [row[column] for column in (rng.choice((0, 0, 1, 6)),) for row in rows]
    return put(page, shift_left(texts_of(page), codes, rng.randrange(len(rows))))


@kind()
def up_in_every_column(page: Page, rng: random.Random) -> Page | None:
    """The cells of a row were deleted, and all columns shifted up."""
    rows, texts, moved = code_rows(page, "requests"), texts_of(page), {}
    at = rng.randrange(len(rows))
    for codes in zip(*rows, strict=True):
        moved |= shift_left(texts, list(codes), at)
    return put(page, moved)


@kind()
def down_in_a_column(page: Page, rng: random.Random) -> Page | None:
    """A cell was inserted, and the rest of its column shifted down over the last one."""
    column, rows, texts = rng.choice((0, 0, 1, 6)), code_rows(page, "requests"), texts_of(page)
    codes = [row[column] for row in rows]
    at = rng.randrange(len(codes))
    moved = {low: texts[high] for high, low in zip(codes[at:], codes[at + 1 :], strict=False)}
    return put(page, moved | {codes[at]: ""})


@kind(keeps=True)
def filled_right(page: Page, rng: random.Random) -> Page | None:
    """A number was dragged over the cells at its right."""
    row = draw_row(page, rng)
    at = rng.randrange(len(row) - 1) if row else 0
    end = rng.randint(at + 2, len(row)) if row else 0
    return put(page, dict.fromkeys(row[at:end], texts_of(page)[row[at]])) if row else None


@kind()
def filled_down(page: Page, rng: random.Random) -> Page | None:
    """A row of numbers, or one number, was dragged down."""
    rows, texts, filled = code_rows(page, "requests"), texts_of(page), {}
    at, count = rng.randrange(len(rows) - 4), rng.randint(1, 3)
    columns = rng.choice(([rng.randrange(7)], range(7)))
    for row in rows[at + 1 : at + 1 + count]:
        filled |= {row[column]: texts[rows[at][column]] for column in columns}
    return put(page, filled)


@kind()
def filled_as_series(page: Page, rng: random.Random) -> Page | None:
    """A number was dragged to the right and counted up."""
    row = draw_row(page, rng, 5)
    if not row:
        return None
    at, first = rng.randrange(len(row) - 2), int(float(texts_of(page)[row[0]]))
    return put(page, {code: str(first + step) for step, code in enumerate(row[at:])})


@kind(keeps=True)
def zeros_filled_in(page: Page, rng: random.Random) -> Page | None:
    """A row was overwritten by zeros."""
    row = draw_row(page, rng)
    return put(page, dict.fromkeys(row, "0")) if row else None


@kind()
def column_hidden(page: Page, rng: random.Random) -> Page | None:
    """A hidden column was not printed, neither header nor numbers."""
    rows = page.form["requests"]
    at = rng.randrange(5)
    gone, lines = APPLICANTS[at + 1][0], []
    for number, row in enumerate(rows):
        kept = [box for box in row if box.role != "value" or box.code[2] != gone]
        if number < 2:
            kept = [replace(box, across=box.across - (box.across in (5, 7))) for box in kept]
        lines.append([*kept[:at], *kept[at + 1 :]] if number == 2 else kept)
    return with_rows(page, "requests", lines)


@kind(generations=("2021",))
def fee_in_other_unit(page: Page, rng: random.Random) -> Page | None:
    """The header of the fee names another unit, and the number stands in it."""
    unit, power = rng.choice((("元", 4), ("亿元", -4), ("千元", 1), ("百万元", -2)))
    boxes = [box for box in boxes_of(page.form) if "万元" in box.text and box.role == "header"]
    code = ("disclosure", "fee", "amount")
    if not boxes or float(texts_of(page).get(code, "0")) == 0:
        return None
    written = f"{(Decimal(texts_of(page)[code]).scaleb(power)).normalize():f}"
    form = edit(
        page.form, lambda box: replace(box, text=box.text.replace("万元", unit)) if box in boxes else box
    )
    return replace(put(replace(page, form=form), {code: written}), sure=frozenset({code}))


@kind()
def count_in_myriads(page: Page, rng: random.Random) -> Page | None:
    """The header of the decisions says that they are counted in tens of thousands."""
    rows = page.form["disclosure"]
    found = [box for row in rows for box in row if box.role == "value" and box.code[2] == "decisions"]
    box = rng.choice([box for box in found if box.value] or [None])
    if box is None:
        return None
    at = next(i for i, row in enumerate(rows) if box in row)
    top = max(i for i in range(at) if rows[i][0].role == "header")
    codes = [one.code for row in rows[top:] for one in row[-1:] if one.role == "value"]
    codes = codes[: next((i for i, row in enumerate(rows[top + 1 :]) if row[0].role == "article"), len(rows))]
    lines = [
        [*row[:-1], replace(row[-1], text=f"{row[-1].text}（单位：万件）")] if i == top else row
        for i, row in enumerate(rows)
    ]
    texts = {code: f"{Decimal(texts_of(page)[code]).scaleb(-4).normalize():f}" for code in codes}
    return replace(put(with_rows(page, "disclosure", lines), texts), sure=frozenset(codes))
