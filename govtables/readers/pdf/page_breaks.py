"""Tables that pages break, made whole.

In: the `Table`s of one broken table in reading order. Out: one `Table`. Next: `reading_order`.

On the next page a table has the same columns, its header again or none, no text where a label goes on. A row
that is cut is one if its label has an item number above and none below; a header cell that is cut is one.
"""

from collections.abc import Sequence
from itertools import takewhile

from govtables.language import fold, is_label
from govtables.readers.pdf.settings import PDF
from govtables.readers.pdf.words import is_item
from govtables.readers.ruled import Area, Table, in_order


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
