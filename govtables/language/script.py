"""Printed Chinese as text: one script, one width, labels folded to keys.

In: a printed text. Out: the same in simplified script, or folded to what it is compared by. Next: every wing.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from govtables.declared import declared

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Not U+202E: behind it digits are seen in reversed order.
DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069"
INVISIBLE = dict.fromkeys(map(ord, f"\u200b\u200c\u200d\u2060\ufeff\u00ad{DIRECTIONS}"))
UNSEEN = re.compile(f"[{''.join(map(chr, INVISIBLE))}]")
ANNOTATION = re.compile(f"(?<=[{HAN}])(?:[(（][a-zà-ÿāēěīōūǎǐǒǔǖǘǚǜńňǹḿ]{{1,7}}[)）])+", re.IGNORECASE)
NUMERALS = "一二三四五六七八九十"
UNCLOSED = rf"\([{NUMERALS}](?=[^()]*(?:\(|$))"
ENUMERATOR = re.compile(
    rf"^(?:\([{NUMERALS}\d]{{1,2}}\)|{UNCLOSED}|\d{{1,2}}[.、)]|[{NUMERALS}][、.]|第[{NUMERALS}][,、])"
)
PARENTHESES = re.compile(r"([()])")
NOT_KEY = re.compile(f"[^{HAN}0-9A-Za-z]")
ENTITY = re.compile("&(?:nbsp|ensp|emsp|thinsp|#160|#12288);?")  # a blank that was written twice over
FULL_WIDTH = {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {ord("\u3000"): " ", ord("−"): "-"}


@cache
def _variants() -> tuple[dict[str, str], dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Characters and words to write otherwise; what finds those that may have to be, and such words."""
    variants = {line["printed"]: line["read_as"] for line in declared("language", "variants")}
    signs, words = ({a: b for a, b in variants.items() if (len(a) > 1) is longer} for longer in (False, True))
    traditional = (files("govtables") / "language" / "traditional.txt").read_text(encoding="utf-8")
    return signs, words, re.compile(f"[{traditional.strip()}{''.join(signs)}]"), re.compile("|".join(words))


@cache
def _simplified() -> dict[int, str]:
    """What each character is written as; OpenCC is loaded for the first text that holds one it may change."""
    from opencc import OpenCC

    han = [chr(c) for c in range(0x4E00, 0xA000)]
    simple = OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {ord(a): b for a, b in [*zip(han, simple, strict=True), *_variants()[0].items()] if a != b}


def simplify(text: str) -> str:
    """Write Traditional script as simplified, for matching only: names may suffer, so keep the printed text.

    >>> simplify("行政複議、規範性檔案")
    '行政复议、规范性文件'
    """
    _, words, characters, pattern = _variants()
    if characters.search(text):
        text = text.translate(_simplified())
    return pattern.sub(lambda found: words[found[0]], text) if pattern.search(text) else text


def strip_annotations(text: str) -> str:
    """Drop the pinyin that some mirrors print after each character.

    >>> strip_annotations("政府(fu)(fu)公開(kāi)(一)項")
    '政府公開(一)項'
    """
    return ANNOTATION.sub("", text) if "(" in text or "（" in text else text


def unescape(text: str) -> str:
    """Write blanks that are printed as entities of HTML as blanks.

    >>> unescape("&nbsp;12&emsp;")
    ' 12 '
    """
    return ENTITY.sub(" ", text) if "&" in text else text


def plain(text: str, keep: str = "") -> str:
    """Write a text in one width and script, without annotations and the unseen; of blanks only `keep` stays.

    >>> plain("漢陰縣 人民政府（本级）"), plain("１ 件\\n２ 件", keep="\\n")
    ('汉阴县人民政府(本级)', '1件\\n2件')
    """
    text = unescape(text)
    seen = text if text.isprintable() else UNSEEN.sub("", text)
    text = unicodedata.normalize("NFKC", strip_annotations(seen))
    parts = text.split(keep) if keep else [text]
    return simplify(keep.join(["".join(part.split()) for part in parts]))


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Fold a printed label to its matching key: one script, no spaces, punctuation, notes or item number.

    >>> fold("（三） 不予公开"), fold("1．屬於國家秘密"), fold("部分公开(区分处理的,只计这一情形)")
    ('不予公开', '属于国家秘密', '部分公开')
    """
    text = ENUMERATOR.sub("", plain(text), count=1)
    return NOT_KEY.sub("", _drop_notes(text) if "(" in text else text).lstrip("0123456789")


def _drop_notes(text: str) -> str:
    """Drop what stands in parentheses, closed or not; a numeral alone in them stays, with what is around."""
    levels: list[list[str]] = [[]]
    stays = [False]
    for piece in PARENTHESES.split(text):
        if piece == "(":
            levels.append([])
            stays.append(False)
        elif piece == ")" and len(levels) > 1:
            inner = "".join(levels.pop())
            if stays.pop() or (len(inner) == 1 and inner in NUMERALS):
                levels[-1].append(f"({inner})")
                stays[-1] = True
        else:
            levels[-1].append(piece)
    while len(levels) > 1:
        inner = "".join(levels.pop())
        if stays.pop():
            levels[-1].append(f"({inner}")
            stays[-1] = True
    return "".join(levels[0])
