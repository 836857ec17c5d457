"""A kind of damage, and the register that the kinds enter.

In: functions from a page to a damaged page. Out: `KINDS` by name. Next: `document` applies one.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from synthetic import GENERATIONS, LAYOUTS, Block, Box, Code, Form, Rows, boxes_of, edit

FORMATS = ("xlsx", "docx", "pdf")
TEXT = frozenset(LAYOUTS) - {"html"}
ALL = frozenset(LAYOUTS) | frozenset(FORMATS)
PIPES = frozenset({"L1", "L1b", "L1c"})
HTML = frozenset({"html"})
UNPRINTED = ALL - {"pdf"}  # the maker of PDF prints three tables of the form's own width
PLACED = ALL - {"L4", "L7"}  # an empty cell leaves a trace
SECOND = "#"  # in the name of a table that is another's: last year's, another issuer's, a copy
PIECE = "+"  # in the name of the second piece of a table


@dataclass(frozen=True, slots=True)
class Page:
    """A report before it is laid out, and what a damage says of its cells beyond the text in their place."""

    form: Form
    blocks: list[Block]
    generation: str
    sure: frozenset[Code] = frozenset()  # printed in another unit: the text in their place is not the figure
    moved: frozenset[Code] = frozenset()  # without a place, but printed in a neighbour's
    contended: frozenset[Code] = frozenset()  # printed twice with different numbers
    unclear: bool = False  # what is still printed cannot be told from the boxes
    lines: Callable[[list[str]], list[str]] | None = None  # done to the lines of each table
    text: Callable[[str], str] | None = None  # done to the whole text
    marks: tuple[tuple[str, str], ...] = ()  # private characters and the markup that they become


Change = Callable[[Page, random.Random], Page | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One damage: name, sentence, the layouts and generations it fits, and whether it can keep every sum."""

    name: str
    sentence: str
    change: Change
    layouts: frozenset[str]
    keeps: bool
    generations: tuple[str, ...]


KINDS: dict[str, Kind] = {}


def kind(
    layouts: frozenset[str] = ALL, keeps: bool = False, generations: tuple[str, ...] = GENERATIONS
) -> Callable[[Change], Change]:
    """Enter a function into the register; its docstring is the sentence."""

    def enter(change: Change) -> Change:
        sentence = change.__doc__ or ""
        KINDS[change.__name__] = Kind(change.__name__, sentence, change, layouts, keeps, generations)
        return change

    return enter


# ----------------------------------------------------------------------------------------
# What most kinds do


def put(page: Page, texts: dict[Code, str]) -> Page:
    """Print other texts in the places of some cells."""
    return replace(page, form=edit(page.form, lambda box: put_box(box, texts)))


def put_box(box: Box, texts: dict[Code, str]) -> Box:
    """Print another text in the place of a cell."""
    return replace(box, text=texts[box.code]) if box.role == "value" and box.code in texts else box


def texts_of(page: Page) -> dict[Code, str]:
    """Return what stands in the place of each cell."""
    return {box.code: box.text for box in boxes_of(page.form) if box.role == "value"}


def code_rows(page: Page, table: str) -> list[list[Code]]:
    """Return the cells of a table, row by row; the last table has one row."""
    rows = [[box.code for box in row if box.role == "value"] for row in page.form[table]]
    return [row for row in rows if row]


def draw_table(rng: random.Random) -> str:
    """Draw a table; most of the numbers stand in the second."""
    return rng.choices(("requests", "disclosure", "disputes"), (5, 2, 2))[0]


def draw_row(page: Page, rng: random.Random, least: int = 2) -> list[Code] | None:
    """Draw a row of at least so many cells, mostly one that is not all zeros."""
    rows = [row for row in code_rows(page, draw_table(rng)) if len(row) >= least]
    texts = texts_of(page)
    full = [row for row in rows if any(texts[code] != "0" for code in row)]
    chosen = full if full and rng.random() < 0.85 else rows
    return rng.choice(chosen) if chosen else None


def draw_cell(page: Page, rng: random.Random, fits: Callable[[str], bool]) -> Code | None:
    """Draw a cell whose text fits, of any table."""
    texts = texts_of(page)
    table = draw_table(rng)
    codes = [code for code, text in texts.items() if fits(text)]
    near = [code for code in codes if code[0] == table] or codes
    return rng.choice(near) if near else None


def spell(
    page: Page, rng: random.Random, write: Callable[[str], str], fits: Callable[[str], bool] = bool
) -> Page | None:
    """Write one number otherwise, or those of its row, or of its table."""
    code = draw_cell(page, rng, lambda text: fits(text) and text != "0") or draw_cell(page, rng, fits)
    if code is None:
        return None
    length = rng.choices((3, 2, 1), (6, 2, 2))[0]
    texts = {c: t for c, t in texts_of(page).items() if c[:length] == code[:length] and fits(t)}
    return put(page, {c: write(t) for c, t in texts.items()})


def with_rows(page: Page, table: str, rows: Rows) -> Page:
    """Give a table other rows."""
    return replace(page, form={**page.form, table: rows})


def without_row(rows: Rows, at: int) -> Rows:
    """Take a row out; labels that span it from above get shorter, those that begin in it move down."""
    kept = [
        [replace(box, down=box.down - (i < at < i + box.down)) for box in row] for i, row in enumerate(rows)
    ]
    moved = [replace(box, down=box.down - 1) for box in rows[at] if box.role == "group" and box.down > 1]
    after = [[*moved, *kept[at + 1]]] if at + 1 < len(rows) else []
    return [*kept[:at], *after, *kept[at + 2 :]]


def with_row(rows: Rows, at: int, new: list[Box]) -> Rows:
    """Put a row in before another one; labels that span the place get longer."""
    kept = [
        [replace(box, down=box.down + (i < at < i + box.down)) for box in row] for i, row in enumerate(rows)
    ]
    return [*kept[:at], new, *kept[at:]]


def labelled_rows(rows: Rows) -> list[int]:
    """Return the places of the rows that have a label and numbers."""
    return [
        i
        for i, row in enumerate(rows)
        if any(box.role == "row" for box in row) and any(box.role == "value" for box in row)
    ]


def has_digits(text: str) -> bool:
    """Tell whether it is a whole number without a sign."""
    return text.isdecimal()


def is_long(text: str) -> bool:
    """Tell whether it is a whole number of several digits."""
    return text.isdecimal() and len(text) > 1


def is_count(text: str) -> bool:
    """Tell whether it is a whole number above zero."""
    return text.isdecimal() and text != "0"
