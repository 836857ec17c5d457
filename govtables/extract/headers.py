"""Which grid column holds which column of the form, told from the headers.

In: a `Grid` that keeps columns. Out: grid column -> code. Next: `match`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govtables.forms import Code
from govtables.language import fold, is_label
from govtables.readers import Cell, Grid

MOST_HEADERS = 12  # rows


class ColumnMap(NamedTuple):
    """Grid column -> code of the form, and the labels of columns that the form does not have."""

    codes: dict[int, str]
    extras: dict[int, str]


def map_columns(header: Sequence[Sequence[Cell | None]], columns: Sequence[Code], codes: dict[str, str], after: int) -> ColumnMap:
    """Give each column of the form its grid column; what no header names is placed by order.

    `after` is the last grid column that holds row labels. Empty when the headers contradict the order of the form.
    """
    named = _named_columns(header, codes, {column.code for column in columns})
    order = [column.code for column in columns]
    if len(named) == len(order):
        labels = {at: keys[0] for at, keys in header_keys(header)}
        return ColumnMap(named, {at: label for at, label in labels.items() if at > after and at not in named})
    starts = {at - order.index(code) for at, code in named.items()} or {after + 1}
    start = min(starts)
    consistent = len(starts) == 1 and start > after
    return ColumnMap({start + i: code for i, code in enumerate(order)} if consistent else {}, {})


def _named_columns(header: Sequence[Sequence[Cell | None]], codes: dict[str, str], wanted: set[str]) -> dict[int, str]:
    found = [(at, code) for at, keys in header_keys(header) if (code := _first(keys, codes)) in wanted]
    once = [code for _, code in found]
    return {at: code for at, code in found if once.count(code) == 1}


def header_keys(header: Sequence[Sequence[Cell | None]]) -> Iterator[tuple[int, list[str]]]:
    """For each grid column, the keys that its header cells give: the lowest, the lowest two joined, and so on."""
    for at in range(max(map(len, header), default=0)):
        texts = [row[at].text for row in header if at < len(row) and row[at] and is_label(row[at].text)]
        if texts:
            yield at, [fold("".join(texts[-count:])) for count in range(1, len(texts) + 1)]


def headers_of(grid: Grid, data: set[int]) -> dict[int, list[tuple[Cell | None, ...]]]:
    """For each data row of a grid, by number, the header rows above its block."""
    above: dict[int, list[tuple[Cell | None, ...]]] = {}
    header: list[tuple[Cell | None, ...]] = []
    for at, cells in enumerate(grid.rows):
        if at in data:
            above[at] = header
        else:
            header = [cells] if at - 1 in data else [*header[-MOST_HEADERS:], cells]
    return above


def _first(keys: Sequence[str], codes: dict[str, str]) -> str | None:
    return next((codes[key] for key in keys if key in codes), None)
