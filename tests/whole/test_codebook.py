"""The codebook has every declared code once, labelled in its generations."""

from itertools import product

import pytest

import govtables as gt
from govtables.declared import declared
from govtables.forms.form import GENERATIONS, tables

AXES = {"row": "rows", "column": "columns"}
LISTS = {"check": ("proof", "checks"), "kind": ("proof", "findings"), "quantity": ("prose", "quantities")}  # further axes
LISTS |= {"indicator": ("indicators", "definitions"), "spent": ("dataset", "spent")}


def codes_of(axis: str, generation: str) -> set[tuple[str, str]]:
    lines = [line for line in declared("forms", AXES[axis]) if generation in line["generations"].split()]
    return {(line["table"], line[axis]) for line in lines}


def codes_ever(axis: str) -> set[tuple[str, str]]:
    return set().union(*(codes_of(axis, generation) for generation in GENERATIONS))


def test_codebook_holds_every_code():
    book = gt.codebook()
    codes = {(axis, table, code) for axis in AXES for table, code in codes_ever(axis)}
    codes |= {("table", table, table) for table in tables()} | {("status", None, str(status)) for status in gt.Status}
    codes |= {(axis, None, line[axis]) for axis, (wing, file) in LISTS.items() for line in declared(wing, file)}
    codes |= {("level", None, line["level"]) for line in declared("issuers", "levels")}
    rows = book[["axis", "table", "code"]].astype(object).where(book[["axis", "table", "code"]].notna(), None)
    assert sorted(map(str, rows.itertuples(index=False, name=None))) == sorted(map(str, codes))
    assert book["en"].str.len().min() > 0


def test_codebook_labels_a_code_in_its_generations_alone():
    book = gt.codebook().set_index(["axis", "table", "code"])
    for generation, axis in product(GENERATIONS, AXES):
        labelled = {key[1:] for key in book.index[book[f"label_{generation}"].notna()] if key[0] == axis}
        assert labelled == codes_of(axis, generation)


@pytest.mark.parametrize("status", gt.Status)
def test_a_status_has_a_code_and_a_meaning(status):
    assert status == status.value == str(status)
    assert status.meaning.endswith(".")
