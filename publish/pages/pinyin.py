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

from govtables.language import HAN, simplify
from publish.pages.markup import CHINESE
from publish.words import edition

jieba.setLogLevel(logging.WARNING)

# of a place or an office, which is a word of its own
PLACE, OFFICE = "(?:自治)?[省市盟旗县區区镇乡]|自治州|街道", "政府|办公厅|办公室|委员会"
KIND = re.compile(f"(?:(?<=.)(?:{PLACE}|{OFFICE})|(?<=..)州)$")
WORD = re.compile(f"[{HAN}]+")
VOWELS = "aeo"  # a syllable that begins with one is set off from the one before
# As maps spell them: 陕西 would else be 山西
OFFICIAL = {"陕西": "Shaanxi", "内蒙古": "Nei Mongol", "香港": "Hong Kong", "澳门": "Macao"}
WORDS = jieba.Tokenizer()  # of its own: what the search of a site adds to the other changes no name


@cache
def romanise(name: str) -> str:
    """Write a name in pinyin.

    >>> romanise("安吉县公安局"), romanise("临平区")
    ("Anji Xian Gong'anju", 'Linping Qu')
    """
    return WORD.sub(lambda found: " ".join(map(_spell, _cut(found[0]))), name)


def spell_for_readers(name: str | None) -> str:
    """Spell a Chinese name for the English edition; nothing in the Chinese one."""
    return romanise(simplify(name)) if name and CHINESE.fullmatch(name) and edition() == "en" else ""


def _cut(name: str) -> Iterator[str]:
    """Cut a name into words, what a place is apart from its name."""
    for word in WORDS.cut(name):
        kind = KIND.search(word)
        yield from (word[: kind.start()], kind[0]) if kind else (word,)


def _spell(word: str) -> str:
    if word in OFFICIAL:
        return OFFICIAL[word]
    first, *others = lazy_pinyin(word)
    return "".join([first.capitalize(), *(f"'{one}" if one[0] in VOWELS else one for one in others)])
