"""Numbers that jump from one year to the next, beside those of the same level and year."""

import random

import pytest

from govtables.proof.fingerprints import Fingerprint
from tests.proof.comparing import make, run

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
