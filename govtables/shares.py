"""Whose share a percentage is, and of which whole.

In: the words between a number and the percentage behind it. Out: quantities, and the whole that is named. Next: `claims`.
"""

import re
from collections.abc import Sequence

from govtables.quantities import PAIRS, may_be_shared
from govtables.sentences import Sentence, Token

SHARE_WORD = "占"
SUMMED = re.compile("两项|二者|两者|合|共")
OF_RECEIVED = re.compile(f"{SHARE_WORD}[^占]*(?:收到|新收|受理|接收)")
OF_CONCLUDED = re.compile(f"{SHARE_WORD}[^占]*(?:答复|办结|回复|办复)")


def name_whole(between: str) -> str:
    """Tell the whole that is named behind the word of sharing; none if nothing tells.

    >>> name_whole("予以公开占收到申请总数的")
    'requests.received'
    """
    if OF_RECEIVED.search(between):
        return "requests.received"
    return "requests.concluded" if OF_CONCLUDED.search(between) else ""


def split_subject(said: Sequence[Token], sentence: Sentence, start: int, end: int) -> list[Token]:
    """Leave out what is said of the whole: words behind the word of sharing."""
    share = sentence.text.rfind(SHARE_WORD, start, end)
    return [token for token in said if share < 0 or token.end <= share]


def inherit(between: str, said_before: Sequence[str] | None, last: Sequence[str], listed: Sequence[str]) -> list[str]:
    """Quantities of a percentage without words of its own: those before the comma, or of the last number, or of two summed.

    `between` stands between that number and the percentage; `said_before` is `None` if no clause without a number went before.
    """
    if said_before is not None and SHARE_WORD in between:
        return [code for code in said_before if may_be_shared(code)]
    head = between.partition(SHARE_WORD)[0].strip(",(")
    if SUMMED.search(head):
        pair = PAIRS.get(frozenset(listed[-2:]))
        return [pair] if pair else []
    if head.strip("约均各其") or between[:1] != "(" and SHARE_WORD not in between:
        return []
    return [code for code in last if may_be_shared(code)]
