"""A dataset while it is made: what is read, what is kept, and what reports say of one another.

In: a `Plan`, the `Piece`s that workers read. Out: the tables in their room, part by part. Next: `folder`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset import Part, Tables, complete, findings_table, to_table, write_listed, write_table
from govtables.forms import name_codes
from govtables.language import join, tell
from govtables.pipeline.kept import Plan, find_part, name_part, write_manifest
from govtables.pipeline.listing import to_listed
from govtables.pipeline.reading import Item, Piece, unpack_fingerprints
from govtables.pipeline.workers import Do
from govtables.pipeline.writing import BUILT, Task, link, write_parts
from govtables.proof import Comparison, Decision, in_order
from govtables.records import FAILS, Check, Finding

BATCH = 200  # documents that a process reads at a time
ACROSS = "_across"  # in the name of a file of checks across reports, which stands behind that of its part


@dataclass(slots=True)
class Making:
    """What was read of each part, then what is written of it."""

    plan: Plan
    out: Path
    room: Path
    panel: Comparison
    asked: list[tuple[int, np.ndarray]] = field(default_factory=list)  # part and documents of each batch
    pieces: dict[int, list[str]] = field(default_factory=dict)  # by part
    hashes: list[list[str]] = field(default_factory=list)  # of the documents of each piece
    published: list[Part] = field(default_factory=list)
    beside: list[Part] = field(default_factory=list)

    def list_items(self, decisions: Mapping[str, tuple[Decision, ...]]) -> Iterator[list[Item]]:
        """Give the documents that are not known to be as they were, in batches."""
        plan = self.plan
        for number, (first, end) in enumerate(zip(plan.starts, plan.starts[1:], strict=False)):
            todo = first + np.flatnonzero(~plan.is_same[first:end])
            for some in (todo[at : at + BATCH] for at in range(0, len(todo), BATCH)):
                self.asked.append((number, some))
                known = np.where(plan.may_be[some], plan.old_hashes(some), "")
                listed = to_listed(plan.listing.take(some), plan.origins)
                yield [Item(*one) for one in zip(
                    listed, (decisions.get(one.name, ()) for one in listed), known.tolist(), strict=True
                )]

    def add(self, piece: Piece) -> None:
        """Take what was read of a batch, in the order in which they were given."""
        number, some = self.asked[len(self.hashes)]
        self.plan.is_same[some] = piece.is_same
        self.pieces.setdefault(number, []).append(piece.file)
        self.hashes.append(piece.sha256)
        self._add(piece.fingerprints)

    def _add(self, fingerprints: pa.Table) -> None:
        for one in unpack_fingerprints(fingerprints):
            self.panel.add(one)

    def compare(self, do: Do) -> None:
        """Compare the reports, and write or keep each part with what is found of it."""
        for number in range(self.plan.count):
            for file, documents in self._find_kept(number).items():
                told = pq.read_table(self.out / BUILT / "fingerprints" / file)
                self._add(told.filter(pc.is_in(told["document"], documents)))
        for [(published, beside)] in do(partial(write_parts, self.out, self.room), self._list_tasks()):
            self.published += published
            self.beside += beside

    def _find_kept(self, number: int) -> dict[str, pa.Array]:
        """The documents of a part that are as they were, by the file that they stand in."""
        plan, (first, end) = self.plan, self.plan.starts[number : number + 2]
        some = first + np.flatnonzero(plan.is_same[first:end])
        if not len(some):
            return {}
        was, count = plan.kept.manifest["part"].take(plan.at[some]).to_numpy(), plan.kept.count
        names = plan.listing["name"].combine_chunks()
        return {name_part(old, count): names.take(pa.array(some[was == old])) for old in np.unique(was)}

    def _list_tasks(self) -> Iterator[list[Task]]:
        """Parts to be written, each once it is known what other reports say; others are kept."""
        plan = self.plan
        names = plan.listing["name"].combine_chunks()
        firsts = [*map(in_order, names.take(pa.array(plan.starts[:-1])).to_pylist())]
        found = groupby(self.panel.checks(), lambda one: bisect_right(firsts, in_order(one[0])) - 1)
        some = next(found, None)
        for number, (first, end) in enumerate(zip(plan.starts, plan.starts[1:], strict=False)):
            checks = []
            if some and some[0] == number:
                checks, some = [*some[1]], next(found, None)
            tables, said = across_tables(checks), ""
            for name in (name for name in tables if len(tables[name])):
                file = name_part(number, plan.count, ACROSS)
                part = write_table(self.room / "new" / name, file, tables[name])
                self.published.append(part)
                said = part.sha256 if name == "findings" else said
            if not self._keep(number, said):
                documents = names.slice(first, end - first)
                given = self.pieces.get(number, []), self._find_kept(number), tables["findings"]
                yield [Task(name_part(number, plan.count), documents, *given)]

    def _keep(self, number: int, said: str) -> bool:
        """Keep the files of a part of the last build, if other reports say what they said then."""
        old = find_part(self.plan, number)
        if old is None:
            return False
        files = self.plan.kept.files[old]
        if said != next((one.sha256 for one in files if one.table == "findings" and ACROSS in one.file), ""):
            return False
        file, new = name_part(number, self.plan.count), self.room / "new"
        own = (self.plan.kept.beside[old], self.beside, BUILT)
        for some, kept, folder in ((files, self.published, ""), own):
            for one in (one for one in some if ACROSS not in one.file):
                link(self.out / folder / one.table / one.file, new / folder / one.table / file)
                kept.append(one._replace(file=file))
        return True

    def complete(self, told: Mapping[str, str], now: int) -> None:
        """Write what the tables and the next build need besides."""
        hashes = self.plan.old_hashes(np.arange(len(self.plan.at)))
        for (_, some), read in zip(self.asked, self.hashes, strict=True):
            hashes[some] = read
        write_manifest(self.room / "new", self.plan, pa.array(hashes, pa.string()), told, now)
        write_listed(self.room / "new" / BUILT, self.beside)
        complete(self.room / "new", self.published)


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
