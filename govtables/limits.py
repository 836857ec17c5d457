"""What one document may cost, in one place.

In: nothing. Out: `LIMITS`. Next: every module that reads a format; what hits a limit raises `Unreadable`, which names it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no report on the form comes near, and that harmful input hits before it does harm."""

    megabytes: int = 32  # of the file
    unpacked_megabytes: int = 128  # of all that a container or archive unpacks to
    members: int = 2_000  # files in a container or archive
    ratio: int = 200  # of what a container unpacks to, to its own size
    marks: int = 1_000_000  # tags and attributes of one XML part
    depth: int = 200  # of tables, blocks or elements inside one another
    rows: int = 20_000  # of the tables of a document
    columns: int = 100  # of a table
    pages: int = 400
    seconds: float = 120.0  # of reading, looked at between pages or parts


LIMITS = Limits()
