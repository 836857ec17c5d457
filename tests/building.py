"""Folders of reports, and datasets built of them, for the tests of several wings."""

import hashlib
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq

import govtables as gt
from govtables.dataset import SCHEMAS
from govtables.dataset.parts import describe_part, write_listed
from govtables.pipeline.making import BATCH

TOP = Path(__file__).parents[1]
RAW, PARQUET = TOP / "data" / "raw", TOP / "data" / "parquet"
DOCUMENTS = TOP / "tests" / "documents"
MANY = BATCH + 50


def digests(folder: Path) -> dict[str, str]:
    """Hashes of the files of a folder, without what a dataset keeps for its next build."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    files = {name: path for name, path in files.items() if not name.startswith(".built/")}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def make_documents() -> dict[str, bytes]:
    """More documents than a batch holds: the published reports and all small ones, each time with another end."""
    known = [path.read_bytes() for folder in (RAW, DOCUMENTS) for path in sorted(folder.glob("*.[th]*"))]
    return {f"{n % 7}/{n}.txt": known[n % len(known)] + b"\n" * (n // len(known)) for n in range(MANY)}


def write(documents: dict[str, bytes], folder: Path) -> Path:
    for name, data in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def write_sample(folder: Path, **texts: str) -> Path:
    """A copy of two reports of the sample, and the given files."""
    folder.mkdir()
    for name in ("hanyin-2022.txt", "huajie-2023.txt"):
        (folder / name).write_bytes((RAW / name).read_bytes())
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def build_beside(raw: Path) -> Path:
    return gt.build(raw, raw.parent / "out", processes=1, progress=False)


def contradict(folder: Path) -> Path:
    """Let a report contradict itself."""
    path = folder / "huajie-2023.txt"
    before = path.read_text(encoding="utf-8")
    line = next(line for line in before.splitlines() if "(一)予以公开" in line)
    path.write_text(before.replace(line, line.replace("| 1 |", "| 7 |", 1)), encoding="utf-8")
    return folder


def split(dataset: Path, out: Path) -> Path:
    """The same dataset in several files a table: a file for the rows of a report that follow one another."""
    parts = []
    for name in SCHEMAS:
        (out / name).mkdir(parents=True)
        table = pq.read_table(dataset / name)
        reports = table["report_id"].to_pylist() if "report_id" in table.column_names else [""] * len(table)
        ends = [n for n in range(1, len(table)) if reports[n] != reports[n - 1]]
        for n, (first, last) in enumerate(pairwise([0, *ends, len(table)])):
            pq.write_table(table.slice(first, last - first), out / name / f"part-{n:03}.parquet")
            parts.append(describe_part(out / name / f"part-{n:03}.parquet"))
    write_listed(out, parts)
    return out
