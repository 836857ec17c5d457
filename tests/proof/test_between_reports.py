"""Checks across reports: which report is compared with which."""

import random
from collections.abc import Iterable

import pytest

from govtables.proof.fingerprints import Fingerprint, fingerprint
from tests.proof.comparing import APPLICANTS, BUSY, OTHER, TOWN, checks, make, make_cells, run, says


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
    assert found[0].operands.endswith('of "q/2021.txt"')


def test_the_order_of_the_adds_changes_nothing():
    facts = [(2019 + n % 5, BUSY if n % 3 else {GRANTED: n}, f"第{n % 4}镇", "2021" if n % 5 > 1 else "2019") for n in range(60)]
    reports = [make(f"{n}.txt", *fact) for n, fact in enumerate(facts)]
    hierarchy = [("第0镇", f"第{n}镇") for n in (1, 2, 3)]
    expected = run(*reports, hierarchy=hierarchy)
    assert [name for name, _ in expected] == sorted(name for name, _ in expected)
    for seed in range(3):
        random.Random(seed).shuffle(reports)
        assert run(*reports, hierarchy=hierarchy) == expected


# -- versions ------------------------------------------------------------------------------------------------


def test_versions_that_agree_on_what_is_asked_are_no_obstacle():
    carried = {"requests carried_over total": 3}
    older = [make(name, 2021, carried | {"disclosure licence decisions": n}) for n, name in enumerate(("a.txt", "a2.txt"))]
    newer = make("b.txt", 2022, {"requests carried_in total": 3})
    found = checks(*older, newer, of="b.txt", check="carry_over")
    assert [check.verdict for check in found] == ["holds"] * 7
    assert found[-1].operands.endswith('requests.carried_over.total of "a.txt" or "a2.txt"')


def test_where_versions_differ_nothing_is_decided():
    older = [make(name, 2021, {"requests carried_over total": n}) for n, name in enumerate(("a.txt", "a2.txt"))]
    found = checks(*older, make("b.txt", 2022), of="b.txt", check="carry_over")
    unknown = "unknown: requests.carried_over.total of a.txt and a2.txt"
    assert [(c.verdict, c.message) for c in found[-2:]] == [("holds", None), ("undecided", unknown)]


def test_versions_that_agree_on_nothing_decide_nothing():
    one = make("a.txt", 2021)
    other = fingerprint(
        {"report_id": "a2.txt", "sha256": "", "issuer": TOWN, "year": 2021, "error": None},
        [cell._replace(value=7.0) for cell in make_cells()],
    )
    found = checks(one, other, make("b.txt", 2022, BUSY), of="b.txt", check="carry_over")
    assert [check.verdict for check in found] == ["undecided"] * 7
    assert checks(one, other, make("b.txt", 2022, BUSY), of="b.txt", check="near_copy") == []


# -- bodies under another name -------------------------------------------------------------------------------

OLD, NEW = "永康市扶贫办公室", "永康市乡村振兴局"
OVER = {"requests carried_over natural_person": 3, "requests carried_over commercial_enterprise": 2, "requests carried_over total": 5}
IN = {code.replace("over", "in"): value for code, value in OVER.items()}
PLACE = {"level": "department", "division": "330784"}


def linked(*reports: Fingerprint, links: Iterable[tuple[str, int, str]] = ()) -> list[tuple[str, str, str | None]]:
    """What is said of the carry-over of the last report, and whether another body is pointed to."""
    found = [check for name, check in run(*reports, links=links) if name == reports[-1].report_id]
    return [(check.check, check.verdict, check.message) for check in found if check.check in ("carry_over", "link")]


def place(one: Fingerprint, **facts: str) -> Fingerprint:
    return one._replace(**PLACE | facts)


def test_a_body_that_goes_on_from_another_is_compared_with_it():
    reports = make("a.txt", 2021, OVER, OLD), make("b.txt", 2022, IN, NEW)
    assert linked(*reports) == [("carry_over", "undecided", f"no report of 2021 by {NEW} in the dataset")]
    assert linked(*reports, links=[(NEW, 2022, OLD)]) == [("carry_over", "holds", None)] * 7
    assert linked(*reports, links=[(NEW, 2023, OLD)])[0][1] == "undecided"  # another year
    assert linked(reports[1], links=[(NEW, 2022, OLD)])[0][2] == f"no report of 2021 by {OLD} in the dataset"


@pytest.mark.parametrize("own", [True, False], ids=["it was there before", "it is new"])
def test_a_body_that_takes_in_others_goes_on_from_all_of_them(own):
    before = [make("a.txt", 2021, OVER, OLD), make("c.txt", 2021, {"requests carried_over total": 1}, "永康市农业局")]
    before += [make("d.txt", 2021, {"requests carried_over total": 10}, NEW)] if own else []
    after = make("e.txt", 2022, IN | {"requests carried_in total": 16 if own else 6}, NEW)
    found = linked(*before, after, links=[(NEW, 2022, OLD), (NEW, 2022, "永康市农业局")])
    assert found == [("carry_over", "holds", None)] * 7


def test_a_merger_of_which_a_report_lacks_is_undecided():
    found = linked(make("a.txt", 2021, OVER, OLD), make("b.txt", 2022, IN, NEW), links=[(NEW, 2022, OLD), (NEW, 2022, "永康市农业局")])
    assert found == [("carry_over", "undecided", "no report of 2021 by 永康市农业局 in the dataset")]


def test_a_new_body_that_carries_in_what_another_carried_over_is_pointed_to():
    old, new = place(make("a.txt", 2021, OVER, OLD)), place(make("b.txt", 2022, IN, NEW))
    [_, (check, verdict, message)] = linked(old, new)
    assert (check, verdict) == ("link", "fails") and f"write {NEW},2022,{OLD} in links.csv" in message
    assert len(linked(old, new, links=[(NEW, 2022, OLD)])) == 7


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([place(make("a.txt", 2021, OVER, OLD), division="330783")], id="another division"),
        pytest.param([place(make("a.txt", 2021, OVER, OLD), division="")], id="no division is known"),
        pytest.param([place(make("a.txt", 2020, OVER, OLD))], id="another year"),
        pytest.param([place(make("a.txt", 2021, OVER, OLD)), make("c.txt", 2022, {}, OLD)], id="it goes on itself"),
        pytest.param([place(make("a.txt", 2021, OVER, OLD)), make("c.txt", 2022, {}, OLD, error="no table")], id="unread"),
        pytest.param([place(make(f"{n}.txt", 2021, OVER, OLD[:-n])) for n in (1, 2)], id="two would do"),
        pytest.param([place(make("a.txt", 2021, OVER | {"requests carried_over total": 6}, OLD))], id="another number"),
        pytest.param([place(make("a.txt", 2021, OVER | {"requests carried_over total": None}, OLD))], id="a number is unknown"),
        pytest.param([place(make("a.txt", 2021, OVER, OLD)), make("c.txt", 2021, {}, NEW)], id="it is not new"),
    ],
)
def test_no_body_is_pointed_to_without_reason(others):
    assert "link" not in [check for check, *_ in linked(*others, place(make("z.txt", 2022, IN, NEW)))]


def test_few_numbers_point_to_nobody():
    few = {code: value for code, value in OVER.items() if "enterprise" not in code}
    carried = {code.replace("over", "in"): value for code, value in few.items()}
    assert len(linked(place(make("a.txt", 2021, few, OLD)), place(make("b.txt", 2022, carried, NEW)))) == 1
