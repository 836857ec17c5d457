"""A sentence as words that matter: phrases of `forms/phrases.csv`, numbers, years, breaks.

In: a printed sentence. Out: a `Sentence` of `Token`s, and the `Number` that one of them states. Next: `claims`.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from govtables.declared import declared
from govtables.language import FULL_WIDTH, INVISIBLE, read_chinese, simplify, strip_annotations

END = re.compile(r"(?<=[。！？!?；;\n])")
BLANK = re.compile(r"\s+(?!\d)|(?<!\d)\s+")
UNSEEN = re.compile(f"[{''.join(map(chr, INVISIBLE))}]")
WIDE = re.compile(f"[{re.escape(''.join(map(chr, FULL_WIDTH)))}]")
NOTE = re.compile(r"\([^()\d%未无没零一二三四五六七八九十]*\)")  # a note without a number may stand inside a phrase

SCALE = {"万": 1e4, "亿": 1e8, "": 1.0}
DIGITS = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
HAN_NUMBER = "[零〇一二两三四五六七八九十百千]+(?=[余多]?[件宗份起例封])|零(?=$|[,、)])"
UNIT = "人次|[件宗份起例条封次单桩项元%]|部(?!门)|个(?=[,:、()的]|$|[行申复诉规政依])"
NUMBER = re.compile(f"({DIGITS}|{HAN_NUMBER})([万亿]?)([余多]?)([万亿]?)({UNIT}|)")
LONGEST = 2000  # characters; a longer sentence is cut
TELLING = "telling"
COUNTED_AS = ("为", "是", ":", "数", "量")  # what stands before a number without a unit
ALONE = re.compile("[,)、]|$|其中")  # and what behind it
NEARLY, ABOUT, ABOVE = "近", "约", ("超", "逾", "超过", "不少于", "至少")

GROUP = re.compile(r"\((?:\?(?:[:=!]|<[=!]))?")
CHARACTER = re.compile(r"\[[^\]]*\]|\\.|.")
COUNT = re.compile(r"[?*+]|\{[\d,]+\}|")
DIGIT = re.compile(r"\\d")

MONTH_END = r"(?:份|底|末|初|[上中下]旬|\d{1,2}日)?"
WHOLE_YEAR = (  # months and days that begin or end the year of a report
    r"0?1月(?:份|0?1日)?起?[-—–~至到](?:当年|同年)?12月(?:份|底|末|31日)?|(?<!\d)0?1[-—–~至到]12月(?:份|底|末|31日)?"
    r"|0?1月(?:份|0?1日)?起?(?=[-—–~至到]20\d\d年12月)|0?1月0?1日|12月(?:31日|底|末)|(?:(?<=[至止])|(?<=[至止]20\d\d年))12月份?"
)
# What holds digits but states no number: titles, numbers of documents and articles, durations, telephones.
SKIPPED = (
    WHOLE_YEAR + r"|《[^》]{0,80}》|[〔\[][^〕\]]{0,40}[〕\]]第?\d*号?|\d{3,4}-\d{7,8}"
    r"|第(?:\d+[条款项届次章期批号]?(?!季)|[一二三四五六七八九十]+[条款项届次章期批号])(?:\(.{1,3}\)项?)?"
    r"|\d+个?(?:工作日|小时|天|日|周|分钟)|\d+个月|(?<!\d)\d{1,2}年|[一二两三四五六七八九十]+(?:是|要)"
)
PERIOD = (  # a part of a year
    rf"\d{{1,2}}月?{MONTH_END}[-—–~至到]\d{{1,2}}月{MONTH_END}|第?[1-4](?:[-—–~至到、][1-4])?季度"
    r"|\d{1,2}月(?!\d{1,2}日)(?:份|底|末|初|[上中下]旬)?"
)
SPECIAL = (
    ("skipped", SKIPPED),
    ("period", PERIOD),
    ("date", r"\d{1,2}月\d{1,2}日"),
    ("range", r"20\d\d年?[-—–~至]+20\d\d年"),
    ("year", r"(?:19|20)\d\d年度?"),
    ("number", re.sub(r"\((?!\?)", "(?:", NUMBER.pattern)),
    ("break", "[,:]"),
    ("open", r"[(]"),
    ("close", r"[)]"),
)
ROLES = (  # where several phrases begin at one place, that of the first role is taken
    "carry", "skipped", "period", "season", "date", "range", "year", "vague", "leaf", "neutral", "number", "break", "open", "close", "cut", "balance", "part",
    "dispute", "outcome", "applicant", "topic", "result", "compare", "document", "decision", "money", "zero", "past", "own", "so_far", "since", "cumulative", "plan", "respectively", "each",
    "verb", "act", "info", "body", "among", "rate", "foreign",
)  # fmt: skip


class Token(NamedTuple):
    """A phrase that matters: its role, its code within the role, and where it stands in the text."""

    role: str
    code: str
    start: int
    end: int


class Number(NamedTuple):
    """A stated number: as printed, its value, the step of its last printed digit, its unit and how exact it is."""

    printed: str
    value: float
    step: float
    unit: str
    manner: str


class Sentence(NamedTuple):
    """A sentence as printed, as printed without blanks, its matching text of the same length, and its tokens."""

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
    plain = printed.translate(INVISIBLE) if UNSEEN.search(printed) else printed
    shown = " ".join(plain.split())
    plain = strip_annotations(shown)
    plain = BLANK.sub("", plain) if " " in plain else plain
    text = simplify(plain.translate(FULL_WIDTH) if WIDE.search(plain) else plain).rstrip("。;!?")
    text = NOTE.sub(lambda found: " " * len(found[0]), text)
    tokens = tuple(_find_tokens(text))
    return Sentence(shown, plain, text, tokens)


def read_number(sentence: Sentence, token: Token) -> Number:
    """Read the number of a token.

    >>> sentence = read_sentence("收到申请１.2万余件")
    >>> read_number(sentence, sentence.tokens[-1])
    Number(printed='１.2万余', value=12000.0, step=1000.0, unit='件', manner='余')
    """
    digits, scale, more, late_scale, unit = NUMBER.fullmatch(sentence.text, token.start, token.end).groups()
    factor = SCALE[scale] * SCALE[late_scale]
    value, step = _value(digits)
    before = sentence.text[max(token.start - 3, 0) : token.start]
    manner = more or ("余" if before.endswith(ABOVE) else before[-1:] if before.endswith((NEARLY, ABOUT)) else "")
    if manner and value and step == 1:
        step = 10.0 ** len(re.search("0*$", f"{value:.0f}")[0])
    length = token.end - token.start - (0 if unit in ("%", "元") else len(unit))
    printed = sentence.printed[token.start : token.start + length]
    if unit == "元":  # the form counts money in units of ten thousand
        factor /= 1e4
    return Number(printed, round(value * factor, 9), step * factor, unit, manner)


def counts_alone(sentence: Sentence, token: Token, beside: bool) -> bool:
    """Tell whether a number without a unit counts: a sentence, not a line of a table, has it right behind its phrase."""
    text = sentence.text
    put = text.endswith(COUNTED_AS, 0, token.start)
    told = text.endswith(COUNTED_AS[:2], 0, token.start) or "," in text or ":" in text or sentence.printed.endswith("。")
    return (put or beside) and told and ALONE.match(text, token.end) is not None


def _value(digits: str) -> tuple[float, float]:
    if digits[0].isdigit():
        plain = digits.replace(",", "").replace(" ", "")
        return float(plain), 10.0 ** -len(plain.partition(".")[2])
    return float(read_chinese(digits)), 1.0


def _find_tokens(text: str) -> Iterator[Token]:
    starts, patterns = _patterns()
    ended = 0
    for start in starts.finditer(text):
        at = start.start()
        if at >= ended:
            pattern, meanings = patterns[text[at]]
            if found := pattern.match(text, at):
                ended = found.end()
                yield Token(*meanings[found.lastindex - 1], at, ended)


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, tuple[re.Pattern[str], list[tuple[str, str]]]]]:
    """Characters that may open a token, and for each one pattern, a group for each meaning, and the meanings."""
    groups = [(line["role"], line["code"], line["phrase"]) for line in declared("prose", "phrases") if line["role"] != TELLING]
    groups += [(role, "", source) for role, source in SPECIAL]
    groups.sort(key=lambda group: ROLES.index(group[0]))
    by_start: dict[str, list[tuple[str, str, str]]] = {}
    for group in groups:
        for character in first_characters(group[2]):
            by_start.setdefault(character, []).append(group)
    patterns = {start: _join(group) for start, group in by_start.items()}
    return re.compile(f"[{re.escape(''.join(patterns))}]"), patterns


def _join(groups: list[tuple[str, str, str]]) -> tuple[re.Pattern[str], list[tuple[str, str]]]:
    pattern = "|".join(f"({source})" for _, _, source in groups)
    return re.compile(pattern), [(role, code) for role, code, _ in groups]


def first_characters(pattern: str) -> set[str]:
    """List the characters that a match of a pattern may begin with.

    The pattern is one of `forms/phrases.csv`: characters, classes, groups, options and looks ahead or behind.

    >>> sorted(first_characters("新?收到|[共总]收"))
    ['共', '总', '收', '新']
    """
    return _read_options(pattern, 0)[0]


def _read_options(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """First characters of the options up to a closing parenthesis, whether one may be empty, and where they end."""
    found: set[str] = set()
    empty, begins = False, True
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            empty, begins, at = empty or begins, True, at + 1
            continue
        first, optional, at = _read_piece(pattern, at)
        found |= first if begins else set()
        begins = begins and optional
    return found, empty or begins, at


def _read_piece(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """First characters of one character, class or group, whether it may be empty, and where it ends."""
    opened = GROUP.match(pattern, at)
    if opened:
        first, optional, at = _read_options(pattern, opened.end())
        at += 1
        if opened[0] not in ("(", "(?:"):
            first, optional = set(), True
    else:
        piece = CHARACTER.match(pattern, at)
        first, optional, at = set(DIGIT.sub("0123456789", piece[0].strip("[]"))), False, piece.end()
    count = COUNT.match(pattern, at)
    return first, optional or count[0][:1] in ("?", "*"), count.end()
