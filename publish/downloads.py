"""The dataset for download, a ZIP file a format.

In: a dataset. Out: ZIP files, the same bytes each time; for each edition a page that lists them. Next:
`site`, `edition`.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import govtables as gt
from govtables.exports import formats
from publish.job import DOCS, Job
from publish.words import fill, say

PARQUET = "parquet"  # the dataset itself; the other formats are made of it
RELEASE = "release"  # the citable archive
LISTED = (RELEASE, PARQUET, *formats())
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


def write_downloads(data: gt.Dataset, out: Path, raw: Path | None = None) -> None:
    """Write the dataset as a release and in each format, a ZIP file each; `raw` has its reports."""
    out.mkdir(parents=True, exist_ok=True)
    gt.release(data, out / f"govtables-{RELEASE}.zip", raw)
    tables = sorted(data.folder.glob("*/*.parquet"))
    _pack(out / f"govtables-{PARQUET}.zip", tables, data.folder)
    for to, one in formats().items():
        with TemporaryDirectory(dir=out) as room:
            folder = gt.export(data, to, Path(room) / to)
            _pack(out / f"govtables-{to}.zip", [folder / name for name in one.files], folder)


def _pack(path: Path, files: Iterable[Path], folder: Path) -> None:
    """Pack files into one folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files:
            entry = zipfile.ZipInfo((path.stem / file.relative_to(folder)).as_posix(), EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, file.read_bytes())


def write_list(job: Job) -> None:
    """Write the page that lists what can be downloaded."""
    rows = [_list_file(job, to) for to in LISTED]
    page = fill(
        DOCS / "_templates/downloads.md", files="\n".join(rows),
        reports=say("reports", n=len(job.data.reports)), cells=f"{len(job.data.cells):,}",
    )
    (job.source / "downloads.md").write_text(page, encoding="utf-8")


def _list_file(job: Job, to: str) -> str:
    """Write a row of the table of downloads."""
    name = f"govtables-{to}.zip"
    size = f"{(job.packed / name).stat().st_size / 1000:,.0f} kB"
    return f'| <a href="{job.top}downloads/{name}" download>{name}</a> | {say(f"format_{to}")} | {size} |'
