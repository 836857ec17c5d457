"""Issuer, year, title and date of publication, from titles as printed and from damaged ones."""

import csv
import os
import random
from datetime import date
from pathlib import Path

import pytest

from extract.stated import TITLE, as_grid, facts_of, facts_of_blocks
from govtables.extract.facts import Facts, read_facts
from govtables.readers.document import Cell, Document, Grid

HERE = Path(__file__).parent

with (HERE / "titles.csv").open(encoding="utf-8", newline="") as lines:
    TITLES = list(csv.DictReader(lines))


@pytest.mark.parametrize("row", TITLES, ids=[row["n"] for row in TITLES])
@pytest.mark.parametrize("as_blocks", [False, True], ids=["lines", "grid"])
def test_issuer_and_year(row, as_blocks):
    text = f"{row['title']}\n{row['body']}".replace("\\n", "\n").strip("\n")
    facts = facts_of_blocks(as_grid(text)) if as_blocks else facts_of(text)
    assert (facts.issuer, facts.year) == (row["issuer"], int(row["year"]))


@pytest.mark.parametrize(
    ("body", "issuer"),
    [
        pytest.param("请与甲县水利局联系(地址:某路1号)。", "甲县水利局", id="contact"),
        pytest.param("如有疑问,请与甲县水利局办公室联系。", "甲县水利局", id="contact is an office"),
        pytest.param("发布机构：甲县水利局\n浏览次数：1", "甲县水利局", id="field"),
        pytest.param("发布机构:\n甲县水利局", "甲县水利局", id="field in two cells"),
        pytest.param("来源: 本网 字体:[ ]\n2022年,甲镇坚持依法公开。", "甲镇", id="source is no institution"),
        pytest.param("本报告由甲县水利局编制。", "甲县水利局", id="author"),
        pytest.param("现公布甲县水利局2022年度政府信息公开工作年度报告。", "甲县水利局", id="announced"),
        pytest.param("2022年,在区委、区政府领导下,甲镇人民政府认真做好公开。", "甲镇人民政府", id="after a preface"),
        pytest.param("2022年,我局严格依法公开。区政府高度重视。", None, id="nobody"),
        pytest.param("无。\n甲县水利局\n2023年1月30日", "甲县水利局", id="signature"),
        pytest.param("甲县教育局\n甲县公安局\n甲县水利局", None, id="links"),
        pytest.param("本年度,上年结转政府信息公开申请3件。", None, id="a label of the form"),
        pytest.param("二、上年结转政府信息公开申请数量\n一、本年新收政府信息公开申请数量", None, id="rows of the form"),
        pytest.param("2022年,新收政府信息公开申请3件,收到政府信息公开申请3件。", None, id="a verb"),
        pytest.param("2022年的甲市政府信息公开工作有序推进。", "甲市政府", id="的 before a name"),
        pytest.param("由甲市人民政府信息公开工作领导小组办公室编制。", "甲市人民政府", id="an office of disclosure"),
        pytest.param("由甲市新城建设管理委员会编制。", "甲市新城建设管理委员会", id="a committee"),
    ],
)
def test_issuer_from_the_body(body, issuer):
    assert facts_of(f"2022年政府信息公开工作年度报告\n。\n{body}").issuer == issuer


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        pytest.param(f"{TITLE}\n请与甲县人民政府办公室联系。", "甲县", id="title before body"),
        pytest.param("甲县人民政府信息公开工作年度报告", "甲县人民政府", id="one 政府 for two"),
        pytest.param("甲县政府政府信息公开2022年年度报告", "甲县政府", id="two 政府"),
        pytest.param("2022年本溪市水务局政府信息公开年度报告", "本溪市水务局", id="本 of a name"),
        pytest.param("我局2022年政府信息公开工作年度报告\n由甲县水利局编制", "甲县水利局", id="我局"),
        pytest.param("****政府2022年政府信息公开工作年度报告\n由甲县水利局编制", "甲县水利局", id="masked"),
        pytest.param("甲县水利局（甲县河长办）2022年政府信息公开工作年度报告", "甲县水利局（甲县河长办）", id="two names"),
        pytest.param("关于甲县水利局2022年政府信息公开工作情况的报告", "甲县水利局", id="关于"),
        pytest.param("甲县政府信息公开工作年度报告(2022年度)", "甲县", id="year last"),
        pytest.param("甲縣檔案局2022年政府資訊公開工作年度報告", "甲縣檔案局", id="Taiwan wording"),
        pytest.param("2022年,甲市政府办公室认真公开。", "甲市政府办公室", id="an office as subject"),
        pytest.param("名称 甲县丙局2022年政府信息公开年度报告", "甲县丙局", id="index card"),
        pytest.param("## 甲县 2022年 政府信息公开工作年度报告", "甲县", id="Markdown"),
        pytest.param("**甲县2022年政府信息公开工作年度报告**", "甲县", id="bold Markdown"),
    ],
)
def test_issuer(title, issuer):
    assert facts_of(title).issuer == issuer


