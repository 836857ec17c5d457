"""What stands beside codes: whose report it is, and the labels of its form."""

from building import PARQUET

from govtables.dataset import SCHEMAS
from govtables.exports.formats import export


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
