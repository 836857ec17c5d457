"""Local rows and columns: counted, left out, or open."""

from tests.proof.auditing import (
    GRANTED_TOTAL,
    SMALL,
    Report,
    audit,
    find_check,
    inferred,
    make_report,
    read_changed,
)

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


HELD_LINE = "\t\t8.属于行政查询事项\t0\t0\t0\t0\t0\t0\t0"


def test_a_blank_local_row_keeps_its_total_from_proving_anything() -> None:
    blank = ("\t\t4.保护第三方合法权益\t0\t0\t0\t0\t0\t0\t0", "\t\t4.保护第三方合法权益\t0\t\t0\t0\t0\t0\t")
    status = {c.status for c in read_changed(blank).cells if c.row == "denied.third_party_rights" and c.raw == ""}
    assert status == {"inferred"}
    local = (HELD_LINE, f"{HELD_LINE}\t\t\n\t\t9.属于工作秘密\t\t\t\t\t\t\t")
    result = read_changed(blank, local)
    assert {c.status for c in result.cells if c.row == "denied.third_party_rights" and c.raw == ""} == {"blank"}
    assert "extra_row" in {f.kind for f in result.findings}


def test_two_local_rows_of_which_one_is_counted() -> None:
    of_which = {f"requests.extra.其中:{column}": n for column, n in (("natural_person", 5), ("commercial_enterprise", 4), ("total", 9))}
    check = find_check(audit(counted(SMALL) | LOCAL_ROW | of_which), "outcome_total", "natural_person")
    assert check.verdict == "holds"
