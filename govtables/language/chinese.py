"""Chinese numerals, as years, items of lists and cells have them.

In: a printed numeral, or a whole number. Out: the one as the other. Next: `numbers`, readers, prose.
"""

import re

HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
HAN_TENS = {"十": 10, "百": 100, "千": 1000}
MYRIAD = "万"
CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬貳陸两〇○", "一二三四五六七八九十百千万二六二零零")
SEVERAL = re.compile(rf"[{''.join(HAN_DIGITS)}{''.join(HAN_TENS)}{MYRIAD}]{{2,}}")


def read_chinese(text: str) -> int:
    """Read a whole number in Chinese numerals; digits alone count as a year does.

    >>> read_chinese("二十一"), read_chinese("一百零五"), read_chinese("二〇二三"), read_chinese("一万二千")
    (21, 105, 2023, 12000)
    """
    total = last = 0
    for digit in text:
        if digit == MYRIAD:
            total, last = (total + last or 1) * 10_000, 0
        elif digit in HAN_TENS:
            total, last = total + (last or 1) * HAN_TENS[digit], 0
        else:
            last = last * 10 + HAN_DIGITS[digit]
    return total + last


def write_chinese(number: int) -> str:
    """Write a whole number from 1 up in Chinese numerals.

    >>> [write_chinese(n) for n in (6, 10, 21, 105, 2010, 12000)]
    ['六', '十', '二十一', '一百零五', '二千零一十', '一万二千']
    """
    if number >= 10_000:
        more, rest = divmod(number, 10_000)
        between = "零" if 0 < rest < 1000 else ""
        tens = "一" if 10 <= rest < 20 else ""
        return f"{write_chinese(more)}{MYRIAD}{between}{tens}{write_chinese(rest) if rest else ''}"
    names, units = list(HAN_DIGITS), ["", *HAN_TENS]
    digits = [(int(digit), unit) for digit, unit in zip(str(number)[::-1], units, strict=False)][::-1]
    said = "".join(names[digit] + (unit if digit else "") for digit, unit in digits)
    text = re.sub("零+", "零", said).rstrip("零")
    return text[1:] if 10 <= number < 20 else text


def read_numeral(text: str) -> int | None:
    """Read a well written numeral of two signs or more; `None` else, and for one sign, which numbers items.

    >>> [read_numeral(text) for text in ("七百六十七", "七六七", "柒佰陆拾柒", "一百五", "七")]
    [767, 767, 767, None, None]
    """
    plain = text.translate(CAPITALS)
    if not SEVERAL.fullmatch(plain):
        return None
    number = read_chinese(plain)
    by_place = plain[0] != "零" and not set(plain) & {*HAN_TENS, MYRIAD}
    return number if by_place or (number and write_chinese(number) == plain.removeprefix("零")) else None
