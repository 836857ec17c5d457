"""Exports: what comes back from each format is what was published, and what the columns mean is declared."""

import csv
import dataclasses
import doctest
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

import govtables as gt
from govtables.dataset.dictionary import fields, known_codes, meaning
from govtables.dataset.schema import SCHEMAS, to_table
from govtables.dataset.store import Dataset
from govtables.dataset.wide import form_cells
from govtables.exports.descriptions import PROFILE, title
from govtables.exports.dta import MOST_LABELS
from govtables.exports.formats import export, formats, published_tables
from govtables.exports.xlsx import LONGEST, MOST_ROWS

TOP = Path(__file__).parents[1]
RAW, PAGE = TOP / "data" / "raw", TOP / "docs" / "other-tools.md"
KINDS = {
    "text": "string",
    "whole": "int32",
    "number": "double",
    "date": "date32[day]",
    "boolean": "bool",
    "list": "list<element: string>",
}
RESERVED = "byte double float if in int long strL using with _all _b _coef _cons _n _N _pi _pred _rc _skip".split()
HARD_TEXTS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "http://example.org", "", None, " ", "两 件", "臨平區", "𠮷野", "\ufeff",
    'a "quoted" text', "a,b", "line\nbreak", "line\r\nbreak", "return\rhere", "tab\there", "\x01\x1f", "_x0041_", "_x000D_", "\uffff\ufffe",
    "<r>markup</r>", "a & b < c", "NA", "nan", "NULL", "1e5", "0012", "2-1", "TRUE", "字" * 40_000, "𠮷" * 20_000, "\\", "a | b",
]  # fmt: skip
HARD_NUMBERS = [0.0, -0.0, 0.1 + 0.2, 1e22, 1e-7, 123456789012345.67, 2023.852, -5.0, 2.0**53, 1 / 3, None]
HARD_LISTS = [[], [""], ["", ""], ["\\"], ["a | b"], ["a|b", "c\\|d"], ["一、", "6"], ["\\", ""], None]
SEPARATORS = re.compile(r"((?:[^\\|]|\\.)*?)(?: \| |$)", re.S)

by_table = pytest.mark.parametrize("name", SCHEMAS)
by_format = pytest.mark.parametrize("to", formats())


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Dataset:
    """The sample, with rows of what is hard to write."""
    data = gt.load(gt.build(RAW, tmp_path_factory.mktemp("export") / "out", processes=1, progress=False))
    tables, hard = published_tables(data), hard_rows()
    frames = {name: pa.concat_tables([tables[name], rows], promote_options="permissive") for name, rows in hard.items()}
    return dataclasses.replace(data, **{name: table.cast(SCHEMAS[name]).to_pandas() for name, table in frames.items()})


@pytest.fixture(scope="module")
def exported(data, tmp_path_factory) -> dict[str, Path]:
    """The dataset in every format."""
    top = tmp_path_factory.mktemp("exported")
    return {to: export(data, to, top / to, status=to == "wide") for to in formats()}


def hard_rows() -> dict[str, pa.Table]:
    numbers = [HARD_NUMBERS[n % len(HARD_NUMBERS)] for n in range(len(HARD_TEXTS))]
    cells = zip(HARD_TEXTS, numbers, strict=True)
    return {
        "cells": to_table(
            "cells",
            [("hard.txt", "requests", f"extra.第{n}", "total", x, "blank", t, t, f"L{n}") for n, (t, x) in enumerate(cells)],
        ),
        "findings": to_table("findings", [("hard.txt", "note", "facts", None, None, None, "message", some) for some in HARD_LISTS]),
        "lines": to_table("lines", [("hard.txt", "L1", 1, some) for some in HARD_LISTS]),
        "proposals": to_table(
            "proposals",
            [
                ("hard.txt", "requests", 1, "slip", known, "received", "total", 12.0, 1.0, None, "a digit dropped")
                for known in (True, False, None)
            ],
        ),
        "reports": pa.Table.from_pylist(
            [{"report_id": "hard.txt", "sha256": "0", "published_on": date(1999, 12, 31), "error": "none", "n_findings": 3}],
            SCHEMAS["reports"],
        ),
    }


