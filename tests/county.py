"""A made county: ten bodies, three years, mixed formats, and slips that are planted and known."""

import random
import sys
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from whole.made_panels import CHAPTERS, TOP, fill, requests

BODIES = (
    "安吉县人民政府", "安吉县公安局", "安吉县教育局", "安吉县民政局", "安吉县财政局", "安吉县水利局", "安吉县交通运输局",
    "安吉县递铺街道", "德清县人民政府", "长兴县人民政府",
)
YEARS = (2021, 2022, 2023)
COLUMNS = ("natural_person", "commercial_enterprise", "total")


class Slip(NamedTuple):
    """A number of one report that is not what it was meant to be."""

    body: str
    year: int
    cells: tuple[tuple[str, str, str], ...]
    change: int


SLIPS = {
    "located": Slip(BODIES[1], 2022, (("requests", "granted", "total"),), 10),
    "open": Slip(BODIES[2], 2022, (("disputes", "review", "upheld"),), 1),
    "years": Slip(BODIES[3], 2023, tuple(("requests", row, column) for row in ("carried_in", "carried_over")
                                         for column in ("natural_person", "total")), 1),
    "negative": Slip(BODIES[4], 2021, (("disclosure", "licence", "decisions"),), -10_000),
}
PROSE = BODIES[5], 2023  # says 20 requests more than the table
BLANK = BODIES[6]  # leaves zeros empty


def numbers(body: str, year: int) -> dict[tuple[str, str, str], int]:
    """The true numbers of a report: what it carries in is what it carried over the year before."""
    size = 10 + 7 * BODIES.index(body)
    over = {y: (BODIES.index(body) + y) % 4 for y in range(YEARS[0] - 1, YEARS[-1] + 1)}
    flow = requests(size // 2 + year % 3, size + year % 5, over[year - 1], over[year])
    flow["disclosure licence decisions"] = 100 * size + year % 7
    flow["disclosure normative_document in_force"] = size
    true = fill("2021", flow)
    for column, many in (("upheld", size // 5), ("pending", 1), ("total", size // 5 + 1)):
        true["disputes", "review", column] = many
    return true


def printed(body: str, year: int) -> dict[tuple[str, str, str], int]:
    """The numbers as printed, with the slips."""
    found = numbers(body, year)
    for slip in SLIPS.values():
        if (slip.body, slip.year) == (body, year):
            for cell in slip.cells:
                found[cell] += slip.change
    return found


def write_report(path: Path, body: str, year: int, layout: str = "L1", codec: str = "utf-8") -> None:
    """Write one report of the county."""
    if str(TOP / "benchmarks") not in sys.path:
        sys.path.insert(0, str(TOP / "benchmarks"))
    import synthetic

    rng = random.Random(0)
    figures = printed(body, year)
    received = figures["requests", "received", "total"]
    said = f"{year}年，本机关共收到政府信息公开申请{received + 20 * ((body, year) == PROSE)}件。"
    figures = {code: Decimal(number) for code, number in figures.items()}
    tables = {
        "disclosure": synthetic.build_disclosure(figures, "2021", rng),
        "requests": synthetic.build_requests(figures, "2021", rng),
        "disputes": synthetic.build_disputes(figures, rng),
    }
    blocks = [synthetic.Block("title", f"{body}{year}年政府信息公开工作年度报告")]
    for number, heading, table in zip("一二三四五六", CHAPTERS, ("", *tables, "", ""), strict=True):
        blocks.append(synthetic.Block("heading", f"{number}、{heading}"))
        blocks.append(synthetic.Block("table", table) if table else synthetic.Block("text", said if number == "一" else "无。"))
    if layout == "html":
        from synthetic.web import lay_page

        text = lay_page(tables, blocks, lambda _: "", "utf-8", rng)
    else:
        text = synthetic.lay_text(tables, blocks, synthetic.LAYOUTS[layout][0], rng)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(codec))


def write_county(folder: Path, bodies: tuple[str, ...] = BODIES) -> Path:
    """Write the reports of the county, in several formats, and a picture that holds nothing."""
    for number, body in enumerate(bodies):
        for year in YEARS:
            layout, codec = ("html", "utf-8") if number % 3 else ("L1", "gb18030" if year == 2021 else "utf-8")
            end = "html" if layout == "html" else "txt"
            write_report(folder / f"{body}-{year}.{end}", body, year, layout, codec)
    (folder / "附件.rar").write_bytes(b"Rar!\x1a\x07\x00")
    return folder
