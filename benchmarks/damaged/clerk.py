"""Damages by a tired clerk: notes, marks, signs, wrong places, totals that are not brought up to date.

In: a page. Out: the page with its numbers changed. Next: `document`.
"""

from __future__ import annotations

import random
from dataclasses import replace

from damaged.kinds import (
    PIECE, Page, code_rows, draw_row, draw_table, has_digits, is_count, kind, labelled_rows, put, spell,
    texts_of, with_row, with_rows, without_row,
)
from synthetic import RESULTS, Box, Code, outcome_rows


@kind()
def negative(page: Page, rng: random.Random) -> Page | None:
    """A count has a sign."""
    sign = rng.choice("-－−+")
    return spell(page, rng, lambda text: sign + text, is_count)


@kind()
def note_in_cell(page: Page, rng: random.Random) -> Page | None:
    """A note with a number stands in the cell."""
    note = rng.choice(
        ("（其中修订16件）", "(含历年3件)", "（另有2件在办）", "，其中网上3", "(2022年)", "[注1]")
    )
    return spell(page, rng, lambda text: text + note, is_count)


@kind()
def about(page: Page, rng: random.Random) -> Page | None:
    """A number is said to be about right, or more."""
    before, after = rng.choice((("约", ""), ("", "余"), ("近", ""), ("", "左右"), (">", ""), ("≈", "")))
    return spell(page, rng, lambda text: f"{before}{text}{after}", is_count)


@kind()
def unit_in_cell(page: Page, rng: random.Random) -> Page | None:
    """The unit stands behind a count."""
    unit = rng.choice(("件", "件次", "宗", " 件", "条", "（件）"))
    return spell(page, rng, lambda text: text + unit, has_digits)


@kind()
def crossed(page: Page, rng: random.Random) -> Page | None:
    """A cross stands in place of zeros."""
    mark = rng.choice("×xX✕√")
    return spell(page, rng, lambda text: mark, lambda text: text == "0")


@kind()
def none_written(page: Page, rng: random.Random) -> Page | None:
    """A word for none stands in place of zeros."""
    word = rng.choice(("无", "没有", "不涉及", "未发生", "零", "/", "空"))
    return spell(page, rng, lambda text: word, lambda text: text == "0")


@kind(keeps=True)
def percent_for_count(page: Page, rng: random.Random) -> Page | None:
    """Shares of the row's last number stand in place of counts."""
    row = draw_row(page, rng, 5)
    texts = texts_of(page)
    whole = float(texts[row[-1]]) if row else 0
    shares = (
        {code: f"{100 * float(texts[code]) / whole:.1f}{rng.choice(('%', ''))}" for code in row}
        if whole
        else {}
    )
    return put(page, shares) if shares else None


@kind(keeps=True)
def swapped_in_row(page: Page, rng: random.Random) -> Page | None:
    """Two neighbouring numbers of a row change places."""
    row = draw_row(page, rng)
    at = rng.randrange(len(row) - 1) if row else 0
    return exchange(page, [(row[at], row[at + 1])]) if row else None


@kind(keeps=True)
def swapped_in_column(page: Page, rng: random.Random) -> Page | None:
    """A number and the one below it change places."""
    rows = code_rows(page, "requests")
    at, column = rng.randrange(len(rows) - 1), rng.choice((0, 0, 1, 6))
    return exchange(page, [(rows[at][column], rows[at + 1][column])])


@kind(keeps=True)
def swapped_rows(page: Page, rng: random.Random) -> Page | None:
    """All numbers of two neighbouring rows change places."""
    rows = code_rows(page, "requests")
    at = rng.randrange(len(rows) - 1)
    return exchange(page, list(zip(rows[at], rows[at + 1], strict=True)))


def exchange(page: Page, pairs: list[tuple[Code, Code]]) -> Page:
    """Exchange the texts of pairs of cells."""
    texts = texts_of(page)
    return put(page, {one: texts[other] for pair in pairs for one, other in (pair, pair[::-1])})


@kind()
def total_not_updated(page: Page, rng: random.Random) -> Page | None:
    """A number was corrected, and the totals were not."""
    row = draw_row(page, rng, 5)
    code = rng.choice(row[:-1]) if row else None
    return put(page, {code: str(int(texts_of(page)[code]) + rng.randint(1, 9))}) if code else None


@kind()
def one_total_updated(page: Page, rng: random.Random) -> Page | None:
    """A number is wrong, and only the total of its row agrees with it."""
    row = draw_row(page, rng, 5)
    if not row or row[0][0] != "requests":
        return None
    more, texts = rng.randint(1, 9), texts_of(page)
    return put(page, {code: str(int(texts[code]) + more) for code in (rng.choice(row[:-1]), row[-1])})


