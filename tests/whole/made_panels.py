"""Datasets of made reports for notebooks to run on: with gaps, duplicates, both forms, or nothing at all."""

import random
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import numpy as np

from govtables.dataset import PART, complete, findings_table, replace_folder, to_table, to_tables, write_table
from govtables.extract import Facts
from govtables.forms import form
from govtables.pipeline.steps import Result
from govtables.proof import fingerprint
from govtables.records import CellRow, Issuer
from tests.proof.comparing import run

TOP = Path(__file__).parents[2]
YEARS = range(2019, 2025)
TOWNS = "永康市花街镇", "永康市石柱镇", "永康市前仓镇", "永康市舟山镇"
COUNTY = "永康市"
CHAPTERS = "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的问题", "其他事项"


def fill(generation: str, numbers: Mapping[str, int]) -> dict[tuple[str, str, str], int]:
    """All cells of a form, 0 but for the given numbers; all requests are of natural persons."""
    cells = {(table, row.code, column.code): 0 for table, row, column in form(generation).cells()}
    for name, number in numbers.items():
        table, row, column = name.split(" ") if " " in name else ("requests", name, "total")
        cells[table, row, column] = number
        cells |= {("requests", row, "natural_person"): number} if table == "requests" else {}
    return cells


def requests(granted: int, of: int, carried_in: int = 0, carried_over: int = 0) -> dict[str, int]:
    """Numbers of requests that satisfy the form: what is not granted is denied."""
    received = of + carried_over - carried_in
    flow = {"received": received, "carried_in": carried_in, "concluded": of, "carried_over": carried_over}
    return flow | {"granted": granted, "denied.internal_affairs": of - granted}


def write(
    path: Path, title: str, numbers: Mapping[str, int], generation: str = "2021", text: str = ""
) -> None:
    """Write a report as a text with tables."""
    write_cells(path, title, fill(generation, numbers), generation, text or "无。")


def write_cells(
    path: Path, title: str, cells: Mapping[tuple[str, str, str], int], generation: str = "2021",
    text: str = "无。", codec: str = "utf-8",
) -> None:
    """Write a report with all its cells, as a page if its name ends so."""
    sys.path.insert(0, str(TOP / "benchmarks"))
    import synthetic
    from synthetic.web import lay_page

    rng = random.Random(0)
    figures = {code: Decimal(number) for code, number in cells.items()}
    tables = {
        "disclosure": synthetic.build_disclosure(figures, generation, rng),
        "requests": synthetic.build_requests(figures, generation, rng),
        "disputes": synthetic.build_disputes(figures, rng),
    }
    blocks = [synthetic.Block("title", title)]
    for number, heading, table in zip("一二三四五六", CHAPTERS, ("", *tables, "", ""), strict=True):
        blocks.append(synthetic.Block("heading", f"{number}、{heading}"))
        blocks.append(synthetic.Block("table", table) if table else synthetic.Block("text", text))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".html":
        written = lay_page(tables, blocks, lambda _: "", codec, rng)
    else:
        written = synthetic.lay_text(tables, blocks, synthetic.LAYOUTS["L1"][0], rng)
    path.write_bytes(written.encode(codec))


def title(issuer: str, year: int | str) -> str:
    return f"{issuer}{year}年政府信息公开工作年度报告"


def two_by_three(raw: Path) -> None:
    """Two towns, three years; what the second carried over to 2023 is not what it carried in."""
    for town, flows in zip(TOWNS, (((0, 2), (2, 1), (1, 0)), ((0, 4), (4, 3), (1, 0))), strict=False):
        for year, (carried_in, carried_over) in zip((2021, 2022, 2023), flows, strict=True):
            write(
                raw / f"{town}-{year}.txt", title(town, year),
                requests(year - 2015, 20, carried_in, carried_over)
            )


def with_gaps(raw: Path) -> None:
    """One town without 2022, one with all years, one with the first and last alone."""
    for town, years in zip(TOWNS, ((2021, 2023), (2021, 2022, 2023, 2024), (2021, 2024)), strict=False):
        for year in years:
            write(raw / f"{town}-{year}.txt", title(town, year), requests(5, 10))


