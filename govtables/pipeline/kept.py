"""What a build may keep of the last one: which documents are as they were, and which parts they make.

In: a dataset with what its build left in `.built`, and the documents there are now. Out: a `Plan`.
Next: `folder`.

A file counts as it was if its path, size and time of change are; with another time, if its hash is. What was
changed in the moment before it was listed is hashed, too, as is whatever was not read for want of its bytes.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset import PART, SCHEMAS, Part, read_listed
from govtables.pipeline.listing import LISTING, NO_FILE
from govtables.pipeline.registry import Origin
from govtables.pipeline.writing import BUILT

MANIFEST = "manifest.parquet"
COLUMNS = pa.schema([*LISTING, ("sha256", pa.binary(32)), ("given", pa.string()), ("part", pa.int32())])
LEAST, EACH, MOST = 500, 500, 2_000  # documents of a part: the least, how many more on average, the most
ROWS = 10_000  # of the manifest that are written at a time
MOMENT = 2_000_000_000  # ns; a file may be changed again within it and keep its time
NUMBER = re.compile(r"part-(\d+)")


def cut(names: Iterable[str]) -> list[int]:
    """Where parts begin, told by the names alone: one that comes or goes moves hardly any border.

    Names of one document and of the further reports in it, as `a.txt#2`, stand in one part.
    """
    starts: list[int] = []
    owner = None
    for at, name in enumerate(names):
        if owner is not None and name.startswith(owner + "#"):
            continue
        owner, size = name, at - starts[-1] if starts else MOST
        if size >= MOST or (size >= LEAST and zlib.crc32(name.encode()) % EACH == 0):
            starts.append(at)
    return starts


def name_part(number: int, count: int, end: str = "") -> str:
    """The name of a part's file: such that files sorted by name are sorted by number."""
    return PART.format(f"{number:0{len(str(count - 1))}}{end}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the last build left: documents, whom it compared, and the files of parts that are whole."""

    manifest: pa.Table = field(default_factory=COLUMNS.empty_table)
    compared: str = ""
    files: Mapping[int, list[Part]] = field(default_factory=dict)
    beside: Mapping[int, list[Part]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many parts there were, whole or not."""
        return pc.max(self.manifest["part"]).as_py() + 1


def open_kept(out: Path, code: str) -> Kept:
    """Read what may be kept: nothing, if it was made by other code, or if files came or went."""
    with suppress(OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        manifest = pq.read_table(out / BUILT / MANIFEST)
        known = manifest.schema.metadata
        published, beside = (read_listed(folder) for folder in (out, out / BUILT))
        there = {(path.parent.name, path.name) for name in SCHEMAS for path in (out / name).iterdir()}
        if known[b"code"].decode() == code and there == {part[:2] for part in published}:
            files, others = _by_part(out, published), _by_part(out / BUILT, beside)
            whole = files.keys() & others.keys()
            files, others = ({n: some[n] for n in sorted(whole)} for some in (files, others))
            return Kept(manifest.cast(COLUMNS), known[b"compared"].decode(), files, others)
    return Kept()


def _by_part(folder: Path, parts: Iterable[Part]) -> dict[int, list[Part]]:
    """Files by the number of their part, of parts whose files are all as they were written."""
    found: dict[int, list[Part]] = {}
    damaged = set()
    for part in parts:
        if part.table != "codebook":
            number = int(NUMBER.match(part.file)[1])
            found.setdefault(number, []).append(part)
            data = (folder / part.table / part.file).read_bytes()
            damaged |= {number} if hashlib.sha256(data).hexdigest() != part.sha256 else set()
    return {number: some for number, some in found.items() if number not in damaged}


@dataclass(slots=True)
class Plan:
    """Documents there are now, beside those of the last build."""

    listing: pa.Table
    origins: Mapping[str, Origin] | None
    given: pa.Array  # what else the rows of each depend on
    kept: Kept
    starts: list[int]  # where parts begin, and where the last one ends
    at: np.ndarray  # where each stood, -1 for nowhere
    is_same: np.ndarray  # as it was by path, size and time
    may_be: np.ndarray  # if its hash is

    @property
    def count(self) -> int:
        """How many parts there are."""
        return len(self.starts) - 1

    def old_hashes(self, some: np.ndarray) -> pa.Array:
        """Hashes that some documents had, null of those that were not there."""
        at = pa.array(self.at[some], mask=self.at[some] < 0)
        return self.kept.manifest["sha256"].take(at).combine_chunks()


def make_plan(
    listing: pa.Table, origins: Mapping[str, Origin] | None, given: pa.Array, kept: Kept
) -> Plan:
    """Tell which documents are as they were."""
    old = kept.manifest
    at = pc.index_in(listing["name"], old["name"])
    whole = pc.is_in(old["part"], pa.array(kept.files, pa.int32()))
    may_be = pc.and_(whole, pc.is_valid(old["sha256"])).take(at)
    members = _fill(listing["member"]), _fill(old["member"])
    for now, was in ((listing["path"], old["path"]), (given, old["given"]), members):
        may_be = pc.and_(may_be, pc.equal(now, was.take(at)))
    same = may_be
    for name in ("size", "mtime_ns"):
        same = pc.and_(same, pc.equal(listing[name], old[name].take(at)))
    at, may_be, same = (
        pc.fill_null(some, empty).to_numpy()
        for some, empty in ((at, -1), (may_be, False), (same, False))
    )
    starts = [*cut(listing["name"].to_pylist()), len(listing)]
    return Plan(listing, origins, given, kept, starts, at, same.copy(), may_be & ~same)


def _fill(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(column, "")


def find_part(plan: Plan, number: int) -> int | None:
    """The part of the last build that has the documents of one, all of them as they were and no others."""
    first, end = plan.starts[number : number + 2]
    was, at = plan.kept.manifest["part"], plan.at[first:end]
    if not plan.is_same[first:end].all() or at[-1] - at[0] != len(at) - 1 or (np.diff(at) != 1).any():
        return None
    old, last = was[int(at[0])].as_py(), int(at[-1])
    alone = at[0] == 0 or was[int(at[0]) - 1].as_py() != old
    alone &= last == len(was) - 1 or was[last + 1].as_py() != old
    return old if alone and was[last].as_py() == old else None


def write_manifest(folder: Path, plan: Plan, hashes: pa.Array, told: Mapping[str, str], now: int) -> None:
    """Leave for the next build what was read when, and with what."""
    parts = np.repeat(np.arange(len(plan.starts) - 1, dtype=np.int32), np.diff(plan.starts))
    times = plan.listing["mtime_ns"]
    times = pc.if_else(pc.greater(times, now - MOMENT), NO_FILE, times)
    listing = plan.listing.set_column(LISTING.get_field_index("mtime_ns"), "mtime_ns", times)
    columns = [*listing.columns, hashes, plan.given, pa.array(parts)]
    table = pa.Table.from_arrays(columns, schema=COLUMNS.with_metadata(dict(told)))
    (folder / BUILT).mkdir(parents=True, exist_ok=True)
    pq.write_table(table, folder / BUILT / MANIFEST, row_group_size=ROWS, compression="zstd")
