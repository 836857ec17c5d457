"""Compare what two checkouts of the package make of the same documents, byte for byte.

In: the folder of another checkout. Out: a line a table, and exit status 1 where one differs. The documents
are those of data/raw and tests/documents, synthetic reports, and reports in other formats; each checkout
builds them with its own package.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

TOP = Path(__file__).resolve().parents[1]
from relay.score import MAKERS
from synthetic import GENERATIONS, make_report
from text_scores import plan

FORMATS = {"docx": 0.05, "xlsx": 0.05, "pdf": 0.02}  # documents of a format for each synthetic report
BUILD = "import sys; from govtables.cli import main; sys.exit(main(['build', sys.argv[1], sys.argv[2]]))"
SUFFIXES = (".csv", ".error")  # what is expected of the documents in tests/documents


def make_documents(folder: Path, reports: int, seed: int) -> None:
    """Fill a folder with documents."""
    for path in (
        path for name in ("data/raw", "tests/documents") for path in sorted((TOP / name).rglob("*"))
    ):
        if path.is_file() and path.suffix not in SUFFIXES:
            _write(folder / path.relative_to(TOP), path.read_bytes())
    for job in plan(reports, seed, None):
        sample = make_report(job.seed, job.generation, job.layout, job.noise)
        _write(folder / "synthetic" / f"{job.seed}-{sample.name}", sample.data)
    for kind, share in FORMATS.items():
        for n in range(round(share * reports)):
            sample = MAKERS[kind][0](seed + n, GENERATIONS[n % 2], n % 4 > 1)
            _write(folder / kind / sample.name, sample.data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def build(checkout: Path, raw: Path, out: Path) -> None:
    """Build the documents with the package of a checkout."""
    environment = os.environ | {"PYTHONPATH": str(checkout), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-c", BUILD, str(raw), str(out)]
    subprocess.run(command, cwd=checkout, env=environment, check=True, stdout=subprocess.DEVNULL)


def compare(one: Path, other: Path, dropped: frozenset[str]) -> Iterator[tuple[str, str | None]]:
    """Give each published table, and each file beside them, its difference or None; columns that only one
    side has are told, unless they are `dropped`, and what both have is compared."""
    names = {path.name for folder in (one, other) for path in folder.iterdir()}
    for name in sorted(name for name in names if not name.startswith(".")):
        if not ((one / name).exists() and (other / name).exists()):
            yield name, "is missing on one side"
        elif _bytes(one / name) == _bytes(other / name):
            yield name, None
        elif not _files(one / name):
            yield name, "other bytes"
        else:
            left_out = {c.partition(".")[2] for c in dropped if c.startswith(f"{name}.")}
            yield name, _difference(one / name, other / name, left_out)


def _files(path: Path) -> list[Path]:
    """The parts of a table; a file beside the tables, such as the list of parts, has none."""
    return [path] if path.suffix == ".parquet" else sorted(path.glob("*.parquet"))


def _bytes(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in _files(path) or [path]}


def _difference(one: Path, other: Path, dropped: set[str]) -> str | None:
    left, right = (pq.read_table(path).replace_schema_metadata(None) for path in (one, other))
    both = [name for name in left.column_names if name in right.column_names and name not in dropped]
    lone = {*left.column_names} ^ {*right.column_names}
    said = [f"only one side has the column {name}" for name in sorted(lone - dropped)]
    kinds = [name for name in both if left.schema.field(name).type != right.schema.field(name).type]
    said += [f"{name} is of another type" for name in kinds]
    if left.num_rows != right.num_rows:
        return "; ".join([*said, f"{left.num_rows} and {right.num_rows} rows"])
    said += filter(None, (_first_difference(name, left, right) for name in both))
    if said:
        return "; ".join(said)
    files = _files(one), _files(other)
    if [file.name for file in files[0]] != [file.name for file in files[1]]:
        return "the same rows in other parts"
    same = all(_rewritten(*pair, both) for pair in zip(*files, strict=True))
    return None if same else "the same rows in other bytes"


def _first_difference(column: str, left: pa.Table, right: pa.Table) -> str | None:
    pairs = enumerate(zip(left[column].to_pylist(), right[column].to_pylist(), strict=True))
    at = next((n for n, (a, b) in pairs if a != b and not (a != a and b != b)), None)
    if at is None:
        return None
    key = left["report_id"][at].as_py() if "report_id" in left.column_names else ""
    before, after = (str(table[column][at].as_py())[:300] for table in (left, right))
    return f"{column} of row {at} {key}: {before!r} and {after!r}"


def _rewritten(one: Path, other: Path, columns: list[str]) -> bool:
    """Tell whether two parts are the same bytes, but for the build's id, when both write the same columns."""
    made = []
    for path in (one, other):
        with pa.BufferOutputStream() as out:
            file = pq.ParquetFile(path)
            groups = [file.read_row_group(n, columns) for n in range(file.num_row_groups)]
            groups = [group.replace_schema_metadata(None) for group in groups]
            schema = groups[0].schema if groups else pa.schema([])
            with pq.ParquetWriter(out, schema, compression="zstd") as writer:
                for group in groups:
                    writer.write_table(group)
            made.append(out.getvalue().to_pybytes())
    return made[0] == made[1]


def main() -> int:
    """Run the comparison and return its exit status."""
    parser = argparse.ArgumentParser(
        description="Compare the tables that two checkouts make of the same documents."
    )
    parser.add_argument("other", type=Path, help="folder of the other checkout")
    parser.add_argument("--reports", type=int, default=2000, help="synthetic reports (default: 2000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other reports")
    parser.add_argument(
        "--dropped",
        nargs="*",
        default=["reports.path"],
        help="columns that one side may lack (default: reports.path)",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        help="folder in which documents and tables of the other checkout stay for the next run",
    )
    chosen = parser.parse_args()
    with TemporaryDirectory() as room:
        kept = (chosen.keep or Path(room)) / f"{chosen.reports}-{chosen.seed}"
        if not (kept / "other").exists():
            make_documents(kept / "raw", chosen.reports, chosen.seed)
            build(chosen.other.resolve(), kept / "raw", kept / "other")
        build(TOP, kept / "raw", Path(room) / "tables")
        found = list(compare(kept / "other", Path(room) / "tables", frozenset(chosen.dropped)))
    for name, difference in found:
        print(f"{name:12} {difference or 'equal'}")
    return int(any(difference for _, difference in found))


if __name__ == "__main__":
    sys.exit(main())
