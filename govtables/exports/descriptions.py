"""The descriptions of an export that catalogues read.

In: `dataset/fields.csv`, the package's own metadata, files. Out: datapackage.json, dataset.jsonld and
CITATION.cff. Next: `formats`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from importlib.metadata import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from govtables.dataset import SCHEMAS, codebook, fields, known_codes, meaning, sentences
from govtables.exports.flat_csv import LINE_END, SEPARATOR
from govtables.forms import GENERATIONS
from govtables.language import Said, join, phrase, tell

PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
TYPES = {"text": "string", "code": "string", "phrase": "string", "list": "string", "whole": "integer"}
OPEN_AXES = ("row", "column", "quantity")  # local rows and columns have codes of their own, shares too
DESCRIPTIONS = ("CITATION.cff", "dataset.jsonld", "datapackage.json")


def describe(reports: pa.Table, folder: Path, collection: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Write the descriptions beside the CSV files of a folder; a `collection` has words of its own."""
    about = _about(reports)
    if collection:  # of those who collected the reports, under no licence but theirs
        about |= {"licence": None, "summary": collection.get("description", about["summary"]), **collection}
        about["date"] = collection.get("date") and str(collection["date"])
    files = [{"name": name, **_file_facts(folder / f"{name}.csv")} for name in SCHEMAS]
    texts = _citation(about), _as_json(_dataset(about, files)), _as_json(_package(about, files))
    for name, text in zip(DESCRIPTIONS, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _file_facts(path: Path) -> dict[str, str | int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": path.name, "bytes": path.stat().st_size, "sha256": digest}


def _as_json(description: dict) -> str:
    return json.dumps(description, ensure_ascii=False, indent=2) + "\n"


def title() -> Said:
    """The title by which the dataset is cited."""
    return tell("exports.dataset_title", name=phrase("exports.dataset_name"))


def _about(reports: pa.Table) -> dict[str, Any]:
    """What every description says, by what they call it or need it for."""
    package = metadata("govtables")
    first, last = pc.min_max(reports["year"]).as_py().values()
    which = "exports.on_years" if first != last else "exports.on_year" if first else None
    years = tell(which, first=first, last=last) if which else ""
    count = tell(f"exports.count_report{'s' if reports.num_rows != 1 else ''}", n=reports.num_rows)
    summary = tell("exports.dataset_summary", package=phrase("exports.package"), count=count, years=years)
    documents = hashlib.sha256("".join(reports["sha256"].to_pylist()).encode()).hexdigest()
    return {
        "name": package["Name"], "title": title(), "summary": summary, "version": package["Version"],
        "keywords": package["Keywords"].split(","), "authors": [package["Author"]],
        "documents": documents,
        "licence": package["License-Expression"], "years": None if first is None else f"{first}/{last}",
        "date": None, "url": None, "citation": None,
    }


def _licence_page(licence: str | None) -> str | None:
    return f"https://spdx.org/licenses/{licence}.html" if licence and "/" not in licence else licence


def _drop_empty(described: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in described.items() if value is not None}


def _in_both(say: Callable[..., str], what: object) -> Said:
    return Said(say(what, "en"), say(what, "zh"))


def _both(name: str, said: str) -> dict[str, str]:
    """A property in English and, as one of its own beside it, in Chinese: the standard has no other way."""
    return {name: said, f"{name}_zh": said.zh} if isinstance(said, Said) else {name: said}


def _one_below_the_other(said: str) -> str:
    """Both languages in one text, where a standard has room for one and catalogues show it whole."""
    return f"{said}\n{said.zh}" if isinstance(said, Said) else said


def _package(about: dict[str, Any], files: list[dict]) -> dict:
    """A Frictionless Data Package 2.0."""
    listed = phrase("exports.listed")
    licence = about["licence"] and {"name": about["licence"], "path": _licence_page(about["licence"])}
    return _drop_empty({
        "$schema": PROFILE.format("datapackage"), "name": about["name"], "id": about["documents"],
        **_both("title", about["title"]), **_both("description", about["summary"]),
        "version": about["version"],
        "keywords": about["keywords"], "homepage": about["url"],
        "contributors": [{"title": name, "roles": ["creator"]} for name in about["authors"]],
        "licenses": [licence] if licence else None, "created": about["date"] and f"{about['date']}T00:00:00Z",
        "sources": [{**_both("title", listed), "path": "reports.csv"}],
        "resources": [_resource(file) for file in files],
    })


def _resource(file: dict) -> dict:
    dialect = {"delimiter": ",", "lineTerminator": LINE_END, "quoteChar": '"', "doubleQuote": True}
    return {
        "name": file["name"], "type": "table", "path": file["path"],
        **_both("description", _in_both(meaning, file["name"])),
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}", "dialect": dialect | {"header": True},
        "schema": _schema(file["name"]),
    }


def _schema(table: str) -> dict:
    schema: dict = {"fields": [_field(line) for line in fields(table)], "missingValues": [""]}
    if table == "reports":
        schema["primaryKey"] = ["report_id"]
    elif "report_id" in SCHEMAS[table].names:
        reference = {"resource": "reports", "fields": ["report_id"]}
        schema["foreignKeys"] = [{"fields": ["report_id"], "reference": reference}]
    return schema


def _field(line: dict[str, str]) -> dict:
    field: dict = {"name": line["field"], "type": TYPES.get(line["type"], line["type"])}
    note = tell("exports.lists", separator=SEPARATOR) if line["type"] == "list" else None
    field |= _both("description", join([_in_both(sentences, line), note], " "))
    if line["unit"]:
        field["unit"] = line["unit"]
    if line["codes"] and line["codes"] not in OPEN_AXES:
        field["constraints"] = {"enum": list(known_codes(line["codes"]))}
    return field


def _dataset(about: dict[str, Any], files: list[dict]) -> dict:
    """A dataset of schema.org."""
    return _drop_empty({
        "@context": "https://schema.org/", "@type": "Dataset", "name": about["title"],
        "alternateName": getattr(about["title"], "zh", None),
        "description": _one_below_the_other(about["summary"]), "identifier": f"sha256:{about['documents']}",
        "version": about["version"], "license": _licence_page(about["licence"]), "url": about["url"],
        "creator": about["authors"], "datePublished": about["date"],
        "creditText": about["citation"],
        "keywords": about["keywords"], "inLanguage": ["zh", "en"], "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Place", "name": "China"}, "temporalCoverage": about["years"],
        "variableMeasured": _variables(), "distribution": [_download(file) for file in files],
    })


