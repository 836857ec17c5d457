"""Identities as equations: every one is written out, and parts share no cell."""

from itertools import product

import pytest

from govtables.forms import GENERATIONS, form, tables
from govtables.forms.equations import parts, tell_generation
from govtables.forms.formula import find_terms
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
    assert equation.formula.count(" = ") == 1
    assert {term[1:4] for term in find_terms(equation.formula)} == {part.keys[at] for at, _ in equation.terms}


@by_table
def test_the_generation_is_told_by_the_cells(generation, table):
    cells = cells_of(generation, table)
    same = all(cell[:3] == other[:3] for cell, other in zip(cells, cells_of(GENERATIONS[-1], table), strict=False))
    assert tell_generation(table, cells) == (GENERATIONS[-1] if same else generation)


def test_cells_in_another_order_are_refused():
    with pytest.raises(ValueError, match="not the cells of the form"):
        tell_generation("requests", cells_of("2021", "requests")[::-1])
