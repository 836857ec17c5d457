"""Borders that are missing in a ruled table.

In: a filled `Table`. Out: the same, borders between values that stand in one cell put back. Next: `doubts`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from govtables.language import read_number
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.tables import hold
from govtables.readers.pdf.words import Word, is_item, text_of
from govtables.readers.ruled import Area, Table, in_order


def mend(table: Table) -> Table:
    """Put back borders missing between values, between a label and a value, or between numbered labels."""
    areas = [piece for area in table.areas for piece in _parted(table, area)]
    return replace(table, areas=tuple(sorted(areas, key=in_order)))


def _parted(table: Table, area: Area) -> list[Area]:
    wide, high = area.right - area.left, area.end - area.top
    if wide == high == 1 or len(area.words) < 2:
        return [area]
    return _parted_across(table.xs, area) if high == 1 else _parted_down(table.ys, area)


def _parted_across(xs: Sequence[float], area: Area) -> list[Area]:
    """A label and values, each value alone in one column, up to the right end; or values in all columns."""
    own: dict[int, list[Word]] = {}
    for word in area.words:
        first, last = bisect_right(xs, word.x0 + PDF.inside) - 1, bisect_right(xs, word.x1 - PDF.inside) - 1
        if first != last and is_value(word.text):
            return [area]
        own.setdefault(last, []).append(word)
    first = area.right
    while first - 1 in own and is_value(text_of(own[first - 1])):
        first -= 1
    label = [word for column, words in own.items() if column < first for word in words]
    reaches = any(word.x1 > xs[first] + PDF.inside for word in label)
    if first == area.right or reaches or not (label or first == area.left):
        return [area]
    parts = [hold(area._replace(left=c, right=c + 1), own[c]) for c in range(first, area.right)]
    return [hold(area._replace(right=first), label), *parts] if label else parts


def _parted_down(ys: Sequence[float], area: Area) -> list[Area]:
    """Values, or numbered labels, one in each row."""
    parts = []
    for row in range(area.top, area.end):
        own = [word for word in area.words if ys[row] <= word.middle()[1] < ys[row + 1]]
        parts.append(hold(area._replace(top=row, end=row + 1), own))
    values = area.right - area.left == 1 and all(is_value(part.text) for part in parts)
    return parts if values or all(is_item(part.text) for part in parts) else [area]


def is_value(text: str) -> bool:
    """Tell a printed value: a number, or a sign that there is none."""
    return bool(text) and (reading := read_number(text)) is not None and reading.status != "unreadable"
