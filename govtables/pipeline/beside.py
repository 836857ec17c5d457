"""What stands beside the reports: decisions, which body stands below which, which goes on from which.

In: files at the top of the folder of reports. Out: their lines, checked. Next: `folder`.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from govtables.declared import read_lines
from govtables.issuers import issuer_key
from govtables.pipeline.listing import DECISIONS
from govtables.proof import Decision, read_decisions

NUMBERED = re.compile(r"#\d+$")


def read_hierarchy(path: Path) -> list[tuple[str, str]]:
    """Read pairs of parent and child issuers; an error names the line. No file, no hierarchy."""
    lines = _read_bodies(path, ("parent", "child"))
    pairs = [(where, line["parent"], line["child"]) for where, line in lines]
    _forbid_cycles(path, pairs)
    return [(parent, child) for _, parent, child in pairs]


def read_links(path: Path) -> list[tuple[str, int, str]]:
    """Read from which year on an issuer goes on from another; an error names the line. No file, no links."""
    found = []
    for where, line in _read_bodies(path, ("issuer", "from_year", "same_as")):
        issuer, year, same_as = line["issuer"], line["from_year"], line["same_as"]
        if not (len(year) == 4 and year.isdecimal()):
            raise ValueError(f"{where}: {year!r} is no year; write the first one of {issuer}'s reports")
        found.append((issuer, int(year), same_as))
    return found


def _read_bodies(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Lines that name two bodies, in their first and last column."""
    for where, line in read_lines(path, columns):
        one, other = line[columns[0]], line[columns[-1]]
        if not (one and other):
            raise ValueError(f"{where}: a name is empty; write both, {columns[0]} and {columns[-1]}")
        if issuer_key(one) == issuer_key(other):
            said = "its parent " if "parent" in columns else ""
            raise ValueError(f"{where}: {other!r} is the same body as {said}{one!r}; name two bodies")
        yield where, line


def _forbid_cycles(path: Path, pairs: Sequence[tuple[str, str, str]]) -> None:
    """Raise if a body stands above itself; name each line of the round."""
    keys = {
        (issuer_key(parent), issuer_key(child)): (where, parent) for where, parent, child in reversed(pairs)
    }
    parents: dict[str, list[str]] = {}
    for parent, child in keys:
        parents.setdefault(child, []).append(parent)
    try:
        TopologicalSorter(parents).prepare()
    except CycleError as problem:
        links = [keys[link] for link in pairwise(problem.args[1])]
        numbers = ", ".join(where.rpartition(" ")[2] for where, _ in links)
        names = " > ".join(name for _, name in [*links, links[0]])
        raise ValueError(
            f"{path}, lines {numbers}: {names}: a body stands above itself; delete the wrong line"
        ) from None


def read_decisions_for(raw: Path, names: Collection[str]) -> dict[str, tuple[Decision, ...]]:
    """Decisions on the documents of a folder; an error if one names a document that is not there."""
    if not (decisions := read_decisions(raw / DECISIONS)):
        return {}
    known = set(names)
    for name in sorted(decisions.keys() - known):
        document = NUMBERED.sub("", name)  # of several in a document, decisions name one by its number
        if document in known:
            decisions[document] = decisions.get(document, ()) + decisions.pop(name)
    if unknown := sorted(decisions.keys() - known):
        raise ValueError(
            f"{raw / DECISIONS}: no document {unknown[0]!r} under {raw}; write its path below that folder"
        )
    return decisions
