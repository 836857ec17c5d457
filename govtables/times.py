"""Whether a clause speaks of the year of the report.

In: the tokens of a sentence that name a time or compare two. Out: `Times`, which tells foreign figures. Next: `claims`.
"""

from dataclasses import dataclass, field

from govtables.sentences import Sentence, Token

TIMES = ("year", "past", "own", "since", "cumulative", "plan", "range", "compare", "period", "season", "date", "so_far")
UNSURE = ("date", "so_far")  # which may or may not be the whole year
NO_YEAR = 0  # the year of a report that does not tell its own and names several
COMPARED = "比较与同跟"  # a year behind one of these is only compared with


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
    outer: list[tuple[bool, bool]] = field(default_factory=list)  # before the open parentheses

    def foreign(self) -> bool:
        """Tell whether a number here is one of another time, or a difference between two."""
        return self.elsewhen or self.compared

    def go_on(self, same: bool) -> "Times":
        """Begin the next sentence, in the `same` breath or anew."""
        return Times(self.year, self.own, self.elsewhen and same, self.elsewhen or (self.doubtful and same), self.since and same)

    def share_out(self) -> None:
        """Numbers that follow belong to the years named, one each."""
        self.elsewhen = self.elsewhen or self.years > 1

    def cross(self, role: str) -> None:
        """Go over a comma or a parenthesis; behind a parenthesis the time is what it was before."""
        if role == "close" and self.outer:
            self.compared, self.elsewhen = self.outer.pop()
            return
        if role == "open":
            self.outer.append((self.compared, self.elsewhen))
        self.compared, self.years = False, 0

    def learn(self, token: Token, text: str) -> None:
        """Note a time that is named."""
        own = token.role == "own"
        if token.role == "year":
            self.years += 1
            own = self.year is None or int(text[token.start : token.start + 4]) == self.year
        before = text[max(token.start - 1, 0) : token.start]
        if own:
            self.own, self.elsewhen, self.doubtful = True, False, False
        elif token.role in UNSURE:
            self.doubtful = True
        elif token.role == "since":
            self.since = True
        elif token.role == "compare" or (token.role in ("year", "past") and before and before in COMPARED):
            self.compared = True
        elif token.role != "cumulative" or self.since or not self.own:
            self.elsewhen = True

    def is_told_behind(self, sentence: Sentence, at: int) -> bool:
        """Tell whether nothing but another year stands in parentheses behind the number at a place among the tokens."""
        behind = sentence.tokens[at + 1 : at + 4]
        if [token.role for token in behind] not in (["open", "year", "close"], ["open", "past", "close"]):
            return False
        year = behind[1].role == "year" and int(sentence.text[behind[1].start : behind[1].start + 4])
        return behind[0].end == behind[1].start and (not year or self.year not in (None, year))
