"""Synthetic annual reports whose every cell is known.

In: a seed, a generation of the form, a layout and whether to damage it. Out: `Sample`, the bytes of one document and the truth
of each statutory cell. Next: `accuracy.py` lets the reader read the bytes and compares. Independent of the package on purpose.
"""

from __future__ import annotations

import csv
import functools
import html
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

Code = tuple[str, str, str]
GENERATIONS = ("2021", "2019")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a perfect reader can say of one cell; `figure` is the number behind it, printed or not."""

    raw: str | None
    value: float | None
    kind: str  # number, blank, not_applicable, lost, absent
    figure: float | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One document, how it was made and what is printed in it; `labels` are the printed labels of the rows."""

    name: str
    data: bytes
    layout: str
    generation: str
    noises: tuple[str, ...]
    truth: dict[Code, Printed]
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    encoding: str = "utf-8"
    invisible: frozenset[str] = frozenset()  # tables whose layout prints nothing for a blank cell


@dataclass(frozen=True, slots=True)
class Box:
    """One printed cell of a table, with its spans. `gone` means that damage took its text."""

    text: str
    across: int = 1
    down: int = 1
    role: str = "header"  # article, header, corner, group, row, value, extra, filler
    code: Code | None = None
    value: Decimal | None = None
    kind: str = "number"
    gone: bool = False


Rows = list[list[Box]]
Form = dict[str, Rows]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document: a title, heading, paragraph, piece of page furniture, or (by name) a table."""

    kind: str
    text: str


# ---------------------------------------------------------------------------------------------------------------------------
# The official form, both generations

ARTICLE = "第二十条第({})项"
ITEM = "信息内容"
DECISIONS = (("本年处理决定数量", "decisions"),)
ITEMS = (("上一年项目数量", "previous_items"), ("本年增/减", "change"))
DISCLOSURE = {
    "2021": (
        (
            "一",
            (("本年制发件数", "issued"), ("本年废止件数", "repealed"), ("现行有效件数", "in_force")),
            (("regulation", "规章"), ("normative_document", "行政规范性文件")),
        ),
        ("五", DECISIONS, (("licence", "行政许可"),)),
        ("六", DECISIONS, (("penalty", "行政处罚"), ("coercion", "行政强制"))),
        ("八", (("本年收费金额(单位:万元)", "amount"),), (("fee", "行政事业性收费"),)),
    ),
    "2019": (
        (
            "一",
            (("本年新制作数量", "made"), ("本年新公开数量", "published"), ("对外公开总数量", "total_public")),
            (("regulation", "规章"), ("normative_document", "规范性文件")),
        ),
        (
            "五",
            (*ITEMS, ("处理决定数量", "decisions")),
            (("licence", "行政许可"), ("other_service", "其他对外管理服务事项")),
        ),
        ("六", (*ITEMS, ("处理决定数量", "decisions")), (("penalty", "行政处罚"), ("coercion", "行政强制"))),
        ("八", ITEMS, (("fee", "行政事业性收费"),)),
        ("九", (("采购项目数量", "projects"), ("采购总金额", "amount")), (("procurement", "政府集中采购"),)),
    ),
}
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
APPLICANTS = (
    ("natural_person", "自然人"),
    ("commercial_enterprise", "商业企业"),
    ("research_institution", "科研机构"),
    ("public_interest_organization", "社会公益组织"),
    ("legal_service_institution", "法律服务机构"),
    ("other_organization", "其他"),
)
FLOW_IN = (("received", "一、本年新收政府信息公开申请数量"), ("carried_in", "二、上年结转政府信息公开申请数量"))
OUTCOME = "三、本年度办理结果"
GRANTS = (("granted", "(一)予以公开"), ("partially_granted", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"))
REFUSALS = (
    (
        "denied",
        "(三)不予公开",
        (
            ("state_secret", "1.属于国家秘密"),
            ("prohibited_by_law", "2.其他法律行政法规禁止公开"),
            ("security_and_stability", "3.危及“三安全一稳定”"),
            ("third_party_rights", "4.保护第三方合法权益"),
            ("internal_affairs", "5.属于三类内部事务信息"),
            ("process_information", "6.属于四类过程性信息"),
            ("enforcement_case_file", "7.属于行政执法案卷"),
            ("administrative_inquiry", "8.属于行政查询事项"),
        ),
    ),
    (
        "unavailable",
        "(四)无法提供",
        (
            ("not_held", "1.本机关不掌握相关政府信息"),
            ("needs_creation", "2.没有现成信息需要另行制作"),
            ("unclear_after_correction", "3.补正后申请内容仍不明确"),
        ),
    ),
    (
        "not_processed",
        "(五)不予处理",
        (
            ("petition_or_complaint", "1.信访举报投诉类申请"),
            ("repeat_request", "2.重复申请"),
            ("publication", "3.要求提供公开出版物"),
            ("excessive_requests", "4.无正当理由大量反复申请"),
            ("confirm_or_reissue", "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
)
OTHER_HANDLING = (
    "other",
    "(六)其他处理",
    (
        ("not_corrected_in_time", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ("other", "3.其他"),
    ),
)
GROUPS = {"2021": (*REFUSALS, OTHER_HANDLING), "2019": REFUSALS}
AFTER_GROUPS = {"2021": (), "2019": (("other", "(六)其他处理"),)}
CONCLUDED = ("concluded", "(七)总计")
CARRIED_OVER = ("carried_over", "四、结转下年度继续办理")
TOTAL = ("total", "总计")
SUITS = (("litigation_direct", "未经复议直接起诉"), ("litigation_after_review", "复议后起诉"))
RESULTS = (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), TOTAL)


def outcome_rows(generation: str) -> list[str]:
    """Return the codes of the rows that the outcome total adds up."""
    grouped = [f"{group}.{row}" for group, _, rows in GROUPS[generation] for row, _ in rows]
    return [row for row, _ in GRANTS] + grouped + [row for row, _ in AFTER_GROUPS[generation]]


# ---------------------------------------------------------------------------------------------------------------------------
# Figures that satisfy every identity of the form

APPLICANT_WEIGHTS = (0.82, 0.10, 0.01, 0.02, 0.03, 0.02)
SIZES = ((0, 0), (1, 6), (5, 150), (150, 25_000))
SIZE_WEIGHTS = (35, 30, 25, 10)


def heavy(rng: random.Random, zero: float, digits: float) -> int:
    """Draw zero with probability `zero`, else a heavy-tailed count of up to `digits` digits."""
    return 0 if rng.random() < zero else int(10 ** rng.uniform(0, digits))


def draw_amount(rng: random.Random, places: int) -> Decimal:
    """Draw an amount of money, often zero, with up to `places` decimals."""
    if rng.random() < 0.4:
        return Decimal(0)
    drawn = rng.randint(0, places)
    return Decimal(heavy(rng, 0.2, 5.5) * 10**drawn + rng.randrange(10**drawn)).scaleb(-drawn)


DRAWS: dict[str, Callable[[random.Random], Decimal]] = {
    "change": lambda rng: Decimal(rng.choice((0, 0, 0, 1, -1, 5, -3, -4, 12, -27))),
    "previous_items": lambda rng: Decimal(heavy(rng, 0.3, 2.7)),
    "decisions": lambda rng: Decimal(heavy(rng, 0.35, 6.5)),
    "projects": lambda rng: Decimal(heavy(rng, 0.4, 2.5)),
    "amount": lambda rng: draw_amount(rng, 6),
}


def draw_disclosure(rng: random.Random, generation: str) -> Iterator[tuple[Code, Decimal]]:
    """Draw table A; hardly anybody makes rules."""
    for _, columns, rows in DISCLOSURE[generation]:
        for row, _ in rows:
            documents = heavy(rng, 0.9 if row == "regulation" else 0.4, 2.2)
            for _, column in columns:
                draw = DRAWS.get(column, lambda rng, top=documents: Decimal(rng.randint(0, top)))
                yield ("disclosure", row, column), draw(rng)


def draw_column(rng: random.Random, rows: list[str], weights: list[float], concluded: int) -> Counter[str]:
    """Spread one applicant's concluded requests over the outcomes and balance the flow."""
    counts = Counter(rng.choices(rows, weights, k=concluded))
    carried_in = int(concluded * rng.uniform(0, 0.15))
    carried_over = int(concluded * rng.uniform(0, 0.15)) + (rng.random() < 0.03)
    received = concluded + carried_over - carried_in
    return counts + Counter(received=received, carried_in=carried_in, concluded=concluded, carried_over=carried_over)


