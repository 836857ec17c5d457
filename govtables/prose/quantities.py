"""Which quantities of the form a run of words names.

In: `Token`s said before or after a number, and the `Topic` that they have. Out: `Named`. Next: `spoken`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govtables.prose.tokens import LISTING, Sentence, Token, Tokens

# Scopes of a number: of one body, of those counted before, of something else perhaps.
PART, WITHIN, UNSURE = "part", "within", "unsure"
REQUESTS, FOREIGN = "requests", "foreign"  # topics; any other topic is a quantity, or nothing told
SHARE = ".share"
COUNTED = {  # units in which each kind of quantity is counted
    "requests": "件宗份起例条封个次项单桩人次", "topic": "件宗份起例封单", "disputes": "件宗起例个次份桩",
    "disclosure": "件宗起例次份个部", "published": "件宗起例次份个部条项", "fee": "元",
}
LEVELS = ("leaf", "balance", "outcome", "applicant", "verb", "topic")  # the first is the most telling
SOLID = ("topic", "dispute", "document", "decision", "money", "applicant", "leaf", "outcome")
# Acts on documents, the first that is said: what is said of those in force is not said of those issued.
ACTS = ("in_force", "repealed", "issued", "published")
PAIRS = {
    frozenset({"requests.granted", "requests.partially_granted"}): "requests.disclosed",
    frozenset({"disputes.review", "disputes.litigation"}): "disputes.all",
}
WHOLES = ("requests.received", "requests.handled", "requests.concluded", "requests.carried_in")
FILLING = re.compile(  # between a phrase and its number
    "(?:方面|情况|工作|全年|年内|本年度?|今年|20\\d\\d年度?|[的件案数总量共计合有为是达约近超过占逾多不至少于:,均都已 ])*"
)
JOINING = re.compile("[并和与及、]+")
REQUEST = "申请"
KNOWN = re.compile(
    "(?:全[省市州县区旗镇乡]|[我本][省市州县区旗镇乡局委办]|本?机关|本单位|政府|向?社会"
    "|各类|有关|相关|其中|[的、和及与并,() ])*"
)
EMPTY_TAIL = re.compile("(?:的?(?:情况|情形|事项|业务|问题|案件)|发生|产生|出现|[的件等、 ])*")
NEARBY = 8  # characters between a denial and what it denies
YEAR = re.compile(r"20\d\d")


class Named(NamedTuple):
    """Quantities that words name, the kind of words that named them, and what the number may leave out."""

    level: str = ""
    codes: tuple[str, ...] = ()
    scope: str = ""


@dataclass(slots=True)
class Topic:
    """What is spoken of: requests, a quantity, something foreign or nothing told; and what makes it clear."""

    code: str = ""
    act: str = ""  # the last act on documents
    informed: bool = False  # requests or disclosure were spoken of

    def learn(self, token: Token) -> None:
        """Note a word that changes what is spoken of."""
        self.informed = self.informed or token.role in ("info", "topic")
        if token.role == "topic":
            self.code = REQUESTS
        elif token.role in ("dispute", "document", "decision", "money"):
            self.code = token.code
        elif token.role == "foreign" and token.code == "strong":
            self.code = FOREIGN
        elif token.role == "act":
            self.act = token.code

    @property
    def of_disputes(self) -> bool:
        """Whether results are those of disputes."""
        return self.code.startswith("disputes.")

    @property
    def of_documents(self) -> bool:
        """Whether acts are those on documents."""
        return self.code.endswith(("document", "regulation"))


NOTHING = Named()
ByRole = Mapping[str, Sequence[Token]]


def name_quantities(
    said: Sequence[Token], sentence: Sentence, topic: Topic, start: int, end: int, many: bool, behind: bool
) -> Named:
    """Name the quantities that words speak of, by the most telling of them.

    The clause begins at `start`. `end` is where the number begins when it follows the words, `behind` says
    that it stands before them, `many` keeps each of several quantities named side by side.
    """
    if not said or forbids(said):
        return NOTHING
    by_role: dict[str, list[Token]] = {}
    for token in said:
        by_role.setdefault(token.role, []).append(token)
    named = _name_other_table(by_role, sentence, topic, start, many)
    if named is None:
        named = _name_request(by_role, sentence.text, topic.code, end, behind)
    if named.level in ("dispute", "outcome") and len(named.codes) > 1 and not (many or "each" in by_role):
        return Named(named.level, (PAIRS.get(frozenset(named.codes), named.codes[-1]),))
    return named


def forbids(said: Sequence[Token]) -> bool:
    """Tell whether words forbid to read a number as one of the form: another thing is counted."""
    for at, token in enumerate(said):
        of_outcome = at and said[at - 1].role == "outcome" and said[at - 1].end == token.start
        if token.role == "cut" or (token.role == "rate" and not of_outcome):
            return True
    places = [at for at, token in enumerate(said) if token.role == "foreign"]
    return bool(places) and not any(token.role in SOLID for token in said[places[-1] + 1 :])


def counts(code: str, level: str, unit: str) -> bool:
    """Tell whether a quantity is counted in a unit; without a unit all but money are."""
    kind = code.partition(".")[0]
    if code.endswith((".fee", ".published")):
        kind = code.rpartition(".")[2]
    elif level == "topic":
        kind = level
    return unit in COUNTED[kind] if unit else kind != "fee"


def may_be_shared(code: str) -> bool:
    """Tell whether a percentage may follow the number of a quantity."""
    if code.startswith("disputes."):
        return code.count(".") > 1
    return code.startswith("requests.") and code not in WHOLES


def carried(token: Token, text: str, year: int | None) -> str:
    """Tell requests carried into the year of the report from those carried out of it, by the year named."""
    named = int(YEAR.search(text, token.start, token.end)[0])
    into = token.code == "into"
    inward = into == (named == year) if not year or year == named else not into and named < year
    return "requests.carried_in" if inward else "requests.carried_over"


def _name_other_table(said: ByRole, sentence: Sentence, topic: Topic, start: int, many: bool) -> Named | None:
    """Name what the tables of documents, decisions and disputes count; `None` if nothing of them is said."""
    if "dispute" in said or ("result" in said and topic.of_disputes):
        return _name_dispute(said, topic)
    if "document" in said or ("act" in said and topic.of_documents):
        plain = is_plain(sentence, start, said.get("document", ())) and "foreign" not in said
        return _name_document(said, topic, plain, many)
    named = said.get("decision") or said.get("money")
    if not named:
        return None
    codes = tuple(dict.fromkeys(token.code for token in named))
    published = any(token.code == "published" for token in said.get("act", ()))
    return NOTHING if published else Named("decision", codes if many else codes[-1:])


def _name_dispute(by_role: ByRole, topic: Topic) -> Named:
    """Cases about disclosure: without a word of it, those that an office handled it had to decide itself."""
    if "verb" in by_role and not (topic.informed or "info" in by_role or "topic" in by_role):
        return NOTHING
    codes = tuple(dict.fromkeys(token.code for token in by_role.get("dispute", ()))) or (topic.code,)
    if results := by_role.get("result"):
        known = codes[-1] in ("disputes.review", "disputes.litigation")
        return Named("dispute", (f"{codes[-1]}.{results[-1].code}",) if known else ())
    return Named("dispute", codes)


def _name_document(by_role: ByRole, topic: Topic, plain: bool, many: bool) -> Named:
    nouns = list(dict.fromkeys(token.code for token in by_role.get("document", ()))) or [topic.code]
    said = {token.code for token in by_role.get("act", ())}
    acts = [act for act in ACTS if act in said]
    if not (acts or plain):
        return NOTHING  # an unknown verb says what happened to them
    scope = UNSURE if not acts and not topic.act else ""
    acts = acts or [topic.act or "issued"]
    if not many:
        nouns, acts = nouns[-1:], acts[:1]
    return Named("document", tuple(f"{noun}.{act}" for noun in nouns for act in acts), scope)


def _name_request(by_role: ByRole, text: str, topic: str, end: int, behind: bool) -> Named:
    level = next((level for level in LEVELS if level in by_role), "")
    if not level or "part" in by_role:
        return NOTHING
    tokens = by_role[level]
    told = topic == REQUESTS or "topic" in by_role or REQUEST in text[tokens[-1].start : tokens[-1].end]
    if not told and (topic or level == "applicant"):
        return NOTHING
    if level == "topic":
        plain = behind or not end or FILLING.fullmatch(text, tokens[-1].end, end)
        return Named(level, ("requests.received",), UNSURE if behind else "") if plain else NOTHING
    if level == "verb":  # two that a conjunction joins share their number; else the last one has it
        joined = len(tokens) > 1 and JOINING.fullmatch(text, tokens[-2].end, tokens[-1].start)
        codes = dict.fromkeys(f"requests.{token.code}" for token in tokens[-2 if joined else -1 :])
        return Named(level, tuple(codes))
    codes = tuple(dict.fromkeys(token.code for token in tokens))
    return Named(level, codes if level == "outcome" else codes[-1:])


def is_plain(sentence: Sentence, start: int, said: Sequence[Token]) -> bool:
    """Tell whether every word of a clause up to its last phrase is known."""
    at, end = start, max((token.end for token in said), default=start)
    for token in sentence.tokens:
        if start <= token.start < end:
            if not KNOWN.fullmatch(sentence.text, at, token.start):
                return False
            at = token.end
    return True


def without_others(sentence: Sentence, said: list[Token]) -> list[Token]:
    """Leave out other things that the same clause denies behind a comma or conjunction."""
    for at, token in enumerate(said):
        if at and token.role == "foreign" and sentence.text[token.start - 1] in LISTING:
            return said[:at]
    return said


def is_denied(sentence: Sentence, zero: Token, named: Named, said: Tokens, topic: str, end: int) -> bool:
    """Tell whether a clause with a denial says that there was none of what it names."""
    if named.level == "verb":
        told = topic == REQUESTS or any(token.role == "topic" for token in said)
        return named.codes == ("requests.received",) and told
    if named.level == "leaf":
        return any(token.role in ("topic", "outcome") for token in said)
    if named.level == "topic":
        near = said[0].start - zero.end <= NEARBY
        return near and EMPTY_TAIL.fullmatch(sentence.text, said[-1].end, end) is not None
    return bool(named.codes)
