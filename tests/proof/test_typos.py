"""Slips of the hand: which one leads from what is implied to what is printed; whole lines, and sums made anew."""

import pytest

from govtables.forms import parts
from govtables.proof.typos import explain, explain_digits, explain_line, lines, slips_over_cells, with_sums
from tests.proof.auditing import SMALL, Report, audit, code_of, make_report, proposed

GROUP = parts("2021", "disputes")[0]  # upheld, corrected, other, pending, total
PART = parts("2021", "requests")[0]
APPLICANTS = ("natural_person", "commercial_enterprise", "legal_service_institution", "other_organization", "total")
BUSY = SMALL | {
    "requests.granted.other_organization": 4, "requests.carried_in.commercial_enterprise": 2,
    "requests.denied.state_secret.other_organization": 5, "requests.denied.state_secret.legal_service_institution": 1,
    "requests.carried_over.other_organization": 6, "requests.carried_over.commercial_enterprise": 1,
}
TRUTH = make_report(BUSY)


@pytest.mark.parametrize(
    ("printed", "implied", "slip"),
    [
        pytest.param(1206, 1026, "two digits swapped", id="swapped"),
        pytest.param(1206, 6201, None, id="swapped, but not neighbours"),
        pytest.param(12, 120, "a digit dropped", id="dropped"),
        pytest.param(120, 12, "a digit added", id="added"),
        pytest.param(7, 1007, "a digit dropped", id="zeros that lead then do not show"),
        pytest.param(14, 1234, None, id="two digits dropped"),
        pytest.param(13, 18, "a digit replaced", id="replaced"),
        pytest.param(3, 8, None, id="any number of one digit could be any other"),
        pytest.param(-5, 5, "a sign added", id="sign"),
        pytest.param(1.5, 15, None, id="no whole number"),
    ],
)
def test_a_slip_in_one_number(printed: float, implied: float, slip: str | None) -> None:
    assert explain_digits(printed, implied) == slip
    assert explain([printed], [implied]) == slip


def test_a_cell_without_one_implied_number_has_no_slip() -> None:
    assert explain([12], [None]) is None


def test_slips_over_several_cells_change_what_they_say() -> None:
    slips = list(slips_over_cells(GROUP, [2.0, 1.0, 1.0, None, 4.0]))
    assert ("two cells swapped", {0: 1.0, 1: 2.0}) in slips
    assert not any({1, 2} == set(changes) for name, changes in slips if name == "two cells swapped")  # equal numbers
    assert ("a row shifted by a cell", {0: 1.0, 2: None, 3: 4.0, 4: None}) in slips


def of_row(row: str) -> Report:
    """What a row of requests should print."""
    return {code: value for code, value in TRUTH.items() if code.startswith(f"requests.{row}.")}


def of_column(column: str) -> Report:
    return {code: value for code, value in TRUTH.items() if code.startswith("requests.") and code.endswith(f".{column}")}


def as_row(row: str, numbers: Report) -> Report:
    """The numbers of another row in a row."""
    return {f"requests.{row}.{code.rpartition('.')[2]}": number for code, number in numbers.items()}


def add(row: str, rows: list[str], sign: int) -> Report:
    """A row with others added, or taken away."""
    return {code: value + sign * sum(TRUTH[f"requests.{other}.{code.rpartition('.')[2]}"] for other in rows)
            for code, value in of_row(row).items()}


LINES = [
    pytest.param(dict.fromkeys(of_column("total"), 0), "a column left at zero", id="column of totals"),
    pytest.param(dict.fromkeys(of_row("concluded"), 0), "a row left at zero", id="concluded"),
    pytest.param(as_row("concluded", of_row("received")), "a row repeated in another", id="concluded repeats received"),
    pytest.param(add("concluded", ["denied.state_secret", "denied.third_party_rights"], -1), "denied left out of it", id="a group"),
    pytest.param(dict.fromkeys(list(of_row("received"))[:-1], 0), "a row filled in its total only", id="total only"),
    pytest.param(add("concluded", ["carried_over"], 1), "carried_over counted in it", id="another row counted"),
]