def _variables() -> list[dict]:
    rows = codebook().query("axis == 'row'")
    roles = rows[[f"role_{generation}" for generation in GENERATIONS]]
    rows = rows[(roles.notna() & (roles != "group")).any(axis=1)]
    names = rows["table"] + "." + rows["code"]
    said = map(_one_below_the_other, map(Said, rows["en"], rows["zh"]))
    pairs = zip(names, said, strict=True)
    return [{"@type": "PropertyValue", "name": name, "description": both} for name, both in pairs]


def _download(file: dict) -> dict:
    return {
        "@type": "DataDownload", "name": file["name"],
        "description": _one_below_the_other(_in_both(meaning, file["name"])),
        "encodingFormat": "text/csv", "contentUrl": file["path"], "contentSize": f"{file['bytes']} B",
        "sha256": file["sha256"],
    }


def _citation(about: dict[str, Any]) -> str:
    """A citation in the Citation File Format: YAML, of which JSON texts are a part."""
    documents = {"type": "other", "value": about["documents"]}
    documents["description"] = phrase("exports.documents")
    message = tell(f"exports.cite_{'as' if about['citation'] else 'below'}", citation=about["citation"])
    licence = "license-url" if "/" in (about["licence"] or "") else "license"
    lines = _drop_empty({
        "cff-version": "1.2.0", "message": _one_below_the_other(message),
        "type": "dataset", "title": about["title"], "abstract": _one_below_the_other(about["summary"]),
        "authors": [{"name": name} for name in about["authors"]], "version": about["version"],
        licence: about["licence"], "url": about["url"], "date-released": about["date"],
        "keywords": about["keywords"], "identifiers": [documents],
    })
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())


def add_doi(folder: Path, doi: str) -> None:
    """Enter the DOI of a release into the descriptions of its folder."""
    address, (citation, *described) = f"https://doi.org/{doi}", (folder / name for name in DESCRIPTIONS)
    with citation.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"doi: {json.dumps(doi)}\n")
    for path, name in zip(described, ("sameAs", "homepage"), strict=True):
        known = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(_as_json(known | {name: address}), encoding="utf-8", newline="\n")
