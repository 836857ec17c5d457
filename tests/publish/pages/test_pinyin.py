"""Names in Latin letters: the kind of a place apart, syllables that could run together set off."""

import pytest

from publish.pages.pinyin import romanise


@pytest.mark.parametrize(("name", "latin"), [
    ("汉阴县", "Hanyin Xian"), ("西安市长安区", "Xi'an Shi Chang'an Qu"), ("花街镇人民政府", "Huajie Zhen Renmin Zhengfu"),
    ("安吉县公安局", "Anji Xian Gong'anju"), ("县", "Xian"), ("A-1 汉阴县", "A-1 Hanyin Xian"), ("", ""),
])
def test_a_name_is_spelt_by_words(name, latin):
    assert romanise(name) == latin
