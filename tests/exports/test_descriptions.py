"""Descriptions of an export, which catalogues read."""

import dataclasses
import hashlib
import json
import re
import shutil
from datetime import date
from importlib.metadata import metadata
from pathlib import Path

import pyarrow as pa
import pytest

from govtables.dataset.schema import SCHEMAS
from govtables.declared import options
from govtables.exports.descriptions import DESCRIPTIONS, PROFILE, describe, title
from govtables.exports.formats import export
from govtables.language import phrase

by_table = pytest.mark.parametrize("name", SCHEMAS)
TOP = Path(__file__).parents[2]


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
    assert {"@type": "PropertyValue", "name": "requests.granted", "description": "Granted in full\n予以公开"} in dataset["variableMeasured"]
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


def test_a_collection_is_described_by_those_who_made_it(tmp_path, exported):
    made = Path(shutil.copytree(exported["csv"], tmp_path / "csv"))
    reports = pa.table({"year": [2022], "sha256": ["0"]})
    about = {"title": "汉阴年报", "authors": ["Li Hua", "Wang Min"], "licence": "CC-BY-4.0"}
    about |= {"date": date(2024, 5, 31), "citation": "Li: 汉阴", "url": "https://example.org/"}
    describe(reports, made, about)
    package, dataset = (json.loads((made / name).read_text(encoding="utf-8")) for name in ("datapackage.json", "dataset.jsonld"))
    assert (package["title"], package["homepage"], package["created"]) == ("汉阴年报", "https://example.org/", "2024-05-31T00:00:00Z")
    assert [one["title"] for one in package["contributors"]] == dataset["creator"] == ["Li Hua", "Wang Min"]
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": dataset["license"]}]
    assert (dataset["datePublished"], dataset["creditText"], dataset["name"]) == ("2024-05-31", "Li: 汉阴", "汉阴年报")
    cited = dict(line.split(": ", 1) for line in (made / "CITATION.cff").read_text(encoding="utf-8").splitlines())
    assert {name: json.loads(cited[name]) for name in ("title", "license", "url", "date-released")} == {
        "title": "汉阴年报", "license": "CC-BY-4.0", "url": "https://example.org/", "date-released": "2024-05-31",
    }
    assert "Li: 汉阴" in cited["message"]
    assert json.loads(cited["authors"]) == [{"name": "Li Hua"}, {"name": "Wang Min"}]

    describe(reports, made, {"title": "B", "authors": ["C"], "licence": "https://example.org/terms"})
    assert 'license-url: "https://example.org/terms"' in (made / "CITATION.cff").read_text(encoding="utf-8")
    describe(reports, made, {"title": "B", "authors": ["C"]})
    assert all("MIT" not in (made / name).read_text(encoding="utf-8") for name in ("CITATION.cff", "dataset.jsonld", "datapackage.json"))


def test_descriptions_speak_both_languages_whatever_the_session_speaks(exported, tmp_path, data, monkeypatch):
    package, dataset = (json.loads((exported["csv"] / name).read_text(encoding="utf-8")) for name in ("datapackage.json", "dataset.jsonld"))
    described = [package, *package["resources"], *(field for one in package["resources"] for field in one["schema"]["fields"])]
    assert [one["name"] for one in described if not (one["description"] and re.search("[\u4e00-\u9fff]", one["description_zh"]))] == []
    assert "政府信息公开" in package["title_zh"] and dataset["alternateName"] == package["title_zh"]
    said = [dataset["description"], *(one["description"] for one in (*dataset["variableMeasured"], *dataset["distribution"]))]
    assert [one for one in said if not re.fullmatch("[A-Z0-9].*\n.*[\u4e00-\u9fff].*", one)] == []
    assert "每个单元格" in (exported["csv"] / "CITATION.cff").read_text(encoding="utf-8")
    monkeypatch.setattr(options, "chosen", "zh")
    again = export(data, "csv", tmp_path / "zh")
    assert all((again / name).read_bytes() == (exported["csv"] / name).read_bytes() for name in DESCRIPTIONS)


def test_what_the_package_says_of_itself_is_what_is_declared():
    assert phrase("exports.package") == metadata("govtables")["Summary"]
    assert metadata("govtables")["Summary"].startswith(f"{phrase('exports.dataset_name')}, ")
