"""Whose figures a text gives."""

import pytest

from govtables.declared import declared
from govtables.issuers.coverage import tell_scope
from govtables.issuers.resolve import resolve_issuer
from govtables.language import plain

SCOPES = [
    ("2023年，全县共收到申请19件，其中县政府办理15件。", "both"),
    ("全區共受理信息公開申請80件。", "aggregate"),
    ("本报告根据各乡镇、各部门的数据汇总编制。", "aggregate"),
    ("统计数据包括市政府及所属部门。", "aggregate"),
    ("一年来,我镇认真落实,主动公开信息53条。", "own"),
    ("本机关未新制发文件,收到申请2件。", "own"),
    ("我局召开全市培训会2次。", None),
    ("加强安全区域管理,公开信息30条。", None),
    ("全市召开会议3次,培训42人。", None),
    ("因本机关不掌握,未能公开2件。", None),
    ("县政府共收到申请6件。", None),
    ("根据第711号令第50条,我局编制本报告。", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "scope"), SCOPES)
def test_whose_figures_a_text_gives(text, scope):
    assert tell_scope(plain(text, keep="\n")) == scope
    assert resolve_issuer("汉阴县", 2022, text).scope == scope


def test_patterns_have_declared_scopes():
    assert {line["scope"] for line in declared("issuers", "scopes")} <= {"", "aggregate", "own"}
