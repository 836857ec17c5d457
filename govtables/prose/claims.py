"""What a paragraph states about quantities of the form: each number with the phrase that governs it.

In: the text of a paragraph. Out: `Claim`s, without a look at the tables. Next: `compare`, `statements`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from govtables.prose.qualifiers import Times, inherit, name_whole, split_subject
from govtables.prose.quantities import (
    FILLING, FOREIGN, NOTHING, REQUESTS, SHARE, UNSURE, WITHIN, Named, Topic, counts, forbids, is_denied,
    may_be_shared, without_others,
)
from govtables.prose.spoken import BESIDE, CROSSED, Spoken
from govtables.prose.tokens import (
    LISTING, Number, Token, Tokens, counts_alone, ends_item, read_said_number, read_sentence,
    shares_number, split_sentences, telling,
)

DECIMAL_UNITS = ("%", "元")
OF_DISCLOSURE = "of disclosure"  # level of a number of disputes that are said to be about disclosure


class Claim(NamedTuple):
    """A quantity and the number that a sentence states of it."""

    sentence: str
    quantity: str
    number: Number
    scope: str = ""  # what the number may leave out
    whole: str = ""  # what a percentage is said to be of


@lru_cache(maxsize=1 << 10)
def read_topic(heading: str) -> str:
    """Tell what the verbs below a heading speak of: ``"requests"``, a quantity, or nothing told.

    >>> read_topic("（二）依申请公开情况")
    'requests'
    """
    spoken = Spoken(read_sentence(heading), Times(None), Topic())
    for token in spoken.sentence.tokens:
        spoken.learn(token)
    return spoken.topic.code


def find_claims(line: str, year: int | None, topic: str = "", issuer: str = "") -> list[Claim]:
    """Find what a paragraph states; `topic` is what its heading speaks of, `issuer` whose report it is.

    >>> [(c.quantity, c.number.printed) for c in find_claims("2022年收到申请6件，答复5件。", 2022)]
    [('requests.received', '6'), ('requests.concluded', '5')]
    """
    claims: list[Claim] = []
    spoken = Spoken(read_sentence(""), Times(year), Topic(topic))
    named, number = telling("line", "foreign"), telling("number")
    for piece in split_sentences(line):
        if named.search(piece) or (spoken.topic.code and number.search(piece)):
            spoken = spoken.go_on(piece, topic, issuer)
            claims += _read(spoken)
    return claims


def _read(spoken: Spoken) -> list[Claim]:
    """Read a sentence from left to right."""
    tokens = spoken.sentence.tokens
    claims: list[Claim] = []
    for at, token in enumerate(tokens):
        if token.role == "number":
            _take_number(spoken, at, claims)
            continue
        if token.role in (*CROSSED, "zero"):
            claims += _close_zero(spoken, token.start)
        if token.role in CROSSED:
            spoken.cross(at)
        else:
            spoken.learn(token, tokens[at - 1].end if at else 0)
    claims += _close_zero(spoken, len(spoken.sentence.text))
    doubted = spoken.scope.doubts
    return [c._replace(scope=UNSURE) if not c.scope and doubted(c.quantity) else c for c in claims]


def _take_number(spoken: Spoken, at: int, claims: list[Claim]) -> None:
    """Add what the number at a place among the tokens states; nothing is said any more behind it."""
    token, clause = spoken.sentence.tokens[at], spoken.clause
    number = read_said_number(spoken.sentence, token)
    if not _is_stated(spoken, at, number):
        return
    said, clause.said = clause.said, []
    between = spoken.sentence.text[spoken.last[0] : token.start]
    named = _name(spoken, at, number, said)
    if named.level in ("decision", "document") and clause.dropped and between[:1] in LISTING:
        named = NOTHING
    clause.dropped = forbids(said)
    spoken.scope.narrow(spoken.sentence.text[token.end :], said, named, inside=bool(spoken.outer))
    spoken.last, clause.start = (token.end, named.codes), token.end
    spoken.listed += named.codes
    if named.level in ("balance", "outcome"):
        spoken.topic.code = REQUESTS
    if named.level == OF_DISCLOSURE:  # the numbers before it count disputes about anything
        claims[:] = [claim for claim in claims if claim.quantity not in named.codes]
    whole = name_whole(between) if number.unit == "%" else ""
    claims += [Claim(spoken.sentence.shown, code, number, named.scope, whole) for code in named.codes]


def _is_stated(spoken: Spoken, at: int, number: Number) -> bool:
    """Tell whether a number counts something now; what a denial before it denies is settled on the way."""
    token, clause = spoken.sentence.tokens[at], spoken.clause
    if clause.zero and number.value == 1:  # not a single one
        return False
    if clause.zero and [(t.role, t.start) for t in clause.said[:1]] == [("verb", clause.zero.end)]:
        del clause.said[0]  # what was not done is not counted as done
    clause.zero = None
    beside = bool(clause.said) and clause.said[-1].end == token.start
    if not number.unit and not counts_alone(spoken.sentence, token, beside):
        return False
    parted = number.step < 1 and number.unit not in DECIMAL_UNITS
    if parted or spoken.times.is_told_behind(spoken.sentence, at):
        clause.said = []
        return False
    return True


def _name(spoken: Spoken, at: int, number: Number, said: Sequence[Token]) -> Named:
    """Name the quantities of a number, of whatever kind; none of another year, or of several bodies."""
    following = spoken.sentence.tokens[at + 1 : at + 2]
    paired = spoken.clause.alike and following and following[0].role == "number"
    if spoken.times.foreign() or paired:
        return NOTHING
    if spoken.clause.queue:
        share = number.unit == "%"
        return Named("share" if share else "listed", (spoken.clause.queue.pop(0) + SHARE * share,))
    return _name_share(spoken, at, said) if number.unit == "%" else _name_count(spoken, at, number, said)


def _name_share(spoken: Spoken, at: int, said: Sequence[Token]) -> Named:
    """Name the quantities of a percentage; without words of its own it is that of the number just before."""
    end, (start, last) = spoken.sentence.tokens[at].start, spoken.last
    subject = split_subject(said, spoken.sentence, start, end)
    codes = [code for code in spoken.name(subject, end).codes if may_be_shared(code)]
    if not codes and not subject:
        before = spoken.name(spoken.clause.before, end).codes if spoken.clause.before else None
        codes = inherit(spoken.sentence.text[start:end], before, last, spoken.listed)
    return Named("share", tuple(code + SHARE for code in codes))


def _name_count(spoken: Spoken, at: int, number: Number, said: Sequence[Token]) -> Named:
    """Name the quantities that a number counts: by the words before it, else by those after it."""
    topic, token = spoken.topic, spoken.sentence.tokens[at]
    if spoken.scope.among and topic.of_disputes and [t.role for t in said] == ["info"]:
        return Named(OF_DISCLOSURE, (topic.code,))
    named = spoken.name(said, token.start, many=number.value == 0)
    after = spoken.following(at)
    result = after[0] if after and after[0].role == "result" and after[0].start == token.end else None
    if topic.of_disputes and result and ends_item(spoken.sentence, result):
        spoken.used = result.end
        code = f"{topic.code}.{result.code}"
        return Named("dispute", (code,) if may_be_shared(code) else ())
    if named.level == "leaf" and forbids(after):
        return NOTHING
    if after and named.level in ("", "topic", "verb") and not forbids(said):
        named = _weigh_after(spoken, named, said, after, token)
    elif named.level == "verb" and not _has_object(spoken, said, token):
        named = NOTHING
    if not named.codes and any(t.role == "foreign" for t in said):
        topic.code = FOREIGN
    codes = tuple(code for code in named.codes if counts(code, named.level, number.unit))
    scope = named.scope or spoken.scope.tell(named, said, spoken.listed, spoken.sentence.text) or spoken.doubt
    return Named(named.level, codes, scope)


def _weigh_after(spoken: Spoken, named: Named, said: Tokens, after: Tokens, number: Token) -> Named:
    """The noun behind a number says what a verb before it counts; a phrase there may name the quantity."""
    topic, near = spoken.topic, after[0].start - number.end <= BESIDE
    if near and after[0].role == "foreign" and not any(t.role == "topic" for t in said):
        topic.code = FOREIGN
        return NOTHING
    if named.level == "verb":
        if after[0].role == "topic" and topic.code != FOREIGN:
            topic.code = REQUESTS
        return named if _has_object(spoken, [*said, *after[:1]], number) else NOTHING
    found = spoken.name([*after, *(t for t in said if t.role == "topic")], behind=True)
    if found.level == "verb" and found.codes != ("requests.concluded",):
        return named
    if found.level == "topic" and (named.codes or not near):
        return named
    spoken.used = after[-1].end if found.codes else 0
    if found.level == "outcome" and shares_number(spoken.sentence, after[-1]):
        return NOTHING
    if found.level == "verb" and any(t.role == "each" for t in after):
        return found._replace(scope=WITHIN)  # not all that were answered, but all of these
    return found if found.codes else named


def _has_object(spoken: Spoken, said: Sequence[Token], number: Token) -> bool:
    """Tell whether a verb speaks of requests: their noun stands beside it, or nothing else does."""
    if spoken.topic.code != REQUESTS:
        return False
    verb = max((t.end for t in said if t.role == "verb"), default=0)
    between = FILLING.fullmatch(spoken.sentence.text, verb, number.start)
    return between is not None or any(t.role == "topic" for t in said)


def _close_zero(spoken: Spoken, end: int) -> Iterator[Claim]:
    """What a clause says there was none of."""
    sentence, clause, zero = spoken.sentence, spoken.clause, spoken.clause.zero
    if zero is None:
        return
    said = without_others(sentence, clause.said)
    clause.zero, clause.said = None, []
    named = spoken.name(said, many=True)
    if spoken.times.foreign() or not is_denied(sentence, zero, named, said, spoken.topic.code, end):
        return
    printed = sentence.printed[zero.start : said[0].end if said[0].role in ("verb", "act") else zero.end]
    unsure = UNSURE if spoken.scope.within or spoken.scope.body else spoken.doubt
    for code in named.codes:
        yield Claim(sentence.shown, code, Number(printed, 0.0, 1.0, "", ""), named.scope or unsure)
