"""Panels: the frames and figures behind notebook 06, and notebooks 05 and 06 run on datasets of all kinds."""

import random
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

import govtables as gt
from govtables.analysis.changes import compare_forms, find_steps
from govtables.analysis.indicators import definitions
from govtables.analysis.intervals import newcombe, wilson
from govtables.analysis.panels import (
    choose_reports,
    count_balanced,
    find_nested,
    find_window,
    lay_out_known,
    lay_out_years,
    make_sets,
    name_issuers,
)
from govtables.dataset.schema import to_table
from govtables.dataset.store import Publication, to_tables
from govtables.declared import declared
from govtables.extract.facts import Facts
from govtables.forms.form import form
from govtables.pipeline.report import Result
from govtables.proof.between_reports import Comparison
from govtables.proof.fingerprints import fingerprint
from govtables.records import CellRow, Issuer

TOP = Path(__file__).parents[1]
NOTEBOOKS = TOP / "notebooks"
YEARS, NOTEBOOK_5, NOTEBOOK_6 = range(2019, 2025), "05-comparison", "06-across-years"
TOWNS = "永康市花街镇", "永康市石柱镇", "永康市前仓镇", "永康市舟山镇"
COUNTY = "永康市"
RATE = "disclosure_rate"
CHAPTERS = "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的问题", "其他事项"


# -- made reports -------------------------------------------------------------------------------------------------


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


