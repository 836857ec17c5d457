"""A workbook for Excel and LibreOffice: a sheet a table, the codebook first, labels beside codes.

In: published Arrow tables. Out: one XLSX file. Next: `formats`.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
import pyarrow.compute as pc

from govtables.dataset import fields
from govtables.exports.descriptions import title
from govtables.exports.flat_csv import CannotHold, flatten
from govtables.records import EXTRA

MOST_ROWS = 1_048_576  # of a sheet, with its header
LONGEST = 32_767  # UTF-16 units of a cell
PIECE = LONGEST // 2  # characters that fit in a cell whatever they are
NARROWEST, WIDEST = 8, 60
A4, PER_CENT = 9, 60  # of a printed sheet
ROWS = 10_000  # written at a time
SAMPLED = 200  # rows by which a column's width is told
CREATED = datetime(1980, 1, 31)
AXES = ("table", "row", "column")
FORMS = ("2021", "2019")
NOBODY = dict.fromkeys(("issuer", "year", "generation"))

Key = tuple[str | None, str, str, str]  # form, axis, table, code
Labels = dict[Key, tuple[str | None, str | None]]


class Exact(float):
    """A number that is written with all its digits, whatever precision is asked for."""

    def __format__(self, _: str) -> str:
        """Write the shortest digits that give the same number back."""
        return float.__repr__(self)


def refuse_rows(name: str, rows: int) -> None:
    """Raise if a sheet cannot hold the rows of a table."""
    if rows >= MOST_ROWS:
        raise CannotHold("exports.many_rows", table=name, rows=rows, most=MOST_ROWS - 1)


def write_workbook(published: dict[str, pa.Table], path: Path) -> None:
    """Write the tables as sheets, codes with their labels, after the codebook and a sheet on the columns."""
    lines = [line for name in published for line in fields(name)]
    explained = pa.Table.from_pylist([{key: text or None for key, text in line.items()} for line in lines])
    write_sheets({"codebook": published["codebook"], "fields": explained} | name_codes(published), path)


def write_sheets(sheets: dict[str, pa.Table], path: Path) -> None:
    """Write tables as sheets of a workbook, by their names."""
    import xlsxwriter

    for name, table in sheets.items():
        refuse_rows(name, table.num_rows)
    raw = path.with_suffix(".raw")
    with xlsxwriter.Workbook(raw, {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        book.use_zip64()
        book.set_properties({"title": title(), "created": CREATED})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for name, table in sheets.items():
            _write_sheet(book.add_worksheet(name), split_long(flatten(table)), bold, day)
    _pack_again(raw, path)


def _pack_again(raw: Path, path: Path) -> None:
    """Copy a ZIP file without the times and permissions of this machine."""
    with ZipFile(raw) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, CREATED.timetuple()[:6])
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            entry.file_size = source.getinfo(name).file_size
            with source.open(name) as some, target.open(entry, "w") as copy:
                shutil.copyfileobj(some, copy)
    raw.unlink()


def split_long(table: pa.Table) -> pa.Table:
    """Continue texts that are too long for a cell in further columns: ``text``, ``text_2``, ``text_3``."""
    columns = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        longest = pc.max(pc.utf8_length(column)).as_py() if pa.types.is_string(column.type) else None
        pieces = -(-longest // PIECE) if longest and longest > PIECE else 1
        for n in range(pieces):
            piece = column if pieces == 1 else pc.utf8_slice_codeunits(column, n * PIECE, (n + 1) * PIECE)
            columns[name if n == 0 else f"{name}_{n + 1}"] = piece
    return pa.table(columns)


def _write_sheet(sheet: Any, table: pa.Table, bold: Any, day: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_print_scale(PER_CENT)
    sheet.print_across()
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.autofilter(0, 0, table.num_rows, table.num_columns - 1)
    sample = table.slice(0, SAMPLED).to_pydict()
    for at, (name, values) in enumerate(sample.items()):
        sheet.set_column(at, at, min(max(NARROWEST, _width(name) + 3, *map(_width, values), 0), WIDEST))
        sheet.write_string(0, at, name, bold)
    write = [_writer(sheet, kind, day) for kind in table.schema.types]
    parts = ([column.to_pylist() for column in p.columns] for p in table.to_batches(max_chunksize=ROWS))
    for n, row in enumerate(chain.from_iterable(zip(*part, strict=True) for part in parts), 1):
        for at, value in enumerate(row):
            if value is not None:
                write[at](n, at, value)


def _writer(sheet: Any, kind: pa.DataType, day: Any) -> Callable[[int, int, Any], Any]:
    """How to write a value of a type; a text stays a text, even if it looks like a formula."""
    if pa.types.is_string(kind):
        return lambda row, column, text: _write_text(sheet, row, column, text)
    if pa.types.is_boolean(kind):
        return sheet.write_boolean
    if pa.types.is_date(kind):
        return lambda row, column, date: sheet.write_datetime(row, column, date, day)
    return lambda row, column, number: sheet.write_number(row, column, Exact(number))


def _write_text(sheet: Any, row: int, column: int, text: str) -> None:
    if text.startswith("<r>") and text.endswith("</r>"):  # which xlsxwriter would take for its own markup
        sheet.write_rich_string(row, column, *text[:2], text[2:])
    else:
        sheet.write_string(row, column, text)


def _width(value: Any) -> int:
    line = "" if value is None else str(value).partition("\n")[0][:WIDEST]
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line) + 1


def name_codes(published: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Add issuer and year to tables with a row a part of a report, label and meaning to codes of the form.

    The label is that of the report's form; a row or column of its own has its printed one.
    """
    reports = {one["report_id"]: one for one in published["reports"].to_pylist()}
    labels = dict(_read_labels(published["codebook"].to_pylist()))
    known = {"report_id", "table"}
    return {
        name: _name(table, reports, labels) if known <= {*table.column_names} else table
        for name, table in published.items()
    }


def _read_labels(book: list[dict]) -> Iterator[tuple[Key, tuple[str | None, str | None]]]:
    """Label and meaning of each code; where a form lacks one, those of the other."""
    for one in book:
        for form, other in zip(FORMS, reversed(FORMS), strict=True):
            if one["axis"] in AXES:
                meaning = one[f"en_{form}"] or one[f"en_{other}"] or one["en"]
                told = one[f"label_{form}"] or one[f"label_{other}"], meaning
                yield (form, one["axis"], one["table"], one["code"]), told


def _name(table: pa.Table, reports: dict[str, dict], labels: Labels) -> pa.Table:
    whose = [reports.get(name, NOBODY) for name in table["report_id"].to_pylist()]
    forms = [one["generation"] if one["generation"] in FORMS else FORMS[0] for one in whose]
    known = {axis: table[axis].to_pylist() for axis in AXES if axis in table.column_names}
    for axis, codes in reversed(known.items()):
        keys = zip(forms, [axis] * len(codes), known["table"], codes, strict=True)
        told = [labels.get(key) or (key[-1] and key[-1].removeprefix(EXTRA), None) for key in keys]
        at = table.column_names.index(axis) + 1
        for end, which in (("en", 1), ("label", 0)):
            texts = pa.array([one[which] for one in told], pa.string())
            table = table.add_column(at, f"{axis}_{end}", texts)
    for name, kind in (("year", pa.int32()), ("issuer", pa.string())):
        table = table.add_column(1, name, pa.array([one[name] for one in whose], kind))
    return table
