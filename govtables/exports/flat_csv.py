"""Tables without lists and codes, as plain formats need them, and CSV.

In: published Arrow tables. Out: Arrow tables of texts and numbers, and CSV files. Next: `describe`, `workbook`, `stata`, `exports`.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

ROWS = 10_000  # at a time
SEPARATOR = " | "
LINE_END = "\r\n"  # RFC 4180
BOM = "\ufeff"  # by which Excel tells UTF-8
TO_BE_QUOTED = r'[",\r\n\x00]|^$|^\s|\s$'


def flatten(table: pa.Table) -> pa.Table:
    """Write codes as texts and join lists to texts."""
    return pa.table({name: _flatten(table[name]) for name in table.column_names})


def _flatten(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        return column.cast(column.type.value_type)
    if pa.types.is_list(column.type):
        return pa.chunked_array([pa.array(map(join_texts, column.to_pylist()), pa.string())])
    return column


def join_texts(texts: list[str] | None) -> str | None:
    r"""Join texts by ``' | '``; a bar or backslash in them is written ``\|`` or ``\\``, a single empty text ``\``.

    >>> join_texts(["一、", "6"]), join_texts([]), join_texts([""]), join_texts(["a|b"])
    ('一、 | 6', '', '\\', 'a\\|b')
    """
    if texts is None:
        return None
    return "\\" if texts == [""] else SEPARATOR.join(text.replace("\\", r"\\").replace("|", r"\|") for text in texts)


def write_number(value: float) -> str:
    """Write a number in full and exactly, never with an exponent.

    >>> write_number(19.0), write_number(0.1 + 0.2), write_number(1e22)
    ('19', '0.30000000000000004', '10000000000000000000000')
    """
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as CSV for Excel and everyone else; a missing value is empty, an empty text is ``""``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM + ",".join(table.column_names) + LINE_END)
        for some in in_parts(flatten(table)):
            columns = [_write_column(column) for column in some.columns]
            file.writelines(",".join(row) + LINE_END for row in zip(*columns, strict=True))


def in_parts(table: pa.Table) -> Iterator[pa.Table]:
    """Give a table in parts of some thousand rows, each in one piece."""
    for start in range(0, table.num_rows, ROWS):
        yield table.slice(start, ROWS).combine_chunks()


def _write_column(column: pa.ChunkedArray) -> list[str]:
    if pa.types.is_string(column.type):
        quoted = pc.binary_join_element_wise('"', pc.replace_substring(column, '"', '""'), '"', "")
        column = pc.if_else(pc.match_substring_regex(column, TO_BE_QUOTED), quoted, column)
    elif pa.types.is_floating(column.type):
        column = _for_each(column, write_number)
    return pc.fill_null(column.cast(pa.string()), "").to_pylist()


def _for_each(column: pa.ChunkedArray, write: Callable[[float], str]) -> pa.ChunkedArray:
    """Write each value that occurs once, since few numbers occur in many cells."""
    codes = column.combine_chunks().dictionary_encode()
    texts = pa.array([write(value) for value in codes.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([texts.take(codes.indices)])
