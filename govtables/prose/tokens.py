"""A sentence as words that matter: the phrases of `phrases.csv`, among them numbers, years and breaks.

In: a printed sentence. Out: a `Sentence` of `Token`s, and the `Number` that one states. Next: `quantities`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from govtables.declared import declared
from govtables.language import FULL_WIDTH, INVISIBLE, read_chinese, read_numeral, simplify, strip_annotations

END = re.compile(r"(?<=[。！？!?；;\n])")
BLANK = re.compile(r"\s+(?!\d)|(?<!\d)\s+")
NOTE = re.compile(r"\([^()\d%未无没零一二三四五六七八九十]*\)")  # a note without a number may stand inside a phrase

SCALE = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "": 1.0}
NO_REST = r"(?<![\d.百千万亿第])(?<!\d[-~—–至到])"  # of a number that is not read, as in 3万2千 and 3至5
DIGITS = rf"{NO_REST}(?:\d{{1,3}}(?:[, ]\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
HAN = "零〇一二两三四五六七八九十百千万"
HAN_NUMBER = (  # 数十 and 上百 state no number
    f"(?<![{HAN}亿第\\d])(?:(?<![数几上])[十百千万]|[零〇一二两三四五六七八九])[{HAN}]*"
    "(?=[余多]?[万亿]?[件宗份起例封])|零(?=$|[,、)])"
)
UNIT = "人次|[件宗份起例条封次单桩项元%]|部(?!门)|个(?=[,:、()的]|$|[行申复诉规政依])"
HAN_RUN, SOME = re.compile(f"[{HAN}]+"), re.compile("[一二两三四五六七八九]{2}")
NUMBER = re.compile(f"({DIGITS}|{HAN_NUMBER})([百千万亿]?)([余多]?)([万亿]?)({UNIT}|)")
LONGEST = 2000  # characters; a longer sentence is cut
TELLING = "telling"
COUNTED_AS = ("为", "是", ":", "数", "量")  # what stands before a number without a unit
ALONE = re.compile("[,)、]|$|其中")  # and what behind it
LISTING = ("、", "和", "及")
MANNERS = {"近": "近", "约": "约"} | dict.fromkeys(("超", "逾", "超过", "不少于", "至少"), "余")
LONGEST_MANNER = max(map(len, MANNERS))


class Token(NamedTuple):
    """A phrase that matters: its role, its code within the role, and where it stands in the text."""

    role: str
    code: str
    start: int
    end: int


Tokens = Sequence[Token]


class Number(NamedTuple):
    """A stated number: as printed, its value, the step of its last digit, its unit, how exact it is."""

    printed: str
    value: float
    step: float
    unit: str
    manner: str


class Sentence(NamedTuple):
    """A sentence as printed, the same without blanks, its matching text of that length, and its tokens."""

    shown: str
    printed: str
    text: str
    tokens: tuple[Token, ...]


@cache
def telling(*codes: str) -> re.Pattern[str]:
    """Pattern of words, in either script, without which a text need not be read."""
    lines = [line for line in declared("prose", "phrases") if line["role"] == TELLING]
    return re.compile("|".join(line["phrase"] for line in lines if line["code"] in codes))


def split_sentences(line: str) -> list[str]:
    """Cut a line behind full stops and semicolons.

    >>> split_sentences("收到6件；答复5件。")
    ['收到6件；', '答复5件。']
    """
    pieces = [piece for piece in END.split(line) if piece.strip()]
    return [piece[at : at + LONGEST] for piece in pieces for at in range(0, len(piece), LONGEST)]


@lru_cache(maxsize=1 << 10)
def read_sentence(printed: str) -> Sentence:
    """Find the tokens of a sentence.

    >>> [token.role for token in read_sentence("收到申请6件。").tokens]
    ['verb', 'topic', 'number']
    """
    shown = " ".join(printed.translate(INVISIBLE).split())
    plain = BLANK.sub("", strip_annotations(shown))
    text = simplify(plain.translate(FULL_WIDTH)).rstrip("。;!?")
    text = NOTE.sub(lambda found: " " * len(found[0]), text)
    return Sentence(shown, plain, text, tuple(_find_tokens(text)))


def read_said_number(sentence: Sentence, token: Token) -> Number:
    """Read the number of a token.

    >>> sentence = read_sentence("收到申请１.2万余件")
    >>> read_said_number(sentence, sentence.tokens[-1])
    Number(printed='１.2万余', value=12000.0, step=1000.0, unit='件', manner='余')
    """
    digits, scale, more, late_scale, unit = NUMBER.fullmatch(sentence.text, token.start, token.end).groups()
    factor = SCALE[scale] * SCALE[late_scale]
    value, step = _value(digits)
    before = sentence.text[max(token.start - LONGEST_MANNER, 0) : token.start]
    manner = more or next((manner for word, manner in MANNERS.items() if before.endswith(word)), "")
    if manner and value and step == 1:
        step = 10.0 ** len(re.search("0*$", f"{value:.0f}")[0])
    length = token.end - token.start - (0 if unit in ("%", "元") else len(unit))
    printed = sentence.printed[token.start : token.start + length]
    if unit == "元":  # the form counts money in units of ten thousand
        factor /= 1e4
    return Number(printed, round(value * factor, 9), step * factor, unit, manner)


def counts_alone(sentence: Sentence, token: Token, beside: bool) -> bool:
    """Tell whether a number without a unit counts: in a sentence, not a table, right behind its phrase."""
    text = sentence.text
    put = text.endswith(COUNTED_AS, 0, token.start)
    ended = "," in text or ":" in text or sentence.printed.endswith("。")
    told = ended or text.endswith(COUNTED_AS[:2], 0, token.start)
    return (put or beside) and told and ALONE.match(text, token.end) is not None


def ends_item(sentence: Sentence, token: Token) -> bool:
    """Tell whether a clause or an item of a list ends behind a token."""
    return sentence.text[token.end : token.end + 1] in ("", *"、,;)")


def shares_number(sentence: Sentence, token: Token) -> bool:
    """Tell whether the next item of a list has no number of its own, so that both share the one before."""
    if sentence.text[token.end : token.end + 1] not in LISTING:
        return False
    roles = [t.role for t in sentence.tokens if t.start > token.end][:2]
    return roles[:1] == [token.role] and roles[1:] != ["number"]


def _value(digits: str) -> tuple[float, float]:
    if digits[0].isdigit():
        plain = digits.replace(",", "").replace(" ", "")
        return float(plain), 10.0 ** -len(plain.partition(".")[2])
    return float(read_chinese(digits)), 1.0


def _find_tokens(text: str) -> Iterator[Token]:
    starts, meanings = _openings()
    ended = 0
    for start in starts.finditer(text):
        at = start.start()
        if at >= ended and (found := _pattern(text[at]).match(text, at)):
            ended = found.end()
            role, code, _ = meanings[text[at]][found.lastindex - 1]
            if role != "number" or _is_well_written(found[0]):
                yield Token(role, code, at, ended)


def _is_well_written(number: str) -> bool:
    """Tell a number in digits or plain numerals: 一百五 may be 105 or 150, 三四 is three or four."""
    run = HAN_RUN.match(number)
    return not run or len(run[0]) == 1 or not SOME.fullmatch(run[0]) and read_numeral(run[0]) is not None


Meanings = list[tuple[str, str, str]]  # role, code and phrase


@cache
def _pattern(start: str) -> re.Pattern[str]:
    """The pattern of the tokens that a character may open, a group for each meaning, made when it is met."""
    return re.compile("|".join(f"({phrase})" for *_, phrase in _openings()[1][start]))


@cache
def _openings() -> tuple[re.Pattern[str], dict[str, Meanings]]:
    """Characters that may open a token, and the meanings of each, of which the first that fits is taken."""
    by_start: dict[str, Meanings] = {}
    number = re.sub(r"\((?!\?)", "(?:", NUMBER.pattern)
    for line in declared("prose", "phrases"):
        phrase = line["phrase"] or number
        for character in line["opens"]:  # which tools/openings.py lists
            by_start.setdefault(character, []).append((line["role"], line["code"], phrase))
    return re.compile(f"[{re.escape(''.join(by_start))}]"), by_start
