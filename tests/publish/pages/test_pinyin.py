"""Names in Latin letters: the kind of a place apart, syllables that could run together set off."""

import jieba
import pytest

from publish.pages.pinyin import romanise, spell_for_readers


@pytest.mark.parametrize(("name", "latin"), [
    ("汉阴县", "Hanyin Xian"), ("西安市长安区", "Xi'an Shi Chang'an Qu"), ("花街镇人民政府", "Huajie Zhen Renmin Zhengfu"),
    ("安吉县公安局", "Anji Xian Gong'anju"), ("县", "Xian"), ("贵州", "Guizhou"), ("歙县", "She Xian"), ("陕西省", "Shaanxi Sheng"), ("内蒙古自治区", "Nei Mongol Zizhiqu"), ("A-1 汉阴县", "A-1 Hanyin Xian"), ("", ""),
])
def test_a_name_is_spelt_by_words(name, latin):
    assert romanise(name) == latin


def test_what_the_search_adds_to_its_own_words_changes_no_name():
    jieba.add_word("安县公", 10**9)
    assert romanise.__wrapped__("吉安县公安局") == "Ji'an Xian Gong'anju"


def test_readers_of_chinese_need_no_pinyin(monkeypatch):
    assert (spell_for_readers("漢陰縣"), spell_for_readers("no name"), spell_for_readers(None)) == ("Hanyin Xian", "", "")
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    assert spell_for_readers("汉阴县") == ""
