"""The declarations in `govtables/forms/*.csv` are whole: every code exists, is unique, can be found and is described."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

import govtables as gt
from govtables.declared import declared
from govtables.extract.sections import read_heading
from govtables.forms.form import GENERATIONS, form, tables
from govtables.language.script import fold

ROLES = {"leaf", "group", "total"}
UNITS = {"件", "项", "万元", ""}
RELATIONS = {"same", "rough", "sum", "none", "new", "dropped"}
AXES = {"row": "rows", "column": "columns"}
WITHOUT_CODE = {"header", "extra", "extra_column"}  # aliases of corners and of local rows and columns
CELLS = {"2021": {"disclosure": 10, "requests": 175, "disputes": 15}, "2019": {"disclosure": 22, "requests": 161, "disputes": 15}}
GOLD = os.environ.get("GOVTABLES_GOLD")

by_generation = pytest.mark.parametrize("generation", GENERATIONS)
by_axis = pytest.mark.parametrize("axis", AXES)


def lines_of(name: str, generation: str) -> list[dict]:
    return [line for line in declared("forms", name) if generation in line["generations"].split()]


def codes_of(axis: str, generation: str) -> set[tuple[str, str]]:
    return {(line["table"], line[axis]) for line in lines_of(AXES[axis], generation)}


def codes_ever(axis: str) -> set[tuple[str, str]]:
    return set().union(*(codes_of(axis, generation) for generation in GENERATIONS))


def codes_in_form(generation: str) -> list[tuple[str, str, str]]:
    return [(table, row.code, column.code) for table, row, column in form(generation).cells()]


@by_generation
def test_number_of_cells(generation):
    assert Counter(table for table, _, _ in form(generation).cells()) == CELLS[generation]


@pytest.mark.parametrize("name", ["rows", "columns", "identities"])
def test_generations_are_known(name):
    assert {g for line in declared("forms", name) for g in line["generations"].split()} == set(GENERATIONS)


@by_generation
@by_axis
def test_a_code_stands_once_in_its_block(generation, axis):
    lines = lines_of(AXES[axis], generation)
    twice = Counter((line["table"], line["block"], line[axis]) for line in lines)
    assert [code for code, count in twice.items() if count > 1] == []


@by_generation
def test_a_row_code_stands_in_one_block(generation):
    twice = Counter((line["table"], line["row"]) for line in lines_of("rows", generation))
    assert [code for code, count in twice.items() if count > 1] == []


@by_axis
def test_roles_units_and_tables_are_known(axis):
    lines = declared("forms", AXES[axis])
    assert {line["role"] for line in lines} <= ROLES
    assert {line["unit"] for line in lines} <= UNITS
    assert {line["table"] for line in lines} == set(tables())


@by_generation
def test_every_block_of_rows_has_columns(generation):
    rows, columns = ({(line["table"], line["block"]) for line in lines_of(name, generation)} for name in AXES.values())
    assert rows == columns


@by_generation
def test_a_parent_is_a_group_of_the_same_generation(generation):
    groups = {(line["table"], line["row"]) for line in lines_of("rows", generation) if line["role"] == "group"}
    parents = {(line["table"], line["parent"]) for line in lines_of("rows", generation) if line["parent"]}
    assert parents == groups, "a group without rows, or a parent that is no group"


@by_generation
@by_axis
def test_a_printed_label_leads_to_one_code(generation, axis):
    known = codes_of(axis, generation)
    lines = [(line["table"], line["label"], line[axis]) for line in lines_of(AXES[axis], generation)]
    lines += [(a["table"], a["label"], a["code"]) for a in declared("forms", "aliases") if a["axis"] == axis and (a["table"], a["code"]) in known]
    found: dict[tuple[str, str], set[str]] = {}
    for table, label, code in lines:
        assert fold(label), label
        found.setdefault((table, fold(label)), set()).add(code)
    assert {key: codes for key, codes in found.items() if len(codes) > 1} == {}
    look_up = form(generation).row_codes if axis == "row" else form(generation).column_codes
    assert all(look_up[table][fold(label)] == code for table, label, code in lines)


@by_generation
@by_axis
def test_a_label_without_code_is_no_label_of_the_form(generation, axis):
    look_up = form(generation).row_codes if axis == "row" else form(generation).column_codes
    assert [a for a in declared("forms", "aliases") if a["axis"] in WITHOUT_CODE and fold(a["label"]) in look_up[a["table"]]] == []


def test_every_alias_has_a_code_and_a_place():
    for alias in declared("forms", "aliases"):
        assert alias["axis"] in {*AXES, *WITHOUT_CODE} and alias["table"] in tables(), alias
        assert (alias["table"], alias["code"]) in codes_ever(alias["axis"]) if alias["axis"] in AXES else not alias["code"], alias


def test_no_alias_is_declared_twice():
    counts = Counter((a["table"], a["axis"], a["code"], fold(a["label"])) for a in declared("forms", "aliases"))
    assert [alias for alias, count in counts.items() if count > 1] == []


@by_generation
def test_identities_close_over_declared_codes(generation):
    for line in lines_of("identities", generation):
        for end in ("parent", "child"):
            assert (line["table"], line[end]) in codes_of(line["axis"], generation), line
        assert int(line["weight"]) in (1, -1)


@by_generation
def test_identities_leave_nothing_out(generation):
    rows = {line["row"]: line for line in lines_of("rows", generation)}

    def is_outcome(line: dict) -> bool:
        return line["parent"] == "outcomes" or (line["parent"] in rows and is_outcome(rows[line["parent"]]))

    columns = {table: [c["column"] for c in lines_of("columns", generation) if c["table"] == table] for table in tables()}
    assert {identity.name: (identity.parent, dict(identity.children)) for identity in form(generation).identities} == {
        "row_sum": ("total", dict.fromkeys(columns["requests"][:-1], 1)),
        "dispute_total": ("total", dict.fromkeys(columns["disputes"][:-1], 1)),
        "outcome_total": ("concluded", {c: 1 for c, line in rows.items() if line["role"] == "leaf" and is_outcome(line)}),
        "balance": ("carried_over", {"received": 1, "carried_in": 1, "concluded": -1}),
    }


@by_generation
def test_a_total_has_its_identity(generation):
    parents = {(i.table, i.parent) for i in form(generation).identities}
    totals = {(c.table, c.code) for _, *codes in form(generation).cells() for c in codes if c.role == "total"}
    assert totals <= parents


@pytest.mark.parametrize("generation", GENERATIONS)
def test_crosswalk_maps_every_cell_once(generation):
    mapped = Counter()
    for line in declared("forms", "crosswalk"):
        assert line["relation"] in RELATIONS
        row, column = line[f"row_{generation}"], line[f"column_{generation}"]
        columns = [c for t, r, c in codes_in_form(generation) if (t, r) == (line["table"], row) and column in ("*", c)]
        assert bool(columns) == bool(row), line
        mapped.update((line["table"], row, c) for c in columns)
    assert set(mapped) == set(codes_in_form(generation))
    # three rows of 2021 are one row of 2019, whose cells are therefore named three times
    assert {row for (_, row, _), count in mapped.items() if count > 1} == ({"other"} if generation == "2019" else set())


def test_headings_open_their_chapter():
    for line in declared("forms", "headings"):
        if "*" not in line["label"]:
            assert read_heading(f"{'零一二三四五六'[int(line['chapter'])]}、{line['label']}") == int(line["chapter"]), line
    assert {int(line["chapter"]) for line in declared("forms", "headings")} == set(range(1, 7))
    assert set(tables().values()) == {2, 3, 4}


@pytest.mark.parametrize("generation", ["2018", "", "2021 "])
def test_no_such_generation(generation):
    with pytest.raises(ValueError, match="no generation .* choose one of 2019, 2021"):
        gt.form(generation)


@pytest.mark.skipif(not GOLD, reason="set GOVTABLES_GOLD to the folder of hand-checked cells")
def test_codes_of_the_gold_cells_are_declared():
    with (Path(GOLD) / "cells.csv").open(encoding="utf-8", newline="") as lines:
        cells = {(line["table"], line["row"], line["column"]) for line in csv.DictReader(lines)}
    assert cells <= set(codes_in_form("2021"))
