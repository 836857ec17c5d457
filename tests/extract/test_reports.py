"""Where another report begins in a document, and where none does."""

import pytest

from govtables.extract.reports import split_reports
from govtables.forms import collect_wording
from govtables.pipeline import read_bytes
from govtables.readers import open_document

TITLE = "甲县2022年政府信息公开工作年度报告"
OTHER = "乙县2022年政府信息公开工作年度报告"
HEAD = "二、主动公开政府信息情况\n信息内容 | 本年处理决定数量 |\n"
LICENCE, FIVE, COERCION = "行政许可 | 11 |\n", "行政许可 | 5 |\n", "行政强制 | 7 |\n"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(f"{TITLE}\n{HEAD}{LICENCE}", 1, id="one"),
        pytest.param(f"{TITLE}\n{HEAD}{LICENCE}\n{OTHER}\n{HEAD}{FIVE}", 2, id="another issuer"),
        pytest.param(f"{TITLE}\n{HEAD}{LICENCE}\n{OTHER}\n{HEAD}{LICENCE}", 2, id="another issuer, the same numbers"),
        pytest.param(f"{TITLE}\n{HEAD}{LICENCE}\n{TITLE.replace('22', '21')}\n{HEAD}{COERCION}", 2, id="another year"),
        pytest.param(f"{TITLE}\n{HEAD}{LICENCE}\n乙县\n2022年政府信息公开工作年度报告\n{HEAD}{FIVE}", 2, id="two lines"),
        pytest.param(f"{TITLE}\n{HEAD}{LICENCE}\n{OTHER}\n{HEAD}{FIVE}{OTHER.replace('乙', '丙')}\n{HEAD}{FIVE}", 3, id="three"),
        pytest.param(f"{TITLE}\n{HEAD}{LICENCE}\n{TITLE}\n{HEAD}{LICENCE}", 1, id="site and print version"),
        pytest.param(f"{TITLE}\n{HEAD}{LICENCE}\n甲县人民政府{TITLE[2:]}\n{HEAD}{COERCION}", 1, id="the name in full"),
        pytest.param(f"{TITLE}\n{HEAD}{LICENCE}\n{OTHER}\n丙县2021年政府信息公开工作年度报告", 1, id="links below"),
        pytest.param(f"{OTHER}\n{TITLE}\n{HEAD}{LICENCE}\n{OTHER}\n{COERCION}", 1, id="head of each page"),
        pytest.param(f"一、总体情况\n{HEAD}{LICENCE}\n一、总体情况\n{HEAD}{FIVE}", 2, id="chapter one with other numbers"),
        pytest.param(f"一、总体情况\n{HEAD}{LICENCE}\n一、总体情况\n{HEAD}{LICENCE}", 1, id="chapter one with the same"),
        pytest.param(f"一、总体情况\n二、主动公开政府信息情况\n一、总体情况\n{HEAD}{LICENCE}", 1, id="list of contents"),
    ],
)
def test_reports_of_a_document(text, names):
    parts = split_reports(open_document(text.encode(), "a.txt"), collect_wording(()))
    assert [part.name for part in parts] == ["a.txt", "a.txt#2", "a.txt#3"][:names]


def test_a_table_is_cut_where_a_title_stands_alone_in_its_row():
    row = "<tr><td>{}</td><td>{}</td></tr>".format
    one, two = (row(title, "") + row("信息内容", "本年处理决定数量") + row("行政许可", n) for title, n in ((TITLE, 3), (OTHER, 4)))
    first = read_bytes(f"<html><body><table>{one}{two}</table></body></html>".encode(), "a.html")
    numbers = [[c.value for c in each.cells if c.row == "licence"] for each in (first, *first.others)]
    assert numbers == [[3], [4]]
    assert [[f.kind for f in each.findings] for each in (first, *first.others)] == [["several_reports"]] * 2
    assert {each.sha256 for each in (first, *first.others)} == {first.sha256}
