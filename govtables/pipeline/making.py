"""A dataset while it is made: what is read, what is kept, and what reports say of one another.

In: a `Plan`, the `Piece`s that workers read. Out: the tables in their room, part by part. Next: `folder`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset import Part, complete, open_tables, write_listed
from govtables.pipeline.comparing import FINGERPRINTS, Rows, compare_part, in_order_of, write_facts
from govtables.pipeline.kept import Plan, find_part, name_part, write_manifest
from govtables.pipeline.listing import to_listed
from govtables.pipeline.reading import PIECES, Item, Piece
from govtables.pipeline.workers import Do, Work, do_each
from govtables.pipeline.writing import ACROSS, BUILT, PAIRS, Files, Task, write_part
from govtables.proof import Bodies, Decision, Jump, find_jumps

BATCH = 200  # documents that a process reads at a time


@dataclass(slots=True)
class Making:
    """What was read of each part, then what is written of it."""

    plan: Plan
    out: Path
    room: Path
    bodies: Bodies
    as_related: bool  # as those of the last build were
    asked: list[tuple[int, np.ndarray]] = field(default_factory=list)  # part and documents of each batch
    pieces: dict[int, list[str]] = field(default_factory=dict)  # by part
    hashes: list[pa.Array] = field(default_factory=list)  # of the documents of each piece
    published: list[Part] = field(default_factory=list)
    beside: list[Part] = field(default_factory=list)

    def list_items(self, decisions: Mapping[str, tuple[Decision, ...]]) -> Iterator[list[Item]]:
        """Give the documents that are not known to be as they were, in batches."""
        plan = self.plan
        for number, (first, end) in enumerate(zip(plan.starts, plan.starts[1:], strict=False)):
            todo = first + np.flatnonzero(~plan.is_same[first:end])
            for some in (todo[at : at + BATCH] for at in range(0, len(todo), BATCH)):
                self.asked.append((number, some))
                pairs = zip(plan.may_be[some], plan.old_hashes(some).to_pylist(), strict=True)
                known = [sha256.hex() if sha256 and may_be else "" for may_be, sha256 in pairs]
                listed = to_listed(plan.listing.take(some), plan.origins)
                yield [Item(*one) for one in zip(
                    listed, (decisions.get(one.name, ()) for one in listed), known, strict=True
                )]

    def add(self, piece: Piece) -> None:
        """Take what was read of a batch, in the order in which they were given."""
        number, some = self.asked[len(self.hashes)]
        self.plan.is_same[some] = piece.is_same
        self.pieces.setdefault(number, []).append(piece.file)
        self.hashes.append(pa.array([bytes.fromhex(one) or None for one in piece.sha256], pa.binary(32)))

    def compare(self, do: Do) -> None:
        """Compare the reports of each part with all others; write or keep it with what is found."""
        parts = range(self.plan.count)
        ends = write_facts(self.room, map(self._read_fingerprints, parts), self.bodies)
        old = [*map(self._find_old, parts)]
        pairs = ([one for one in files.beside if one.table == PAIRS] if files else [] for files in old)
        pairs = (f"{BUILT}/{PAIRS}/{some[0].file}" if some and self.as_related else "" for some in pairs)
        rows = ([Rows(*one)] for one in zip(ends, ends[1:], pairs, strict=False))
        told = [one for [one] in do(self._each(compare_part), rows)]
        jumps = find_jumps([one.changes for one in told])
        said = zip(parts, old, (one.file for one in told), jumps, strict=True)
        for [files] in do(self._each(write_part), ([self._task(*one)] for one in said)):
            self.published += files.published
            self.beside += files.beside

    def _find_old(self, number: int) -> Files | None:
        """The files of a part of the last build that has the same documents, as they were."""
        old, kept = find_part(self.plan, number), self.plan.kept
        return None if old is None else Files(kept.files[old], kept.beside[old])

    def _each(self, work: Callable) -> Work:
        return partial(do_each, self.out, partial(work, self.out, self.room))

    def _read_fingerprints(self, number: int) -> pa.Table:
        """What the reports of a part are compared by, in the order of their documents."""
        told = [next(open_tables(self.room / PIECES / file))[1] for file in self.pieces.get(number, ())]
        for file, documents in self._find_kept(number).items():
            old = pq.read_table(self.out / BUILT / "fingerprints" / file, schema=FINGERPRINTS)
            told.append(old.filter(pc.is_in(old["document"], documents)))
        return in_order_of(pa.concat_tables(told), "document", self._documents(number))

    def _documents(self, number: int) -> pa.Array:
        first, end = self.plan.starts[number : number + 2]
        return self.plan.listing["name"].slice(first, end - first).combine_chunks()

    def _find_kept(self, number: int) -> dict[str, pa.Array]:
        """The documents of a part that are as they were, by the file that they stand in."""
        plan, (first, end) = self.plan, self.plan.starts[number : number + 2]
        some = first + np.flatnonzero(plan.is_same[first:end])
        if not len(some):
            return {}
        was, count = plan.kept.manifest["part"].take(plan.at[some]).to_numpy(), plan.kept.count
        names = {old: plan.listing["name"].take(pa.array(some[was == old])) for old in np.unique(was)}
        return {name_part(old, count): some.combine_chunks() for old, some in names.items()}

    def _task(self, number: int, old: Files | None, *said: str | list[Jump]) -> Task:
        """A part to be written."""
        file, across = (name_part(number, self.plan.count, end) for end in ("", ACROSS))
        given = self._documents(number), self.pieces.get(number, []), self._find_kept(number)
        return Task(file, *given, *said, across, old)

    def complete(self, told: Mapping[str, str], now: int) -> None:
        """Write what the tables and the next build need besides."""
        documents = np.arange(len(self.plan.at))
        hashes = pa.concat_arrays([self.plan.old_hashes(documents), *self.hashes])
        at, read = documents.copy(), [some for _, some in self.asked]
        at[np.concatenate([documents[:0], *read])] = np.arange(len(at), len(hashes))
        write_manifest(self.room / "new", self.plan, hashes.take(pa.array(at)), told, now)
        write_listed(self.room / "new" / BUILT, self.beside)
        complete(self.room / "new", self.published)
