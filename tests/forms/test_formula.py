"""Formulas: what is written is read again."""

import pytest

from govtables.forms import GENERATIONS, form
from govtables.forms.formula import Term, find_terms, write_equation, write_share, write_source

DENIED = "requests.denied.*.total"


@pytest.mark.parametrize(("text", "terms"), [
    ("requests.received.total", [(1, "requests", "received", "total")]),
    ("a.b.c - d.e.*.f+g.h.i", [(1, "a", "b", "c"), (-1, "d", "e.*", "f"), (1, "g", "h", "i")]),
    ("requests.received.total: 6 against 7, requests.carried_in.total", [(1, "requests", "received", "total"), (1, "requests", "carried_in", "total")]),
    ("no cell, 3.5 or 2021", []),
    ("", []),
], ids=["one", "signs", "in a sentence", "numbers are none", "nothing"])
def test_terms_are_found(text, terms):
    assert [term[:4] for term in find_terms(text)] == terms


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


@pytest.mark.parametrize("names", [
    ["a.txt"], ["a b.txt", "c.txt"], ['x of "y" and "z".txt', "t.r.c"], ["镇/2021 \\.txt", "of children"],
], ids=["one", "two", "marks", "backslash"])
@pytest.mark.parametrize("word", ["and", "or"])
def test_the_reports_of_a_cell_are_read_as_written_whatever_their_names(names, word):
    there = f"a.d.c of {write_source(names, word)}"
    first, found, last = find_terms(write_equation([(1, "a.b.c"), (-1, there), (1, "a.e.c")]))
    assert (first.reports, found.reports, last.reports) == ([], names, [])
    assert (found.text, last.sign) == ("a.d.c", -1)


def test_each_cell_alike_and_all_children_are_terms():
    left, right = find_terms("*.*.* = *.*.* of children")
    assert (left.source, right.source, right.reports) == ("", "children", [])


def test_a_share_is_of_both_its_sides():
    assert [term.row for term in find_terms(write_share("a.b.c + a.d.c", "a.e.c"))] == ["b", "d", "e"]
