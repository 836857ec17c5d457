"""Noise in numbers.

In: a form. Out: the form with numbers printed otherwise, or not at all. Next: `noises` lists them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from synthetic.boxes import Box, Code, Form, edit


def edit_numbers(form: Form, change: Callable[[Box], Box]) -> Form:
    """Return the form with every printed number changed."""
    return edit(
        form,
        lambda box: change(box) if box.role == "value" and box.kind == "number" and not box.gone else box,
    )


def unprint(form: Form, kind: str, text: str, chosen: Callable[[Code], bool]) -> Form:
    """Print `text` in place of the chosen zeros."""
    return edit_numbers(
        form, lambda box: replace(box, kind=kind, text=text) if box.value == 0 and chosen(box.code) else box
    )


BLANK_SCOPES: tuple[Callable[[Code], bool], ...] = (
    lambda code: code[0] != "disclosure" and code[2] != "total" and code[1] != "concluded",
    lambda code: code[0] == "requests" or (code[0] == "disputes" and code[2] != "total"),
    lambda code: code[2] != "total",
    lambda code: code[2] == "change",
    lambda code: code[1] == "regulation",
    lambda code: True,
)
NOT_APPLICABLE_SCOPES: tuple[Callable[[Code], bool], ...] = (
    lambda code: code[1] == "regulation",
    lambda code: code[0] == "disclosure",
    lambda code: code[0] == "disputes",
    lambda code: True,
)


def blanks(form: Form, rng: random.Random) -> Form:
    """Leave zeros blank: the details only, all, or a few places."""
    return unprint(form, "blank", "", rng.choice(BLANK_SCOPES))


def not_applicable(form: Form, rng: random.Random) -> Form:
    """Print a slash, a dash or the word for none in place of zeros."""
    return unprint(
        form, "not_applicable", rng.choice(("/", "-", "—", "--", "无")), rng.choice(NOT_APPLICABLE_SCOPES)
    )


def add_unit(box: Box, rng: random.Random) -> Box:
    """Write the unit behind a number; a fee may be printed in yuan."""
    if box.code[2] != "amount":
        return replace(box, text=f"{box.text}件")
    yuan = box.value * 10_000
    if box.code[1] == "fee" and yuan == yuan.to_integral() and rng.random() < 0.3:
        return replace(box, text=f"{yuan.to_integral():f}元")
    return replace(box, text=f"{box.text}万元")


def takes_unit(code: Code, tables: tuple[str, ...], amounts: bool) -> bool:
    """Tell whether the cell of this code gets a unit."""
    return code[0] in tables and code[2] != "change" and (code[2] == "amount" or not amounts)


def units(form: Form, rng: random.Random) -> Form:
    """Write units into the cells of table A, seldom everywhere."""
    tables = rng.choice((("disclosure",), ("disclosure",), tuple(form)))
    amounts = rng.random() < 0.5
    return edit_numbers(
        form, lambda box: add_unit(box, rng) if takes_unit(box.code, tables, amounts) else box
    )


def letter_o(form: Form, rng: random.Random) -> Form:
    """Print a letter or a circle for some zeros."""
    letters, share = rng.choice(("О", "O", "o", "○", "〇", "ОO")), rng.choice((0.02, 0.2, 1))
    return edit_numbers(
        form,
        lambda box: (
            replace(box, text=rng.choice(letters)) if box.text == "0" and rng.random() < share else box
        ),
    )


def padding(form: Form, rng: random.Random) -> Form:
    """Pad numbers with blanks of several widths."""
    pads = ("", "", " ", "\xa0", "\xa0\xa0", "\u3000")
    return edit_numbers(
        form, lambda box: replace(box, text=f"{rng.choice(pads)}{box.text}{rng.choice(pads)}")
    )


def full_width(form: Form, rng: random.Random) -> Form:
    """Print digits in full width, all or some."""
    wide, share = {code: code + 0xFEE0 for code in b"0123456789.+-,"}, rng.choice((0.2, 1))
    return edit_numbers(
        form, lambda box: replace(box, text=box.text.translate(wide)) if rng.random() < share else box
    )


def thousands(form: Form, rng: random.Random) -> Form:
    """Group the digits of long numbers in threes."""
    return edit_numbers(
        form, lambda box: replace(box, text=re.sub(r"(?<![.\d])\d+", lambda m: f"{int(m[0]):,}", box.text))
    )