@pytest.mark.parametrize(
    ("heading", "place", "differ"),
    [
        pytest.param("乙县2022年政府信息公开工作年度报告", "title", True, id="another body"),
        pytest.param("乙縣2022年政府信息公開工作年度報告", "title", True, id="another body in Traditional script"),
        pytest.param("甲縣人民政府2022年政府信息公開工作年度報告", "title", False, id="the same in full"),
        pytest.param("2022年政府信息公开工作年度报告", "title", False, id="no name"),
        pytest.param("乙县政府信息公开工作年度报告", "title", False, id="no year: perhaps of a menu"),
        pytest.param("乙县2022年政府信息公开工作年度报告", "L1", False, id="two lines of a text"),
    ],
)
def test_a_page_whose_title_and_heading_name_two_issuers(heading, place, differ):
    facts = facts_of_blocks(Cell(TITLE, place), Cell(heading, "L2"))
    assert (facts.issuer, [note.partition(":")[0] for note in facts.notes]) == ("甲县", ["issuer"] if differ else [])


@pytest.mark.parametrize(
    ("text", "script"),
    [(TITLE, "hans"), ("2022年,臨平區人民政府嚴格落實信息公開。", "hant"), ("行政規范性文件 關系 復議", "hant"), ("", "hans")],
)
def test_script(text, script):
    assert facts_of(text).script == script


PIECES = "年度报告政府信息公开局县省镇《》()（）:：,。;-_|>\n\t 　0123456789〇二零十a\u200b\x00\ud800㈠²½ﷺ𠮷發關報"
PHRASES = ("政府信息公开工作年度报告", "2022年", "发布日期:", "来源:", "12月31日", "1月1日至", "请与", "联系", "一、总体情况", "9999-99-99")


def test_nothing_raises():
    draw = random.Random(20211130)
    for _ in range(3000):
        text = "".join(draw.choice(PHRASES) if draw.random() < 0.4 else draw.choice(PIECES) for _ in range(draw.randrange(60)))
        for facts in (facts_of(text), facts_of_blocks(as_grid(text))):
            assert facts.script in ("hans", "hant")
            assert facts.issuer is None or facts.issuer.strip() == facts.issuer != ""


def test_empty_documents():
    nothing = Facts(None, None, None, None, "hans", ())
    assert facts_of_blocks() == facts_of_blocks(Grid((), "cells", "html")) == nothing
    assert read_facts(Document("example", "", "text/plain", ()), ()) == nothing


@pytest.mark.skipif("GOVTABLES_REPORTS" not in os.environ, reason="GOVTABLES_REPORTS names no folder of reports")
@pytest.mark.parametrize(
    ("name", "issuer", "year", "day"),
    [
        ("000", "臨平區人民政府", 2022, None),
        ("001", "花街镇人民政府", 2023, None),
        ("002", "高新技术产业开发区管理办公室", 2022, None),
        ("003", "龙港市人民政府", 2021, date(2022, 1, 30)),
        ("004", "汉阴县", 2022, None),
    ],
)
def test_real_reports(name, issuer, year, day):
    [path] = Path(os.environ["GOVTABLES_REPORTS"]).glob(f"{name}_*.txt")
    facts = facts_of(path.read_text(encoding="utf-8"))
    assert (facts.issuer, facts.year, facts.published_on, facts.notes) == (issuer, year, day, ())
    assert facts.script == ("hant" if name == "000" else "hans")
