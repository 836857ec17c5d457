"""Cells that stand among the values of a row though they read like a label: 约12, 待定, l2.

In: a grid that keeps its columns. Out: for each of its rows, the columns of such cells. Next: `rows`.

What stands under the header of a column is its value, whatever it says, where no row has its label.
"""

from collections.abc import Iterator
from functools import cache

from govtables.forms import Wording
from govtables.language import fold, is_label
from govtables.readers import Grid

Texts = dict[int, str]  # by column, the key of each label of a row


def find_odd(grid: Grid, wording: Wording) -> list[frozenset[int]]:
    """For each row, the columns whose text is a value that cannot be read, no label."""
    rows, valued = [], []
    for cells in grid.rows:
        said = [(at, cell.text) for at, cell in enumerate(cells) if cell and cell.text]
        rows.append({at: fold(text) for at, text in said if is_label(text)})
        valued.append(len(rows[-1]) < len(said))
    heads, labels, known = _vocabulary(wording)
    odd: list[frozenset[int]] = []
    for start, end, under in _blocks(rows, valued, heads):
        named = {at for row in rows[start:end] for at, key in row.items() if key in labels}
        for row, has_number in zip(rows[start:end], valued[start:end], strict=True):
            asked = has_number or any(key in labels for key in row.values())
            odd.append(frozenset(at for at in under - named if asked and row.get(at, "") not in known))
    return odd


@cache
def _vocabulary(wording: Wording) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Keys of columns, keys of rows that are none of those, and all keys of the form."""
    forms = wording.forms.values()
    heads = frozenset(key for one in forms for keys in one.column_codes.values() for key in keys)
    rows = frozenset(key for one in forms for keys in one.row_codes.values() for key in keys)
    axes = (axis for one in forms for axis in one.others.values())
    others = frozenset(key for axis in axes for keys in axis.values() for key in keys)
    return heads, rows - heads, heads | rows | others | {""}


def _blocks(
    rows: list[Texts], valued: list[bool], heads: frozenset[str]
) -> Iterator[tuple[int, int, set[int]]]:
    """Runs of rows, each from its header on, with the columns that have a head."""
    start, under, below = 0, set(), False
    for at, (row, has_number) in enumerate(zip(rows, valued, strict=True)):
        head = set() if has_number else {column for column, key in row.items() if key in heads}
        if head and below:
            yield start, at, under
            start, under = at, set()
        under, below = under | head, (below and not head) or has_number
    yield start, len(rows), under
