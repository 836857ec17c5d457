"""Tables of a PDF made whole: borders that are missing in one, pages that break one.

In: a filled `Table`, or the parts of a broken one in reading order. Out: one `Table`, borders between values
that stand in one cell put back. Next: `doubts`, `reading_order`.

On the next page a table has the same columns, its header again or none, no text where a label goes on. A row
that is cut is one if its label has an item number above and none below; a header cell that is cut is one.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from govtables.language import fold, is_label, read_number
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


def join_parts(parts: Sequence[Table]) -> Table:
    """Make one table of its parts."""
    table = parts[0]
    for part in parts[1:]:
        table = _joined(*_same_columns(table, part))
    return table


def goes_on(table: Table, after: Table) -> bool:
    """Tell whether a table at the top of a page has the columns of the one at the end of the page before."""
    few, many = sorted(([x - one.xs[0] for x in one.xs] for one in (table, after)), key=len)
    ends = abs(few[-1] - many[-1]) < PDF.narrow
    return ends and all(min(abs(x - other) for other in many) < PDF.narrow for x in few)


def _same_columns(table: Table, after: Table) -> tuple[Table, Table]:
    """Number the columns of both by the same edges, those of the first."""
    left = table.xs[0] - after.xs[0]
    others = [x + left for x in after.xs]
    xs = sorted([*table.xs, *(x for x in others if min(abs(x - one) for one in table.xs) >= PDF.narrow)])

    def column(x: float) -> int:
        return min(range(len(xs)), key=lambda n: abs(xs[n] - x))

    def renumbered(old: Table, shift: float) -> Table:
        at = [column(x + shift) for x in old.xs]
        areas = [area._replace(left=at[area.left], right=at[area.right]) for area in old.areas]
        return Table(tuple(xs), old.ys, tuple(areas))

    return renumbered(table, 0.0), renumbered(after, left)


def _joined(table: Table, after: Table) -> Table:
    """Join the part of a table on the next page to what came before."""
    after = _without_header(table, after)
    last = [area for area in table.areas if area.end == len(table.ys) - 1]
    first = {(area.left, area.right): area for area in after.areas if area.top == 0}
    pairs = [(a, first[a.left, a.right]) for a in last if (a.left, a.right) in first]
    label = max((a.left for a in last if is_label(a.text) and a.end - a.top == 1), default=-1)
    cut = _is_cut([(a, b) for a, b in pairs if a.end - a.top == 1], label)
    shift = len(table.ys) - 1 - cut
    below = [area.text for area in after.areas if area.top == 0]
    texts = [*(area.text for area in table.areas), *below]
    no_values = not any(text and not is_label(text) for text in texts)
    header = no_values and 2 * sum(map(is_label, below)) > len(below)  # the page ends inside the header
    whole: dict[Area, Area] = {}
    for a, b in pairs:
        group = a.left < label < max(area.left for area in last)  # nothing goes on below a row of headers
        if header or (cut and a.end - a.top == 1) or (group and _continues(a, b)):
            text = a.text if _is_again(a, b) else "\n".join(filter(None, (a.text, b.text)))
            whole |= {a: a._replace(end=b.end + shift, text=text), b: a}
    areas = [whole.get(area, area) for area in table.areas]
    rest = [area for area in after.areas if area not in whole]
    areas += [area._replace(top=area.top + shift, end=area.end + shift) for area in rest]
    ys = (*table.ys, *(table.ys[-1] + y - after.ys[0] for y in after.ys[1 + cut :]))
    return Table(table.xs, ys, tuple(sorted(areas, key=in_order)))


def _without_header(table: Table, after: Table) -> Table:
    """Drop the rows that print the header again: rows at the top, without a number, equal in both parts."""
    before, again = _row_texts(table), _row_texts(after)
    equal = takewhile(lambda pair: pair[0] == pair[1], zip(before, again, strict=False))
    same = len(list(takewhile(lambda pair: all(is_label(cell[-1]) for cell in pair[1]), equal)))
    while same and any(area.top < same < area.end for area in after.areas):
        same -= 1
    if same == len(again) or not any(again[:same]):
        return after
    kept = [area for area in after.areas if area.top >= same]
    areas = [area._replace(top=area.top - same, end=area.end - same) for area in kept]
    return Table(after.xs, after.ys[same:], tuple(areas))


def _row_texts(table: Table) -> list[list[tuple[int, int, int, str]]]:
    rows: list[list[tuple[int, int, int, str]]] = [[] for _ in table.ys[1:]]
    for area in sorted(table.areas, key=in_order):
        rows[area.top].append((area.left, area.right, area.end, fold(area.text) or area.text))
    return rows


def _is_cut(pairs: Sequence[tuple[Area, Area]], label: int) -> bool:
    """Tell whether a page's last row and the next one's first are one: label goes on, numbers stand once."""
    once = all(not a.text or not b.text or _continues(a, b) for a, b in pairs)
    labels = [(a, b) for a, b in pairs if a.left == label]
    if label < 0 and any(a.text for a, _ in pairs):  # a label of two lines may stand below as a whole
        fits = all(not b.text or (not a.text and is_label(b.text)) for a, b in pairs)
        return fits and any(b.text for _, b in pairs)
    more = 0 < len(labels) < len([a for a, _ in pairs if a.left >= label])
    return once and more and all(_continues(a, b) for a, b in labels)


def _continues(a: Area, b: Area) -> bool:
    """Tell whether a label goes on below: no text, the label again, or a text without an item number."""
    if not is_label(a.text):
        return False
    rest = is_label(b.text) and is_item(a.text) and not is_item(b.text)
    return b.text == "" or rest or _is_again(a, b)


def _is_again(a: Area, b: Area) -> bool:
    return is_label(a.text) and is_label(b.text) and fold(a.text) == fold(b.text)
