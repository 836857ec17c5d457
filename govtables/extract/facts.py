"""Facts a report states about itself: title, issuer, year, date of publication, script.

In: a `Document` and its sections. Out: `Facts`; what is not certain is None, what disagrees is a note.
Next: `pipeline`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from govtables.language import INVISIBLE, simplify, strip_annotations
from govtables.readers import Cell, Document, Grid, Section

# The facts stand at the top, in the first paragraphs and at the end; nothing else is looked through.
FRONT_LINES, OPENING_LINES, END_LINES = 120, 12, 25
LINE_LENGTH, TITLE_LINE, SHORT_LINE, SAMPLE = 400, 120, 40, 400
LINE_END = re.compile(r"[\n\t|]")
BLANK = re.compile(r"[\s%s]+" % "".join(map(chr, INVISIBLE)))

HAN = "[\u4e00-\u9fff]"
NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
YEAR = "(?:(?:19|20)\\d\\d|二[〇○零0][〇○零一二三四五六七八九]{2})"

# Names of institutions. A name ends at the first of these words after which the sentence goes on.
INSTITUTION = (
    "(?:政府|街道|办事处|委员会|管委会|联合会|办公室|办公厅|局|(?:健康|改革|教|工|管|建|农)委|厅|部|署|院|中心"
    "|总队|支队|大队|大学|学院|学校|公司|站|所|镇|乡|苏木)"
)
PLACE = "(?:自治区|开发区|高新区|示范区|新区|园区|省|市|区|县|州|盟|旗)"
NAME = f"{HAN}{{1,28}}?{INSTITUTION}"
NAME_OR_PLACE = re.compile(f"{HAN}{{1,28}}?(?:{INSTITUTION}|{PLACE})")
OFFICE = re.compile(f"({HAN}+(?:政府|局|委员会|厅|街道|办事处|镇|乡))(?:党政|综合)*办公[室厅]")
# 我局, 区政府, 国务院办公厅, 在区委领导下…: subjects of sentences, but nobody's full name.
NOBODY = re.compile(
    "^(?:我|本(?!溪)|全(?![椒南州])|各|该|此|上级|在|为|以|按|根据|对|由|通过|党|国务院|中华人民共和国|相关|有关"
    "|[省市区县州旗镇乡局街](?:道|人民)?(?:政府|委|局|厅)?(?:办公[室厅])?$|(?:人民)?政府$)"
    "|领导|指导|大厅|网站|工作|信息公开|贯彻|落实|年度$"
)

# The title: what stands before the report's kind is the issuer and the year, in either order.
YEARS = re.compile(f"({YEAR})(?:[-—–~至]+({YEAR}))?(?:学?年度?)?")
REPORT = re.compile(
    f"(?:(?<!人民)政府信息[与和及])?(?:(?:(?<!人民)政府|政务)?信息|政务)公开(?:工作)?(?:{YEAR}年?度?)?(?:工作)?(?:情况)?的?"
    "(?P<kind>年度(?:工作)?报告|工作报告|工作年报|年报|报告)"
)
BEFORE = re.compile(r"(?:[(\[【]?(?:图解|图片版|超链版|一图读懂)[)\]】:]*|(?:(?:信息|文件)?名称|标题):|[《“\"])*")
SITE = re.compile(r"[_|]|(?<!\d)[-—–]+")
AFTER = re.compile(
    rf"(?:\({YEAR}年?度?\))?(?P<rest>$|[》”\"(\[【_|—–-]|图解|图片版|超链版|全文|正文|的?(?:公告|公示)"
    rf"|发布|发文|公开日期|来源|信息来源|时间|日期|索引|作者|浏览|字体|根据|按照|为|本|目录|前言|一、|{YEAR}[年./-])"
)
COMPANION = re.compile("图解|图片版|超链版|一图读懂")
NOT_TITLE = re.compile(r"[,。;:?!<>《》〈〉{}*…]")
ABOUT = re.compile("^现?(?:将|公布)|^关于(?:印发|公布|发布)?|(?:关于)?(?:报送|上报|公布|发布|印发|编报)?的?$")
FOREIGN = re.compile(r"^.*\.(?:com|cn|net|org|gov|cc|vip)(?![a-z])")
ISSUER = re.compile(f"(?!我|本(?!溪)|该|各){HAN}{{2,40}}(?:\\({HAN}+\\){HAN}*)?")
LOST_YEAR = re.compile("(?<=[省市区县州旗镇乡局会道厅处府])年度?$")

# The body: who is to be asked, who wrote the report, who acts in its first sentence.
VERB = (
    "(?:认真|严格|坚持|深入|紧|全面|高度|积极|切实|始终|围绕|根据|依|按照|遵照|贯彻|进一步|持续|扎实|主动|不断|继续|牢固"
    "|聚焦|着力|结合|立足|以|在|共|把|将|未|没有|现|向|编制|政府信息公开|政务公开|信息公开)"
)
CONTACT = re.compile(f"[请可](?:直接)?(?:与|向|联系|致电)({NAME})(?:.{{0,12}}(?:联系|咨询|反映)|[(,]?(?:联系)?(?:地址|电话))")
EDITOR = re.compile(f"由({NAME})(?:负责|组织)?编制|(?:公布|编制|发布|现将)了?({NAME})(?={YEAR}年|政府信息|信息公开)")
OPENING = re.compile(f"(?:^|[\\n。;:]){YEAR}年(?:度|来|以来)?+,?({NAME}|{HAN}{{2,16}}?{PLACE})(?={VERB})")
SUBJECT = re.compile(f"(?:^|[\\n,。;:、)])({NAME})(?={VERB})")
ISSUER_FIELD = re.compile(
    r"(?:发布机构|发文机关|发布机关|公开机构|制发机关|发布单位|发文单位|信息来源|来源) ?[:\n]\s*([^\s\[(]*)"
)

DAY = r"(?<!\d)([2２][0０]\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)"
DATE_FIELDS = tuple(
    re.compile(rf"(?:{label})\s*:?\s*[\[(]?\s*{DAY}")
    for label in ("(?:发 ?布|公 ?开) ?(?:日 ?期|时 ?间)", "(?<!成文)(?<!统计)(?<!截止)(?:日 ?期|时 ?间)", "成 ?文 ?日 ?期")
)
SIGNED_YEAR = re.compile("20[\\d年月日./-]+$")
SIGNED_DAY = re.compile(
    rf"(?:{NAME})?\s*[\[(（]?\s*{DAY}\s*日?\s*[)）\]]?(?:\s\d?\d\s*:[\d\s:]+)?"
    r"(?:\s*(?:来源|來源|作者|浏览|瀏覽|字[体號号體]).*)?"
)

# Read off the printed text, so in both scripts.
PERIOD = re.compile(
    f"({YEAR})[年./-]?0?1[月./-]?(?:0?1[日号號]?)?(?:起|开始|開始)?[至到—–~～-]{{1,2}}"
    f"(?:({YEAR})[年./-]?|[同当當本]年)?12[月./-]?(?:31|(?<=月))"
)
LAST_DAY = re.compile(f"(?:截至|截止到?|[(（])({YEAR})年?12月?31日?|({YEAR})年?12月?31日?止")
OPENING_YEAR = re.compile(f"^({YEAR})年")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says about itself; names as printed, without blanks and annotations."""

    title: str | None
    issuer: str | None
    year: int | None
    published_on: date | None
    script: str
    notes: tuple[str, ...]


