"""Each defect met in published reports, as a small document with the cells that it prints.

`tests/documents/NAME.txt` or `.html` stands beside `NAME.csv`, all cells printed in its tables (what is not listed must be
absent), or beside `NAME.error`, a phrase of the error that the document must give. Adding a case is adding files.
"""

import csv
from pathlib import Path

import pytest

from govtables.forms.form import form
from govtables.pipeline.steps import Result, read_printed
from govtables.records import Status

FOLDER = Path(__file__).parents[1] / "documents"
EXPECTED = (".csv", ".error")
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix not in EXPECTED)
READABLE = [path for path in DOCUMENTS if path.with_suffix(".csv").exists()]
BROKEN = [path for path in DOCUMENTS if path.with_suffix(".error").exists()]
CELLS = "table row column raw value status".split()


def read_document(path: Path) -> Result:
    return read_printed(path.read_bytes(), path.name)


def read_expected(path: Path) -> set[tuple]:
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        rows = [tuple(row[name] for name in CELLS) for row in csv.DictReader(lines)]
    return {(*codes, print_of(status, raw), number(value), status) for *codes, raw, value, status in rows}


def print_of(status: str, raw: str | None) -> str:
    """What is printed; of what cannot be told, only that."""
    return "?" if status == Status.UNREADABLE else raw or ""


def number(text: str) -> float | None:
    return float(text) if text else None


def by_name(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.name)


def test_every_expectation_has_its_document():
    expected = sorted(path.stem for path in FOLDER.iterdir() if path.suffix in EXPECTED)
    assert expected == sorted(path.stem for path in DOCUMENTS), "a document has one .csv or one .error, a name once"


@by_name(READABLE)
def test_cells(path):
    result = read_document(path)
    assert result.error is None
    printed = [cell for cell in result.cells if cell.status != Status.ABSENT]
    read = {(c.table, c.row, c.column, print_of(c.status, c.raw), c.value, str(c.status)) for c in printed}
    expected = read_expected(path)
    assert read - expected == expected - read  # both empty: the message shows what differs


@by_name(BROKEN)
def test_error(path):
    result = read_document(path)
    assert path.with_suffix(".error").read_text(encoding="utf-8").strip() in (result.error or "no error at all")
    assert result.error
    assert result.cells == []


@by_name(READABLE)
def test_every_cell_of_the_form_stands_once(path):
    cells = [(c.table, c.row, c.column) for c in read_document(path).cells if "extra." not in (c.row[:6], c.column[:6])]
    assert len(set(cells)) == len(cells)
    for table in {table for table, _, _ in cells}:
        tables = [[(t, r.code, c.code) for t, r, c in form(g).cells() if t == table] for g in ("2019", "2021")]
        assert [cell for cell in cells if cell[0] == table] in tables


@by_name(READABLE)
def test_a_value_has_its_print_and_place_and_its_lack_a_reason(path):
    for cell in read_document(path).cells:
        assert (cell.value is not None) == (cell.status in (Status.REPORTED, Status.INFERRED)), cell
        if cell.status in (Status.REPORTED, Status.BLANK, Status.NOT_APPLICABLE):
            assert cell.raw is not None and cell.place, cell
        if cell.status in (Status.UNREADABLE, Status.ABSENT):
            assert cell.reason, cell
