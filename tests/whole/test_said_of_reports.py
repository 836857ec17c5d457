"""Whatever is published of a report says itself in Chinese, too, exactly where it says something in English.

The reports are those of data/raw and tests/documents, damaged synthetic ones of several formats, and the verbatim
ones if GOVTABLES_REPORTS names their folder; then there are 600 synthetic ones.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from same_tables import make_documents

import govtables as gt
from govtables.dataset import SCHEMAS

VERBATIM = os.environ.get("GOVTABLES_REPORTS")
MANY, FEW = 600, 40
# Two words in a row that are no code: what a library says of a defect stands in parentheses or behind a colon.
ENGLISH = re.compile(r"(?<![\w./-])[A-Za-z]{3,} [a-z]{2,}\b")
DEFECT = re.compile(r"（[^（）]*）|(?:无法打开|无法从压缩包中解压|程序错误中止).*")
SAID = [(table, name) for table, schema in SCHEMAS.items() for name in schema.names if name.endswith("_zh")]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    raw, out = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("out") / "data"
    make_documents(raw, MANY if VERBATIM else FEW, 7)
    if VERBATIM:
        shutil.copytree(VERBATIM, raw / "verbatim")
    return gt.load(gt.build(raw, out, progress=False))


@pytest.mark.parametrize(("table", "name"), SAID)
def test_what_is_said_is_said_in_chinese(published, table, name):
    said = getattr(published, table)[[name.removesuffix("_zh"), name]].astype(object)
    assert said.notna().any(axis=None) or said.empty, "nothing is said"
    assert (said.iloc[:, 0].isna() == said.iloc[:, 1].isna()).all()
    assert [text for text in said.iloc[:, 1].dropna().unique() if ENGLISH.search(DEFECT.sub("", text))] == []


def test_a_person_s_words_stay_as_they_are(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(Path(gt.__file__).parents[1] / "data/raw/hanyin-2022.txt", raw)
    cell = "hanyin-2022.txt,requests,received,total,19,20,seen in print,Ann,2024-01-31"
    (raw / "decisions.csv").write_text(f"report_id,table,row,column,printed,value,reason,who,date\n{cell}\n", encoding="utf-8")
    cells = gt.load(gt.build(raw, tmp_path / "out", progress=False)).cells
    assert cells.loc[cells["status"] == "decided", "reason_zh"].tolist() == ["Ann于2024-01-31认定：seen in print"]
