"""Findings grouped into slips, and scores: each planted slip of a county is one line, located where it can be."""

import pytest

import govtables as gt
from county import BODIES, PROSE, SLIPS, write_county
from govtables.dataset import Dataset
from govtables.exports import find_slips, score_reports, tell_cell, tell_implied, tell_why

PLANTED = {SLIPS["located"], SLIPS["open"], SLIPS["negative"], SLIPS["years"]}


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Dataset:
    room = tmp_path_factory.mktemp("county")
    return gt.load(gt.build(write_county(room / "raw", BODIES[:7]), room / "out", progress=False))


def by_report(data: Dataset) -> dict[str, list]:
    found: dict[str, list] = {}
    for slip in find_slips(data):
        found.setdefault(slip.report_id.partition(".")[0], []).append(slip)
    return found


def test_a_planted_slip_is_one_line_and_nothing_else_is(data):
    wanted = {f"{slip.body}-{slip.year}" for slip in PLANTED} | {"-".join(map(str, PROSE)), "附件"}
    assert {name: len(slips) for name, slips in by_report(data).items()} == dict.fromkeys(wanted, 1)


def test_the_located_one_comes_first_with_what_should_stand_there(data):
    first, *others = find_slips(data)
    body, year, [cell], change = SLIPS["located"]
    assert first.report_id.startswith(f"{body}-{year}") and first.located
    [told] = first.cells
    assert (told.table, told.row, told.column) == cell
    assert told.low == told.high == float(told.printed) - change
    assert not any(slip.located for slip in others)


def test_sums_that_fail_by_a_slip_and_those_beside_it_follow_from_it(data):
    kinds = {name: [found["kind"] for found in slip.findings] for name, [slip] in by_report(data).items()}
    assert kinds[f"{BODIES[1]}-2022"] == ["contradiction", "row_sum", "outcome_total"]
    assert kinds[f"{BODIES[2]}-2022"] == ["contradiction", "dispute_total", "beside", "beside"]
    assert kinds[f"{BODIES[3]}-2023"] == ["carry_over", "carry_over"]


def test_other_witnesses_say_what_should_stand_there(data):
    [years], [prose] = (by_report(data)[name] for name in (f"{BODIES[3]}-2023", "-".join(map(str, PROSE))))
    assert {cell.by for cell in years.cells} == {"years"}
    assert all(float(cell.printed) - cell.low == SLIPS["years"].change for cell in years.cells)
    [cell] = prose.cells
    assert (cell.by, cell.low - float(cell.printed)) == ("prose", 20)


def test_a_slip_is_told_in_either_language(data):
    first = find_slips(data)[0]
    name, implied, why = tell_cell(first.cells[0]), tell_implied(first.cells[0]), tell_why(first)
    assert (name, name.zh) == ("Granted in full · All applicants", "予以公开·总计")
    assert "by the sums of the form" in implied and "按勾稽关系应为" in implied.zh
    assert why.isascii() and not why.zh.isascii()


def test_a_report_is_scored_by_what_is_planted_in_it(data):
    scores = score_reports(data)
    lacking = {(name.partition(".")[0], merit): n for name, line in scores.iterrows() for merit, n in line.dropna().items() if n}
    assert lacking == {
        (f"{BODIES[1]}-2022", "consistent"): 2, (f"{BODIES[2]}-2022", "consistent"): 1,
        (f"{BODIES[4]}-2021", "consistent"): 1, (f"{BODIES[3]}-2023", "last_year_agrees"): 2,
        ("-".join(map(str, PROSE)), "prose_agrees"): 3, ("附件", "readable"): 1,
    }
    first = scores[scores.index.str.contains("-2021")]
    assert first["last_year_agrees"].isna().all(), "nothing to compare the first year with"
