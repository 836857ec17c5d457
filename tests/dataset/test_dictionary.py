"""What columns mean is declared, and the codes that stand in them."""

import re

import pytest

from govtables.dataset.dictionary import fields, known_codes, meaning, severities
from govtables.dataset.schema import SCHEMAS
from govtables.declared import declared

by_table = pytest.mark.parametrize("name", SCHEMAS)
RESERVED = "byte double float if in int long strL using with _all _b _coef _cons _n _N _pi _pred _rc _skip".split()


@by_table
def test_declarations_suit_stata_and_readers(name):
    for line in fields(name):
        assert re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,31}", line["field"]) and line["field"] not in RESERVED, line
        assert 0 < len(line["en"]) <= 80, line
        assert not line["en"].endswith(".") and (not line["note"] or line["note"].endswith((".", ":"))), line
        assert bool(line["codes"]) or line["type"] != "code", line
        assert known_codes(line["codes"]) or not line["codes"], line
    assert meaning(name)


@by_table
def test_published_codes_are_declared(name, data):
    for line in fields(name):
        if line["codes"] and line["codes"] not in ("row", "column", "quantity"):
            assert set(getattr(data, name)[line["field"]].dropna()) <= set(known_codes(line["codes"])), line


def test_an_unknown_table_has_no_fields():
    with pytest.raises(ValueError, match="no table 'cell'; choose one of cells, reports"):
        fields("cell")


def test_every_failing_check_has_a_kind_of_finding():
    hypotheses = {"blank_is_zero"}
    assert {line["check"] for line in declared("proof", "checks")} - hypotheses <= severities().keys()
    assert set(severities().values()) == {"error", "warning", "note"}
