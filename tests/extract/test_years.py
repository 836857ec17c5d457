"""The year from period, title and publication, and the day of publication."""

from datetime import date

import pytest

from extract.stated import TITLE, facts_of, in_chapters

OF_A_PART = ("year: a part of a year, not a report on a calendar year",)


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
        pytest.param("甲区2022年上半年政府信息公开情况\n发布日期:2022-07-25", None, OF_A_PART, id="half-year"),
        pytest.param("甲区2022年第一季度政府信息公开工作报告", None, OF_A_PART, id="quarter, as a title"),
        pytest.param("甲区2022年5月政务公开情况通报\n发布日期:2022-07-25", None, OF_A_PART, id="month"),
        pytest.param(
            "关于编制2022年政府信息公开工作年度报告的通知\n发布日期:2022-12-25",
            None,
            ("year: a notice, not a report on a calendar year",),
            id="notice",
        ),
        pytest.param("政府信息公开情况\n发布日期:2022-12-25", None, (), id="nothing says that it is on a year"),
        pytest.param("第一季度政务公开\n自2022年1月1日起至2022年12月31日止", 2022, (), id="a link above"),
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
