"""What reports say of one another is looked up by workers, whatever part they stand in."""

import pyarrow as pa
import pytest

from govtables.pipeline import comparing
from govtables.proof import relate
from govtables.records import Check
from tests.proof.comparing import BUSY, TOWN, make, run


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
    rows = comparing.write_facts(tmp_path, parts, relate(hierarchy))
    assert rows == [range(1), range(1, 5), range(5, 8)]
    made = [comparing.compare_parts(tmp_path, [one], {}, 0, id)[0] for one in rows]
    said = [comparing.read_said(tmp_path, file, []) for file, _ in made]
    assert [name for names, _ in said for name in names] == [one.report_id for one in reports]
    found = pa.concat_tables(tables["checks"] for _, tables in said)
    expected = comparing.across_tables(run(*reports, hierarchy=hierarchy))["checks"]
    assert found.to_pylist() == expected.to_pylist() and len(found) > 40


def test_a_process_that_ends_over_a_comparison_ends_the_build(tmp_path):
    with pytest.raises(OSError, match="a process that writes ended: killed"):
        comparing.compare_parts(tmp_path, [range(1)], {0: "killed"}, 0, id)
