"""Terms of formulas: how they are written, and which cells they name."""

import pytest

from govtables.forms import GENERATIONS, form
from govtables.forms.formula import Term, find_terms

DENIED = "requests.denied.*.total"


@pytest.mark.parametrize(("text", "terms"), [
    ("requests.received.total", [(1, "requests", "received", "total")]),
    ("a.b.c - d.e.*.f+g.h.i", [(1, "a", "b", "c"), (-1, "d", "e.*", "f"), (1, "g", "h", "i")]),
    ("requests.received.total: 6 against 7, requests.carried_in.total", [(1, "requests", "received", "total"), (1, "requests", "carried_in", "total")]),
    ("no cell, 3.5 or 2021", []),
    ("", []),
], ids=["one", "signs", "in a sentence", "numbers are none", "nothing"])
def test_terms_are_found(text, terms):
    assert [tuple(term) for term in find_terms(text)] == terms


@pytest.mark.parametrize(("term", "code", "meant"), [
    (DENIED, "requests.denied.state_secret.total", True),
    (DENIED, "requests.denied.state_secret.natural_person", False),
    (DENIED, "requests.unavailable.not_held.total", False),
    ("requests.other.*.total", "requests.other.total", True),
    ("requests.granted.total", "requests.partially_granted.total", False),
])
def test_a_term_names_its_cells(term, code, meant):
    assert find_terms(term)[0].names(code) is meant


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_code_of_every_cell_is_a_term(generation):
    for table, row, column in form(generation).cells():
        assert find_terms(f"{table}.{row.code}.{column.code}") == (Term(1, table, row.code, column.code),)
