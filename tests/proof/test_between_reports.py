"""Checks across reports: year against year, copies, parents against children."""

import random

import pytest

from govtables.proof.fingerprints import Fingerprint, fingerprint
from govtables.records import CellRow
from tests.proof.comparing import (
    APPLICANTS, BUSY, COUNTY, HIERARCHY, OTHER, TOWN, checks, make, make_cells, run, says,
)

# -- year against year ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("generations", [("2019", "2019"), ("2019", "2021"), ("2021", "2021"), ("2021", "2019")])
def test_carry_over_is_compared_for_each_kind_of_applicant_whatever_the_forms(generations):
    before = make("a.txt", 2020, {"requests carried_over total": 3}, generation=generations[0])
    after = make("b.txt", 2021, {"requests carried_in total": 1}, generation=generations[1])
    found = checks(before, after, of="b.txt", check="carry_over")
    assert [check.column for check in found] == APPLICANTS
    assert [check.verdict for check in found] == ["holds"] * 6 + ["fails"]
    assert found[-1][1:] == (
        *("requests", "carried_in", "total", 1.0, 3.0, -2.0, -2.0, -2.0, "fails"),
        "requests.carried_in.total = requests.carried_over.total of a.txt",
        "2 less than follows from a.txt",
    )
    assert found[0].message is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(3, None, (None, 3.0, None, -3.0, None, "undecided"), id="blank here"),
        pytest.param(None, 3, (3.0, None, None, None, 3.0, "undecided"), id="blank there"),
        pytest.param(None, None, (None, None, None, None, None, "undecided"), id="both blank"),
        pytest.param(None, -3, (-3.0, None, None, None, -3.0, "fails"), id="below zero whatever the other is"),
        pytest.param(2.0**60, 3, (3.0, None, None, None, 3.0, "undecided"), id="no number that a float can hold"),
        pytest.param(-0.0, 0, (0.0, 0.0, 0.0, 0.0, 0.0, "holds"), id="zero has no sign"),
    ],
)
def test_a_blank_is_unknown_and_leaves_bounds(before, after, expected):
    older = make("a.txt", 2021, {"requests carried_over total": before})
    newer = make("b.txt", 2022, {"requests carried_in total": after})
    found = checks(older, newer, of="b.txt", check="carry_over")[-1]
    assert found[4:10] == expected
    assert "-0.0" not in repr(found)


def test_what_is_unknown_is_named():
    older, newer = make("a.txt", 2021, {"requests carried_over total": None}), make("b.txt", 2022)
    assert says(older, newer, of="b.txt", check="carry_over")[-1] == (
        "undecided",
        "unknown: requests.carried_over.total of a.txt",
    )


@pytest.mark.parametrize(
    ("status", "verdict"), [("reported", "holds"), ("decided", "holds"), ("inferred", "holds"), ("unreadable", "undecided")]
)
def test_known_is_what_stands_or_is_told(status, verdict):
    reports = [{"report_id": f"{year}", "sha256": "", "issuer": TOWN, "year": year, "error": None} for year in (2021, 2022)]
    cells = make_cells(status=status)[:-1] + make_cells()[-1:]
    older, newer = fingerprint(reports[0], make_cells()), fingerprint(reports[1], cells)
    assert [check.verdict for check in checks(older, newer, of="2022", check="carry_over")] == [verdict] * 7


STOCK = "disclosure normative_document in_force", "disclosure normative_document issued", "disclosure normative_document repealed"