def draw_requests(rng: random.Random, generation: str) -> Iterator[tuple[Code, Decimal]]:
    """Draw table B, from a township without a request to a city with thousands."""
    rows = outcome_rows(generation)
    weights = [rng.expovariate(1) ** 3 for _ in rows]
    low, high = rng.choices(SIZES, SIZE_WEIGHTS)[0]
    size = int(low + (high - low) * rng.random() ** 2)
    shares = Counter(rng.choices([column for column, _ in APPLICANTS], APPLICANT_WEIGHTS, k=size))
    columns = {column: draw_column(rng, rows, weights, shares[column]) for column, _ in APPLICANTS}
    for row in ("received", "carried_in", *rows, "concluded", "carried_over"):
        for column, counts in columns.items():
            yield ("requests", row, column), Decimal(counts[row])
        yield ("requests", row, "total"), Decimal(sum(counts[row] for counts in columns.values()))


def draw_disputes(rng: random.Random) -> Iterator[tuple[Code, Decimal]]:
    """Draw the three groups of table C."""
    zero = rng.choice((1, 0.9, 0.5))
    for row in ("review", *(row for row, _ in SUITS)):
        counts = [heavy(rng, zero, 2) for _ in RESULTS[:-1]]
        for (column, _), count in zip(RESULTS, (*counts, sum(counts)), strict=True):
            yield ("disputes", row, column), Decimal(count)


def print_figure(code: Code, value: Decimal, rng: random.Random) -> str:
    """Write a number as reports do; a change carries its sign in several ways."""
    if code[2] != "change" or not value:
        return f"{value:f}"
    more, less = rng.choice((("", "-"), ("+", "-"), ("增", "减"), ("", "减")))
    return f"{more if value > 0 else less}{abs(value):f}"


# ---------------------------------------------------------------------------------------------------------------------------
# The form as boxes with spans, as it is published


def value_boxes(figures: dict[Code, Decimal], codes: list[Code], rng: random.Random, last: int = 1) -> list[Box]:
    """Make the value cells of one row; the last one spans `last` columns."""
    texts = [print_figure(code, figures[code], rng) for code in codes]
    boxes = [Box(text, 1, 1, "value", code, figures[code]) for text, code in zip(texts, codes, strict=True)]
    return [*boxes[:-1], replace(boxes[-1], across=last)]


def row_label(table: str, row: str, text: str, across: int = 1) -> Box:
    """Make the cell that names a row."""
    return Box(text, across, 1, "row", (table, row, ""))


def build_disclosure(figures: dict[Code, Decimal], generation: str, rng: random.Random) -> Rows:
    """Build table A: four columns, short blocks stretched over them."""
    rows: Rows = []
    for article, columns, items in DISCLOSURE[generation]:
        last = 4 - len(columns)
        headers = [Box(text) for text, _ in columns]
        rows.append([Box(ARTICLE.format(article), 4, 1, "article")])
        rows.append([Box(ITEM), *headers[:-1], replace(headers[-1], across=last)])
        for row, text in items:
            codes = [("disclosure", row, column) for _, column in columns]
            rows.append([row_label("disclosure", row, text), *value_boxes(figures, codes, rng, last)])
    return rows


def request_row(figures: dict[Code, Decimal], rng: random.Random, row: str, text: str, across: int) -> list[Box]:
    """Build one line of table B: its label and seven numbers."""
    codes = [("requests", row, column) for column, _ in (*APPLICANTS, TOTAL)]
    return [row_label("requests", row, text, across), *value_boxes(figures, codes, rng)]


def request_headers() -> Rows:
    """Build the three header lines of table B."""
    companies = [Box(text) for _, text in APPLICANTS[1:]]
    return [
        [Box(CORNER, 3, 3, "corner"), Box("申请人情况", 7)],
        [Box("自然人", 1, 2), Box("法人或其他组织", 5), Box("总计", 1, 2)],
        companies,
    ]


def build_requests(figures: dict[Code, Decimal], generation: str, rng: random.Random) -> Rows:
    """Build table B with its two columns of group labels."""
    line = functools.partial(request_row, figures, rng)
    results = [line(row, text, 2) for row, text in GRANTS]
    for group, group_text, items in GROUPS[generation]:
        lines = [line(f"{group}.{row}", text, 1) for row, text in items]
        lines[0].insert(0, Box(group_text, 1, len(items), "group"))
        results += lines
    results += [line(row, text, 2) for row, text in (*AFTER_GROUPS[generation], CONCLUDED)]
    results[0].insert(0, Box(OUTCOME, 1, len(results), "group"))
    return [*request_headers(), *(line(*row, 3) for row in FLOW_IN), *results, line(*CARRIED_OVER, 3)]


def build_disputes(figures: dict[Code, Decimal], rng: random.Random) -> Rows:
    """Build table C: two header levels of unequal depth above fifteen numbers."""
    results = [Box(text) for _, text in RESULTS]
    rows = ("review", *(row for row, _ in SUITS))
    codes = [("disputes", row, column) for row in rows for column, _ in RESULTS]
    return [
        [Box("行政复议", 5), Box("行政诉讼", 10)],
        [*(replace(box, down=2) for box in results), *(Box(text, 5) for _, text in SUITS)],
        results + results,
        value_boxes(figures, codes, rng),
    ]


def build_form(rng: random.Random, generation: str, requests_generation: str) -> Form:
    """Draw the figures and build the three tables; table B may follow the other generation."""
    figures = dict(draw_disclosure(rng, generation))
    figures |= dict(draw_requests(rng, requests_generation)) | dict(draw_disputes(rng))
    return {
        "disclosure": build_disclosure(figures, generation, rng),
        "requests": build_requests(figures, requests_generation, rng),
        "disputes": build_disputes(figures, rng),
    }


def boxes_of(form: Form) -> Iterator[Box]:
    """Walk all boxes in printed order."""
    return (box for rows in form.values() for row in rows for box in row)


def edit(form: Form, change: Callable[[Box], Box]) -> Form:
    """Return the form with every box changed."""
    return {table: [[change(box) for box in row] for row in rows] for table, rows in form.items()}


def read_truth(form: Form, official: dict[Code, Decimal]) -> dict[Code, Printed]:
    """Say of each official cell what the finished form prints."""
    printed = {box.code: box for box in boxes_of(form) if box.role == "value"}
    return {code: tell(printed.get(code), float(figure)) for code, figure in official.items()}


def tell(box: Box | None, figure: float) -> Printed:
    """Say what one box prints."""
    if box is None:
        return Printed(None, None, "absent", figure)
    if box.gone:
        return Printed(None, None, "lost", figure)
    return Printed(box.text.strip(), figure if box.kind == "number" else None, box.kind, figure)


# ---------------------------------------------------------------------------------------------------------------------------
# Noise in labels and headers

