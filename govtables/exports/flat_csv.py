"""Tables without lists and codes, as plain formats need them, and CSV.

In: published Arrow tables. Out: Arrow tables of texts and numbers, and CSV files. Next: `xlsx`, `dta`.
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from govtables.language import speak, tell

SEPARATOR = " | "
LINE_END = "\r\n"  # RFC 4180
BOM = "\ufeff"  # by which Excel tells UTF-8
RUNS = r"^[=+\-@\t\r']"  # what a spreadsheet runs, or takes for the mark against that


class CannotHold(ValueError):
    """A format cannot hold what there is; `why` says it in both languages."""

    def __init__(self, code: str, **facts: object) -> None:
        self.why = tell(code, **facts)
        super().__init__(speak(self.why))


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
    r"""Join texts by ``' | '``; a bar or backslash in them is written ``\|`` or ``\\``, a single empty text
    ``\``.

    >>> join_texts(["一、", "6"]), join_texts([]), join_texts([""]), join_texts(["a|b"])
    ('一、 | 6', '', '\\', 'a\\|b')
    """
    if texts is None:
        return None
    escaped = SEPARATOR.join(text.replace("\\", r"\\").replace("|", r"\|") for text in texts)
    return "\\" if texts == [""] else escaped


def write_csv(tables: Iterable[pa.Table], path: Path) -> None:
    """Write a table, given in pieces, as CSV for Excel and everyone else; a missing value is empty, an empty
    text is ``""``.

    A text that a spreadsheet would run as a formula has an apostrophe before it, and so has one that begins
    with an apostrophe: take one away from each text that has it.
    """
    with path.open("wb") as file:
        for n, flat in enumerate(map(flatten, tables)):
            if n == 0:
                file.write((BOM + ",".join(flat.column_names) + LINE_END).encode())
            guarded = pa.table({name: _guard(flat[name]) for name in flat.column_names})
            pa_csv.write_csv(guarded, file, pa_csv.WriteOptions(include_header=False, eol=LINE_END))


def _guard(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_string(column.type):
        return column
    runs = pc.fill_null(pc.match_substring_regex(column, RUNS), False)
    return pc.if_else(runs, pc.binary_join_element_wise("'", column, ""), column)
