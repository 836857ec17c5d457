"""Titles of reports, and the issuer and the year in them.

In: printed lines. Out: `Title`s, and folded lines and names for who reads on. Next: `years`, `facts`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from govtables.extract.words import words
from govtables.forms import GENERATIONS, form, headings
from govtables.language import INVISIBLE, fold, simplify, strip_annotations

TITLE_LINE, SHORT_LINE = 120, 40  # characters
BLANK = re.compile(r"[\s%s]+" % "".join(map(chr, INVISIBLE)))

HAN = "[\u4e00-\u9fff]"
NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
YEAR = "(?:(?:19|20)\\d\\d|二[〇○零0][〇○零一二三四五六七八九]{2})"

# A name ends at the first word of an institution after which the sentence goes on.
NAME = f"{HAN}{{1,28}}?{words('institution')}"
NAME_OR_PLACE = re.compile(f"{HAN}{{1,28}}?(?:{words('institution')}|{words('place')})")
OFFICE = re.compile(f"({HAN}+?{words('body')}){words('office')}*办公[室厅]")
NOBODY = re.compile(words("nobody"))

# The title: what stands before the report's kind is the issuer and the year, in either order.
PART_OF_YEAR = words("part_of_year")
YEARS = re.compile(f"({YEAR})(?:[-—–~至]+({YEAR}))?(?:学?年度?)?{PART_OF_YEAR}?")
REPORT = re.compile(
    f"(?:(?<!人民)政府信息[与和及])?{words('subject')}公开(?:工作)?(?:{YEAR}年?度?)?(?:工作)?(?:情况)?的?"
    f"(?P<kind>{words('kind')})"
)
BEFORE = re.compile(rf"(?:[(\[【]?{words('companion')}[)\]】:]*|{words('name_field')}:?|[《“\"]|#+|\*\*(?!\*))*")
SITE = re.compile(r"[_|]|(?<!\d)[-—–]+")
AFTER = re.compile(rf"(?:\({YEAR}年?度?\))?(?P<rest>$|[》”\"(\[【_|—–#*-]|{words('after_title')}|{YEAR}[年./-])")
COMPANION = re.compile(words("companion"))
NOT_TITLE = re.compile(r"[,。;:?!<>《》〈〉{}*…]")
ABOUT = re.compile(words("about"))
FOREIGN = re.compile(r"^.*\.(?:com|cn|net|org|gov|cc|vip)(?![a-z])")
ISSUER = re.compile(f"(?!我|本(?!溪)|该|各){HAN}{{2,40}}(?:\\({HAN}+\\){HAN}*)?")
LOST_YEAR = re.compile("(?<=[省市区县州旗镇乡局会道厅处府])年度?$")


class Title(NamedTuple):
    """A line read as a title, and how much it is worth."""

    weight: tuple[int, ...]  # complete, plain, not a menu's word, in few lines, early: greatest is best
    text: str
    issuer: str | None
    year: int | None


@lru_cache(maxsize=1 << 10)
def fold_line(line: str, blank: str = "") -> tuple[str, str]:
    """Give the text as printed, blanks removed, and its key: plain width, simplified, of the same length."""
    printed = BLANK.sub(blank, strip_annotations(line))
    plain = unicodedata.normalize("NFKC", printed)
    key = simplify(plain)
    return next((text for text in (printed, plain) if len(text) == len(key)), key), key


def read_titles(lines: Sequence[str]) -> Iterator[Title]:
    """Give the lines, or up to four lines joined, that read as titles."""
    for last, line in enumerate(lines):
        if "告" in line or "报" in line or "報" in line:
            for first in range(last, max(last - 3, -1), -1):
                parts = lines[first : last + 1]
                if first < last and max(map(len, parts)) > SHORT_LINE:
                    break
                title = _read_title("".join(parts)[:TITLE_LINE])
                if title and (first == last or is_name(simplify(title.issuer or ""))):
                    yield title._replace(weight=(*title.weight, first - last, -last))
                if title and title.issuer and title.year:
                    break


@lru_cache(maxsize=1 << 10)
def _read_title(line: str) -> Title | None:
    """Read a line as a title, or tell that it is none; what it is worth by its place is not told."""
    printed, key = fold_line(line)
    start = BEFORE.match(key).end()
    report = REPORT.search(key, start)
    if not report:
        return None
    start = max((mark.end() for mark in SITE.finditer(key, start, report.start())), default=start)
    before, after = key[start : report.start()], AFTER.match(key, report.end())
    if NOT_TITLE.search(before) or not (after or before and key.startswith(before, report.end())):
        return None
    end = after.start("rest") if after else report.end()
    found = [year for year in YEARS.finditer(key[start:end]) if not year[2] and "学" not in year[0]]
    year = read_number_of_year(found[-1][1]) if found else None
    issuer = _read_issuer(printed[start:], before)
    kind = report["kind"]
    if before == "中华人民共和国" or not year and (kind in ("年报", "报告") or not issuer and "工作年度" not in report[0]):
        return None
    weight = (bool(issuer) + bool(year), not COMPANION.search(key), kind != "年报")
    return Title(weight, printed[start:end], issuer, year)


def _read_issuer(printed: str, key: str) -> str | None:
    """Take year, prepositions and a mirror's domain off what stands before the report's kind."""
    name = FOREIGN.sub("", LOST_YEAR.sub("", ABOUT.sub("", YEARS.sub("", key).replace("()", ""))))
    place = key.find(name)
    if not ISSUER.fullmatch(name):
        return None
    return printed[place : place + len(name)] if place >= 0 else name


def read_number_of_year(year: str) -> int:
    """Read a year in digits or Chinese numerals."""
    return int(year.translate(NUMERALS))


def is_name(key: str) -> bool:
    """Tell whether a folded text is the full name of a body or place, and no words of the form."""
    return bool(NAME_OR_PLACE.fullmatch(key)) and not NOBODY.search(key) and key not in _form_words()


@cache
def _form_words() -> str:
    """All that the form itself prints, a label a line."""
    known = [form(generation).row_codes for generation in GENERATIONS]
    labels = {fold(key) for codes in known for by_key in codes.values() for key in by_key}
    return "\n".join(sorted(labels | set(headings()[0])))
