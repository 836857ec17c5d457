"""Year against year: carry-over, stock and items, and what is unlikely beside the year before."""

import random

import pytest

from govtables.proof.fingerprints import Fingerprint, fingerprint
from tests.proof.comparing import APPLICANTS, TOWN, checks, make, make_cells, run, says


@pytest.mark.parametrize("generations", [("2019", "2019"), ("2019", "2021"), ("2021", "2021"), ("2021", "2019")])
def test_carry_over_is_compared_for_each_kind_of_applicant_whatever_the_forms(generations):
    before = make("a.txt", 2020, {"requests carried_over total": 3}, generation=generations[0])
    after = make("b.txt", 2021, {"requests carried_in total": 1}, generation=generations[1])
    found = checks(before, after, of="b.txt", check="carry_over")
    assert [check.column for check in found] == APPLICANTS
    assert [check.verdict for check in found] == ["holds"] * 6 + ["fails"]
    assert found[-1][1:] == (
        *("requests", "carried_in", "total", 1.0, 3.0, -2.0, -2.0, -2.0, "fails"),
        'requests.carried_in.total = requests.carried_over.total of "a.txt"',
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
        'disclosure.normative_document.in_force = disclosure.normative_document.in_force of "a.txt"'
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


FEE = "disclosure fee amount"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param(38.441094, 384410.94, True, id="in yuan now"),
        pytest.param(1_200_000, 95, True, id="in yuan before"),
        pytest.param(3, 89_000, True, id="thrice as much besides"),
        pytest.param(3, 91_000, False, id="more than thrice as much"),
        pytest.param(12, 12_000, False, id="a thousand times"),
        pytest.param(0, 10_000, False, id="nothing before"),
        pytest.param(None, 10_000, False, id="unknown before"),
    ],
)
def test_an_amount_that_is_ten_thousand_times_another_year_s_is_doubted(before, after, told):
    found = checks(make("a.txt", 2021, {FEE: before}), make("b.txt", 2022, {FEE: after}), of="b.txt", check="amount_unit")
    assert [(c.verdict, c.left, c.right) for c in found] == [("fails", after, before)] * told


def flows(received: int, carried_in: int, over: int) -> list:
    """What is said of rows that may be exchanged, by two years of one natural person's requests."""
    older = make("a.txt", 2021, {f"requests carried_over {c}": over for c in ("natural_person", "total")})
    numbers = {"received": received, "carried_in": carried_in}
    newer = {f"requests {row} {c}": value for row, value in numbers.items() for c in ("natural_person", "total")}
    return checks(older, make("b.txt", 2022, newer), of="b.txt", check="flow_order")


def test_rows_that_look_exchanged_are_told():
    [found] = flows(received=3, carried_in=60, over=3)
    assert (found.row, found.left, found.right, found.verdict) == ("carried_in", 60, 3, "fails")
    assert found.message == "received is what a.txt carried over, and carried in is 20 times as much: the rows may be exchanged"
    assert flows(60, 3, 3) == flows(3, 30, 3) == flows(0, 60, 0) == flows(4, 60, 3) == []


CELL = "disclosure licence decisions"


def offices(number: int, last: float | None, level: str = "township", seed: int = 1) -> list[Fingerprint]:
    """Two years of many offices, whose numbers change by a tenth or so; the last one's change as said."""
    rng, reports = random.Random(seed), []
    for n in range(number):
        before = rng.randint(100, 9000)
        after = round(before * rng.uniform(0.8, 1.25))
        after = before * last if n == number - 1 and last is not None else after
        for year, value in ((2021, before), (2022, after)):
            reports.append(make(f"{n:03}-{year}.txt", year, {CELL: value}, f"第{n}镇")._replace(level=level))
    return reports


def jumps(reports: list[Fingerprint]) -> list[tuple[str, float, float]]:
    return [(name, check.left, check.right) for name, check in run(*reports) if check.check == "jump"]


@pytest.mark.parametrize("times", [10, 30, 0.1, 0.02])
def test_a_digit_too_many_or_too_few_is_told(times):
    [(name, now, then)] = jumps(offices(40, times))
    assert (name, now) == ("039-2022.txt", then * times)
    [message] = [check.message for _, check in run(*offices(40, times)) if check.check == "jump"]
    assert message.startswith(f"{times:.3g} times that in 039-2021.txt; of 40 reports of that level and year half lie between 0.")


def test_usual_changes_are_not_told():
    assert [jumps(offices(60, None, seed=seed)) for seed in range(5)] == [[]] * 5


def test_few_reports_do_not_tell_what_is_usual_nor_do_those_of_another_level():
    assert jumps(offices(19, 30)) == []
    assert jumps([*offices(19, 30), *[one._replace(report_id=f"c{one.report_id}", key=f"c{one.key}") for one in offices(19, None, "county")]]) == []


@pytest.mark.parametrize("number", [0, None])
@pytest.mark.parametrize("year", [2021, 2022])
def test_zero_and_the_unknown_are_not_compared(number, year):
    reports = offices(30, 30)
    for at in (0, 4):
        one = reports[at + (year == 2022)]
        reports[at + (year == 2022)] = make(one.report_id, year, {CELL: number}, one.issuer)._replace(level=one.level)
    [(name, now, then)] = jumps(reports)
    assert (name, now) == ("029-2022.txt", 30 * then)


def test_where_all_change_alike_a_small_change_is_no_jump():
    reports = []
    for n in range(30):
        numbers = {2021: 100, 2022: 100 + 150 * (n == 7) + 300 * (n == 8)}
        reports += [make(f"{n}-{year}.txt", year, {CELL: value}, f"第{n}镇") for year, value in numbers.items()]
    assert jumps(reports) == [("8-2022.txt", 400, 100)]
