"""Cells that stand among the values of a row though they read like a label: 约12, 待定, 12.

In: a grid that keeps its columns, or cells in order. Out: which of them are such. Next: `rows`.

What stands under the header of a column is its value, whatever it says, where no row has its label; a number
with a stop is one of an item only before its label.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from govtables.forms import Wording
from govtables.language import fold, is_label, plain, read_unit
from govtables.readers import Cell, Grid

DIGIT = re.compile(r"\d")
SHORT = 5  # characters
Texts = dict[int, str]  # by column, the key of each label of a row
Block = tuple[int, int, set[int]]  # its first row, the one behind its last, its columns that have a head


def find_odd(grid: Grid, wording: Wording) -> list[frozenset[int]]:
    """For each row, the columns whose text is a value that cannot be read, no label."""
    rows, valued = [], []
    for cells in grid.rows:
        said = [(at, cell.text) for at, cell in enumerate(cells) if cell and cell.text]
        rows.append({at: fold(text) for at, text in said if is_label(text)})
        valued.append(len(rows[-1]) < len(said))
    heads, labels, known, _ = _vocabulary(wording)
    odd: list[frozenset[int]] = []
    for start, end, under in _blocks(rows, valued, heads):
        under = under - {at for row in rows[start:end] for at, key in row.items() if key in labels}
        for row, has_number in zip(rows[start:end], valued[start:end], strict=True):
            strange = [at for at in under if at in row and row[at] not in known] if under else ()
            asked = strange and (has_number or not labels.isdisjoint(row.values()))
            odd.append(frozenset(strange if asked else ()))
    return odd


@cache
def _vocabulary(wording: Wording) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Keys of columns, keys of rows that are none of those, all keys of the form, keys of rows with cells."""
    forms = wording.forms.values()
    heads = frozenset(key for one in forms for keys in one.column_codes.values() for key in keys)
    rows = frozenset(key for one in forms for keys in one.row_codes.values() for key in keys)
    axes = (axis for one in forms for axis in one.others.values())
    others = frozenset(key for axis in axes for keys in axis.values() for key in keys)
    codes = ((one.positions[table], keys) for one in forms for table, keys in one.row_codes.items())
    leaves = frozenset(key for own, keys in codes for key, code in keys.items() if code in own)
    return heads, rows - heads, heads | rows | others, leaves - heads


def find_odd_items(cells: Sequence[Cell], wording: Wording) -> frozenset[int]:
    """Of cells in order, numbers of items and words in parentheses that stand in the place of a value."""
    said = [(at, cell.text) for at, cell in enumerate(cells) if cell.text]
    silent = [n for n, (_, text) in enumerate(said) if says_nothing(text)]
    return frozenset(said[n][0] for n in silent if _stands_for_value(said, n, wording))


@lru_cache(maxsize=1 << 16)
def says_nothing(text: str) -> bool:
    """Tell a text that reads like a label and has no key."""
    return is_label(text) and not fold(text)


def _stands_for_value(said: Sequence[tuple[int, str]], n: int, wording: Wording) -> bool:
    """Tell whether a text that says nothing is in a value's place, by the texts before and behind it."""
    text = said[n][1]
    named = n > 0 and fold(said[n - 1][1]) in names_of_rows(wording)
    behind = said[n + 1][1] if n + 1 < len(said) else ""
    if DIGIT.search(text):
        return named or not (is_label(behind) and fold(behind))
    word = plain(text).strip("()")  # instead of a number, no note of the label before it, nor a unit
    return named and (not behind or is_label(behind)) and 0 < len(word) < SHORT and not read_unit(word)


def names_of_rows(wording: Wording) -> frozenset[str]:
    """Keys of the labels of rows that have cells."""
    return _vocabulary(wording)[3]


def _blocks(rows: list[Texts], valued: list[bool], heads: frozenset[str]) -> Iterator[Block]:
    """Runs of rows, each from its header on."""
    start, under, below = 0, set(), False
    for at, (row, has_number) in enumerate(zip(rows, valued, strict=True)):
        head = set() if has_number else {column for column, key in row.items() if key in heads}
        if head and below:
            yield start, at, under
            start, under = at, set()
        under, below = under | head, (below and not head) or has_number
    yield start, len(rows), under