def with_duplicates(raw: Path) -> None:
    """A mirror with the same numbers, a correction with others, a page without its tables."""
    for year in (2021, 2022):
        for town in TOWNS[:3]:
            write(raw / f"{town}-{year}.txt", title(town, year), requests(5, 10 + year - 2021))
    write(raw / "mirror.txt", title(TOWNS[0], 2022), requests(5, 11), text="转载。")
    write(raw / "corrected.txt", title(TOWNS[1], 2022), requests(6, 11))
    raw.joinpath("page.txt").write_text(f"{title(TOWNS[2], 2021)}\n一、总体情况\n见附件。\n", encoding="utf-8")


def unknown(raw: Path) -> None:
    """Reports that do not tell their year, their issuer or its place, and one town of two years."""
    for year in (2022, 2023):
        write(raw / f"太平镇-{year}.txt", title("太平镇", year), requests(1, 2))
        write(raw / f"known-{year}.txt", title(TOWNS[0], year), requests(3, 4))
    write(raw / "no-year.txt", "永康市石柱镇政府信息公开工作年度报告", requests(1, 2))
    write(raw / "no-issuer.txt", "2022年政府信息公开工作年度报告", requests(1, 2))


def both_forms(raw: Path) -> None:
    """Three towns over the change of form, one of which keeps the old form in 2021."""
    stock = {"disclosure normative_document in_force": 10, "disclosure normative_document issued": 2}
    for number, town in enumerate(TOWNS[:3]):
        for year in (2019, 2020, 2021, 2022):
            old = year < 2021 + (number == 2)
            numbers = requests(40 + 10 * number, 100) | ({} if old else stock)
            write(raw / f"{town}-{year}.txt", title(town, year), numbers, "2019" if old else "2021")


def county(raw: Path) -> None:
    """A county that adds up its towns, with three of them, two years."""
    for year in (2022, 2023):
        for town in TOWNS[:3]:
            write(raw / f"{town}-{year}.txt", title(town, year), requests(4, 10))
        text = "全市共收到政府信息公开申请30件，其中市政府本级办理0件。"
        write(raw / f"{COUNTY}-{year}.txt", title(COUNTY, year), requests(12, 30), text=text)


def nothing_read(raw: Path) -> None:
    """Documents without tables."""
    raw.mkdir()
    raw.joinpath("menu.txt").write_text("首页\n联系我们\n", encoding="utf-8")
    raw.joinpath("page.txt").write_text(f"{title(TOWNS[0], 2022)}\n一、总体情况\n见附件。\n", encoding="utf-8")


def make_result(name: str, issuer: str, year: int, numbers: Mapping[str, int]) -> Result:
    """What reading a made report would have given."""
    generation = "2019" if year < 2021 else "2021"
    facts = Facts(title(issuer, year), issuer, year, None, "hans", ())
    result = Result(name, name.encode().hex(), facts=facts, generation=generation)
    result.issuer = Issuer(issuer, "township", f"{issuer}", f"浙江省{issuer}", "330784", COUNTY, "own", None)
    cells = fill(generation, numbers).items()
    result.cells = [
        CellRow(*code, float(number), "reported", str(number), None, "L1") for code, number in cells
    ]
    return result


def write_many(out: Path) -> None:
    """200 issuers and six years, a tenth of the reports missing: published tables without documents."""
    rng = np.random.default_rng(1)
    places = [(f"第{n}镇", year) for n in range(200) for year in YEARS]
    kept = [place for place, here in zip(places, rng.random(len(places)) > 0.1, strict=True) if here]
    sizes = rng.integers(0, 60, len(kept)).tolist()
    granted = [int(rng.binomial(size, 0.6)) for size in sizes]
    results = [
        make_result(f"{issuer}-{year}.txt", issuer, year, requests(*numbers))
        for (issuer, year), *numbers in zip(kept, granted, sizes, strict=True)
    ]
    checks = run(*(fingerprint(result.report(), result.cells) for result in results))
    across = {"checks": to_table("checks", checks), "findings": findings_table([])}
    with replace_folder(out, keep=True) as room:
        tables = [(n, *one) for n, some in enumerate((to_tables(results), across)) for one in some.items()]
        complete(room / "new", [write_table(room / "new" / name, PART.format(n), table) for n, name, table in tables])


DATASETS: dict[str, Callable[[Path], None]] = {
    "two_by_three": two_by_three,
    "gaps": with_gaps,
    "duplicates": with_duplicates,
    "unknown": unknown,
    "both_forms": both_forms,
    "county": county,
    "nothing": nothing_read,
}
