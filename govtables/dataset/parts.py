"""Which files make up a published dataset, and how a reader sees that all of them are of one build.

In: a folder of tables. Out: `parts.csv` in it; of that file, `Parts`. Next: `store`, `published`, `exports`.

Where a dataset takes the place of another, old and new never stand together. So what was read while one
and the same `parts.csv` stood there is of one build, and nobody need hold thousands of files open.
"""

import csv
import hashlib
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyarrow.parquet as pq

from govtables.dataset.schema import SCHEMAS
from govtables.declared import mistake
from govtables.language import phrase

FILE = "parts.csv"
PAUSES = (0, 0.05, 0.2)  # seconds until a dataset that may be just being replaced is read again
Made = TypeVar("Made")


class Part(NamedTuple):
    """A file of a table, in the order in which they are read: a line of `parts.csv`."""

    table: str
    file: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The files of one build, by table and in order."""

    folder: Path
    files: Mapping[str, tuple[Path, ...]]
    mark: tuple  # what tells this build from another that takes its place

    def check(self) -> None:
        """Raise `ValueError` if another build stands there by now; call it after what was read."""
        if _mark(self.folder) != self.mark:
            raise mistake("dataset.replaced", folder=self.folder)


def read_parts(out: Path, read: Callable[[Parts], Made]) -> Made:
    """Give what `read` makes of the files of one build: the one there, or the one that takes its place."""
    for pause in PAUSES:
        with suppress(ValueError, OSError):
            return _read_once(out, read)
        time.sleep(pause)
    return _read_once(out, read)


def _read_once(out: Path, read: Callable[[Parts], Made]) -> Made:
    parts = list_parts(out)
    made = read(parts)
    parts.check()
    return made


def list_parts(out: Path) -> Parts:
    """List the files of a dataset; an error names what is missing or has another size than was written."""
    missing = [name for name in (FILE, *SCHEMAS) if not (out / name).exists()]
    if missing:
        raise mistake("dataset.no_dataset", folder=out, missing=", ".join(missing))
    mark = _mark(out)
    files: dict[str, list[Path]] = {name: [] for name in SCHEMAS}
    for part in read_listed(out):
        path = out / part.table / part.file
        if part.table not in files:
            why = phrase("dataset.part_unknown", table=part.table)
            raise mistake("dataset.build_again", path=out / FILE, why=why, folder=out)
        if not path.is_file() or path.stat().st_size != part.bytes:
            problem = phrase("dataset.part_size" if path.is_file() else "dataset.no_file")
            why = phrase("dataset.part_damaged", problem=problem)
            raise mistake("dataset.build_again", path=path, why=why, folder=out)
        files[part.table].append(path)
    return Parts(out, {name: tuple(paths) for name, paths in files.items()}, mark)


def _mark(out: Path) -> tuple:
    with suppress(OSError):
        told = (out / FILE).stat()
        return told.st_dev, told.st_ino, told.st_mtime_ns, (out / FILE).read_bytes()
    return ()


def read_listed(out: Path) -> list[Part]:
    """Read the lines of `parts.csv`."""
    with (out / FILE).open(encoding="utf-8", newline="") as lines:
        found = [Part(**line) for line in csv.DictReader(lines)]
    return [part._replace(rows=int(part.rows), bytes=int(part.bytes)) for part in found]


def describe_part(path: Path) -> Part:
    """The line of `parts.csv` on a file of a table."""
    data = path.read_bytes()
    rows = pq.read_metadata(path).num_rows
    return Part(path.parent.name, path.name, rows, len(data), hashlib.sha256(data).hexdigest())


def write_listed(folder: Path, parts: list[Part]) -> None:
    """Write `parts.csv`: the tables in their order, the files of each by name."""
    order = {name: at for at, name in enumerate(SCHEMAS)}
    with (folder / FILE).open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(Part._fields)
        table.writerows(sorted(parts, key=lambda part: (order.get(part.table, len(order)), *part[:2])))
