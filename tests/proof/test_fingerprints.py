"""Fingerprints: what they hold, small and quick."""

import pickle
import struct
import time
import tracemalloc

import pytest

from govtables.proof.between_reports import Comparison
from govtables.proof.fingerprints import Fingerprint, fingerprint
from tests.proof.comparing import APPLICANTS, BUSY, OTHER, TOWN, checks, make, make_cells, run, says

FEW = ", or a body of the same name, as few numbers are not zero"


def test_the_form_is_told_from_the_table_of_disclosure_alone():
    mixed = [cell for cell in make_cells("2021") if cell.table == "disclosure"]
    mixed += [cell for cell in make_cells("2019") if cell.table != "disclosure"]
    facts = {"sha256": "", "issuer": TOWN, "error": None, "generation": "mixed"}
    older, newer = (fingerprint({"report_id": f"{year}", "year": year, **facts}, mixed) for year in (2021, 2022))
    assert [check.verdict for check in checks(older, newer, of="2022", check="stock")] == ["holds"] * 2


@pytest.mark.parametrize("folders", [("2021", "2022"), ("永康/2021年", "永康/2022年"), ("2022", "2023")])
def test_folders_that_differ_in_the_year_alone_are_one(folders):
    names = [f"{folder}/a.txt" for folder in folders]
    reports = [make(name, 2021 + n) for n, name in enumerate(names)]
    assert len(checks(*reports, of=names[1], check="carry_over")) == len(APPLICANTS)


def test_a_township_with_its_county_is_compared_wherever_it_stands():
    reports = [make("p/a.txt", 2021, issuer="永康市花街镇"), make("q/b.txt", 2022, issuer="永康市花街镇")]
    assert len(checks(*reports, of="q/b.txt", check="carry_over")) == len(APPLICANTS)


def test_many_versions_of_one_report_are_compared_quickly():
    one = make("a.txt", 2022, BUSY)
    numbers = [one.numbers[:-8] + struct.pack("d", 1.0 + n) for n in range(4000)]
    reports = [one._replace(report_id=f"{n}.txt", sha256=b"%d" % n, numbers=some) for n, some in enumerate(numbers)]
    start = time.process_time()
    assert len(run(*reports)) == 2 * len(reports) - 1
    assert time.process_time() - start < 3  # comparing each with all took 6 s


def test_a_panel_is_small():
    one, towns = make("a.txt", 2020, BUSY), [f"第{n // 5}镇" for n in range(5000)]
    facts = [(f"county/{n}.txt", bytes.fromhex(f"{n:064x}"), town + "人民政府", town, 2020 + n % 5) for n, town in enumerate(towns)]
    sent = [pickle.dumps(Fingerprint(*fact, *one[5:])) for fact in facts]
    tracemalloc.start()
    panel = Comparison()
    for data in sent:
        panel.add(pickle.loads(data))
    first = next(panel.checks())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert first[0] == "county/0.txt"
    assert peak < 6e6


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
