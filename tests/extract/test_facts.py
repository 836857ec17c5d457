"""Issuer, year, title and date of publication, from titles as printed and from damaged ones."""

import csv
import os
import random
from datetime import date
from pathlib import Path

import pytest

from govtables.extract.facts import Facts, read_facts
from govtables.extract.sections import split_sections
from govtables.readers.document import Cell, Document, Grid

HERE = Path(__file__).parent
TITLE = "甲县2022年政府信息公开工作年度报告"

with (HERE / "titles.csv").open(encoding="utf-8", newline="") as lines:
    TITLES = list(csv.DictReader(lines))


def facts_of(text: str) -> Facts:
    cells = tuple(Cell(line, f"L{place}") for place, line in enumerate(text.split("\n"), start=1))
    return facts_of_blocks(*cells)


def facts_of_blocks(*blocks: Cell | Grid) -> Facts:
    document = Document("example", "", "text/plain", blocks)
    return read_facts(document, split_sections(document))


def in_chapters(text: str) -> str:
    return f"一、总体情况\n{text}\n六、其他需要报告的事项\n无。"


def as_grid(text: str) -> Grid:
    rows = ((Cell(line, f"T1:R{place}:C1"), None) for place, line in enumerate(text.split("\n"), start=1))
    return Grid(tuple(rows), "columns", "html")


@pytest.mark.parametrize("row", TITLES, ids=[row["n"] for row in TITLES])
@pytest.mark.parametrize("as_blocks", [False, True], ids=["lines", "grid"])
def test_issuer_and_year(row, as_blocks):
    text = f"{row['title']}\n{row['body']}".replace("\\n", "\n").strip("\n")
    facts = facts_of_blocks(as_grid(text)) if as_blocks else facts_of(text)
    assert (facts.issuer, facts.year) == (row["issuer"], int(row["year"]))


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        pytest.param("甲县 2022 年政府信息 公开工作年度报告", TITLE, id="blanks"),
        pytest.param("　甲县2022年\u200b政府信息公开工作年度报告\xa0", TITLE, id="invisible"),
        pytest.param(f"{TITLE}_乙市人民政府", TITLE, id="site name after underscore"),
        pytest.param(f"{TITLE} - 市政府网", TITLE, id="site name after dash"),
        pytest.param(f"{TITLE}|乙市人民政府", TITLE, id="site name after bar"),
        pytest.param(f"乙市人民政府 - {TITLE}", TITLE, id="site name before"),
        pytest.param(f"(图解){TITLE}", TITLE, id="companion before"),
        pytest.param(f"{TITLE}（图片版）", TITLE, id="companion after"),
        pytest.param(f"一图读懂{TITLE}", TITLE, id="infographic"),
        pytest.param(f"{TITLE}(超链版)", TITLE, id="links after"),
        pytest.param(f"标题：{TITLE}", TITLE, id="field"),
        pytest.param(f"{TITLE}\n{TITLE}\n{TITLE}", TITLE, id="three times"),
        pytest.param(f"首页 > 公开年报 > {TITLE}\n{TITLE}", TITLE, id="breadcrumb"),
        pytest.param("甲县\n2022年政府信息公开工作年度报告", TITLE, id="two lines"),
        pytest.param("甲县2022年政府信\n息公开工作年度报告", TITLE, id="broken in a word"),
        pytest.param("甲县\n2022年\n政府信息公开工作年度报告", TITLE, id="three lines"),
        pytest.param("领导信箱\n2022年政府信息公开工作年度报告", "2022年政府信息公开工作年度报告", id="menu above"),
        pytest.param("办事大厅\n2022年政府信息公开工作年度报告", "2022年政府信息公开工作年度报告", id="hall above"),
        pytest.param("甲县政府信息公开工作年度报告(2022年度)", "甲县政府信息公开工作年度报告(2022年度)", id="year last"),
        pytest.param("甲县政府信息公开2022年年度报告", "甲县政府信息公开2022年年度报告", id="year inside"),
        pytest.param("甲县人民政府信息公开工作年度报告", "甲县人民政府信息公开工作年度报告", id="no year"),
        pytest.param(in_chapters("本年度。") + f"\n{TITLE}", TITLE, id="footer"),
    ],
)
def test_title(printed, title):
    assert facts_of(printed).title == title


