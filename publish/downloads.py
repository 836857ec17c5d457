"""The dataset for download, a ZIP file a format.

In: a dataset. Out: ZIP files, the same bytes each time, and the page that lists them. Next: `site`.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import govtables as gt
from govtables.exports import formats
from publish.job import DOCS, Job
from publish.words import say

EXPORTED = {
    "csv": "CSV files with `datapackage.json`, `dataset.jsonld` and `CITATION.cff`",
    "xlsx": "Excel workbook with the codebook", "dta": "Stata files (format 118)",
    "wide": "one row a report, as CSV and Parquet",
    "panel": "one row an issuer and year with indicators and flags, as CSV, Stata, Excel and Parquet",
}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


def write_downloads(job: Job) -> None:
    """Write the dataset in each format into a ZIP file, and the page that lists them."""
    out = job.extra / "downloads"
    out.mkdir(parents=True, exist_ok=True)
    tables, words = (
        sorted(job.data.folder.glob("*/*.parquet")), "Parquet files, a folder a table: the dataset itself",
    )
    rows = [_describe_zip(out / "govtables-parquet.zip", tables, job.data.folder, words)]
    for to, words in EXPORTED.items():
        with TemporaryDirectory(dir=job.extra) as room:
            folder = gt.export(job.data, to, Path(room) / to)
            files = [folder / name for name in formats()[to].files]
            rows.append(_describe_zip(out / f"govtables-{to}.zip", files, folder, words))
    page = Template((DOCS / "_templates/downloads.md").read_text(encoding="utf-8"))
    counts = {"reports": say("reports", n=len(job.data.reports)), "cells": f"{len(job.data.cells):,}"}
    (job.source / "downloads.md").write_text(
        page.substitute(files="\n".join(rows), **counts), encoding="utf-8"
    )


def _describe_zip(path: Path, files: Iterable[Path], folder: Path, words: str) -> str:
    """Pack files into one folder, and return a row of the table of downloads."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files:
            entry = zipfile.ZipInfo((path.stem / file.relative_to(folder)).as_posix(), EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, file.read_bytes())
    size = f"{path.stat().st_size / 1000:,.0f} kB"
    return f'| <a href="downloads/{path.name}" download>{path.name}</a> | {words} | {size} |'
