"""The audit of a report: what it infers is forced, what it calls wrong is named, what is printed stays."""

import random
from math import inf
from pathlib import Path

import pytest

from govtables.forms.form import form
from govtables.language.numerals import read_number
from govtables.pipeline.report import Result, read_bytes
from govtables.proof.prove import Proof, prove
from govtables.records import CellRow, Check

FLOW = ("received", "carried_in", "concluded", "carried_over")
SMALL = {
    "requests.granted.natural_person": 1206,
    "requests.granted.commercial_enterprise": 3,
    "requests.denied.third_party_rights.natural_person": 5,
    "requests.unavailable.not_held.natural_person": 7,
    "requests.unavailable.not_held.legal_service_institution": 2,
    "requests.carried_in.natural_person": 4,
    "requests.carried_over.natural_person": 3,
    "disputes.review.upheld": 2,
    "disputes.review.corrected": 1,
    "disputes.litigation_direct.pending": 6,
    "disclosure.licence.decisions": 120,
}
EQUAL_FLOW = {"requests.carried_in.natural_person": 3}
CLEAN = {"row_sum", "outcome_total", "balance", "dispute_total", "non_negative", "whole_number"}

Report = dict[str, float | None]  # by code of a cell; `None`: printed blank


def make_report(leaves: Report, generation: str = "2021") -> Report:
    """A whole report of these cells: the others are zero, totals, concluded and received follow."""
    report = {f"{table}.{row.code}.{column.code}": 0 for table, row, column in form(generation).cells()} | leaves
    outcomes = [row.code for row in form(generation).rows["requests"] if row.code not in FLOW]
    for name in [column.code for column in form(generation).columns["requests", "applicants"]]:
        concluded = report[f"requests.concluded.{name}"] = sum(report[f"requests.{row}.{name}"] for row in outcomes)
        over, before = report[f"requests.carried_over.{name}"], report[f"requests.carried_in.{name}"]
        report[f"requests.received.{name}"] = concluded + over - before
    for code in [code for code in report if code.endswith(".total")]:
        row = code.removesuffix("total")
        report[code] = sum(value for other, value in report.items() if other.startswith(row) and other != code)
    return report


def to_cells(report: Report) -> list[CellRow]:
    """The report as the reader hands it over; cells of extra rows and columns behind those of their table."""
    cells = []
    tables = ("disclosure", "requests", "disputes")
    for code, value in sorted(report.items(), key=lambda item: tables.index(item[0].split(".")[0])):
        table, rest = code.split(".", 1)
        row, column = rest.rsplit(":" if ":" in rest else ".", 1)
        status, raw = ("blank", "") if value is None else ("reported", f"{value:g}")
        cells.append(CellRow(table, row, column, value if value is None else float(value), status, raw, None, "L1"))
    return cells


def audit(edits: Report, leaves: Report | None = None, generation: str = "2021") -> Proof:
    """Audit a small report, edited after its totals were made."""
    return prove(to_cells(make_report(SMALL if leaves is None else leaves, generation) | edits))


def code_of(line: tuple) -> str:
    return f"{line.table}.{line.row}.{line.column}"


def inferred(proof: Proof) -> Report:
    return {code_of(cell): cell.value for cell in proof.cells if cell.status == "inferred"}


def find_check(proof: Proof, check: str, place: str) -> Check:
    return next(c for c in proof.checks if (c.check, c.table) == (check, "requests") and place in (c.row, c.column))


def proposed(proof: Proof, kind: str) -> dict[int, tuple[str | None, Report]]:
    """By number, each proposal of a kind: its typing error, and the cells with the number each should have."""
    found: dict[int, tuple[str | None, Report]] = {}
    for change in proof.proposals:
        if change.kind == kind:
            number = change.low if change.low == change.high else None
            found.setdefault(change.proposal, (change.typing, {}))[1][code_of(change)] = number
    return found


@pytest.mark.parametrize("generation", ["2021", "2019"])
def test_consistent_report_holds(generation: str) -> None:
    proof = audit({}, generation=generation)
    assert {check.check for check in proof.checks} == CLEAN
    assert {check.verdict for check in proof.checks if check.check not in ("non_negative", "whole_number")} == {"holds"}
    assert (proof.bounds, proof.proposals, proof.findings) == ([], [], [])


GRANTED, GRANTED_TOTAL = "requests.granted.natural_person", "requests.granted.total"
UNKNOWN = "requests.granted.research_institution"


