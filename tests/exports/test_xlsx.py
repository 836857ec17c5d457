"""The workbook: what comes back is what was published, and no text is a formula."""

import dataclasses
import re

import pyarrow as pa
import pytest
from building import PARQUET
from hard import rows_of, table_of, without_missing

from govtables.dataset.schema import SCHEMAS
from govtables.exports.formats import export
from govtables.exports.xlsx import LONGEST, MOST_ROWS
from govtables.records import SectionText

by_table = pytest.mark.parametrize("name", SCHEMAS)


@by_table
def test_xlsx_comes_back_with_types(name, data, exported):
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(exported["xlsx"] / "govtables.xlsx"))
    header, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    found = [put_together(dict(zip(header, row, strict=True))) for row in rows]
    found = [{field: value for field, value in row.items() if field in SCHEMAS[name].names} for row in found]
    expected = without_missing(rows_of(data, name))
    assert len(found) == len(expected)
    assert [row for row, other in zip(found, expected, strict=True) if row != other] == []


def put_together(row: dict) -> dict:
    """Join texts that go on in further columns; calamine leaves two of Excel's escapes as they are."""
    names = [name for name in row if not re.search(r"_\d$", name)]
    row = {
        name: text.replace("_xFFFF_", "\uffff").replace("_xFFFE_", "\ufffe") if isinstance(text, str) else text
        for name, text in row.items()
    }
    return {
        name: row[name] if f"{name}_2" not in row else "".join(row[n] for n in row if n == name or re.fullmatch(f"{name}_\\d", n))
        for name in names
    }


def test_xlsx_starts_with_the_codebook_and_explains_columns(exported):
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(exported["xlsx"] / "govtables.xlsx"))
    assert book.sheet_names == ["codebook", "fields", *(name for name in SCHEMAS if name != "codebook")]
    assert len(book.get_sheet_by_name("fields").to_python()) == 1 + sum(len(schema) for schema in SCHEMAS.values())


def test_xlsx_has_no_formula_no_link_and_a_frozen_header(exported):
    from zipfile import ZipFile

    with ZipFile(exported["xlsx"] / "govtables.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(SCHEMAS) + 1
    for sheet in sheets:
        assert "<f>" not in sheet and "hyperlink" not in sheet.partition("<sheetData>")[0]
        assert 'state="frozen"' in sheet and "<cols>" in sheet


def test_xlsx_tells_an_empty_text_from_a_missing_one(exported):
    from zipfile import ZipFile

    with ZipFile(exported["xlsx"] / "govtables.xlsx") as parts:
        cells = parts.read("xl/worksheets/sheet3.xml").decode()
    texts = {row: re.findall(rf'<c r="O{row}" t="inlineStr"><is><t(?: [^>]*)?>([^<]*)', cells) for row in (1008, 1009)}
    assert texts == {1008: [""], 1009: []}


def test_a_table_too_long_for_a_sheet_is_refused(data, tmp_path):
    ledger = pa.table({name: pa.array(["a"] * MOST_ROWS) for name in SCHEMAS["ledger"].names})
    long = dataclasses.replace(data, ledger=ledger.to_pandas())
    with pytest.raises(ValueError, match="ledger: 1,048,576 rows, where a sheet holds 1,048,575; export to csv"):
        export(long, "xlsx", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_texts_just_at_the_limit_of_a_sheet_stay_whole(data, tmp_path):
    import python_calamine

    some = dataclasses.replace(data, sections=table_of("sections", [SectionText(1, "h", "字" * LONGEST)]).to_pandas())
    path = export(some, "xlsx", tmp_path / "out") / "govtables.xlsx"
    header, row = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("sections").to_python()
    assert (header[:4], "".join(row[3:])) == (["report_id", "chapter", "heading", "text"], "字" * LONGEST)


def sheet(folder, name: str) -> list[dict]:
    import python_calamine

    header, *rows = python_calamine.CalamineWorkbook.from_path(str(folder / "govtables.xlsx")).get_sheet_by_name(name).to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_cell_has_issuer_year_and_labels_in_both_languages_beside_its_codes(tmp_path):
    cells = sheet(export(PARQUET, "xlsx", tmp_path / "out"), "cells")
    one = next(cell for cell in cells if (cell["report_id"], cell["row"], cell["column"]) == ("huajie-2023.txt", "received", "total"))
    assert [*one][:12] == ["report_id", "issuer", "year", "table", "table_label", "table_en", "row", "row_label", "row_en", "column", "column_label", "column_en"]
    assert (one["issuer"], one["year"]) == ("花街镇人民政府", 2023)
    assert (one["row_label"], one["row_en"]) == ("一、本年新收政府信息公开申请数量", "New requests received in the year")
    assert (one["column_label"], one["column_en"]) == ("总计", "All applicants")
    assert all(cell["row_label"] and cell["column_label"] and cell["issuer"] for cell in cells)


def test_tables_without_codes_of_the_form_stay_as_they_are(tmp_path):
    folder = export(PARQUET, "xlsx", tmp_path / "out")
    for name in ("reports", "sections", "codebook"):
        assert [*sheet(folder, name)[0]] == SCHEMAS[name].names
