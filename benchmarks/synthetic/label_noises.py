"""Noise in labels and headers.

In: a form. Out: the form with labels split, torn, misread or lost. Next: `noises` lists them.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from synthetic.boxes import Box, Form, boxes_of, edit

SPLITS = {
    "商业企业": "商业\n企业",
    "科研机构": "科研\n机构",
    "社会公益组织": "社会\n公益\n组织",
    "法律服务机构": "法律\n服务\n机构",
    "结果维持": "结果\n维持",
    "结果纠正": "结果\n纠正",
    "其他结果": "其他\n结果",
    "尚未审结": "尚未\n审结",
    "总计": "总\n计",
    "本年新制作数量": "本年新\n制作数量",
    "本年新公开数量": "本年新\n公开数量",
}
PAIRS = {
    text: tuple(split.split("\n"))
    for text, split in SPLITS.items()
    if split.count("\n") == 1 and len(text) == 4
}
JUNK = "用语人石磙粉头交效生和木未身光十寸的加"


def is_label(box: Box) -> bool:
    """Tell whether the box prints words that can be damaged."""
    return box.role in {"header", "group", "row", "article"} and bool(box.text)


def split_label(box: Box) -> str:
    """Break a label over lines as narrow columns do; the tall group label stands upright."""
    if box.role == "group" and "三、" in box.text:
        return "\n".join(box.text)
    if box.role == "group":
        return re.sub(r"([)）])", r"\1\n", box.text)
    return SPLITS.get(box.text, box.text)


def split_labels(form: Form, rng: random.Random) -> Form:
    """Break header and group labels over lines."""
    return edit(form, lambda box: replace(box, text=split_label(box)) if rng.random() < 0.9 else box)


def first_line_only(form: Form, rng: random.Random) -> Form:
    """Keep only the first line of two-line headers, so that two columns may share a name."""
    first = {text: split.split("\n")[0] for text, split in SPLITS.items() if text != "总计"}
    tables = {"disputes"} | {table for table in ("disclosure", "requests") if rng.random() < 0.6}

    def cut(box: Box) -> Box:
        return replace(box, text=first.get(box.text, box.text)) if rng.random() < 0.85 else box

    return {
        table: edit({table: rows}, cut)[table] if table in tables else rows for table, rows in form.items()
    }


def header_two_rows(form: Form, rng: random.Random) -> Form:
    """Print the second half of two-line headers as a table row of its own."""
    table = rng.choice(("requests", "disputes"))
    rows = form[table]
    above = [
        [replace(box, down=box.down + (index + box.down > 2)) for box in row]
        for index, row in enumerate(rows[:2])
    ]
    upper = [
        replace(box, text=PAIRS[box.text][0]) if box.text in PAIRS else replace(box, down=2)
        for box in rows[2]
    ]
    lower = [replace(box, text=PAIRS[box.text][1]) for box in rows[2] if box.text in PAIRS]
    return {**form, table: [*above, upper, lower, *rows[3:]]}


def insert_space(text: str, rng: random.Random) -> str:
    """Put a blank between two characters, never inside a number."""
    spots = [i for i in range(1, len(text)) if not (text[i - 1].isdigit() and text[i].isdigit())]
    spot = rng.choice(spots) if spots else 0
    return text[:spot] + rng.choice((" ", " ", "  ", "\u3000")) + text[spot:] if spot else text


def label_spaces(form: Form, rng: random.Random) -> Form:
    """Sprinkle blanks into labels."""
    share = rng.uniform(0.1, 0.5)
    return edit(
        form,
        lambda box: (
            replace(box, text=insert_space(box.text, rng)) if is_label(box) and rng.random() < share else box
        ),
    )


def lose_character(box: Box, rng: random.Random) -> Box:
    """Drop one character; the 减 of 本年增/减 is the one that reports lose."""
    spot = len(box.text) - 1 if box.text == "本年增/减" else rng.randrange(len(box.text))
    return replace(box, text=box.text[:spot] + box.text[spot + 1 :])


def lost_characters(form: Form, rng: random.Random) -> Form:
    """Lose one character each of a few long labels."""
    texts = {box.text for box in boxes_of(form) if is_label(box) and len(box.text) >= 4}
    texts = sorted(text for text in texts if "万元" not in text)  # without the 万 it would state another unit
    chosen = set(rng.sample(texts, rng.randint(1, 3)))
    return edit(form, lambda box: lose_character(box, rng) if is_label(box) and box.text in chosen else box)


def torn_group(form: Form, rng: random.Random) -> Form:
    """Tear the tall group label and leave its pieces beside later rows, as OCR does."""
    rows = [list(row) for row in form["requests"]]
    start = next(i for i, row in enumerate(rows) if row[0].role == "group")
    tall, rest = rows[start][0], rows[start][1:]
    at = rng.randint(7, 13)
    rows[start] = (
        [replace(rest[0], across=3), *rest[1:]] if rng.random() < 0.5 else [Box("", role="filler"), *rest]
    )
    pieces = [("", at - 1), ("三、本 年度办", 1), ("理结果", 1), ("生和木", 1), ("", tall.down - at - 3)]
    row = start + 1
    for text, down in pieces:
        rows[row].insert(0, Box(text, 1, down, "filler"))
        row += down
    return {**form, "requests": rows}


def ruin(text: str, rng: random.Random) -> str:
    """Replace most characters of a label by look-alike junk."""
    kept = "".join(
        char if rng.random() < 0.4 else rng.choice(JUNK) for char in re.sub(r"^\d\.", "", text)[:16]
    )
    return f"{rng.choice(('12 ', '', '(', 'l.'))}{kept}"


def ocr_label(form: Form, rng: random.Random) -> Form:
    """Ruin the label of one row."""
    codes = [
        box.code
        for row in form["requests"] + form["disclosure"]
        for box in row
        if box.role == "row" and box.text
    ]
    chosen = rng.choice(codes)
    return edit(
        form,
        lambda box: (
            replace(box, text=ruin(box.text, rng)) if box.role == "row" and box.code == chosen else box
        ),
    )


def numbering(form: Form, rng: random.Random) -> Form:
    """Number the items and quote in another style."""
    item = rng.choice(("{}、", "({})", "{}．", "{}. ", "{}.", "（{}）"))
    quotes = rng.choice(('""', "  ", "「」", "“”"))
    marks = str.maketrans("“”()", f"{quotes}{rng.choice(('（）', '()'))}")

    def renumber(box: Box) -> Box:
        text = re.sub(r"^(\d)\.", lambda match: item.format(match[1]), box.text.translate(marks))
        return replace(box, text=text) if is_label(box) else box

    return edit(form, renumber)


def remove(box: Box) -> Box:
    """Take the text of a box; a cell stays behind only where the layout has positions."""
    return replace(box, text="", gone=True)


def dropped_labels(form: Form, rng: random.Random) -> Form:
    """Drop the labels of a group's items, so that a bare block of numbers is left."""
    group = rng.choice(("denied.", "denied.", "unavailable.", "not_processed."))
    return edit(
        form,
        lambda box: remove(box) if box.role == "row" and box.code and box.code[1].startswith(group) else box,
    )
