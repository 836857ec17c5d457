"""Noise in rows and columns: some are missing, some are there that the form does not know.

In: a form. Out: the form with them. Next: `noises` lists them.
"""

from __future__ import annotations

import random
from dataclasses import replace

from synthetic.boxes import Box, Form, Rows, boxes_of, edit
from synthetic.figures import heavy
from synthetic.label_noises import remove


def row_omitted(form: Form, rng: random.Random) -> Form:
    """Leave out a row of table A: the rules that most bodies cannot make, seldom another."""
    gone = rng.choice(("regulation", "regulation", "regulation", "coercion"))
    rows = [row for row in form["disclosure"] if not (row[0].code and row[0].code[1] == gone)]
    return {**form, "disclosure": rows}


def extra_boxes(count: int, rng: random.Random) -> list[Box]:
    """Make the numbers of a row that the form does not know."""
    return [Box(str(heavy(rng, 0.5, 1.5)), role="extra") for _ in range(count)]


def hubei_row(form: Form, rng: random.Random) -> Form:
    """Add the row of other disclosed files and notes with digits behind the labels."""
    notes = {
        "上一年项目数量": "(指2018年事项数)",
        "本年增/减": "(增用正值,减用负值表示,如-8)",
        "处理决定数量": "(指2019年办件量)",
        "规章": "(设区的市、自治州人民政府应提供相关数据)",
    }
    noted = edit(form, lambda box: replace(box, text=box.text + notes.get(box.text, "")))
    rows = noted["disclosure"]
    at = 1 + next(i for i, row in enumerate(rows) if row[0].code and row[0].code[1] == "normative_document")
    extra = [Box("其他主动公开文件(以本机关名义发布的公文)", role="row"), *extra_boxes(3, rng)]
    return {**noted, "disclosure": [*rows[:at], extra, *rows[at:]]}


def tongzhou_rows(form: Form, rng: random.Random) -> Form:
    """Divide the other services in two; the row itself then prints no number of its own."""
    rows: Rows = []
    for label, *rest in form["disclosure"]:
        if label.code and label.code[1] == "other_service":
            rows.append([replace(label, down=2), Box("行政检查", role="row"), *extra_boxes(3, rng)])
            rows.append([Box("行政确认", role="row"), *extra_boxes(3, rng)])
        else:
            rows.append([replace(label, across=label.across + 1), *rest])
    return {**form, "disclosure": rows}


def unknown_reason(form: Form, rng: random.Random) -> Form:
    """Add a ninth reason of refusal, all zeros."""
    rows = [list(row) for row in form["requests"]]
    at = next(
        i for i, row in enumerate(rows) if row[0].code == ("requests", "denied.administrative_inquiry", "")
    )
    for i, row in enumerate(rows):
        rows[i] = [
            replace(box, down=box.down + (box.role == "group" and i < at < i + box.down)) for box in row
        ]
    extra = [Box("9.属于工作秘密", role="row"), *(Box("0", role="extra") for _ in range(7))]
    return {**form, "requests": [*rows[: at + 1], extra, *rows[at + 1 :]]}


def extra_row(form: Form, rng: random.Random) -> Form:
    """Add a row that some places print: the Hubei and Tongzhou ones of the 2019 form, or a ninth reason."""
    old = any(box.code == ("disclosure", "other_service", "") for box in boxes_of(form))
    return rng.choice((hubei_row, hubei_row, tongzhou_rows) if old else (unknown_reason,))(form, rng)


def extra_column(form: Form, rng: random.Random) -> Form:
    """Add a subtotal of the five organizations before the grand total."""

    def widen(row: list[Box]) -> list[Box]:
        values = [box for box in row if box.role == "value"]
        if len(values) == 7:
            subtotal = sum(box.value for box in values[1:6])
            return [*row[:-1], Box(str(subtotal), role="extra"), row[-1]]
        return [replace(box, across=box.across + (box.across in (5, 7))) for box in row]

    rows = [widen(row) for row in form["requests"]]
    return {**form, "requests": [*rows[:2], [*rows[2], Box("小计")], *rows[3:]]}


WIDE_ROWS = ("received", "carried_in", "granted", "partially_granted", "other.fee_unpaid", "concluded")


def wide_label(form: Form, rng: random.Random) -> Form:
    """Let wide labels swallow the first number of their rows."""
    codes = {
        ("requests", row, "natural_person") for row in rng.sample(WIDE_ROWS, rng.randint(1, len(WIDE_ROWS)))
    }
    return edit(form, lambda box: remove(box) if box.role == "value" and box.code in codes else box)


def lost_cell(form: Form, rng: random.Random) -> Form:
    """Lose one number."""
    code = rng.choice([box.code for box in boxes_of(form) if box.role == "value"])
    return edit(form, lambda box: remove(box) if box.role == "value" and box.code == code else box)
