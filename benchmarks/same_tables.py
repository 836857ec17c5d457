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
    """Give each published table its difference or None; `dropped` columns may be missing in either."""
    tables = {path.name for folder in (one, other) for path in folder.iterdir() if path.is_dir()}
    for name in sorted(name for name in tables if not name.startswith(".")):
        if not ((one / name).exists() and (other / name).exists()):
            yield name, "is missing on one side"
        elif _bytes(one / name) == _bytes(other / name):
            yield name, None
        else:
            left_out = {c.partition(".")[2] for c in dropped if c.startswith(f"{name}.")}
            yield name, _difference(one / name, other / name, left_out)


def _bytes(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


def _difference(one: Path, other: Path, dropped: set[str]) -> str | None:
    left, right = (pq.read_table(path).replace_schema_metadata(None) for path in (one, other))
    left, right = (
        table.drop_columns([c for c in table.column_names if c in dropped]) for table in (left, right)
    )
    if left.schema != right.schema:
        return f"schemas differ: {sorted(set(left.schema) ^ set(right.schema), key=str)}"
    if left.num_rows != right.num_rows:
        return f"{left.num_rows} and {right.num_rows} rows"
    for column in left.column_names:
        pairs = enumerate(zip(left[column].to_pylist(), right[column].to_pylist(), strict=True))
        at = next((n for n, (a, b) in pairs if a != b and not (a != a and b != b)), None)
        if at is not None:
            key = left["report_id"][at].as_py() if "report_id" in left.column_names else ""
            before, after = (str(table[column][at].as_py())[:300] for table in (left, right))
            return f"{column} of row {at} {key}: {before!r} and {after!r}"
    return None if _rewritten(left, one) == _rewritten(right, other) else "the same rows in other bytes"


def _rewritten(table: pa.Table, path: Path) -> bytes:
    """The bytes of a table as the package writes it, without the build's id, which names all columns."""
    with pa.BufferOutputStream() as out:
        groups = pq.ParquetFile(path if path.is_file() else next(path.rglob("*.parquet"))).metadata
        with pq.ParquetWriter(out, table.schema, compression="zstd") as writer:
            start = 0
            for n in range(groups.num_row_groups):
                rows = groups.row_group(n).num_rows
                writer.write_table(table.slice(start, rows))
                start += rows
        return out.getvalue().to_pybytes()


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
