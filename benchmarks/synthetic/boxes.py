"""The nouns of a made report: boxes with spans that make the tables of a form, and what each of them prints.

In: rows of boxes. Out: boxes at their columns, the form changed box by box, the truth of each cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

Code = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Printed:
    """What a perfect reader can say of one cell; `figure` is the number behind it, printed or not."""

    raw: str | None
    value: float | None
    kind: str  # number, blank, not_applicable, lost, absent
    figure: float | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One document, how it was made and what it prints; `labels` are the printed labels of the rows."""

    name: str
    data: bytes
    layout: str
    generation: str
    noises: tuple[str, ...]
    truth: dict[Code, Printed]
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    encoding: str = "utf-8"
    invisible: frozenset[str] = frozenset()  # tables whose layout prints nothing for a blank cell


@dataclass(frozen=True, slots=True)
class Box:
    """One printed cell of a table, with its spans. `gone` means that damage took its text."""

    text: str
    across: int = 1
    down: int = 1
    role: str = "header"  # article, header, corner, group, row, value, extra, filler
    code: Code | None = None
    value: Decimal | None = None
    kind: str = "number"
    gone: bool = False


Rows = list[list[Box]]
Form = dict[str, Rows]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document: a title, heading, paragraph, piece of page furniture, or (by name) a table."""

    kind: str
    text: str


def boxes_of(form: Form) -> Iterator[Box]:
    """Walk all boxes in printed order."""
    return (box for rows in form.values() for row in rows for box in row)


def edit(form: Form, change: Callable[[Box], Box]) -> Form:
    """Return the form with every box changed."""
    return {table: [[change(box) for box in row] for row in rows] for table, rows in form.items()}


def read_truth(form: Form, official: dict[Code, Decimal]) -> dict[Code, Printed]:
    """Say of each official cell what the finished form prints."""
    printed = {box.code: box for box in boxes_of(form) if box.role == "value"}
    return {code: tell(printed.get(code), float(figure)) for code, figure in official.items()}


def tell(box: Box | None, figure: float) -> Printed:
    """Say what one box prints."""
    if box is None:
        return Printed(None, None, "absent", figure)
    if box.gone:
        return Printed(None, None, "lost", figure)
    return Printed(box.text.strip(), figure if box.kind == "number" else None, box.kind, figure)


Placed = tuple[int, Box, int]  # column, box, rows that it still spans


def carry(rows: Rows) -> list[list[Placed]]:
    """Give every box its column, and let it stand again in each row below that it spans."""
    held: dict[int, tuple[Box, int]] = {}
    placed: list[list[Placed]] = []
    for row in rows:
        waiting, line, column = list(row), [], 0
        while waiting or any(start >= column for start in held):
            if column not in held and not waiting:
                column += 1
                continue
            box, left = held.pop(column) if column in held else (waiting[0], waiting.pop(0).down)
            line.append((column, box, left))
            if left > 1:
                held[column] = (box, left - 1)
            column += box.across
        placed.append(line)
    return placed


def place(rows: Rows) -> list[list[Placed]]:
    """Give every box its column; below its first row an empty filler stands in its place."""
    return [
        [(at, box if left == box.down else Box("", box.across, 1, "filler"), left) for at, box, left in line]
        for line in carry(rows)
    ]


def count_columns(rows: Rows) -> int:
    """Return the number of columns of the grid behind the spans."""
    return max(column + box.across for row in place(rows) for column, box, _ in row)


def break_rows(rows: Rows, at: int, repeat: bool) -> list[Rows]:
    """Cut a table in two at a page break; spans go on below as empty cells, the header may be repeated."""
    upper = [[replace(box, down=min(box.down, at - i)) for box in row] for i, row in enumerate(rows[:at])]
    first = [replace(box, down=left) for _, box, left in place(rows)[at]]
    header = rows[: rows[0][0].down] if repeat else []
    return [upper, [*header, first, *rows[at + 1 :]]]


def read_labels(form: Form) -> dict[tuple[str, str], str]:
    """Return the printed label of each row of the form."""
    rows = [(table, row) for table, rows in form.items() for row in rows]
    found = [
        (table, values[0].code[1], label.text) for table, row in rows for label, *values in labelled(row)
    ]
    return {(table, row): text for table, row, text in found}


def labelled(row: list[Box]) -> Iterator[list[Box]]:
    """Yield the label box of a row and its values, where it has both."""
    labels = [box for box in row if box.role == "row"]
    values = [box for box in row if box.role == "value"]
    if labels and values:
        yield [labels[-1], *values]
