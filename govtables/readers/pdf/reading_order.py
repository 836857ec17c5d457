"""Lines and tables of PDF pages in the order of reading.

In: words outside tables, and tables, page by page. Out: blocks: paragraphs, tables made whole. Next: `pages`.

What runs along the pages (headers, footers) interrupts neither a table nor a paragraph: it is told once, page
numbers not at all.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from govtables.readers.document import Cell, Grid, is_page_number
from govtables.readers.pdf.doubts import is_numeral, mark_word
from govtables.readers.pdf.mending import goes_on, join_parts
from govtables.readers.pdf.page import Page
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.words import Word, is_item, line_text, lines_of
from govtables.readers.ruled import Table, make_grid


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or the part of it that stands on a page."""

    page: int
    top: float
    table: Table


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, and the margins of its page."""

    page: int
    top: float
    text: str
    place: str
    x0: float
    x1: float
    base: float
    size: float
    left: float  # where lines of its page begin
    right: float  # where they end
    edge: bool  # it stands in the margin, and nothing of the page between it and the top, or the foot


def page_lines(
    number: int, at: int, page: Page, words: Sequence[Word], tables: Sequence[Table]
) -> list[Line]:
    """Lines of a page, from the top; `at`: its place among the pages read."""
    lines = join_rows(lines_of(words))
    if not lines:
        return []
    left = min([word.x0 for word in words] + [table.xs[0] for table in tables])
    right = min(max([page.width - left] + [table.xs[-1] for table in tables]), max(word.x1 for word in words))
    right = max(right, PDF.least_width * page.width)
    made = []
    for n, line in enumerate(lines, 1):
        base = line[0].bottom if line[0].turn else line[0].base
        above = any(table.ys[0] < base for table in tables) or n > 2
        below = any(table.ys[-1] > base for table in tables) or n < len(lines) - 1
        edge = not (above and below) and not PDF.margin * page.height < base < (1 - PDF.margin) * page.height
        x0, x1 = min(word.x0 for word in line), max(word.x1 for word in line)
        size = max(word.size for word in line)
        text, place = line_text(line), f"P{number}:L{n}"
        made.append(Line(at, base - size, text, place, x0, x1, base, size, left, right, edge))
    return made


def join_rows(lines: Iterable[list[Word]]) -> list[list[Word]]:
    """Join numbers to the label they stand beside, or between the lines of; mark those beside two labels.

    Cells of a row have base lines of their own where a program centres each, or numbers have another font.
    """
    lines = _parted(_levelled(lines))
    beside = {n: _beside(lines, n) for n, line in enumerate(lines) if all(map(is_numeral, line))}
    claims = Counter(label for labels in beside.values() for label in labels)
    rows = {n: list(line) for n, line in enumerate(lines)}
    for n, labels in beside.items():
        if any(claims[label] > 1 for label in labels):
            rows[n] = list(map(mark_word, lines[n]))
        elif labels:
            rows[labels[0]] += [word for part in (n, *labels[1:]) for word in rows.pop(part)]
    return [sorted(row, key=lambda word: word.start) for row in rows.values()]


def _levelled(lines: Iterable[list[Word]]) -> list[list[Word]]:
    """Make one line of two whose heights overlap by half and whose words stand beside each other."""
    made: list[list[Word]] = []
    for line in lines:
        last = made[-1] if made else line
        low = abs(line[0].base - last[0].base) < PDF.same_line * min(line[0].size, last[0].size)
        if made and low and line[0].turn == last[0].turn and not _overlap(last, line):
            made[-1] = sorted([*last, *line], key=lambda word: word.start)
        else:
            made.append(line)
    return made


def _parted(lines: Sequence[list[Word]]) -> list[list[Word]]:
    """Part numbers from the label on their height, which names a group, if one between them is theirs."""
    parted: list[list[Word]] = []
    for n, line in enumerate(lines):
        at = len(line) - len(list(takewhile(is_numeral, reversed(line))))
        near = _near(lines, n, line[at]).values() if 0 < at < len(line) else ()
        if near and line[at - 1].end < max(label[0].start for label in near):
            parted.insert(max(len(parted) - 1, 0), line[:at])
            line = line[at:]
        parted.append(line)
    return parted


def _near(lines: Sequence[list[Word]], at: int, first: Word) -> dict[int, list[Word]]:
    """Labels to the left, on lines around a line of numbers; numbers of the row may stand behind a label."""
    found = {}
    for n in range(max(at - PDF.neighbours, 0), min(at + PDF.neighbours + 1, len(lines))):
        label = [word for word in lines[n] if not is_numeral(word)]
        if n != at and label and not label[0].turn and label[-1].end <= first.start:
            if abs(label[0].base - first.base) < PDF.beside * first.size:
                found[n] = label
    return found


def _beside(lines: Sequence[list[Word]], at: int) -> list[int]:
    """The label numbers stand beside: the nearest of the lines around, two where they stand between them."""
    near = _near(lines, at, lines[at][0])
    last = max((label[0].start for label in near.values()), default=0.0)  # what ends before names a group
    free = [n for n, label in near.items() if label[-1].end > last and not _overlap(lines[n], lines[at])]
    apart = {n: abs(lines[n][0].base - lines[at][0].base) for n in free}
    nearest = min(apart.values(), default=0.0)
    return [n for n in free if apart[n] == nearest or apart[n] < nearest / PDF.nearer]


def _overlap(line: Sequence[Word], other: Sequence[Word]) -> bool:
    return any(one.start < two.end and two.start < one.end for one in line for two in other)


def make_blocks(parts: Sequence[Part | Line]) -> tuple[Cell | Grid, ...]:
    """Put parts of tables together and lines to paragraphs."""
    pages = Counter(key for key, _ in {(_key(part), part.page) for part in parts if _is_at_edge(part)})
    flow: list[list[Part | Line]] = []
    last: list[Part | Line] = []
    told: set[str] = set()
    for part in parts:
        if _is_at_edge(part) and is_page_number(part.text, at_edge=True):
            continue
        if _is_at_edge(part) and pages[_key(part)] > 1:
            if _key(part) not in told:
                flow.append([part])
                told.add(_key(part))
        elif last and len(last) < PDF.most_parts and _follows(last[-1], part):
            last.append(part)
        else:
            last = [part]
            flow.append(last)
    return tuple(map(_block, flow))


def _block(run: Sequence[Part | Line]) -> Cell | Grid:
    if isinstance(run[0], Part):
        return make_grid(join_parts([part.table for part in run]), "pdf")
    text = run[0].text
    for line in run[1:]:
        ends = [text[-1:], line.text[:1]]
        words = all(letter.isascii() and letter.isalpha() for letter in ends)
        text += (" " if words else "") + line.text
    return Cell(text, run[0].place)


def _is_at_edge(part: Part | Line) -> bool:
    return isinstance(part, Line) and part.edge


def _key(line: Line) -> str:
    """What the lines share that stand at the same height of several pages."""
    return f"{round(line.base / PDF.same_height)} {re.sub(r'[0-9]+', '#', line.text)}"


def _follows(before: Part | Line, part: Part | Line) -> bool:
    """Tell whether a part goes on with the one before: a table on the next page, a line of its paragraph."""
    if isinstance(before, Part) and isinstance(part, Part):
        return part.page == before.page + 1 and goes_on(before.table, part.table)
    if isinstance(before, Part) or isinstance(part, Part) or is_item(part.text):
        return False
    if abs(before.size - part.size) > PDF.same_size:
        return False
    if "  " in before.text or "  " in part.text:  # cells of a row
        return False
    below = part.page == before.page and part.base - before.base < PDF.apart * part.size
    near = part.page == before.page + 1 or below
    full = before.x1 > before.right - PDF.full * before.size
    full &= before.x1 - before.x0 > PDF.least_line * (before.right - before.left)
    return near and full and part.x0 < part.left + PDF.indent * part.size
