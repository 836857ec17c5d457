"""What reports say of one another: what they are compared by in one place, then part by part in workers.

In: fingerprints of all reports, in the order of the dataset. Out: rows of checks and findings for each part.
Next: `making`, `writing`.
"""

import mmap
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import numpy as np
import pyarrow as pa

from govtables.dataset import Tables, findings_table, to_table
from govtables.declared import say
from govtables.forms import name_codes
from govtables.language import join, tell
from govtables.proof import (
    MARK, Bodies, Changes, Comparison, Fingerprint, Index, Jump, make_index, mark, read_fingerprint,
    take_jumping, tell_changes, tell_jump, write_fingerprint,
)
from govtables.records import FAILS, Check, Finding

FACTS = "facts"  # folder in the room of a build, which holds what reports are compared by
FINGERPRINTS = pa.schema([
    ("document", pa.string()), ("report_id", pa.string()), ("mark", pa.binary(MARK.itemsize)),
    ("fingerprint", pa.binary()),
])
MOST_OPEN = 1 << 13  # fingerprints that a worker keeps


class Said(NamedTuple):
    """What others say of the reports of a part, but for jumps, and the pairs of years that may tell these."""

    reports: list[str]
    tables: Tables
    pairs: list[tuple[str, str]]  # of ids
    now: np.ndarray
    then: np.ndarray


def pack_fingerprints(facts: Sequence[tuple[str, Fingerprint]]) -> pa.Table:
    """Fingerprints, each with its document, as a table."""
    rows = [(document, one.report_id, mark(one), write_fingerprint(one)) for document, one in facts]
    columns = [*zip(*rows, strict=True)] or [()] * len(FINGERPRINTS)
    return pa.table([*map(pa.array, columns, FINGERPRINTS.types)], schema=FINGERPRINTS)


def write_facts(room: Path, parts: Iterable[pa.Table], bodies: Bodies) -> list[range]:
    """Write what workers look up; give the rows of each part."""
    folder = room / FACTS
    folder.mkdir()
    marks, ends, rows = [], [np.zeros(1, np.int64)], [0]
    with (folder / "fingerprints").open("wb") as file:
        for table in parts:
            some = table["fingerprint"].to_pylist()
            file.writelines(some)
            ends.append(ends[-1][-1] + np.cumsum([*map(len, some)]))
            marks.append(np.frombuffer(b"".join(table["mark"].to_pylist()), MARK))
            rows.append(rows[-1] + len(some))
    index = make_index(np.concatenate(marks))
    for name, array in zip(("ends", *Index._fields), (np.concatenate(ends), *index), strict=True):
        np.save(folder / f"{name}.npy", array)
    (folder / "bodies").write_bytes(pickle.dumps(bodies))
    return [range(*ends) for ends in pairwise(rows)]


def compare_parts(
    room: Path, parts: Sequence[range], deadly: Mapping[int, str], first: int, begin: Callable[[int], None]
) -> list[tuple[str, Changes]]:
    """Compare the reports of parts with all others; give for each the file of a `Said`, and its changes."""
    if deadly:
        raise OSError(say("pipeline.writer_ended", folder=room, why=join(deadly.values())))
    told = []
    for at, rows in enumerate(parts):
        begin(at)
        told.append(_compare(room, rows))
    return told


def _compare(room: Path, rows: range) -> tuple[str, Changes]:
    with _open_facts(room) as comparison:
        compared = [*map(comparison.compare, rows)]
    checks = [(one.report.report_id, check) for one in compared for check in one.checks]
    pairs = [(one.report, one.before) for one in compared if one.before]
    now, then = (take_jumping(pair[n] for pair in pairs) for n in (0, 1))
    ids = [(one.report_id, other.report_id) for one, other in pairs]
    said = Said([one.report.report_id for one in compared], across_tables(checks), ids, now, then)
    file = room / FACTS / uuid4().hex
    file.write_bytes(pickle.dumps(said, protocol=5))
    return file.name, tell_changes([(one.level, one.year) for one, _ in pairs], now, then)


@contextmanager
def _open_facts(room: Path) -> Iterator[Comparison]:
    folder = room / FACTS
    ends, *index = (
        np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in ("ends", *Index._fields)
    )
    with (folder / "fingerprints").open("rb") as file:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
            read = lru_cache(MOST_OPEN)(lambda row: read_fingerprint(lines[ends[row] : ends[row + 1]]))
            yield Comparison(Index(*index), read, _open_bodies(folder / "bodies"))


@lru_cache(1)
def _open_bodies(path: Path) -> Bodies:
    return pickle.loads(path.read_bytes())  # of this build, in its own room


def read_said(room: Path, file: str, jumps: Sequence[Jump]) -> tuple[list[str], Tables]:
    """The reports of a part, and what others say of them as rows: those on jumps behind all others."""
    said: Said = pickle.loads((room / FACTS / file).read_bytes())
    checks = []
    for jump in jumps:
        report_id, other = said.pairs[jump.pair]
        here, there = (float(numbers[jump.pair, jump.cell]) for numbers in (said.now, said.then))
        checks.append((report_id, tell_jump(jump, here, there, other)))
    more = across_tables(checks)
    return said.reports, {name: pa.concat_tables([said.tables[name], more[name]]) for name in more}


def across_tables(checks: Sequence[tuple[str, Check]]) -> Tables:
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
