"""Numbers as sentences have them: with the word that they count and a mark behind.

In: a printed line. Out: whether it is a sentence; the same line with blanks between cells alone.
Next: readers of plain text, `extract`.
"""

import re

COUNTED = "人次|件次|[件条份次项人元个篇年月日期家宗起部%％]"
SPOKEN = re.compile(rf"\s*\d[\d.,]*\s*[万亿]?(?:{COUNTED})\s*[，,；;。、:：）)]")


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
