"""How far a sentence has been read: what was said since the last number, of which time, and about what.

In: the `Token`s of a sentence, one by one. Out: `Spoken`, for what a number there may count. Next: `claims`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govtables.prose.qualifiers import MARKS, SHARE_WORD, TIMES, Scope, Times
from govtables.prose.quantities import FILLING, FOREIGN, UNSURE, Named, Topic, carried, name_quantities
from govtables.prose.tokens import Sentence, Token, read_sentence

BESIDE_A_REQUEST = re.compile("(?:.*[的了到类众会面效新来位有共人份与和请交、)\\d])?")  # before the bare noun
ENDED = (";", "；")  # what ends a sentence in whose breath the next one goes on
CROSSED = ("break", "open", "close")
SILENT = ("neutral", "skipped")
MARKED = ("among", "vague")  # words of scope that name nothing
BESIDE = 3  # characters between a number or a denial and the noun that it is about


@dataclass(slots=True)
class Clause:
    """What was said since the last comma, colon, parenthesis or number."""

    start: int = 0
    before: list[Token] = field(default_factory=list)  # what a clause without a number said before this one
    said: list[Token] = field(default_factory=list)
    zero: Token | None = None  # a denial, until it is told of what
    dropped: bool = False  # the last number of the clause counts something else
    queue: list[str] = field(default_factory=list)  # quantities whose numbers follow in the same order
    alike: bool = False  # the numbers that follow are one each of several years or bodies


@dataclass(slots=True)
class Spoken:
    """All that was said of a sentence so far."""

    sentence: Sentence
    times: Times
    topic: Topic
    scope: Scope = field(default_factory=Scope)
    clause: Clause = field(default_factory=Clause)
    outer: list[tuple] = field(default_factory=list)  # what was so before the open parentheses
    last: tuple[int, tuple[str, ...]] = (0, ())  # where the last number ends, and its quantities
    listed: list[str] = field(default_factory=list)  # quantities of the numbers so far
    used: int = 0  # where the words end that named the last number from behind

    def go_on(self, piece: str, topic: str, issuer: str = "") -> "Spoken":
        """Begin the next sentence: a semicolon keeps the time, a full stop forgets a foreign topic.

        The `issuer`'s own name is no other body.
        """
        same = self.sentence.printed.endswith(ENDED)
        kept = self.topic.code if same or self.topic.code != FOREIGN else topic
        known = Topic(kept, informed=self.topic.informed or bool(topic))
        sentence = read_sentence(piece)
        own = [t for t in sentence.tokens if t.role == "body" and sentence.text[: t.end].endswith(issuer)]
        if issuer and own:
            sentence = sentence._replace(tokens=tuple(t for t in sentence.tokens if t not in own))
        return Spoken(sentence, self.times.go_on(same), known)

    def learn(self, token: Token, ended: int = 0) -> None:
        """Note a token that is no number and no break; `ended` is where the one before it ends."""
        clause = self.clause
        if token.role in MARKS:
            self.scope.learn(token)
        if token.role in TIMES:
            self.times.learn(token, self.sentence.text)
        elif token.role == "zero":
            clause.zero, clause.said = token, []
        elif token.role == "respectively":
            clause.queue = list(self.name(clause.said, many=True).codes)
            clause.alike = not clause.queue
            self.times.elsewhen |= self.times.years > 1  # of the years named, one number each
        elif token.role in (*SILENT, *MARKED):
            if clause.zero and token.start - clause.zero.end < BESIDE:
                clause.zero = clause.zero._replace(end=token.end)
        else:
            token = self.settle(token, ended)
            self.topic.learn(token)
            if token.start >= self.used:
                clause.said.append(token)

    def settle(self, token: Token, ended: int) -> Token:
        """Tell requests for information from others, and the year that a request was carried to or from."""
        if token.role == "carry":
            return token._replace(role="balance", code=carried(token, self.sentence.text, self.times.year))
        if token.role == "topic" and token.code == "weak":
            beside = BESIDE_A_REQUEST.fullmatch(self.sentence.text, ended, token.start)
            other = any(said.role == "foreign" and said.code == "strong" for said in self.clause.said)
            return token if beside and not other else token._replace(role="foreign", code="strong")
        if token.code == "requests.disclosed" and self.topic.of_documents:
            return token._replace(role="act", code="published")
        return token

    def cross(self, at: int) -> None:
        """Go over the comma, colon or parenthesis at a place; behind parentheses all is as it was before."""
        token, times = self.sentence.tokens[at], self.times
        if token.role == "break" and self._runs_on(at):
            return
        if token.role == "close" and self.outer:
            self.clause.said, self.scope.among, times.elsewhen, times.compared = self.outer.pop()
            return
        if token.role == "open":
            self.outer.append((self.clause.said, self.scope.among, times.elsewhen, times.compared))
        times.compared, times.years = False, 0
        self.clause = Clause(token.end, self.clause.said if token.role == "break" else [])

    def _runs_on(self, at: int) -> bool:
        """Tell whether the number behind a comma or colon belongs to the words before it."""
        token, text = self.sentence.tokens[at], self.sentence.text
        behind = (t for t in self.sentence.tokens[at + 1 :] if t.role not in ("own", "year"))
        following = next(behind, token)
        if following.role != "number":
            return False
        between = text[token.end : following.start]
        filled = FILLING.fullmatch(between) is not None and not between.startswith(SHARE_WORD)
        return filled and (text[token.start] == ":" or bool(between))

    def name(self, said: Sequence[Token], end: int = 0, many: bool = False, behind: bool = False) -> Named:
        """Name the quantities that words speak of here; see `name_quantities`."""
        return name_quantities(said, self.sentence, self.topic, self.clause.start, end, many, behind)

    def following(self, at: int) -> list[Token]:
        """Tokens behind a number up to a break, an enumeration comma or the next number."""
        tokens, found = self.sentence.tokens, []
        for token in tokens[at + 1 :]:
            listed = "、" in self.sentence.text[tokens[at].end : token.start]
            if listed or token.role in (*CROSSED, "number"):
                break
            found.append(self.settle(token, found[-1].end if found else tokens[at].end))
        return [token for token in found if token.role not in SILENT]

    @property
    def doubt(self) -> str:
        """What the time leaves in doubt."""
        return UNSURE if self.times.doubtful else ""
