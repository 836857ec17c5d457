"""Damages that put a second report, or a second copy of a table, into the same document.

In: a page. Out: the page with tables whose numbers are not the report's. Next: `document`.
"""

from __future__ import annotations

import random
from dataclasses import replace

from damaged.kinds import SECOND, UNPRINTED, Page, has_digits, kind, texts_of
from synthetic import Block, Form, build_form, draw_blocks, edit, make_writer, punctuate


def rename(form: Form) -> Form:
    """Name tables so that none of their numbers is one of the report's."""
    return {
        name + SECOND: edit({name: rows}, lambda box: replace(box, code=None))[name]
        for name, rows in form.items()
    }


@kind(UNPRINTED - {"L14"})
def table_twice(page: Page, rng: random.Random) -> Page | None:
    """A table is printed twice, the second time with other numbers."""
    table = rng.choice(("requests", "disputes", "disclosure"))
    more = rng.randint(1, 9)
    copied = edit(
        {table: page.form[table]},
        lambda box: (
            replace(box, text=str(int(box.text) + more))
            if box.role == "value" and has_digits(box.text)
            else box
        ),
    )
    at = next(i for i, block in enumerate(page.blocks) if block.kind == "table" and block.text == table)
    blocks = [*page.blocks[: at + 1], Block("table", table + SECOND), *page.blocks[at + 1 :]]
    codes = frozenset(code for code, text in texts_of(page).items() if code[0] == table and has_digits(text))
    return replace(page, form=page.form | rename(copied), blocks=blocks, contended=codes)


def second_report(page: Page, rng: random.Random) -> tuple[Page, list[Block]]:
    """Draw another report; return the page with its tables, and its blocks, none where it has no title."""
    form = build_form(rng, page.generation, page.generation)
    blocks = draw_blocks(form, make_writer(rng, page.generation), False, rng)
    form, blocks = punctuate(form, blocks, wide=rng.random() < 0.4)
    titled = any(block.kind == "title" for block in blocks)
    named = [replace(one, text=one.text + SECOND) if one.kind == "table" else one for one in blocks]
    own, other = (texts_of(replace(page, form=one)) for one in (page.form, form))
    differ = frozenset(code for code in own if own[code] != other[code])
    return replace(page, form=page.form | rename(form), contended=differ), named if titled else []


@kind(UNPRINTED)
def second_report_below(page: Page, rng: random.Random) -> Page | None:
    """Another report, with its title, stands below this one."""
    both, blocks = second_report(page, rng)
    titled = any(block.kind == "title" for block in page.blocks)
    both = replace(both, blocks=[*page.blocks, *blocks], contended=frozenset())
    return both if blocks and titled else None


@kind(UNPRINTED)
def second_tables_below(page: Page, rng: random.Random) -> Page | None:
    """The tables of another report follow at the end, without its words."""
    both, blocks = second_report(page, rng)
    return replace(both, blocks=[*page.blocks, *(block for block in blocks if block.kind == "table")])