@pytest.mark.parametrize(
    ("code", "printed", "typing"),
    [
        pytest.param(GRANTED_TOTAL, 1309, "a digit replaced", id="total of a row"),
        pytest.param("requests.concluded.natural_person", 1281, "two digits swapped", id="total of a column"),
        pytest.param("requests.concluded.total", 1223 * 10, "a digit added", id="total of both"),
        pytest.param("requests.carried_over.total", 0, None, id="total that only flows"),
        pytest.param(GRANTED, 1207, "a digit replaced", id="digit replaced"),
        pytest.param(GRANTED, 126, "a digit dropped", id="digit dropped"),
        pytest.param(GRANTED, 12706, "a digit added", id="digit added"),
        pytest.param(GRANTED, 1026, "two digits swapped", id="digits swapped"),
        pytest.param(GRANTED, -1206, "a sign added", id="sign added"),
        pytest.param(GRANTED, 77, None, id="no slip"),
    ],
)
def test_wrong_cell_is_located(code: str, printed: float, typing: str | None) -> None:
    proof, truth = audit({code: printed}), make_report(SMALL)[code]
    (change,) = [change for change in proof.proposals if change.kind == "smallest_set"]
    assert (code_of(change), change.unique, change.printed) == (code, True, printed)
    assert (change.low, change.high, change.typing) == (truth, truth, typing)
    (finding,) = [finding for finding in proof.findings if finding.kind == "contradiction"]
    assert finding.cells == (code,)
    assert f"{code} is {printed:g}, should be {truth:g}" in finding.message


def test_one_identity_cannot_locate() -> None:
    proof = audit({"disputes.review.total": 4})
    columns = ("upheld", "corrected", "other", "pending", "total")
    assert [list(cells) for _, cells in proposed(proof, "smallest_set").values()] == [[f"disputes.review.{c}"] for c in columns]
    assert not any(change.unique for change in proof.proposals)


def test_each_proposal_has_its_number() -> None:
    proof = audit({"disputes.review.total": 4, "disputes.litigation_direct.total": 9})
    assert all(len({code.split(".")[1] for code in cells}) == 1 for _, cells in proposed(proof, "smallest_set").values())


HELD = "requests.unavailable.not_held"
SWAPPED_IN_ROW = {GRANTED: 3, "requests.granted.commercial_enterprise": 1206}
SWAPPED_IN_COLUMN = {"requests.denied.third_party_rights.natural_person": 7, f"{HELD}.natural_person": 5}
SHIFTED = {"natural_person": 0, "commercial_enterprise": 7, "legal_service_institution": 0, "other_organization": 2}


@pytest.mark.parametrize(
    ("edits", "typing"),
    [
        pytest.param(SWAPPED_IN_ROW, "two cells swapped", id="two cells of a row"),
        pytest.param(SWAPPED_IN_COLUMN, "two cells swapped", id="two cells of a column"),
        pytest.param({f"{HELD}.{name}": n for name, n in SHIFTED.items()}, "a row shifted by a cell", id="row"),
    ],
)
def test_slips_over_cells_are_named(edits: Report, typing: str) -> None:
    truth = make_report(SMALL)
    proof = audit(edits)
    proposals = [*proposed(proof, "smallest_set").values(), *proposed(proof, "slip").values()]
    assert (typing, {code: truth[code] for code in edits}) in proposals


@pytest.mark.parametrize(
    ("blank", "because"),
    [
        pytest.param([GRANTED], "row_sum of granted", id="one blank"),
        pytest.param([GRANTED_TOTAL], "row_sum of granted", id="a total"),
        pytest.param([GRANTED, GRANTED_TOTAL], "outcome_total of natural_person", id="one identity leaves two"),
        pytest.param(["disputes.review.upheld"], "dispute_total of review", id="disputes"),
    ],
)
def test_blanks_are_inferred(blank: list[str], because: str) -> None:
    proof, truth = audit(dict.fromkeys(blank)), make_report(SMALL)
    assert inferred(proof) == {code: truth[code] for code in blank}
    reason = next(cell.reason for cell in proof.cells if code_of(cell) == blank[0])
    assert reason.startswith(f"only {truth[blank[0]]:g} satisfies ")
    assert because in reason
    assert proof.findings == []


