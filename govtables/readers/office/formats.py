"""Formats of numbers in workbooks.

In: a format's number and code, or a stored number. Out: how it prints, the printed text. Next: `xlsx`.
"""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite

from govtables.language import HAN
from govtables.readers.runs import UNKNOWN

DAY, NOTHING = "day", "nothing"
DAY_ZERO = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # by whether it counts from 1904
LEAP_BUG = 60  # Excel takes 1900 for a leap year: days before its 29 February count from one day later
LAST_DAY = 2_958_465
LITERAL = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
DAY_FORMAT = re.compile("[ymdhs年月日时分秒]", re.I)
SCALE_FORMAT = re.compile(r"%|,(?![#0?])")  # percent; a comma behind the digits, which divides by a thousand
SHIFT_FORMAT = re.compile(r'[0#?](?:[!\\]\.|"\.")[0#?]')  # a point that is only drawn
SHOWS = re.compile("[0#?@]|general|通用格式", re.I)
UNIT = re.compile(rf'"([{HAN}]{{1,3}})"$')
# Numbers that stand for formats.
DAY_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
PERCENT_FORMATS = {9: "0%", 10: "0.00%"}


def format_kind(number: int, code: str | None) -> str:
    """Tell how a format prints a number: ``{}`` as it is or with its unit, ``day``, ``nothing``, or, where it
    scales, with the format behind it.

    >>> format_kind(165, '#,##0.00_ '), format_kind(14, None), format_kind(166, '0.00"万元"')
    ('{}', 'day', '{}万元')
    >>> format_kind(167, '0!.0,"万"'), format_kind(168, ";;;")
    ('{} (0!.0,"万")', 'nothing')
    """
    if code is None:
        code = "d" if number in DAY_FORMATS else PERCENT_FORMATS.get(number, "general")
    first = code.split(";")[0]
    signs = LITERAL.sub("", first)
    if DAY_FORMAT.search(signs):
        return DAY
    if code.strip() and not SHOWS.search(signs):
        return NOTHING
    if SCALE_FORMAT.search(LITERAL.sub("", code)) or SHIFT_FORMAT.search(code):
        return f"{{}} ({code[:40]})"
    return f"{{}}{unit[1]}" if (unit := UNIT.search(first)) else "{}"


def number_text(value: float) -> str:
    """Write a stored number as a cell shows it without a format: 15 digits at most, no exponent.

    >>> number_text(12.0), number_text(0.1 + 0.2), number_text(1.5e-7), number_text(-3.0)
    ('12', '0.3', '0.00000015', '-3')
    """
    if not isfinite(value):
        return UNKNOWN
    text = f"{value:.15g}"
    return f"{Decimal(text):f}" if "e" in text else {"-0": "0"}.get(text, text)


def day_text(serial: float, from_1904: bool = False) -> str:
    """Write a stored number whose format is a day or a time.

    >>> day_text(44564.0), day_text(3.0), day_text(0.5), day_text(44564.25)
    ('2022-01-03', '1900-01-03', '12:00:00', '2022-01-03 06:00:00')
    """
    if not 0 <= serial <= LAST_DAY:
        return UNKNOWN
    shift = not from_1904 and serial < LEAP_BUG
    moment = DAY_ZERO[from_1904] + timedelta(days=int(serial) + shift, seconds=round(serial % 1 * 86_400))
    if serial < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if serial == int(serial) else f"{moment:%Y-%m-%d %H:%M:%S}"
