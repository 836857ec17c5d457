"""Which printed column is which column of the form, told from the headers.

In: `MatchedRows`. Out: grid column -> code, or the printed order of columns. Next: `values_to_columns`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from govtables.extract.row_matching import MatchedRows
from govtables.forms import Code, Form
from govtables.language import fold, is_label
from govtables.readers import Cell, Grid

MOST_HEADERS = 12  # rows
IN_ORDER = (-1,)
Header = Sequence[Sequence[Cell | None]]  # rows


class ColumnMap(NamedTuple):
    """Grid column -> code of the form, and the labels of columns that the form does not have."""

    codes: dict[int, str]
    extras: dict[int, str]


ColumnMaps = dict[str, ColumnMap]  # by code of the row


def map_columns(header: Header, columns: Sequence[Code], codes: dict[str, str], after: int) -> ColumnMap:
    """Give each column of the form its grid column; what no header names is placed by order.

    `after` is the last grid column that holds row labels. Empty when the headers contradict the form's order.
    """
    order = [column.code for column in columns]
    heads = list(header_keys(header))
    headed = {at: next((codes[key] for key in keys if key in codes), "") for at, keys in heads}
    count = Counter(headed.values())
    known = {at: code for at, code in headed.items() if code in order and count[code] == 1}
    if len(known) == len(order):
        labels = {at: keys[0] for at, keys in heads}
        return ColumnMap(known, {at: label for at, label in labels.items() if at > after and at not in known})
    starts = {at - order.index(code) for at, code in known.items()} or {after + 1}
    start = min(starts)
    consistent = len(starts) == 1 and start > after
    return ColumnMap({start + i: code for i, code in enumerate(order)} if consistent else {}, {})


def header_keys(header: Header) -> Iterator[tuple[int, list[str]]]:
    """For each grid column, the keys of its header cells: the lowest, the lowest two joined, and so on."""
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


def column_maps(matched: MatchedRows) -> dict[str, ColumnMap]:
    """For rows of grids that keep columns: grid column -> code, from the headers above the row's block."""
    known, table = matched.known, matched.table
    kept = {code: row for code, row in matched.rows.items() if row.columns and row.labels}
    data = [*kept.values(), *matched.extras]
    above, after = {}, {}
    for grid in {id(row.grid): row.grid for row in kept.values()}.values():
        above[id(grid)] = headers_of(grid, {row.index for row in data if row.grid is grid})
        after[id(grid)] = max(row.label_column for row in kept.values() if row.grid is grid)
    blocks = {row.code: row.block for row in known.rows[table]}
    made: dict[tuple, ColumnMap] = {}
    maps: dict[str, ColumnMap] = {}
    for code, row in kept.items():
        header = above[id(row.grid)][row.index]
        key = (id(row.grid), id(header), blocks[code])
        columns = known.columns[table, blocks[code]]
        before = next(reversed(maps.values()), None)
        wanted = {column.code for column in columns}
        if key not in made and not header and before and wanted == set(before.codes.values()):
            made[key] = before  # a table split in two: the part before has the header
        elif key not in made:
            made[key] = map_columns(header, columns, known.column_codes[table], after[id(row.grid)])
        maps[code] = made[key]
    return maps


@lru_cache(maxsize=1 << 12)
def printed_order(header: tuple[str, ...], known: Form, columns: tuple[Code, ...]) -> tuple[int, ...]:
    """For each column of the form, its place among the printed ones.

    `IN_ORDER` where they stand as the form has them, empty where the headers do not tell.

    In the form's own header of requests the total stands second, right after the name of a group of columns.
    """
    codes = known.column_codes[columns[0].table]
    order = [column.code for column in columns]
    said = list(dict.fromkeys(codes[key] for key in header if codes.get(key) in order))
    if said[1:2] == ["total"]:
        del said[1]
    places = [order.index(c) for c in said]
    if places == sorted(set(places)):
        return IN_ORDER
    return tuple(said.index(c) for c in order) if sorted(places) == list(range(len(order))) else ()