SPLITS = {
    "商业企业": "商业\n企业",
    "科研机构": "科研\n机构",
    "社会公益组织": "社会\n公益\n组织",
    "法律服务机构": "法律\n服务\n机构",
    "结果维持": "结果\n维持",
    "结果纠正": "结果\n纠正",
    "其他结果": "其他\n结果",
    "尚未审结": "尚未\n审结",
    "总计": "总\n计",
    "本年新制作数量": "本年新\n制作数量",
    "本年新公开数量": "本年新\n公开数量",
}
PAIRS = {text: tuple(split.split("\n")) for text, split in SPLITS.items() if split.count("\n") == 1 and len(text) == 4}
JUNK = "用语人石磙粉头交效生和木未身光十寸的加"


def is_label(box: Box) -> bool:
    """Tell whether the box prints words that can be damaged."""
    return box.role in {"header", "group", "row", "article"} and bool(box.text)


def split_label(box: Box) -> str:
    """Break a label over lines as narrow columns do; the tall group label stands upright."""
    if box.role == "group" and "三、" in box.text:
        return "\n".join(box.text)
    if box.role == "group":
        return re.sub(r"([)）])", r"\1\n", box.text)
    return SPLITS.get(box.text, box.text)


def split_labels(form: Form, rng: random.Random) -> Form:
    """Break header and group labels over lines."""
    return edit(form, lambda box: replace(box, text=split_label(box)) if rng.random() < 0.9 else box)


def first_line_only(form: Form, rng: random.Random) -> Form:
    """Keep only the first line of two-line headers, so that two columns may share a name."""
    first = {text: split.split("\n")[0] for text, split in SPLITS.items() if text != "总计"}
    tables = {"disputes"} | {table for table in ("disclosure", "requests") if rng.random() < 0.6}

    def cut(box: Box) -> Box:
        return replace(box, text=first.get(box.text, box.text)) if rng.random() < 0.85 else box

    return {table: edit({table: rows}, cut)[table] if table in tables else rows for table, rows in form.items()}


def header_two_rows(form: Form, rng: random.Random) -> Form:
    """Print the second half of two-line headers as a table row of its own."""
    table = rng.choice(("requests", "disputes"))
    rows = form[table]
    above = [[replace(box, down=box.down + (index + box.down > 2)) for box in row] for index, row in enumerate(rows[:2])]
    upper = [replace(box, text=PAIRS[box.text][0]) if box.text in PAIRS else replace(box, down=2) for box in rows[2]]
    lower = [replace(box, text=PAIRS[box.text][1]) for box in rows[2] if box.text in PAIRS]
    return {**form, table: [*above, upper, lower, *rows[3:]]}


def insert_space(text: str, rng: random.Random) -> str:
    """Put a blank between two characters, never inside a number."""
    spots = [i for i in range(1, len(text)) if not (text[i - 1].isdigit() and text[i].isdigit())]
    spot = rng.choice(spots) if spots else 0
    return text[:spot] + rng.choice((" ", " ", "  ", "\u3000")) + text[spot:] if spot else text


def label_spaces(form: Form, rng: random.Random) -> Form:
    """Sprinkle blanks into labels."""
    share = rng.uniform(0.1, 0.5)
    return edit(
        form,
        lambda box: replace(box, text=insert_space(box.text, rng)) if is_label(box) and rng.random() < share else box,
    )


def lose_character(box: Box, rng: random.Random) -> Box:
    """Drop one character; the 减 of 本年增/减 is the one that reports lose."""
    spot = len(box.text) - 1 if box.text == "本年增/减" else rng.randrange(len(box.text))
    return replace(box, text=box.text[:spot] + box.text[spot + 1 :])


def lost_characters(form: Form, rng: random.Random) -> Form:
    """Lose one character each of a few long labels."""
    texts = {box.text for box in boxes_of(form) if is_label(box) and len(box.text) >= 4}
    texts = sorted(text for text in texts if "万元" not in text)  # without the 万 it would state another unit
    chosen = set(rng.sample(texts, rng.randint(1, 3)))
    return edit(form, lambda box: lose_character(box, rng) if is_label(box) and box.text in chosen else box)


def torn_group(form: Form, rng: random.Random) -> Form:
    """Tear the tall group label and leave its pieces beside later rows, as OCR does."""
    rows = [list(row) for row in form["requests"]]
    start = next(i for i, row in enumerate(rows) if row[0].role == "group")
    tall, rest = rows[start][0], rows[start][1:]
    at = rng.randint(7, 13)
    rows[start] = [replace(rest[0], across=3), *rest[1:]] if rng.random() < 0.5 else [Box("", role="filler"), *rest]
    pieces = [("", at - 1), ("三、本 年度办", 1), ("理结果", 1), ("生和木", 1), ("", tall.down - at - 3)]
    row = start + 1
    for text, down in pieces:
        rows[row].insert(0, Box(text, 1, down, "filler"))
        row += down
    return {**form, "requests": rows}


def ruin(text: str, rng: random.Random) -> str:
    """Replace most characters of a label by look-alike junk."""
    kept = "".join(char if rng.random() < 0.4 else rng.choice(JUNK) for char in re.sub(r"^\d\.", "", text)[:16])
    return f"{rng.choice(('12 ', '', '(', 'l.'))}{kept}"


def ocr_label(form: Form, rng: random.Random) -> Form:
    """Ruin the label of one row."""
    codes = [box.code for row in form["requests"] + form["disclosure"] for box in row if box.role == "row" and box.text]
    chosen = rng.choice(codes)
    return edit(form, lambda box: replace(box, text=ruin(box.text, rng)) if box.role == "row" and box.code == chosen else box)


def row_omitted(form: Form, rng: random.Random) -> Form:
    """Leave out a row of table A: the rules that most bodies cannot make, seldom another."""
    gone = rng.choice(("regulation", "regulation", "regulation", "coercion"))
    rows = [row for row in form["disclosure"] if not (row[0].code and row[0].code[1] == gone)]
    return {**form, "disclosure": rows}


def numbering(form: Form, rng: random.Random) -> Form:
    """Number the items and quote in another style."""
    item = rng.choice(("{}、", "({})", "{}．", "{}. ", "{}.", "（{}）"))
    quotes = rng.choice(('""', "  ", "「」", "“”"))
    marks = str.maketrans("“”()", f"{quotes}{rng.choice(('（）', '()'))}")

    def renumber(box: Box) -> Box:
        text = re.sub(r"^(\d)\.", lambda match: item.format(match[1]), box.text.translate(marks))
        return replace(box, text=text) if is_label(box) else box

    return edit(form, renumber)


def extra_boxes(count: int, rng: random.Random) -> list[Box]:
    """Make the numbers of a row that the form does not know."""
    return [Box(str(heavy(rng, 0.5, 1.5)), role="extra") for _ in range(count)]


def hubei_row(form: Form, rng: random.Random) -> Form:
    """Add the row of other disclosed files and notes with digits behind the labels."""
    notes = {
        "上一年项目数量": "(指2018年事项数)",
        "本年增/减": "(增用正值,减用负值表示,如-8)",
        "处理决定数量": "(指2019年办件量)",
        "规章": "(设区的市、自治州人民政府应提供相关数据)",
    }
    noted = edit(form, lambda box: replace(box, text=box.text + notes.get(box.text, "")))
    rows = noted["disclosure"]
    at = 1 + next(i for i, row in enumerate(rows) if row[0].code and row[0].code[1] == "normative_document")
    extra = [Box("其他主动公开文件(以本机关名义发布的公文)", role="row"), *extra_boxes(3, rng)]
    return {**noted, "disclosure": [*rows[:at], extra, *rows[at:]]}


