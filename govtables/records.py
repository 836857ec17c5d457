"""What is published, a row of each table: the nouns that all wings share.

In: nothing. Out: named tuples, from `CellRow` to `Issuer`, and their words.
"""

from collections.abc import Sequence
from enum import StrEnum, auto
from typing import NamedTuple, Protocol

from govtables.declared import declared, options

EXTRA = "extra."  # before the code of a row or column that the form does not have, which is its printed label
NEAR = 1e-6  # sums that differ by less are equal
HOLDS, FAILS, UNDECIDED = "holds", "fails", "undecided"
# What the audit holds against a number, from the best to the worst
FLAGS = CLEAN, DOUBTED, LOCATED, CONTRADICTED = "clean", "doubted", "located", "contradicted"
PRINTED_TWICE = "printed_twice"  # the kind of finding on a row of which nothing is inferred


class Status(StrEnum):
    """Why a cell has a number, or has none; `forms/statuses.csv` says what each means, and how it looks."""

    REPORTED = auto()
    BLANK = auto()
    NOT_APPLICABLE = auto()
    UNREADABLE = auto()
    ABSENT = auto()
    INFERRED = auto()
    DECIDED = auto()

    @property
    def meaning(self) -> str:
        """Say it in a sentence."""
        lines = declared("forms", "statuses")
        return next(line[options.language] for line in lines if line["status"] == self)


# What a printed text was spent as; `dataset/spent.csv` says what each means, and how it is marked.
Spent = StrEnum("Spent", "CELL LABEL HEADER UNIT NOTE FURNITURE LEFT_OVER")


class CellRow(NamedTuple):
    """One cell of the form as published, without the report's id."""

    table: str
    row: str
    column: str
    value: float | None
    status: str
    raw: str | None
    reason: str | None
    place: str | None
    unit: str | None = None  # that is printed in or around the cell


class Coded(Protocol):
    """Whatever stands in a row and a column."""

    row: str
    column: str


def is_local(cell: Coded) -> bool:
    """Tell whether a cell stands in a row or column that the form does not have."""
    return cell.row.startswith(EXTRA) or cell.column.startswith(EXTRA)


def of_form(cells: Sequence[CellRow]) -> list[CellRow]:
    """The cells that stand in rows and columns of the form."""
    codes = {cell.row for cell in cells} | {cell.column for cell in cells}
    if not any([code.startswith(EXTRA) for code in codes]):
        return list(cells)
    return [cell for cell in cells if not is_local(cell)]


class Finding(NamedTuple):
    """Something noticed: what kind, where, in words, and the codes of the cells concerned."""

    kind: str
    table: str | None
    row: str | None
    place: str | None
    message: str
    cells: tuple[str, ...] = ()


class Check(NamedTuple):
    """One check of a report: what was compared, by how much the sides differ, and what that decides."""

    check: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    left: float | None = None
    right: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: str = UNDECIDED
    operands: str | None = None
    message: str | None = None


class Flag(NamedTuple):
    """What the audit holds against the number of a cell; `implied_high` is `None` where nothing bounds it."""

    flag: str = CLEAN
    flagged_by: str | None = None  # kinds of findings
    implied_low: float | None = None
    implied_high: float | None = None


class Bound(NamedTuple):
    """What the identities leave for a cell without a number; `high` is `None` where nothing bounds it."""

    table: str
    row: str
    column: str
    low: float
    high: float | None


class Change(NamedTuple):
    """One cell of a proposal: what is printed, and between what the number should lie."""

    table: str
    proposal: int
    kind: str  # smallest_set, or larger: slip, recomputed, line
    unique: bool  # no other smallest set satisfies the identities, and no slip explains them
    row: str
    column: str
    printed: float | None
    low: float
    high: float | None
    typing: str | None


class Decided(NamedTuple):
    """What a person decided of a cell, whether it holds, and what the audit leaves for it as printed."""

    table: str
    row: str
    column: str
    printed: str  # when it was decided
    value: float
    reason: str
    who: str
    date: str
    applied: bool
    place: str | None
    low: float | None
    high: float | None
    typing: str | None


class SectionText(NamedTuple):
    """A chapter as text."""

    chapter: int
    heading: str
    text: str


class Token(NamedTuple):
    """A printed text in the reach of a table: where it stands, and as what, or on which cell, it is spent."""

    place: str
    text: str
    spent: str
    table: str
    row: str | None = None
    column: str | None = None


class Statement(NamedTuple):
    """A number of the prose beside what the tables say of the same quantity."""

    chapter: int
    place: str | None
    sentence: str
    quantity: str
    printed: str
    value: float
    table_value: float | None
    cells: str
    verdict: str  # "agrees", "differs", "undecided", "part" (of what the tables count)
    reason: str | None


class Issuer(NamedTuple):
    """Who issued a report. Codes are those of GB/T 2260 in its year; `reason` says what told the place."""

    name: str | None
    level: str  # one of `levels`
    code: str | None  # of the place; for a department or zone, of the division it works in
    place: str | None  # that division's full name, from the province down
    parent_code: str | None
    parent: str | None
    scope: str | None  # of the figures: aggregate, own or both
    reason: str | None