@pytest.mark.parametrize(
    ("before", "in_force", "issued", "repealed", "bounds", "verdict"),
    [
        pytest.param(10, 12, 3, 1, (0.0, 0.0), "holds", id="adds up"),
        pytest.param(10, 13, 3, 1, (1.0, 1.0), "fails", id="does not"),
        pytest.param(10, 12, 3, None, (-1.0, None), "undecided", id="repealed unknown"),
        pytest.param(10, 14, 3, None, (1.0, None), "fails", id="repealed unknown, yet too many"),
        pytest.param(10, 12, None, 1, (None, 3.0), "undecided", id="issued unknown"),
        pytest.param(None, 12, 3, 1, (None, 10.0), "undecided", id="year before unknown"),
        pytest.param(None, 12, 3, None, (None, None), "undecided", id="both ways"),
    ],
)
def test_stock(before, in_force, issued, repealed, bounds, verdict):
    older = make("a.txt", 2021, {STOCK[0]: before})
    newer = make("b.txt", 2022, dict(zip(STOCK, (in_force, issued, repealed), strict=True)))
    regulation, found = checks(older, newer, of="b.txt", check="stock")
    assert (regulation.row, regulation.verdict) == ("regulation", "holds")
    assert (found.row, found.column, found.low, found.high, found.verdict) == ("normative_document", "in_force", *bounds, verdict)
    assert found.operands == (
        "disclosure.normative_document.in_force = disclosure.normative_document.in_force of a.txt"
        " + disclosure.normative_document.issued - disclosure.normative_document.repealed"
    )


@pytest.mark.parametrize(
    ("before", "change", "after", "bounds", "verdict"),
    [
        pytest.param(10, -3, 7, (0.0, 0.0), "holds", id="adds up"),
        pytest.param(10, -3, 10, (3.0, 3.0), "fails", id="does not"),
        pytest.param(10, None, 20, (None, None), "undecided", id="an unknown change may be below zero"),
        pytest.param(None, 2, 1, (None, -1.0), "fails", id="fewer than the change alone"),
    ],
)
def test_items(before, change, after, bounds, verdict):
    older = make("a.txt", 2019, {"disclosure fee previous_items": before, "disclosure fee change": change}, generation="2019")
    newer = make("b.txt", 2020, {"disclosure fee previous_items": after}, generation="2019")
    found = checks(older, newer, of="b.txt", check="items")
    assert [check.row for check in found] == ["licence", "other_service", "penalty", "coercion", "fee"]
    assert [check.verdict for check in found[:4]] == ["holds"] * 4
    assert (found[4].low, found[4].high, found[4].verdict) == (*bounds, verdict)


@pytest.mark.parametrize(("older", "newer", "check"), [("2019", "2021", "stock"), ("2021", "2019", "items")])
def test_over_a_change_of_form_the_table_of_disclosure_is_not_compared(older, newer, check):
    reports = make("a.txt", 2020, generation=older), make("b.txt", 2021, generation=newer)
    message = f"the form of the table changed: {newer} here, {older} in a.txt"
    assert says(*reports, of="b.txt", check=check) == [("undecided", message)]
    assert {found.check for report, found in run(*reports) if report == "b.txt"} == {"carry_over", check}


@pytest.mark.parametrize(
    ("others", "message"),
    [
        pytest.param([], f"no report of 2021 by {TOWN} in the dataset", id="first year"),
        pytest.param([make("a.txt", 2020), make("c.txt", 2023)], f"no report of 2021 by {TOWN} in the dataset", id="gap"),
        pytest.param([make("a.txt", 2021, issuer="石柱镇")], f"no report of 2021 by {TOWN} in the dataset", id="another body"),
        pytest.param(
            [make("a.txt", 2021, error="no table")],
            f"the report of 2021 by {TOWN}, a.txt, gives no numbers",
            id="without numbers",
        ),
        pytest.param(
            [make("a.txt", 2021), make("a2.txt", 2021, {"requests granted total": 1})],
            f"2 differing reports of 2021 by {TOWN}: a.txt, a2.txt",
            id="two versions",
        ),
    ],
)
def test_without_one_report_of_the_year_before_nothing_is_decided(others, message):
    newer = make("b.txt", 2022)
    assert says(*others, newer, of="b.txt", check="carry_over") == [("undecided", message)]
    assert says(*others, newer, of="b.txt", check="stock") == []


