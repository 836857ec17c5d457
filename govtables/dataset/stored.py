"""Tables as they lie in Parquet: opened as one build, and read no further than asked for.

In: a folder that `store` published. Out: Arrow tables, a row group at a time. Next: `published`.
"""

import os
import time
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset.schema import SCHEMAS
from govtables.dataset.store import BUILD, PART

PAUSES = (0, 0.05, 0.2)  # seconds until a dataset that may be just being replaced is read again
GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")  # of a container on Linux
WIDTH = 8  # bytes of a number, or of where a text begins
Where = Mapping[str, Collection]


@dataclass(frozen=True, slots=True)
class Stored:
    """The opened files of each table: they stay what they are, whatever takes their place."""

    folder: Path
    files: Mapping[str, Sequence[pq.ParquetFile]]

    def batches(self, name: str, columns: Sequence[str], where: Where) -> Iterator[pa.Table]:
        """Read the rows in which columns have one of some values, file by file, or else a table without rows.

        What cannot hold such a value is not read."""
        asked, wanted = [*dict.fromkeys([*columns, *where])], {key: sorted(some) for key, some in where.items()}
        found = 0
        for file in self.files[name]:
            groups = [at for at in range(file.num_row_groups) if _may_hold(file, at, wanted)]
            if groups:
                with _naming(self.folder, name):
                    table = keep(file.read_row_groups(groups, asked), where).select(columns)
                found += table.num_rows
                yield table
        if not found:
            yield pa.schema([SCHEMAS[name].field(column) for column in columns]).empty_table()

    def count(self, name: str) -> int:
        """How many rows a table has."""
        return sum(file.metadata.num_rows for file in self.files[name])

    def need(self, name: str, columns: Sequence[str]) -> int:
        """Estimate the bytes of memory of a table as a frame, from what the files say of themselves."""
        found = 0
        for file in self.files[name]:
            groups = (file.metadata.row_group(at) for at in range(file.num_row_groups))
            chunks = (group.column(at) for group in groups for at in range(group.num_columns))
            told = ((chunk.path_in_schema.partition(".")[0], chunk) for chunk in chunks)
            found += sum(_size(chunk, SCHEMAS[name].field(one).type) for one, chunk in told if one in columns)
        return found


def keep(table: pa.Table, where: Where) -> pa.Table:
    """Keep the rows of a table in which columns have one of some values."""
    for name, values in where.items():
        column, kind = table[name], table.schema.field(name).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        table = table.filter(pc.is_in(column.cast(kind), pa.array(sorted(values), kind)))
    return table


def _may_hold(file: pq.ParquetFile, group: int, wanted: Mapping[str, list]) -> bool:
    """Tell by its least and greatest values whether a row group can hold what is wanted."""
    for name, values in wanted.items():
        known = file.metadata.row_group(group).column(file.schema_arrow.names.index(name)).statistics
        if known is not None and known.has_min_max:
            at = bisect_left(values, known.min)
            if at == len(values) or values[at] > known.max:
                return False
    return True


def _size(chunk: pq.ColumnChunkMetaData, kind: pa.DataType) -> int:
    """Estimate the bytes of a column: of texts that stand in a dictionary, by the least and the greatest."""
    size, known, mean = chunk.total_uncompressed_size, chunk.statistics, 0.0
    if pa.types.is_string(kind) and known is not None and known.has_min_max:
        mean = (len(known.min.encode()) + len(known.max.encode())) / 2 * known.num_values
    return WIDTH * chunk.num_values + int(max(size, mean))


def machine_memory() -> float:
    """Bytes of memory that the machine, or the container, has; without end where that is not told."""
    known = [float("inf")]
    with suppress(AttributeError, ValueError, OSError):  # AttributeError: on Windows
        known.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    with suppress(OSError, ValueError):
        known.append(int(GROUP_LIMIT.read_text()))
    return min(known)


def open_tables(out: Path) -> Stored:
    """Open the dataset that stands in a folder, or the one that takes its place meanwhile."""
    for pause in PAUSES:
        with suppress(ValueError):
            return _open(out)
        time.sleep(pause)
    return _open(out)


def _open(out: Path) -> Stored:
    """Open all tables, and see that they are of one build: opened files stay what they are."""
    missing = [name for name in SCHEMAS if not (out / name).is_dir()]
    if missing:
        raise ValueError(
            f"{out}: no dataset here (missing: {', '.join(missing)}); make one with govtables build RAW {out}"
        )
    files = {}
    for name in SCHEMAS:
        with _naming(out, name):
            files[name] = [pq.ParquetFile(pa.OSFile(str(out / name / PART)))]
    _refuse_other_builds(out, files)
    return Stored(out, files)


def _refuse_other_builds(out: Path, files: Mapping[str, Sequence[pq.ParquetFile]]) -> None:
    """Raise if the tables are of several builds, or of another version."""
    builds = set()
    for name, found in ((name, file) for name, some in files.items() for file in some):
        builds.add((found.metadata.metadata or {}).get(BUILD))
        if found.schema_arrow.names != SCHEMAS[name].names:
            columns = f"{out / name}: has other columns than this version writes"
            raise ValueError(f"{columns}; run govtables build RAW {out} again")
    if len(builds) > 1:
        raise ValueError(f"{out}: tables of different builds; run govtables build RAW {out} again")


@contextmanager
def _naming(out: Path, name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as problem:
        raise ValueError(
            f"{out / name / PART}: missing or damaged ({problem}); run govtables build RAW {out} again"
        ) from None
