"""The year of a report and the day of its publication.

In: printed lines and the `Title`. Out: a year with notes on what disagrees, a date. Next: `facts`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from govtables.extract.titles import (
    BLANK, NAME, PART_OF_YEAR, SHORT_LINE, YEAR, Title, fold_line, read_number_of_year,
)
from govtables.extract.words import words
from govtables.language import simplify, tell

DAY = r"(?<!\d)([2２][0０]\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)"
DATE_FIELDS = tuple(
    re.compile(rf"(?:{label})\s*:?\s*[\[(]?\s*{DAY}")
    for label in ("(?:发 ?布|公 ?开) ?(?:日 ?期|时 ?间)", "(?<!成文)(?<!统计)(?<!截止)(?:日 ?期|时 ?间)", "成 ?文 ?日 ?期")
)
SIGNED_YEAR = re.compile("20[\\d年月日./-]+$")
SIGNED_DAY = re.compile(
    rf"(?:{NAME})?\s*[\[(（]?\s*{DAY}\s*日?\s*[)）\]]?(?:\s\d?\d\s*:[\d\s:]+)?"
    rf"(?:\s*{words('beside_a_day')}.*)?"
)

# Read off the printed text, so in both scripts.
PERIOD = re.compile(
    f"({YEAR})[年./-]?0?1[月./-]?(?:0?1[日号號]?)?(?:起|开始|開始)?[至到—–~～-]{{1,2}}"
    f"(?:({YEAR})[年./-]?|[同当當本]年)?12[月./-]?(?:31|(?<=月))"
)
LAST_DAY = re.compile(f"(?:截至|截止到?|[(（])({YEAR})年?12月?31日?|({YEAR})年?12月?31日?止")
OPENING_YEAR = re.compile(f"^({YEAR})年")
# Papers beside the reports of a year: on a part of it, or about reports.
PART = re.compile(f"(?:{YEAR}年度?|^){PART_OF_YEAR}.*(?:信息|政务)公开")
NOTICE = re.compile(f"关于.*(?:信息|政务)公开.*{words('notice')}$")
ANNUAL = re.compile("年度|年[报報]|年工作[报報]告")


def find_day(lines: Sequence[str], year: int | None) -> date | None:
    """Take the date of a field, else one that stands alone and follows the year of the title."""
    dated = [place for place, line in enumerate(lines) if re.search(DAY, line)]
    keys = [fold_line(" ".join(lines[max(place - 1, 0) : place + 1]), " ")[1] for place in dated]
    fields = (_day(found) for pattern in DATE_FIELDS for key in keys for found in pattern.finditer(key))
    alone = (_day(found) for place in reversed(dated) if (found := SIGNED_DAY.fullmatch(lines[place])))
    earliest = date(year or 1, 12, 1)
    return next(chain(filter(None, fields), (day for day in alone if day and day >= earliest)), None)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()[-3:]))
    except ValueError:
        return None


def settle_year(lines: Sequence[str], title: Title, day: date | None) -> tuple[int | None, tuple[str, ...]]:
    """Weigh the witnesses of the year, with the `day` of publication; their disagreement is a note."""
    if "学年" in simplify(title.text):
        return None, (tell("extract.school_year"),)
    period, notes = _read_period(lines), []
    if not period and (other := _tell_other_paper(lines, title)):
        return None, (other,)
    counted = title.year if title.year in period else next(reversed(period), None)
    before = day.year - 1 if day and any(map(ANNUAL.search, lines)) else None
    year = counted or title.year or before or _opening_year(lines)
    if len(set(period)) > 1:
        notes.append(tell("extract.long_period", first=period[0], last=period[1]))
    if title.year and title.year != year:
        notes.append(tell("extract.title_year", title=title.year, period=year))
    if year and day and day < date(year, 12, 1):
        notes.append(tell("extract.early", day=day, year=year))
    return year, tuple(notes)


def _tell_other_paper(lines: Iterable[str], title: Title) -> str | None:
    """Tell a paper on a half-year, a quarter or a month, and a notice, from a report on a year."""
    heads = [title.text] if title.year else lines
    short = [fold_line(line)[1] for line in heads if len(line) <= SHORT_LINE]
    if any(PART.search(line) for line in short):
        return tell("extract.part_of_year")
    return tell("extract.notice") if any(NOTICE.search(line) for line in short) else None


def _read_period(lines: Iterable[str]) -> tuple[int, ...]:
    """First and last year of the statistics period, from the first sentence that states it."""
    plain = (unicodedata.normalize("NFKC", line) if "１２" in line else line for line in lines)
    keys = [BLANK.sub("", line) for line in plain if "12" in line]
    searched = (pattern.search(key) for pattern in (PERIOD, LAST_DAY) for key in keys)
    found = next(filter(None, searched), None)
    return tuple(read_number_of_year(year) for year in found.groups() if year) if found else ()


def _opening_year(lines: Iterable[str]) -> int | None:
    """The year with which most sentences begin."""
    openings = (OPENING_YEAR.match(fold_line(line[:20])[1]) for line in lines)
    found = Counter(read_number_of_year(year[1]) for year in openings if year)
    return found.most_common(1)[0][0] if found else None
