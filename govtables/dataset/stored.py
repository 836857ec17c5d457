"""Tables as they lie in Parquet: of one build, and read no further than asked for.

In: the files of a build. Out: Arrow tables, a file at a time. Next: `published`.
"""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset.parts import Parts
from govtables.dataset.schema import SCHEMAS
from govtables.declared import mistake
from govtables.language import tell

GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")  # of a container on Linux
MOST_HELD = 400  # files that are held open
WIDTH = 8  # bytes of a number, or of where a text begins
Where = Mapping[str, Collection]


@dataclass(frozen=True, slots=True)
class Stored:
    """The files of one build: what takes their place while they are read is never mixed with them."""

    parts: Parts
    held: Mapping[Path, pa.NativeFile]  # opened files, which stay what they are

    def batches(self, name: str, columns: Sequence[str], where: Where) -> Iterator[pa.Table]:
        """Read the rows in which columns have one of some values: a table without rows, then file by file."""
        from pyarrow.dataset import ParquetFileFormat

        yield pa.schema([SCHEMAS[name].field(column) for column in columns]).empty_table()
        wanted = condition(name, where)
        for path in self.parts.files[name]:
            try:
                file = ParquetFileFormat().make_fragment(self._open(path))
                names = file.physical_schema.names
                table = file.to_table(columns=[*columns], filter=wanted)
            except (OSError, pa.ArrowException) as problem:
                self.parts.check()
                raise self._broken(path, tell("dataset.part_damaged", problem=problem)) from None
            if names != SCHEMAS[name].names:
                raise self._broken(path, tell("dataset.part_columns"))
            if not self.held:
                self.parts.check()
            if len(table):
                yield table

    def _open(self, path: Path) -> pa.NativeFile:
        return self.held[path] if self.held else pa.OSFile(str(path))

    def _broken(self, path: Path, why: str) -> ValueError:
        return mistake("dataset.build_again", path=path, why=why, folder=self.parts.folder)

    def need(self, name: str, columns: Sequence[str]) -> int:
        """Estimate the bytes of memory of a table as a frame, from what the files say of themselves."""
        found = 0
        for footer in map(pq.read_metadata, map(self._open, self.parts.files[name])):
            groups = (footer.row_group(at) for at in range(footer.num_row_groups))
            chunks = (group.column(at) for group in groups for at in range(group.num_columns))
            told = ((chunk.path_in_schema.partition(".")[0], chunk) for chunk in chunks)
            found += sum(_size(chunk, SCHEMAS[name].field(one).type) for one, chunk in told if one in columns)
        return found


def hold(parts: Parts) -> Stored:
    """Open the files of a build, if they are few: then it can be read to the end whatever takes its place."""
    paths = [path for some in parts.files.values() for path in some]
    few = len(paths) <= MOST_HELD and os.name != "nt"  # where an open file cannot be moved out
    return Stored(parts, {path: pa.OSFile(str(path)) for path in paths} if few else {})


def condition(name: str, where: Where) -> pc.Expression:
    """Make a condition on the rows of a table: that columns have one of some values."""
    found = pc.scalar(True)
    for column, values in where.items():
        kind = SCHEMAS[name].field(column).type
        coded = pa.types.is_dictionary(kind)
        field = pc.field(column).cast(kind.value_type) if coded else pc.field(column)
        found &= field.isin(pa.array([*values], kind.value_type if coded else kind))
    return found


def _size(chunk: pq.ColumnChunkMetaData, kind: pa.DataType) -> int:
    """Estimate the bytes of a column: of texts that stand in a dictionary, by the least and the greatest."""
    size, known = chunk.total_uncompressed_size, chunk.statistics
    if pa.types.is_string(kind) and known is not None and known.has_min_max:
        size = max(size, (len(known.min.encode()) + len(known.max.encode())) / 2 * known.num_values)
    return WIDTH * chunk.num_values + int(size)


def machine_memory() -> float:
    """Bytes of memory that the machine, or the container, has; without end where that is not told."""
    known = [float("inf")]
    with suppress(AttributeError, ValueError, OSError):  # AttributeError: on Windows
        known.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    with suppress(OSError, ValueError):
        known.append(int(GROUP_LIMIT.read_text()))
    return min(known)
