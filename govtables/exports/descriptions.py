"""What the published columns mean, and the descriptions of an export that catalogues read.

In: `dataset/fields.csv`, the package's own metadata, files. Out: datapackage.json, dataset.jsonld,
CITATION.cff. Next: `formats`.
"""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import metadata
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from govtables.dataset import SCHEMAS, codebook, fields, known_codes, meaning, sentences
from govtables.exports.flat_csv import LINE_END, SEPARATOR
from govtables.forms import GENERATIONS

PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
TYPES = {
    "text": "string", "code": "string", "phrase": "string", "list": "string", "whole": "integer",
    "number": "number", "date": "date",
}
OPEN_AXES = (
    "row", "column", "quantity",
)  # extra rows and columns have codes of their own, shares of quantities too
JOINED = f"Its texts are joined by '{SEPARATOR}'; "
LISTS = JOINED + "a bar or backslash in them is written \\| or \\\\, a single empty text \\."
DESCRIPTIONS = ("CITATION.cff", "dataset.jsonld", "datapackage.json")


def describe(published: dict[str, pa.Table], folder: Path) -> None:
    """Write the descriptions beside the CSV files of a folder."""
    files = [{"name": name, **_file_facts(folder / f"{name}.csv")} for name in published]
    texts = {
        "CITATION.cff": _citation(published["reports"]),
        "dataset.jsonld": _as_json(_dataset(published["reports"], files)),
        "datapackage.json": _as_json(_package(published["reports"], files)),
    }
    for name in DESCRIPTIONS:
        (folder / name).write_text(texts[name], encoding="utf-8", newline="\n")


def _file_facts(path: Path) -> dict[str, str | int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": path.name, "bytes": path.stat().st_size, "sha256": digest}


def _as_json(description: dict) -> str:
    return json.dumps(description, ensure_ascii=False, indent=2) + "\n"


# -- what the package says of itself -------------------------------------------------------------------------


def _about() -> dict[str, str]:
    about = metadata("govtables")
    names = {
        "name": "Name", "version": "Version", "summary": "Summary", "author": "Author",
        "licence": "License-Expression",
    }
    return {ours: about[theirs] for ours, theirs in names.items()} | {"keywords": about["Keywords"]}


def title() -> str:
    """The title by which the dataset is cited."""
    return f"govtables: {_about()['summary'].partition(',')[0]}"


def _years(reports: pa.Table) -> str | None:
    """First and last year as ISO 8601 writes an interval; `None` if no report tells its year."""
    least, greatest = pc.min_max(reports["year"]).as_py().values()
    return None if least is None else f"{least}/{greatest}"


def _documents_id(reports: pa.Table) -> str:
    """Name the documents behind a dataset: a SHA-256 over theirs."""
    return hashlib.sha256("".join(reports["sha256"].to_pylist()).encode()).hexdigest()


def _summary(reports: pa.Table) -> str:
    first, _, last = (_years(reports) or "").partition("/")
    years = f" on the years {first}–{last}" if first != last else f" on the year {first}" if first else ""
    count = f"{reports.num_rows} report{'s' if reports.num_rows != 1 else ''}"
    return (
        f"{_about()['summary']}. Made from {count}{years}: every cell of their statutory tables with its "
        "text as printed and its place, the checks of the audit, and what the prose says."
    )


# -- Frictionless Data Package 2.0 ---------------------------------------------------------------------------


def _package(reports: pa.Table, files: Iterable[dict]) -> dict:
    about = _about()
    return {
        "$schema": PROFILE.format("datapackage"), "name": about["name"], "id": _documents_id(reports),
        "title": title(), "description": _summary(reports), "version": about["version"],
        "keywords": about["keywords"].split(","),
        "contributors": [{"title": about["author"], "roles": ["creator"]}],
        "licenses": [{"name": about["licence"], "path": _licence_page()}],
        "sources": [
            {
                "title": "Annual reports on the disclosure of government information, as listed",
                "path": "reports.csv",
            }
        ],
        "resources": [_resource(file) for file in files],
    }


def _licence_page() -> str:
    return f"https://spdx.org/licenses/{_about()['licence']}.html"


def _resource(file: dict) -> dict:
    return {
        "name": file["name"], "type": "table", "path": file["path"], "description": meaning(file["name"]),
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        "dialect": {
            "delimiter": ",", "lineTerminator": LINE_END, "quoteChar": '"', "doubleQuote": True,
            "header": True,
        },
        "schema": _schema(file["name"]),
    }


def _schema(table: str) -> dict:
    schema: dict = {"fields": [_field(line) for line in fields(table)], "missingValues": [""]}
    if table == "reports":
        schema["primaryKey"] = ["report_id"]
    elif "report_id" in SCHEMAS[table].names:
        schema["foreignKeys"] = [
            {"fields": ["report_id"], "reference": {"resource": "reports", "fields": ["report_id"]}}
        ]
    return schema


def _field(line: dict[str, str]) -> dict:
    note = f" {LISTS}" if line["type"] == "list" else ""
    field: dict = {
        "name": line["field"], "type": TYPES.get(line["type"], line["type"]),
        "description": sentences(line) + note,
    }
    if line["unit"]:
        field["unit"] = line["unit"]
    if line["codes"] and line["codes"] not in OPEN_AXES:
        field["constraints"] = {"enum": list(known_codes(line["codes"]))}
    return field


# -- schema.org and the Citation File Format -----------------------------------------------------------------


def _dataset(reports: pa.Table, files: Iterable[dict]) -> dict:
    about = _about()
    described = {
        "@context": "https://schema.org/", "@type": "Dataset", "name": title(),
        "description": _summary(reports), "identifier": f"sha256:{_documents_id(reports)}",
        "version": about["version"], "license": _licence_page(),
        "creator": {"@type": "Organization", "name": about["author"]},
        "keywords": about["keywords"].split(","), "inLanguage": ["zh", "en"], "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Place", "name": "China"}, "temporalCoverage": _years(reports),
        "variableMeasured": _variables(), "distribution": [_download(file) for file in files],
    }
    return {name: value for name, value in described.items() if value is not None}


def _variables() -> list[dict]:
    rows = codebook().query("axis == 'row'")
    roles = rows[[f"role_{generation}" for generation in GENERATIONS]]
    rows = rows[(roles.notna() & (roles != "group")).any(axis=1)]
    names = zip(rows["table"], rows["code"], rows["en"], strict=True)
    return [
        {"@type": "PropertyValue", "name": f"{table}.{code}", "description": en} for table, code, en in names
    ]


def _download(file: dict) -> dict:
    return {
        "@type": "DataDownload", "name": file["name"], "description": meaning(file["name"]),
        "encodingFormat": "text/csv", "contentUrl": file["path"], "contentSize": f"{file['bytes']} B",
        "sha256": file["sha256"],
    }


def _citation(reports: pa.Table) -> str:
    """Write the citation in YAML, of which JSON texts are a part."""
    about = _about()
    lines = {
        "cff-version": "1.2.0", "message": "If you use these data, please cite them as below.",
        "type": "dataset", "title": title(), "abstract": _summary(reports),
        "authors": [{"name": about["author"]}], "version": about["version"], "license": about["licence"],
        "keywords": about["keywords"].split(","),
        "identifiers": [
            {
                "type": "other", "value": _documents_id(reports),
                "description": "SHA-256 over the SHA-256 of the documents",
            }
        ],
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())
