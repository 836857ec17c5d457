"""Facts a report states about itself: title, issuer, year, date of publication, script.

In: a `Document`, its sections. Out: `Facts`, None for what is not certain, what disagrees. Next: `pipeline`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from govtables.extract.titles import (
    HAN, NAME, OFFICE, REPORT, TITLE_LINE, YEAR, Title, fold_line, is_name, read_titles,
)
from govtables.extract.words import words
from govtables.extract.years import SIGNED_YEAR, find_day, settle_year
from govtables.language import simplify, tell
from govtables.readers import Cell, Document, Grid, Section

# The facts stand at the top, in the first paragraphs and at the end; nothing else is looked through.
FRONT_LINES, OPENING_LINES, END_LINES = 120, 12, 25
LINE_LENGTH, SAMPLE = 400, 400
LINE_END = re.compile(r"[\n\t|]")
# The body: who is to be asked, who wrote the report, who acts in its first sentence.
VERB = words("verb")
CONTACT = re.compile(
    f"[请可](?:直接)?(?:与|向|联系|致电)({NAME})(?:.{{0,12}}{words('ask')}|[(,]?(?:联系)?{words('address')})"
)
EDITOR = re.compile(
    f"由({NAME})(?:负责|组织|汇总)?编[制写]|{words('publish')}了?({NAME})(?={YEAR}年|政府信息|信息公开)"
)
OPENING = re.compile(
    f"(?:^|[\\n。;:]){YEAR}年(?:度|来|以来|的)?+,?({NAME}|{HAN}{{2,16}}?{words('place')})(?={VERB})"
)
SUBJECT = re.compile(f"(?:^|[\\n,。;:、)])({NAME})(?={VERB})")
ISSUER_FIELD = re.compile(rf"{words('issuer_field')} ?[:\n]\s*([^\s\[(]*)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says about itself; names as printed, without blanks and annotations."""

    title: str | None
    issuer: str | None
    year: int | None
    published_on: date | None
    script: str
    notes: tuple[str, ...]


def read_facts(document: Document, sections: Sequence[Section]) -> Facts:
    """Read a report's title, issuer, year, date of publication and script (``hans`` or ``hant``).

    The statistics period is the best witness of the year, before the title and the date of publication.

    >>> page = (Cell("汉阴县2022年政府信息公开工作年度报告", "L1"), Cell("发布日期:2023-01-30", "L2"))
    >>> facts = read_facts(Document("a", "", "text/plain", page), [Section(0, None, page)])
    >>> facts.issuer, facts.year, str(facts.published_on)
    ('汉阴县', 2022, '2023-01-30')
    """
    chapters = {section.chapter: section.blocks for section in reversed(sections)}
    front = list(islice(_lines(chapters.get(0, ())), FRONT_LINES))
    opening = list(islice(_lines(chapters.get(1, ())), OPENING_LINES))
    end = list(_lines(sections[-1].blocks[-END_LINES:] if sections else ()))[-END_LINES:]
    text = [*front, *opening, *end]
    above, below = max(read_titles(front), default=None), max(read_titles(end), default=None)
    title = above or below or Title((), "", None, None)
    issuer = above and above.issuer or _find_issuer(front, opening, end) or title.issuer
    published_on = find_day([*front, *end], title.year)
    year, notes = settle_year(text, title, published_on)
    titled = document.blocks and getattr(document.blocks[0], "place", "") == "title"
    said = _other_issuer(front) if titled else ()
    return Facts(title.text or None, issuer, year, published_on, _tell_script(text), (*notes, *said))


def _other_issuer(front: Sequence[str]) -> tuple[str, ...]:
    """Tell whether the title of a page and its heading name two issuers."""
    titles = [max(read_titles(lines), default=None) for lines in (front[:1], front[1:])]
    one, two = (title.issuer if title and title.issuer and title.year else "" for title in titles)
    short = [re.sub("(?:人民)?政府$", "", simplify(name)) for name in (one, two)]
    differ = short[0] not in short[1] and short[1] not in short[0]
    return (tell("extract.two_issuers", one=one, two=two),) if differ else ()


def _lines(blocks: Iterable[Cell | Grid]) -> Iterator[str]:
    """Give the printed lines; a table cell is a line too, so that a label and its value follow each other."""
    for block in blocks:
        cells = (block,) if isinstance(block, Cell) else (cell for row in block.rows for cell in row if cell)
        lines = (line for cell in cells for line in LINE_END.split(cell.text))
        yield from (line[:LINE_LENGTH].strip() for line in lines if line and not line.isspace())


def _find_issuer(front: Sequence[str], opening: Sequence[str], end: Sequence[str]) -> str | None:
    """Take the issuer from a field, signature, contact, author, first sentence, or commonest subject."""
    margin = [fold_line(line[:TITLE_LINE], " ") for line in (*front, *end)]
    body = [fold_line(line) for line in front] + [fold_line(line[:TITLE_LINE]) for line in (*opening, *end)]
    if name := next(chain(_named(ISSUER_FIELD, margin), _signed(margin)), None):
        return name
    if name := next((name for pattern in (CONTACT, EDITOR) for name in _named(pattern, body)), None):
        return name
    subjects = Counter(_named(SUBJECT, body))
    return next(_named(OPENING, body), None) or max(subjects, key=subjects.__getitem__, default=None)


def _named(pattern: re.Pattern[str], lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names at the place of a pattern; for an office that writes or answers, the body whose office it is."""
    printed, key = ("\n".join(texts) for texts in zip(("", ""), *lines, strict=True))
    for found in pattern.finditer(key):
        start, end = found.span(found.lastindex)
        office = OFFICE.fullmatch(key, start, end) if pattern in (CONTACT, EDITOR) else None
        end = office.end(1) if office else end
        if is_name(key[start:end]):
            yield printed[start:end]


def _signed(lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Names that stand alone under the title or above a date."""
    for (_, above), (printed, key), (_, below) in zip(lines, lines[1:], [*lines[2:], ("", "")], strict=False):
        if is_name(key) and (SIGNED_YEAR.match(below) or REPORT.search(above)):
            yield printed


def _tell_script(lines: Iterable[str]) -> str:
    """Tell the script from the share of different characters that simplifying changes; a few may be names."""
    sample = "".join(sorted(char for char in set("".join(lines)[:SAMPLE]) if "\u4e00" <= char <= "\u9fff"))
    changed = sum(map(str.__ne__, sample, simplify(sample)))
    return "hant" if changed * 10 > len(sample) else "hans"
