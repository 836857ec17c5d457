"""What a paragraph states about quantities of the form: each number with the phrase that governs it.

In: the text of a paragraph. Out: `Claim`s, without a look at the tables. Next: `prose`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from govtables.prose.qualifiers import MARKS, TIMES, Scope, Times, inherit, name_whole, split_subject
from govtables.prose.quantities import (
    FILLING,
    FOREIGN,
    LISTING,
    NOTHING,
    REQUESTS,
    SHARE,
    UNSURE,
    WITHIN,
    Named,
    Spoken,
    carried,
    counts,
    ends_item,
    forbids,
    is_denied,
    may_be_shared,
    name_quantities,
    shares_number,
    without_others,
)
from govtables.prose.tokens import (
    Number,
    Sentence,
    Token,
    counts_alone,
    read_number,
    read_sentence,
    split_sentences,
    telling,
)

BESIDE_A_REQUEST = re.compile("(?:.*[的了到类众会面效新来位有共人份与和请交、)\\d])?")  # what may stand before the bare noun
SHARE_OPENING = "占"
NEAR = 3  # characters between a number and the noun that it counts
SILENT = ("neutral", "skipped")


class Claim(NamedTuple):
    """A quantity and the number that a sentence states of it."""

    sentence: str
    quantity: str
    number: Number
    scope: str = ""  # what the number may leave out
    whole: str = ""  # what a percentage is said to be of


def read_topic(heading: str) -> str:
    """Tell what the verbs below a heading speak of: ``"requests"``, a quantity, or nothing told.

    >>> read_topic("（二）依申请公开情况")
    'requests'
    """
    reader = _Reader(read_sentence(heading), Times(None), "")
    for token in reader.sentence.tokens:
        reader.learn(token)
    return reader.topic


def find_claims(line: str, year: int | None, topic: str = "") -> list[Claim]:
    """Find what a paragraph states; `topic` is what its heading speaks of.

    >>> [(c.quantity, c.number.printed) for c in find_claims("2022年收到申请6件，答复5件。", 2022)]
    [('requests.received', '6'), ('requests.concluded', '5')]
    """
    claims: list[Claim] = []
    before = _Reader(read_sentence(""), Times(year), topic)
    named, number = telling("line", "foreign"), telling("number")
    for piece in split_sentences(line):
        if named.search(piece) or (before.topic and number.search(piece)):
            reader = before.go_on(piece, topic)
            claims += reader.read()
            before = reader
    return claims


@dataclass(slots=True)
class _Reader:
    """How far a sentence has been read: what was said since the last number, of which time, and about what."""

    sentence: Sentence
    times: Times
    topic: str
    informed: bool = False  # requests or disclosure were spoken of
    scope: Scope = field(default_factory=Scope)
    dropped: bool = False  # the last number of the clause counts something else
    clause: int = 0  # where the clause, or what follows its last number, begins
    used: int = 0  # where the words end that named the last number from behind
    act: str = ""
    zero: Token | None = None
    said: list[Token] = field(default_factory=list)
    before: list[Token] = field(default_factory=list)  # what a clause without a number said before this one
    last: tuple[int, tuple[str, ...]] = (0, ())  # where the last number ends, and its quantities
    listed: list[str] = field(default_factory=list)  # quantities of the numbers of this sentence
    claims: list[Claim] = field(default_factory=list)
    alike: bool = False  # the numbers that follow are one each of several years or bodies
    queue: list[str] = field(default_factory=list)  # quantities whose numbers follow in the same order
    outer: list[list[Token]] = field(default_factory=list)  # what was said before the open parentheses

    def go_on(self, piece: str, topic: str) -> "_Reader":
        """Begin the next sentence: a semicolon keeps the time, a full stop forgets a foreign topic."""
        same = self.sentence.printed.endswith((";", "；"))
        kept = self.topic if same or self.topic != FOREIGN else topic
        return _Reader(read_sentence(piece), self.times.go_on(same), kept, self.informed or bool(topic))

    def read(self) -> list[Claim]:
        """Read the sentence from left to right."""
        for at, token in enumerate(self.sentence.tokens):
            if token.role == "number":
                stated = list(self._take_number(at, token))
                self.claims += stated
                continue
            if token.role in ("break", "open", "close", "zero"):
                self.claims += self._close_zero(token.start)
            if token.role in ("break", "open", "close"):
                self._cross(at, token)
            else:
                self.learn(token, self.sentence.tokens[at - 1].end if at else 0)
        self.claims += self._close_zero(len(self.sentence.text))
        return [c._replace(scope=c.scope or (UNSURE if self.scope.doubts(c.quantity) else "")) for c in self.claims]

    def learn(self, token: Token, ended: int = 0) -> None:
        """Note a token that is no number: a time, a topic, a word that governs; `ended` is where the one before ends."""
        if token.role in MARKS:
            self.scope.learn(token)
        if token.role in TIMES:
            self.times.learn(token, self.sentence.text)
        elif token.role == "zero":
            self.zero, self.said = token, []
        elif token.role == "respectively":
            self.queue = list(self._name(self.said, many=True).codes)
            self.alike = not self.queue
            self.times.share_out()
        elif token.role in (*SILENT, *MARKS[:2]):
            if self.zero and token.start - self.zero.end < NEAR:  # whoever did not act
                self.zero = self.zero._replace(end=token.end)
        else:
            self._say(self._settle(token, ended))

    def _say(self, token: Token) -> None:
        self.said.append(token)
        self.informed = self.informed or token.role in ("info", "topic")
        if token.role == "topic":
            self.topic = REQUESTS
        elif token.role in ("dispute", "document", "decision", "money"):
            self.topic = token.code
        elif token.role == "foreign" and token.code == "strong":
            self.topic = FOREIGN
        elif token.role == "act":
            self.act = token.code
        if token.start < self.used:
            self.said.pop()

    def _settle(self, token: Token, ended: int) -> Token:
        """Tell requests for information from other requests, and the year that a request was carried to or from."""
        if token.role == "carry":
            return token._replace(role="balance", code=carried(token, self.sentence.text, self.times.year))
        if token.role == "topic" and token.code == "weak":
            beside = BESIDE_A_REQUEST.fullmatch(self.sentence.text, ended, token.start)
            other = any(said.role == "foreign" and said.code == "strong" for said in self.said)
            return token if beside and not other else token._replace(role="foreign", code="strong")
        if token.code == "requests.disclosed" and self.topic.endswith(("document", "regulation")):
            return token._replace(role="act", code="published")
        return token

    def _cross(self, at: int, token: Token) -> None:
        """Go over a comma, a colon or a parenthesis."""
        if token.role == "break" and self._runs_on(at, token):
            return
        self.times.cross(token.role)
        self.scope.cross(token.role)
        if token.role == "close" and self.outer:
            self.said = self.outer.pop()
            return
        self.clause = token.end
        if token.role == "open":
            self.outer.append(self.said)
        self.before = self.said if token.role == "break" else []
        self.said, self.dropped, self.queue, self.alike = [], False, [], False

    def _runs_on(self, at: int, token: Token) -> bool:
        """Tell whether the number behind a comma or colon belongs to the words before it."""
        following = next((t for t in islice(self.sentence.tokens, at + 1, None) if t.role not in ("own", "year")), token)
        if following.role != "number":
            return False
        between = self.sentence.text[token.end : following.start]
        colon = self.sentence.text[token.start] == ":"
        return FILLING.fullmatch(between) is not None and (colon or bool(between)) and not between.startswith(SHARE_OPENING)

    def _name(self, said: Sequence[Token], **how) -> Named:
        return name_quantities(said, self.sentence, Spoken(self.topic, self.act, self.informed, self.clause), **how)

    def _take_number(self, at: int, token: Token) -> Iterator[Claim]:
        number = read_number(self.sentence, token)
        if self.zero and number.value == 1:  # not a single one
            return
        if self.zero and self.said and self.said[0].role == "verb" and self.said[0].start == self.zero.end:
            del self.said[0]  # what was not done is not counted as done
        self.zero = None
        beside = bool(self.said) and self.said[-1].end == token.start
        if not number.unit and not counts_alone(self.sentence, token, beside):
            return
        if (number.step < 1 and number.unit not in ("%", "元")) or self.times.is_told_behind(self.sentence, at):
            self.said = []
            return
        said, self.said = self.said, []
        named = NOTHING
        dropped = self.dropped and self.sentence.text[self.last[0] : token.start][:1] in LISTING
        following = self.sentence.tokens[at + 1 : at + 2]
        if not (self.times.foreign() or (self.alike and following and following[0].role == "number")):
            named = self._share(token, said) if number.unit == "%" else self._count(at, token, said, number)
        if dropped and named.level in ("decision", "document"):
            named = NOTHING
        self.dropped = dropped or forbids(said)
        self.scope.narrow(self.sentence, token, said, named)
        between = self.sentence.text[self.last[0] : token.start]
        self.last, self.clause = (token.end, named.codes), token.end
        self.listed += named.codes
        if named.level in ("balance", "outcome"):
            self.topic = REQUESTS
        for code in named.codes:
            yield Claim(self.sentence.shown, code, number, named.scope, name_whole(between) if number.unit == "%" else "")

    def _count(self, at: int, token: Token, said: Sequence[Token], number: Number) -> Named:
        """Name the quantities that a number counts: by the words before it, else by those after it."""
        if self.queue:
            return Named("listed", (self.queue.pop(0),))
        if self.scope.among and self.topic.startswith("disputes.") and [t.role for t in said] == ["info"]:
            self.claims = [claim for claim in self.claims if claim.quantity != self.topic]  # of disputes about anything
            return Named("dispute", (self.topic,))
        named = self._name(said, end=token.start, many=number.value == 0)
        after = self._after(at)
        result = next((t for t in after[:1] if t.role == "result" and t.start == token.end), None)
        if result and self.topic.startswith("disputes.") and ends_item(self.sentence, result):
            self.used = result.end
            return Named("dispute", (f"{self.topic}.{result.code}",) if may_be_shared(f"{self.topic}.{result.code}") else ())
        if named.level == "leaf" and forbids(after):
            return NOTHING
        if after and named.level in ("", "topic", "verb") and not forbids(said):
            named = self._weigh_after(named, said, after, token)
        elif named.level == "verb" and not self._has_object(said, token):
            named = NOTHING
        if not named.codes and any(t.role == "foreign" for t in said):
            self.topic = FOREIGN
        codes = tuple(code for code in named.codes if counts(code, named.level, number.unit))
        return Named(named.level, codes, named.scope or self.scope.tell(named, said, self.listed, self.sentence.text) or self._doubt())

    def _doubt(self) -> str:
        return UNSURE if self.times.doubtful else ""

    def _weigh_after(self, named: Named, said: Sequence[Token], after: Sequence[Token], token: Token) -> Named:
        """The noun behind a number says what a verb before it counts; a phrase behind it may name the quantity."""
        near = after[0].start - token.end <= NEAR
        if near and after[0].role == "foreign" and not any(t.role == "topic" for t in said):
            self.topic = FOREIGN
            return NOTHING
        if named.level == "verb":
            if after[0].role == "topic" and self.topic != FOREIGN:
                self.topic = REQUESTS
            return named if self._has_object([*said, *after[:1]], token) else NOTHING
        found = self._name([*after, *(t for t in said if t.role == "topic")], behind=True)
        if found.level == "verb" and found.codes != ("requests.concluded",) or found.level == "topic" and (named.codes or not near):
            return named
        self.used = after[-1].end if found.codes else 0
        if found.level == "outcome" and shares_number(self.sentence, after[-1]):
            return NOTHING
        if found.level == "verb" and any(t.role == "each" for t in after):
            return found._replace(scope=WITHIN)  # not all that were answered, but all of these
        return found if found.codes else named

    def _has_object(self, said: Sequence[Token], token: Token) -> bool:
        """Tell whether a verb speaks of requests: their noun stands beside it, or nothing else does."""
        verb = max((t.end for t in said if t.role == "verb"), default=0)
        told = any(t.role == "topic" for t in said) or FILLING.fullmatch(self.sentence.text, verb, token.start) is not None
        return told and self.topic == REQUESTS

    def _after(self, at: int) -> list[Token]:
        """Tokens behind a number up to a break, an enumeration comma or the next number."""
        tokens = self.sentence.tokens
        found: list[Token] = []
        for token in islice(tokens, at + 1, None):
            listed = "、" in self.sentence.text[tokens[at].end : token.start]
            if listed or token.role in ("break", "open", "close", "number"):
                break
            found.append(self._settle(token, found[-1].end if found else tokens[at].end))
        return [token for token in found if token.role not in SILENT]

    def _share(self, token: Token, said: Sequence[Token]) -> Named:
        """Name the quantities of a percentage; without words of its own it is that of the number just before."""
        if self.queue:
            return Named("share", (self.queue.pop(0) + SHARE,))
        start = self.last[0]
        subject = split_subject(said, self.sentence, start, token.start)
        codes = [code for code in self._name(subject, end=token.start).codes if may_be_shared(code)]
        if not codes and not subject:
            before = self._name(self.before, end=token.start).codes if self.before else None
            codes = inherit(self.sentence.text[start : token.start], before, self.last[1], self.listed)
        return Named("share", tuple(code + SHARE for code in codes))

    def _close_zero(self, end: int) -> Iterator[Claim]:
        """What a clause says there was none of."""
        zero, said = self.zero, self.said
        if zero is None:
            return
        self.zero, self.said = None, []
        said = without_others(self.sentence, said)
        named = self._name(said, many=True)
        if self.times.foreign() or not is_denied(self.sentence, zero, named, said, self.topic, end):
            return
        printed = self.sentence.printed[zero.start : said[0].end if said[0].role in ("verb", "act") else zero.end]
        for code in named.codes:
            scope = named.scope or (UNSURE if self.scope.within or self.scope.body else self._doubt())
            yield Claim(self.sentence.shown, code, Number(printed, 0.0, 1.0, "", ""), scope)
