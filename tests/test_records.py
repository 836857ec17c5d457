"""The rows that are published, as nouns: their fields are the declared columns."""

import pytest

from govtables.dataset import SCHEMAS
from govtables.records import (
    EXTRA,
    Bound,
    CellRow,
    Change,
    Check,
    Decided,
    Finding,
    Flag,
    Issuer,
    SectionText,
    Spent,
    Statement,
    Status,
    Token,
    is_local,
    of_form,
)

NOUNS = {
    "cells": CellRow, "issuers": Issuer, "sections": SectionText, "checks": Check, "bounds": Bound, "proposals": Change, "decisions": Decided,
    "statements": Statement, "findings": Finding, "ledger": Token,
}
BESIDE = {"report_id", "severity", *Flag._fields}  # what the store adds to a record


@pytest.mark.parametrize("name", NOUNS)
def test_fields_are_the_columns_of_the_published_table(name):
    columns = {column for column in SCHEMAS[name].names if not column.endswith("_zh")}
    assert columns - BESIDE == set(NOUNS[name]._fields)


def test_every_published_table_has_its_noun():
    assert set(SCHEMAS) == {*NOUNS, "reports", "indicators", "codebook"}  # made of facts, of cells, of the declarations


@pytest.mark.parametrize(("row", "column", "local"), [
    ("received", "total", False), (f"{EXTRA}其他", "total", True), ("received", f"{EXTRA}1", True),
])
def test_local_cells_are_those_of_rows_or_columns_that_the_form_does_not_have(row, column, local):
    assert is_local(CellRow("requests", row, column, None, Status.BLANK, "", None, None)) is local


def test_statuses_read_as_their_codes():
    assert [f"{status}" for status in Status] == [status.value for status in Status]
    assert Status("blank") is Status.BLANK


def test_cells_of_the_form_are_those_that_are_not_local():
    codes = [("received", "total"), (f"{EXTRA}其他", "total"), ("received", f"{EXTRA}1")]
    cells = [CellRow("requests", *of, None, Status.BLANK, "", None, None) for of in codes]
    assert of_form(cells) == cells[:1] == of_form(cells[:1])