def tongzhou_rows(form: Form, rng: random.Random) -> Form:
    """Divide the other services in two; the row itself then prints no number of its own."""
    rows: Rows = []
    for label, *rest in form["disclosure"]:
        if label.code and label.code[1] == "other_service":
            rows.append([replace(label, down=2), Box("行政检查", role="row"), *extra_boxes(3, rng)])
            rows.append([Box("行政确认", role="row"), *extra_boxes(3, rng)])
        else:
            rows.append([replace(label, across=label.across + 1), *rest])
    return {**form, "disclosure": rows}


def unknown_reason(form: Form, rng: random.Random) -> Form:
    """Add a ninth reason of refusal, all zeros."""
    rows = [list(row) for row in form["requests"]]
    at = next(i for i, row in enumerate(rows) if row[0].code == ("requests", "denied.administrative_inquiry", ""))
    for i, row in enumerate(rows):
        rows[i] = [replace(box, down=box.down + (box.role == "group" and i < at < i + box.down)) for box in row]
    extra = [Box("9.属于工作秘密", role="row"), *(Box("0", role="extra") for _ in range(7))]
    return {**form, "requests": [*rows[: at + 1], extra, *rows[at + 1 :]]}


def extra_row(form: Form, rng: random.Random) -> Form:
    """Add a row that some places print: the Hubei and Tongzhou ones of the 2019 form, or a ninth reason."""
    old = any(box.code == ("disclosure", "other_service", "") for box in boxes_of(form))
    return rng.choice((hubei_row, hubei_row, tongzhou_rows) if old else (unknown_reason,))(form, rng)


def extra_column(form: Form, rng: random.Random) -> Form:
    """Add a subtotal of the five organizations before the grand total."""

    def widen(row: list[Box]) -> list[Box]:
        values = [box for box in row if box.role == "value"]
        if len(values) == 7:
            subtotal = sum(box.value for box in values[1:6])
            return [*row[:-1], Box(str(subtotal), role="extra"), row[-1]]
        return [replace(box, across=box.across + (box.across in (5, 7))) for box in row]

    rows = [widen(row) for row in form["requests"]]
    return {**form, "requests": [*rows[:2], [*rows[2], Box("小计")], *rows[3:]]}


def remove(box: Box) -> Box:
    """Take the text of a box; a cell stays behind only where the layout has positions."""
    return replace(box, text="", gone=True)


def dropped_labels(form: Form, rng: random.Random) -> Form:
    """Drop the labels of a group's items, so that a bare block of numbers is left."""
    group = rng.choice(("denied.", "denied.", "unavailable.", "not_processed."))
    return edit(form, lambda box: remove(box) if box.role == "row" and box.code and box.code[1].startswith(group) else box)


WIDE_ROWS = ("received", "carried_in", "granted", "partially_granted", "other.fee_unpaid", "concluded")


def wide_label(form: Form, rng: random.Random) -> Form:
    """Let wide labels swallow the first number of their rows."""
    codes = {("requests", row, "natural_person") for row in rng.sample(WIDE_ROWS, rng.randint(1, len(WIDE_ROWS)))}
    return edit(form, lambda box: remove(box) if box.role == "value" and box.code in codes else box)


def lost_cell(form: Form, rng: random.Random) -> Form:
    """Lose one number."""
    code = rng.choice([box.code for box in boxes_of(form) if box.role == "value"])
    return edit(form, lambda box: remove(box) if box.role == "value" and box.code == code else box)


# ---------------------------------------------------------------------------------------------------------------------------
# Noise in numbers


def edit_numbers(form: Form, change: Callable[[Box], Box]) -> Form:
    """Return the form with every printed number changed."""
    return edit(form, lambda box: change(box) if box.role == "value" and box.kind == "number" and not box.gone else box)


def unprint(form: Form, kind: str, text: str, chosen: Callable[[Code], bool]) -> Form:
    """Print `text` in place of the chosen zeros."""
    return edit_numbers(form, lambda box: replace(box, kind=kind, text=text) if box.value == 0 and chosen(box.code) else box)


BLANK_SCOPES: tuple[Callable[[Code], bool], ...] = (
    lambda code: code[0] != "disclosure" and code[2] != "total" and code[1] != "concluded",
    lambda code: code[0] == "requests" or (code[0] == "disputes" and code[2] != "total"),
    lambda code: code[2] != "total",
    lambda code: code[2] == "change",
    lambda code: code[1] == "regulation",
    lambda code: True,
)
NOT_APPLICABLE_SCOPES: tuple[Callable[[Code], bool], ...] = (
    lambda code: code[1] == "regulation",
    lambda code: code[0] == "disclosure",
    lambda code: code[0] == "disputes",
    lambda code: True,
)


def blanks(form: Form, rng: random.Random) -> Form:
    """Leave zeros blank: the details only, all, or a few places."""
    return unprint(form, "blank", "", rng.choice(BLANK_SCOPES))


def not_applicable(form: Form, rng: random.Random) -> Form:
    """Print a slash, a dash or the word for none in place of zeros."""
    return unprint(form, "not_applicable", rng.choice(("/", "-", "—", "--", "无")), rng.choice(NOT_APPLICABLE_SCOPES))


def add_unit(box: Box, rng: random.Random) -> Box:
    """Write the unit behind a number; a fee may be printed in yuan."""
    if box.code[2] != "amount":
        return replace(box, text=f"{box.text}件")
    yuan = box.value * 10_000
    if box.code[1] == "fee" and yuan == yuan.to_integral() and rng.random() < 0.3:
        return replace(box, text=f"{yuan.to_integral():f}元")
    return replace(box, text=f"{box.text}万元")


def takes_unit(code: Code, tables: tuple[str, ...], amounts: bool) -> bool:
    """Tell whether the cell of this code gets a unit."""
    return code[0] in tables and code[2] != "change" and (code[2] == "amount" or not amounts)


def units(form: Form, rng: random.Random) -> Form:
    """Write units into the cells of table A, seldom everywhere."""
    tables = rng.choice((("disclosure",), ("disclosure",), tuple(form)))
    amounts = rng.random() < 0.5
    return edit_numbers(form, lambda box: add_unit(box, rng) if takes_unit(box.code, tables, amounts) else box)


def letter_o(form: Form, rng: random.Random) -> Form:
    """Print a letter or a circle for some zeros."""
    letters, share = rng.choice(("О", "O", "o", "○", "〇", "ОO")), rng.choice((0.02, 0.2, 1))
    return edit_numbers(
        form, lambda box: replace(box, text=rng.choice(letters)) if box.text == "0" and rng.random() < share else box
    )


def padding(form: Form, rng: random.Random) -> Form:
    """Pad numbers with blanks of several widths."""
    pads = ("", "", " ", "\xa0", "\xa0\xa0", "\u3000")
    return edit_numbers(form, lambda box: replace(box, text=f"{rng.choice(pads)}{box.text}{rng.choice(pads)}"))


def full_width(form: Form, rng: random.Random) -> Form:
    """Print digits in full width, all or some."""
    wide, share = {code: code + 0xFEE0 for code in b"0123456789.+-,"}, rng.choice((0.2, 1))
    return edit_numbers(form, lambda box: replace(box, text=box.text.translate(wide)) if rng.random() < share else box)


def thousands(form: Form, rng: random.Random) -> Form:
    """Group the digits of long numbers in threes."""
    return edit_numbers(form, lambda box: replace(box, text=re.sub(r"(?<![.\d])\d+", lambda m: f"{int(m[0]):,}", box.text)))


# ---------------------------------------------------------------------------------------------------------------------------
# Noise in words: script and debris


