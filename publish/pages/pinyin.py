"""Chinese names in Latin letters, for readers of the English edition.

In: the name of an office or a place. Out: its pinyin without tones, a word a piece of meaning. Next:
`gather`.
"""

import logging
import re
from collections.abc import Iterator
from functools import cache

import jieba
from pypinyin import lazy_pinyin

from govtables.language import HAN

jieba.setLogLevel(logging.WARNING)

# of a place or an office, which is a word of its own
KIND = re.compile("(?<=.)(?:(?:自治)?[省市州盟旗县區区镇乡]|街道|政府|办公厅|办公室|委员会)$")
WORD = re.compile(f"[{HAN}]+")
VOWELS = "aeo"  # a syllable that begins with one is set off from the one before


@cache
def romanise(name: str) -> str:
    """Write a name in pinyin.

    >>> romanise("安吉县公安局"), romanise("临平区")
    ("Anji Xian Gong'anju", 'Linping Qu')
    """
    return WORD.sub(lambda found: " ".join(map(_spell, _cut(found[0]))), name)


def _cut(name: str) -> Iterator[str]:
    """Cut a name into words, what a place is apart from its name."""
    for word in jieba.cut(name):
        kind = KIND.search(word)
        yield from (word[: kind.start()], kind[0]) if kind else (word,)


def _spell(word: str) -> str:
    first, *others = lazy_pinyin(word)
    return "".join([first.capitalize(), *(f"'{one}" if one[0] in VOWELS else one for one in others)])
