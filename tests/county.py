"""A made county: ten bodies, three years, mixed formats, and slips that are planted and known."""

from pathlib import Path
from typing import NamedTuple

from whole.made_panels import fill, requests, title, write_cells

BODIES = (
    "安吉县人民政府", "安吉县公安局", "安吉县教育局", "安吉县民政局", "安吉县财政局", "安吉县水利局", "安吉县交通运输局",
    "安吉县递铺街道", "德清县人民政府", "长兴县人民政府",
)
YEARS = (2021, 2022, 2023)


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


def write_county(folder: Path, bodies: tuple[str, ...] = BODIES, years: tuple[int, ...] = YEARS) -> Path:
    """Write the reports of the county, in several formats, and an archive that cannot be opened."""
    for number, body in enumerate(bodies):
        for year in years:
            cells = printed(body, year)
            received = cells["requests", "received", "total"] + 20 * ((body, year) == PROSE)
            end, codec = (("html", "utf-8") if number % 3 else ("txt", "gb18030" if year == 2021 else "utf-8"))
            name, text = f"{body}-{year}.{end}", f"{year}年，本机关共收到政府信息公开申请{received}件。"
            write_cells(folder / name, title(body, year), cells, text=text, codec=codec)
    (folder / "附件.rar").write_bytes(b"Rar!\x1a\x07\x00")
    return folder