def test_flow_left_blank_has_bounds() -> None:
    blank = {code: None for code in make_report(SMALL) if ".carried_" in code}
    proof = audit(blank, SMALL | EQUAL_FLOW)
    assert inferred(proof) == {}
    assert {code_of(bound): bound[3:] for bound in proof.bounds} == dict.fromkeys(blank, (0, None))
    surplus = {code_of(bound): bound[3:] for bound in audit(blank).bounds}
    assert surplus["requests.carried_in.natural_person"] == surplus["requests.carried_in.total"] == (1, None)


def test_contradiction_stops_inference_in_its_part_only() -> None:
    wrong = {GRANTED: 77, "requests.received.total": None, "disputes.litigation_direct.total": 9}
    proof = audit(wrong | {"disputes.review.total": None, "disclosure.licence.decisions": None})
    assert inferred(proof) == {"disputes.review.total": 3}


THIRD = "requests.denied.third_party_rights"
LOOP = ("requests.granted.commercial_enterprise", f"{THIRD}.natural_person", f"{THIRD}.commercial_enterprise")


def audit_doubtful(texts: dict[str, str], edits: Report | None = None) -> Proof:
    """Audit a small report, some cells of which a scan's reader or a damaged text left doubtful."""
    cells = {code_of(cell): cell for cell in to_cells(make_report(SMALL) | (edits or {}))}
    for code, text in texts.items():
        value, status, reason = read_number(text)
        cells[code] = cells[code]._replace(value=value, status=status, raw=text, reason=reason)
    return prove(list(cells.values()))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("1206⁇1208", "; read as 1206 and as 1208", id="one of two readings"),
        pytest.param("1,206⁇", "; read as 1,206, but not surely", id="the only reading"),
        pytest.param("120\ufffd", "; no number can be told from '120\ufffd'", id="a lost character is no reading"),
        pytest.param("\ufffd", "; no number can be told from '\ufffd'", id="nothing read"),
        pytest.param("120⁇-", "; read as 120 and as -", id="perhaps no number"),
        pytest.param("12.0.6⁇", "; read as 12.0.6, but not surely", id="a reading that is no number"),
    ],
)
def test_a_doubtful_number_is_inferred_as_one_of_its_readings(text: str, said: str) -> None:
    proof = audit_doubtful({GRANTED: text})
    assert inferred(proof) == {GRANTED: 1206}
    assert next(cell.reason for cell in proof.cells if code_of(cell) == GRANTED).endswith(said)
    assert proof.findings == []


@pytest.mark.parametrize(
    ("texts", "edits", "left"),
    [
        pytest.param({GRANTED: "1208⁇1288"}, {}, "1206", id="one number left"),
        pytest.param({GRANTED: "1208⁇"}, {}, "1206", id="one reading"),
        pytest.param({GRANTED: "1280⁇"}, dict.fromkeys(LOOP), "1206 to 1209", id="a range left"),
    ],
)
def test_a_number_that_is_none_of_the_readings_is_not_inferred(texts: dict[str, str], edits: Report, left: str) -> None:
    """The identities and the readings cannot both be right, so that no number of the part is told by the identities."""
    proof = audit_doubtful(texts, edits | {f"{HELD}.total": None, "disputes.review.total": None})
    cell = next(cell for cell in proof.cells if code_of(cell) == GRANTED)
    assert (cell.value, cell.status) == (None, "unreadable")
    assert cell.reason == f"{read_number(texts[GRANTED]).reason}, where the identities leave {left}"
    assert inferred(proof) == {"disputes.review.total": 3}
    (finding,) = proof.findings
    assert (finding.kind, finding.cells) == ("misread", (GRANTED,))


@pytest.mark.parametrize(
    ("generation", "code", "value", "kind"),
    [
        pytest.param("2021", "disclosure.licence.decisions", 2.5, "whole_number", id="fraction of a count"),
        pytest.param("2021", "disclosure.licence.decisions", -1, "non_negative", id="negative count"),
        pytest.param("2021", "disputes.review.upheld", 2.5, "whole_number", id="fraction in an identity"),
        pytest.param("2021", "disclosure.fee.amount", 38.441094, None, id="amount may be decimal"),
        pytest.param("2021", "disclosure.fee.amount", -1, "non_negative", id="negative amount"),
        pytest.param("2019", "disclosure.licence.change", -3, None, id="change may be negative"),
        pytest.param("2019", "disclosure.licence.change", 0.5, "whole_number", id="fraction of a change"),
        pytest.param("2019", "disclosure.procurement.amount", 52.15, None, id="amount of 2019"),
    ],
)
def test_what_a_number_may_be(generation: str, code: str, value: float, kind: str | None) -> None:
    found = [f for f in audit({code: value}, SMALL, generation).findings if f.kind in ("whole_number", "non_negative")]
    assert [(f.kind, f.cells) for f in found] == ([(kind, (code,))] if kind else [])


