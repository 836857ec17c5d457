"""What a worker writes: a part of each table, of what was read of its documents, now or by an earlier build.

In: a `Task`. Out: files, and lines of `parts.csv` on them. Next: `folder`.

Flags of cells stay beside as they were read; the published ones tell what other reports say, too.
"""

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset import SCHEMAS, Part, Tables, add_doubts, open_tables, write_table
from govtables.declared import say
from govtables.indicators import indicators_table
from govtables.language import join
from govtables.pipeline.reading import FINGERPRINTS, PIECES

BUILT = ".built"  # folder in a dataset, of what the next build needs besides the tables
FLAGGED = ["flag", "flagged_by"]  # columns of `cells` that stand there as they were read
READ = tuple(name for name in SCHEMAS if name not in ("indicators", "codebook"))


class Task(NamedTuple):
    """A part to be written: its file; the documents in order; pieces; and by file of the last build, which of
    these documents are to be taken from there."""

    file: str
    documents: pa.Array
    pieces: list[str]
    kept: dict[str, pa.Array]
    doubts: pa.Table  # findings across reports on those of the part


def write_parts(
    out: Path, room: Path, tasks: Sequence[Task], deadly: Mapping[int, str], first: int,
    begin: Callable[[int], None],
) -> list[tuple[list[Part], list[Part]]]:
    """Write parts; give the lines on the files of each, the published ones and the others."""
    if deadly:
        raise OSError(say("pipeline.writer_ended", folder=out, why=join(deadly.values())))
    written = []
    for at, task in enumerate(tasks):
        begin(at)
        written.append(_write_part(out, room, task))
    return written


def _write_part(out: Path, room: Path, task: Task) -> tuple[list[Part], list[Part]]:
    read, new = _gather(out, room, task), room / "new"
    beside = {"fingerprints": read["fingerprints"], "cells": read["cells"].select(FLAGGED)}
    published = _finish({name: read[name] for name in READ}, task.doubts)
    return _write_tables(new, task.file, published), _write_tables(new / BUILT, task.file, beside)


def _write_tables(folder: Path, file: str, tables: Tables) -> list[Part]:
    return [write_table(folder / name, file, table) for name, table in tables.items()]


def link(old: Path, new: Path) -> None:
    """Let a file stand in a second place; where the disk cannot, a copy does."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _gather(out: Path, room: Path, task: Task) -> Tables:
    """Rows of the part's documents from all places where they stand, in the order of the documents."""
    sources = [open_tables(room / PIECES / piece).__getitem__ for piece in task.pieces]
    sources += [_open_part(out, file, documents) for file, documents in task.kept.items()]
    told = pa.concat_tables(source("fingerprints") for source in sources)
    made = {"fingerprints": _sort(told, "document", task.documents)}
    reports = made["fingerprints"]["report_id"].combine_chunks()
    for name in READ:
        rows = pa.concat_tables(source(name) for source in sources).combine_chunks()
        made[name] = rows if made["fingerprints"] is told else _sort(rows, "report_id", reports)
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


def _sort(rows: pa.Table, by: str, order: pa.Array) -> pa.Table:
    """Rows in the order of a column's values; rows of one value stay in theirs."""
    at = pc.index_in(rows[by].combine_chunks(), order).to_numpy(zero_copy_only=False)
    return rows if (at[1:] >= at[:-1]).all() else rows.take(np.argsort(at, kind="stable"))


def _finish(tables: Tables, across: pa.Table) -> Tables:
    """Flag the cells that other reports speak against, compute the indicators, count the findings."""
    doubts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in across.select(["report_id", "cells", "kind"]).to_pylist():
        for code in row["cells"]:
            doubts[row["report_id"], code].append(row["kind"])
    cells = add_doubts(tables["cells"], doubts)
    found = Counter(across["report_id"].to_pylist() + tables["findings"]["report_id"].to_pylist())
    reports, at = tables["reports"], SCHEMAS["reports"].get_field_index("n_findings")
    counts = pa.array([found[name] for name in reports["report_id"].to_pylist()], pa.int32())
    tables |= {"cells": cells, "indicators": indicators_table(cells, tables["bounds"])}
    return tables | {"reports": reports.set_column(at, SCHEMAS["reports"].field(at), counts)}
