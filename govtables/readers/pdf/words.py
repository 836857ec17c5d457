"""Characters of a PDF page to words and lines.

In: `Glyph`s, and where they are printed. Out: `Word`s, and the text of those together. Next: `tables`.

A word is a run of characters on one base line without a gap; numbers stay whole even where they stick out.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from govtables.language import ENUMERATOR
from govtables.readers.pdf.settings import PDF
from govtables.readers.ruled import Box, part

UNKNOWN = "\ufffd"  # a character whose font does not say what it is


class Glyph(NamedTuple):
    """A printed character, or a word of them, whose `glyphs` they are.

    Its box stands on the upright page, in points; `start`, `end` and `base` are along its line.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    start: float
    end: float
    base: float
    size: float
    turn: int = 0  # quarters, counter-clockwise
    run: int = 0  # which drawing operation it is part of, or its first character
    glyphs: tuple["Glyph", ...] = ()

    def middle(self) -> tuple[float, float]:
        """The centre of its box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


Word = Glyph  # of several characters


def make_glyph(text: str, box: Box, origin: tuple[float, float], size: float, turn: int, run: int) -> Glyph:
    """Make a character that starts at `origin`; how high it stands, some fonts tell wrong by a whole line."""
    (x0, top, x1, bottom), (x, y) = box, origin
    rise, drop = PDF.rise * size, (1 - PDF.rise) * size
    if turn % 2:
        x0, x1 = (x - rise, x + drop) if turn == 1 else (x - drop, x + rise)
    else:
        top, bottom = (y - rise, y + drop) if turn == 0 else (y - drop, y + rise)
    start, end, base = ((x0, x1, y), (-bottom, -top, x), (-x1, -x0, -y), (top, bottom, -x))[turn]
    return Glyph(text, x0, top, x1, bottom, start, end, base, size, turn, run)


def make_word(glyphs: Sequence[Glyph]) -> Word:
    """Make a word of characters in printed order."""
    texts, x0, top, x1, bottom, start, end, base, size, *_ = zip(*glyphs, strict=True)
    line = min(x0), min(top), max(x1), max(bottom), min(start), max(end), base[0], max(size)
    return Word("".join(texts), *line, glyphs[0].turn, glyphs[0].run, tuple(glyphs))


def find_words(glyphs: Iterable[Glyph]) -> list[Word]:
    """Join characters to words, base line by base line; what is printed twice to look bold counts once."""
    return [make_word(run) for line in lines_of(glyphs) for run in _runs(line)]


def lines_of(items: Iterable) -> Iterator[list]:
    """Characters or words on one base line, in order along it; upright ones before turned ones."""
    for level in part(sorted(items, key=lambda item: (item.turn, item.base, item.start)), _is_lower):
        yield sorted(level, key=lambda item: item.start)


def _is_lower(level: list, item: Glyph | Word) -> bool:
    first = level[0]
    return item.turn != first.turn or item.base - first.base > PDF.level * max(item.size, first.size)


def _runs(line: list[Glyph]) -> Iterator[list[Glyph]]:
    """Cut a line at gaps and at spaces."""
    run: list[Glyph] = []
    ends = 0.0
    for glyph in line:
        if any(_is_twice(glyph, other) for other in run[-2:]):
            continue
        if run and (not glyph.text.strip() or glyph.start - ends > PDF.gap * max(glyph.size, run[-1].size)):
            yield run
            run = []
        if glyph.text.strip():
            ends = max(glyph.end, ends) if run else glyph.end
            run.append(glyph)
    if run:
        yield run


def _is_twice(glyph: Glyph, other: Glyph) -> bool:
    near = PDF.twice * max(glyph.size, other.size)
    near_along = glyph.start - other.start < near
    return glyph.text == other.text and near_along and abs(glyph.base - other.base) < near


def is_overprinted(words: Sequence[Word]) -> bool:
    """Tell whether characters stand on one another, so that which of them counts cannot be told."""
    glyphs = [glyph for word in words for glyph in word.glyphs]
    return len(glyphs) > PDF.most_digits or any(_covers(one, other) for one, other in combinations(glyphs, 2))


def _covers(one: Glyph, other: Glyph) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    least = min((glyph.x1 - glyph.x0) * (glyph.bottom - glyph.top) for glyph in (one, other))
    return wide > 0 and high > 0 and wide * high > least / 2


def cut_word(word: Word, at: float) -> list[Word]:
    """Cut an upright word at a vertical rule between two characters; leave it whole if the rule cuts one."""
    touch = PDF.touch * word.size
    for n, (left, right) in enumerate(pairwise(word.glyphs), 1):
        parted = left.run != right.run or right.x0 - left.x1 > touch
        if parted and left.x1 <= at + touch and right.x0 >= at - touch:
            return [make_word(word.glyphs[:n]), make_word(word.glyphs[n:])]
    return [word]


def line_text(line: Sequence[Word]) -> str:
    """The text of a line; two blanks where a gap is as wide as between columns."""
    text = line[0].text
    for before, word in pairwise(line):
        gap = (word.start - before.end) / max(word.size, before.size)
        text += ("  " if gap > PDF.wide_gap else " ") + word.text
    return text


def is_item(text: str) -> bool:
    """Tell a label that begins with an item number.

    >>> is_item("（三）不予公开"), is_item("不予公开")
    (True, False)
    """
    return ENUMERATOR.match(unicodedata.normalize("NFKC", text)) is not None


def text_of(words: Iterable[Word]) -> str:
    """The text of a cell: its lines, each as printed."""
    return "\n".join([" ".join([word.text for word in line]) for line in lines_of(words)])
