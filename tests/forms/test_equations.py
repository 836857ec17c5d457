"""Identities as equations: every one is written out, and parts share no cell."""

from itertools import product

import pytest

from govtables.forms import GENERATIONS, form, tables
from govtables.forms.equations import Term, find_terms, parts, tell_generation
from govtables.records import CellRow

by_table = pytest.mark.parametrize(("generation", "table"), [*product(GENERATIONS, tables())])


def cells_of(generation: str, table: str) -> list[CellRow]:
    cells = form(generation).cells()
    return [CellRow(t, row.code, column.code, 0.0, "reported", "0", None, None) for t, row, column in cells if t == table]


@by_table
def test_parts_share_no_cell_and_equations_stay_inside(generation, table):
    found = parts(generation, table)
    keys = [key for part in found for key in part.keys]
    assert len(keys) == len(set(keys))
    for part in found:
        assert all(0 <= at < len(part.keys) for equation in part.equations for at, _ in equation.terms)
        assert all(n in part.touching[at] for n, equation in enumerate(part.equations) for at, _ in equation.terms)


@by_table
def test_every_identity_is_written_out_in_each_of_its_lines(generation, table):
    known = form(generation)
    lines = {"column": len(known.rows[table]), "row": len(known.columns[table, known.rows[table][0].block])}
    due = sum(lines[identity.axis] for identity in known.identities if identity.table == table)
    assert sum(len(part.equations) for part in parts(generation, table)) == due


def test_an_equation_says_its_cells():
    [part] = parts("2021", "requests")
    equation = part.equations[0]
    codes = {part.keys[at][2 if equation.row else 1] for at, _ in equation.terms}
    assert codes == set(equation.formula.partition(": ")[2].replace(" = ", " + ").split(" + "))


@by_table
def test_the_generation_is_told_by_the_cells(generation, table):
    cells = cells_of(generation, table)
    same = all(cell[:3] == other[:3] for cell, other in zip(cells, cells_of(GENERATIONS[-1], table), strict=False))
    assert tell_generation(table, cells) == (GENERATIONS[-1] if same else generation)


def test_cells_in_another_order_are_refused():
    with pytest.raises(ValueError, match="not the cells of the form"):
        tell_generation("requests", cells_of("2021", "requests")[::-1])


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
