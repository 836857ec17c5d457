"""Damages that only a page of a site can have: markup that hides, strikes, raises or nests a number.

In: a page. Out: the page with private characters for markup. Next: `document`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from damaged.kinds import HTML, Page, draw_cell, has_digits, kind, put, spell, texts_of

OPEN, CLOSE = "\ue010", "\ue011"


def mark_up(
    page: Page, rng: random.Random, before: str, after: str, write: Callable[[str], str]
) -> Page | None:
    """Write one number with markup around a part of it."""
    code = draw_cell(page, rng, lambda text: has_digits(text) and text != "0")
    if code is None:
        return None
    marked = put(page, {code: write(texts_of(page)[code])})
    return replace(marked, marks=((OPEN, before), (CLOSE, after)))


@kind(HTML)
def number_raised(page: Page, rng: random.Random) -> Page | None:
    """The mark of a footnote is raised behind a number."""
    before, after = rng.choice(
        (
            ("<sup>", "</sup>"),
            ('<a href="#_ftn1">', "</a>"),
            ('<span style="vertical-align:super">', "</span>"),
            ('<sup><a href="#note1">', "</a></sup>"),
            ('<font style="vertical-align: super" size="1">', "</font>"),
        )
    )
    return mark_up(page, rng, before, after, lambda text: f"{text}{OPEN}{rng.randint(1, 9)}{CLOSE}")


@kind(HTML)
def number_struck(page: Page, rng: random.Random) -> Page | None:
    """An old number is struck through before the new one."""
    before, after = rng.choice(
        (
            ("<s>", "</s>"),
            ("<del>", "</del>"),
            ('<span style="text-decoration:line-through">', "</span>"),
            ('<span style="TEXT-DECORATION: line-through">', "</span>"),
            ("<strike>", "</strike>"),
        )
    )
    return mark_up(page, rng, before, after, lambda text: f"{OPEN}{int(text) + 1}{CLOSE}{text}")


@kind(HTML)
def number_hidden(page: Page, rng: random.Random) -> Page | None:
    """A hidden number stands before the one that is seen."""
    style = rng.choice(
        (
            'style="display:none"',
            'style="DISPLAY: none"',
            'style="visibility:hidden"',
            'style="font-size:0"',
            "hidden",
            'style="display :none"',
            'style="color:#fff"',
            'style="position:absolute;left:-9999px"',
        )
    )
    return mark_up(
        page, rng, f"<span {style}>", "</span>", lambda text: f"{OPEN}{rng.randint(1, 9)}{CLOSE}{text}"
    )


@kind(HTML)
def number_nested(page: Page, rng: random.Random) -> Page | None:
    """A number stands in a table of its own inside its cell."""
    before, after = "<table><tr><td>", "</td></tr></table>"
    return mark_up(page, rng, before, after, lambda text: f"{OPEN}{text}{CLOSE}")


@kind(HTML)
def number_entered(page: Page, rng: random.Random) -> Page | None:
    """A number stands in a field of a web form."""
    before, after = rng.choice(
        (
            ('<input value="', '">'),
            ('<input type="text" value="', '" readonly>'),
            ("<textarea>", "</textarea>"),
            ("<select><option selected>", "</option></select>"),
        )
    )
    return mark_up(page, rng, before, after, lambda text: f"{OPEN}{text}{CLOSE}")


@kind(HTML)
def number_cut(page: Page, rng: random.Random) -> Page | None:
    """A number is cut by a tag that may break a line."""
    before = rng.choice(("<wbr>", "<br>", "</p><p>", "</span><span>", "&shy;", "<!-- -->", "</div><div>"))
    return mark_up(
        page, rng, before, "", lambda text: f"{text[0]}{OPEN}{text[1:]}" if len(text) > 1 else text
    )


@kind(HTML)
def picture_for_number(page: Page, rng: random.Random) -> Page | None:
    """A picture stands in place of numbers."""
    made = spell(page, rng, lambda text: OPEN)
    return replace(made, marks=((OPEN, '<img src="1.png">'),)) if made else None


@kind(HTML)
def picture_for_table(page: Page, rng: random.Random) -> Page | None:
    """A picture stands in place of a table."""
    table = rng.choice(list(page.form))
    form = {name: rows for name, rows in page.form.items() if name != table}
    blocks = [
        replace(block, kind="text", text=OPEN) if block.kind == "table" and block.text == table else block
        for block in page.blocks
    ]
    return replace(page, form=form, blocks=blocks, marks=((OPEN, '<img src="table.png" width="600">'),))


@kind(HTML)
def ends_lost(page: Page, rng: random.Random) -> Page | None:
    """The tags that end cells and rows are lost."""
    return replace(page, marks=(("</td>", ""), ("</TD>", ""), ("</tr>", "")))