def rows_of(data: Dataset, name: str) -> list[dict]:
    return published_tables(data)[name].to_pylist()


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def split_texts(text: str | None) -> list[str] | None:
    """Undo the joining of a list, by the rule that the documentation states."""
    if text is None or text in ("", "\\"):
        return None if text is None else [""] if text else []
    parts, at = [], 0
    while at <= len(text):
        found = SEPARATORS.match(text, at)
        parts.append(re.sub(r"\\(.)", r"\1", found[1]))
        at = found.end() + (found.end() == len(text) and not found[0].endswith(" | "))
    return parts


def joined(value: object) -> object:
    return joined_list(value) if isinstance(value, list) else value


def joined_list(texts: list[str]) -> str:
    return "\\" if texts == [""] else " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def without_missing(rows: Iterable[dict]) -> list[dict]:
    """Rows for formats in which a missing text is the empty one."""
    return [{name: "" if value is None else joined(value) for name, value in row.items()} for row in rows]


# -- declarations -------------------------------------------------------------------------------------------------


@by_table
def test_every_published_column_is_declared_with_its_type(name):
    declared = [(line["field"], line["type"]) for line in fields(name)]
    assert [field for field, _ in declared] == SCHEMAS[name].names, (
        "govtables/forms/fields.csv has other columns than dataset.SCHEMAS"
    )
    for (field, kind), published in zip(declared, SCHEMAS[name], strict=True):
        if pa.types.is_dictionary(published.type):
            assert kind in ("code", "text"), field
        elif pa.types.is_list(published.type):
            assert kind == "list", field
        else:
            assert KINDS[kind] == str(published.type), field


def test_no_declaration_is_stale():
    with (TOP / "govtables" / "forms" / "fields.csv").open(encoding="utf-8", newline="") as lines:
        assert list(dict.fromkeys(line["table"] for line in csv.DictReader(lines))) == list(SCHEMAS)


@by_table
def test_declarations_suit_stata_and_readers(name):
    for line in fields(name):
        assert re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,31}", line["field"]) and line["field"] not in RESERVED, line
        assert 0 < len(line["en"]) <= 80, line
        assert not line["en"].endswith(".") and (not line["note"] or line["note"].endswith((".", ":"))), line
        assert bool(line["codes"]) or line["type"] != "code", line
        assert known_codes(line["codes"]) or not line["codes"], line
    assert meaning(name)


@by_table
def test_published_codes_are_declared(name, data):
    for line in fields(name):
        if line["codes"] and line["codes"] not in ("row", "column", "quantity"):
            assert set(getattr(data, name)[line["field"]].dropna()) <= set(known_codes(line["codes"])), line


def test_an_unknown_table_has_no_fields():
    with pytest.raises(ValueError, match="no table 'cell'; choose one of cells, reports"):
        fields("cell")


# -- round trips --------------------------------------------------------------------------------------------------


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
    rows = [row | {field: split_texts(row[field]) for field in lists} for row in found.to_pylist()]
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


def test_numbers_of_a_csv_have_no_exponent(exported):
    with (exported["csv"] / "cells.csv").open(encoding="utf-8-sig", newline="") as lines:
        values = {row["value"] for row in csv.DictReader(lines) if row["report_id"] == "hard.txt"}
    assert values == {"0", "-0", "0.30000000000000004", "1" + "0" * 22, "0.0000001", "123456789012345.67", "2023.852", "-5"} | {
        "9007199254740992", "0.3333333333333333", ""
    }  # fmt: skip


