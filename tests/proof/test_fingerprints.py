"""Fingerprints: what they hold, small and quick."""

import struct
import time

import pytest

from govtables.proof.fingerprints import fingerprint, read_fingerprint, write_fingerprint
from govtables.records import Change
from tests.proof.comparing import APPLICANTS, BUSY, TOWN, checks, make, make_cells, run


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


def test_a_fingerprint_comes_back_from_its_line_and_is_small():
    one = make("花街/a.txt", 2022, BUSY)._replace(division="330784", proposals=(Change("requests", 1, "slip", True, "received", "total", None, 0.1, 4.0, None),))
    for some in (one, make("b.txt", None, issuer=None, error="no table")):
        assert read_fingerprint(write_fingerprint(some)) == some
    assert len(write_fingerprint(one)) < 700
