"""Ruled tables of a PDF page.

In: rules and words of a page. Out: `Table`s of cells with spans, and the words outside. Next: `mending`.

Rules that touch make a table. Columns and rows lie between all its rules; places that no rule parts are one
cell. A border that is missing outside is where the other rules end.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product

from govtables.readers.limits import LIMITS
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.words import Word, cut_word, text_of
from govtables.readers.ruled import Area, Box, Place, Sides, Table, find_areas, part

Line = tuple[float, float, float]  # where it is, from, to


def hold(area: Area, words: Iterable[Word]) -> Area:
    """The cell with other words in it."""
    words = tuple(words)
    return area._replace(words=words, text=text_of(words))


def find_tables(rules: Iterable[Box], words: Sequence[Word]) -> tuple[list[Table], list[Word]]:
    """Find the tables of a page, from the top, and the words outside them."""
    flat, upright = [], []
    for x0, y0, x1, y1 in rules:
        if x1 - x0 >= y1 - y0:
            flat.append(((y0 + y1) / 2, x0, x1))
        else:
            upright.append(((x0 + x1) / 2, y0, y1))
    flat, upright = _join(flat), _join(upright)
    if max(len(flat), len(upright)) > PDF.most_rules:
        return [], list(words)
    left, found = list(words), []
    tables = filter(None, map(_outline, _connected(flat, upright)))
    for table in sorted(tables, key=_size):  # one inside another comes first
        filled, rest = fill(table, left)
        if _is_table(filled):
            found.append(filled)
            left = rest
    return sorted(found, key=lambda table: (table.ys[0], table.xs[0])), left


def sides_of(boxes: Iterable[Box]) -> Iterator[Box]:
    """The sides of boxes, as rules without width."""
    for x0, y0, x1, y1 in boxes:
        yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))


def _size(table: Table) -> float:
    x0, y0, x1, y1 = table.box()
    return (x1 - x0) * (y1 - y0)


def _is_table(table: Table) -> bool:
    """Tell a table from a frame around paragraphs."""
    wide = max(area.left for area in table.areas) > 0
    short = all(len(area.text) <= LIMITS.cell_characters for area in table.areas)
    return wide and short and any(area.words for area in table.areas)


def _join(lines: Iterable[Line]) -> list[Line]:
    """Join the pieces of rules: dashes, double lines, a line drawn cell by cell."""
    joined: list[Line] = []
    for group in _clusters(lines, PDF.snap):
        at = sum(line[0] for line in group) / len(group)
        pieces = sorted((start, end) for _, start, end in group)
        first, last = pieces[0]
        for start, end in pieces[1:]:
            if start > last + PDF.broken:
                joined.append((at, first, last))
                first, last = start, end
            last = max(last, end)
        joined.append((at, first, last))
    return [line for line in joined if line[2] - line[1] > PDF.narrow]


def _clusters(lines: Iterable[Line], width: float) -> Iterator[list[Line]]:
    return part(sorted(lines), lambda group, line: line[0] - group[0][0] > width)


def _connected(flat: list[Line], upright: list[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Sets of rules that touch one another."""
    free = set(range(len(upright)))
    waiting = set(range(len(flat)))
    while waiting:
        rows, columns, fresh = [], [], [waiting.pop()]
        while fresh:
            row = flat[fresh.pop()]
            rows.append(row)
            for at in [at for at in free if _touch(row, upright[at])]:
                free.discard(at)
                columns.append(upright[at])
                crossed = [n for n in waiting if _touch(flat[n], upright[at])]
                waiting.difference_update(crossed)
                fresh += crossed
        if columns:
            yield rows, columns


def _touch(row: Line, column: Line) -> bool:
    beside = row[1] - PDF.reach <= column[0] <= row[2] + PDF.reach
    return beside and column[1] - PDF.reach <= row[0] <= column[2] + PDF.reach


