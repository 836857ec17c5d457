"""What a number may leave out: other bodies, other channels, whatever is not among those counted before.

In: the tokens of a sentence and the quantities named so far. Out: `Scope`, which tells one for each number. Next: `claims`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govtables.quantities import PART, UNSURE, WITHIN, Named
from govtables.sentences import Sentence, Token

OF_THESE = re.compile(r"(?:[^,、:()\d]{0,12}?(?:申请|公开|事项|案件|文件|件|答复|办结))?(?<![集其当])中(?=[,:的已有予不无自]|\d)")
CHANNELLED = ("requests.concluded", "requests.handled", "requests.received", "requests.carried_over")
OPENING = re.compile(r"[^,、:\d]{0,16}(?:收到|受理|新收|办理|接收)的[^,、:\d]{0,14}中,")
OTHER_TABLE = "disclosure."
TOLD = ("part", "applicant", "outcome", "leaf")  # roles of a number behind "among them" that verbs do not follow
MARKS = ("among", "vague", "cut")


@dataclass(slots=True)
class Scope:
    """What the numbers of a sentence are counted among, as far as it has been read."""

    among: bool = False  # "among them" was said
    verbs: bool | None = None  # whether verbs follow that; none before its first number
    body: bool = False  # one body was named
    within: bool = False  # what follows is counted among a number before
    vague: set[str] = field(default_factory=set)  # quantities, or groups, of which the sentence may count others
    outer: list[bool] = field(default_factory=list)  # among, before the open parentheses

    def learn(self, token: Token) -> None:
        """Note a word that sets others apart."""
        if token.role == "among":
            self.among, self.verbs = True, None
        elif token.code:
            self.vague.add(token.code)

    def cross(self, role: str) -> None:
        """Go over a comma or a parenthesis; behind a parenthesis all is as it was before."""
        if role == "open":
            self.outer.append(self.among)
        elif role == "close" and self.outer:
            self.among = self.outer.pop()

    def narrow(self, sentence: Sentence, number: Token, said: Sequence[Token], named: Named) -> None:
        """Note whether the numbers that follow are counted among this one, or among those of one channel or body."""
        roles = {token.role for token in said}
        if self.among and self.verbs is None:
            self.verbs = named.level == "verb" or not roles.intersection(TOLD)
        channel = "part" in roles and roles & {"verb", "topic"} and not (named.codes or self.among or self.outer)
        self.within = self.within or bool(channel) or OF_THESE.match(sentence.text, number.end) is not None

    def tell(self, named: Named, said: Sequence[Token], listed: Sequence[str], text: str) -> str:
        """Tell the scope of a number; `listed` are quantities of the sentence so far, `text` is all of it."""
        if any(token.role == "body" for token in said):
            self.body = True
            return PART if self.among or any(code in listed for code in named.codes) else UNSURE
        self.within = self.within or OPENING.match(text) is not None
        channelled = self.among and self.verbs is not False and any(code in CHANNELLED for code in named.codes)
        counted = self.within and not any(code.startswith(OTHER_TABLE) for code in named.codes)
        return WITHIN if channelled or counted else UNSURE if self.body else ""

    def doubts(self, quantity: str) -> bool:
        """Tell whether the sentence may count others of a quantity than the form does."""
        return any(quantity.startswith(code) for code in self.vague)
