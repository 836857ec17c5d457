"""Numbers and labels as they are printed, and numbers as sentences have them.

In: a printed text. Out: a `Reading`: its number, its status, what reading took; or that it is a label.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from govtables.declared import declared
from govtables.language.chinese import read_numeral
from govtables.language.said import join, tell
from govtables.language.script import ENUMERATOR, FULL_WIDTH, HAN, INVISIBLE, fold, simplify, unescape
from govtables.language.units import convert, read_unit, unit_pattern

PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([,'’\u2009\u202f\xa0])\d{3}(?:\1\d{3})*(?:\.\d+)?")
SIGN_WORD = re.compile(r"([增减減])(\d+)")
LETTER_O = re.compile("[OoОоΟο○〇◯零]")
OPENS_VALUE = frozenset("零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟第增减无空不")
NOT_APPLICABLE = re.compile(r"[/\\／＼]+|[-‐–—―－─]+|无|無|空|不适用|不適用|[Nn]/?[Aa]")
ITEM_NUMBER = re.compile(r"\(\d{1,2}\)|\d{1,2}[.、)]|[①-⒇㈠-㈩、]")
NOTED = re.compile(r"(.*[^\s(])\s*\(([^()]+)\)")
QUOTED = re.compile("“(.+)”|‘(.+)’|\"(.+)\"|'(.+)'|「(.+)」|『(.+)』|【(.+)】|\\[(.+)]|〔(.+)〕|《(.+)》|〈(.+)〉")
MARKED = re.compile(r"(?:['‘’※*]\s*)?(.+?)(?:[。※*①-⑳])?")  # a text in a sheet begins with an apostrophe
DOUBT = "\u2047"  # behind a reading of which a scan's reader is not sure, and before another
DOUBTFUL = re.compile(rf"[\d.,/()+-]+{DOUBT}[\d.,/()+-]*")
NO_NUMBER = re.compile(rf"[\d\s.,:;%+*?#~�{DOUBT}□■/\\()-]+|\d[\d.,'’、]*\d|\d[\d.,]*\s*\(.*")
ANY_DIGIT, LETTERS = re.compile(r"\d+(?:\.\d+)?"), re.compile(f"[{HAN}A-Za-z]")
SHORT_NOTE = 4  # letters
# Crosses, look-alikes, 7.67E2, #REF!: no labels.
NO_WORD = re.compile(r"[A-Za-z]{1,3}|#[A-Z/]+[!?]?|(?=.*\d).{1,12}", re.ASCII)
EXACT = 2**53  # from here on floats leave out whole numbers
SURELY_EXACT = 16  # digits
COUNTED = "人次|件次|[件条份次项人元个篇年月日期家宗起部%％]"
SPOKEN = re.compile(rf"\s*\d[\d.,]*\s*[万亿]?(?:{COUNTED})\s*[，,；;。、:：）)]")


class Reading(NamedTuple):
    """What a printed text says: its number, its status as a value, what was done to read it, its unit."""

    value: float | None
    status: str
    reason: str | None = None
    unit: str | None = None


@lru_cache(maxsize=1 << 16)
def read_number(text: str, unit: str = "") -> Reading | None:
    """Read a printed text as the number of a cell counted in `unit`; `None` when it is a label.

    The status is ``reported``, ``blank``, ``not_applicable`` or ``unreadable``; the reason says how.

    >>> read_number("1424.4万元", "万元")
    Reading(value=1424.4, status='reported', reason="unit in the cell: '万元'", unit='万元')
    >>> read_number("О").reason
    "look-alike read as zero: 'О'"
    """
    if text.isdigit() and text.isascii() and len(text) < SURELY_EXACT:
        return Reading(float(text), "reported")
    if text and _opens_label(text[0]):
        return None
    plain = unescape(text)
    plain = (plain if plain.isascii() else plain.translate(INVISIBLE).translate(FULL_WIDTH)).strip()
    if not plain:
        return Reading(None, "blank")
    if PLAIN.fullmatch(plain) and plain.isascii():
        return _within(Reading(float(plain), "reported"), plain)
    if ITEM_NUMBER.fullmatch(plain) or ENUMERATOR.fullmatch(plain):
        return None
    reading = next(filter(None, (read(plain, unit) for read in WAYS)), None)
    return reading and _within(reading, plain)


@cache
def _opens_label(sign: str) -> bool:
    """Tell a sign that makes a text a label, whatever stands behind it."""
    return "\u4e00" <= sign <= "\u9fff" and sign == simplify(sign) and sign not in OPENS_VALUE


@lru_cache(maxsize=1 << 16)
def read_value(text: str, unit: str = "") -> Reading:
    """Read what stands where a value must stand; what reads like a label cannot be told there.

    >>> read_value("待定").status, read_value("12").value
    ('unreadable', 12.0)
    """
    return read_number(text, unit) or _unreadable(text)


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
    return Reading(None, "unreadable", tell("language.too_large", raw=plain[:20]))


def _read_bare(plain: str, unit: str) -> Reading | None:
    """Read what is a number, or the lack of one, by itself."""
    if DOUBTFUL.fullmatch(plain):
        said = [text for text in plain.split(DOUBT) if text]
        doubt = join([tell("language.reading", text=text) for text in said], " and as ")
        why = tell("language.doubted" if said[1:] else "language.doubted_one", readings=doubt)
        return Reading(None, "unreadable", why)
    if NOT_APPLICABLE.fullmatch(plain.removeprefix("(").removesuffix(")")):
        return Reading(None, "not_applicable", tell("language.not_applicable", raw=plain))
    if found := GROUPED.fullmatch(plain):
        return Reading(float(plain.replace(found[1], "")), "reported", tell("language.separator"))
    if found := SIGN_WORD.fullmatch(plain):
        sign = 1 if found[1] == "增" else -1
        return Reading(sign * float(found[2]), "reported", tell("language.sign_word", raw=plain))
    zeros = LETTER_O.sub("0", plain)
    if zeros != plain and PLAIN.fullmatch(zeros):
        return Reading(float(zeros), "reported", tell("language.look_alike", raw=plain))
    numeral = read_numeral(simplify(plain))
    return numeral and Reading(float(numeral), "reported", tell("language.numeral", raw=plain))


def _read_unit(plain: str, unit: str) -> Reading | None:
    """Read a number with its unit behind it."""
    found = _with_unit().fullmatch(simplify(plain))
    number = read_number(plain[: found.end(1)], unit) if found else None
    if not number or number.unit or number.status not in ("reported", "unreadable"):
        return None
    if number.value is None:
        return _unreadable(plain)
    printed, value = plain[found.start(2) :], convert(number.value, found[2], unit)
    if value is None:
        return Reading(None, "unreadable", tell("language.other_unit", unit=printed, counted=unit))
    # where the form states no unit, the printed number stands, so its unit is kept beside it
    kept = found[2] if unit or value == number.value else None
    return Reading(value, "reported", join([number.reason, tell("language.unit", unit=printed)]), kept)


@cache
def _with_unit() -> re.Pattern[str]:
    return re.compile(rf"(.*?[^\s])\s*({unit_pattern()})")


def _read_noted(plain: str, unit: str) -> Reading | None:
    """Read a number before a note: its unit, a part of it, or words that leave it as it is."""
    found = NOTED.fullmatch(plain)
    number = read_number(found[1], unit) if found else None
    if not number or number.status != "reported":
        return None
    if read_unit(found[2]):
        return None if number.unit else _read_unit(found[1] + found[2], unit)
    note, words = simplify(found[2]), declared("language", "notes")
    inner = [float(digits) for digits in ANY_DIGIT.findall(note)]
    is_part = any(note.startswith(line["word"]) for line in words if line["kind"] == "part")
    doubted = any(line["word"] in note for line in words if line["kind"] == "doubt")
    if doubted or not LETTERS.search(note) or (inner and not (is_part and max(inner) <= abs(number.value))):
        return _unreadable(plain)
    return number._replace(reason=join([number.reason, tell("language.note", note=found[2])]))


def _read_unmarked(plain: str, unit: str) -> Reading | None:
    """Read a number, or the lack of one, with marks around it that say nothing."""
    found = QUOTED.fullmatch(plain) or MARKED.fullmatch(plain)
    inner = next(filter(None, found.groups())) if found else plain
    reading = read_number(inner, unit) if inner != plain else None
    if not reading or reading.status not in ("reported", "not_applicable"):
        return None
    return reading._replace(reason=join([reading.reason, tell("language.marks", raw=plain)]))


def _refuse(plain: str, unit: str) -> Reading | None:
    """Refuse what is neither a number nor a label: it says nothing as one, and it is no note of one."""
    if NO_NUMBER.fullmatch(plain):
        return _unreadable(plain)
    letters, digits = LETTERS.findall(plain), ANY_DIGIT.search(plain)
    is_note = letters and (not digits or len(letters) >= SHORT_NOTE)
    is_word = fold(plain) and not (plain.isascii() and NO_WORD.fullmatch(plain))
    return None if is_word or (is_note and not fold(plain)) else _unreadable(plain)


WAYS = (_read_bare, _read_unit, _read_noted, _read_unmarked, _refuse)


def _unreadable(plain: str) -> Reading:
    return Reading(None, "unreadable", tell("language.no_number", raw=plain))


def is_signed(text: str) -> bool:
    """Tell whether a number is printed with a sign, as a change is.

    >>> is_signed("+5"), is_signed("减4"), is_signed("5"), is_signed("-")
    (True, True, False, False)
    """
    if text.isdigit() or not text:
        return False
    plain = unescape(text).translate(INVISIBLE).translate(FULL_WIDTH).strip()
    reading = read_number(text)
    return plain[:1] in ("+", "-", *"增减減") and reading is not None and reading.value is not None


@lru_cache(maxsize=1 << 16)
def is_label(text: str) -> bool:
    """Tell a label from a value or a blank."""
    return text != "" and read_number(text) is None


def write_number(value: float) -> str:
    """Write a number as sentences and pages have it: all its digits, up to the fifteen that a float keeps.

    >>> write_number(19.0), write_number(0.1 + 0.2), write_number(-0.0)
    ('19', '0.3', '0')
    """
    return f"{value or 0:.15g}"


def is_spoken(text: str) -> bool:
    """Tell a sentence by a number with the word that it counts and a mark behind it; blanks may part them.

    >>> is_spoken("收到申请 7 件，其中自然人 5 件。"), is_spoken("行政许可 7 件")
    (True, False)
    """
    return SPOKEN.search(text) is not None


def join_spoken(text: str) -> str:
    """Join numbers of sentences with the words around them, so that blanks part cells alone.

    >>> join_spoken("收到申请 7 件，其中自然人 5 件。 规章 0 1")
    '收到申请7件，其中自然人5件。 规章 0 1'
    """
    return SPOKEN.sub(lambda found: "".join(found[0].split()), text)
