"""Numbers of a PDF that cannot be told.

In: a table, its second reading, the page's picture. Out: the table, doubts marked. Next: `reading_order`.

A mark is a text that `read_number` takes for unreadable: `12?13` where two readings differ, `5?` where one
cannot be seen, `?` where something is seen that is no text.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from govtables.language import read_number, tell
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.witnesses import Picture
from govtables.readers.pdf.words import UNKNOWN, Word, is_overprinted
from govtables.readers.ruled import Area, Box, Table

Edges = dict[tuple[str, int], list[Area]]  # by side and border
DIGITS = frozenset("0123456789.,+-")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―－─−", "-"))


def mark_doubts(
    table: Table, again: Table | None, picture: Picture | None, written: Sequence[Box] = ()
) -> tuple[Table, list[str]]:
    """Mark the numbers that a table's second reading or its picture contradicts; say why, place by place.

    `written`: where form fields and notes stand that have a text.
    """
    others = {(area.top, area.left): area.text for area in again.areas} if again else {}
    last: dict[int, int] = {}  # where the last label of a row stands: values are to the right of it
    cells = [(area, _said(area.text)) for area in table.areas]
    for area, said in cells:
        if said == "label":
            last |= {row: max(last.get(row, -1), area.left) for row in range(area.top, area.end)}
    edges, numbers = _edges(table), [area for area, said in cells if said == "number"]
    doubtful = {span for area in numbers for span in _parted_spans(table, area, edges)}
    areas, reasons = [], []
    for area, said in cells:
        box = table.box_of(area)
        other = others.get((area.top, area.left), area.text)
        empty = not area.text and _said(other) != "number" and area.left > last.get(area.top, -1)
        if empty and picture and picture.holds(box):
            text, why = "?", tell("readers.drawn")
        elif not area.text and any(_holds_middle(box, place) for place in written):
            text, why = "?", tell("readers.form_field")
        elif said == "number" and doubtful & {("x", area.left, area.right), ("y", area.top, area.end)}:
            text, why = _mark(area.text, ""), tell("readers.border_missing")
        elif said == "number" and any(_sticks_out(word, box) for word in area.words):
            text, why = _mark(area.text, ""), tell("readers.over_border")
        else:
            text, why = _judge(area.text, area.words, other, picture)
        areas.append(area._replace(text=text))
        reasons += [tell("readers.place_why", place=area.place, why=why)] if why else []
    return replace(table, areas=tuple(areas)), reasons


def _holds_middle(box: Box, place: Box) -> bool:
    """Tell whether something stands in a box."""
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _sticks_out(word: Word, box: Box) -> bool:
    """Tell whether a word stands beyond a cell's borders by more than half a digit."""
    most = PDF.sticks_out * word.size
    return not word.turn and (word.x0 < box[0] - most or word.x1 > box[2] + most)


def _edges(table: Table) -> Edges:
    """The cells of a table by the borders that they stand at."""
    edges: Edges = defaultdict(list)
    for area in table.areas:
        for side in ("top", "end", "left", "right"):
            edges[side, getattr(area, side)].append(area)
    return edges


def _parted_spans(table: Table, area: Area, edges: Edges) -> set[tuple[str, int, int]]:
    """Columns of a cell if the row above or the values below have two cells there; rows if those beside."""
    x, y = (table.xs, "left", "right"), (table.ys, "top", "end")
    values = [one for one in edges["top", area.end] if _said(one.text) != "label"]
    across = _are_two(edges["end", area.top], area, *x) or _are_two(values, area, *x)
    along = any(_are_two(edges[side], area, *y) for side in (("right", area.left), ("left", area.right)))
    return {*[("x", area.left, area.right)] * across, *[("y", area.top, area.end)] * along}