@kind(keeps=True)
def totals_recomputed(page: Page, rng: random.Random) -> Page | None:
    """A spreadsheet has added up a wrong number: all sums agree with it."""
    column = rng.choice(("natural_person", "commercial_enterprise"))
    wrong = rng.choice(outcome_rows("2021")[:20])
    codes = [("requests", row, one) for row in (wrong, "concluded", "received") for one in (column, "total")]
    texts, more = texts_of(page), rng.randint(1, 40)
    return put(page, {code: str(int(texts[code]) + more) for code in codes}) if codes[0] in texts else None


@kind(keeps=True)
def wrong_column(page: Page, rng: random.Random) -> Page | None:
    """All numbers of an applicant stand in the column of another."""
    left, right = sorted(rng.sample(range(6), 2))
    return exchange(page, [(row[left], row[right]) for row in code_rows(page, "requests")])


@kind()
def rows_too_low(page: Page, rng: random.Random) -> Page | None:
    """From one row on all numbers stand one row too low."""
    rows, texts = code_rows(page, "requests"), texts_of(page)
    start = rng.randrange(len(rows) - 3)
    end = rng.randint(start + 2, len(rows) - 1)
    moved = {
        low: texts[high] for at in range(start, end) for high, low in zip(rows[at], rows[at + 1], strict=True)
    }
    return put(page, moved | dict.fromkeys(rows[start], rng.choice(("", "0"))))


@kind()
def row_skipped(page: Page, rng: random.Random) -> Page | None:
    """A row is missing, label and numbers."""
    table = rng.choice(("requests", "requests", "disclosure"))
    rows = page.form[table]
    return with_rows(page, table, without_row(rows, rng.choice(labelled_rows(rows))))


@kind()
def label_twice(page: Page, rng: random.Random) -> Page | None:
    """A label stands on two neighbouring rows, whose second one lacks its own."""
    rows = [list(row) for row in page.form["requests"]]
    places = labelled_rows(rows)
    at = rng.choice([i for i in places if i + 1 in places])
    label = next(box for box in rows[at] if box.role == "row")
    rows[at + 1] = [replace(box, text=label.text) if box.role == "row" else box for box in rows[at + 1]]
    above, below = ([box for box in rows[i] if box.role == "value"] for i in (at, at + 1))
    differ = [(a.code, b.code) for a, b in zip(above, below, strict=True) if a.text != b.text]
    page = with_rows(page, "requests", rows)
    return replace(page, contended=frozenset(code for pair in differ for code in pair))


@kind()
def row_twice(page: Page, rng: random.Random) -> Page | None:
    """A row is printed twice, the second time with other numbers."""
    rows = page.form["requests"]
    at = rng.choice([i for i in labelled_rows(rows) if rows[i][0].role == "row"])
    again = [
        Box(
            str(int(box.text) + rng.randint(1, 9)) if box.role == "value" else box.text,
            box.across,
            role="extra" if box.role == "value" else "row",
        )
        for box in rows[at]
    ]
    codes = frozenset(box.code for box in rows[at] if box.role == "value")
    return replace(with_rows(page, "requests", with_row(rows, at + 1, again)), contended=codes)


@kind()
def extra_row(page: Page, rng: random.Random) -> Page | None:
    """A row of the office's own stands between the rows."""
    rows = page.form["requests"]
    at = rng.choice([i for i in labelled_rows(rows) if rows[i][0].role == "row"])
    across = rows[at][0].across
    label = rng.choice(("9.属于工作秘密", "其中：网上申请", "小计", "转交其他机关", "撤回申请"))
    numbers = [Box(str(rng.choice((0, 0, 1, 3))), role="extra") for _ in range(7)]
    return with_rows(page, "requests", with_row(rows, at, [Box(label, across, role="row"), *numbers]))


@kind()
def row_of_other_table(page: Page, rng: random.Random) -> Page | None:
    """A row of the first table stands in the second one as well."""
    rows, firsts = page.form["requests"], page.form["disclosure"]
    at = rng.choice([i for i in labelled_rows(rows) if rows[i][0].role == "row"])
    row = firsts[rng.choice(labelled_rows(firsts))]
    copy = [
        Box(box.text, box.across if box.role != "row" else rows[at][0].across, role="extra") for box in row
    ]
    return with_rows(page, "requests", with_row(rows, at, copy))


@kind()
def totals_blank(page: Page, rng: random.Random) -> Page | None:
    """The totals are left blank."""
    chosen = rng.choice(("requests", "disputes"))
    codes = [code for code in texts_of(page) if code[0] == chosen and code[2] == RESULTS[-1][0]]
    return put(page, dict.fromkeys(codes, ""))


@kind()
def piece_left_out(page: Page, rng: random.Random) -> Page | None:
    """A table is left out, its heading and words stay."""
    table = draw_table(rng)
    blocks = [block for block in page.blocks if block.kind != "table" or block.text != table]
    form = {name: rows for name, rows in page.form.items() if name.partition(PIECE)[0] != table}
    return replace(page, form=form, blocks=blocks)
