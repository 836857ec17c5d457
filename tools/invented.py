"""Make the invented panel in data/invented: a county that does not exist, and its bodies, over three years.

In: a seed. Out: text reports and hierarchy.csv, every number invented, so that notebooks on years have what to
show. Carrying over and documents in force fit from year to year; `SLIPS` are planted and listed in its README.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "benchmarks"))

from synthetic.boxes import Code  # noqa: E402
from synthetic.figures import APPLICANT_WEIGHTS  # noqa: E402
from synthetic.official import APPLICANTS, RESULTS, SUITS, outcome_rows  # noqa: E402
from synthetic.tables import build_disclosure, build_disputes, build_requests  # noqa: E402
from synthetic.text_tables import lay_pipes  # noqa: E402

OUT = TOP / "data/invented/raw"
YEARS = range(2021, 2024)
FORM = "2021"
COUNTY = "虚构县"
# By body: requests of the first year, how many of ten are granted, and how that share moves from year to year.
BODIES = {
    "虚构县公安局": (96, 4.0, 0.0),
    "虚构县自然资源局": (140, 6.5, 0.6),
    "虚构县教育局": (34, 7.0, 0.0),
    "虚构县卫生健康局": (28, 5.5, 0.0),
    "虚构县住房和城乡建设局": (88, 6.0, -0.7),
    "虚构县市场监督管理局": (52, 5.0, 0.3),
    "虚构县城关镇人民政府": (41, 6.0, 0.0),
    "虚构县河口镇人民政府": (19, 4.5, 0.0),
}
# By body and year: a printed number that is changed by so much, after all sums were made.
SLIPS = {
    ("虚构县公安局", 2022): (("requests", "granted", "total"), 9),
    ("虚构县教育局", 2023): (("requests", "carried_in", "natural_person"), 2),
}
NOTE = "本报告为教学而虚构：机关和全部数字均不存在，不得引用。"
HEADINGS = ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况")
HEADINGS += ("政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项")

Figures = Counter[Code]


def draw_years(first: int, granted: float, drift: float, rng: random.Random) -> Iterator[Figures]:
    """Figures of a body, year after year; what one carries over the next carries in."""
    carried, in_force = Counter[str](), rng.randint(2, 30)
    refusals = {row: rng.expovariate(1) ** 2 for row in outcome_rows(FORM)[1:]}
    for year in range(len(YEARS)):
        figures = Figures()
        size = round(first * rng.uniform(0.8, 1.3))
        received = Counter(rng.choices([name for name, _ in APPLICANTS], APPLICANT_WEIGHTS, k=size))
        share = granted / 10 + drift / 10 * year
        weights = [share, *((1 - share) * weight / sum(refusals.values()) for weight in refusals.values())]
        for name, _ in APPLICANTS:
            left = sum(rng.random() < 0.08 for _ in range(received[name]))
            concluded = received[name] + carried[name] - left
            rows = Counter(rng.choices(outcome_rows(FORM), weights, k=concluded))
            rows += Counter(received=received[name], carried_in=carried[name], concluded=concluded, carried_over=left)
            for row, number in rows.items():
                figures["requests", row, name] += number
                figures["requests", row, "total"] += number
            carried[name] = left
        draw_others(figures, in_force, size, rng)
        in_force = figures["disclosure", "normative_document", "in_force"]
        yield figures


def draw_others(figures: Figures, in_force: int, size: int, rng: random.Random) -> None:
    """Add documents, decisions and disputes of one year."""
    issued, repealed = rng.randint(0, 5), rng.randint(0, min(3, in_force))
    documents = {"issued": issued, "repealed": repealed, "in_force": in_force + issued - repealed}
    figures.update({("disclosure", "normative_document", column): n for column, n in documents.items()})
    for row, most in (("licence", 4000), ("penalty", 700), ("coercion", 40)):
        figures["disclosure", row, "decisions"] += rng.randint(most // 4, most)
    figures["disclosure", "fee", "amount"] += rng.randint(0, 300)
    for row in ("review", *(row for row, _ in SUITS)):
        for column, _ in RESULTS[:-1]:
            number = sum(rng.random() < 0.01 for _ in range(size))
            figures["disputes", row, column] += number
            figures["disputes", row, "total"] += number


def print_report(issuer: str, year: int, figures: Mapping[Code, int], rng: random.Random) -> str:
    """Write one report as text, a row of a table a line."""
    numbers = {code: Decimal(number) for code, number in figures.items()}
    known = _Zeros(numbers)
    tables = [build_disclosure(known, FORM, rng), build_requests(known, FORM, rng), build_disputes(known, rng)]
    texts = [[NOTE], *(lay_pipes(rows, rng) for rows in tables), ["无。"], [NOTE]]
    lines = [f"{issuer}{year}年政府信息公开工作年度报告", f"{NOTE}统计期限为{year}年1月1日至12月31日。"]
    for number, heading, text in zip("一二三四五六", HEADINGS, texts, strict=True):
        lines += [f"{number}、{heading}", *text]
    return "\n".join([*lines, ""])


class _Zeros(dict):
    def __missing__(self, code: Code) -> Decimal:
        return Decimal(0)


def make(out: Path, seed: int = 2021) -> None:
    """Write all reports; the county's are the sums of its bodies'."""
    rng = random.Random(seed)
    out.mkdir(parents=True, exist_ok=True)
    county = [Figures() for _ in YEARS]
    reports = {name: [*draw_years(*body, rng)] for name, body in BODIES.items()}
    for years in reports.values():
        for whole, figures in zip(county, years, strict=True):
            whole.update(figures)
    for name, years in {f"{COUNTY}人民政府": county, **reports}.items():
        for year, figures in zip(YEARS, years, strict=True):
            slips = dict([SLIPS[name, year]] if (name, year) in SLIPS else [])
            text = print_report(name, year, figures + Counter(slips), rng)
            (out / f"{name}-{year}.txt").write_text(text, encoding="utf-8")
    lines = [f"{COUNTY}人民政府,{name}" for name in BODIES]
    (out / "hierarchy.csv").write_text("\n".join(["parent,child", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    make(OUT)
