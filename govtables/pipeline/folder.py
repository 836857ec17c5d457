"""Many documents to one dataset: in batches, in one process or in many.

In: a folder of documents. Out: a folder of Parquet tables. Next: `cli`, notebooks.
"""

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from graphlib import CycleError, TopologicalSorter
from itertools import islice, pairwise
from pathlib import Path

from govtables.dataset import Tables, add_doubts, findings_table, publish, to_table, to_tables
from govtables.declared import read_lines
from govtables.forms import Alias, name_codes, read_aliases
from govtables.indicators import indicators_table
from govtables.issuers import issuer_key
from govtables.language import join, tell
from govtables.pipeline.listing import (
    ALIASES, DECISIONS, HIERARCHY, LINKS, Listed, list_documents, read_listed,
)
from govtables.pipeline.origins import compare_origin
from govtables.pipeline.steps import Result, read_bytes
from govtables.pipeline.workers import do_all
from govtables.proof import (
    Comparison, Decision, Fingerprint, apply_decisions, fingerprint, judge_decisions, read_decisions,
)
from govtables.readers import Unreadable
from govtables.records import FAILS, Check, Finding

Doubts = dict[tuple[str, str], list[str]]  # by report and cell, kinds of findings
NUMBERED = re.compile(r"#\d+$")
ROWS = 10_000  # of checks across reports, written at a time
BATCH = 200  # documents that a process works on at a time; a batch is a row group


def build(raw: str | Path, out: str | Path, processes: int | None = None, progress: bool = True) -> "Path":
    """Read every document under `raw` and publish the tables in `out`; return `out`.

    The bytes written depend on the documents alone, not on `processes`. A run that is stopped leaves `out` as
    it was.
    """
    raw, out = Path(raw), Path(out)
    if processes is not None and processes < 1:
        raise ValueError(f"processes={processes}: choose 1 or more, or None for all cores")
    listed = list_documents(raw, out)
    decisions = _decisions_for(raw, [one.name for one in listed])
    panel = Comparison(read_hierarchy(raw / HIERARCHY), read_links(raw / LINKS))
    aliases = read_aliases(raw / ALIASES)
    batches = [listed[at : at + BATCH] for at in range(0, len(listed), BATCH)]
    taken = frozenset(one.name for one in listed if NUMBERED.search(one.name))
    reading = partial(_read_batch, raw, decisions, aliases, taken)
    with publish(out) as publication, _progress(len(listed), progress) as bar:
        for tables, fingerprints in do_all(reading, batches, processes):
            publication.hold(tables)
            for one in fingerprints:
                panel.add(one)
            bar.update(len(fingerprints))
        checks, doubts = panel.checks(), defaultdict(list)
        while some := list(islice(checks, ROWS)):
            tables = _across_tables(some)
            publication.write(tables)
            for row in tables["findings"].to_pylist():
                for code in row["cells"]:
                    doubts[row["report_id"], code].append(row["kind"])
        publication.release(partial(_finish, doubts))
    return out


def _finish(doubts: Doubts, tables: Tables) -> Tables:
    """Flag the cells that other reports speak against, and compute the indicators."""
    cells = add_doubts(tables["cells"], doubts)
    return tables | {"cells": cells, "indicators": indicators_table(cells, tables["bounds"])}


def _across_tables(checks: Sequence[tuple[str, Check]]) -> Tables:
    """Checks across reports as rows of `checks`, those that fail also of `findings`."""
    failing = [(name, check) for name, check in checks if check.verdict == FAILS]
    return {
        "checks": to_table("checks", checks),
        "findings": findings_table((name, _finding(check)) for name, check in failing),
    }


def _finding(check: Check) -> Finding:
    codes = (f"{check.table}.{check.row}.{check.column}",) if check.row and check.column else ()
    compared = name_codes(check.operands) if check.operands else None
    compared = compared if check.row else compared and tell("pipeline.each_cell")
    message = join([compared, check.message], ": ")
    return Finding(check.check, check.table, check.row, None, message, codes)


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


def _decisions_for(raw: Path, names: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
    """Decisions on the documents of a folder; an error if one names a document that is not there."""
    decisions = read_decisions(raw / DECISIONS)
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


def read_file(
    raw: Path, one: Listed, decisions: Sequence[Decision] = (), aliases: tuple[Alias, ...] = ()
) -> Result:
    """Read one document of a folder; a file that cannot be opened gives a `Result` with that error."""
    try:
        result = read_bytes(read_listed(raw, one), one.name, decisions, aliases)
    except Unreadable as problem:
        result = _no_result(one.name, str(problem), decisions)
    except OSError as problem:
        error = tell("pipeline.cannot_open", problem=str(problem.strerror or problem))
        result = _no_result(one.name, error, decisions)
    if one.note:
        result.findings.append(Finding("decoding", None, None, None, one.note))
    return result


def _trace(result: Result, one: Listed) -> None:
    """Say where all reports of a document come from."""
    for each in (result, *result.others):
        each.origin, findings = compare_origin(one.origin, result.sha256)
        each.findings += findings


def _no_result(name: str, error: str, decisions: Sequence[Decision]) -> Result:
    stale = apply_decisions([], decisions, error)[1]
    return Result(name, error=error, findings=stale, decisions=judge_decisions(decisions, [], []))


def _read_batch(
    raw: Path, decisions: dict[str, tuple[Decision, ...]], aliases: tuple[Alias, ...], taken: frozenset[str],
    listed: Sequence[Listed], deadly: Mapping[int, str], first: int, begin: Callable[[int], None],
) -> tuple[Tables, list[Fingerprint]]:
    """Read a batch from its document `first` on, then those before; `begin` is told of each in advance."""
    collecting = gc.isenabled()
    gc.disable()  # reading makes no cycles, and the collector would walk all results again and again
    try:
        read: dict[int, Result] = {}
        for at in [*range(first, len(listed)), *range(first)]:
            one, own = listed[at], decisions.get(listed[at].name, ())
            if at in deadly:
                read[at] = _no_result(one.name, deadly[at], own)
            else:
                begin(at)
                read[at] = read_file(raw, one, own, aliases)
            _trace(read[at], one)
        results = [read[at] for at in sorted(read)]
        results = [one for result in results for one in (result, *_named_apart(result, taken))]
        return to_tables(results), [
            fingerprint(result.report(), result.cells, result.issuer, result.proposals) for result in results
        ]
    finally:
        if collecting:
            gc.enable()


def _named_apart(result: Result, taken: frozenset[str]) -> list[Result]:
    """Further reports of a document; one whose name a file has, too, is marked once more."""
    for other in result.others:
        while other.name in taken:
            other.name += "#"
    return result.others


def _progress(total: int, wanted: bool):
    from tqdm import tqdm

    return tqdm(total=total, unit=" reports", desc="reading", disable=None if wanted else True)
