"""What reports say of one another: what they are compared by in one place, then part by part in workers.

In: fingerprints of all reports, in the order of the dataset. Out: rows of checks and findings for each part.
Next: `making`, `writing`.
"""

import mmap
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset import Tables, findings_table, to_table
from govtables.forms import name_codes
from govtables.language import join, tell
from govtables.proof import (
    MARK, Bodies, Changes, Comparison, Fingerprint, Index, Jump, jumping, make_index, mark,
    read_fingerprint, take_jumping, tell_changes, tell_jump, write_fingerprint,
)
from govtables.records import FAILS, Check, Finding

FACTS = "facts"  # folder in the room of a build, which holds what reports are compared by
FINGERPRINTS = pa.schema([
    ("document", pa.string()), ("report_id", pa.string()), ("mark", pa.binary(MARK.itemsize)),
    ("fingerprint", pa.binary()),
])
MOST_OPEN = 1 << 12  # fingerprints that a worker keeps
PAIR_ROWS = pa.schema([
    ("report_id", pa.string()), ("other", pa.string()), ("level", pa.string()), ("year", pa.int32()),
    *((name, pa.list_(pa.float64(), len(jumping()))) for name in ("now", "then")),
])


class Rows(NamedTuple):
    """The reports of a part, and the file of their pairs of years if the last build had these documents."""

    first: int
    end: int
    old: str


class Told(NamedTuple):
    """The file of a `Said`, none if all is as it was, and how numbers that may jump changed."""

    file: str
    changes: Changes


class Said(NamedTuple):
    """What others say of the reports of a part, but for jumps; pairs of years, and in their schema's metadata
    a hash of all that this depends on.
    """

    tables: Tables
    pairs: pa.Table


def pack_fingerprints(facts: Sequence[tuple[str, Fingerprint]]) -> pa.Table:
    """Fingerprints, each with its document, as a table."""
    lines = [write_fingerprint(one) for _, one in facts]
    pairs = zip(facts, lines, strict=True)
    rows = [(document, one.report_id, mark(one, line), line) for (document, one), line in pairs]
    columns = [*zip(*rows, strict=True)] or [()] * len(FINGERPRINTS)
    return pa.table([*map(pa.array, columns, FINGERPRINTS.types)], schema=FINGERPRINTS)


def write_facts(room: Path, parts: Iterable[pa.Table], bodies: Bodies) -> list[int]:
    """Write what workers look up; give the row at which each part begins, and the end of the last."""
    folder = room / FACTS
    folder.mkdir()
    marks, ends, rows = bytearray(), [np.zeros(1, np.int64)], [0]
    with (folder / "fingerprints").open("wb") as file:
        for table in parts:
            some = table["fingerprint"].to_pylist()
            file.writelines(some)
            ends.append(ends[-1][-1] + np.cumsum([*map(len, some)]))
            marks += b"".join(table["mark"].to_pylist())
            rows.append(rows[-1] + len(some))
    index = make_index(np.frombuffer(marks, MARK))
    for name, array in zip(("ends", *Index._fields), (np.concatenate(ends), *index), strict=True):
        np.save(folder / f"{name}.npy", array)
    (folder / "bodies").write_bytes(pickle.dumps(bodies))
    return rows


def compare_part(out: Path, room: Path, part: Rows) -> Told:
    """Compare the reports of a part with all others."""
    rows = range(part.first, part.end)
    with _open_facts(room) as comparison:
        schema = PAIR_ROWS.with_metadata({"seen": comparison.tell_seen(rows)})
        if part.old and (old := pq.read_table(out / part.old)).schema.metadata == schema.metadata:
            return Told("", _tell_changes(old))
        compared = [*map(comparison.compare, rows)]
    checks = [(one.report.report_id, check) for one in compared for check in one.checks]
    pairs = [(one.report, one.before) for one in compared if one.before]
    facts = [(one.report_id, other.report_id, one.level, one.year) for one, other in pairs]
    numbers = ([*take_jumping(pair[n] for pair in pairs)] for n in (0, 1))
    columns = [*(zip(*facts, strict=True) if facts else [()] * 4), *numbers]
    table = pa.table([pa.array(*column) for column in zip(columns, schema.types, strict=True)], schema=schema)
    file = room / FACTS / uuid4().hex
    file.write_bytes(pickle.dumps(Said(across_tables(checks), table), protocol=5))
    return Told(file.name, _tell_changes(table))


def _tell_changes(pairs: pa.Table) -> Changes:
    now, then = (_numbers(pairs[name]) for name in ("now", "then"))
    return tell_changes([*zip(pairs["level"].to_pylist(), pairs["year"].to_pylist(), strict=True)], now, then)


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    return column.combine_chunks().flatten().to_numpy().reshape(-1, len(jumping()))


def read_said(room: Path, file: str) -> Said:
    """What was found of a part."""
    return pickle.loads((room / FACTS / file).read_bytes())  # of this build, in its own room


def add_jumps(said: Said, jumps: Sequence[Jump]) -> Tables:
    """What others say of the reports of a part, jumps too, behind all else that is said of a report."""
    ids = [said.pairs[name].to_pylist() for name in ("report_id", "other")]
    numbers = [_numbers(said.pairs[name]) for name in ("now", "then")]
    checks = []
    for one in jumps:
        now, then = (float(some[one.pair, one.cell]) for some in numbers)
        checks.append((ids[0][one.pair], tell_jump(one, now, then, ids[1][one.pair])))
    order, more = said.tables["checks"]["report_id"].unique(), across_tables(checks)
    both = {name: pa.concat_tables([said.tables[name], more[name]]) for name in more}
    return {name: in_order_of(table, "report_id", order) for name, table in both.items()}


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


def in_order_of(rows: pa.Table, by: str, order: pa.Array) -> pa.Table:
    """Rows in the order of a column's values; rows of one value stay in theirs."""
    at = pc.index_in(rows[by].combine_chunks(), order).to_numpy(zero_copy_only=False)
    return rows if (at[1:] >= at[:-1]).all() else rows.take(np.argsort(at, kind="stable"))
