"""Issuers: all their reports in order, what they come to, and which versions of a year count."""

from county import BODIES, SLIPS
from govtables.indicators import check_formula
from publish.pages.gather import make_pages
from publish.pages.office_pages import GROUPS
from publish.pages.offices import Office, Year, list_years, make_offices, read_totals


def find(offices: list, name: str):
    return next(office for office in offices if office.name == name)


def test_an_issuer_has_all_its_reports_though_one_alone_has_a_page(years):
    pages = make_pages(years, f"{BODIES[1]}-2022.html")
    [office] = make_offices(years, pages)
    assert [year.report["year"] for year in office.years] == [2021, 2022, 2023]
    assert [year.page is not None for year in office.years] == [False, True, False]
    assert list(list_years(office)) == [(2021, 2022), (2022, 2023)]


def test_totals_are_sums_of_cells_and_bear_their_flags(years):
    office = find(make_offices(years, make_pages(years, 200)), BODIES[1])
    cells = years.cells.astype({"table": str, "row": str, "column": str})
    denied = cells[cells["row"].str.startswith("denied.") & (cells["column"] == "total")].groupby("report_id")["value"].sum()
    for year in office.years:
        assert year.totals["denied"]["value"] == denied[year.report["report_id"]]
    flags = {year.report["year"]: year.totals["granted"]["flag"] for year in office.years}
    assert flags == {2021: "clean", SLIPS["located"].year: "located", 2023: "clean"}


def test_of_two_versions_that_differ_none_counts(years):
    office = find(make_offices(years, make_pages(years, 200)), BODIES[6])
    assert [(year.report["year"], year.left_out) for year in office.years] == [
        (2021, None), (2022, "differing versions"), (2022, "differing versions"), (2023, None)
    ]
    assert office.steps == [] and office.by_chance == 0


def test_steps_are_those_of_the_issuer_alone(years):
    offices = make_offices(years, make_pages(years, 200))
    office = find(offices, BODIES[3])
    assert {step["year"] for step in office.steps} == {2022, 2023}
    assert {step["issuer"] for step in office.steps} == {office.name}
    assert 0 < office.by_chance < len(office.steps) / 10
    assert len({one.slug for one in offices}) == len(offices) == len(BODIES)


def test_inferred_numbers_are_marked(data):
    office = find(make_offices(data, make_pages(data, 200)), "汉阴县")
    signs = {code: line["signs"] for code, line in office.years[0].totals.items()}
    assert signs["received"] == "" and signs["denied"] != ""


def test_every_total_is_a_sum_of_the_form_and_has_names():
    for line in read_totals():
        assert check_formula(line["indicator"], line["numerator"]) and line["en"] and line["zh"]
    assert {line["group"] for line in read_totals()} == {*GROUPS}


def test_a_report_without_a_year_follows_no_other():
    years = [Year({"year": year}, None, None, {}, []) for year in (None, 2020, 2021, 2021, 2023, None)]
    assert list(list_years(Office("x", "x", {}, [], years, [], 0.0))) == [(2020, 2021)]
