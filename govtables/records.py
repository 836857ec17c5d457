"""What is published, a row of each table: the nouns that all parts of the package share.

In: nothing. Out: named tuples, from `CellRow` to `Status`. Next: everything that makes or reads rows.
"""

from typing import NamedTuple


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
