"""What a worker writes: a part of each table, of what was read of its documents, now or by an earlier build.

In: a `Task`. Out: files, and lines of `parts.csv` on them. Next: `folder`.

Flags of cells stay beside as they were read; the published ones tell what other reports say, too.
"""

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset import SCHEMAS, Part, Tables, add_doubts, open_tables, write_table
from govtables.indicators import indicators_table
from govtables.pipeline.comparing import FINGERPRINTS, Said, add_jumps, in_order_of, read_said
from govtables.pipeline.reading import PIECES
from govtables.proof import Jump

BUILT = ".built"  # folder in a dataset, of what the next build needs besides the tables
FLAGGED = ["flag", "flagged_by"]  # columns of `cells` that stand there as they were read
ACROSS = "_across"  # in the name of a file of checks across reports, which stands behind that of its part
ACROSS_BY = {"checks": "check", "findings": "kind"}  # tables of it, and what they say of which check it is
PAIRS = "pairs"  # table beside the published ones
DOUBTS = ["report_id", "kind", "cells"]  # of findings: what a part's own tables depend on
READ = tuple(name for name in SCHEMAS if name not in ("indicators", "codebook"))


class Files(NamedTuple):
    """Lines on the files of a part: of published tables, and of what stands beside them."""

    published: list[Part]
    beside: list[Part]

    def across(self, table: str) -> list[str]:
        """The file of what other reports say, if they say something."""
        return [one.file for one in self.published if one.table == table and ACROSS in one.file]


class Task(NamedTuple):
    """A part to be written: its file; the documents in order; pieces; and by file of the last build, which of
    these documents are to be taken from there.
    """

    file: str
    documents: pa.Array
    pieces: list[str]
    kept: dict[str, pa.Array]
    said: str  # the file of what other reports say, none if it is as it was but for jumps
    jumps: list[Jump]
    across: str  # the file of it as a part of the dataset
    old: Files | None  # the files of a part with the same documents, as they were


def write_part(out: Path, room: Path, task: Task) -> Files:
    """Write what was read of a part, unless all would be as it was; and what other reports say of it."""
    said = read_said(room, task.said) if task.said else _read_old(out, task.old)
    across = add_jumps(said, task.jumps)
    doubts = across["findings"].select(DOUBTS)
    files = _keep(out, room, task, doubts) or _write_read(out, room, task, doubts)
    files.beside.append(write_table(room / "new" / BUILT / PAIRS, task.file, said.pairs))
    given = [(name, table) for name, table in across.items() if len(table)]
    files.published.extend(write_table(room / "new" / name, task.across, table) for name, table in given)
    return files


def _read_old(out: Path, old: Files) -> Said:
    """What other reports said of those of a part, but for jumps."""
    tables = {}
    for name, kind in ACROSS_BY.items():
        some = [pq.read_table(out / name / file).cast(SCHEMAS[name]) for file in old.across(name)]
        table = some[0] if some else SCHEMAS[name].empty_table()
        tables[name] = table.filter(pc.not_equal(table[kind], "jump"))
    [pairs] = [out / BUILT / PAIRS / one.file for one in old.beside if one.table == PAIRS]
    return Said(tables, pq.read_table(pairs))


def _keep(out: Path, room: Path, task: Task, doubts: pa.Table) -> Files | None:
    """Keep the files of a part of the last build, if other reports doubt what they doubted then."""
    if task.old is None:
        return None
    known = (pq.read_table(out / "findings" / file, columns=DOUBTS) for file in task.old.across("findings"))
    if not next(known, doubts[:0]).equals(doubts):
        return None
    made = []
    for some, folder in zip(task.old, (Path(), Path(BUILT)), strict=True):
        own = [one for one in some if ACROSS not in one.file and one.table != PAIRS]
        for one in own:
            link(out / folder / one.table / one.file, room / "new" / folder / one.table / task.file)
        made.append([one._replace(file=task.file) for one in own])
    return Files(*made)


def _write_read(out: Path, room: Path, task: Task, doubts: pa.Table) -> Files:
    read, new = _gather(out, room, task), room / "new"
    beside = {"fingerprints": read["fingerprints"], "cells": read["cells"].select(FLAGGED)}
    published = _finish({name: read[name] for name in READ}, doubts)
    return Files(*(
        [write_table(folder / name, task.file, table) for name, table in tables.items()]
        for folder, tables in ((new, published), (new / BUILT, beside))
    ))


def link(old: Path, new: Path) -> None:
    """Let a file stand in a second place; where the disk cannot, a copy does."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _gather(out: Path, room: Path, task: Task) -> Tables:
    """Rows of the part's documents from all places where they stand, in the order of the documents."""
    sources = [dict(open_tables(room / PIECES / piece)).__getitem__ for piece in task.pieces]
    sources += [_open_part(out, file, documents) for file, documents in task.kept.items()]
    told = pa.concat_tables(source("fingerprints") for source in sources)
    made = {"fingerprints": in_order_of(told, "document", task.documents)}
    reports = made["fingerprints"]["report_id"].combine_chunks()
    for name in READ:
        rows = pa.concat_tables(source(name) for source in sources).combine_chunks()
        made[name] = rows if made["fingerprints"] is told else in_order_of(rows, "report_id", reports)
    return made


def _open_part(out: Path, file: str, documents: pa.Array) -> Callable[[str], pa.Table]:
    """Tables of a part of the last build, as they were read: the rows of some documents."""
    told = pq.read_table(out / BUILT / "fingerprints" / file, schema=FINGERPRINTS)
    told = told.filter(pc.is_in(told["document"], documents))

    def read(name: str) -> pa.Table:
        if name == "fingerprints":
            return told
        rows = pq.read_table(out / name / file).cast(SCHEMAS[name])  # it names what lists hold
        if name == "cells":
            as_read = pq.read_table(out / BUILT / name / file)
            rows = pa.table({one: (as_read if one in FLAGGED else rows)[one] for one in rows.column_names})
        return rows.filter(pc.is_in(rows["report_id"], told["report_id"].combine_chunks()))

    return read


def _finish(tables: Tables, across: pa.Table) -> Tables:
    """Flag the cells that other reports speak against, compute the indicators, count the findings."""
    doubts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in across.to_pylist():
        for code in row["cells"]:
            doubts[row["report_id"], code].append(row["kind"])
    cells = add_doubts(tables["cells"], doubts)
    found = Counter(across["report_id"].to_pylist() + tables["findings"]["report_id"].to_pylist())
    reports, at = tables["reports"], SCHEMAS["reports"].get_field_index("n_findings")
    counts = pa.array([found[name] for name in reports["report_id"].to_pylist()], pa.int32())
    tables |= {"cells": cells, "indicators": indicators_table(cells, tables["bounds"])}
    return tables | {"reports": reports.set_column(at, SCHEMAS["reports"].field(at), counts)}