class _Title(NamedTuple):
    weight: tuple[int, ...]  # complete, plain, not a menu's word, in few lines, early: greatest is best
    text: str
    issuer: str | None
    year: int | None


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
    above, below = max(_titles(front), default=None), max(_titles(end), default=None)
    title = above or below or _Title((), "", None, None)
    issuer = above and above.issuer or _find_issuer(front, opening, end) or title.issuer
    published_on = _find_day([*front, *end], title.year)
    year, notes = _settle_year(text, title, published_on)
    titled = document.blocks and getattr(document.blocks[0], "place", "") == "title"
    said = _other_issuer(front) if titled else ()
    return Facts(title.text or None, issuer, year, published_on, _tell_script(text), (*notes, *said))


def _other_issuer(front: Sequence[str]) -> tuple[str, ...]:
    """Tell whether the title of a page and its heading name two issuers."""
    titles = [max(_titles(lines), default=None) for lines in (front[:1], front[1:])]
    one, two = (title.issuer if title and title.issuer and title.year else "" for title in titles)
    short = [re.sub("(?:人民)?政府$", "", simplify(name)) for name in (one, two)]
    differ = short[0] not in short[1] and short[1] not in short[0]
    return (f"issuer: the page's title names {one}, its heading {two}",) if differ else ()


