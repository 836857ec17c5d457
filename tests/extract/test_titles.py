"""What is a title, printed in many ways, and what is none."""

import pytest

from extract.stated import TITLE, facts_of, in_chapters


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
        pytest.param(f"名称 {TITLE}", TITLE, id="field without a colon"),
        pytest.param(f"# {TITLE}", TITLE, id="Markdown heading"),
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