@by_table
def test_xlsx_comes_back_with_types(name, data, exported):
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(exported["xlsx"] / "govtables.xlsx"))
    header, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    found = [put_together(dict(zip(header, row, strict=True))) for row in rows]
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
    texts = {row: re.findall(rf'<c r="G{row}" t="inlineStr"><is><t(?: [^>]*)?>([^<]*)', cells) for row in (1008, 1009)}
    assert texts == {1008: [""], 1009: []}


def test_a_table_too_long_for_a_sheet_is_refused(data, tmp_path):
    lines = pa.table({"report_id": pa.array(["a"] * MOST_ROWS)})
    lines = lines.append_column("line", lines["report_id"]).append_column("first_cell", pa.nulls(MOST_ROWS, pa.int32()))
    long = dataclasses.replace(data, lines=lines.append_column("cells", pa.nulls(MOST_ROWS, pa.list_(pa.string()))).to_pandas())
    with pytest.raises(ValueError, match="lines: 1,048,576 rows, where a sheet holds 1,048,575; export to csv or duckdb"):
        export(long, "xlsx", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@by_table
def test_dta_comes_back_with_labels(name, data, exported):
    path = exported["dta"] / f"{name}.dta"
    found = pd.read_stata(path).astype("object")
    with pd.io.stata.StataReader(path) as reader:
        assert reader.variable_labels() == {line["field"]: line["en"] for line in fields(name)}
        assert reader.data_label == f"govtables: {name}"
    assert path.read_bytes()[28:31] == b"118"
    rows = [{n: from_stata(value) for n, value in row.items()} for row in found.to_dict("records")]
    assert rows == without_missing(rows_of(data, name))


def from_stata(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return "" if pd.isna(value) else value


def test_codes_in_stata_are_numbered_as_in_the_codebook(exported):
    with pd.io.stata.StataReader(exported["dta"] / "cells.dta") as reader:
        labels = reader.value_labels()
    assert labels["status"] == dict(enumerate(gt.Status, 1))
    assert list(labels["row"].values())[:2] == ["article_20_1", "regulation"]
    assert labels["column"][1] == "issued"


def test_codes_are_text_in_stata_if_value_labels_cannot_hold_them(data, tmp_path):
    many = MOST_LABELS // 8
    rows = [("a", "requests", f"extra.{n}", "total", 1.0, "reported", "1", None, "L1") for n in range(many)]
    some = dataclasses.replace(data, cells=to_table("cells", rows).to_pandas())
    path = export(some, "dta", tmp_path / "out") / "cells.dta"
    with pd.io.stata.StataReader(path) as reader:
        assert "row" not in reader.value_labels()
    assert pd.read_stata(path)["row"].tolist() == [row[2] for row in rows]


def test_a_text_that_stata_would_cut_is_refused(data, tmp_path):
    cut = dataclasses.replace(data, sections=to_table("sections", [("a", 1, "h", "before\0after")]).to_pandas())
    with pytest.raises(ValueError, match="sections, text: a text holds a NUL character.*export to csv or duckdb"):
        export(cut, "dta", tmp_path / "out")


@by_table
def test_duckdb_holds_the_published_tables(name, data, exported):
    found = ask(exported["duckdb"], f'SELECT * FROM "{name}"')
    assert found == rows_of(data, name)


def ask(folder: Path, query: str) -> list[dict]:
    import duckdb

    with duckdb.connect(str(folder / "govtables.duckdb"), read_only=True) as connection:
        answer = connection.execute(query)
        return [dict(zip([column[0] for column in answer.description], row, strict=True)) for row in answer.fetchall()]


def test_duckdb_has_views_and_comments(data, exported):
    views = {row["view_name"]: row["comment"] for row in ask(exported["duckdb"], "FROM duckdb_views() WHERE NOT internal")}
    assert set(views) == {"reports_ok", "totals", "requests_wide", "failing_checks"}
    assert all(views.values())
    comments = ask(
        exported["duckdb"],
        "FROM duckdb_columns() WHERE NOT internal AND comment IS NULL AND table_name NOT IN (SELECT view_name FROM duckdb_views())",
    )
    assert comments == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("SELECT count(*) AS n FROM reports_ok", 5, id="reports_ok"),
        pytest.param(
            "SELECT count(*) AS n FROM totals WHERE en IS NOT NULL", 140, id="totals: 25 rows of requests, 3 of disputes, 5 reports"
        ),
        pytest.param("SELECT count(*) AS n FROM requests_wide", 36, id="requests_wide: 5 reports of 7 kinds, and the hard one"),
        pytest.param(
            "SELECT received AS n FROM requests_wide WHERE report_id = 'longgang-2021.txt' AND applicant = 'total'",
            166,
            id="requests_wide: value",
        ),
        pytest.param("SELECT count(*) AS n FROM failing_checks", 0, id="failing_checks"),
    ],
)
def test_views_of_duckdb(query, expected, exported):
    assert ask(exported["duckdb"], query) == [{"n": expected}]