def test_of_copies_the_first_is_compared_and_a_report_without_numbers_beside_it_does_not_matter():
    older = [make(name, 2021, {"requests carried_over total": 2}) for name in ("z.txt", "a.txt")]
    empty = make("0.txt", 2021, error="the tables are pictures")
    found = checks(*older, empty, make("b.txt", 2022), of="b.txt", check="carry_over")[-1]
    assert (found.verdict, found.message) == ("fails", "2 less than follows from a.txt")


@pytest.mark.parametrize(
    ("issuer", "year", "lacking"),
    [(None, 2022, "issuer"), (TOWN, None, "year"), (None, None, "issuer and year"), ("", 2022, "issuer")],
)
def test_without_issuer_or_year_nothing_is_decided(issuer, year, lacking):
    older, newer = make("a.txt", 2021, issuer=issuer), make("b.txt", year, issuer=issuer)
    assert says(older, newer, of="b.txt", check="carry_over") == [("undecided", f"the report does not tell its {lacking}")]


def test_a_report_without_numbers_is_not_compared():
    assert run(make("a.txt", 2021), make("b.txt", 2022, error="no table"))[1:] == []
    blank = [cell._replace(value=None, status="blank") for cell in make_cells()]
    report = {"report_id": "c.txt", "sha256": "", "issuer": TOWN, "year": 2022, "error": None}
    assert run(fingerprint(report, blank), fingerprint(report, [])) == []


# -- issuers -------------------------------------------------------------------------------------------------


def test_years_of_an_issuer_in_two_scripts_are_compared():
    older, newer = make("a.txt", 2021, issuer="漢陰縣人民政府"), make("b.txt", 2022, issuer="汉阴县")
    assert len(checks(older, newer, of="b.txt", check="carry_over")) == len(APPLICANTS)


@pytest.mark.parametrize("folders", [("", ""), ("p/", "p/"), ("p/", "q/")])
def test_bodies_that_name_no_place_are_not_compared(folders):
    names = [f"{folder}{n}.txt" for n, folder in enumerate(folders)]
    doubt = "the name 教育局 does not say which place"
    years = [make(name, 2021 + n, BUSY if n else {}, "教育局") for n, name in enumerate(names)]
    assert says(*years, of=names[1], check="carry_over") == [("undecided", doubt)]
    assert [check.verdict for _, check in run(*years)] == ["undecided"] * 2
    versions = [make(name, 2022, BUSY if n else {}, "教育局") for n, name in enumerate(names)]
    message = f"another report of that name and year: {names[0]}; {doubt}"
    assert says(*versions, of=names[1], check="duplicate") == [("undecided", message)]
    copies = [make(name, 2022, BUSY, "教育局") for name in names]
    assert says(*copies, of=names[1], check="duplicate") == [("fails", f"same numbers as {names[0]}: a copy")]


GRANTED, FEE = "requests granted total", "disclosure fee amount"
SCATTERED = f"the name {TOWN} does not say which place, and the reports stand in different folders"


def test_a_bare_township_is_compared_within_its_folder():
    first = [make("p/a.txt", 2021), make("p/b.txt", 2022, BUSY)]
    other = make("q/b.txt", 2022, OTHER)
    assert len(checks(*first, other, of="p/b.txt", check="carry_over")) == len(APPLICANTS)
    assert says(*first, other, of="q/b.txt", check="carry_over") == [("undecided", f"{SCATTERED}: p/a.txt")]
    message = f"another report of that name and year: p/b.txt; {SCATTERED}"
    assert says(*first, other, of="q/b.txt", check="duplicate") == [("undecided", message)]
    [(verdict, message)] = says(*first, other, make("p/c.txt", 2022), of="p/c.txt", check="duplicate")
    assert (verdict, message[:54]) == ("fails", "another report on the same issuer and year: p/b.txt, d")