def write(path: Path, title: str, numbers: Mapping[str, int], generation: str = "2021", text: str = "") -> None:
    """Write a report as a text with tables."""
    sys.path.insert(0, str(TOP / "benchmarks"))
    import synthetic

    rng = random.Random(0)
    figures = {code: Decimal(number) for code, number in fill(generation, numbers).items()}
    tables = {
        "disclosure": synthetic.build_disclosure(figures, generation, rng),
        "requests": synthetic.build_requests(figures, generation, rng),
        "disputes": synthetic.build_disputes(figures, rng),
    }
    blocks = [synthetic.Block("title", title)]
    for number, heading, table in zip("一二三四五六", CHAPTERS, ("", *tables, "", ""), strict=True):
        blocks.append(synthetic.Block("heading", f"{number}、{heading}"))
        blocks.append(synthetic.Block("table", table) if table else synthetic.Block("text", text or "无。"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(synthetic.lay_text(tables, blocks, synthetic.LAYOUTS["L1"][0], rng), encoding="utf-8")


def title(issuer: str, year: int | str) -> str:
    return f"{issuer}{year}年政府信息公开工作年度报告"


def two_by_three(raw: Path) -> None:
    """Two towns, three years; what the second carried over to 2023 is not what it carried in."""
    for town, flows in zip(TOWNS, (((0, 2), (2, 1), (1, 0)), ((0, 4), (4, 3), (1, 0))), strict=False):
        for year, (carried_in, carried_over) in zip((2021, 2022, 2023), flows, strict=True):
            write(raw / f"{town}-{year}.txt", title(town, year), requests(year - 2015, 20, carried_in, carried_over))


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
    """Reports that do not tell their year, their issuer or the place of their issuer, and one town of two years."""
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
    result.cells = [CellRow(*code, float(number), "reported", str(number), None, "L1") for code, number in cells]
    return result


def write_many(out: Path) -> None:
    """200 issuers and six years, a tenth of the reports missing: published tables without documents."""
    rng, panel = np.random.default_rng(1), Comparison()
    places = [(f"第{n}镇", year) for n in range(200) for year in YEARS]
    kept = [place for place, here in zip(places, rng.random(len(places)) > 0.1, strict=True) if here]
    sizes = rng.integers(0, 60, len(kept)).tolist()
    granted = [int(rng.binomial(size, 0.6)) for size in sizes]
    results = [
        make_result(f"{issuer}-{year}.txt", issuer, year, requests(*numbers))
        for (issuer, year), *numbers in zip(kept, granted, sizes, strict=True)
    ]
    with Publication(out) as publication:
        publication.write(to_tables(results))
        for result in results:
            panel.add(fingerprint(result.report(), result.cells))
        rows = [(name, *check) for name, check in panel.checks()]
        publication.write({"checks": to_table("checks", rows), "findings": to_table("findings", [])})


DATASETS: dict[str, Callable[[Path], None]] = {
    "two_by_three": two_by_three,
    "gaps": with_gaps,
    "duplicates": with_duplicates,
    "unknown": unknown,
    "both_forms": both_forms,
    "county": county,
    "nothing": nothing_read,
}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Callable[[str], Path]:
    """Folder of a dataset by its name, made when it is first asked for."""
    made = {"sample": TOP / "data" / "parquet"}

    def make(name: str) -> Path:
        if name not in made:
            top = tmp_path_factory.mktemp(name)
            if name == "many":
                write_many(top / "out")
            else:
                DATASETS[name](top / "raw")
                gt.build(top / "raw", top / "out", processes=1, progress=False)
            made[name] = top / "out"
        return made[name]

    return make


# -- whose report, and which ------------------------------------------------------------------------------------------


def frame(text: str) -> pd.DataFrame:
    """Read a frame from lines of fields with commas; a field of a dash is null."""
    lines = [[field.strip() for field in line.split(",")] for line in text.splitlines() if line.strip()]
    return pd.DataFrame(lines[1:], columns=lines[0], dtype="str").replace("-", None)


ISSUERS = frame("""
    report_id, name,         level,      code,      place,                    parent_code, scope
    a,         花街镇,       township,   330784104, 浙江省金华市永康市花街镇, 330784,      -
    b,         永康市花街镇, township,   330784104, 浙江省金华市永康市花街镇, 330784,      own
    c,         教育局,       department, 330784,    浙江省金华市永康市,       330784,      -
    d,         教育局,       department, 330113,    浙江省杭州市临平区,       330113,      -
    e,         太平镇,       township,   -,         -,                        -,           -
    f,         生态环境部,   central,    -,         -,                        -,           -
    g,         花街镇,       township,   330784104, 浙江省金华市永康市花街镇, 330784,      -
    h,         -,            unknown,    -,         -,                        -,           -
""")
REPORTS = frame("""
    report_id, year, generation
    a,         2021, 2021
    b,         2022, 2021
    c,         2021, 2021
    d,         2021, 2021
    e,         2022, 2021
    f,         2022, 2021
    g,         -,    2021
    h,         2022, 2021
    i,         -,    -
""").assign(year=lambda lines: lines["year"].astype(float))


def test_an_issuer_is_a_place_or_a_body_in_a_place():
    who = name_issuers(REPORTS, ISSUERS).set_index("report_id")
    town = "花街镇"
    assert who["issuer"].fillna("").to_dict() == {
        **{"a": town, "b": town, "g": town, "e": "", "f": "生态环境部", "h": "", "i": ""},
        **{"c": "教育局 (浙江省金华市永康市)", "d": "教育局 (浙江省杭州市临平区)"},
    }
    reasons = {"e": "place not told", "g": "year not told", "h": "issuer not told", "i": "issuer not told"}
    assert who["left_out"].dropna().to_dict() == reasons


def test_a_name_alone_may_do():
    who = name_issuers(REPORTS, ISSUERS, by_name=True).set_index("report_id")
    assert who.loc["e", "issuer"] == "太平镇"
    assert who["left_out"].dropna().to_dict() == {"g": "year not told", "h": "issuer not told", "i": "issuer not told"}


def versions(**numbers: float | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reports of one issuer and year, each with a number and a local row of its own, or without cells."""
    names = list(numbers)
    who = pd.DataFrame({"report_id": names, "issuer": "花街镇", "year": 2022, "left_out": pd.Series(None, range(len(names)), "str")})
    printed = [name for name in names if numbers[name] is not None]
    cells = [(name, "requests", "received", "total", numbers[name]) for name in printed]
    cells += [(name, "requests", "extra.x", "total", n) for n, name in enumerate(printed)]
    return who, pd.DataFrame(cells, columns=["report_id", "table", "row", "column", "value"])


@pytest.mark.parametrize(
    ("numbers", "chosen", "expected"),
    [
        pytest.param({"a": 1}, [], {}, id="one"),
        pytest.param({"a": 1, "b": 1}, [], {"b": "copy of another"}, id="a copy"),
        pytest.param({"a": 1, "b": np.nan}, [], dict.fromkeys("ab", "differing versions"), id="a blank is not the number"),
        pytest.param({"a": 1, "b": 2}, [], dict.fromkeys("ab", "differing versions"), id="a correction"),
        pytest.param({"a": 1, "b": 2}, ["b"], {"a": "another is chosen"}, id="chosen"),
        pytest.param({"a": None, "b": 2}, [], {"a": "no table read, another is taken"}, id="no tables"),
        pytest.param({"a": None, "b": None}, [], {"b": "no table read, another is taken"}, id="no tables at all"),
        pytest.param(
            {"a": 1, "b": 1, "c": 2}, [], {"a": "differing versions", "b": "copy of another", "c": "differing versions"}, id="a copy of one"
        ),
    ],
)
def test_one_report_of_an_issuer_and_year(numbers, chosen, expected):
    who = choose_reports(*versions(**numbers), chosen)
    assert who.set_index("report_id")["left_out"].dropna().to_dict() == expected


@pytest.mark.parametrize(
    ("chosen", "error"), [(["x"], "no report x to choose; the reports are a, b"), (["a", "b"], "a, b: chosen, but of one issuer and year")]
)
def test_a_wrong_choice(chosen, error):
    with pytest.raises(ValueError, match=error):
        choose_reports(*versions(a=1, b=2), chosen)


def test_years_of_issuers():
    who = frame("""
        issuer, year, generation, left_out
        a,      2019, 2019,       -
        a,      2022, 2021,       -
        b,      2020, -,          -
        b,      2021, 2021,       differing versions
        b,      2021, 2021,       differing versions
        c,      2020, 2019,       copy of another
    """)
    table = lay_out_years(who)
    expected = {"a": ["2019", "gap", "gap", "2021"], "b": ["", "no table read", "differing versions", ""]}
    assert table.columns.tolist() == [2019, 2020, 2021, 2022]
    assert {name: line.tolist() for name, line in table.iterrows()} == expected
    assert lay_out_years(who.head(0)).shape == (0, 0)


@pytest.mark.parametrize(
    ("report", "nested"),
    [
        pytest.param("township, 330784104, 330784, -", True, id="a town below the county"),
        pytest.param("township, 330113104, 330113, -", False, id="a town elsewhere"),
        pytest.param("township, 330784, 330784, -", True, id="a town that is not in the list"),
        pytest.param("department, 330784, 330784, -", True, id="a bureau of the county"),
        pytest.param("department, 330799, -, -", False, id="a bureau whose city speaks for its own body"),
        pytest.param("county, 330784, 330700, aggregate", False, id="the county itself"),
        pytest.param("county, 120101, 120000, -", True, id="a district below its municipality"),
        pytest.param("central, -, -, -", False, id="a ministry"),
    ],
)
def test_whose_figures_another_may_hold(report, nested):
    above = "county, 330784, 330700, aggregate\nprefecture, 330700, 330000, own\nprovince, 120000, -, -"
    who = frame(f"level, code, parent_code, scope\n{above}\n{report}")
    assert find_nested(who).tolist() == [False, False, False, nested]


def make_values(lines: str) -> pd.DataFrame:
    """Values of a rate of issuers: issuer, year, form, numerator, denominator."""
    values = frame(f"issuer, year, generation, numerator, denominator\n{lines}")
    values = values.astype({"year": int, "numerator": float, "denominator": float}).assign(indicator=RATE)
    values["value"] = values["numerator"] / values["denominator"]
    ends = wilson(values["numerator"].to_numpy(), values["denominator"].replace(0, np.nan).to_numpy())
    values["low"], values["high"] = (np.where(values["value"].isna(), np.nan, end) for end in ends)
    return values


KNOWN = make_values("""
    a, 2020, 2019, 1, 2
    a, 2021, 2021, 0, 0
    a, 2023, 2021, 1, 2
    b, 2020, 2019, 1, 4
    b, 2021, 2021, 2, 4
    c, 2021, 2021, -, 4
    c, 2020, 2019, 4, 4
""")


def test_a_balanced_panel():
    known = lay_out_known(KNOWN)
    assert known.columns.tolist() == [2020, 2021, 2022, 2023]
    assert known.loc["a"].tolist() == [True, True, False, True]  # nothing of nothing is known
    counts = count_balanced(known)
    assert [[int(n) for n in line.dropna()] for _, line in counts.iterrows()] == [[3, 2, 0, 0], [2, 0, 0], [0, 0], [1]]
    assert find_window(known) == (2020, 2021)
    sets = make_sets(KNOWN, (2020, 2021))
    assert sets.groupby("set").size().to_dict() == {"all issuers": 7, "the same 2": 4}
    assert set(sets.loc[sets["set"] == "the same 2", "issuer"]) == {"a", "b"}


@pytest.mark.parametrize("which", ["issuer == 'a'", "year == 2020", "year == 1999"], ids=["one issuer", "one year", "none"])
def test_no_balanced_panel(which):
    values = KNOWN.query(which)
    assert find_window(lay_out_known(values)) is None
    assert set(make_sets(values, None)["set"]) <= {"all issuers"}


# -- changes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        pytest.param((56, 70), (48, 80), 0.0524, 0.3339, id="a"),
        pytest.param((9, 10), (3, 10), 0.1705, 0.8090, id="b"),
        pytest.param((6, 7), (2, 7), 0.0582, 0.8062, id="c"),
        pytest.param((5, 56), (0, 29), -0.0381, 0.1926, id="d"),
        pytest.param((0, 10), (0, 20), -0.1611, 0.2775, id="e"),
        pytest.param((0, 10), (0, 10), -0.2775, 0.2775, id="f"),
        pytest.param((10, 10), (0, 20), 0.6791, 1.0, id="g"),
        pytest.param((10, 10), (0, 10), 0.6075, 1.0, id="h"),
    ],
)
def test_newcombe_1998_table_2_method_10(after, before, low, high):
    rates = [(np.array(count / total), wilson(np.array(count), np.array(total))) for count, total in (after, before)]
    assert newcombe(*rates) == pytest.approx((low, high), abs=6e-5)
    assert newcombe(*rates[::-1]) == pytest.approx((-high, -low), abs=6e-5)


def test_steps_go_from_year_to_year():
    values = make_values("""
        a, 2019, 2019, 48, 80
        a, 2020, 2019, 56, 70
        a, 2021, 2021, 56, 70
        b, 2020, 2019, 1, 2
        b, 2022, 2021, 1, 2
        c, 2021, 2021, 0, 0
        c, 2022, 2021, 1, 2
    """)
    steps = find_steps(values, [RATE]).set_index(["issuer", "year"])
    assert steps.index.tolist() == [("a", 2020), ("a", 2021)]
    first = steps.loc[("a", 2020)]
    assert first[["difference", "difference_low", "difference_high"]].tolist() == pytest.approx([0.2, 0.0524, 0.3339], abs=6e-5)
    assert steps["stands_out"].tolist() == [True, False]
    assert steps["new_form"].tolist() == [False, True]
    assert (first["numerator_before"], first["denominator_before"], first["year_before"]) == (48, 80, 2019)
    assert find_steps(values)["year"].tolist() == [2020], "no step over a new form unless the indicator is comparable"


def test_two_values_of_a_year_are_not_paired():
    with pytest.raises(ValueError, match="two values of one indicator and year"):
        find_steps(pd.concat([KNOWN, KNOWN.head(1)]))


CROSSWALK = pd.DataFrame(declared("forms", "crosswalk"))


@pytest.mark.parametrize(
    ("numerator", "denominator", "relation", "comparable"),
    [
        pytest.param("requests.granted.total", "requests.concluded.total", "same", True, id="same"),
        pytest.param("requests.other.*.total", "requests.concluded.total", "sum", True, id="a sum"),
        pytest.param("disclosure.regulation.made", "", "rough", False, id="roughly"),
        pytest.param("disclosure.normative_document.issued", "disclosure.normative_document.in_force", "none", False, id="another thing"),
        pytest.param("disclosure.normative_document.repealed", "disclosure.licence.decisions", "new", False, id="new"),
        pytest.param("disclosure.procurement.projects", "", "dropped", False, id="dropped"),
        pytest.param("disclosure.licence.decisions", "", "same", True, id="one column of a row"),
    ],
)
def test_relations_of_forms(numerator, denominator, relation, comparable):
    one = pd.DataFrame({"numerator": [numerator], "denominator": [denominator]}, index=["x"])
    found = compare_forms(one, CROSSWALK).loc["x"]
    assert (found["relation"], bool(found["comparable"])) == (relation, comparable)


def test_what_is_not_comparable_has_no_value_in_the_older_form_or_says_so():
    """An indicator declared for both forms must be comparable over their change, as its values are drawn in one line."""
    found = compare_forms(definitions(), CROSSWALK)
    assert (found["comparable"] == (definitions()["generations"] == "2019 2021")).all()


# -- notebooks ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def run(dataset) -> Iterator[Callable[..., str]]:
    """Run a notebook on a dataset, in a kernel that all runs share, and return what it prints."""
    settings = Config(KernelManager={"transport_encryption": "auto"})
    place = {"metadata": {"path": str(NOTEBOOKS)}}
    client = NotebookClient(nbformat.v4.new_notebook(), kernel_name="python3", resources=place, config=settings)

    def run_on(name: str, data: str, **parameters: object) -> str:
        notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
        cells = [nbformat.v4.new_code_cell("%reset -f"), *(cell for cell in notebook.cells if cell.cell_type == "code")]
        # the made panel is the same whatever the dataset
        cells = [cell for cell in cells if data == "sample" or not any(word in cell.source for word in ("made_", "invented"))]
        at = next(n for n, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", ()))
        chosen = {"folder": str(dataset(data)), "plt.rcParams['figure.dpi']": 30} | parameters
        cells.insert(at + 1, nbformat.v4.new_code_cell("\n".join(f"{key} = {value!r}" for key, value in chosen.items())))
        client.nb = notebook | {"cells": cells}
        for n, cell in enumerate(cells):
            client.execute_cell(cell, n)
        outputs = [output for cell in cells for output in cell.outputs]
        assert not [output.text for output in outputs if output.get("name") == "stderr"]
        return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") + "\n" for output in outputs)

    with client.setup_kernel():
        yield run_on


SAYS = {
    "sample": """
        5 reports, 5 of them in the panel, by 5 issuers
        2 years in a row: 0 of 5 issuers; reports lacking for all: 5
        No issuer reports in two consecutive years: this is no panel.
        compared with the year before: 0 of 5 reports
        disclosure_rate: no line, as no issuer has comparable values in two consecutive years
        no balanced panel
        No trend to draw
        No change to draw
        24 made issuers, 96 made reports
    """,
    "two_by_three": """
        6 reports, 6 of them in the panel, by 2 issuers
        3 years in a row: 2 of 2 issuers; reports lacking for all: 0
        compared with the year before: 4 of 6 reports
        carry_over: {'holds': 26, 'fails': 2}
        equations that fail: 2 of 36, in 1 reports
        永康市石柱镇-2023.txt: 1, not 3: requests.carried_in.total = requests.carried_over.total of 永康市石柱镇-2022.txt
        balanced panel: 2021 to 2023
        8 changes of 2 rates; 0 stand out at 95%
        4 steps, 0 of them over a change of form
    """,
    "gaps": """
        issuers with a gap: 2
        永康市前仓镇: 2022, 2023
        永康市花街镇: 2022
        2 years in a row: 1 of 3 issuers; reports lacking for all: 2
        no balanced panel
    """,
    "duplicates": """
        9 reports, 5 of them in the panel, by 3 issuers
        several reports of one issuer and year: 3 times
        永康市前仓镇 2021: page.txt, no table read, another is taken
        永康市石柱镇 2022: corrected.txt, differing versions
        永康市花街镇 2022: 永康市花街镇-2022.txt, copy of another
        other reports that look like a copy: 0
        all issuers: from 0.5 in 2021 to 0.4545 in 2022
    """,
    "unknown": """
        6 reports, 2 of them in the panel, by 1 issuers
        left out, issuer not told: 1 (no-issuer.txt)
        left out, place not told: 2 (太平镇-2022.txt, 太平镇-2023.txt)
        left out, year not told: 1 (no-year.txt)
        1 steps, 0 of them
    """,
    "both_forms": """
        issuers with reports on more than one form: 3 of 3
        9 steps, 3 of them over a change of form
        normative_issue_ratio: 5 of 12 values known
        2 steps, 0 of them over a change of form
        balanced panel: 2019 to 2022
    """,
    "county": """
        8 reports, 8 of them in the panel, by 4 issuers
        left out, as a superior reports as well: 3 issuers
        no balanced panel
        4 steps, 0 of them
    """,
    "nothing": """
        2 reports, 1 of them in the panel, by 1 issuers
        left out, issuer not told: 1 (menu.txt)
        no table read     1
        no issuer has known numbers in any year
        no value to pool
    """,
    "many": """
        1095 reports, 1095 of them in the panel, by 200 issuers
        17 patterns of years; the 17 drawn are of 200 issuers
        5 years in a row: 139 of 200 issuers; reports lacking for all: 72
        compared with the year before: 838 of 1095 reports
        balanced panel: 2019 to 2024
        1614 changes of 2 rates; 54 stand out at 95%
    """,
}


@pytest.mark.parametrize(("data", "expected"), SAYS.items(), ids=SAYS)
def test_the_notebook_says_what_a_dataset_holds_and_lacks(run, data, expected):
    printed = run(NOTEBOOK_6, data)
    assert [line.strip() for line in expected.strip().splitlines() if line.strip() not in printed] == []
    assert "nan" not in printed
    assert "Empty DataFrame" not in printed


@pytest.mark.parametrize(
    ("data", "parameters", "expected"),
    [
        pytest.param("unknown", {"by_name": True, "bodies": ["township"]}, "4 of them in the panel, by 2 issuers", id="by name"),
        pytest.param("county", {"issuers": ["无名"]}, "0 reports, 0 of them in the panel, by 0 issuers", id="nobody"),
        pytest.param("both_forms", {"window": (2030, 2031)}, "balanced panel: 2030 to 2031", id="window without a report"),
        pytest.param(
            "both_forms",
            {"shown": ["normative_issue_ratio", "requests_to_handle"], "window": (2021, 2022), "highlight": [TOWNS[1], "无名"]},
            "0 changes of 0 rates",
            id="no rate",
        ),
    ],
)
def test_parameters(run, data, parameters, expected):
    assert expected in run(NOTEBOOK_6, data, **parameters)


@pytest.mark.parametrize(
    ("data", "parameters", "expected"),
    [
        pytest.param("duplicates", {}, "9 reports, 1 without a table", id="duplicates"),
        pytest.param("unknown", {}, "year: 2022 (3), 2023 (2), not told (1)", id="unknown"),
        pytest.param("many", {"most_reports": 4}, "compared: the first 4 with tables", id="many"),
    ],
)
def test_the_comparison_runs_on_panels_too(run, data, parameters, expected):
    assert expected in run(NOTEBOOK_5, data, **parameters)
