"""Tables as they lie in Parquet: opened as one build, and read no further than asked for.

In: a folder that `store` published. Out: Arrow tables, a row group at a time. Next: `published`.
"""

import os
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset.parts import Parts
from govtables.dataset.schema import SCHEMAS

GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")  # of a container on Linux
WIDTH = 8  # bytes of a number, or of where a text begins
Where = Mapping[str, Collection]


@dataclass(frozen=True, slots=True)
class Stored:
    """The files of one build: what takes their place while they are read is never mixed with them."""

    parts: Parts

    def batches(self, name: str, columns: Sequence[str], where: Where) -> Iterator[pa.Table]:
        """Read the rows in which columns have one of some values, file by file, or else a table without rows.

        Row groups that cannot hold such a value are not read.
        """
        asked, found = [*dict.fromkeys([*columns, *where])], 0
        wanted = {key: sorted(some) for key, some in where.items()}
        for path in self.parts.files[name]:
            with self._open(name, path) as file:
                groups = [at for at in range(file.num_row_groups) if _may_hold(file, at, wanted)]
                table = keep(file.read_row_groups(groups, asked), where).select(columns) if groups else ()
            if len(table):
                found += 1
                yield table
        if not found:
            yield pa.schema([SCHEMAS[name].field(column) for column in columns]).empty_table()

    def count(self, name: str) -> int:
        """How many rows a table has."""
        return sum(file.num_rows for file in self._footers(name))

    def need(self, name: str, columns: Sequence[str]) -> int:
        """Estimate the bytes of memory of a table as a frame, from what the files say of themselves."""
        found = 0
        for footer in self._footers(name):
            groups = (footer.row_group(at) for at in range(footer.num_row_groups))
            chunks = (group.column(at) for group in groups for at in range(group.num_columns))
            told = ((chunk.path_in_schema.partition(".")[0], chunk) for chunk in chunks)
            found += sum(_size(chunk, SCHEMAS[name].field(one).type) for one, chunk in told if one in columns)
        return found

    def _footers(self, name: str) -> Iterator[pq.FileMetaData]:
        for path in self.parts.files[name]:
            with self._open(name, path) as file:
                yield file.metadata

    @contextmanager
    def _open(self, name: str, path: Path) -> Iterator[pq.ParquetFile]:
        """Open a file of a table; an error names one that is damaged, or is of another build or version."""
        remedy = f"run govtables build RAW {self.parts.folder} again"
        try:
            with pq.ParquetFile(path) as file:
                if file.schema_arrow.names != SCHEMAS[name].names:
                    raise ValueError(f"{path}: has other columns than this version writes; {remedy}")
                yield file
        except (OSError, pa.ArrowException) as problem:
            self.parts.check()
            raise ValueError(f"{path}: missing or damaged ({problem}); {remedy}") from None
        self.parts.check()


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