def _lines(blocks: Iterable[Cell | Grid]) -> Iterator[str]:
    """Give the printed lines; a table cell is a line too, so that a label and its value follow each other."""
    for block in blocks:
        cells = (block,) if isinstance(block, Cell) else (cell for row in block.rows for cell in row if cell)
        for cell in cells:
            for line in LINE_END.split(cell.text):
                if line and not line.isspace():
                    yield line[:LINE_LENGTH].strip()


@lru_cache(maxsize=1 << 10)
def _fold(line: str, blank: str = "") -> tuple[str, str]:
    """Give the text as printed, blanks removed, and its key: plain width, simplified, of the same length."""
    printed = BLANK.sub(blank, strip_annotations(line))
    plain = unicodedata.normalize("NFKC", printed)
    key = simplify(plain)
    return next((text for text in (printed, plain) if len(text) == len(key)), key), key


def _titles(lines: Sequence[str]) -> Iterator[_Title]:
    for last, line in enumerate(lines):
        if "告" in line or "报" in line or "報" in line:
            for first in range(last, max(last - 3, -1), -1):
                parts = lines[first : last + 1]
                if first < last and max(map(len, parts)) > SHORT_LINE:
                    break
                title = _read_title("".join(parts)[:TITLE_LINE], (first - last, -last))
                if title and (first == last or _is_name(simplify(title.issuer or ""))):
                    yield title
                if title and title.issuer and title.year:
                    break


def _read_title(line: str, order: tuple[int, int]) -> _Title | None:
    """Read a line as a title, or tell that it is none."""
    printed, key = _fold(line)
    start = BEFORE.match(key).end()
    report = REPORT.search(key, start)
    if not report:
        return None
    start = max((mark.end() for mark in SITE.finditer(key, start, report.start())), default=start)
    before, after = key[start : report.start()], AFTER.match(key, report.end())
    if NOT_TITLE.search(before) or not (after or before and key.startswith(before, report.end())):
        return None
    end = after.start("rest") if after else report.end()
    issuer, year = _read_issuer(printed[start:], before), _read_year(key[start:end])
    kind = report["kind"]
    if before == "中华人民共和国" or not year and (kind in ("年报", "报告") or not issuer and "工作年度" not in report[0]):
        return None
    weight = (bool(issuer) + bool(year), not COMPANION.search(key), kind != "年报", *order)
    return _Title(weight, printed[start:end], issuer, year)


def _read_issuer(printed: str, key: str) -> str | None:
    """Take year, prepositions and a mirror's domain off what stands before the report's kind."""
    name = FOREIGN.sub("", LOST_YEAR.sub("", ABOUT.sub("", YEARS.sub("", key).replace("()", ""))))
    place = key.find(name)
    if not ISSUER.fullmatch(name):
        return None
    return printed[place : place + len(name)] if place >= 0 else name


def _read_year(key: str) -> int | None:
    found = [year[1] for year in YEARS.finditer(key) if not year[2] and "学" not in year[0]]
    return _number(found[-1]) if found else None


def _number(year: str) -> int:
    return int(year.translate(NUMERALS))


def _is_name(key: str) -> bool:
    return bool(NAME_OR_PLACE.fullmatch(key)) and not NOBODY.search(key)


