"""Printed labels to keys, printed texts to numbers."""

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govtables.declared import declared
from govtables.language.script import fold, plain, simplify, strip_annotations

TOP = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        pytest.param("规章", "规章", id="plain"),
        pytest.param("  规 章\u3000", "规章", id="blanks"),
        pytest.param("规\u200b章\ufeff", "规章", id="invisible"),
        pytest.param("规\n章", "规章", id="line break"),
        pytest.param("(三)不予公开", "不予公开", id="item in parentheses"),
        pytest.param("（三） 不予公开", "不予公开", id="full-width parentheses"),
        pytest.param("三、本年度办理结果", "本年度办理结果", id="item with comma"),
        pytest.param("1.属于国家秘密", "属于国家秘密", id="item number"),
        pytest.param("1．属于国家秘密", "属于国家秘密", id="full-width stop"),
        pytest.param("1、属于国家秘密", "属于国家秘密", id="enumeration comma"),
        pytest.param("(1)属于国家秘密", "属于国家秘密", id="number in parentheses"),
        pytest.param("1)属于国家秘密", "属于国家秘密", id="half a parenthesis"),
        pytest.param("(七总计", "总计", id="half a parenthesis lost"),
        pytest.param("(二部分公开(区分处理的,只计这一情形)", "部分公开", id="half a parenthesis lost before a note"),
        pytest.param("(一般公共预算)", "", id="a note that begins with a numeral"),
        pytest.param("第一,本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量", id="第一"),
        pytest.param("第二十条第(一)项", "第二十条第一项", id="article keeps its number"),
        pytest.param("第二十条 第（八）项", "第二十条第八项", id="article with blanks"),
        pytest.param("3.危及“三安全一稳定”", "危及三安全一稳定", id="quotes"),
        pytest.param('3.危及"三安全一稳定"', "危及三安全一稳定", id="straight quotes"),
        pytest.param("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "部分公开", id="note"),
        pytest.param("部分公开(区分处理的,只计这一", "部分公开", id="note not closed"),
        pytest.param("本年增/减(增减用正负值表示,如-8)", "本年增减", id="digits in a note"),
        pytest.param("上一年项目数量(指2019年事项数)", "上一年项目数量", id="year in a note"),
        pytest.param("本年收费金额(单位:万元)", "本年收费金额", id="unit"),
        pytest.param("本年收费金额（单位：万元）", "本年收费金额", id="full-width unit"),
        pytest.param("行政強製", "行政强制", id="wrong pick"),
        pytest.param("行政複議", "行政复议", id="Traditional"),
        pytest.param("規範性檔案", "规范性文件", id="Taiwan wording"),
        pytest.param("規(guī)章", "规章", id="pinyin"),
        pytest.param("规(gui)章(zhang)(zhang)", "规章", id="pinyin doubled"),
        pytest.param("总  计", "总计", id="spaced"),
        pytest.param("", "", id="empty"),
        pytest.param("(一)", "", id="nothing but a number"),
    ],
)
def test_fold(label, key):
    assert fold(label) == key
    assert fold(key) == key, "folding a key changes nothing"


@pytest.mark.parametrize(
    ("label", "key"),
    [
        pytest.param("规章" + "（" * 30_000, "规章", id="opened"),
        pytest.param("规章" + "（" * 30_000 + "）" * 30_000, "规章", id="nested"),
        pytest.param("（" * 30_000 + "（一）规章" + "）" * 30_000, "一规章", id="nested around a numeral"),
    ],
)
def test_parentheses_in_one_another_are_folded_at_once(label, key):
    started = time.process_time()
    assert fold(label) == key
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("printed", "simple"),
    [
        ("方麵、製度、隻計、一係列", "方面、制度、只计、一系列"),
        ("答複、反覆、重複、復議", "答复、反复、重复、复议"),
        ("屬于、屬於、規范、規範", "属于、属于、规范、规范"),
        ("資訊公開", "信息公开"),
        ("政府信息公开", "政府信息公开"),
    ],
)
def test_simplify(printed, simple):
    assert simplify(printed) == simple


@pytest.mark.parametrize(
    ("printed", "stripped"),
    [
        ("開(kāi)放(fàng)", "開放"),
        ("政(zheng)(zheng)府（fu）", "政府"),
        ("(三)不予公开(区分处理)", "(三)不予公开(区分处理)"),
        ("GDP(gdp)", "GDP(gdp)"),
    ],
)
def test_strip_annotations(printed, stripped):
    assert strip_annotations(printed) == stripped


def test_the_packaged_characters_are_those_of_opencc():
    """`python tools/traditional.py` writes them."""
    spec = importlib.util.spec_from_file_location("traditional", TOP / "tools" / "traditional.py")
    traditional = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(traditional)
    assert traditional.FILE.read_text(encoding="utf-8").strip() == traditional.list_traditional()


@pytest.mark.parametrize(("text", "is_loaded"), [("行政复议", False), ("行政複議", True)], ids=["simplified", "traditional"])
def test_opencc_is_loaded_only_for_what_it_would_change(text, is_loaded):
    code = f"import sys; from govtables.language import simplify; simplify({text!r}); print('opencc' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=TOP, text=True).strip() == str(is_loaded)


@pytest.mark.parametrize(("text", "keep", "read"), [
    ("漢陰縣\u3000人民政府", "", "汉阴县人民政府"),
    ("６\u200b 件（注）", "", "6件(注)"),
    ("甲 \n 乙\t丙", "\n", "甲\n乙丙"),
    ("政府(fu)公開(kāi)", "", "政府公开"),
    ("", "\n", ""),
], ids=["blanks and script", "width and what is not seen", "line ends stay", "annotations", "nothing"])
def test_plain(text, keep, read):
    assert plain(text, keep) == read


def test_variants_are_read_as_another_wording_once():
    lines = declared("language", "variants")
    assert len({line["printed"] for line in lines}) == len(lines)
    assert [line for line in lines if line["printed"] == line["read_as"] or not line["read_as"]] == []