@functools.cache
def load_csv(name: str) -> tuple[tuple[str, ...], ...]:
    """Read one of the small tables beside this file, without its header."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return tuple(tuple(row) for row in csv.reader(stream))[1:]


@functools.cache
def converter(name: str) -> Callable[[str], str]:
    """Return a converter to Traditional characters."""
    from opencc import OpenCC

    return OpenCC(name).convert


def to_traditional(dialect: str, base: str, text: str, rng: random.Random) -> str:
    """Convert to Traditional characters with the wrong picks and words of one dialect."""
    text = converter(base)(text)
    for kind, source, target in load_csv("script.csv"):
        text = text.replace(source, target) if kind == dialect else text
    return text


@functools.cache
def load_pinyin() -> dict[str, tuple[str, str]]:
    """Map a character to its reading with and without tone mark."""
    readings = [(chars, *target.split()) for kind, chars, target in load_csv("script.csv") if kind == "pinyin"]
    return {char: (toned, plain) for chars, toned, plain in readings for char in chars}


def pinyin_toned(text: str, rng: random.Random) -> str:
    """Annotate single characters with toned pinyin."""
    known = load_pinyin()
    return "".join(f"{c}({known[c][0]})" if c in known and rng.random() < 0.25 else c for c in text)


def pinyin_plain(text: str, rng: random.Random) -> str:
    """Annotate many characters with plain pinyin, some of it twice, some with a bracket too many."""
    known = load_pinyin()

    def annotate(char: str) -> str:
        if char not in known or rng.random() > 0.6:
            return char
        reading = f"({known[char][1]})"
        return char + rng.choice((reading, reading, reading * 2, f"{reading})" if rng.random() < 0.1 else reading))

    return "".join(map(annotate, text))


def debris(text: str, rng: random.Random) -> str:
    """Put replacement debris before a paragraph."""
    return rng.choice(("", "??", "????", "?。ū", "\ufffd\ufffd")) + text


# ---------------------------------------------------------------------------------------------------------------------------
# Text layouts: functions from rows of boxes to lines

Placed = tuple[int, Box, int]  # column, box, rows that it still spans; the box is replaced by a filler below its first row


def place(rows: Rows) -> list[list[Placed]]:
    """Give every box its column, and carry the boxes that span several rows down as empty fillers."""
    held: dict[int, tuple[Box, int]] = {}
    placed: list[list[Placed]] = []
    for row in rows:
        waiting, line, column = list(row), [], 0
        while waiting or any(start >= column for start in held):
            if column in held:
                box, left = held.pop(column)
                line.append((column, Box("", box.across, 1, "filler"), left))
            elif waiting:
                box = waiting.pop(0)
                left = box.down
                line.append((column, box, left))
            else:
                column += 1
                continue
            if left > 1:
                held[column] = (box, left - 1)
            column += box.across
        placed.append(line)
    return placed


def shown(row: Iterable[Box]) -> list[str]:
    """Return the texts of a row where positions do not count: what is gone leaves no trace."""
    return [box.text for box in row if not box.gone and box.role != "filler"]


def in_line(texts: Iterable[str]) -> list[str]:
    """Write each text on one line."""
    return [text.replace("\n", " ") for text in texts]


def count_columns(rows: Rows) -> int:
    """Return the number of columns of the grid behind the spans."""
    return max(column + box.across for row in place(rows) for column, box, _ in row)


def lay_pipes(rows: Rows, rng: random.Random, before: str = "", pad: bool = True, width: int = 0) -> list[str]:
    """L1: a row a line, a pipe behind each cell, rows padded with pipes to the width of the grid."""
    width = max(width, count_columns(rows)) if pad else 0
    texts = [in_line(shown(row)) for row in rows if shown(row)]
    pads = [*("|" * (width - len(row)) for row in texts[:-1]), ""]  # the crawler strips the table's end
    return [f"{before}{' | '.join(row)} | {end}".rstrip(" ") for row, end in zip(texts, pads, strict=True)]


def lay_pipes_broken(rows: Rows, rng: random.Random) -> list[str]:
    """L1d: a leading pipe, and a line break inside each cell."""
    cells = ["".join(f"\n {text}  | " for text in in_line(shown(row))) for row in rows if shown(row)]
    return [line for row in cells for line in f"| {row}".split("\n")]


def lay_cell_lines(rows: Rows, rng: random.Random, remnants: bool = True) -> list[str]:
    """L2: a cell a line with a pipe behind it; the pipes of a spanned row stand on their own line."""
    width, alone, lines = count_columns(rows), remnants and rng.random() < 0.15, []
    for row in rows:
        for box in row:
            for text in shown([box]):
                lines += [*text.split("\n"), "|"] if alone and box.role == "row" else f"{text} |".split("\n")
        lines += ["|" * (width - len(shown(row)))] if remnants and len(shown(row)) < width else []
    return lines


def lay_pipe_lines(rows: Rows, rng: random.Random) -> list[str]:
    """L3: a cell a line, and the pipe alone on the next one."""
    return [line for row in rows for text in in_line(shown(row)) for line in (text, "|")]


def lay_cells(rows: Rows, rng: random.Random) -> list[str]:
    """L4: a cell a line, a blank line behind each; blank cells leave nothing and a split label looks like two cells."""
    joint = rng.choice(("\n", "\n\n"))
    texts = [text.replace("\n", joint) for row in rows for text in shown(row) if text]
    return [line for text in texts for line in f"{text}\n".split("\n")]


def lay_tabs(rows: Rows, rng: random.Random) -> list[str]:
    """L5: a tab and a cell a line, empty ones too, a blank line behind each row."""
    lines: list[str] = []
    for row in place(rows):
        lines += [line for _, box, _ in row for line in f"\t{box.text}".split("\n")]
        lines.append("")
    return lines


def lay_grid(rows: Rows, rng: random.Random) -> list[str]:
    """L6: a tab-separated grid of fixed width, empty columns at its right."""
    placed = place(rows)
    width = count_columns(rows)
    width += 0 if width == 15 else rng.choice((0, 1, 3, 7))
    return ["\t".join(in_line(spread(row, width))) for row in placed]


def spread(row: list[Placed], width: int, repeat: bool = False) -> list[str]:
    """Put texts at their columns; `repeat` copies labels over the columns that they span."""
    texts = [""] * width
    for column, box, _ in row:
        again = box.across if repeat and box.role not in {"value", "extra"} else 1
        texts[column : column + again] = [box.text] * again
    return texts


def lay_flow(rows: Rows, rng: random.Random) -> list[str]:
    """L7: everything in one line, cells parted by a blank."""
    return [" ".join(text for row in rows for text in in_line(shown(row)) if text)]


def markdown_rows(rows: list[list[str]]) -> list[str]:
    """Write rows of texts as a Markdown table, the first one as its header."""
    lines = [f"| {' | '.join(in_line(row))} |" for row in rows]
    return [lines[0], f"|{'---|' * len(rows[0])}", *lines[1:], ""]


def lay_markdown(rows: Rows, rng: random.Random) -> list[str]:
    """L14: a Markdown table a table; table C, known by its fifteen numbers, in three."""
    if len([box for box in rows[-1] if box.role == "value"]) == 15:
        return lay_markdown_disputes(rows)
    placed, repeat = place(rows), rng.random() < 0.5
    width = count_columns(rows)
    return ["", *markdown_rows([spread(row, width, repeat) for row in placed])]


def lay_markdown_disputes(rows: Rows) -> list[str]:
    """L14: table C in three short tables, each below its own title."""
    review, suits = rows[1][:5], rows[1][5:]
    titles = ["行政复议", *(f"行政诉讼（{text}）" for text in in_line(shown(suits)))]
    headers = [box.text for box in (*review, *rows[2])]
    values = [box.text for box in rows[-1]]
    lines: list[str] = []
    for index, title in enumerate(titles):
        part = slice(5 * index, 5 * index + 5)
        lines += ["", f"### {title}", "", *markdown_rows([headers[part], values[part]])]
    return lines


def keep(lines: list[str], rng: random.Random) -> list[str]:
    """Leave the lines of a document as they are."""
    return lines


def finish_flow(lines: list[str], rng: random.Random) -> list[str]:
    """L7: the whole document on one line, or a line a chapter."""
    text = " ".join(line.strip() for line in lines if line.strip())
    return [text] if rng.random() < 0.5 else re.split(r" (?=[一二三四五六]、(?!本年新收|上年结转|本年度办|结转下))", text)


def finish_pipes(lines: list[str], rng: random.Random) -> list[str]:
    """L10: layout tables leave hundreds of pipes around the text."""
    run = "|" * rng.randint(150, 700)
    wraps = [line and "|" not in line and rng.random() < 0.2 for line in lines]
    wrapped = [f"{line} | {run[: rng.randint(1, 200)]}" if wrap else line for line, wrap in zip(lines, wraps, strict=True)]
    return ["|", run, *wrapped, run[: rng.randint(10, 150)]]


def number_pages(lines: list[str], rng: random.Random) -> list[str]:
    """L15: leave page numbers of a PDF between the lines of a table."""
    style, page = rng.choice(("- {} -", "— {} —", "-{}-", "- {} -")), rng.randint(2, 6)
    gap = [""] if "" in lines else []
    between = [spot for spot in range(1, len(lines)) if not gap or lines[spot - 1] == ""]
    spots = sorted(rng.sample(between, min(rng.randint(1, 3), len(between))), reverse=True)
    for back, spot in enumerate(spots):
        lines = [*lines[:spot], style.format(page - back + 3), *gap, *lines[spot:]]
    return lines


Renderer = Callable[[Rows, random.Random], list[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text document prints its three tables and joins its paragraphs."""

    tables: tuple[Renderer, Renderer, Renderer]
    gap: bool = False
    indent: str = ""
    finish: Callable[[list[str], random.Random], list[str]] = keep
    paged: bool = False
    instruction: bool = False
    markdown: bool = False