def test_of_namesakes_with_the_same_numbers_each_is_compared_in_its_folder():
    reports = [make(f"{folder}/{year}.txt", year) for folder in "pq" for year in (2021, 2022)]
    found = checks(*reports, of="q/2022.txt", check="carry_over")
    assert [check.verdict for check in found] == ["holds"] * len(APPLICANTS)
    assert found[0].operands.endswith("of q/2021.txt")


# -- parents and children ------------------------------------------------------------------------------------


def family(parent: dict, *towns: dict, **facts) -> list[Fingerprint]:
    names = ("花街镇人民政府", "石柱镇人民政府")
    return [make("p.txt", 2022, parent, COUNTY, **facts)] + [
        make(f"{n}.txt", 2022, numbers, names[n]) for n, numbers in enumerate(towns)
    ]


def sums(*fingerprints: Fingerprint) -> list[tuple]:
    found = checks(*fingerprints, of="p.txt", check="children_sum", hierarchy=HIERARCHY)
    return [(check.row, check.left, check.right, check.high, check.verdict, check.message) for check in found]


def test_a_parent_is_the_sum_of_its_children():
    reports = family({GRANTED: 5, FEE: 0.3}, {GRANTED: 2, FEE: 0.1}, {GRANTED: 3, FEE: 0.2})
    assert sums(*reports) == [(None, 200.0, 200.0, None, "holds", None)]
    (found,) = checks(*reports, of="p.txt", check="children_sum", hierarchy=HIERARCHY)
    assert found.operands == "each cell = its sum over 0.txt, 1.txt"
    assert checks(*reports, of="0.txt", check="children_sum", hierarchy=HIERARCHY) == []


def test_each_cell_that_fails_is_a_row():
    reports = family({GRANTED: 6, FEE: 0.9}, {GRANTED: 2, FEE: 0.1}, {GRANTED: 3, FEE: 0.7})
    assert sums(*reports) == [
        (None, 200.0, 198.0, None, "fails", "2 of 200 cells differ"),
        ("fee", 0.9, 0.8, 0.1, "fails", "0.1 more than follows from its children"),
        ("granted", 6.0, 5.0, 1.0, "fails", "1 more than follows from its children"),
    ]
    found = checks(*reports, of="p.txt", check="children_sum", hierarchy=HIERARCHY)[-1]
    assert found.operands == "requests.granted.total = sum of requests.granted.total of 2 children"


def test_a_missing_child_leaves_a_bound():
    missing = "no report of 2022 by 石柱镇 in the dataset"
    assert sums(*family({GRANTED: 5}, {GRANTED: 2})) == [(None, 0.0, 0.0, None, "undecided", missing)]
    assert sums(*family({GRANTED: 5}, {GRANTED: 7})) == [
        (None, 1.0, 0.0, None, "undecided", missing),
        ("granted", 5.0, None, -2.0, "fails", "at least 2 less than follows from its children"),
    ]


def test_children_missing_or_in_two_versions_are_listed():
    first, second = make("a.txt", 2022), make("b.txt", 2022, BUSY)
    message = "2 differing reports of 2022 by 花街镇: a.txt, b.txt; no report of 2022 by 石柱镇 in the dataset"
    assert sums(*family({}), first, second) == [(None, 0.0, 0.0, None, "undecided", message)]


def test_an_unknown_cell_is_not_compared_but_leaves_a_bound():
    assert sums(*family({GRANTED: 2}, {GRANTED: None}, {GRANTED: 1})) == [(None, 199.0, 199.0, None, "holds", None)]
    assert sums(*family({GRANTED: None}, {GRANTED: 1}, {GRANTED: 1})) == [(None, 199.0, 199.0, None, "holds", None)]
    assert [row[:5] for row in sums(*family({GRANTED: 2}, {GRANTED: None}, {GRANTED: 3}))] == [
        (None, 200.0, 199.0, None, "fails"),
        ("granted", 2.0, None, -1.0, "fails"),
    ]


