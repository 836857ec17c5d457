"""A citable archive of a dataset: what it holds, what it was made from, and with what.

In: a published dataset, and the folder of its reports if it is at hand. Out: one ZIP file, the same bytes
each time. Next: `cli`, archives.
"""

import hashlib
import os
import re
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from govtables.dataset import PARTS, Dataset, list_parts, load
from govtables.exports.formats import export

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes
BESIDE = ("registry.csv", "decisions.csv", "hierarchy.csv", "aliases.csv", "links.csv", "collection.toml")
DOI = re.compile(r"10\.\d{4,9}/\S+")
README = """{name}

Annual reports on government information disclosure (政府信息公开工作年度报告) as tidy tables.
{reports} reports, {cells} cells, made with govtables {version}.{doi}

parquet/     the dataset, a folder a table: govtables.load("parquet")
csv/         the same as CSV, with datapackage.json, dataset.jsonld, CITATION.cff and the codebook
sources/     what stood beside the reports: where they come from, and what a person decided
SHA256SUMS   a hash a file: sha256sum -c SHA256SUMS

To make it again: fetch the reports of sources/registry.csv, put the other files of sources/ beside them, and
build them with this version. SHA-256 of every document stands in the table reports.
"""


def release(
    data: Dataset | str | Path, path: str | Path, raw: str | Path | None = None, doi: str = ""
) -> Path:
    """Write a dataset as one archive with checksums; `raw` is the folder of its reports.

    Raises `ValueError` if the archive is there already, or the DOI is none.
    """
    data, path = data if isinstance(data, Dataset) else load(data), Path(path)
    if path.exists():
        raise ValueError(f"{path}: is there already; a release is never changed, so name another file")
    if doi and not DOI.fullmatch(doi):
        raise ValueError(f"{doi!r} is no DOI; write it as 10.5281/zenodo.1234567")
    if raw is not None and not Path(raw).is_dir():
        raise ValueError(f"{raw}: no such folder; name the folder that holds the reports")
    files = {f"parquet/{file.relative_to(data.folder).as_posix()}": file for file in _parts(data)}
    beside = [Path(raw) / name for name in BESIDE] if raw is not None else []
    files |= {f"sources/{file.name}": file for file in beside if file.is_file()}
    with TemporaryDirectory() as room:
        made = export(data, "csv", Path(room) / "csv")
        files |= {f"csv/{file.name}": file for file in made.iterdir() if not file.name.startswith(".")}
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.with_name(f".{path.name}-{os.getpid()}")
        try:
            _pack(whole, path.stem, files, _tell(data, path.stem, doi))
            os.replace(whole, path)
        finally:
            whole.unlink(missing_ok=True)
    return path


def _parts(data: Dataset) -> list[Path]:
    parts = list_parts(data.folder).files.values()
    return [data.folder / PARTS, *(file for files in parts for file in files)]


def _tell(data: Dataset, name: str, doi: str) -> str:
    counts = {"reports": f"{len(data.reports):,}", "cells": f"{len(data.cells):,}"}
    cited = f"\nDOI: https://doi.org/{doi}" if doi else ""
    return README.format(name=name, version=version("govtables"), doi=cited, **counts)


def _pack(path: Path, top: str, files: dict[str, Path], readme: str) -> None:
    """Pack files below one folder, their hashes last."""
    sums = [f"{hashlib.sha256(readme.encode()).hexdigest()}  README.txt"]
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr(_entry(f"{top}/README.txt"), readme)
        for name, file in sorted(files.items()):
            data = file.read_bytes()
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
            packed.writestr(_entry(f"{top}/{name}"), data)
        packed.writestr(_entry(f"{top}/SHA256SUMS"), "\n".join(sums) + "\n")


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, EPOCH)
    entry.compress_type = ZIP_DEFLATED
    return entry