def thrice(renderer: Renderer, **settings: object) -> Layout:
    """Make a layout that prints its three tables alike."""
    return Layout((renderer, renderer, renderer), **settings)


L1 = lay_pipes
L1B = functools.partial(lay_pipes, pad=False)
L2B = functools.partial(lay_cell_lines, remnants=False)
LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "L1": (thrice(L1),),
    "L1b": (thrice(L1B),),
    "L1c": (thrice(functools.partial(lay_pipes, before="| ", pad=False)),),
    "L1d": (thrice(lay_pipes_broken),),
    "L2": (thrice(lay_cell_lines),),
    "L2b": (thrice(L2B),),
    "L3": (thrice(lay_pipe_lines),),
    "L4": (thrice(lay_cells, gap=True),),
    "L5": (thrice(lay_tabs, indent="\u3000\u3000"),),
    "L6": (thrice(lay_grid, gap=True),),
    "L7": (thrice(lay_flow, finish=finish_flow),),
    "L9": (Layout((L2B, L1B, L1B)), Layout((L2B, L1B, lay_cells))),
    "L10": (thrice(functools.partial(lay_pipes, width=90), finish=finish_pipes),),
    "L13": (
        thrice(lay_pipe_lines, instruction=True),
        thrice(L1, instruction=True),
        thrice(lay_cells, gap=True, instruction=True),
    ),
    "L14": (thrice(lay_markdown, gap=True, markdown=True),),
    "L15": (thrice(L1, paged=True), thrice(lay_cell_lines, paged=True), thrice(lay_cells, gap=True, paged=True)),
    "html": (),
}
TEXT = frozenset(LAYOUTS) - {"html"}
ALL = frozenset(LAYOUTS)
INVISIBLE = (lay_cells, lay_flow)  # renderers that print nothing for a blank cell
TABLE_TITLES = {"disclosure": "表一 主动公开情况", "requests": "表二 申请办理情况", "disputes": "表三 复议诉讼情况"}


def lay_table(form: Form, table: str, layout: Layout, rng: random.Random) -> list[str]:
    """Print one table of the form in a text layout."""
    lines = layout.tables[list(form).index(table)](form[table], rng)
    lines = number_pages(lines, rng) if layout.paged else lines
    return [f"## {TABLE_TITLES[table]}", *lines] if layout.markdown else lines


def lay_text(form: Form, blocks: list[Block], layout: Layout, rng: random.Random) -> str:
    """Print the whole document in a text layout."""
    lines: list[str] = []
    for block in blocks:
        if block.kind == "table":
            lines += [*lay_table(form, block.text, layout, rng), *([""] if layout.gap else [])]
            continue
        mark = "# " if layout.markdown and block.kind in {"title", "heading"} else layout.indent
        lines += [f"{mark}{block.text}", ""] if layout.gap else [f"{mark}{block.text}"]
    return "\n".join(layout.finish(lines, rng))


# ---------------------------------------------------------------------------------------------------------------------------
# HTML pages: the same rows with their spans, inside a whole site page

PAGE_SIZE = (40_000, 90_000)
SLOVENLY_SPANS = 0.1  # share of pages that write colspan="2;"


@dataclass(frozen=True, slots=True)
class Markup:
    """How one site writes its tables."""

    td: str
    spans: str
    attributes: str
    wrap: tuple[str, str]
    line: str
    blank: str


def draw_markup(rng: random.Random) -> Markup:
    """Choose a site's habits, the slovenly `colspan="2;"` among them."""
    wrap = rng.choice((("", ""), ("<p>", "</p>"), ('<p align="center"><span style="font-size:14px">', "</span></p>")))
    line = rng.choice(("<br>", "<br/>", "<br />\n", "</p><p>" if wrap[0] == "<p>" else "<br>"))
    spans = ' {}="{};"' if rng.random() < SLOVENLY_SPANS else rng.choice((' {}="{}"', ' {}="{}"', " {}={}"))
    return Markup(
        td=rng.choice(("td", "td", "td", "TD")),
        spans=spans,
        attributes=rng.choice(("", ' style="border:1px solid #000;width:12%"', ' width="70" valign="top" nowrap=""')),
        wrap=wrap,
        line=line,
        blank=rng.choice(("", "&nbsp;", "<p>&nbsp;</p>", " ")),
    )


def write_td(box: Box, markup: Markup) -> str:
    """Write one cell."""
    spans = "".join(
        markup.spans.format(name, count) for name, count in (("rowspan", box.down), ("colspan", box.across)) if count > 1
    )
    text = html.escape(box.text, quote=False).replace("\xa0", "&nbsp;").replace("\n", markup.line)
    inner = f"{markup.wrap[0]}{text}{markup.wrap[1]}" if text else markup.blank
    return f"<{markup.td}{spans}{markup.attributes}>{inner}</{markup.td}>"


