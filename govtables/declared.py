"""The tables that are declared as CSV files: those of the package, and those that a person wrote.

In: the name of a table, or a path. Out: its lines, a dict a line. Next: everything that reads declarations.
"""

import csv
from functools import cache
from importlib.resources import files


@cache
def declared_places(name: str) -> tuple[dict[str, str], ...]:
    """Read one table of `govtables/places`, a dict a line."""
    with (files("govtables") / "places" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def declared(name: str) -> tuple[dict[str, str], ...]:
    """Read one declaration file of `govtables/forms`, a dict a line."""
    with (files("govtables") / "forms" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def levels() -> dict[str, str]:
    """English label of each level."""
    return {line["level"]: line["en"] for line in declared_places("levels")}