@pytest.mark.parametrize(("edits", "habit"), LINES)
def test_a_whole_line_is_located_and_explained(edits: Report, habit: str) -> None:
    proof, wrong = audit(edits, BUSY), {code: TRUTH[code] for code in edits if TRUTH[code] != edits[code]}
    assert (habit, wrong) in [*proposed(proof, "line").values(), *proposed(proof, "smallest_set").values()]
    assert {code_of(change) for change in proof.proposals if change.unique} == set(wrong)


def test_another_line_that_would_do_keeps_the_one_that_a_habit_explains_from_being_unique() -> None:
    proof = audit(dict.fromkeys(of_row("received"), 0), BUSY)
    typings = {change.row: change.typing for change in proof.proposals}
    assert typings == {"received": "a row left at zero", "carried_in": None}
    assert not any(change.unique for change in proof.proposals)
    assert "One slip explains all: " in next(f.message for f in proof.findings if f.kind == "contradiction")


def test_a_line_that_no_habit_explains_is_listed_and_never_called_unique() -> None:
    edits = {code: value + n for n, (code, value) in enumerate(of_row("concluded").items(), 2)}
    proof = audit(edits, BUSY)
    assert (None, of_row("concluded")) in proposed(proof, "line").values()
    assert not any(change.unique for change in proof.proposals)
    assert "Changing one row or column would do, too" in next(f.message for f in proof.findings if f.kind == "contradiction")


@pytest.mark.parametrize("more", [pytest.param(2, id="too many"), pytest.param(-3, id="too few"), pytest.param(500, id="many")])
def test_an_outcome_with_its_sums_is_listed(more: int) -> None:
    codes = [f"requests.{row}.{column}" for row in ("granted", "concluded") for column in ("natural_person", "total")]
    proof = audit({code: TRUTH[code] + more for code in codes}, BUSY)
    assert {code: TRUTH[code] for code in codes} in [cells for _, cells in proposed(proof, "recomputed").values()]
    assert not any(change.unique for change in proof.proposals)
    assert "and the sums made of it" in str(proof.proposals)
    assert "the error cannot be located" in next(f.message for f in proof.findings if f.kind == "contradiction")


def test_a_line_that_may_be_anything_is_not_listed() -> None:
    blank = {f"requests.carried_over.{column}": None for column in ("natural_person", "other_organization", "total")}
    proof = audit(blank | {"requests.carried_in.other_organization": 9, "requests.received.commercial_enterprise": 1}, BUSY)
    wider = [change for change in proof.proposals if change.kind in ("line", "recomputed")]
    assert {change.kind for change in proof.proposals} >= {"smallest_set"}
    assert all(change.high is not None for change in wider)


def test_cells_with_their_sums_end_where_nothing_is_added_up() -> None:
    found = {frozenset(".".join(PART.keys[at][1:]) for at in cells) for cells in with_sums(PART)}
    assert {"granted.natural_person", "granted.total", "concluded.natural_person", "concluded.total"} in found
    assert not any(cell.startswith(("received", "carried")) for cells in found for cell in cells)
    assert len(found) == 6 * 21 and {len(cells) for cells in found} == {4}


@pytest.mark.parametrize("table", ["requests", "disputes"])
def test_lines_are_rows_and_columns_of_more_than_two_cells(table: str) -> None:
    part = parts("2021", table)[0]
    assert [len(line) for line in lines(part, 1)] == ([7] * 25 if table == "requests" else [5])
    assert [len(line) for line in lines(part, 2)] == ([25] * 7 if table == "requests" else [])


def test_few_equal_numbers_are_no_repetition_and_an_unknown_one_explains_nothing() -> None:
    values = [0.0] * len(PART.keys)
    first, second = lines(PART, 1)[:2]
    for at in (first[0], first[-1], second[0], second[-1]):
        values[at] = 3.0
    assert explain_line(PART, values, {first[0]: 5.0, first[-1]: 5.0}) is None
    values[first[1]] = None
    assert explain_line(PART, values, {first[0]: 5.0, first[-1]: 5.0}) is None
    assert explain_line(PART, values, {first[0]: 5.0, second[1]: 5.0}) is None
