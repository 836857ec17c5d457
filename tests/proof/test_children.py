"""Parents against the sum of their children."""

import pytest

from govtables.proof.fingerprints import Fingerprint, fingerprint
from govtables.records import CellRow
from tests.proof.comparing import COUNTY, HIERARCHY, TOWN, checks, make, make_cells, run

GRANTED, FEE = "requests granted total", "disclosure fee amount"


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
    assert found.operands == '*.*.* = *.*.* of "0.txt" and "1.txt"'
    assert checks(*reports, of="0.txt", check="children_sum", hierarchy=HIERARCHY) == []


def test_each_cell_that_fails_is_a_row():
    reports = family({GRANTED: 6, FEE: 0.7}, {GRANTED: 2, FEE: 0.1}, {GRANTED: 3, FEE: 0.7})
    assert sums(*reports) == [
        (None, 200.0, 198.0, None, "fails", "2 of 200 cells differ"),
        ("fee", 0.7, 0.8, -0.1, "fails", "0.1 less than follows from its children"),
        ("granted", 6.0, 5.0, 1.0, "fails", "1 more than follows from its children"),  # no report of its own adds up
    ]
    found = checks(*reports, of="p.txt", check="children_sum", hierarchy=HIERARCHY)[-1]
    assert found.operands == "requests.granted.total = requests.granted.total of children"


OWN = {f"requests {row} {column}": 15 for row in ("received", "granted", "concluded") for column in ("natural_person", "total")}


@pytest.mark.parametrize("more", [OWN, {FEE: 7}, OWN | {"disputes review upheld": 2, "disputes review total": 2}])
def test_what_a_parent_has_more_than_its_children_is_its_own(more):
    towns = {code: value // 3 for code, value in OWN.items()}, {code: 1 for code in OWN}
    parent = {code: 6 + more.get(code, 0) for code in OWN} | {code: value for code, value in more.items() if code not in OWN}
    (found,) = sums(*family(parent, *towns))
    own = f"{len(more)} cells have more than the children together, up to {max(more.values())} in "
    assert found[:5] == (None, 200.0, 200.0, None, "holds") and found[5].startswith(own)


def test_a_child_in_two_versions_is_summed_where_they_agree():
    versions = [make(name, 2022, {GRANTED: 1, FEE: fee}) for name, fee in (("a.txt", 1), ("b.txt", 2))]
    towns = [*versions, make("c.txt", 2022, {}, "石柱镇")]
    assert sums(make("p.txt", 2022, {GRANTED: 1, FEE: 2}, COUNTY), *towns) == [(None, 199.0, 199.0, None, "holds", None)]


@pytest.mark.parametrize(
    ("name", "folders"), [("教育局", ("", "")), ("花街镇", ("p/", "q/"))], ids=["a name of no place", "towns of one name"]
)
def test_reports_that_may_be_of_two_bodies_are_no_versions_of_one(name, folders):
    towns = [make(f"{folder}{n}.txt", 2022, {FEE: n}, name) for n, folder in enumerate(folders)]
    parent = make("p.txt", 2022, {FEE: 9}, COUNTY)
    [found] = checks(parent, *towns, of="p.txt", check="children_sum", hierarchy=[(COUNTY, name)])
    said = f"2 differing reports of 2022 by {name}, perhaps not of one body: {folders[0]}0.txt and {folders[1]}1.txt"
    assert (found.verdict, found.message) == ("undecided", said)


def test_a_missing_child_leaves_a_bound():
    missing = "no report of 2022 by 石柱镇 in the dataset"
    assert sums(*family({GRANTED: 5}, {GRANTED: 2})) == [(None, 0.0, 0.0, None, "undecided", missing)]
    assert sums(*family({GRANTED: 5}, {GRANTED: 7})) == [
        (None, 1.0, 0.0, None, "undecided", missing),
        ("granted", 5.0, None, -2.0, "fails", "at least 2 less than follows from its children"),
    ]


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
    own = "1 cells have more than the children together, up to 9 in disclosure.licence.decisions: the parent's own"
    assert sums(reports[0], *old) == [(None, 198.0, 198.0, None, "holds", own)]


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
