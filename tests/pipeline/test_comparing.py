"""What reports say of one another is looked up by workers, whatever part they stand in."""

import random
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from govtables.pipeline import comparing
from govtables.proof import MARK, Comparison, Fingerprint, find_jumps, make_index, mark, relate, write_fingerprint
from govtables.records import Change, Check
from tests.proof.comparing import APPLICANTS, BUSY, TOWN, make, run


def test_a_check_that_fails_is_a_finding_on_its_cell():
    checks = [
        ("a", Check("carry_over", "requests", "received", "total", verdict="fails", operands="x = y", message="less")),
        ("b", Check("duplicate", verdict="undecided", message="perhaps")),
    ]
    tables = comparing.across_tables(checks)
    assert tables["checks"]["report_id"].to_pylist() == ["a", "b"]
    [finding] = tables["findings"].to_pylist()
    assert (finding["report_id"], finding["message"], finding["cells"]) == ("a", "x = y: less", ["requests.received.total"])


def test_fingerprints_have_a_table_even_if_there_are_none():
    table = comparing.pack_fingerprints([("a", make("a#2", 2022, BUSY))])
    assert table.select(["document", "report_id"]).to_pylist() == [{"document": "a", "report_id": "a#2"}]
    assert comparing.pack_fingerprints([]).schema == table.schema == comparing.FINGERPRINTS


def test_parts_are_told_the_same_as_all_at_once(tmp_path):
    """Years, copies, twins, namesakes and parents in other parts."""
    reports = [make(f"{n}.txt", 2019 + n, BUSY | {"requests carried_over total": n}) for n in range(4)]
    reports += [make("4.txt", 2022, BUSY, "石柱镇"), make("5.txt", 2022, BUSY, "石柱镇", sha256=reports[0].sha256.hex())]
    reports += [make(f"{n}.txt", 2022, {}, "永康市") for n in (6, 7)]
    hierarchy = [("永康市", TOWN), ("永康市", "石柱镇")]
    cuts = [reports[:1], reports[1:5], reports[5:]]
    parts = [comparing.pack_fingerprints([(one.report_id, one) for one in some]) for some in cuts]
    assert comparing.write_facts(tmp_path, parts, relate(hierarchy)) == [0, 1, 5, 8]
    rows = [comparing.Rows(0, 1, ""), comparing.Rows(1, 5, ""), comparing.Rows(5, 8, "")]
    made = [comparing.compare_part(tmp_path, tmp_path, one) for one in rows]
    said = [comparing.add_jumps(comparing.read_said(tmp_path, file), []) for file, _ in made]
    found = pa.concat_tables(tables["checks"] for tables in said)
    expected = comparing.across_tables(run(*reports, hierarchy=hierarchy))["checks"]
    assert found.to_pylist() == expected.to_pylist() and len(found) > 40


NAMES = (TOWN, "花街镇", "太平镇", "教育局", "永康市", "石柱镇", "永康市教育局", None)
HIERARCHY = [("永康市", "花街镇"), ("永康市", "石柱镇"), ("石柱镇", "太平镇"), ("永康市教育局", "教育局")]
LINKS = [("花街镇", 2022, "太平镇"), ("教育局", 2021, "永康市教育局"), ("石柱镇", 2022, TOWN)]
CARRIED = {f"requests carried_over {column}": 3 for column in APPLICANTS} | {f"requests carried_in {column}": 3 for column in APPLICANTS}


def draw(rng: random.Random, name: str) -> Fingerprint:
    """A report that may be of any body and year, a copy, a version, contradicted or empty."""
    numbers = rng.choice([BUSY, CARRIED, {}, BUSY | {"requests received total": rng.randint(0, 2)}])
    facts = {"sha256": f"{rng.randint(1, 60):064x}"} | ({"error": "x"} if rng.random() < 0.1 else {})
    one = make(name, rng.choice([None, 2020, 2021, 2022, 2023]), numbers, rng.choice(NAMES), **facts)
    changes = [Change("requests", n, "slip", True, "received", "total", None, float(n), float(n), None) for n in (1, 2)]
    return one._replace(level="department", division=rng.choice([None, "330784"]), proposals=tuple(changes[: rng.randint(0, 2)]))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("bodies", [((), ()), (HIERARCHY, ()), ((), LINKS), (HIERARCHY, LINKS)], ids=["none", "parents", "links", "both"])
def test_where_what_reports_are_compared_with_is_the_same_so_is_what_is_said(seed, bodies):
    """One report comes, goes or changes; parts that say they saw nothing of it say what they said."""
    rng, told = random.Random(seed), {}
    reports = {name: draw(rng, name) for name in (f"{rng.choice(['p', 'q'])}/{n}.txt" for n in range(40))}
    same = other = 0
    for _ in range(12):
        some = sorted(reports.values())
        index = make_index(np.frombuffer(b"".join(mark(one, write_fingerprint(one)) for one in some), MARK))
        comparison = Comparison(index, some.__getitem__, relate(*bodies))
        for rows in (range(at, at + 1) for at in range(len(some))):
            seen, said = comparison.tell_seen(rows), [comparison.compare(row) for row in rows]
            same += seen in told
            assert told.setdefault(seen, said) == said
        other = len(told)
        name = rng.choice([*reports, f"{rng.choice(['p', 'q'])}/{rng.randint(0, 99)}.txt"])
        if name in reports and rng.random() < 0.3:
            del reports[name]
        else:
            reports[name] = draw(rng, name)
    assert same > 12 and other > 12


def test_a_jump_is_told_by_pairs_of_years_in_all_parts(tmp_path):
    """One town of 25 has fifty times as many licences as the year before."""
    decided = {(n, year): 100 + n + year % 3 for n in range(25) for year in (2021, 2022)} | {(7, 2022): 5_000}
    numbers = {key: {"disclosure licence decisions": count} for key, count in decided.items()}
    reports = [make(f"{n:02}-{year}.txt", year, own, f"第{n}镇") for (n, year), own in numbers.items()]
    parts = [comparing.pack_fingerprints([(one.report_id, one) for one in reports[at : at + 20]]) for at in (0, 20, 40)]
    ends = comparing.write_facts(tmp_path, parts, relate())
    told = [comparing.compare_part(tmp_path, tmp_path, comparing.Rows(*pair, "")) for pair in pairwise(ends)]
    jumps = find_jumps([one.changes for one in told])
    assert [len(some) for some in jumps] == [1, 0, 0]
    said = [comparing.add_jumps(comparing.read_said(tmp_path, one.file), some) for one, some in zip(told, jumps, strict=True)]
    expected = comparing.across_tables(run(*reports))
    for name in ("checks", "findings"):
        assert pa.concat_tables(tables[name] for tables in said).to_pylist() == expected[name].to_pylist()
    assert [(one["report_id"], one["kind"]) for one in expected["findings"].to_pylist()] == [("07-2022.txt", "jump")]
