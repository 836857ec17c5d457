"""What its authors say of a collection, on pages and for machines."""

import json
import re
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

import govtables as gt
from publish import collection
from publish.job import TOP, Job
from publish.words import speak

ABOUT = '''title = "Reports of <b>A</b>"
description = "</script><i>汉阴</i>"
authors = ["Li \\"Hua\\"", "王敏"]
licence = "CC-BY-4.0"
date = 2024-05-31
'''


@pytest.fixture
def job(tmp_path, monkeypatch) -> Job:
    monkeypatch.setenv("GOVTABLES_LANG", "en")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_bytes((TOP / "data/raw/hanyin-2022.txt").read_bytes())
    data = gt.load(gt.build(raw, tmp_path / "data", processes=1, progress=False))
    (data.folder / "collection.toml").write_text(ABOUT, encoding="utf-8")
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "govtables-csv.zip").write_bytes(b"12345")
    return Job(tmp_path, data, tmp_path / "source", "Reports of <b>A</b>", 1, "en", "zh")


def test_the_front_page_shows_what_is_said_as_text(job):
    page = LexborHTMLParser(collection.write_about(job))
    assert page.css_first("strong").text() == "Reports of <b>A</b>"
    assert page.css_first("b, i, script") is None
    facts = dict(zip((dt.text() for dt in page.css("dt")), (dd.text() for dd in page.css("dd")), strict=True))
    assert facts == {"Authors": 'Li "Hua", 王敏', "Licence": "CC-BY-4.0", "Date": "2024-05-31"}
    speak("zh")
    assert "<dt>作者</dt>" in collection.write_about(job, "authors")


def test_what_machines_read_is_the_same(job):
    head = LexborHTMLParser("\n".join(collection.write_head(job)))
    told = {node.attributes.get("name") or node.attributes["property"]: node.attributes["content"] for node in head.css("meta")}
    assert told == {
        "author": 'Li "Hua", 王敏', "description": "</script><i>汉阴</i>", "og:description": "</script><i>汉阴</i>",
        "og:site_name": "Reports of <b>A</b>", "og:type": "website",
    }
    [known] = re.findall(r"^<script[^>]*>(.*)</script>$", collection.write_dataset(job))
    dataset = json.loads(known)
    assert "</script>" not in known
    assert (dataset["name"], dataset["description"]) == ("Reports of <b>A</b>", "</script><i>汉阴</i>")
    assert (dataset["datePublished"], dataset["temporalCoverage"]) == (str(date(2024, 5, 31)), "2022/2022")
    assert [(one["contentUrl"], one["contentSize"]) for one in dataset["distribution"]] == [("../downloads/govtables-csv.zip", "5 B")]
    assert "url" not in dataset


def test_nothing_is_said_of_the_sample(tmp_path):
    ours = Job(tmp_path, gt.load(TOP / "data/parquet"), tmp_path, "", 1)
    assert (collection.write_about(ours), [*collection.write_head(ours)], collection.write_dataset(ours)) == ("", [], "")