def write_table(rows: Rows, markup: Markup) -> str:
    """Write one table."""
    body = "\n".join(f"<tr>{''.join(write_td(box, markup) for box in row)}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0" class="MsoNormalTable">\n<tbody>\n{body}\n</tbody>\n</table>'


def break_rows(rows: Rows, at: int, repeat: bool) -> list[Rows]:
    """Cut a table in two at a page break; spans go on below as empty cells, the header may be repeated."""
    upper = [[replace(box, down=min(box.down, at - i)) for box in row] for i, row in enumerate(rows[:at])]
    first = [replace(box, down=left) for _, box, left in place(rows)[at]]
    header = rows[: rows[0][0].down] if repeat else []
    return [upper, [*header, first, *rows[at + 1 :]]]


def write_tables(rows: Rows, markup: Markup, rng: random.Random) -> str:
    """Write a table of the form, a long one sometimes in two."""
    if len(rows) < 25 or rng.random() > 0.3:
        return write_table(rows, markup)
    halves = break_rows(rows, rng.randint(7, len(rows) - 4), rng.random() < 0.4)
    return "\n<p>&nbsp;</p>\n".join(write_table(half, markup) for half in halves)


def write_block(block: Block, form: Form, markup: Markup, rng: random.Random) -> str:
    """Write one block of the document."""
    if block.kind == "table":
        return write_tables(form[block.text], markup, rng)
    text = html.escape(block.text, quote=False).replace("\u3000", rng.choice(("\u3000", "&emsp;")))
    if block.kind == "furniture" and "|" in text:
        cells = "".join(f"<td>{part.strip()}</td>" for part in text.split("|"))
        return f'<table class="card" width="100%"><tr>{cells}</tr></table>'
    shapes = {"title": "<h1>{}</h1>", "heading": "<p><strong>{}</strong></p>", "furniture": '<div class="info">{}</div>'}
    return shapes.get(block.kind, '<p style="text-indent:2em">{}</p>').format(text)


def write_menu(write: Callable[[str], str], links: int, tabular: bool) -> str:
    """Write a menu of links, as a list or as the layout table of an old site."""
    items = [f'<a href="/zwgk/{write("menu")}">{write("menu")}</a>' for _ in range(links)]
    if tabular:
        return f'<table class="menu"><tr>{"".join(f"<td>{item}</td>" for item in items)}</tr></table>'
    return f'<ul class="nav">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def repeat_to(write: Callable[[], str], size: int) -> str:
    """Call `write` until its lines reach `size` characters."""
    lines, length = [], 0
    while length < size:
        lines.append(write())
        length += len(lines[-1]) + 1
    return "\n".join(lines)


def lay_page(form: Form, blocks: list[Block], write: Callable[[str], str], charset: str, rng: random.Random) -> str:
    """Print the whole document as a page of a government site."""
    markup, layout_table = draw_markup(rng), rng.random() < 0.5
    body = "\n".join(write_block(block, form, markup, rng) for block in blocks)
    if layout_table:
        menu = write_menu(write, rng.randint(4, 12), tabular=False)
        body = f'<table width="980"><tr><td width="200">{menu}</td><td>\n{body}\n</td></tr></table>'
    noise = max(2_000, rng.randint(*PAGE_SIZE) - len(body))
    style = repeat_to(functools.partial(write, "style"), noise // 3)
    script = repeat_to(functools.partial(write, "script"), noise // 2)
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n' if charset else ""
    menus = "".join(write_menu(write, rng.randint(6, 30), rng.random() < 0.4) for _ in range(2))
    head = f"<!DOCTYPE html>\n<html>\n<head>\n{meta}<title>{write('menu')}</title>\n<style>\n{style}\n</style>\n"
    page = f"<script>\n{script}\n</script>\n</head>\n<body>\n<div id=top>{menus}</div>\n<div id=main>\n{body}\n</div>\n"
    return f"{head}{page}<div id=foot>{write('after')}</div>\n</body>\n</html>\n"


# ---------------------------------------------------------------------------------------------------------------------------
# The words around the tables

CHAPTERS = "一二三四五六"
WIDE = str.maketrans("(),:;", "（），：；")
NARROW = str.maketrans("（），：；", "(),:;")


def make_writer(rng: random.Random, generation: str) -> Callable[[str], str]:
    """Return a function from a kind of text to one such text, its numbers drawn anew each time."""
    year = rng.randint(2021, 2025) if generation == "2021" else rng.randint(2019, 2020)
    choices: dict[str, list[str]] = {}
    for kind, text in load_csv("prose.csv"):
        choices.setdefault(kind, []).append(text)
    facts = {"issuer": rng.choice(choices["issuer"]), "year": str(year), "next": str(year + 1)}
    draws = {"n": lambda: str(rng.choice((rng.randint(1, 30), rng.randint(1, 2_000)))), "d": lambda: str(rng.randint(1, 9))}

    def fill(match: re.Match[str]) -> str:
        return facts.get(match[1]) or draws[match[1]]()

    return lambda kind: re.sub(r"\{(issuer|year|next|n|d)\}", fill, rng.choice(choices[kind]))


def draw_headings(write: Callable[[str], str], rng: random.Random) -> list[str]:
    """Write the six chapter headings in one style, seldom without numbers."""
    style = rng.choices(("{}、{}", "\u3000\u3000{}、{}", "{}、{}。", " {}、{}", "{1}"), (10, 3, 2, 1, 1.5))[0]
    headings = [style.format(number, write(f"heading{i}")) for i, number in enumerate(CHAPTERS, 1)]
    return ["一、", *headings[1:]] if rng.random() < 0.03 else headings


def draw_titles(write: Callable[[str], str], rng: random.Random) -> list[str]:
    """Write the title once, twice, over two lines or not at all."""
    title = write("title")
    shapes = ([title], [title, title], re.split(r"(?=政府信息公开|政务公开)", title, maxsplit=1), [])
    return rng.choices(shapes, (14, 3, 2, 2))[0]


def draw_overview(write: Callable[[str], str], rng: random.Random) -> list[str]:
    """Write chapter one, full of numbers that belong to no table."""
    paragraphs = [[write("subheading")] * (rng.random() < 0.6) + [write("overview")] for _ in range(rng.randint(1, 5))]
    return [text for pair in paragraphs for text in pair]


def draw_words(kinds: dict[str, float], write: Callable[[str], str], rng: random.Random) -> list[str]:
    """Write one text of each kind, each with its probability."""
    return [write(kind) for kind, chance in kinds.items() if rng.random() < chance]


def draw_blocks(form: Form, write: Callable[[str], str], instruction: bool, rng: random.Random) -> list[Block]:
    """Write the document around the tables, in order."""
    before = {"lead": 0.25} | ({"instruction": 1.0} if instruction else {})
    tables = [draw_words(before, write, rng) for _ in form]
    notes = [draw_words({"note": 0.08}, write, rng) for _ in form]
    chapters = [
        ("text", draw_overview(write, rng)),
        *(("table", [*words, table, *note]) for words, table, note in zip(tables, form, notes, strict=True)),
        ("text", draw_words({"problem": 1.0, "overview": 0.3}, write, rng)),
        ("text", draw_words({"other": 1.0}, write, rng)),
    ]
    blocks = [Block("furniture", write("before")) for _ in range(rng.randint(0, 4))]
    blocks += [Block("title", title) for title in draw_titles(write, rng)]
    blocks += [Block("text", text) for text in draw_words({"preamble": 0.9}, write, rng)]
    for heading, (_, texts) in zip(draw_headings(write, rng), chapters, strict=True):
        blocks.append(Block("heading", heading))
        blocks += [Block("table" if text in form else "text", text) for text in texts]
    return blocks + [Block("furniture", write("after")) for _ in range(rng.randint(0, 4))]


# ---------------------------------------------------------------------------------------------------------------------------
# The catalogue of noise, and the making of a report


@dataclass(frozen=True, slots=True)
class Noise:
    """One kind of damage: how often a document that can have it draws it, where it works and what it does.

    Stage `form` changes boxes, `words` every printed text, `prose` the paragraphs alone, `bytes` names a codec; `build`
    is handled when the form is drawn. A document has at most one noise of a family.
    """

    name: str
    rate: float
    stage: str
    change: Callable[..., object] | str
    layouts: frozenset[str] = ALL
    generations: tuple[str, ...] = GENERATIONS
    family: str = ""


def dialect(name: str, base: str) -> Noise:
    """Make the noise of one Traditional dialect."""
    return Noise(name, 0.035, "words", functools.partial(to_traditional, name, base), family="script")


NOISES = (
    Noise("mixed_generations", 0.02, "build", ""),
    Noise("first_line_only", 0.06, "form", first_line_only, family="header"),
    Noise("header_two_rows", 0.05, "form", header_two_rows, ALL - {"L14"}, family="header"),
    Noise("split_labels", 0.08, "form", split_labels, family="header"),
    Noise("row_omitted", 0.06, "form", row_omitted),
    Noise("extra_row", 0.05, "form", extra_row),
    Noise("extra_column", 0.03, "form", extra_column),
    Noise("torn_group", 0.15, "form", torn_group, frozenset({"L6"})),
    Noise("dropped_labels", 0.03, "form", dropped_labels),
    Noise("numbering", 0.08, "form", numbering),
    Noise("lost_characters", 0.06, "form", lost_characters),
    Noise("ocr_label", 0.05, "form", ocr_label, ALL - {"L7"}),
    Noise("label_spaces", 0.08, "form", label_spaces),
    Noise("wide_label", 0.02, "form", wide_label),
    Noise("lost_cell", 0.03, "form", lost_cell),
    Noise("blanks", 0.08, "form", blanks),
    Noise("not_applicable", 0.07, "form", not_applicable),
    Noise("thousands", 0.05, "form", thousands),
    Noise("units", 0.05, "form", units),
    Noise("letter_o", 0.05, "form", letter_o),
    Noise("padding", 0.07, "form", padding),
    Noise("full_width", 0.05, "form", full_width),
    dialect("traditional_naive", "s2t"),
    dialect("traditional_hk", "s2hk"),
    dialect("traditional_tw", "s2tw"),
    Noise("pinyin_toned", 0.025, "words", pinyin_toned, family="pinyin"),
    Noise("pinyin_plain", 0.025, "words", pinyin_plain, family="pinyin"),
    Noise("debris", 0.05, "prose", debris),
    Noise("utf8_bom", 0.03, "bytes", "utf-8-sig", family="encoding"),
    Noise("utf16_le", 0.02, "bytes", "utf-16-le", family="encoding"),
    Noise("utf16_be", 0.02, "bytes", "utf-16-be", family="encoding"),
    Noise("gb18030", 0.04, "bytes", "gb18030", family="encoding"),
    Noise("big5", 0.03, "bytes", "big5hkscs", family="encoding"),
)
MOST_NOISES = 3
HTML_CHARSETS = (("utf-8", "utf-8"), ("utf-8", ""), ("gb18030", "gb2312"), ("gb18030", "gbk"), ("gb18030", ""))
HTML_CHARSET_WEIGHTS = (60, 10, 14, 8, 8)


def pick_noises(layout: str, generation: str, rng: random.Random) -> list[Noise]:
    """Draw the noises of one document, at most three, in the order of the catalogue."""
    fitting = [noise for noise in NOISES if layout in noise.layouts and generation in noise.generations]
    drawn = [noise for noise in fitting if rng.random() < noise.rate]
    chosen = rng.sample(drawn, min(len(drawn), MOST_NOISES))
    families = {noise.family or noise.name: noise for noise in chosen}
    return [noise for noise in NOISES if noise in families.values()]


def damage_form(form: Form, noises: list[Noise], rng: random.Random) -> tuple[Form, list[str]]:
    """Apply the noises that change boxes, and name those that found something to change."""
    names = []
    for noise in noises:
        damaged = noise.change(form, rng) if noise.stage == "form" else form
        names += [noise.name] if damaged != form else []
        form = damaged
    return form, names


def word_noises(noises: list[Noise]) -> list[Noise]:
    """Return the noises that change words; a Big5 document is Traditional in any case."""
    words = [noise for noise in noises if noise.stage in {"words", "prose"}]
    bare = any(noise.name == "big5" for noise in noises) and not any(noise.family == "script" for noise in words)
    return [dialect("big5", "s2tw"), *words] if bare else words


def reword(form: Form, blocks: list[Block], noise: Noise, rng: random.Random) -> tuple[Form, list[Block]]:
    """Apply a noise that changes words; annotations leave the numbers alone."""
    spared = {"pinyin": ("value", "extra")}.get(noise.family, ())

    def change(box: Box) -> Box:
        return box if box.role in spared or not box.text else replace(box, text=noise.change(box.text, rng))

    words = [block if block.kind == "table" else replace(block, text=noise.change(block.text, rng)) for block in blocks]
    return (edit(form, change) if noise.stage == "words" else form), words


def punctuate(form: Form, blocks: list[Block], wide: bool) -> tuple[Form, list[Block]]:
    """Give the whole document full-width or half-width punctuation."""
    marks = WIDE if wide else NARROW
    words = [block if block.kind == "table" else replace(block, text=block.text.translate(marks)) for block in blocks]
    return edit(form, lambda box: box if box.role == "value" else replace(box, text=box.text.translate(marks))), words


def encode(text: str, codec: str) -> tuple[bytes, str]:
    """Encode with a byte-order mark where UTF-16 needs one; what the codec cannot write stays UTF-8."""
    mark = "\ufeff" if codec.startswith("utf-16") else ""
    try:
        return (mark + text).encode(codec), codec
    except UnicodeEncodeError:
        return text.encode(), "utf-8"


def choose_codec(noises: list[Noise], layout: str, rng: random.Random) -> tuple[str, str]:
    """Return the codec of the document and the charset that an HTML page declares."""
    codecs = [str(noise.change) for noise in noises if noise.stage == "bytes"]
    if codecs:
        return codecs[0], ""
    return rng.choices(HTML_CHARSETS, HTML_CHARSET_WEIGHTS)[0] if layout == "html" else ("utf-8", "")


def read_labels(form: Form) -> dict[tuple[str, str], str]:
    """Return the printed label of each row of the form."""
    rows = [(table, row) for table, rows in form.items() for row in rows]
    found = [(table, values[0].code[1], label.text) for table, row in rows for label, *values in labelled(row)]
    return {(table, row): text for table, row, text in found}


def labelled(row: list[Box]) -> Iterator[list[Box]]:
    """Yield the label box of a row and its values, where it has both."""
    labels = [box for box in row if box.role == "row"]
    values = [box for box in row if box.role == "value"]
    if labels and values:
        yield [labels[-1], *values]


def make_report(seed: int, generation: str, layout: str, noise: bool) -> Sample:
    """Make one report; the same arguments always give the same bytes."""
    rng = random.Random(seed)
    noises = pick_noises(layout, generation, rng) if noise else []
    mixed = any(noise.stage == "build" for noise in noises)
    form = build_form(rng, generation, GENERATIONS[GENERATIONS.index(generation) - mixed])
    official = {box.code: box.value for box in boxes_of(form) if box.role == "value"}
    base = rng.choice(LAYOUTS[layout]) if LAYOUTS[layout] else None
    write = make_writer(rng, generation)
    blocks = draw_blocks(form, write, bool(base and base.instruction), rng)
    form, blocks = punctuate(form, blocks, wide=rng.random() < 0.4)
    form, names = damage_form(form, noises, rng)
    form = split_labels(form, rng) if layout in {"html", "L5"} and rng.random() < 0.5 else form
    for change in word_noises(noises):
        form, blocks = reword(form, blocks, change, rng)
    names += [noise.name for noise in noises if noise.stage in {"words", "prose"}]
    codec, charset = choose_codec(noises, layout, rng)
    text = lay_text(form, blocks, base, rng) if base else lay_page(form, blocks, write, charset, rng)
    data, written = encode(text, codec)
    names += [noise.name for noise in noises if noise.stage == "build" or (noise.stage == "bytes" and noise.change == written)]
    invisible = [renderer in INVISIBLE for renderer in base.tables] if base else [False] * 3
    return Sample(
        name=f"synthetic-{seed}.{'txt' if base else 'html'}",
        data=data,
        layout=layout,
        generation=generation,
        noises=tuple(names),
        truth=read_truth(form, official),
        labels=read_labels(form),
        encoding=written,
        invisible=frozenset(table for table, hidden in zip(form, invisible, strict=True) if hidden),
    )