SECRET = "requests.denied.state_secret"
LOCAL_ROW = {"requests.extra.本地:natural_person": 2, "requests.extra.本地:total": 2}


def counted(leaves: Report) -> Report:
    """What received and concluded become where a local row of two requests is counted."""
    codes = [f"requests.{row}.{column}" for row in ("received", "concluded") for column in ("natural_person", "total")]
    return {code: make_report(leaves)[code] + 2 for code in codes}


def test_a_local_row_counts_in_the_total_where_the_sums_say_so() -> None:
    check = find_check(audit(counted(SMALL) | LOCAL_ROW), "outcome_total", "natural_person")
    assert (check.verdict, check.message) == ("holds", "the local line beside it (本地) counted as 2")
    assert find_check(audit(counted(SMALL)), "outcome_total", "natural_person").verdict == "fails"
    assert find_check(audit(counted(SMALL) | dict.fromkeys(LOCAL_ROW)), "outcome_total", "natural_person").verdict == "undecided"


def test_one_cell_beside_a_row_excuses_nothing_and_accuses_nobody() -> None:
    proof = audit({GRANTED_TOTAL: 1211, "requests.granted:extra.8": 2})
    check = find_check(proof, "row_sum", "granted")
    assert (check.verdict, "the sides differ by 2" in check.message) == ("undecided", True)
    assert "local_line" in [f.kind for f in proof.findings if f.row == "granted"]


def test_extra_row_as_the_reader_codes_it() -> None:
    cells = {"requests.extra.本地:extra.1": 2} | {f"requests.extra.本地:extra.{n}": 0 for n in range(2, 7)}
    check = find_check(audit(counted(SMALL) | cells | {"requests.extra.本地:extra.7": 2}), "outcome_total", "natural_person")
    assert check.verdict == "holds"


def test_nothing_is_inferred_from_a_total_beside_an_extra_row() -> None:
    blank = {f"{SECRET}.natural_person": None, f"{SECRET}.total": None}
    assert inferred(audit(blank)) == dict.fromkeys(blank, 0)
    assert inferred(audit(blank | LOCAL_ROW)) == {}
    assert inferred(audit(blank | dict.fromkeys(LOCAL_ROW, 0))) == dict.fromkeys(blank, 0)


ZEROS = {code: None for code, value in make_report(SMALL).items() if code.startswith("requests") and value == 0}




@pytest.mark.parametrize(
    ("edits", "table", "verdict"),
    [
        pytest.param(ZEROS, "requests", "holds", id="zeros left blank"),
        pytest.param(ZEROS | {GRANTED: None}, "requests", "fails", id="a number left blank"),
        pytest.param(ZEROS | {"requests.concluded.total": 9}, "requests", "undecided", id="contradicted"),
        pytest.param({"disclosure.licence.decisions": None}, "disclosure", "undecided", id="in no identity"),
        pytest.param({"disputes.review.other": None}, "disputes", "holds", id="one group of disputes"),
    ],
)
def test_blank_is_zero(edits: Report, table: str, verdict: str) -> None:
    assert [c.verdict for c in audit(edits).checks if c.check == "blank_is_zero" and c.table == table] == [verdict]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param({GRANTED: None}, (1209, None, None, None, 1206, "undecided"), id="part unknown"),
        pytest.param({GRANTED_TOTAL: None}, (None, 1209, None, -1209, None, "undecided"), id="total unknown"),
        pytest.param({GRANTED: None, GRANTED_TOTAL: None}, (None, None, None, None, None, "undecided"), id="both unknown"),
        pytest.param({UNKNOWN: None, GRANTED_TOTAL: 9}, (9, None, None, None, -1200, "fails"), id="known parts exceed the total"),
    ],
)
def test_checks_without_all_numbers(edits: Report, expected: tuple) -> None:
    check = find_check(audit(edits), "row_sum", "granted")
    assert (*check[4:9], check.verdict) == expected


