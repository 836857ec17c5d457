"""What the audit holds against each number, from findings and proposals."""

import pandas as pd
import pyarrow as pa
import pytest

import govtables as gt
from building import RAW
from govtables.dataset import add_doubts, flag_cells
from govtables.records import CellRow, Change, Finding, Flag

CODES = [("granted", "total"), ("granted", "natural_person"), ("concluded", "total"), ("received", "total")]
CELLS = [CellRow("requests", row, column, 5.0, "reported", "5", None, None) for row, column in CODES]
NAMES = [f"requests.{row}.{column}" for row, column in CODES]


def change(name: str, low: float, high: float | None, unique: bool, kind: str = "smallest_set") -> Change:
    _, row, column = name.split(".")
    return Change("requests", 1, kind, unique, row, column, 5.0, low, high, None)


def found(kind: str, *names: str) -> Finding:
    return Finding(kind, "requests", None, None, "message", names)


SUM = found("row_sum", *NAMES[:2])
CASES = {
    "nothing": ([], [], [Flag()] * 4),
    "a note says nothing against it": ([found("extra_row", NAMES[0])], [], [Flag()] * 4),
    "what the prose says stands elsewhere": ([found("statement", NAMES[0])], [], [Flag()] * 4),
    "the only smallest change, and a sum that it explains": (
        [SUM, found("contradiction", NAMES[0])], [change(NAMES[0], 4, 4, True)],
        [Flag("located", "row_sum, contradiction", 4, 4), Flag("doubted", "row_sum"), Flag(), Flag()],
    ),
    "one of two": (
        [SUM], [change(NAMES[0], 3, 4, False), change(NAMES[1], 6, None, False)],
        [Flag("contradicted", "row_sum", 3, 5), Flag("contradicted", "row_sum", 5, None), Flag(), Flag()],
    ),
    "a sum with it fails, and others may be wrong": (
        [SUM], [change(NAMES[0], 4, 4, False)],
        [Flag("contradicted", "row_sum", 4, 5), Flag("contradicted", "row_sum", 5, 5), Flag(), Flag()],
    ),
    "no proposal": ([SUM], [], [Flag("contradicted", "row_sum", 0, None)] * 2 + [Flag()] * 2),
    "more is wrong than can be named": (
        [found("contradiction")], [], [Flag("contradicted", "contradiction", 0, None)] * 4
    ),
    "a slip beside": (
        [SUM], [change(NAMES[0], 2, 2, True), change(NAMES[0], 9, 9, False, "slip"), change(NAMES[2], 1, 1, False, "slip")],
        [Flag("located", "row_sum", 2, 2), Flag("doubted", "row_sum"), Flag("doubted", "contradiction"), Flag()],
    ),
    "a slip whose sums hold, beside what fails": (
        [SUM], [change(NAMES[0], 2, 2, False), change(NAMES[2], 1, 1, False, "slip")],
        [Flag("contradicted", "row_sum", 2, 5), Flag("contradicted", "row_sum", 5, 5), Flag("contradicted", "contradiction", 1, 5), Flag()],
    ),
    "no count": ([found("non_negative", NAMES[3])], [], [Flag()] * 3 + [Flag("contradicted", "non_negative", 0, None)]),
    "a weaker witness": ([found("unit", NAMES[2])], [], [Flag(), Flag(), Flag("doubted", "unit"), Flag()]),
    "not audited": ([Finding("audit_stopped", None, None, None, "m")], [], [Flag("doubted", "audit_stopped")] * 4),
}


def test_what_has_no_number_cannot_be_doubted_but_can_be_wrong():
    blank = [CELLS[0]._replace(value=None), *CELLS[1:]]
    assert flag_cells(blank, [], [found("unreadable", NAMES[0])])[0] == Flag()
    assert flag_cells(blank, [], [found("printed_twice", *NAMES[:2])])[:2] == [Flag("doubted", "printed_twice"), Flag()]
    assert flag_cells(blank, [], [SUM])[0] == Flag("contradicted", "row_sum", 0, None)


@pytest.mark.parametrize(("findings", "proposals", "flags"), CASES.values(), ids=CASES)
def test_flags(findings, proposals, flags):
    assert flag_cells(CELLS, proposals, findings) == flags


def test_every_failing_equation_and_every_proposal_flags_its_cells():
    """Change any number of a report: what the audit finds is on the numbers, and nothing else is."""
    cells = gt.read(RAW / "linping-2022.txt").cells
    tied = cells.index[(cells["table"] != "disclosure") & (cells["value"] > 1)]
    for at in tied[::7]:
        changed = gt.prove(cells.assign(value=cells["value"].mask(cells.index == at, cells.at[at, "value"] + 7)))
        codes = changed.cells[["table", "row", "column"]].astype(str).agg(".".join, axis=1)
        flags = pd.Series(changed.cells["flag"].astype(str).to_numpy(), codes)
        accused = {code for one in changed.findings.itertuples() if one.severity != "note" for code in one.cells}
        changed_by = {f"{one.table}.{one.row}.{one.column}" for one in changed.proposals.itertuples()}
        assert set(flags.index[flags != "clean"]) == accused | changed_by != set()
        only = changed.proposals[changed.proposals["unique"]]
        located = {f"{one.table}.{one.row}.{one.column}" for one in only.itertuples()}
        assert set(flags.index[flags == "located"]) == located


def test_other_reports_doubt_a_number_and_make_a_worse_flag_no_better():
    table = pa.table({
        "report_id": ["a", "a", "b"], "table": ["requests"] * 3, "row": ["carried_in"] * 3,
        "column": ["total", "natural_person", "total"],
        "flag": pa.array(["clean", "located", "clean"]).dictionary_encode(),
        "flagged_by": pa.array([None, "row_sum", None], pa.string()).dictionary_encode(),
    })
    doubts = {("a", "requests.carried_in.total"): ["carry_over"], ("a", "requests.carried_in.natural_person"): ["carry_over"]}
    found = add_doubts(table, doubts)
    assert found["flag"].to_pylist() == ["doubted", "located", "clean"]
    assert found["flagged_by"].to_pylist() == ["carry_over", "row_sum, carry_over", None]
    assert found.schema == table.schema and add_doubts(table, {("c", "x"): ["carry_over"]}) is table
