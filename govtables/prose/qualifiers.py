"""What qualifies a number: of which year it is, among what it is counted, of what it is a percentage.

In: the tokens of a sentence and quantities named so far. Out: `Times`, `Scope`, and wholes. Next: `spoken`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govtables.prose.quantities import PAIRS, PART, UNSURE, WITHIN, Named, may_be_shared
from govtables.prose.tokens import Sentence, Token

Codes = Sequence[str]  # of quantities
NO_YEAR = 0  # the year of a report that does not tell its own and names several
PART_OF_A_YEAR = ("date", "so_far")  # or the whole of it
TIMES = ("year", "past", "own", "since", "cumulative", "plan", "range", "compare", "period", "season")
TIMES += PART_OF_A_YEAR
COMPARED = "比较与同跟"  # a year behind one of these is only compared with
MARKS = ("among", "vague", "cut")
CHANNELLED = {"requests.concluded", "requests.handled", "requests.received", "requests.carried_over"}
OTHER_TABLE = "disclosure."
BESIDE_AMONG = {"part", "applicant", "outcome", "leaf"}  # roles behind "among them" that verbs do not follow
OF_THESE = re.compile(r"(?:[^,、:()\d]{0,12}?(?:申请|公开|事项|案件|文件|件|答复|办结))?(?<![集其当])中(?=[,:的已有予不无自]|\d)")
OF_THOSE_RECEIVED = re.compile(r"[^,、:\d]{0,16}(?:收到|受理|新收|办理|接收)的[^,、:\d]{0,14}中,")
SHARE_WORD = "占"
TOGETHER = re.compile("两项|二者|两者|合|共")
WHOLES = {
    "requests.received": re.compile(f"{SHARE_WORD}[^占]*(?:收到|新收|受理|接收)"),
    "requests.concluded": re.compile(f"{SHARE_WORD}[^占]*(?:答复|办结|回复|办复)"),
}


@dataclass(slots=True)
class Times:
    """The time that a sentence speaks of, as far as it has been read."""

    year: int | None
    own: bool = False  # the year of the report was named
    elsewhen: bool = False  # another year, a plan, a sum over years
    doubtful: bool = False  # the sentence before spoke of another time, or this one of a day
    since: bool = False
    compared: bool = False
    years: int = 0  # named in this clause

    def foreign(self) -> bool:
        """Tell whether a number here is one of another time, or a difference between two."""
        return self.elsewhen or self.compared

    def go_on(self, same: bool) -> "Times":
        """Begin the next sentence, in the `same` breath or anew."""
        doubtful = self.elsewhen or (self.doubtful and same)
        return Times(self.year, self.own, self.elsewhen and same, doubtful, self.since and same)

    def learn(self, token: Token, text: str) -> None:
        """Note a time that is named."""
        own = token.role == "own"
        if token.role == "year":
            self.years += 1
            own = self.year is None or _year_of(token, text) == self.year
        before = text[max(token.start - 1, 0) : token.start]
        if own:
            self.own, self.elsewhen, self.doubtful = True, False, False
        elif token.role in PART_OF_A_YEAR:
            self.doubtful = True
        elif token.role == "since":
            self.since = True
        elif token.role == "compare" or (token.role in ("year", "past") and before and before in COMPARED):
            self.compared = True
        elif token.role != "cumulative" or self.since or not self.own:
            self.elsewhen = True

    def is_told_behind(self, sentence: Sentence, at: int) -> bool:
        """Tell whether another year, alone in parentheses, follows the number at a place among the tokens."""
        behind = sentence.tokens[at + 1 : at + 4]
        if [token.role for token in behind] not in (["open", "year", "close"], ["open", "past", "close"]):
            return False
        opened, time, _ = behind
        other = time.role == "past" or self.year not in (None, _year_of(time, sentence.text))
        return other and opened.end == time.start


def _year_of(token: Token, text: str) -> int:
    return int(text[token.start : token.start + 4])


@dataclass(slots=True)
class Scope:
    """What the numbers of a sentence are counted among, as far as it has been read."""

    among: bool = False  # "among them" was said
    verbs: bool | None = None  # whether verbs follow that; none before its first number
    body: bool = False  # one body was named
    within: bool = False  # what follows is counted among a number before
    vague: set[str] = field(default_factory=set)  # quantities, or groups, of which others may be counted

    def learn(self, token: Token) -> None:
        """Note a word that sets others apart."""
        if token.role == "among":
            self.among, self.verbs = True, None
        elif token.code:
            self.vague.add(token.code)

    def narrow(self, behind: str, said: Sequence[Token], named: Named, inside: bool) -> None:
        """Note whether the numbers that follow are counted among this one, or those of a channel or body.

        `behind` is the text behind the number, `inside` says that it stands in parentheses.
        """
        roles = {token.role for token in said}
        if self.among and self.verbs is None:
            self.verbs = named.level == "verb" or not roles & BESIDE_AMONG
        channel = "part" in roles and not roles.isdisjoint({"verb", "topic"})
        channel = channel and not (named.codes or self.among or inside)
        self.within = self.within or channel or OF_THESE.match(behind) is not None

    def tell(self, named: Named, said: Sequence[Token], listed: Sequence[str], text: str) -> str:
        """Tell the scope of a number; `listed` are quantities of the sentence so far, `text` is all of it."""
        if any(token.role == "body" for token in said):
            self.body = True
            return PART if self.among or any(code in listed for code in named.codes) else UNSURE
        self.within = self.within or OF_THOSE_RECEIVED.match(text) is not None
        channelled = self.among and self.verbs is not False and not CHANNELLED.isdisjoint(named.codes)
        counted = self.within and not any(code.startswith(OTHER_TABLE) for code in named.codes)
        return WITHIN if channelled or counted else UNSURE if self.body else ""

    def doubts(self, quantity: str) -> bool:
        """Tell whether the sentence may count others of a quantity than the form does."""
        return quantity.startswith(tuple(self.vague))


def name_whole(between: str) -> str:
    """Tell the whole that is named behind the word of sharing; none if nothing tells.

    >>> name_whole("予以公开占收到申请总数的")
    'requests.received'
    """
    return next((whole for whole, words in WHOLES.items() if words.search(between)), "")


def split_subject(said: Sequence[Token], sentence: Sentence, start: int, end: int) -> list[Token]:
    """Leave out what is said of the whole: words behind the word of sharing."""
    share = sentence.text.rfind(SHARE_WORD, start, end)
    return [token for token in said if share < 0 or token.end <= share]


def inherit(between: str, said_before: Codes | None, last: Codes, listed: Codes) -> list[str]:
    """Quantities of a percentage without words of its own.

    They are those before the comma, of the last number, or of two numbers summed. `between` stands between
    that number and the percentage; `said_before` is `None` if no clause without a number went before.
    """
    if said_before is not None and SHARE_WORD in between:
        return [code for code in said_before if may_be_shared(code)]
    head = between.partition(SHARE_WORD)[0].strip(",(")
    if TOGETHER.search(head):
        pair = PAIRS.get(frozenset(listed[-2:]))
        return [pair] if pair else []
    if head.strip("约均各其") or between[:1] != "(" and SHARE_WORD not in between:
        return []
    return [code for code in last if may_be_shared(code)]