@pytest.mark.parametrize(
    "printed",
    [
        "《中华人民共和国政府信息公开工作年度报告格式》",
        "中华人民共和国政府信息公开工作年度报告",
        "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知",
        "关于做好2022年政府信息公开工作年度报告编制发布工作的通知",
        "首页 > 政务公开 > 政府信息公开年报",
        "政府信息公开年报",
        "县政府信息公开年报",
        "政府信息公开指南",
        "2022年甲县政府工作报告",
        "根据《甲县2022年政府信息公开工作年度报告》编制。",
        "现将2022年政府信息公开工作年度报告公布如下",
        "",
    ],
)
def test_not_a_title(printed):
    assert facts_of(printed).title is None


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
    ],
)
def test_issuer(title, issuer):
    assert facts_of(title).issuer == issuer


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("统计期限自2022年1月1日起至2022年12月31日止。", 2022),
        ("统计期限从2022年1月1日到12月31日止", 2022),
        ("統計期限自2022年1月1日起至2022年12月31日止", 2022),
        ("2022 年 1 月 1 日 至 2022 年 12 月 31 日", 2022),
        ("２０２２年１月１日至２０２２年１２月３１日", 2022),
        ("2022年1月1日—12月31日", 2022),
        ("2022年1月至12月", 2022),
        ("2022.1.1-2022.12.31", 2022),
        ("自2022年01月01日起至同年12月31日止", 2022),
        ("二〇二二年1月1日至12月31日", 2022),
        ("数据截至2022年12月31日", 2022),
        ("201911日起至20191231日止", 2019),
        ("2018年11日至2018年1231日", 2018),
        ("(20201231日)", 2020),
        ("20241月1日起至12月31止", 2024),
        ("2021年9月1日至2022年8月31日", None),
        ("电话:0577-59882023,邮编:325802", None),
        ("国办公开办函〔2021〕30号", None),
        ("无。", None),
    ],
)
def test_statistics_period(sentence, year):
    assert facts_of(f"本报告所列数据{sentence}").year == year
    assert facts_of(in_chapters(f"本报告所列数据{sentence}")).year == year


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
    ("text", "year", "notes"),
    [
        pytest.param(f"{TITLE}\n自2022年1月1日起至12月31日止", 2022, (), id="agree"),
        pytest.param(
            f"{TITLE}\n自2021年1月1日起至12月31日止",
            2021,
            ("year: title says 2022, statistics period says 2021",),
            id="title and period",
        ),
        pytest.param(
            f"{TITLE}\n自2022年1月1日起至2023年12月31日止",
            2022,
            ("year: statistics period runs from 2022 to 2023",),
            id="period of two years",
        ),
        pytest.param(
            f"{TITLE}\n发布日期:2022-03-01",
            2022,
            ("year: published on 2022-03-01, before the end of 2022",),
            id="published too early",
        ),
        pytest.param(f"{TITLE}\n发布日期:2022-12-31", 2022, (), id="published on the last day"),
        pytest.param(f"{TITLE}\n发布日期:2023-12-20", 2022, (), id="published late"),
        pytest.param("政府信息公开工作年度报告\n发布日期:2023-01-20", 2022, (), id="day of publication alone"),
        pytest.param("政府信息公开工作年度报告\n2022年,我局认真公开。", 2022, (), id="first sentence alone"),
        pytest.param("甲县二〇二二年政府信息公开工作年度报告", 2022, (), id="numerals"),
        pytest.param("甲县2022年度2022年政府信息公开年度报告", 2022, (), id="twice"),
        pytest.param("甲县年政府信息公开工作年度报告", None, (), id="year lost"),
        pytest.param(
            "甲大学2021—2022学年信息公开年度报告\n发布日期:2022-10-31",
            None,
            ("year: a school year, not a calendar year",),
            id="school year",
        ),
    ],
)
def test_year(text, year, notes):
    facts = facts_of(text)
    assert (facts.year, facts.notes) == (year, notes)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("发布日期: 2022- 01- 30 09: 50 浏览次数:", date(2022, 1, 30), id="blanks"),
        pytest.param("发布时间：2022-1-3 09:50", date(2022, 1, 3), id="one digit, time follows"),
        pytest.param("發布時間:2022年1月3日", date(2022, 1, 3), id="Traditional"),
        pytest.param("日 期:2022/01/30", date(2022, 1, 30), id="blank in the label"),
        pytest.param("发文日期\n2022-01-30", date(2022, 1, 30), id="two cells"),
        pytest.param("成文日期:2022-01-20\n发布日期:2022-01-30", date(2022, 1, 30), id="published, not signed"),
        pytest.param("成文日期:2022.01.20", date(2022, 1, 20), id="signed only"),
        pytest.param("发布日期:2022-02-30", None, id="no such day"),
        pytest.param("发布日期:2022-13-01", None, id="no such month"),
        pytest.param("2017210日", None, id="damaged"),
        pytest.param("统计时间:2021年1月1日至12月31日", None, id="period"),
        pytest.param("2022年1月30日 来源:甲县人民政府", date(2022, 1, 30), id="source follows"),
        pytest.param("今天是2024年5月3日", None, id="today"),
        pytest.param("2022年1月30日召开会议", None, id="sentence"),
        pytest.param(in_chapters("无。") + "\n甲县人民政府\n2022年1月30日", date(2022, 1, 30), id="signature"),
        pytest.param(in_chapters("无。") + "\n甲县人民政府 2022年1月30日", date(2022, 1, 30), id="signature in a line"),
        pytest.param("甲县2021年政府信息公开工作年度报告\n(2022年1月30日)", date(2022, 1, 30), id="under the title"),
        pytest.param("甲县2022年政府信息公开工作年度报告\n2022年1月30日", None, id="too early to be sure"),
    ],
)
def test_day_of_publication(text, day):
    assert facts_of(text).published_on == day


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