def _find_issuer(front: Sequence[str], opening: Sequence[str], end: Sequence[str]) -> str | None:
    """Take the issuer from a field, signature, contact, author, first sentence, or commonest subject."""
    margin = [_fold(line[:TITLE_LINE], " ") for line in (*front, *end)]
    body = [_fold(line) for line in front] + [_fold(line[:TITLE_LINE]) for line in (*opening, *end)]
    if name := next(chain(_named(ISSUER_FIELD, margin), _signed(margin)), None):
        return name
    if name := next((name for pattern in (CONTACT, EDITOR) for name in _named(pattern, body)), None):
        office = OFFICE.fullmatch(simplify(name))
        return name[: office.end(1)] if office else name
    subjects = Counter(_named(SUBJECT, body))
    return next(_named(OPENING, body), None) or max(subjects, key=subjects.__getitem__, default=None)


def _named(pattern: re.Pattern[str], lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    printed, key = ("\n".join(texts) for texts in zip(("", ""), *lines, strict=True))
    for found in pattern.finditer(key):
        if _is_name(found[found.lastindex]):
            yield printed[found.start(found.lastindex) : found.end(found.lastindex)]


def _signed(lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Names that stand alone under the title or above a date."""
    for (_, above), (printed, key), (_, below) in zip(lines, lines[1:], [*lines[2:], ("", "")], strict=False):
        if _is_name(key) and (SIGNED_YEAR.match(below) or REPORT.search(above)):
            yield printed


def _find_day(lines: Sequence[str], year: int | None) -> date | None:
    """Take the date of a field, else one that stands alone and follows the year of the title."""
    dated = [place for place, line in enumerate(lines) if re.search(DAY, line)]
    keys = [_fold(" ".join(lines[max(place - 1, 0) : place + 1]), " ")[1] for place in dated]
    fields = (_day(found) for pattern in DATE_FIELDS for key in keys for found in pattern.finditer(key))
    alone = (_day(found) for place in reversed(dated) if (found := SIGNED_DAY.fullmatch(lines[place])))
    earliest = date(year or 1, 12, 1)
    return next(chain(filter(None, fields), (day for day in alone if day and day >= earliest)), None)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()[-3:]))
    except ValueError:
        return None


def _settle_year(
    lines: Sequence[str], title: _Title, published_on: date | None
) -> tuple[int | None, tuple[str, ...]]:
    """Weigh the witnesses of the year; their disagreement is a note."""
    if "学年" in simplify(title.text):
        return None, ("year: a school year, not a calendar year",)
    period, notes = _read_period(lines), []
    counted = title.year if title.year in period else next(reversed(period), None)
    year = counted or title.year or (published_on.year - 1 if published_on else _opening_year(lines))
    if len(set(period)) > 1:
        notes.append(f"year: statistics period runs from {period[0]} to {period[1]}")
    if title.year and title.year != year:
        notes.append(f"year: title says {title.year}, statistics period says {year}")
    if year and published_on and published_on < date(year, 12, 1):
        notes.append(f"year: published on {published_on}, before the end of {year}")
    return year, tuple(notes)


def _read_period(lines: Iterable[str]) -> tuple[int, ...]:
    """First and last year of the statistics period, from the first sentence that states it."""
    plain = (unicodedata.normalize("NFKC", line) if "１２" in line else line for line in lines)
    keys = [BLANK.sub("", line) for line in plain if "12" in line]
    searched = (pattern.search(key) for pattern in (PERIOD, LAST_DAY) for key in keys)
    found = next(filter(None, searched), None)
    return tuple(_number(year) for year in found.groups() if year) if found else ()


def _opening_year(lines: Iterable[str]) -> int | None:
    """The year with which most sentences begin."""
    found = Counter(_number(year[1]) for line in lines if (year := OPENING_YEAR.match(_fold(line[:20])[1])))
    return max(found, key=found.__getitem__, default=None)


def _tell_script(lines: Iterable[str]) -> str:
    """Tell the script from the share of different characters that simplifying changes; a few may be names."""
    sample = "".join(sorted(char for char in set("".join(lines)[:SAMPLE]) if "\u4e00" <= char <= "\u9fff"))
    changed = sum(map(str.__ne__, sample, simplify(sample)))
    return "hant" if changed * 10 > len(sample) else "hans"