def test_failing_checks_say_what_fails(data, tmp_path):
    known = ("linping-2022.txt", "row_sum", "requests", "granted", None)
    row = (*known, 1.0, 2.0, -1.0, -1.0, -1.0, "fails", "a = b", "the right side is 1 more")
    broken = dataclasses.replace(data, checks=to_table("checks", [row]).to_pandas())
    [found] = ask(export(broken, "duckdb", tmp_path / "out"), "FROM failing_checks")
    assert (found["issuer"], found["year"], found["check"]) == ("臨平區人民政府", 2022, "row_sum")
    assert found["checked"].startswith("Total of a row of requests")


# -- wide ---------------------------------------------------------------------------------------------------------


def test_wide_holds_every_cell_of_the_form_once(data, exported):
    wide = pd.read_parquet(exported["wide"] / "wide.parquet").set_index("report_id")
    cells = data.cells[~data.cells["row"].str.startswith("extra.")]
    found = {(cell.report_id, f"{cell.table}__{cell.row}__{cell.column}"): (cell.value, cell.status) for cell in cells.itertuples()}
    assert len(found) == 1000
    for (report, column), (value, status) in found.items():
        assert wide.at[report, f"{column}__status"] == status
        assert wide.at[report, column] == value or (pd.isna(value) and pd.isna(wide.at[report, column]))
    assert wide[[f"{column}__status" for column in form_cells()]].notna().sum().sum() == 1000


def test_wide_begins_with_the_facts_and_has_the_same_columns_always(data, exported, tmp_path):
    columns = pd.read_parquet(exported["wide"] / "wide.parquet").columns.tolist()
    assert columns == [*SCHEMAS["reports"].names, *form_cells(), *(f"{column}__status" for column in form_cells())]
    none = dataclasses.replace(data, cells=data.cells.iloc[:0])
    without = pd.read_parquet(export(none, "wide", tmp_path / "none") / "wide.parquet")
    assert without.columns.tolist() == columns[: len(SCHEMAS["reports"]) + len(form_cells())]
    assert len(without) == 6


def test_wide_refuses_a_cell_with_two_rows(data, tmp_path):
    twice = dataclasses.replace(data, cells=pd.concat([data.cells, data.cells.iloc[7:8]], ignore_index=True))
    with pytest.raises(ValueError, match="two rows for disclosure__penalty__decisions of hanyin-2022.txt; keep one row a cell"):
        export(twice, "wide", tmp_path / "out")


