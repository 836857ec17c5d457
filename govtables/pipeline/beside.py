"""What stands beside the reports: decisions, which body stands below which, which goes on from which.

In: files at the top of the folder of reports. Out: their lines, checked. Next: `folder`.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from govtables.declared import mistake, read_lines
from govtables.issuers import issuer_key
from govtables.pipeline.listing import DECISIONS
from govtables.proof import Decision, read_decisions

NUMBERED = re.compile(r"#\d+$")


def read_hierarchy(path: Path) -> list[tuple[str, str]]:
    """Read pairs of parent and child issuers; an error names the line. No file, no hierarchy."""
    lines = _read_bodies(path, ("parent", "child"))
    pairs = [(where, line["parent"], line["child"]) for where, line in lines]
    _forbid_cycles(pairs)
    return [(parent, child) for _, parent, child in pairs]


def read_links(path: Path) -> list[tuple[str, int, str]]:
    """Read from which year on an issuer goes on from another; an error names the line. No file, no links."""
    found = []
    for where, line in _read_bodies(path, ("issuer", "from_year", "same_as")):
        issuer, year, same_as = line["issuer"], line["from_year"], line["same_as"]
        if not (len(year) == 4 and year.isdecimal()):
            raise mistake("pipeline.no_year", where=where, year=year, issuer=issuer)
        found.append((issuer, int(year), same_as))
    return found


def _read_bodies(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Lines that name two bodies, in their first and last column."""
    for where, line in read_lines(path, columns):
        one, other = line[columns[0]], line[columns[-1]]
        if not (one and other):
            raise mistake("pipeline.name_empty", where=where, one=columns[0], other=columns[-1])
        if issuer_key(one) == issuer_key(other):
            code = "pipeline.same_parent" if "parent" in columns else "pipeline.same_body"
            raise mistake(code, where=where, one=one, other=other)
        yield where, line


def _forbid_cycles(pairs: Sequence[tuple[str, str, str]]) -> None:
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
        names = " > ".join(name for _, name in [*links, links[0]])
        places = "; ".join(where for where, _ in links)
        raise mistake("pipeline.above_itself", places=places, names=names) from None


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
        raise mistake("pipeline.no_document", path=raw / DECISIONS, name=unknown[0], folder=raw)
    return decisions
