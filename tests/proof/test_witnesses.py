"""What speaks against numbers that no identity guards: each is a finding, and no value is changed."""

import pytest

from govtables.issuers import resolve_issuer
from govtables.proof.witnesses import ask_witnesses
from govtables.records import CellRow
from proof.auditing import make_report, to_cells

PLAIN = make_report({"disclosure.licence.decisions": 120, "disclosure.penalty.decisions": 7})


def find(cells: list[CellRow], issuer: str = "") -> list[tuple[str, str | None, tuple[str, ...]]]:
    found = ask_witnesses(cells, resolve_issuer(issuer, 2023))
    return [(note.kind, note.row, note.cells) for note in found]


def edit(generation: str = "2021", **raws: str) -> list[CellRow]:
    cells = to_cells(make_report({}, generation))
    return [cell._replace(raw=raws.get(f"{cell.row}_{cell.column}", cell.raw)) for cell in cells]


def test_a_plain_report_has_nothing_against_it():
    assert find(to_cells(PLAIN), "花街镇人民政府") == []


@pytest.mark.parametrize("raw", ["+0", "＋0", "增0"])
def test_a_sign_where_cases_are_counted_is_told(raw):
    assert find(edit(coercion_decisions=raw)) == [("sign", "coercion", ("disclosure.coercion.decisions",))]


def test_a_change_has_a_sign():
    assert find(edit("2019", coercion_change="+0")) == []


def test_a_block_without_one_of_its_rows_is_told():
    cells = [c._replace(value=None, status="absent") if c.row == "normative_document" else c for c in to_cells(PLAIN)]
    assert [found[:2] for found in find(cells)] == [("row_missing", "regulation")]


def test_a_body_that_makes_no_rules_may_leave_their_row_out():
    cells = [c._replace(value=None, status="absent") if c.row == "regulation" else c for c in to_cells(PLAIN)]
    assert (find(cells, "花街镇人民政府"), [found[0] for found in find(cells)]) == ([], ["row_missing"])


def test_a_block_that_is_not_printed_is_not():
    lost = ("regulation", "normative_document")
    assert find([c._replace(value=None, status="absent") if c.row in lost else c for c in to_cells(PLAIN)]) == []


@pytest.mark.parametrize(("issuer", "kinds"), [("花街镇人民政府", ["rule_making"]), ("永康市公安局", ["rule_making"]), ("温州市人民政府", []), ("", [])])
def test_rules_of_a_body_that_makes_none_are_told(issuer, kinds):
    cells = to_cells(make_report({"disclosure.regulation.issued": 1, "disclosure.regulation.in_force": 4}))
    assert [found[0] for found in find(cells, issuer)] == kinds


@pytest.mark.parametrize(
    ("in_force", "issued", "repealed", "told"),
    [
        pytest.param(4, 42, 0, True, id="a digit lost"),
        pytest.param(42, 42, 0, False, id="all are of this year"),
        pytest.param(4, 42, 38, False, id="repealed again"),
        pytest.param(4, 3, 90, False, id="more repealed than issued"),
        pytest.param(None, 42, 0, False, id="unknown"),
    ],
)
@pytest.mark.parametrize("row", ["normative_document", "regulation"])
def test_more_issued_than_in_force_is_told(row, in_force, issued, repealed, told):
    numbers = {"in_force": in_force, "issued": issued, "repealed": repealed}
    cells = to_cells(make_report({f"disclosure.{row}.{column}": value for column, value in numbers.items()}))
    found = [note for note in find(cells) if note[0] == "stock_part"]
    assert found == [("stock_part", row, tuple(f"disclosure.{row}.{column}" for column in numbers))] * told


@pytest.mark.parametrize(
    ("issuer", "amount", "told"),
    [("花街镇人民政府", 1_200_000, True), ("汉阴县", 1_200_000, True), ("汉阴县", 999_999, False), ("浙江省人民政府", 1_200_000, False)],
)
def test_more_money_than_a_county_takes_is_told(issuer, amount, told):
    found = find(to_cells(make_report({"disclosure.fee.amount": amount})), issuer)
    assert found == [("amount_unit", "fee", ("disclosure.fee.amount",))] * told