def test_wide_is_the_same_as_csv(exported):
    expected = pq.read_table(exported["wide"] / "wide.parquet")
    convert = pa_csv.ConvertOptions(
        column_types=expected.schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    assert pa_csv.read_csv(exported["wide"] / "wide.csv", convert_options=convert).to_pylist() == expected.to_pylist()
    assert [field.type for field in expected.schema][: len(SCHEMAS["reports"])] == SCHEMAS["reports"].types


# -- descriptions -------------------------------------------------------------------------------------------------


def test_datapackage_describes_the_files(data, exported):
    package = json.loads((exported["csv"] / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == PROFILE.format("datapackage")
    assert {"name", "id", "title", "description", "version", "licenses", "sources", "contributors", "resources"} <= package.keys()
    assert [resource["name"] for resource in package["resources"]] == list(SCHEMAS)
    for resource in package["resources"]:
        raw = (exported["csv"] / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(raw), f"sha256:{hashlib.sha256(raw).hexdigest()}")
        assert raw.decode("utf-8-sig").partition("\r\n")[0].split(",") == [field["name"] for field in resource["schema"]["fields"]]
        keys = resource["schema"].get("foreignKeys", [])
        assert bool(keys) == (resource["name"] != "reports" and "report_id" in SCHEMAS[resource["name"]].names)
        assert all(key["reference"] == {"resource": "reports", "fields": ["report_id"]} for key in keys)
        for field in resource["schema"]["fields"]:
            assert field["type"] in ("string", "integer", "number", "date", "boolean") and field["description"], field


@by_table
def test_every_row_leads_to_its_report(name, data):
    if "report_id" in SCHEMAS[name].names:
        assert set(getattr(data, name)["report_id"]) <= set(data.reports["report_id"])
    assert data.reports["report_id"].is_unique


def test_jsonld_is_a_dataset_of_schema_org(exported):
    dataset = json.loads((exported["csv"] / "dataset.jsonld").read_text(encoding="utf-8"))
    assert (dataset["@context"], dataset["@type"]) == ("https://schema.org/", "Dataset")
    assert (dataset["temporalCoverage"], dataset["license"]) == ("2021/2023", "https://spdx.org/licenses/MIT.html")
    assert 50 <= len(dataset["description"]) <= 5000
    assert [(exported["csv"] / file["contentUrl"]).is_file() for file in dataset["distribution"]] == [True] * len(SCHEMAS)
    assert {"@type": "PropertyValue", "name": "requests.granted", "description": "Granted in full"} in dataset["variableMeasured"]
    measured = {variable["name"] for variable in dataset["variableMeasured"]}
    assert "requests.other" in measured  # a row of 2019 that heads others in 2021
    assert "disclosure.article_20_9" not in measured  # a heading


def test_citation_says_what_the_repository_says(exported):
    ours = dict(line.split(": ", 1) for line in (exported["csv"] / "CITATION.cff").read_text(encoding="utf-8").splitlines())
    theirs = (TOP / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "{title()}"' in theirs
    assert f"version: {json.loads(ours['version'])}\n" in theirs
    assert f"license: {json.loads(ours['license'])}\n" in theirs
    assert f"  - name: {json.loads(ours['authors'])[0]['name']}\n" in theirs
    assert json.loads(ours["type"]) == "dataset"


def test_a_dataset_without_years_says_none(data, tmp_path):
    none = dataclasses.replace(data, reports=data.reports.assign(year=None))
    folder = export(none, "csv", tmp_path / "out")
    assert "temporalCoverage" not in json.loads((folder / "dataset.jsonld").read_text(encoding="utf-8"))
    assert "on the years" not in (folder / "CITATION.cff").read_text(encoding="utf-8")


# -- promises -----------------------------------------------------------------------------------------------------


def test_same_dataset_same_bytes(data, tmp_path):
    alike = ["csv", "wide", "xlsx", "dta"]
    code = f"import os, sys, govtables.exports as e; os.umask(0o077); [e.export(sys.argv[1], to, to) for to in {alike}]"
    elsewhere = os.environ | {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1"}
    subprocess.run([sys.executable, "-c", code, data.folder], env=elsewhere, cwd=tmp_path, check=True)
    for to in alike:
        assert digests(export(data.folder, to, tmp_path / f"{to}-here")) == digests(tmp_path / to)


def test_same_dataset_same_content_of_duckdb(data, exported, tmp_path):
    again = export(data, "duckdb", tmp_path / "again")
    for query in ('FROM "cells"', "FROM totals ORDER BY ALL", "SELECT sql FROM duckdb_tables()", "SELECT sql FROM duckdb_views()"):
        assert ask(again, query) == ask(exported["duckdb"], query)


@by_format
def test_an_export_replaces_its_own_and_leaves_nothing_else(to, data, tmp_path):
    folder = export(data, to, tmp_path / "a" / "out")
    (folder / ".exporting-1").mkdir()
    export(data.folder, to, folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(formats()[to].files)
    assert str(tmp_path) not in "".join(path.read_bytes().decode("latin-1") for path in folder.iterdir())


@by_format
@pytest.mark.parametrize("foreign", ["thesis.docx", "wide.csv/own.txt", "cells.csv/own.txt"])
def test_a_folder_with_other_files_is_refused(to, foreign, data, tmp_path):
    (tmp_path / foreign).parent.mkdir(exist_ok=True)
    (tmp_path / foreign).write_text("mine")
    with pytest.raises(ValueError, match=rf"{foreign.partition('/')[0]}: is no file of this export; choose another folder than"):
        export(data, to, tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*") if path.is_file()] == [foreign]


def test_a_failed_export_leaves_the_last_one(data, tmp_path):
    folder = export(data, "dta", tmp_path / "out")
    before = digests(folder)
    cut = dataclasses.replace(data, sections=to_table("sections", [("a", 1, "h", "\0")]).to_pandas())
    with pytest.raises(ValueError, match="NUL"):
        export(cut, "dta", folder)
    assert digests(folder) == before


def test_the_folder_is_beside_the_dataset_if_none_is_named(data):
    assert export(data, "wide") == data.folder.parent / "out-wide"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param({"to": "sas"}, "no format 'sas'; choose one of csv, xlsx, dta, duckdb, wide", id="format"),
        pytest.param({"to": "csv", "status": True}, "only 'wide' has it", id="status"),
        pytest.param({"to": "csv", "folder": __file__}, "is a file; name a folder for the export", id="file"),
    ],
)
def test_mistakes_are_named(arguments, said, data):
    with pytest.raises(ValueError, match=said):
        export(data, **arguments)


def test_no_dataset_is_named(tmp_path):
    with pytest.raises(ValueError, match="no dataset here"):
        export(tmp_path, "csv", tmp_path / "out")


def test_a_missing_library_is_named_with_its_extra(data, tmp_path, monkeypatch):
    for to, library in (("xlsx", "xlsxwriter"), ("duckdb", "duckdb")):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(ValueError, match=rf"^{to} needs {library}; install it with: pip install 'govtables\[export\]'$"):
            export(data, to, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_texts_just_at_the_limit_of_a_sheet_stay_whole(data, tmp_path):
    import python_calamine

    some = dataclasses.replace(data, sections=to_table("sections", [("a", 1, "h", "字" * LONGEST)]).to_pandas())
    path = export(some, "xlsx", tmp_path / "out") / "govtables.xlsx"
    header, row = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("sections").to_python()
    assert (header[:4], "".join(row[3:])) == (["report_id", "chapter", "heading", "text"], "字" * LONGEST)


# -- the page of snippets -----------------------------------------------------------------------------------------


def test_snippets_of_the_documentation_run(data, tmp_path, monkeypatch):
    import duckdb

    monkeypatch.chdir(tmp_path)
    for to in formats():
        export(data.folder, to, f"my-data-{to}")
    page = PAGE.read_text(encoding="utf-8")
    assert doctest.testfile(str(PAGE), module_relative=False).failed == 0
    statements = [one for block in re.findall("```sql\n(.*?)```", page, re.S) for one in block.split(";") if one.strip()]
    with duckdb.connect("my-data-duckdb/govtables.duckdb", read_only=True) as connection:
        assert [len(connection.execute(one).fetchall()) > 0 for one in statements] == [True] * 4
