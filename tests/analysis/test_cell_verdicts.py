"""What the audit makes of each cell: the worst that is said of it."""

import pandas as pd
import pytest

import govtables as gt
from govtables.analysis.cell_verdicts import judge_cells
from govtables.forms import GENERATIONS, parts, tables
from tests.analysis.made import PARQUET

DATA = gt.load(PARQUET)


def judge(checks: pd.DataFrame, **flags: str) -> pd.Series:
    """Judge the cells of a report, of which those named as `row__column` have a flag."""
    cells = DATA.cells[DATA.cells["report_id"] == "linping-2022.txt"]
    codes = (cells["row"].astype(str) + "__" + cells["column"].astype(str)).str.replace(".", "_")
    cells = cells.assign(flag=codes.map(lambda code: flags.get(code, "clean")))
    return judge_cells(cells, checks).set_axis(
        cells["table"].astype(str) + "." + cells["row"].astype(str) + "." + cells["column"].astype(str)
    )


@pytest.mark.parametrize("verdict", ["holds", "undecided"])
def test_a_check_is_said_of_the_cells_of_its_identity_alone(verdict):
    lines = DATA.checks[
        (DATA.checks["report_id"] == "linping-2022.txt") & (DATA.checks["check"] == "balance")
    ]
    found = judge(lines[lines["column"] == "total"].assign(verdict=verdict))
    rows = ["received", "carried_in", "concluded", "carried_over"]
    assert set(found.index[found == verdict]) == {f"requests.{row}.total" for row in rows}
    assert set(found) == {verdict, "unchecked"}


def test_the_worst_counts():
    lines = DATA.checks[(DATA.checks["report_id"] == "linping-2022.txt") & (DATA.checks["column"] == "total")]
    lines = lines.assign(verdict=["undecided" if check == "balance" else "holds" for check in lines["check"]])
    found = judge(lines, granted__total="located", denied_state_secret__total="doubted")
    assert found["requests.concluded.total"] == "undecided"
    assert found["requests.partially_granted.total"] == "holds"
    assert found[["requests.granted.total", "requests.denied.state_secret.total"]].tolist() == ["located", "doubted"]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_cells_of_an_identity_are_those_that_its_text_names(generation):
    """Identities of both forms are said of a report: the other form's must name no others of its cells."""
    other = next(one for one in GENERATIONS if one != generation)
    for table in tables():
        keys = {key for part in parts(generation, table) for key in part.keys}
        mine, others = (
            {(one.name, one.row, one.column): {part.keys[at] for at, _ in one.terms}
             for part in parts(which, table) for one in part.equations}
            for which in (generation, other)
        )
        assert [
            one for one, cells in others.items() if one in mine and cells & keys != mine[one] & cells
        ] == []


def test_a_check_is_said_of_the_cells_of_its_report_alone():
    checks = DATA.checks[DATA.checks["check"] == "balance"].assign(verdict="holds")
    of_one = checks[checks["report_id"] == "linping-2022.txt"]
    found = judge_cells(DATA.cells.assign(flag="clean"), of_one)
    assert set(DATA.cells["report_id"][found == "holds"]) == {"linping-2022.txt"}
    others = DATA.cells[DATA.cells["report_id"] != "linping-2022.txt"].assign(flag="clean")
    assert set(judge_cells(others, of_one)) == {"unchecked"}