def _outline(rules: tuple[list[Line], list[Line]]) -> Table | None:
    """The empty cells between rules; where the outer border is missing, it runs where the other rules end."""
    rows, columns = rules
    xs, ys = _edges(columns, rows), _edges(rows, columns)
    if not 2 < len(xs) <= LIMITS.columns + 1 or len(ys) < 2 or len(xs) * len(ys) > PDF.most_cells:
        return None
    walls, floors = _sides(columns, xs, ys), _sides(rows, ys, xs)
    return Table(xs, ys, tuple(find_areas(walls, floors, _cut, len(xs) - 1, len(ys) - 1)))


def _edges(rules: list[Line], across: list[Line]) -> tuple[float, ...]:
    """Places of rules, and the outermost ends of the rules that cross them."""
    edges = [sum(at for at, *_ in group) / len(group) for group in _clusters(rules, PDF.narrow)]
    low, high = min(rule[1] for rule in across), max(rule[2] for rule in across)
    edges = [low, *edges] if low < edges[0] - PDF.narrow else edges
    return tuple([*edges, high] if high > edges[-1] + PDF.narrow else edges)


def _sides(lines: list[Line], at: Sequence[float], along: Sequence[float]) -> Sides:
    """Sides of places that have a rule: number of the edge, number of the place along it."""
    covered: dict[tuple[int, int], float] = {}
    for where, start, end in lines:
        edge = min(range(len(at)), key=lambda n: abs(at[n] - where))
        first = max(bisect_right(along, start) - 1, 0)
        for n in range(first, min(bisect_right(along, end), len(along) - 1)):
            covered[edge, n] = covered.get((edge, n), 0) + min(end, along[n + 1]) - max(start, along[n])
    long = [PDF.side * (end - start) for start, end in pairwise(along)]
    return {(edge, n) for (edge, n), length in covered.items() if length > long[n]}


def _cut(places: Sequence[Place]) -> list[Area]:
    """The fewest cells that cover the places row by row or column by column."""
    rows, columns = sorted({r for r, _ in places}), sorted({c for _, c in places})
    by_row = [Area(r, r + 1, a, b) for r in rows for a, b in _spans([c for y, c in places if y == r])]
    by_column = [Area(a, b, c, c + 1) for c in columns for a, b in _spans([r for r, x in places if x == c])]
    return min(by_row, by_column, key=len)


def _spans(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring numbers."""
    starts = [n for n in numbers if n - 1 not in numbers]
    ends = [n + 1 for n in numbers if n + 1 not in numbers]
    yield from zip(sorted(starts), sorted(ends), strict=True)


def fill(table: Table, words: Iterable[Word]) -> tuple[Table, list[Word]]:
    """Put each word into the cell where its middle is; the rest stands outside the table."""
    owner = {}
    for n, area in enumerate(table.areas):
        owner |= dict.fromkeys(product(range(area.top, area.end), range(area.left, area.right)), n)
    inside: list[list[Word]] = [[] for _ in table.areas]
    rest = []
    for word in words:
        if (at := _place(table, word)) is None:
            rest.append(word)
            continue
        for piece in _pieces(table, owner, word, at[0]):
            inside[owner[_place(table, piece) or at]].append(piece)
    return replace(table, areas=tuple(map(hold, table.areas, inside))), rest


def _place(table: Table, word: Word) -> tuple[int, int] | None:
    """Row and column of the middle of a word."""
    x, y = word.middle()
    x0, y0, x1, y1 = table.box()
    if not (x0 - PDF.outside < x < x1 + PDF.outside and y0 - PDF.outside < y < y1 + PDF.outside):
        return None
    row, column = bisect_right(table.ys, y) - 1, bisect_right(table.xs, x) - 1
    return min(max(row, 0), len(table.ys) - 2), min(max(column, 0), len(table.xs) - 2)


def _pieces(table: Table, owner: dict[tuple[int, int], int], word: Word, row: int) -> list[Word]:
    """Cut a word where it holds the texts of neighbouring cells."""
    pieces = [word]
    first, last = bisect_right(table.xs, word.x0 + PDF.inside), bisect_right(table.xs, word.x1 - PDF.inside)
    for n in range(max(first, 1), min(last, len(table.xs) - 1)) if word.turn == 0 else ():
        if owner[row, n - 1] != owner[row, n]:
            pieces[-1:] = cut_word(pieces[-1], table.xs[n])
    return pieces
