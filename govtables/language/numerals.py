"""Numbers and labels as they are printed.

In: a printed text. Out: a `Reading`: its number, its status, what reading took; or that it is a label.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from govtables.language.script import FULL_WIDTH, INVISIBLE

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
HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
HAN_TENS = {"十": 10, "百": 100, "千": 1000}
SCALE = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, None: 1.0}
EXACT = 2**53  # from here on floats leave out whole numbers


class Reading(NamedTuple):
    """What a printed text says: its number, its status as a value, and what was done to read it."""

    value: float | None
    status: str
    reason: str | None = None


@lru_cache(maxsize=1 << 16)
def read_number(text: str, unit: str = "") -> Reading | None:
    """Read a printed text as the number of a cell counted in `unit`; `None` when it is a label.

    The status is ``reported``, ``blank``, ``not_applicable`` or ``unreadable``; the reason says how.

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
    """Numbers that a doubtful cell of a scan may hold; none where a reading is no number.

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
        sure = "" if said[1:] else ", but not surely"
        return Reading(None, "unreadable", f"read as {' and as '.join(said)}{sure}")
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


def read_chinese(text: str) -> int:
    """Read a whole number in Chinese numerals; digits alone count as a year does.

    >>> read_chinese("二十一"), read_chinese("一百零五"), read_chinese("二〇二三")
    (21, 105, 2023)
    """
    total = last = 0
    for digit in text:
        if digit in HAN_TENS:
            total, last = total + (last or 1) * HAN_TENS[digit], 0
        else:
            last = last * 10 + HAN_DIGITS[digit]
    return total + last


def write_chinese(number: int) -> str:
    """Write a whole number from 1 to 9999 in Chinese numerals.

    >>> [write_chinese(n) for n in (6, 10, 21, 105, 2010)]
    ['六', '十', '二十一', '一百零五', '二千零一十']
    """
    names, units = list(HAN_DIGITS), ["", *HAN_TENS]
    digits = [(int(digit), unit) for digit, unit in zip(str(number)[::-1], units, strict=False)][::-1]
    said = "".join(names[digit] + (unit if digit else "") for digit, unit in digits)
    text = re.sub("零+", "零", said).rstrip("零")
    return text[1:] if 10 <= number < 20 else text


def write_number(value: float) -> str:
    """Write a number as sentences and pages have it: all its digits, up to the fifteen that a float keeps.

    >>> write_number(19.0), write_number(0.1 + 0.2), write_number(-0.0)
    ('19', '0.3', '0')
    """
    return f"{value or 0:.15g}"
