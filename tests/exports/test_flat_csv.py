"""CSV: what comes back is what was published."""

import csv
import io
import re

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest
from hard import HARD_NUMBERS, HARD_TEXTS, rows_of, split_texts, without_guard

from govtables.dataset.dictionary import fields
from govtables.dataset.schema import SCHEMAS

by_table = pytest.mark.parametrize("name", SCHEMAS)


@by_table
def test_csv_comes_back_as_it_was(name, data, exported):
    kinds = {line["field"]: line["type"] for line in fields(name)}
    types = {field.name: pa.string() if kinds[field.name] in ("list", "code", "text") else field.type for field in SCHEMAS[name]}
    convert = pa_csv.ConvertOptions(
        column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    found = pa_csv.read_csv(
        exported["csv"] / f"{name}.csv", parse_options=pa_csv.ParseOptions(newlines_in_values=True), convert_options=convert
    )
    lists = [field for field, kind in kinds.items() if kind == "list"]
    read = [{name: without_guard(value) for name, value in row.items()} for row in found.to_pylist()]
    rows = [row | {field: split_texts(row[field]) for field in lists} for row in read]
    assert rows == rows_of(data, name)


@by_table
def test_csv_is_what_rfc_4180_says_with_a_mark_for_excel(name, data, exported):
    raw = (exported["csv"] / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    text = raw.decode("utf-8-sig")
    assert "\n" not in re.sub('"(?:[^"]|"")*"', "", text).replace("\r\n", "")
    csv.field_size_limit(10**6)
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert ({len(line) for line in lines}, len(lines)) == ({len(SCHEMAS[name])}, len(getattr(data, name)) + 1)


def test_numbers_of_a_csv_are_exact(exported):
    with (exported["csv"] / "cells.csv").open(encoding="utf-8-sig", newline="") as lines:
        values = [row["value"] for row in csv.DictReader(lines) if row["report_id"] == "hard.txt"]
    numbers = [float(value) if value else None for value in values]
    assert numbers == [HARD_NUMBERS[n % len(HARD_NUMBERS)] for n in range(len(HARD_TEXTS))]
    assert values[0] == "0"  # a whole number has no point


@by_table
def test_no_text_of_a_csv_is_run_by_a_spreadsheet(name, exported):
    csv.field_size_limit(10**6)
    with (exported["csv"] / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines)
    numbers = {at for at, field in enumerate(SCHEMAS[name]) if not field.type.equals(pa.string()) and not is_code(field.type)}
    texts = (text for row in rows for at, text in enumerate(row) if at not in numbers)
    assert [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def is_code(kind: pa.DataType) -> bool:
    return pa.types.is_dictionary(kind) or pa.types.is_list(kind)