def draw_report(seed: int) -> tuple[Report, Report]:
    """A consistent report of small counts, and the same with cells taken out."""
    draw, generation = random.Random(seed), ("2019", "2021")[seed % 2]
    free = [code for code in make_report({}, generation) if "carried_in" not in code and not code.endswith(".total")]
    truth = make_report({code: draw.choice((0, 0, 0, 1, 2, 17)) for code in free}, generation)
    share = draw.choice((0.02, 0.1, 0.3, 0.6))
    return truth, {code: None if draw.random() < share else value for code, value in truth.items()}


@pytest.mark.parametrize("seed", range(100))
def test_inferred_is_true_and_truth_is_within_bounds(seed: int) -> None:
    truth, printed = draw_report(seed)
    proof = prove(to_cells(printed))
    assert proof.findings == proof.proposals == []
    assert inferred(proof).items() <= truth.items()
    bounds = {code_of(bound): (bound.low, inf if bound.high is None else bound.high) for bound in proof.bounds}
    assert all(low <= truth[code] <= high and low < high for code, (low, high) in bounds.items())
    left = {code for code, value in printed.items() if value is None and not code.startswith("disclosure")}
    assert left == inferred(proof).keys() | bounds.keys()


@pytest.mark.parametrize("seed", range(0, 100, 5))
def test_printed_stays_and_nothing_else_matters(seed: int) -> None:
    (truth, printed), draw = draw_report(seed), random.Random(seed)
    wrong = {code: draw.randint(-3, 30) for code in draw.sample(list(truth), 3)}
    reports = [to_cells(report) for report in (printed, truth | wrong, printed | wrong)]
    proofs = [prove(cells) for cells in reports]
    for cells, proof in zip(reports, proofs, strict=True):
        for before, after in zip(cells, proof.cells, strict=True):
            filled = before._replace(value=after.value, status="inferred", reason=after.reason)
            assert after == before or (before.value is None and after == filled)
    assert [prove(list(cells)) for cells in reports[::-1]] == proofs[::-1]


HERE = Path(__file__).parents[1] / "data" / "raw"


def read_changed(*pairs: tuple[str, str]) -> Result:
    """The report of Jiyuan with lines replaced, as read and audited."""
    text = (HERE / "jiyuan-hitech-2022.txt").read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    return read_bytes(text.encode(), "changed.txt")


HELD_LINE = "\t\t8.属于行政查询事项\t0\t0\t0\t0\t0\t0\t0"


def test_a_blank_local_row_keeps_its_total_from_proving_anything() -> None:
    blank = ("\t\t4.保护第三方合法权益\t0\t0\t0\t0\t0\t0\t0", "\t\t4.保护第三方合法权益\t0\t\t0\t0\t0\t0\t")
    status = {c.status for c in read_changed(blank).cells if c.row == "denied.third_party_rights" and c.raw == ""}
    assert status == {"inferred"}
    local = (HELD_LINE, f"{HELD_LINE}\t\t\n\t\t9.属于工作秘密\t\t\t\t\t\t\t")
    result = read_changed(blank, local)
    assert {c.status for c in result.cells if c.row == "denied.third_party_rights" and c.raw == ""} == {"blank"}
    assert "extra_row" in {f.kind for f in result.findings}


def test_a_footer_hides_no_contradiction() -> None:
    wrong = ("\t(七) 总计\t\t\t0\t0\t0\t0\t0\t0", "\t(七) 总计\t\t\t5\t0\t0\t0\t0\t5")
    foot = ("\n\n四、政府信息公开行政复议", "\n备注\t\t\t无\n\n四、政府信息公开行政复议")
    alone, footed = read_changed(wrong), read_changed(wrong, foot)
    kinds = [[f.kind for f in result.findings if f.kind != "extra_row"] for result in (alone, footed)]
    assert kinds[0] == kinds[1] and "contradiction" in kinds[0]


def test_two_local_rows_of_which_one_is_counted() -> None:
    of_which = {f"requests.extra.其中:{column}": n for column, n in (("natural_person", 5), ("commercial_enterprise", 4), ("total", 9))}
    check = find_check(audit(counted(SMALL) | LOCAL_ROW | of_which), "outcome_total", "natural_person")
    assert check.verdict == "holds"


def test_a_row_printed_twice_with_different_numbers_is_never_inferred() -> None:
    line = "\t\t3.其他\t0\t0\t0\t0\t0\t0\t0"
    result = read_changed((line, f"{line}\n\t\t9.其他\t2\t0\t0\t0\t0\t0\t2"))
    assert {cell.status for cell in result.cells if cell.row == "other.other"} == {"unreadable"}
