"""Tables of requests whose identities hold, printed with what they lost, and read again."""

import random

from govtables.extract.match import Match, match_form
from govtables.extract.sections import split_sections
from govtables.forms import Alias, form
from govtables.pipeline.steps import read_printed
from govtables.readers import Cell, Document

WIDTH = 7
FORM = form("2021")
ROWS = FORM.rows["requests"]
COLUMNS = [column.code for column in FORM.columns["requests", "applicants"]]
OUTCOMES = dict(next(i for i in FORM.identities if i.name == "outcome_total").children)
HEADING = "三、收到和处理政府信息公开申请情况"

Truth = dict[str, list[int]]


def print_table(rows: dict[str, list]) -> str:
    lines = [[row.label, *map(str, rows[row.code])] for row in ROWS if row.code in rows]
    return "\n".join([HEADING, *(" | ".join(line) + " |" for line in lines)])


def read_table(rows: dict[str, list]) -> dict[str, list]:
    """The cells of the form that are told, by row: a number, or None."""
    result = read_printed(f"{print_table(rows)}\n".encode(), "table.txt")
    told = {(cell.row, cell.column): cell.value for cell in result.cells}
    return {code: [told.get((code, column)) for column in COLUMNS] for code in rows}


def without(values: list, at: int) -> list:
    return values[:at] + values[at + 1 :]


def make_row(*leaves: int) -> list[int]:
    return [*leaves, sum(leaves)]


def make_table(seed: int) -> Truth:
    """A whole table whose identities hold: small counts, most of them zero."""
    draw = random.Random(seed)
    rows = {code: make_row(*draw.choices([0, 1, 2, 5], [8, 2, 1, 1], k=WIDTH - 1)) for code in OUTCOMES}
    rows["concluded"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    rows["carried_over"] = make_row(*draw.choices([0, 1], [4, 1], k=WIDTH - 1))
    both = [a + b for a, b in zip(rows["concluded"], rows["carried_over"], strict=True)]
    carried_in = make_row(*(draw.randint(0, min(1, n)) for n in both[:-1]))
    return rows | {"carried_in": carried_in, "received": [a - b for a, b in zip(both, carried_in, strict=True)]}


def assert_nothing_wrong(read: Truth, truth: Truth) -> None:
    cells = [(code, *cell) for code in truth for cell in zip(COLUMNS, read[code], truth[code], strict=True)]
    wrong = [(code, column) for code, column, a, b in cells if a not in (None, b)]
    assert wrong == []


def match_lines(text: str, local: tuple[Alias, ...] = ()) -> Match:
    cells = tuple(Cell(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1))
    return match_form(split_sections(Document("example", "", "text/plain", cells)), local)


def in_lines(rows: dict[str, list]) -> str:
    return print_table(rows).replace(" | ", "\n").replace(" |", "")
