"""Damages of the spelling of numbers: what recognition of letters, scrapers and spreadsheets make of them.

In: a page. Out: the page with numbers written otherwise. Next: `document`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from damaged.kinds import Page, draw_row, has_digits, is_long, kind, put, spell, texts_of
from synthetic import edit

CHINESE = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789.,-+", "０１２３４５６７８９．，－＋")


def thousands(text: str, mark: str) -> str:
    """Group the digits of a whole number by a mark."""
    return f"{int(text):,}".replace(",", mark)


def count_in_chinese(number: int) -> str:
    """Write a number below 100 in words, a larger one digit by digit."""
    tens, ones = divmod(number, 10)
    if number > 99 or not tens:
        return "".join(CHINESE[int(digit)] for digit in str(number))
    return f"{CHINESE[tens] if tens > 1 else ''}十{CHINESE[ones] if ones else ''}"


@kind()
def zero_as_letter(page: Page, rng: random.Random) -> Page | None:
    """Zeros are read as the letter O."""
    return spell(page, rng, lambda text: text.replace("0", "O"), lambda text: "0" in text)


@kind()
def one_as_letter(page: Page, rng: random.Random) -> Page | None:
    """Ones are read as the letter l or I."""
    return spell(page, rng, lambda text: text.replace("1", rng.choice("lI")), lambda text: "1" in text)


@kind(keeps=True)
def digit_lost(page: Page, rng: random.Random) -> Page | None:
    """A digit of a number is lost."""
    at = rng.random()
    return spell_one(page, rng, lambda text: text[: int(at * len(text))] + text[int(at * len(text)) + 1 :])


@kind(keeps=True)
def digit_doubled(page: Page, rng: random.Random) -> Page | None:
    """A digit of a number is printed twice."""
    at = rng.random()
    return spell_one(
        page,
        rng,
        lambda text: (
            text[: int(at * len(text))] + text[int(at * len(text)) :][0] * 2 + text[int(at * len(text)) + 1 :]
        ),
    )


@kind(keeps=True)
def digit_changed(page: Page, rng: random.Random) -> Page | None:
    """A digit of a number is read as another one."""
    other = rng.choice("123456789")
    return spell_one(page, rng, lambda text: text[:-1] + other)


@kind(keeps=True)
def digits_swapped(page: Page, rng: random.Random) -> Page | None:
    """Two neighbouring digits change places."""
    return spell_one(page, rng, lambda text: text[1] + text[0] + text[2:])


def spell_one(page: Page, rng: random.Random, write: Callable[[str], str]) -> Page | None:
    """Write one number of several digits otherwise."""
    codes = [code for code, text in texts_of(page).items() if is_long(text)]
    return put(page, {(code := rng.choice(codes)): write(texts_of(page)[code])}) if codes else None


@kind()
def full_stop(page: Page, rng: random.Random) -> Page | None:
    """A full stop stands behind a number."""
    mark = rng.choice("。.·，、;")
    return spell(page, rng, lambda text: text + mark)


@kind()
def broken_over_lines(page: Page, rng: random.Random) -> Page | None:
    """A number is broken over two lines of its cell."""
    return spell(page, rng, lambda text: f"{text[:-1]}\n{text[-1]}", is_long)


@kind()
def spaced_digits(page: Page, rng: random.Random) -> Page | None:
    """Blanks stand between the digits of a number."""
    return spell(page, rng, " ".join, is_long)


@kind()
def scientific(page: Page, rng: random.Random) -> Page | None:
    """A spreadsheet writes a large number with an exponent and drops its end."""
    return spell(
        page, rng, lambda text: f"{float(text):.2E}", lambda text: has_digits(text) and len(text) > 3
    )


@kind()
def as_date(page: Page, rng: random.Random) -> Page | None:
    """A spreadsheet shows a number as a date."""
    style = rng.choice(("1900/1/{}", "1月{}日", "1900-01-{:0>2}", "Jan-{:0>2}"))
    return spell(page, rng, style.format, lambda text: has_digits(text) and 0 < int(text) < 32)


@kind()
def too_narrow(page: Page, rng: random.Random) -> Page | None:
    """A column is too narrow, so that a spreadsheet prints crosses."""
    return spell(page, rng, lambda text: rng.choice(("###", "#####", "#REF!", "#VALUE!")))


@kind()
def apostrophe(page: Page, rng: random.Random) -> Page | None:
    """Numbers are kept as text behind an apostrophe."""
    return spell(page, rng, lambda text: f"'{text}")


@kind()
def decimals(page: Page, rng: random.Random) -> Page | None:
    """A spreadsheet gives counts two decimals."""
    return spell(page, rng, lambda text: f"{text}.00", has_digits)


@kind()
def percent(page: Page, rng: random.Random) -> Page | None:
    """A spreadsheet shows a number as per cent."""
    return spell(page, rng, lambda text: f"{int(text) * 100}%", has_digits)


@kind()
def comma_groups(page: Page, rng: random.Random) -> Page | None:
    """Commas group the digits."""
    mark = rng.choice((",", "，"))
    return spell(
        page, rng, lambda text: thousands(text, mark), lambda text: has_digits(text) and len(text) > 3
    )


@kind()
def apostrophe_groups(page: Page, rng: random.Random) -> Page | None:
    """Apostrophes group the digits."""
    return spell(
        page, rng, lambda text: thousands(text, "'"), lambda text: has_digits(text) and len(text) > 3
    )


@kind()
def blank_groups(page: Page, rng: random.Random) -> Page | None:
    """Thin or hard spaces group the digits."""
    mark = rng.choice("\u2009\u00a0\u202f ")
    return spell(
        page, rng, lambda text: thousands(text, mark), lambda text: has_digits(text) and len(text) > 3
    )


@kind()
def wide_digits(page: Page, rng: random.Random) -> Page | None:
    """Numbers are printed in full-width digits."""
    return spell(page, rng, lambda text: text.translate(WIDE))


@kind()
def direction_marks(page: Page, rng: random.Random) -> Page | None:
    """Invisible marks of direction stand around numbers."""
    before, after = rng.choice((("\u202d", "\u202c"), ("\u200e", ""), ("\u2066", "\u2069"), ("\ufeff", "")))
    return spell(page, rng, lambda text: f"{before}{text}{after}")


@kind()
def zero_width(page: Page, rng: random.Random) -> Page | None:
    """An invisible blank stands inside a number."""
    return spell(page, rng, lambda text: f"{text[0]}\u200b{text[1:]}", is_long)


@kind()
def entities(page: Page, rng: random.Random) -> Page | None:
    """Entities of a web page are left as they are."""
    before, after = rng.choice((("&nbsp;", ""), ("&nbsp;", "&nbsp;"), ("", "&#160;"), ("", "&ensp;")))
    return spell(page, rng, lambda text: f"{before}{text}{after}")


@kind()
def point_lost(page: Page, rng: random.Random) -> Page | None:
    """The point of an amount is lost, or read as a comma."""
    mark = rng.choice((" ", ",", "·", "。", ".."))
    return spell(page, rng, lambda text: text.replace(".", mark), lambda text: "." in text)


@kind()
def run_together(page: Page, rng: random.Random) -> Page | None:
    """Two neighbouring cells run together."""
    row = draw_row(page, rng)
    if not row:
        return None
    at, texts = rng.randrange(len(row) - 1), texts_of(page)
    joined = put(page, {row[at]: texts[row[at]] + rng.choice(("", " ")) + texts[row[at + 1]]})
    gone = row[at + 1]
    form = {
        table: [[box for box in line if box.role != "value" or box.code != gone] for line in lines]
        for table, lines in joined.form.items()
    }
    return replace(joined, form=form, moved=frozenset({gone}))


@kind()
def cell_unread(page: Page, rng: random.Random) -> Page | None:
    """A number is not recognized; where the layout has no grid, nothing marks its place."""
    row = draw_row(page, rng)
    gone = rng.choice(row) if row else None
    return replace(
        page,
        form=edit(
            page.form,
            lambda box: replace(box, text="", gone=True) if box.role == "value" and box.code == gone else box,
        ),
    )


@kind()
def in_chinese(page: Page, rng: random.Random) -> Page | None:
    """Numbers are written in Chinese."""
    return spell(page, rng, lambda text: count_in_chinese(int(text)), has_digits)
