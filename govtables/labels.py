"""Printed label to matching key; printed text to number and how it was read.

In: the text of a cell. Out: a folded key for exact look-up, or a `Reading`. Next: `forms`, `match`.
"""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
ANNOTATION = re.compile(f"(?<=[{HAN}])(?:[(（][a-zà-ÿāēěīōūǎǐǒǔǖǘǚǜńňǹḿ]{{1,7}}[)）])+", re.IGNORECASE)
NUMERALS = "一二三四五六七八九十"
UNCLOSED = rf"\([{NUMERALS}](?=[^()]*(?:\(|$))"
ENUMERATOR = re.compile(rf"^(?:\([{NUMERALS}\d]{{1,2}}\)|{UNCLOSED}|\d{{1,2}}[.、)]|[{NUMERALS}][、.]|第[{NUMERALS}][,、])")
PARENTHESES = re.compile(r"([()])")
NOT_KEY = re.compile(f"[^{HAN}0-9A-Za-z]")
PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
SIGN_WORD = re.compile(r"([增减減])(\d+)")
WITH_UNIT = re.compile(r"([+-]?[\d.,]+)\s*(万|萬|亿|億)?(件|条|條|项|項|个|個|宗|份|次|起|例|元)?")
LETTER_O = re.compile("[OoОоΟο○〇◯零]")
NOT_APPLICABLE = re.compile(r"[/\\／＼]+|[-‐–—―－─]+|无|無|空|不适用|不適用|[Nn]/?[Aa]")
ITEM_NUMBER = re.compile(r"\(\d{1,2}\)|\d{1,2}[.、)]")
DOUBT = "\u2047"  # behind a reading of which a scan's reader is not sure, and before another
DOUBTFUL = re.compile(rf"[\d.,/()+-]+{DOUBT}[\d.,/()+-]*")
NO_NUMBER = re.compile(rf"[\d\s.,:;%+*?#~�{DOUBT}□■/\\()-]+|\d[\d.,'’、]*\d|\d[\d.,]*\s*\(.*")
SCALE = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, None: 1.0}
EXACT = 2**53  # from here on floats leave out whole numbers
FULL_WIDTH = str.maketrans({chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {"\u3000": " ", "−": "-"})


class Reading(NamedTuple):
    """What a printed text says: its number, its status as a value, and what was done to read it."""

    value: float | None
    status: str
    reason: str | None = None


@cache
def _script() -> tuple[re.Pattern[str], dict[int, str], re.Pattern[str], dict[str, str]]:
    """What to rewrite: single characters (OpenCC's dictionary and `forms/variants.csv`), then words."""
    from opencc import OpenCC

    with (files("govtables") / "forms" / "variants.csv").open(encoding="utf-8") as lines:
        variants = {row["printed"]: row["read_as"] for row in csv.DictReader(lines)}
    han = [chr(c) for c in range(0x4E00, 0xA000)]
    simple = OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {ord(a): b for a, b in zip(han, simple, strict=True) if a != b}
    table |= {ord(a): b for a, b in variants.items() if len(a) == 1}
    words = {a: b for a, b in variants.items() if len(a) > 1}
    return re.compile(f"[{''.join(map(chr, table))}]"), table, re.compile("|".join(words)), words


def simplify(text: str) -> str:
    """Write Traditional script as simplified, for matching only: names may suffer, so keep the printed text.

    >>> simplify("行政複議、規範性檔案")
    '行政复议、规范性文件'
    """
    characters, table, pattern, words = _script()
    if characters.search(text):
        text = text.translate(table)
    return pattern.sub(lambda found: words[found[0]], text) if pattern.search(text) else text


def strip_annotations(text: str) -> str:
    """Drop the pinyin that some mirrors print after each character.

    >>> strip_annotations("政府(fu)(fu)公開(kāi)(一)項")
    '政府公開(一)項'
    """
    return ANNOTATION.sub("", text) if "(" in text or "（" in text else text


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Fold a printed label to its matching key: one script, no spaces, punctuation, notes or item number.

    >>> fold("（三） 不予公开"), fold("1．屬於國家秘密"), fold("部分公开(区分处理的,只计这一情形)")
    ('不予公开', '属于国家秘密', '部分公开')
    """
    text = unicodedata.normalize("NFKC", strip_annotations(text.translate(INVISIBLE)))
    text = simplify("".join(text.split()))
    text = ENUMERATOR.sub("", text, count=1)
    return NOT_KEY.sub("", _drop_notes(text) if "(" in text else text).lstrip("0123456789")


def _drop_notes(text: str) -> str:
    """Drop what stands in parentheses, closed or not; a numeral alone in them stays, and then what stands around it."""
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


@lru_cache(maxsize=1 << 16)
def read_number(text: str, unit: str = "") -> Reading | None:
    """Read a printed text as the number of a cell counted in `unit`; `None` when it is a label.

    The status is ``reported``, ``blank``, ``not_applicable`` or ``unreadable``; the reason says what reading took.

    >>> read_number("1424.4万元", "万元")
    Reading(value=1424.4, status='reported', reason="unit in the cell: '万元'")
    >>> read_number("О").reason
    "look-alike read as zero: 'О'"
    """
    plain = text.translate(INVISIBLE).translate(FULL_WIDTH).strip()
    if not plain:
        return Reading(None, "blank")
    if PLAIN.fullmatch(plain) and plain.isascii():
        return _within(Reading(float(plain), "reported"), plain)
    reading = _read_marked(plain, unit)
    return reading and _within(reading, plain)


def list_readings(text: str) -> tuple[float, ...]:
    """Numbers that a doubtful cell of a scan may hold; none where a reading is no number, and so the cell may hold none.

    >>> list_readings("13⁇18"), list_readings("13⁇"), list_readings("1⁇-"), list_readings("13")
    ((13.0, 18.0), (13.0,), (), ())
    """
    readings = [read_number(said) for said in text.split(DOUBT) if said] if DOUBTFUL.fullmatch(text) else []
    values = tuple(reading.value for reading in readings if reading and reading.value is not None)
    return values if len(values) == len(readings) else ()


def _within(reading: Reading, plain: str) -> Reading:
    """Take no number for a count that a float cannot hold to the last digit."""
    if reading.value is None or abs(reading.value) < EXACT:
        return reading
    return Reading(None, "unreadable", f"too large for a count: {plain[:20]!r}")


def _read_marked(plain: str, unit: str) -> Reading | None:
    if DOUBTFUL.fullmatch(plain):
        said = [text for text in plain.split(DOUBT) if text]
        return Reading(None, "unreadable", f"read as {' and as '.join(said)}{'' if said[1:] else ', but not surely'}")
    if NOT_APPLICABLE.fullmatch(plain):
        return Reading(None, "not_applicable", f"printed {plain!r}")
    if ITEM_NUMBER.fullmatch(plain):
        return None
    if GROUPED.fullmatch(plain):
        return Reading(float(plain.replace(",", "")), "reported", "thousands separator")
    if found := SIGN_WORD.fullmatch(plain):
        sign = 1 if found[1] == "增" else -1
        return Reading(sign * float(found[2]), "reported", f"sign in words: {plain!r}")
    zeros = LETTER_O.sub("0", plain)
    if zeros != plain and PLAIN.fullmatch(zeros):
        return Reading(float(zeros), "reported", f"look-alike read as zero: {plain!r}")
    return _read_unit(plain, unit)


def _read_unit(plain: str, unit: str) -> Reading | None:
    found = WITH_UNIT.fullmatch(plain)
    number = read_number(found[1]) if found and (found[2] or found[3]) else None
    if number and number.value is not None:
        printed = (found[2] or "") + (found[3] or "")
        if (found[3] == "元") != (unit == "万元") and unit and found[3]:
            return Reading(None, "unreadable", f"unit {printed!r} where {unit!r} is counted")
        # money is kept in the unit of its column; where the form states none, the printed number stands
        scale = SCALE[found[2]] / (1e4 if unit == "万元" else 1.0)
        factor = 1.0 if found[3] == "元" and unit != "万元" else scale
        return Reading(_scaled(number.value, factor), "reported", f"unit in the cell: {printed!r}")
    if NO_NUMBER.fullmatch(plain):
        return Reading(None, "unreadable", f"no number can be told from {plain!r}")
    return None


def _scaled(value: float, factor: float) -> float:
    return value if factor == 1 else round(value * factor, 10)


def is_label(text: str) -> bool:
    """Tell a label from a value or a blank."""
    return text != "" and read_number(text) is None
