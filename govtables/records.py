"""What is published, a row of each table: the nouns that all parts of the package share.

In: nothing. Out: named tuples, from `CellRow` to `Status`. Next: everything that makes or reads rows.
"""

from enum import StrEnum
from typing import NamedTuple

NEAR = 1e-6
HOLDS, FAILS, UNDECIDED = "holds", "fails", "undecided"


class Check(NamedTuple):
    """One check of a report: what was compared, by how much the sides differ, and what that decides."""

    check: str
    table: str | None
    row: str | None
    column: str | None
    left: float | None
    right: float | None
    difference: float | None
    low: float | None
    high: float | None
    verdict: str
    operands: str | None
    message: str | None


EXTRA = "extra."


class Status(StrEnum):
    """Why a cell has a number, or has none."""

    def __new__(cls, code: str, meaning: str) -> "Status":
        """Keep a sentence beside each code."""
        member = str.__new__(cls, code)
        member._value_, member.meaning = code, meaning
        return member

    REPORTED = "reported", "A number is printed."
    BLANK = "blank", "The cell is printed empty. Blank is not zero."
    NOT_APPLICABLE = "not_applicable", "The cell holds /, —, 无 or the like."
    UNREADABLE = "unreadable", "Something is printed, but which number belongs here cannot be told."
    ABSENT = "absent", "The row or column is not printed."
    INFERRED = "inferred", "Not printed as a number, but the identities allow only this value."
    DECIDED = "decided", "A person decided the value; the reason says who, when and why, raw what is printed."


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


TWICE = "printed twice with different numbers"


class Finding(NamedTuple):
    """Something noticed: what kind, where, in words, and the codes of the cells concerned."""

    kind: str
    table: str | None
    row: str | None
    place: str | None
    message: str
    cells: tuple[str, ...] = ()