def test_different_forms_of_disclosure_are_never_summed():
    reports = family({"disclosure licence decisions": 9}, {}, {}, generation="2019")
    shared = 7 * 22 + 15
    message = "the table of disclosure is left out, as its forms differ"
    assert sums(*reports) == [(None, shared, shared, None, "holds", message)]
    old = [make(f"{n}.txt", 2022, {}, name, "2019") for n, name in enumerate((TOWN, "石柱镇"))]
    assert [row[:5] for row in sums(reports[0], *old)] == [
        (None, 198.0, 197.0, None, "fails"),
        ("licence", 9.0, 0.0, 9.0, "fails"),
    ]


def test_a_change_may_be_below_zero_so_a_missing_child_leaves_no_bound():
    child = make("0.txt", 2022, {"disclosure fee change": 5}, TOWN, "2019")
    assert len(sums(*family({"disclosure fee change": 2}, generation="2019"), child)) == 1


def test_nothing_known_in_all_reports():
    parent, *towns = family({}, {}, {})
    report = {"report_id": "p.txt", "sha256": "", "issuer": COUNTY, "year": 2022, "error": None}
    cell = CellRow("disclosure", "regulation", "total_public", 1.0, "reported", "1", None, "L1")
    message = "no cell is known in all of the reports; the table of disclosure is left out, as its forms differ"
    assert sums(fingerprint(report, [cell]), *towns) == [(None, 0.0, 0.0, None, "undecided", message)]


def test_a_parent_without_numbers_or_year_is_not_compared():
    parents = make("p.txt", 2022, {}, COUNTY, error="no table"), make("p.txt", None, {}, COUNTY)
    assert [sums(parent, *family({}, {}, {})[1:]) for parent in parents] == [[], []]


def test_a_parent_without_a_report_is_told_once_a_year_on_the_first_of_its_children():
    towns = [make(f"{n}.txt", year, {}, name) for n, (year, name) in enumerate([(2022, "石柱镇"), (2022, TOWN), (2021, TOWN)])]
    expected = [
        ("0.txt", "undecided", "a child of 永康市: no report of 2022 by 永康市 in the dataset"),
        ("2.txt", "undecided", "a child of 永康市人民政府: no report of 2021 by 永康市人民政府 in the dataset"),
    ]
    assert orphans(*towns) == expected
    assert orphans(*towns, make("p.txt", 2022, {}, COUNTY)) == expected[1:]
    empty = make("p.txt", 2022, {}, COUNTY, error="no table")
    message = "a child of 永康市: the report of 2022 by 永康市, p.txt, gives no numbers"
    assert orphans(*towns[:2], empty) == [("0.txt", "undecided", message)]


def orphans(*fingerprints: Fingerprint) -> list[tuple[str, str, str]]:
    found = [(name, check) for name, check in run(*fingerprints, hierarchy=HIERARCHY) if check.check == "children_sum"]
    return [(name, check.verdict, check.message) for name, check in found if "a child of" in (check.message or "")]


# -- the whole -----------------------------------------------------------------------------------------------


def test_the_order_of_the_adds_changes_nothing():
    facts = [(2019 + n % 5, BUSY if n % 3 else {GRANTED: n}, f"第{n % 4}镇", "2021" if n % 5 > 1 else "2019") for n in range(60)]
    reports = [make(f"{n}.txt", *fact) for n, fact in enumerate(facts)]
    hierarchy = [("第0镇", f"第{n}镇") for n in (1, 2, 3)]
    expected = run(*reports, hierarchy=hierarchy)
    assert [name for name, _ in expected] == sorted(name for name, _ in expected)
    for seed in range(3):
        random.Random(seed).shuffle(reports)
        assert run(*reports, hierarchy=hierarchy) == expected
