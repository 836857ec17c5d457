"""Copies and versions: which earlier report a report repeats."""

import pytest

from tests.proof.comparing import APPLICANTS, BUSY, OTHER, TOWN, make, run, says

FEW = ", or a body of the same name, as few numbers are not zero"


@pytest.mark.parametrize(
    ("first", "second", "messages"),
    [
        pytest.param((2022, BUSY), (2022, BUSY), ["same numbers as a.txt: a copy"], id="copy"),
        pytest.param((2022, {}), (2022, {}), ["same numbers as a.txt: a copy" + FEW], id="copy or a namesake"),
        pytest.param(
            (2022, {}),
            (2022, OTHER),
            ["another report on the same issuer and year: a.txt, differing in 1 cells, 1 known in one alone"],
            id="version",
        ),
        pytest.param((2021, BUSY), (2022, BUSY), [f"same numbers as a.txt, which says it is of {TOWN} 2021"], id="last year's numbers"),
        pytest.param((None, BUSY), (2022, BUSY), ["same numbers as a.txt, which lacks issuer or year"], id="year unknown"),
        pytest.param((None, BUSY), (None, BUSY), ["same numbers as a.txt, which lacks issuer or year"], id="both years unknown"),
        pytest.param((2021, {}), (2022, {}), [], id="all zero in two years"),
        pytest.param((2022, {}), (2022, {}, "石柱镇人民政府"), [], id="all zero in two towns"),
        pytest.param(
            (2022, BUSY),
            (2022, BUSY, "石柱镇人民政府"),
            [f"same numbers as a.txt, which says it is of {TOWN} 2022"],
            id="another body's numbers",
        ),
    ],
)
def test_duplicates(first, second, messages):
    reports = [make(name, *facts) for name, facts in (("a.txt", first), ("b.txt", second))]
    assert says(*reports, of="b.txt", check="duplicate") == [
        ("undecided" if message.endswith(FEW) else "fails", message) for message in messages
    ]
    assert says(*reports, of="a.txt", check="duplicate") == []


def test_same_bytes_are_a_copy_even_without_numbers_but_files_that_could_not_be_opened_are_not():
    unread = [make(name, None, sha256="", error="cannot be opened") for name in ("a.txt", "b.txt")]
    assert run(*unread) == []
    errors = [make(name, None, sha256="aa", error="no table") for name in ("a.txt", "b.txt")]
    assert says(*errors, of="b.txt", check="duplicate") == [("fails", "same bytes as a.txt: a copy")]


def test_a_version_with_another_body_s_numbers_is_both():
    reports = make("a.txt", 2022), make("b.txt", 2022, BUSY, "石柱镇人民政府"), make("c.txt", 2022, BUSY)
    assert [message for _, message in says(*reports, of="c.txt", check="duplicate")] == [
        "another report on the same issuer and year: a.txt, differing in 14 cells",
        "same numbers as b.txt, which says it is of 石柱镇人民政府 2022",
    ]


MANY = BUSY | {f"requests denied.state_secret {column}": 20 + n for n, column in enumerate(APPLICANTS)}


def near(first: dict, second: dict, years: tuple = (2021, 2022), issuers: tuple = (TOWN, TOWN)) -> list:
    reports = [make(f"{n}.txt", year, numbers, name) for n, (year, numbers, name) in enumerate(zip(years, (first, second), issuers))]
    return says(*reports, of="1.txt", check="near_copy")


@pytest.mark.parametrize("issuers", [(TOWN, TOWN), (TOWN, "石柱镇人民政府")], ids=["last year's", "another's"])
@pytest.mark.parametrize("changed", [1, 2])
def test_a_copy_with_few_numbers_changed_is_told(issuers, changed):
    later = MANY | {code: 777 for code in list(MANY)[:changed]}
    message = f"{len(MANY) - changed} of {len(MANY)} numbers other than zero are those of 0.txt, which says it is of {TOWN} 2021"
    assert near(MANY, later, issuers=issuers) == [("fails", message)]


@pytest.mark.parametrize("number", [0, None], ids=["left out", "blank"])
def test_a_number_that_one_alone_has_is_another_number(number):
    assert near(MANY, MANY | {list(MANY)[0]: number}) == [
        ("fails", f"20 of 21 numbers other than zero are those of 0.txt, which says it is of {TOWN} 2021")
    ]


def test_no_near_copy_is_told_without_reason():
    few = dict(list(BUSY.items())[:9])
    assert near(MANY, MANY) == []  # a copy, which is told elsewhere
    assert near(MANY, MANY | dict.fromkeys(list(MANY)[:3], 777)) == []  # 18 of 21
    assert near(few, few | {list(few)[0]: 777}) == []  # too few numbers
    assert near(MANY, MANY | {list(MANY)[0]: 777}, years=(2022, 2022)) == []  # a version
    assert near(MANY, MANY | {list(MANY)[0]: 777}, years=(None, 2022)) == []
