"""What the readings of a cell amount to.

In: two readings of a line, and what its strokes look like. Out: its text. Next: `page`.

`DOUBT` stands behind a doubtful reading, or between two; `LOST` in its place where ink is not accounted for.
"""

import re
from typing import NamedTuple

from govtables.language import DOUBT, HAN, read_number
from govtables.readers.scan.ocr import Reading
from govtables.readers.scan.settings import SCAN

LOST = "\ufffd"
UNIT = re.compile("[万萬亿億件条條项項个個宗份次起例元增减減无無零一〇丨]")
WORD = re.compile(f"[{HAN}]")
NOT_NUMERAL = re.compile(r"[^\d.,/()+-]+")
DASHES = re.compile("-+")
DIGIT = re.compile(r"\d")
SIGN_WORD = re.compile("[增减]")  # with strokes like dashes
EITHER = re.compile(r"\D*\d{1,3}[.,]\d{3}\D*")  # thousands by a comma, thousandths by a point
MARKS = re.compile(r"[.,]")


class Strokes(NamedTuple):
    """What the ink of a line looks like, and why it is doubtful whatever is read."""

    digits: int  # as many as the pieces side by side, and their widths, amount to
    dashes: int
    tails: int  # of commas, below the digits
    gaps: int  # as wide as between two numbers
    slant: float  # of a single stroke; a one stands upright
    covered: bool  # under red ink
    cut: bool  # ink on the ruling, or of a sign lost beside it
    bar: bool  # nothing but dashes


def is_word(text: str) -> bool:
    """Tell a label, which holds words, from what may be a number.

    >>> is_word("结果维持"), is_word("1424.4万元"), is_word("l2")
    (True, False, False)
    """
    return len(WORD.findall(UNIT.sub("", text))) >= SCAN.least_word or len(WORD.findall(text)) > 3


def settle(first: Reading, second: Reading, strokes: Strokes) -> str:
    """Give the text of a number, marked unless both readings and the strokes bear it out."""
    one, two = first.numeral.strip(".,"), second.numeral.strip(".,")  # dust at its ends
    whole = not strokes.covered and not strokes.cut
    dashes = next(filter(DASHES.fullmatch, (two, one)), None)
    if strokes.bar and whole and dashes and not DIGIT.search(one + two):
        return dashes
    known = read_number(one)
    sure = SCAN.least_sure if any(map(str.isdigit, one)) else SCAN.least_sure_mark
    agreed = one == two and min(first.sure, second.sure) >= sure and known and known.status != "unreadable"
    if agreed and whole and _borne_out(one, strokes):
        return one
    said = list(dict.fromkeys(filter(None, (NOT_NUMERAL.sub("", text) for text in (one, two)))))
    mark = DOUBT if said and whole and any(_borne_out(text, strokes) for text in (one, two)) else LOST
    return mark.join(said) + (mark if len(said) < 2 else "")


def _borne_out(text: str, strokes: Strokes) -> bool:
    """Tell whether ink bears out each digit (the model merges equal ones), one or slash, comma or point."""
    digits = sum(map(str.isdigit, text))
    if text in {"1", "/"} and (strokes.slant > SCAN.most_slant) != (text == "/"):
        return False
    if EITHER.fullmatch(text) and (strokes.tails > 0) != ("," in text):
        return False
    signs = 1 if text[:1] in {"+", "-"} else 0  # as high as a digit, or touching one
    if digits and strokes.dashes > text.count("-") and not SIGN_WORD.match(text):  # a sign that was not read
        return False
    drawn = not digits or WORD.search(text) is not None or strokes.digits in {digits, digits + signs}
    return drawn and strokes.gaps <= len(MARKS.findall(text))