def _are_two(cells: Sequence[Area], area: Area, lines: Sequence[float], first: str, last: str) -> bool:
    """Tell whether two cells or more have their middle between two sides of another."""
    low, high = 2 * lines[getattr(area, first)], 2 * lines[getattr(area, last)]
    return sum(low < lines[getattr(one, first)] + lines[getattr(one, last)] < high for one in cells) > 1


def mark_words(words: Sequence[Word], again: Sequence[Word] | None, picture: Picture | None) -> list[Word]:
    """Mark the numbers among words outside tables in the same way: where no rule stands, lines are rows."""
    heights: dict[int, list[Word]] = defaultdict(list)
    for other in sorted(again or (), key=_centre):
        if other.turn == 0:
            heights[round(other.base)].append(other)
    marked = []
    for word in words:
        if is_numeral(word):
            text = word.text if again is None else "".join([other.text for other in _there(word, heights)])
            word = word._replace(text=_judge(word.text, [word], text, picture)[0])
        marked.append(word)
    return marked


def _there(word: Word, heights: Mapping[int, list[Word]]) -> list[Word]:
    """What the second reading has in the place of a number; `heights`: its words by base line, in order."""
    near = range(round(word.base - word.size / 2), round(word.base + word.size / 2) + 1)
    rows = [heights[at] for at in near if at in heights]
    ends = [(bisect_right(r, word.start, key=_centre), bisect_left(r, word.end, key=_centre)) for r in rows]
    found = [row[first:end] for row, (first, end) in zip(rows, ends, strict=True)]
    return sorted([other for part in found for other in part], key=lambda other: other.start)


def _centre(word: Word) -> float:
    return (word.start + word.end) / 2


def mark_word(word: Word) -> Word:
    """Mark a number whose row cannot be told."""
    return word._replace(text=_mark(word.text, ""))


def is_numeral(word: Word) -> bool:
    """Tell whether a word is a number by itself."""
    return not word.turn and _said(word.text) == "number"


def _judge(text: str, words: Sequence[Word], other: str, picture: Picture | None) -> tuple[str, str | None]:
    """The text of a cell, marked where it cannot be told, and why."""
    said = [_said(text), _said(other)]
    if "number" not in said or (said[0] == "label" and UNKNOWN in other):
        return (other if UNKNOWN in text and UNKNOWN not in other else text), None
    if _plain(text) != _plain(other):
        why = tell("readers.read_as", one=text[: PDF.quoted], other=other[: PDF.quoted])
        return _mark(text, other), why
    if UNKNOWN in text:
        return _mark(text, ""), tell("readers.unknown_character")
    if is_overprinted(words):
        return _mark(text, ""), tell("readers.overprinted")
    if unseen := _unseen(words, picture):
        message = "readers.unseen_all" if unseen == _plain(text) else "readers.unseen_of"
        return _mark(text, ""), tell(message, unseen=unseen[: PDF.quoted], text=text[: PDF.quoted])
    return text, None


def _mark(*readings: str) -> str:
    """A text that no number can be told from, with what was read."""
    plain = [unicodedata.normalize("NFKC", text) for text in readings]
    return "?".join(["".join([c for c in text if c in DIGITS]) for text in plain])


def _said(text: str) -> str:
    """What a text is: a number of some kind, a label, or nothing."""
    reading = read_number(text.replace(UNKNOWN, "0"))
    if reading is None:
        return "label"
    return "blank" if reading.status == "blank" else "number"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())


def _unseen(words: Sequence[Word], picture: Picture | None) -> str:
    """The characters of numbers that leave no ink; a dash by itself may be too thin to show."""
    numbers = [word for word in words if any(map(str.isnumeric, word.text))] if picture else ()
    counted = [glyph for word in numbers for glyph in word.glyphs if _counts(glyph.text)]
    return _plain("".join([glyph.text for glyph in counted if not picture.shows(glyph)]))


def _counts(text: str) -> bool:
    """Tell whether a number is another one without this character."""
    return any(c in DIGITS or c.isnumeric() for c in unicodedata.normalize("NFKC", text).translate(DASHES))
